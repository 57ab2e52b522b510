// From CommonJS the package is imported, because it is ESM alone.
async function load(): Promise<string> {
  const { Reject } = await import('openline/server');
  return Reject.name;
}

export = load;
