import type { Abi, AbiRecord } from './abi.js';
import type { CoreLineConfig } from './core.js';
import type { CoreSender } from './outgoing.js';
import type { PageSignals } from './pageSignals.js';

const OPENLINE_MODE = 2; // ol_mode, of which a binary type's number is one as well

/** A line as its instance knows it. */
export interface LineOfInstance {
  stop(error: unknown): void;
}

/** What the lines of one instance of the core share. */
export interface Instance<L extends LineOfInstance = LineOfInstance> {
  readonly abi: Abi;
  readonly lines: Map<number, L>;
  readonly page: PageSignals;
  /** Ends every line of this instance: after a trap its memory cannot be trusted. */
  stop(error: unknown): void;
}

/** The way of one line into its instance. It is shut once the line has gone or a call trapped. */
export class CoreEntry<L extends LineOfInstance> implements CoreSender {
  /** How often it was entered for the connection, of which nothing has changed in between. */
  entries = 0;
  /** The way to its states, which have no say in the connection. */
  readonly states = {
    enter: <T>(use: (abi: Abi, line: number) => T): T | undefined => this.call(use),
  };
  private readonly id: number;

  constructor(
    private readonly instance: Instance<L>,
    { values, protocols, binaryType, streams }: CoreLineConfig,
    line: L,
  ) {
    const { abi, lines } = instance;
    const fault = abi.optionsFault(values);
    if (fault >= 0) throw new TypeError(`openline: option ${fault} is out of range`);
    const mode = streams === undefined ? binaryTypeNumber(binaryType) : OPENLINE_MODE;
    this.id = abi.lineCreate(values, protocols.join(','), mode);
    lines.set(this.id, line);
  }

  get isOpen(): boolean {
    return this.instance.lines.has(this.id);
  }

  /** Undefined when the line is gone, or goes now because the instance trapped. */
  enter<T>(use: (abi: Abi, line: number) => T): T | undefined {
    this.entries += 1;
    return this.call(use);
  }

  pump(): AbiRecord[] {
    return this.enter((abi, line) => abi.linePump(line)) ?? [];
  }

  send(handle: number, units: number, isExact: boolean): number | undefined {
    return this.enter((abi, line) => abi.lineSend(line, handle, units, isExact));
  }

  adopt(handle: number, bytes: number, ageMs: number): number | undefined {
    return this.enter((abi, line) => abi.lineAdopt(line, handle, bytes, ageMs));
  }

  setBinaryType(type: BinaryType): void {
    this.enter((abi, line) => abi.lineSetBinaryType(line, binaryTypeNumber(type)));
  }

  /** Forgets the line, and closes its socket. */
  leave(): void {
    this.enter((abi, line) => abi.lineDestroy(line));
    this.instance.lines.delete(this.id);
  }

  private call<T>(use: (abi: Abi, line: number) => T): T | undefined {
    if (!this.isOpen) return undefined;
    try {
      return use(this.instance.abi, this.id);
    } catch (error) {
      this.instance.stop(error);
      return undefined;
    }
  }
}

function binaryTypeNumber(type: BinaryType): number {
  return type === 'arraybuffer' ? 1 : 0;
}
