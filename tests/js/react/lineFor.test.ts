// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { defineLine } from '../../../js/src/core/lineDefinition.js';
import * as loading from '../../../js/src/core/loadCore.js';
import { sharedLine } from '../../../js/src/core/sharedLine.js';
import { document } from '../../../js/src/core/stateDefinition.js';
import { lineFor } from '../../../js/src/react/lineFor.js';

vi.mock(import('../../../js/src/core/loadCore.js'), async (original) => ({
  ...(await original()),
  startLoading: vi.fn(),
}));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.mocked(loading.startLoading).mockClear();
});

it('is the one line of the page, whose core is loaded from then on', () => {
  const definition = defineLine('/line');
  expect(lineFor(definition)).toBe(sharedLine(definition));
  expect(loading.startLoading).toHaveBeenCalledWith(false);
});

it('of a definition with a document loads the core that has documents', () => {
  const state = { order: document({ patch: 'merge-patch' }) };
  lineFor(defineLine('/line', { state }));
  expect(loading.startLoading).toHaveBeenCalledWith(true);
});

it('is none on a server, which loads nothing', () => {
  vi.stubGlobal('document', undefined);
  expect(lineFor(defineLine('/line'))).toBeNull();
  expect(loading.startLoading).not.toHaveBeenCalled();
});

it.each([[undefined], [null], [{}]])('throws for %j', (definition) => {
  expect(() => lineFor(definition as never)).toThrow('give what defineLine() returned');
});
