import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What a formatter has made of `useState<MessageEvent<any>[]>([])`. */
const MANGLED = 'useState < MessageEvent < any > [] > []';

/** The first example of react-use-websocket's README, unchanged but for its import. */
export function readmeExample(): string {
  const readme = readFileSync(join(root, 'node_modules/react-use-websocket/README.md'), 'utf8');
  const example = /## Example Implementation\s+```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return replaced(
    replaced(example, "from 'react-use-websocket'", "from 'openline/react'"),
    MANGLED,
    'useState([])',
  );
}

function replaced(text: string, old: string, by: string): string {
  if (text.split(old).length !== 2) throw new Error(`the example of the README has no ${old}`);
  return text.replace(old, by);
}

/** Lets pages import it. */
export const readmePlugin: Plugin = {
  name: 'readme-of-react-use-websocket',
  setup(builder) {
    builder.onResolve({ filter: /^readme-of-react-use-websocket$/ }, ({ path }) => {
      return { path, namespace: 'readme' };
    });
    builder.onLoad({ filter: /.*/, namespace: 'readme' }, () => {
      return { contents: readmeExample(), loader: 'jsx', resolveDir: root };
    });
  },
};
