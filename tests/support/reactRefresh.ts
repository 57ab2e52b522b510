import { createRequire } from 'node:module';

/** React Refresh, as far as a test calls it (the package has no types). */
export interface Refresh {
  injectIntoGlobalHook(page: unknown): void;
  register(type: unknown, id: string): void;
  setSignature(type: unknown, key: string): void;
  performReactRefresh(): unknown;
}

// By path: in jsdom's environment URL is not Node's.
export const refresh = createRequire(import.meta.filename)('react-refresh/runtime') as Refresh;

// React DOM asks for it when it is loaded, so this has to be imported before.
refresh.injectIntoGlobalHook(globalThis);
