import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// By path: in jsdom's environment URL is not Node's.
const here = dirname(fileURLToPath(import.meta.url));

export const root = join(here, '../..');
export const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The contents of README's fenced blocks in this language, in their order. */
export function blocksOf(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...readme.matchAll(fence)].map(([, block]) => block as string);
}

/** The one block in this language that contains `mark`. */
export function blockWith(language: string, mark: string): string {
  const found = blocksOf(language).filter((block) => block.includes(mark));
  if (found.length !== 1)
    throw new Error(`README has ${found.length} ${language} blocks with ${mark}`);
  return found[0] as string;
}

/** The text between `<!-- name -->` and `<!-- /… -->`. */
export function marked(name: string): string {
  const found = readme.match(new RegExp(`<!-- ${name} -->([\\s\\S]*?)<!-- /`));
  if (found === null) throw new Error(`README has no ${name}`);
  return (found[1] as string).trim();
}
