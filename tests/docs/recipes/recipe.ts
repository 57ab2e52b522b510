import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../readme.js';

export const RECIPES = [
  'auth-refresh',
  'chat',
  'live-table',
  'loader-and-live',
  'notifications',
  'optimistic-send',
  'presence',
] as const;
export type Recipe = (typeof RECIPES)[number];

/** The files of a recipe as they stand there, by name: each block begins with the path of one. */
export function filesOf(name: Recipe): Map<string, string> {
  const text = readFileSync(join(root, `docs/recipes/${name}.md`), 'utf8');
  const files = new Map<string, string>();
  for (const [, block = ''] of text.matchAll(/^```tsx?\n([\s\S]*?)^```$/gm)) {
    const path = /^\/\/ (app\/[\w.]+\.tsx?)\n/.exec(block)?.[1];
    if (path === undefined) throw new Error(`a block of ${name} does not begin with its path`);
    files.set(path, block);
  }
  return files;
}

/** Writes them where they can be compiled and imported; answers their folder. */
export function written(name: Recipe): string {
  const folder = join(root, 'build/recipes', name);
  for (const [path, text] of filesOf(name)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
