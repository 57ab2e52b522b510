import { messageOf, OpenlineError } from './openlineError.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** A message of a line without streams; it is parsed once, and only if somebody reads it so. */
export class PlainMessage {
  private parsed: { readonly value: unknown } | null = null;

  /** @param refused is told once when it is no JSON */
  constructor(
    readonly data: string | ArrayBuffer,
    private readonly refused: (error: OpenlineError) => void,
  ) {}

  /** In UTF-16 code units or bytes. */
  get size(): number {
    return typeof this.data === 'string' ? this.data.length : this.data.byteLength;
  }

  /** Its value; undefined, which no JSON is, for what is none. */
  value(): unknown {
    this.parsed ??= { value: this.parse() };
    return this.parsed.value;
  }

  private parse(): unknown {
    const { data } = this;
    try {
      return JSON.parse(typeof data === 'string' ? data : decoder.decode(data));
    } catch (error) {
      const text = `a message is no JSON (${messageOf(error)}); send what JSON.stringify makes`;
      this.refused(new OpenlineError('message', text, error));
      return undefined;
    }
  }
}
