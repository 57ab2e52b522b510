import { createElement, Fragment, type ReactNode } from 'react';
import { afterEach } from 'vitest';
import type { LineCallbacks } from '../../js/src/core/lineCallbacks.js';
import type { AnyLineDefinition } from '../../js/src/core/lineDefinition.js';
import { type UseLineResult, useLine } from '../../js/src/react/index.js';
import { type Mounted, mount, strict } from './mount.js';
import { until } from './until.js';

export interface LineProps {
  readonly definition: AnyLineDefinition;
  readonly callbacks?: LineCallbacks;
}

export interface MountedLine extends Mounted {
  /** The result of the newest render. */
  readonly now: UseLineResult;
  becomes(status: UseLineResult['status']): Promise<void>;
}

/** Mounts components that use lines, and unmounts them behind each test. */
export function lineMounts() {
  const mounted: Mounted[] = [];
  afterEach(() => {
    for (const each of mounted.splice(0)) each.unmount();
  });
  const put = (node: ReactNode, { isStrict = false } = {}): Mounted => {
    const page = mount(isStrict ? strict(node) : node);
    mounted.push(page);
    return page;
  };
  const putLine = (props: LineProps, beside: ReactNode = null, isStrict = false): MountedLine => {
    let now: UseLineResult | undefined;
    function Probe({ definition, callbacks }: LineProps) {
      now = useLine(definition, callbacks);
      return null;
    }
    const page = put(createElement(Fragment, null, createElement(Probe, props), beside), {
      isStrict,
    });
    return {
      ...page,
      get now() {
        return now as UseLineResult;
      },
      becomes: (status) => until(() => now?.status === status, `the line is ${status}`),
    };
  };
  return { put, putLine };
}
