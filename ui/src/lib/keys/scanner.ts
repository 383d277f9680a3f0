/** Keys closer together than this, in milliseconds, come from a scanner and never from a hand. */
export const SCANNER_GAP_MS = 35;
/** A scanner without an end key is done after this silence, in milliseconds. */
const SILENCE_MS = 100;
/** A code has at least this many characters; two keys hit by accident are none. */
const FEWEST = 4;

/** Tells a scanner's burst of characters from a hand's keys. */
export class ScannerEar {
  #burst = '';
  #last = Number.NEGATIVE_INFINITY;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly deliver: (code: string) => void,
    private readonly now: () => number,
  ) {}

  /** A character came; true when it belongs to a burst. */
  character(character: string): boolean {
    const at = this.now();
    const fast = at - this.#last < SCANNER_GAP_MS;
    this.#burst = fast ? this.#burst + character : character;
    this.#last = at;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#finish(), SILENCE_MS);
    return fast;
  }

  /** Enter came; true when it only ends a burst. */
  enter(): boolean {
    const ends = this.now() - this.#last < SCANNER_GAP_MS && this.#burst !== '';
    if (ends) this.#finish();
    else this.forget();
    return ends;
  }

  /** Another key came: what was collected is no code. */
  forget(): void {
    clearTimeout(this.#silence);
    this.#burst = '';
    this.#last = Number.NEGATIVE_INFINITY;
  }

  #finish(): void {
    const code = this.#burst;
    this.forget();
    if (code.length >= FEWEST) this.deliver(code);
  }
}
