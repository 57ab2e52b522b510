import { Component, type ReactNode, StrictMode, useEffect, useLayoutEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { type Outage, preload } from '../../../js/src/index.js';
import {
  type UseWebSocketOptions,
  type UseWebSocketResult,
  useWebSocket,
} from '../../../js/src/react/index.js';
import { echo } from './echo.js';

// An app as a user of the package would write one, and `window.app`, by which tests drive it.

export interface LineProps {
  readonly name: string;
  readonly url: string | null;
  readonly options?: UseWebSocketOptions;
  /** Sent in the effect of the mount. */
  readonly first?: readonly string[];
}

/** What a line went through since it was first shown. */
export interface LineLog {
  /** What the hook returned last. */
  present: UseWebSocketResult<unknown>;
  readonly statuses: string[];
  /** When each status began, epoch ms. */
  readonly statusTimes: number[];
  readonly messages: unknown[];
  readonly closeCodes: number[];
  readonly outages: Outage[];
}

export interface App {
  readonly lines: Record<string, LineLog>;
  /** Shows these lines and no others. */
  show(lines: readonly LineProps[], isStrict?: boolean): void;
  /** Unmounts everything. */
  leave(): void;
  readonly preload: typeof preload;
  readonly echo: typeof echo;
}

declare global {
  interface Window {
    app: App;
  }
}

let root: Root | null = null;
const lines: Record<string, LineLog> = {};

window.app = {
  lines,
  show(shown, isStrict = false) {
    root ??= createRoot(document.querySelector('main') as HTMLElement);
    const page = shown.map((line) => (
      <Boundary key={line.name}>
        <LineView {...line} />
      </Boundary>
    ));
    root.render(isStrict ? <StrictMode>{page}</StrictMode> : page);
  },
  leave() {
    root?.unmount();
    root = null;
  },
  preload,
  echo,
};

function LineView({ name, url, options, first }: LineProps) {
  const result = useWebSocket(url, {
    ...options,
    onMessage: ({ data }) => logOf(name).messages.push(data),
    onClose: ({ code }) => logOf(name).closeCodes.push(code),
    onOutage: (outage) => logOf(name).outages.push(outage),
  });
  const { status, error, queued, sendMessage } = result;
  useLayoutEffect(() => {
    logOf(name).present = result;
  });
  useLayoutEffect(() => {
    logOf(name).statuses.push(status);
    logOf(name).statusTimes.push(Date.now());
  }, [name, status]);
  useEffect(() => {
    for (const text of first ?? []) sendMessage(text);
  }, [first, sendMessage]);
  return (
    <p data-testid={name} data-status={status} data-queued={queued}>
      {error?.message}
    </p>
  );
}

function logOf(name: string): LineLog {
  lines[name] ??= {
    present: null as unknown as UseWebSocketResult<unknown>,
    statuses: [],
    statusTimes: [],
    messages: [],
    closeCodes: [],
    outages: [],
  };
  return lines[name];
}

/** Shows what a render threw. */
class Boundary extends Component<{ children: ReactNode }, { thrown: unknown }> {
  override state = { thrown: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }

  override render() {
    const { thrown } = this.state;
    return thrown === null ? this.props.children : <p role="alert">{String(thrown)}</p>;
  }
}

// `?lines=` has them as JSON, so that a page that is reloaded shows them again.
const atOnce = new URLSearchParams(location.search).get('lines');
if (atOnce !== null) window.app.show(JSON.parse(atOnce));
