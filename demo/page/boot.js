/**
 * Starts the app, and says so in words when that fails. It imports nothing statically, so it
 * still runs when one of the app's modules is missing.
 */
const root = document.getElementById('root');

try {
  const { start } = await import('./start.js');
  start(root, showProblem);
} catch (error) {
  showProblem(error);
}

function showProblem(error) {
  const main = document.createElement('main');
  main.className = 'before';
  main.setAttribute('role', 'alert');
  main.append(
    textOf('h1', 'openline'),
    textOf('p', 'The page could not start.'),
    textOf('p', 'If openline is not built yet, run “npm run build” and reload.', 'muted'),
    textOf('p', String(error?.message ?? error), 'problem'),
  );
  root.replaceChildren(main);
}

function textOf(tag, text, className = '') {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
