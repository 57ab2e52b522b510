/** A numeric option: its default and its range. */
export interface OptionRow {
  readonly name: string;
  readonly unit: string;
  readonly standard: number;
  readonly min: number;
  readonly max: number;
  readonly infinite?: boolean;
}

/** @throws TypeError that names the option and its range. */
export function checkedNumber(row: OptionRow, value: unknown): number {
  if (value === undefined) return row.standard;
  const isInRange =
    typeof value === 'number' &&
    ((value >= row.min && value <= row.max) || (row.infinite === true && value === 1 / 0));
  if (!isInRange) {
    const range = `from ${row.min} to ${row.max} ${row.unit}${row.infinite ? ' or Infinity' : ''}`;
    throw wrong(row.name, `a number ${range}`, value);
  }
  return Math.trunc(value);
}

/** What an option should be, and what was given. */
export function wrong(name: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`openline: ${name} must be ${wanted}, not ${show(value)}.`);
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
