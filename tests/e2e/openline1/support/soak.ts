import { FaultProxy } from '../../../support/faultProxy.js';
import { ChildServer } from './childServer.js';
import { between, randomFrom } from './randomFrom.js';
import { type Account, SoakLine } from './soakLine.js';
import { Story } from './story.js';
import { type Weather, weatherOf } from './weather.js';

const LINES = 4;
const MESSAGES_PER_SECOND = 60;
const VISIT_EVERY_MS = 4_000;
const SAMPLE_EVERY_MS = 4_000;
/** Until the last fault is over: noticed after 1.5 s, and what has waited is caught up with. */
const CALM_MS_MAX = 30_000;

export interface MemorySample {
  readonly seconds: number;
  /** Bytes, after a collection. */
  readonly used: number;
  readonly rss: number;
}

export interface SoakReport {
  readonly seed: number;
  readonly seconds: number;
  /** Messages that the clients sent and the server handled. */
  readonly up: number;
  /** Publications that reached a reader. */
  readonly down: number;
  readonly replies: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly outages: number;
  readonly longestOutageMs: number;
  readonly resyncs: number;
  readonly memory: readonly MemorySample[];
  readonly account: Account;
  readonly story: Story;
}

/** Clients and a server with a proxy between each two of them, in bad weather. */
export class Soak {
  private readonly story = new Story();
  private readonly server = new ChildServer('./soakServer.js');
  private readonly proxies: FaultProxy[] = [];
  private readonly weathers: Weather[] = [];
  private readonly lines: SoakLine[] = [];
  private readonly memory: MemorySample[] = [];
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly seed: number) {}

  async run(seconds: number): Promise<SoakReport> {
    try {
      await this.open();
      await this.server.ask('start');
      this.stir();
      await pause(seconds * 1_000);
      await this.calm();
      return await this.close(seconds);
    } finally {
      for (const timer of this.timers) clearInterval(timer);
      for (const proxy of this.proxies) await proxy.stop();
      await this.server.stop();
    }
  }

  private async open(): Promise<void> {
    const { server, story } = this;
    const port = await server.ask<number>('port');
    for (let i = 0; i < LINES; i++) {
      const name = `line-${i}`;
      const proxy = await FaultProxy.before(port);
      this.proxies.push(proxy);
      this.weathers.push(weatherOf(name, proxy, story, randomFrom(this.seed + i)));
      const own = { name, port: proxy.port, isAnchored: i % 2 === 1 };
      this.lines.push(await SoakLine.open({ ...own, server, story }));
    }
    await until(() => this.lines.every(({ isLive }) => isLive), 10_000);
  }

  private stir(): void {
    for (const weather of this.weathers) weather.start();
    for (const { sender } of this.lines) sender.start(MESSAGES_PER_SECOND);
    const random = randomFrom(this.seed - 1);
    const visit = () => {
      const leave = this.lines[Math.floor(random() * LINES)]?.visit() ?? (() => {});
      setTimeout(leave, between(random, 0, VISIT_EVERY_MS));
    };
    this.timers.push(setInterval(visit, VISIT_EVERY_MS));
    const startedAt = performance.now();
    const sample = async () => {
      const memory = await this.server.ask<Omit<MemorySample, 'seconds'>>('memory');
      this.memory.push({ seconds: (performance.now() - startedAt) / 1_000, ...memory });
    };
    // A server that has died is told by whoever asks it next.
    this.timers.push(setInterval(() => void sample().catch(() => {}), SAMPLE_EVERY_MS));
  }

  /** Faults, publications and messages end, and what is under way arrives. */
  private async calm(): Promise<void> {
    for (const weather of this.weathers) weather.stop();
    for (const { sender } of this.lines) sender.stop();
    await this.server.ask('stop');
    const end = performance.now() + CALM_MS_MAX;
    while (performance.now() < end) {
      const account = await this.server.ask<Account>('account');
      if (this.lines.every((line) => line.hasAll(account))) return;
      await pause(50);
    }
    this.story.blame('run', 'not everything has arrived');
  }

  private async close(seconds: number): Promise<SoakReport> {
    const { seed, lines, story, memory } = this;
    const account = await this.server.ask<Account>('account');
    for (const line of lines) line.close(account);
    for (const violation of account.violations) story.blame('server', violation);
    const sum = (of: (line: SoakLine) => number) => lines.reduce((all, line) => all + of(line), 0);
    const faults: Record<string, number> = {};
    for (const { counts } of this.weathers) {
      for (const [name, count] of Object.entries(counts))
        faults[name] = (faults[name] ?? 0) + count;
    }
    return {
      ...{ seed, seconds, faults, memory, account, story },
      up: sum(({ sender }) => sender.settled),
      down: sum(({ received }) => received),
      replies: sum(({ sender }) => sender.replies),
      outages: sum(({ outages }) => outages),
      longestOutageMs: Math.max(...lines.map(({ longestOutageMs }) => longestOutageMs)),
      resyncs: sum(({ gaps }) => gaps.gaps),
    };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (!condition() && performance.now() < end) await pause(10);
}
