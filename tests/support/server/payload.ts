const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A publication as a broker keeps it. */
export function payloadOf(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

export function parsed(payload: Uint8Array): unknown {
  return JSON.parse(decoder.decode(payload));
}
