// @vitest-environment jsdom
import { Activity } from 'react';
import { expect, it } from 'vitest';
import { useReadable } from '../../../js/src/react/useReadable.js';
import { failOnComplaints } from '../../support/mount.js';
import { pages } from '../../support/pages.js';
import { PlayedValue } from '../../support/playedValue.js';

// React 19 alone has Activity.

failOnComplaints();
const put = pages();

it('lets go while it is hidden, and shows the present when it is shown again', () => {
  const value = new PlayedValue(1);
  function Show() {
    return <p>{useReadable(value, () => 0, {})}</p>;
  }
  const at = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Show />
    </Activity>
  );
  const page = put(at('visible'));
  page.render(at('hidden'));
  expect(value.readers).toBe(0);
  value.set(2);
  page.render(at('visible'));
  expect(page.place.textContent).toBe('2');
  expect(value.readers).toBe(1);
});
