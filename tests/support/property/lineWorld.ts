import { vi } from 'vitest';
import { lineNow } from '../../../js/src/core/host.js';
import type { SendReceipt } from '../../../js/src/core/line.js';
import { FakeNetwork, type FakeSocket } from '../fakeSocket.js';
import { type MountedHook, mountHook } from '../mountHook.js';
import { turn } from '../until.js';
import type { Heard, Manner, Payload, Reaction, UrlFault } from './actions.js';
import { Ledger } from './ledger.js';
import { untruthsIn } from './untruthsIn.js';
import { BUDGET_WINDOW_MS, optionsOf, payloadOf, textOf, urlOf } from './usage.js';

/** A component with a line, and all that is known of it; what must not be is a fault. */
export class LineWorld {
  readonly network = new FakeNetwork();
  readonly faults: string[] = [];
  readonly reactions = new Map<Heard, Reaction>();
  ledger = new Ledger();
  /** Whose message is being told: a reaction to it may make another line. */
  hearing = this.ledger;
  place: number | null = 0;
  urlFails: UrlFault = 'not';
  answersPings = true;
  private hook: MountedHook | null = null;
  private isConnecting = true;
  /** Closed by the application, and not opened since. */
  private isClosed = false;
  private sentCount = 0;
  private saidCount = 0;
  /** Replaced by reconnect(): it gets nothing any more. */
  private abandoned: FakeSocket | undefined;
  private readonly ledgers = new Map<FakeSocket, Ledger>();
  private readonly faces = new WeakSet<WebSocket>();
  private readonly seen = new WeakSet<MessageEvent>();
  private readonly refresh = async (): Promise<void> => {
    if (this.manner.refresh === 'rejects') throw new Error('signed out');
  };

  constructor(readonly manner: Manner) {
    this.network.onMade = (socket) => this.made(socket);
    this.network.onSent = (socket, value) => this.given(socket, value);
  }

  get socket(): FakeSocket | undefined {
    return this.network.sockets.at(-1);
  }
  get status(): string {
    return this.hook?.now.status ?? 'unmounted';
  }

  get face(): WebSocket | null {
    return this.hook?.now.getWebSocket() ?? null;
  }

  claim(isRight: boolean, text: string): void {
    if (!isRight) this.faults.push(text);
  }

  mount(): void {
    if (this.hook !== null) return;
    this.begin();
    const read = ({ lastMessage }: { lastMessage: MessageEvent | null }) => this.show(lastMessage);
    this.hook = mountHook({ ...this.props(), read });
    this.watchFace();
  }

  unmount(): void {
    const { hook } = this;
    if (hook === null) return;
    this.hook = null;
    this.begin();
    hook.unmount();
    vi.advanceTimersByTime(0);
  }

  go(to: number | null): void {
    // A URL function is asked anew for the next attempt; the line stays.
    const isOther = to === null || this.place === null || this.manner.place === 'text';
    const isNew = to !== this.place && isOther;
    this.place = to;
    this.render(isNew);
  }

  connect(isConnecting: boolean): void {
    // What is sent before it is to connect waits for it; a line that was let go takes nothing.
    const isLetGo = this.isConnecting && !isConnecting;
    this.isConnecting = isConnecting;
    this.render(isLetGo);
  }

  render(isNew = false): void {
    if (isNew) this.begin();
    this.hook?.render(this.props());
    // A line that is let go is so in a task of its own, in which nothing else is to happen here.
    if (isNew) vi.advanceTimersByTime(0);
    this.watchFace();
  }

  send(what: Payload, keep: boolean): void {
    const now = this.hook?.now;
    if (now) this.sendBy((value) => now.sendMessage(value as string, keep), what, keep);
  }

  sendOnFace(): void {
    const { face } = this;
    if (face === null) return;
    this.claim(face.bufferedAmount >= 0, `bufferedAmount is ${face.bufferedAmount}`);
    face.binaryType = 'arraybuffer';
    const send = (value: unknown) => face.send(value as string) as unknown as SendReceipt;
    this.sendBy(send, 'text', true);
  }

  reconnect(): void {
    this.isClosed &&= !this.isOn;
    if (this.isOn) this.abandoned = this.socket;
    this.hook?.now.reconnect();
  }

  close(code: number | undefined): void {
    const isGood = code === undefined || code === 1000 || (code >= 3000 && code <= 4999);
    const wasClosed = this.isClosed;
    this.isClosed ||= this.isOn && isGood;
    if (isGood) this.ledger.forgetLost();
    try {
      this.hook?.now.close(code);
      this.claim(isGood || !this.isOn, `close(${code}) did not throw`);
    } catch (error) {
      this.isClosed = wasClosed;
      this.claim(!isGood && error instanceof TypeError, `close(${code}) threw ${error}`);
    }
  }

  say(): void {
    const { socket } = this;
    if (socket === undefined) return;
    const text = `s${this.saidCount++}`;
    const isOpen = this.face?.readyState === 1 && socket.readyState === 1 && !socket.isDead;
    if (isOpen) this.ledger.said.push(text);
    this.tell(socket, text);
  }

  /** An attempt begins. */
  attempted(): void {
    const { attemptedAt } = this.ledger;
    const now = lineNow();
    attemptedAt.push(now);
    const recent = attemptedAt.filter((at) => at > now - BUDGET_WINDOW_MS + 2).length;
    this.claim(recent <= this.manner.budget, `${recent} attempts in ${BUDGET_WINDOW_MS} ms`);
  }

  /** Lets everything that is under way arrive, then looks whether all is as it must be. */
  async settle(): Promise<void> {
    vi.advanceTimersByTime(1);
    for (let i = 0; i < 2; i++) {
      this.network.settle();
      await turn();
    }
    await turn();
    this.check();
  }

  private check(): void {
    const { hook, socket, isOn, isClosed, face } = this;
    const live = this.network.sockets.filter(({ readyState }) => readyState <= 1).length;
    this.claim(live <= (hook === null ? 0 : 1), `${live} live sockets`);
    if (hook === null) return;
    const { now } = hook;
    this.faults.push(...untruthsIn({ now, socket, isOn, isClosed, face, live }));
    this.faults.push(...this.ledger.faults(now.queued));
  }

  private get isOn(): boolean {
    return this.hook !== null && this.place !== null && this.isConnecting;
  }

  private props() {
    const connect = this.isConnecting;
    return { url: urlOf(this), options: optionsOf(this, this.refresh), connect };
  }

  /** From now on it is another line, whose queue is empty. */
  private begin(): void {
    [this.ledger, this.isClosed] = [new Ledger(), false];
  }

  private sendBy(send: (value: unknown) => SendReceipt, what: Payload, keep: boolean): void {
    const { ledger } = this;
    const entry = { id: `m${this.sentCount++}`, isTaken: false };
    ledger.asked.push(entry);
    const isTakeable = this.place !== null && !this.isClosed;
    const payload = payloadOf(entry.id, what);
    const { state } = send(payload);
    if (ArrayBuffer.isView(payload)) (payload as Uint8Array).fill(0); // the caller's again
    entry.isTaken = state !== 'refused';
    if (state === 'refused') ledger.refused.add(entry.id);
    const isGood = isTakeable && (what === 'text' || what === 'bytes');
    this.claim(!entry.isTaken || isGood, `${what} was taken`);
    this.claim(keep || state !== 'queued', `${entry.id} is kept`);
    const isSent = state !== 'sent' || ledger.delivered.includes(entry.id);
    this.claim(isSent, `${entry.id} is 'sent', but not`);
  }

  private made(socket: FakeSocket): void {
    this.ledgers.set(socket, this.ledger);
    this.ledger.lose();
    this.claim(this.isOn, 'a socket of nobody');
    this.claim(!this.isClosed, 'a socket of a closed line');
    this.claim(this.face?.readyState === 0, `a socket while ${this.status}`);
    // A function is asked at the beginning of the attempt, and answers later.
    if (this.manner.place !== 'text') return;
    this.claim(socket.url === `ws://host/${this.place}`, `a socket to ${socket.url}`);
    this.attempted();
  }

  private given(socket: FakeSocket, value: unknown): void {
    const isHello = socket.sent.length === 1 && this.manner.hello;
    this.claim((value === 'hello') === isHello, `${String(value)} instead of hello`);
    if (value === 'hello') return;
    if (value === 'ping') {
      if (this.answersPings) this.network.later(() => this.tell(socket, 'pong'));
      return;
    }
    const ledger = this.ledgers.get(socket) as Ledger;
    ledger.delivered.push(textOf(value));
    ledger.sinceHeard += 1;
    this.claim(socket !== this.abandoned, `${String(value)} on a socket that was given up`);
  }

  private tell(socket: FakeSocket, text: string): void {
    const ledger = this.ledgers.get(socket) as Ledger;
    if (socket.readyState === 1 && !socket.isDead) ledger.sinceHeard = 0;
    socket.say(text);
  }

  private show(message: MessageEvent | null): void {
    if (message === null || this.seen.has(message)) return;
    this.seen.add(message);
    const isReply = message.data === 'pong';
    this.claim(!isReply || this.manner.heartbeat !== 'reply', 'a reply is shown');
    if (!isReply) this.ledger.shown.push(message.data);
  }

  private watchFace(): void {
    const { face } = this;
    if (face === null || this.faces.has(face)) return;
    this.faces.add(face);
    face.addEventListener('message', ({ data }) => {
      if (data !== 'pong') this.hearing.heardOnFace.push(data);
    });
  }
}
