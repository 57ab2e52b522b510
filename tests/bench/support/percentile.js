/** The smallest of `values` that `share` of them (0 to 1) do not exceed. Sorts them in place. */
export function percentile(values, share) {
  if (values.length === 0) throw new RangeError('no values to take a percentile of');
  values.sort((a, b) => a - b);
  return values[Math.max(Math.ceil(values.length * share) - 1, 0)];
}
