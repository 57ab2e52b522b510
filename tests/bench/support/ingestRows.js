// Messages of a size, each a row that has changed.
export const rowCount = 1_000;

/** `versions` messages of each row, so that no row is brought twice as it is. ASCII. */
export function makeMessages(bytes, versions) {
  const messages = [];
  for (let version = 0; version < versions; version++) {
    for (let place = 0; place < rowCount; place++)
      messages.push(makeMessage(bytes, place, version));
  }
  return messages;
}

/** A quote; a larger one has a book of orders, half of it numbers and half text. */
function makeMessage(bytes, place, version) {
  const row = {
    id: `row-${String(place).padStart(4, '0')}`,
    price: 1_000 + place / 8 + version,
    size: 100_000 + place * version,
    side: 'buy',
    venue: 'XNAS',
  };
  const rest = bytes - JSON.stringify(row).length;
  if (rest < 64) return JSON.stringify({ ...row, note: 'x'.repeat(Math.max(rest - 10, 0)) });
  const orders = [];
  for (let i = 0; JSON.stringify(orders).length < rest / 2; i++) {
    orders.push({ price: row.price + i / 100, size: (i + 1) * 50, count: i % 7 });
  }
  const left = rest - JSON.stringify(orders).length - ',"orders":,"notes":[]'.length;
  const notes = [];
  for (let i = 0; i < left; i += 40) notes.push('what came with it, said in plain words');
  return JSON.stringify({ ...row, orders, notes });
}
