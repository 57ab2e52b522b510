// Counts commits: React tells a DevTools hook of each, in production too, if it is there before
// React DOM.

interface Committed {
  readonly containerInfo?: unknown;
}

const counts = new Map<unknown, number>();

Object.assign(window, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    supportsFiber: true,
    checkDCE() {},
    inject: () => 1,
    onCommitFiberRoot(_: number, { containerInfo }: Committed) {
      counts.set(containerInfo, commitsIn(containerInfo) + 1);
    },
    onCommitFiberUnmount() {},
    onPostCommitFiberRoot() {},
  },
});

/** How often React has committed what is in an element that is a root. */
export function commitsIn(root: unknown): number {
  return counts.get(root) ?? 0;
}
