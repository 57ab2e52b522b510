import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (name: string) => fileURLToPath(new URL(`js/src/${name}`, import.meta.url));
const built = (name: string) => fileURLToPath(new URL(`dist/core/${name}`, import.meta.url));

const generated = [
  'glue.js',
  'wasm-bytes.js',
  'wasm-documents-bytes.js',
  'core-script.js',
  'core-documents-script.js',
];

// What is broken here, and heals, takes its time: these tests wait for heartbeats, backoff and links
// that have died, and do so side by side. What measures the processor or memory has it to itself.
const waiting = [
  'tests/e2e/{demo,openline1/faultProxy}.test.ts',
  'tests/e2e/browsers/{away,comeBack,deadLink}.test.ts',
];

export default defineConfig({
  resolve: {
    // The sources import what the build generates beside them.
    alias: [
      { find: /^openline$/, replacement: source('index.ts') },
      { find: /^openline\/react$/, replacement: source('react/index.ts') },
      { find: /^openline\/websocket$/, replacement: source('websocket.ts') },
      { find: /^openline\/vite$/, replacement: source('vite.ts') },
      { find: /^openline\/server$/, replacement: source('server/index.ts') },
      ...generated.map((name) => ({ find: `./${name}`, replacement: built(name) })),
    ],
  },
  test: {
    // Vitest would leave one core to itself, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/{js,demo,scripts,docs,consumers,support}/**/*.test.{ts,tsx,js}'],
          setupFiles: ['tests/support/websocket.ts'],
        },
      },
      {
        // What asks most of the core, once more where it is JavaScript.
        extends: true,
        test: {
          name: 'script',
          include: [
            'tests/js/core/wasmStates{,.documents}.test.ts',
            'tests/js/core/wasmCore{,.clock,.receiver,.values}.test.ts',
            'tests/js/core/{line,liveStates.core}.test.ts',
          ],
          setupFiles: ['tests/support/withoutWasm.ts', 'tests/support/websocket.ts'],
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
          // React 18 has no Activity.
          exclude: ['**/*.activity.test.tsx'],
          setupFiles: ['tests/support/websocket.ts', 'tests/support/react18.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-waiting',
          include: waiting,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.{ts,js}'],
          exclude: waiting,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
