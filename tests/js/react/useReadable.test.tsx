// @vitest-environment jsdom
import { Component, type ReactNode, startTransition, useInsertionEffect, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Readable } from '../../../js/src/core/liveState.js';
import type { SelectOptions } from '../../../js/src/react/selection.js';
import { useReadable } from '../../../js/src/react/useReadable.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages } from '../../support/pages.js';
import { PlayedValue } from '../../support/playedValue.js';
import { turns, until } from '../../support/until.js';

const complaints = failOnComplaints();
const put = pages();

interface ShowProps<V> extends SelectOptions<V, unknown> {
  readonly of: Readable<V> | null;
  readonly given?: (() => V) | null;
  readonly onRender?: (shown: unknown) => void;
}

function Show<V>({ of, given = () => 'given' as V, onRender, ...options }: ShowProps<V>) {
  const shown = useReadable<V, unknown>(of, given, options);
  onRender?.(shown);
  return <p>{JSON.stringify(shown)}</p>;
}

describe('useReadable', () => {
  it.each([false, true])(
    'shows the value, and each one after it (StrictMode: %s)',
    async (isStrict) => {
      const value = new PlayedValue(1);
      const page = put(<Show of={value} />, { isStrict });
      expect(page.place.textContent).toBe('1');
      value.set(2);
      await until(() => page.place.textContent === '2', 'it shows the change');
      expect(value.readers).toBe(1);
      page.unmount();
      expect(value.readers).toBe(0);
    },
  );

  it('renders once for ten thousand changes in one task', async () => {
    const value = new PlayedValue(0);
    const onRender = vi.fn();
    const page = put(<Show of={value} onRender={onRender} />);
    onRender.mockClear();
    for (let i = 1; i <= 10_000; i++) value.set(i);
    await until(() => page.place.textContent === '10000', 'it shows the last one');
    expect(onRender.mock.calls).toEqual([[10_000]]);
  });

  it('misses no change between its render and its subscription', () => {
    const value = new PlayedValue('before');
    function Early() {
      useInsertionEffect(() => value.set('between'), []);
      return null;
    }
    const page = put(
      <>
        <Show of={value} />
        <Early />
      </>,
    );
    expect(page.place.textContent).toBe('"between"');
  });

  it('renders of many components those whose selection is another one', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => i);
    const value = new PlayedValue<readonly number[]>(rows);
    const renders = rows.map(() => 0);
    const count = (i: number) => {
      renders[i] = (renders[i] ?? 0) + 1;
    };
    put(
      rows.map((i) => (
        <Show key={i} of={value} select={(all) => all[i]} onRender={() => count(i)} />
      )),
    );
    expect(renders).toEqual(rows.map(() => 1));
    value.set(rows.with(7, -1).with(11, -1));
    await until(() => renders[11] === 2, 'the changed ones are rendered');
    await turns();
    expect(renders).toEqual(rows.map((i) => (i === 7 || i === 11 ? 2 : 1)));
  });

  it('neither subscribes nor renders again for selectors made in each render', async () => {
    const value = new PlayedValue([1, 2, 3]);
    const onRender = vi.fn();
    const node = () => (
      <Show of={value} select={(all) => all.filter((one) => one > 1)} onRender={onRender} />
    );
    const page = put(node());
    page.render(node());
    page.render(node());
    await turns();
    expect(onRender).toHaveBeenCalledTimes(3);
    expect(value.subscribed).toBe(1);
    value.set([2, 3, 4]);
    await until(() => page.place.textContent === '[2,3,4]', 'it shows the change');
    expect(onRender).toHaveBeenCalledTimes(4);
    expect(value.subscribed).toBe(1);
  });

  it('keeps a selection that is equal, and does not render for it', async () => {
    const value = new PlayedValue([1, 2, 3]);
    const seen: unknown[] = [];
    const select = (all: number[]) => all.filter((one) => one > 1);
    const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
    const node = () => (
      <Show
        of={value}
        select={(all) => select(all)}
        isEqual={isEqual}
        onRender={(shown) => seen.push(shown)}
      />
    );
    const page = put(node());
    value.set([0, 2, 3]);
    await turns();
    expect(seen.length).toBe(1);
    page.render(node());
    expect(seen[1]).toBe(seen[0]);
    value.set([2, 4]);
    await until(() => page.place.textContent === '[2,4]', 'it shows the change');
  });

  it('selects by what is around the selector now', () => {
    const value = new PlayedValue(['a', 'b']);
    const at = (i: number) => <Show of={value} select={(all) => all[i]} />;
    const page = put(at(0));
    page.render(at(1));
    expect(page.place.textContent).toBe('"b"');
  });

  it('lets a selector that throws end its own component alone, and others go on', async () => {
    complaints.expected();
    class Boundary extends Component<{ children: ReactNode }> {
      override state = { text: '' };
      static getDerivedStateFromError = (error: Error) => ({ text: error.message });
      override render() {
        return this.state.text || this.props.children;
      }
    }
    const broken = (n: number) => {
      if (n > 1) throw new Error('mine');
      return n;
    };
    const value = new PlayedValue(1);
    const page = put(
      <>
        <Boundary>
          <Show of={value} select={broken} />
        </Boundary>
        <Show of={value} />
      </>,
    );
    expect(page.place.textContent).toBe('11');
    expect(() => value.set(2)).not.toThrow();
    await until(() => page.place.textContent === 'mine2', 'one has failed, the other goes on');
    value.set(3);
    await until(() => page.place.textContent === 'mine3', 'the other goes on');
    expect(value.readers).toBe(1);
  });

  it('goes over to another one, and to none, with nothing of the old one left', async () => {
    const [a, b] = [new PlayedValue('a'), new PlayedValue('b')];
    const seen: unknown[] = [];
    const fail = () => {
      throw new Error('nothing to select');
    };
    const at = (of: PlayedValue<string>) => <Show of={of} onRender={(shown) => seen.push(shown)} />;
    const page = put(at(a));
    page.render(at(b));
    expect([a.readers, b.readers]).toEqual([0, 1]);
    a.set('late');
    await turns();
    page.render(
      <Show of={null} given={null} select={fail} onRender={(shown) => seen.push(shown)} />,
    );
    expect([a.readers, b.readers]).toEqual([0, 0]);
    expect(seen).toEqual(['a', 'b', undefined]);
  });

  it('never shows two values on one page, also in a transition', async () => {
    const value = new PlayedValue(1);
    const torn: string[] = [];
    const row = [0, 1, 2, 3];
    let go = (_: boolean) => {};
    function Page() {
      const [isMany, setMany] = useState(false);
      go = setMany;
      const shown = row.slice(isMany ? 0 : 3).map((i) => <Show key={i} of={value} />);
      return <div>{shown}</div>;
    }
    const page = put(<Page />);
    const look = () => {
      const texts = [...page.place.querySelectorAll('p')].map((p) => p.textContent);
      if (new Set(texts).size > 1) torn.push(texts.join());
    };
    const watcher = new MutationObserver(look);
    watcher.observe(page.place, { subtree: true, childList: true, characterData: true });
    startTransition(() => go(true));
    for (let i = 2; i < 20; i++) {
      value.set(i);
      await turns(1);
    }
    await until(() => page.place.textContent === '19'.repeat(4), 'all show the last one');
    watcher.disconnect();
    expect(torn).toEqual([]);
  });
});
