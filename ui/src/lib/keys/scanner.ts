/** Keys closer together than this, in milliseconds, come from a scanner and never from a hand. */
export const SCANNER_GAP_MS = 35;
/** A scanner without an end key is done after this silence, in milliseconds. */
const SILENCE_MS = 100;
/** A code has at least this many characters; two keys hit by accident are none. */
const FEWEST = 4;
/** With an end key that came as fast: a ticket of three digits. */
const FEWEST_ENDED = 3;

/** What a scanner typed. */
export interface Scan {
  text: string;
  /** An input method was composing: the keys were read below it. */
  composing: boolean;
}

/** Tells a scanner's burst of characters from a hand's keys. */
export class ScannerEar {
  #burst = '';
  #composing = false;
  #last = Number.NEGATIVE_INFINITY;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly deliver: (scan: Scan) => void,
    private readonly now: () => number,
  ) {}

  /** A character came; true when it belongs to a burst. */
  character(character: string, composing = false): boolean {
    const at = this.now();
    const fast = at - this.#last < SCANNER_GAP_MS;
    this.#burst = fast ? this.#burst + character : character;
    this.#composing = composing || (fast && this.#composing);
    this.#last = at;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#finish(FEWEST), SILENCE_MS);
    return fast;
  }

  /** Enter came; true when it only ends a burst. */
  enter(): boolean {
    const ends = this.now() - this.#last < SCANNER_GAP_MS && this.#burst !== '';
    if (ends) this.#finish(FEWEST_ENDED);
    else this.forget();
    return ends;
  }

  /** Another key came: what was collected is no code. */
  forget(): void {
    clearTimeout(this.#silence);
    this.#burst = '';
    this.#composing = false;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  #finish(fewest: number): void {
    const scan = { text: this.#burst, composing: this.#composing };
    this.forget();
    if (scan.text.length >= fewest) this.deliver(scan);
  }
}
