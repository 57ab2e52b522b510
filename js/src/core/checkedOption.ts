/** A numeric option: its default and its range. */
export interface OptionRow {
  readonly name: string;
  readonly unit: string;
  readonly standard: number;
  readonly min: number;
  readonly max: number;
  readonly infinite?: boolean | undefined;
}

/** @throws TypeError that names the option and its range. */
export function checkedNumber(row: OptionRow, value: unknown): number {
  const { name, unit, standard, min, max, infinite } = row;
  if (value === undefined) return standard;
  if (
    typeof value === 'number' &&
    ((value >= min && value <= max) || (infinite && value === 1 / 0))
  ) {
    return Math.trunc(value);
  }
  const range = `from ${min} to ${max} ${unit}${infinite ? ' or Infinity' : ''}`;
  throw wrong(name, `a number ${range}`, value);
}

/** What an option should be, and what was given. */
export function wrong(name: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`openline: ${name} must be ${wanted}, not ${show(value)}.`);
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
