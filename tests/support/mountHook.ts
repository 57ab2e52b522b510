import { createElement } from 'react';
import type { LineUrl } from '../../js/src/core/lineUrl.js';
import {
  type UseWebSocketOptions,
  type UseWebSocketResult,
  useWebSocket,
} from '../../js/src/react/index.js';
import { mount, strict } from './mount.js';
import { until } from './until.js';

type Result = UseWebSocketResult<unknown>;

export interface HookProps {
  url: LineUrl | null;
  options?: UseWebSocketOptions;
  connect?: boolean;
  /** Called in each render: what it reads is what the component uses. */
  read?: (result: Result) => void;
}

export interface MountedHook {
  /** The result of the newest render. */
  readonly now: Result;
  readonly renderCount: number;
  /** Renders with other props; those not given stay. */
  render(props?: Partial<HookProps>): void;
  unmount(): void;
  becomes(status: Result['status']): Promise<void>;
}

/** Quick retries, so that tests which await one end soon. */
export const quick = { reconnect: { minDelayMs: 1, baseDelayMs: 1, maxDelayMs: 5 } };

interface ProbeProps extends HookProps {
  onResult(result: Result): void;
}

function Probe({ url, options = quick, connect = true, read, onResult }: ProbeProps) {
  const result = useWebSocket(url, options, connect);
  onResult(result);
  read?.(result);
  return null;
}

/** Mounts a component that uses `useWebSocket` and shows nothing. */
export function mountHook(first: HookProps, { isStrict = false } = {}): MountedHook {
  let props = first;
  let now: Result | undefined;
  let renderCount = 0;
  const onResult = (result: Result) => {
    now = result;
    renderCount += 1;
  };
  const node = () => {
    const element = createElement(Probe, { ...props, onResult });
    return isStrict ? strict(element) : element;
  };
  const mounted = mount(node());
  return {
    get now() {
      return now as Result;
    },
    get renderCount() {
      return renderCount;
    },
    render(change = {}) {
      props = { ...props, ...change };
      mounted.render(node());
    },
    unmount: () => mounted.unmount(),
    becomes: (status) => until(() => now?.status === status, `the line is ${status}`),
  };
}
