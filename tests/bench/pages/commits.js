// Counts commits: React tells a DevTools hook of each, in production too, if it is there before
// React DOM.
export const commits = { count: 0 };

window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
  supportsFiber: true,
  checkDCE() {},
  inject: () => 1,
  onCommitFiberRoot() {
    commits.count += 1;
  },
  onCommitFiberUnmount() {},
  onPostCommitFiberRoot() {},
};
