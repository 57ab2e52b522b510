import type { IncomingMessage } from 'node:http';
import { type Server, type ServerOptions, WebSocketServer } from 'ws';
import type { Upgrade } from './attaching.js';
import { addressGroup, clientAddress } from './clientAddress.js';
import { closeReason } from './closeReason.js';
import type { Accepted } from './connection.js';
import { type Context, fail, now } from './context.js';
import { report } from './events.js';
import { LineSocket } from './lineSocket.js';
import { RateLimits } from './rateLimit.js';
import { isSomebody } from './recheck.js';
import { ignoreError, refuseUpgrade } from './upgradeAnswer.js';
import { userName } from './userName.js';

/** Who has come in, and what was asked for. */
export interface Admitted extends Accepted {
  readonly request: IncomingMessage;
  readonly address: string;
  /** When the upgrade began. */
  readonly begunAt: number;
}

interface Attempt extends Upgrade {
  readonly address: string;
  readonly begunAt: number;
}

type Verdict =
  | { readonly kind: 'user'; readonly user: unknown; readonly userId: string }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  | { readonly kind: 'late' };

const ADDRESSES_MAX = 10_000;
const FRAGMENTS_MAX = 1_024;
const CHUNKS_MAX = 4_096;
const WEBSOCKET_KEY = /^[+/0-9A-Za-z]{22}==$/;

/**
 * Lets upgrades in, or not: origin first, then limits and form, and only then is the application
 * asked who it is. Nothing that a client does here may throw into the HTTP server.
 */
export class UpgradeGate {
  private readonly context: Context;
  private readonly onAdmitted: (admitted: Admitted) => void;
  private readonly addresses: RateLimits;
  private readonly sockets: Server<typeof LineSocket>;
  /** Sockets of nobody whose closing handshake is under way. */
  private dismissed = 0;

  constructor(context: Context, onAdmitted: (admitted: Admitted) => void) {
    const { limits } = context.settings;
    this.context = context;
    this.onAdmitted = onAdmitted;
    const rate = { perSecond: limits.upgradesPerSecond, burst: limits.upgradeBurst };
    this.addresses = new RateLimits(rate, ADDRESSES_MAX);
    const options: ServerOptions<typeof LineSocket> & { readonly closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      WebSocket: LineSocket,
      maxPayload: limits.frameBytes,
      maxFragments: FRAGMENTS_MAX,
      maxBufferedChunks: CHUNKS_MAX,
      perMessageDeflate: false,
      autoPong: false,
      closeTimeout: limits.closeTimeoutMs,
      handleProtocols: (offered) => (offered.has('openline.1') ? 'openline.1' : false),
    };
    this.sockets = new WebSocketServer(options);
  }

  /** Takes an upgrade of this server's path. */
  receive(upgrade: Upgrade): void {
    const { request, raw } = upgrade;
    raw.on('error', ignoreError);
    const address = clientAddress(request, this.context.settings.trustedProxies);
    const attempt = { ...upgrade, address, begunAt: now() };
    const [status, text] = this.refusalOf(attempt) ?? [0, ''];
    if (status !== 0) this.refuse(attempt, status, text);
    else void this.admit(attempt);
  }

  close(): void {
    this.sockets.close();
  }

  private refusalOf({ request, address, begunAt }: Attempt): readonly [number, string] | null {
    const { counters, isLeaving, settings } = this.context;
    if (!settings.isAllowedOrigin(request)) return [403, 'origin not allowed'];
    if (isLeaving) return [503, 'restarting'];
    if (!this.addresses.take(addressGroup(address), begunAt)) return [429, 'too many upgrades'];
    const isFull =
      counters.pendingUpgrades >= settings.limits.pendingUpgrades ||
      counters.connections >= settings.limits.connections;
    return isFull ? [503, 'too many connections'] : formRefusal(request);
  }

  private refuse({ raw, address }: Attempt, status: number, reason: string): void {
    this.context.counters.refused += 1;
    refuseUpgrade(raw, status, reason);
    const { onEvent } = this.context.handlers;
    report(onEvent, { type: 'refused', status, reason, address });
  }

  private async admit(attempt: Attempt): Promise<void> {
    const { counters } = this.context;
    counters.pendingUpgrades += 1;
    const verdict = await this.judge(attempt);
    counters.pendingUpgrades -= 1;
    if (verdict.kind === 'late') this.refuse(attempt, 503, 'took too long');
    else if (this.context.isLeaving) this.refuse(attempt, 503, 'restarting');
    else this.complete(attempt, verdict);
  }

  private complete(attempt: Attempt, verdict: Exclude<Verdict, { kind: 'late' }>): void {
    const { request, raw, head, address, begunAt } = attempt;
    try {
      this.sockets.handleUpgrade(request, raw, head, (socket) => {
        raw.off('error', ignoreError); // `ws` listens from here on
        if (verdict.kind === 'closed') {
          this.dismiss(socket, verdict.code, verdict.reason);
          return;
        }
        const { user, userId } = verdict;
        const headers = this.context.handlers.recheck ? request.headers : null;
        const accepted = { socket, raw, user, userId, headers };
        this.onAdmitted({ ...accepted, request, address, begunAt });
      });
    } catch (error) {
      raw.destroy();
      fail(this.context, 'upgrade', error);
    }
  }

  /**
   * A browser sees a refused upgrade as 1006 only, so who may not come in is told so inside. Who
   * answers no closing handshake takes the place of nobody: beyond a limit there is none.
   */
  private dismiss(socket: LineSocket, code: number, reason: string): void {
    socket.on('error', ignoreError);
    if (this.dismissed >= this.context.settings.limits.pendingUpgrades) {
      socket.terminate();
      return;
    }
    this.dismissed += 1;
    socket.on('close', () => {
      this.dismissed -= 1;
    });
    socket.close(code, closeReason(reason));
  }

  private async judge({ request, raw }: Attempt): Promise<Verdict> {
    const { counters, settings } = this.context;
    counters.authentications += 1;
    let giveUp = () => {};
    const late = new Promise<Verdict>((resolve) => {
      giveUp = () => resolve({ kind: 'late' });
    });
    const timer = setTimeout(giveUp, settings.limits.handshakeTimeoutMs);
    raw.once('close', giveUp);
    try {
      return await Promise.race([this.authenticate(request), late]);
    } finally {
      clearTimeout(timer);
      raw.off('close', giveUp);
    }
  }

  private async authenticate(request: IncomingMessage): Promise<Verdict> {
    const { counters, handlers } = this.context;
    try {
      const user = await handlers.authenticate(request);
      if (isSomebody(user)) return { kind: 'user', user, userId: userName(handlers, user) };
      counters.unauthenticated += 1;
      return { kind: 'closed', code: 4401, reason: 'not authenticated' };
    } catch (error) {
      fail(this.context, 'authenticate', error);
      return { kind: 'closed', code: 4500, reason: 'authentication failed' };
    }
  }
}

/** What `ws` would refuse as well, but only after the application was asked. */
function formRefusal({ method, headers }: IncomingMessage): readonly [number, string] | null {
  if (method !== 'GET') return [405, 'a WebSocket starts with GET'];
  if (headers.upgrade?.toLowerCase() !== 'websocket') return [400, 'not an upgrade to websocket'];
  if (headers['sec-websocket-version'] !== '13') return [426, 'give Sec-WebSocket-Version 13'];
  if (WEBSOCKET_KEY.test(headers['sec-websocket-key'] ?? '')) return null;
  return [400, 'no Sec-WebSocket-Key'];
}
