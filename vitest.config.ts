import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (name: string) => fileURLToPath(new URL(`js/src/${name}`, import.meta.url));
const built = (name: string) => fileURLToPath(new URL(`dist/core/${name}`, import.meta.url));

export default defineConfig({
  resolve: {
    // The sources import what the build generates beside them.
    alias: [
      { find: /^openline$/, replacement: source('index.ts') },
      { find: /^openline\/react$/, replacement: source('react/index.ts') },
      { find: /^openline\/vite$/, replacement: source('vite.ts') },
      { find: /^openline\/server$/, replacement: source('server/index.ts') },
      { find: './glue.js', replacement: built('glue.js') },
      { find: './wasm-bytes.js', replacement: built('wasm-bytes.js') },
      { find: './wasm-documents-bytes.js', replacement: built('wasm-documents-bytes.js') },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/{js,demo,scripts,docs,support}/**/*.test.{ts,tsx,js}'],
          setupFiles: ['tests/support/websocket.ts'],
        },
      },
      {
        // The hooks with the oldest React that they take.
        extends: true,
        resolve: {
          alias: [
            { find: /^react(?=$|\/)/, replacement: 'react-18' },
            { find: /^react-dom(?=$|\/)/, replacement: 'react-dom-18' },
          ],
        },
        test: {
          name: 'react-18',
          include: ['tests/js/react/**/*.test.tsx'],
          // What these show needs Activity, which React 18 has not.
          exclude: ['activity', 'useReadable', 'useMessages', 'useLive.line'].map(
            (name) => `**/*${name}.test.tsx`,
          ),
          setupFiles: ['tests/support/websocket.ts', 'tests/support/react18.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.{ts,js}'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
