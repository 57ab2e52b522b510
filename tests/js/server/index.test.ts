import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** The modules outside of it that the declarations of a file lead to. */
function typesBehind(entry: string): Set<string> {
  const [outside, seen, waiting] = [new Set<string>(), new Set<string>(), [entry]];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const options = { fileName: path };
    const { outputText } = ts.transpileDeclaration(readFileSync(path, 'utf8'), options);
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      if (!fileName.startsWith('.')) outside.add(fileName);
      else waiting.push(join(dirname(path), fileName.replace(/\.js$/, '.ts')));
    }
  }
  return outside;
}

it('has types that need those of Node.js only, not of ws', () => {
  const outside = typesBehind('js/src/server/index.ts');
  expect([...outside].sort()).toEqual(['node:http', 'node:stream']);
  expect([...typesBehind('js/src/server/lineSocket.ts')]).toContain('ws');
});
