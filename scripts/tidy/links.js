// A relative link in a document leads to a file or folder of the project.
import { posix } from 'node:path';
import { lineAt } from './project.js';

export function checkLinks(project) {
  const findings = [];
  const folders = foldersOf(project);
  for (const [path, text] of project.files) {
    if (!path.endsWith('.md') || path.includes('/node_modules/')) continue;
    const plain = withoutCode(text);
    for (const { target, index } of linksIn(plain)) {
      const reached = posix.join(posix.dirname(path), decodeURI(target.replace(/[#?].*$/, '')));
      const known = project.files.has(reached) || folders.has(reached.replace(/\/$/, ''));
      if (known) continue;
      const message = `the link to ${target} is dead: mend or remove it`;
      findings.push({ rule: 'link', path, line: lineAt(plain, index), message });
    }
  }
  return findings;
}

function foldersOf(project) {
  const folders = new Set(['.']);
  for (const path of project.files.keys()) {
    for (let at = posix.dirname(path); at !== '.'; at = posix.dirname(at)) folders.add(at);
  }
  return folders;
}

// `[…](path)`, images too, and `[name]: path`; not other sites, and not headings of the same page.
function linksIn(plain) {
  const inline = plain.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g);
  const reference = plain.matchAll(/^ {0,3}\[[^\]]+\]:[ \t]*<?([^\s>]+)/gm);
  return [...inline, ...reference]
    .map((match) => ({ target: match[1], index: match.index }))
    .filter(({ target }) => !/^([a-z][a-z+.-]*:|#|\/\/)/i.test(target));
}

// Code is no link: `array[0](x)`. Fenced blocks and spans are blanked, lines stay.
function withoutCode(text) {
  const blank = (found) => found.replace(/[^\n]/g, ' ');
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, blank).replace(/(`+)[^`\n]+\1/g, blank);
}
