/** Fen as yuan: 2000 is `20.00`. */
export function yuan(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(Math.abs(fen % 100)).padStart(2, '0')}`;
}

/** Typed yuan as fen; `null` when it is not an amount with at most two places. */
export function fen(text: string): number | null {
  const found = /^\s*(\d{1,7})(?:[.。](\d{0,2}))?\s*$/.exec(text);
  if (!found) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** Fewest notes and coins for an amount, largest first: `[[2000, 1], [1000, 1]]`. */
export function notes(amount: number): Array<[number, number]> {
  const out: Array<[number, number]> = [];
  let rest = amount;
  for (const piece of [10000, 5000, 2000, 1000, 500, 100, 50, 10]) {
    const count = Math.floor(rest / piece);
    if (count > 0) out.push([piece, count]);
    rest -= count * piece;
  }
  return out;
}
