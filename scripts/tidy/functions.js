// Finds functions with their lines and parameters: by brackets, not by a parser, so it stays small
// and free of dependencies. A function within a C++ function counts as part of that one.
import { cppFunctions } from './functions_cpp.js';
import { scriptFunctions } from './functions_script.js';
import { lexed } from './lex.js';
import { isCpp, lineAt } from './project.js';

/**
 * Each as `{ name, kind, line, lines, parameters }`; kind is 'function', 'test' (the body of one
 * test case) or 'suite' (the callback of `describe`). `lines` is 0 for a mere declaration.
 */
export function functionsIn(project, path) {
  const { bare } = lexed(project, path);
  const found = isCpp(path) ? cppFunctions(bare) : scriptFunctions(bare);
  return found.map(({ name, kind, start, end, parameters }) => {
    const line = lineAt(bare, start);
    const lines = end === undefined ? 0 : lineAt(bare, end) - line + 1;
    return { name, kind, line, lines, parameters };
  });
}
