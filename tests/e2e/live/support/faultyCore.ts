declare global {
  interface Window {
    faultyCore: {
      /** Instances that were started. */
      instances: number;
      /** The next call of the newest instance traps. */
      trap(): void;
      /** The memory of the newest instance grows no more. */
      refuseGrowth(): void;
    };
  }
}

/** For `evaluateFirst`: cores that can be made to stop. A fresh one is sound. */
export function makeCoreFaulty(): void {
  const { instantiate } = WebAssembly;
  const { grow } = WebAssembly.Memory.prototype;
  let isTrapping = false;
  let isGrowthRefused = false;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (isGrowthRefused) throw new RangeError('no more memory');
    return grow.call(this, pages);
  };
  const trapping = (original: (...args: unknown[]) => unknown) =>
    function (this: unknown, ...args: unknown[]) {
      if (!isTrapping) return original.apply(this, args);
      isTrapping = false;
      throw new WebAssembly.RuntimeError('unreachable');
    };
  WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports);
    window.faultyCore.instances += 1;
    [isTrapping, isGrowthRefused] = [false, false];
    const exports = Object.entries(instance.exports).map(([name, value]) => [
      name,
      typeof value === 'function' ? trapping(value as never) : value,
    ]);
    return { exports: Object.fromEntries(exports) };
  }) as unknown as typeof instantiate;
  window.faultyCore = {
    instances: 0,
    trap: () => {
      isTrapping = true;
    },
    refuseGrowth: () => {
      isGrowthRefused = true;
    },
  };
}
