// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Readable } from '../../../js/src/core/liveState.js';
import { useReadable } from '../../../js/src/react/useReadable.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages, renderOnServer } from '../../support/pages.js';
import { PlayedValue } from '../../support/playedValue.js';
import { until } from '../../support/until.js';

failOnComplaints();
const put = pages();
const given = { rows: ['a'] };
type Given = typeof given;

interface ShowProps {
  readonly of: Readable<Given> | null;
  readonly onRender?: (shown: unknown) => void;
}

/** It selects by a function, and to an array, that are new in each render. */
function Show({ of, onRender }: ShowProps) {
  const select = ({ rows }: Given) => rows.map((row) => `${row}!`);
  const shown = useReadable<Given, string[]>(of, () => given, { select });
  onRender?.(shown);
  return <p>{shown?.join()}</p>;
}

describe('hydration of useReadable', () => {
  it('takes over the same value without another render', () => {
    const value = new PlayedValue(given);
    const seen: unknown[] = [];
    const html = renderOnServer(<Show of={null} />);
    const page = put(<Show of={value} onRender={(shown) => seen.push(shown)} />, { html });
    expect(page.place.innerHTML).toBe(html);
    expect(seen).toEqual([['a!']]);
    expect(value.readers).toBe(1);
  });

  it('is without a mismatch in StrictMode', () => {
    const value = new PlayedValue(given);
    const html = renderOnServer(<Show of={null} />);
    expect(put(<Show of={value} />, { html, isStrict: true }).place.innerHTML).toBe(html);
    expect(value.readers).toBe(1);
  });

  it('shows what was given first, and what is known by now right after it', async () => {
    const value = new PlayedValue({ rows: ['a', 'b'] });
    const seen: unknown[] = [];
    const html = renderOnServer(<Show of={null} />);
    const page = put(<Show of={value} onRender={(shown) => seen.push(shown)} />, { html });
    await until(() => page.place.textContent === 'a!,b!', 'it shows the present');
    expect(seen).toEqual([['a!'], ['a!', 'b!']]);
  });
});
