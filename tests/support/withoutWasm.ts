// Set up before the tests of vitest's project `script`: as in a browser in Lockdown Mode.
Reflect.deleteProperty(globalThis, 'WebAssembly');
