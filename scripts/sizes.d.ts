export const SOCKET_APP: string;
export function bundles(
  root: string,
  contents?: string,
): Promise<{ app: Buffer; lazy: Buffer[]; lazyWithDocuments: Buffer[]; lazyScript: Buffer[] }>;
export function gzipOf(files: readonly Buffer[]): number;
export function checkSizes(root: string): Promise<void>;
