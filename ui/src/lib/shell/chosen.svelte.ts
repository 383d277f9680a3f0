import { useKeys } from '../keys/scope.svelte';

/** Rows that PgUp and PgDn pass over. */
const PAGE = 8;

/**
 * The row of a list that the keys mean. It is known by its key, so that it stays the same one when rows move; once
 * it is gone the one that took its place is meant.
 */
export class Chosen<T> {
  #asked = $state(0);
  // What the last look found; no state of its own, since it follows from the rows.
  #key: string | null = null;
  #at = 0;

  /** Place of the row, from 0; −1 in an empty list. */
  readonly index = $derived.by(() => {
    void this.#asked;
    const rows = this.rows();
    const found = this.#key === null ? -1 : rows.findIndex((row) => this.keyOf(row) === this.#key);
    const at = found < 0 ? Math.min(this.#at, rows.length - 1) : found;
    const row = rows[at];
    if (row !== undefined) [this.#key, this.#at] = [this.keyOf(row), at];
    return at;
  });
  /** The row itself. */
  readonly row = $derived.by<T | undefined>(() => this.rows()[this.index]);

  constructor(
    private readonly rows: () => readonly T[],
    private readonly keyOf: (row: T) => string,
  ) {}

  /** Means another row from now on. */
  choose(key: string): void {
    this.#key = key;
    this.#asked++;
  }

  /** Goes so many rows down, or up, as far as there are any. */
  move(by: number): void {
    const rows = this.rows();
    const to = rows[Math.max(0, Math.min(rows.length - 1, this.index + by))];
    if (to !== undefined) this.choose(this.keyOf(to));
  }
}

/** ↑ ↓ PgUp PgDn go through a list; `label` stands in the key bar. */
export function useChoice<T>(chosen: Chosen<T>, label: () => string): void {
  useKeys(() => ({ keys: ['ArrowUp'], run: () => chosen.move(-1) }));
  useKeys(() => ({ keys: ['ArrowDown'], caps: ['ArrowUp', 'ArrowDown'], label: label(), run: () => chosen.move(1), off: chosen.index < 0 }));
  useKeys(() => ({ keys: ['PageUp'], run: () => chosen.move(-PAGE) }));
  useKeys(() => ({ keys: ['PageDown'], run: () => chosen.move(PAGE) }));
}

/** Keeps the chosen row of a list in sight, on the list's element. */
export function inSight(at: () => number): (list: HTMLElement) => void {
  return (list) => {
    $effect(() => {
      list.children[at()]?.scrollIntoView?.({ block: 'nearest' });
    });
  };
}
