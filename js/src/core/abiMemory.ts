import type { JoinedTexts } from './gathered.js';
import type { Glue } from './glue.js';

// Linear memory, as the functions of the ABI need it. With abi.ts and abiStates.ts the only place
// that knows pointers.

/** What holds it: a WebAssembly.Memory, or what a script has in its place. */
export interface LinearMemory {
  /** Another one after the memory has grown. */
  readonly buffer: ArrayBuffer;
}

/** A place in linear memory, in bytes. */
export type Pointer = number;

export interface MemoryViews {
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

const DOUBLE_BYTES = Float64Array.BYTES_PER_ELEMENT;
/** A code unit of UTF-16 is at most so many bytes of UTF-8. */
const BYTES_PER_UNIT = 3;
/** Longer texts are encoded apart first, because room for the worst case would be too much. */
const DIRECT_UNITS_MAX = 16_384;

export class AbiMemory {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly encoder = new TextEncoder();
  private room: Uint8Array<ArrayBufferLike> = new Uint8Array();
  private known: MemoryViews & { readonly bytes: Uint8Array } = viewsOf(new ArrayBuffer(0));

  constructor(
    private readonly glue: Glue,
    private readonly memory: LinearMemory,
  ) {}

  /** Good until a call that may make the memory grow, which detaches its views. */
  views(): MemoryViews {
    return this.present();
  }

  textAt(pointer: Pointer, size: number): string {
    if (size === 0) return '';
    return this.decoder.decode(this.present().bytes.subarray(pointer, pointer + size));
  }

  /**
   * Writes a frame or a text into the buffer that the core has for one (`ol_frame_buffer`), and
   * answers its size in bytes.
   */
  fillFrame(value: string | ArrayBuffer): number {
    if (typeof value === 'string' && value.length <= DIRECT_UNITS_MAX) {
      const room = this.roomFor(value.length * BYTES_PER_UNIT);
      return this.encoder.encodeInto(value, room).written;
    }
    const bytes = typeof value === 'string' ? this.encoder.encode(value) : new Uint8Array(value);
    const pointer = this.frame(bytes.byteLength);
    this.present().bytes.set(bytes, pointer);
    return bytes.byteLength;
  }

  /**
   * Writes texts into the same buffer: how many UTF-16 code units each of them has, then all of
   * them as one, which costs about as much as one text does. Answers the size of the latter.
   */
  fillTexts({ text, units }: JoinedTexts): number {
    const size = text.length * BYTES_PER_UNIT;
    const pointer = this.frame(units.byteLength + size);
    const { bytes } = this.present();
    bytes.set(new Uint8Array(units.buffer, units.byteOffset, units.byteLength), pointer);
    const at = pointer + units.byteLength;
    return this.encoder.encodeInto(text, bytes.subarray(at, at + size)).written;
  }

  withText<T>(text: string, use: (pointer: Pointer, size: number) => T): T {
    const bytes = this.encoder.encode(text);
    return this.withBytes(bytes.byteLength, (pointer) => {
      this.present().bytes.set(bytes, pointer);
      return use(pointer, bytes.byteLength);
    });
  }

  withDoubles<T>(values: readonly number[], use: (pointer: Pointer) => T): T {
    return this.withBytes(values.length * DOUBLE_BYTES, (pointer) => {
      this.present().doubles.set(values, pointer / DOUBLE_BYTES);
      return use(pointer);
    });
  }

  /** A view of the buffer for frames; the last one again where it is large enough. */
  private roomFor(size: number): Uint8Array<ArrayBufferLike> {
    const pointer = this.frame(size);
    const { bytes } = this.present();
    const { room } = this;
    const isRight = room.buffer === bytes.buffer && room.byteOffset === pointer;
    if (!isRight || room.length < size) this.room = bytes.subarray(pointer, pointer + size);
    return this.room;
  }

  private frame(size: number): Pointer {
    return this.checked(this.glue._ol_frame_buffer(size));
  }

  private withBytes<T>(size: number, use: (pointer: Pointer) => T): T {
    const pointer = this.checked(this.glue._malloc(size || 1));
    const result = use(pointer);
    // Not when it threw: a trapped instance is not entered again.
    this.glue._free(pointer);
    return result;
  }

  private checked(pointer: Pointer): Pointer {
    if (pointer === 0) throw new RangeError('openline: the core is out of memory');
    return pointer;
  }

  private present(): typeof this.known {
    if (this.known.bytes.buffer !== this.memory.buffer) this.known = viewsOf(this.memory.buffer);
    return this.known;
  }
}

function viewsOf(buffer: ArrayBuffer): MemoryViews & { readonly bytes: Uint8Array } {
  return {
    bytes: new Uint8Array(buffer),
    words: new Uint32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}
