// Words and files that do not belong in the project: notes without an issue, names that say
// nothing, built files, and files too large to review.
import { lexed } from './lex.js';
import { isCpp, isScript, lineAt } from './project.js';

const bytesMax = 500_000; // a large file is a built one or a binary; a lock file has about 80 kB
const prose = /\.(md|txt|json|svg|png|ico|wasm)$/;
const emptyNames = /manager|helper|util/i;
const built = /(^|\/)(dist|build|node_modules)\/|\.(wasm|o|a|so|tgz|gz|tsbuildinfo)$|\.min\.js$/;

export function checkWords(project) {
  const findings = [];
  for (const [path, text] of project.files) {
    const add = (rule, line, message) => findings.push({ rule, path, line, message });
    checkPath(path, project.bytes.get(path), add);
    if (!prose.test(path)) checkNotes(commentsOf(project, path, text), add);
  }
  return findings;
}

function checkPath(path, bytes, add) {
  const empty = emptyNames.exec(path);
  if (empty) add('file-name', 1, `'${empty[0]}' says nothing in a name: name the subject`);
  if (built.test(path)) add('built-file', 1, 'a built file: build it, do not keep it in git');
  if (bytes > bytesMax) add('file-size', 1, `${bytes} bytes, more than ${bytesMax}: leave it out`);
}

// Where strings and comments can be told apart only comments count.
function commentsOf(project, path, text) {
  return isCpp(path) || isScript(path) ? lexed(project, path).comments : text;
}

function checkNotes(text, add) {
  for (const { 0: word, index } of text.matchAll(/\b(FIXME|XXX)\b/g)) {
    add('note', lineAt(text, index), `${word}: fix it now, or open an issue and name its number`);
  }
  for (const { index } of text.matchAll(/\bTODO\b(?!\(#\d+\))/g)) {
    add('note', lineAt(text, index), 'a TODO carries an issue number, like TODO(#12)');
  }
}
