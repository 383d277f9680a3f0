import { SCANNER_GAP_MS, type Scan, ScannerEar } from './scanner';
import { meant, type KeyBinding, type KeyScope } from './scope.svelte';
import { Kept, characterOf } from './typed';

/** After a change of screen Enter is deaf this long, in milliseconds: a double press confirms nothing. */
export const DEAF_MS = 250;

const TEXT_TYPES = new Set(['text', 'password', 'search', 'tel', 'email', 'number', 'url']);

/** Hears every key of the window and gives it to the scope on top. */
export class Keyboard {
  /** Enter is heard; false for a moment after a change of screen. For the tests of the window. */
  awake = $state(true);
  #waking: ReturnType<typeof setTimeout> | undefined;
  #scopes = $state.raw<readonly KeyScope[]>([]);
  #deafUntil = Number.NEGATIVE_INFINITY;
  #tabbed: Element | null = null;
  #pending: ReturnType<typeof setTimeout> | undefined;
  /** A key that does something only while it is down. */
  #held: { code: string; release: () => void } | null = null;
  /** The field that has the focus, as it was before the burst. */
  #kept: Kept | null = null;
  readonly #ear: ScannerEar;
  /** Where scans go, wherever the focus is. */
  scanned: (scan: Scan) => void = () => undefined;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.#ear = new ScannerEar((scan) => this.#deliver(scan), now);
  }

  /** Scopes that hear keys now, the top one first. */
  get heard(): KeyScope[] {
    const out: KeyScope[] = [];
    for (const scope of [...this.#scopes].reverse()) {
      out.push(scope);
      if (scope.modal) break;
    }
    return out;
  }

  /** Puts a scope on top; the answer takes it away. */
  open(scope: KeyScope): () => void {
    // A scope of a screen comes under a dialog that is already open.
    const at = scope.modal ? -1 : this.#scopes.findIndex((other) => other.modal);
    this.#scopes = at < 0 ? [...this.#scopes, scope] : this.#scopes.toSpliced(at, 0, scope);
    this.settle();
    return () => {
      this.#scopes = this.#scopes.filter((other) => other !== scope);
      this.settle();
    };
  }

  /** Another screen: Enter is deaf for a moment, and no focus was chosen with Tab. */
  settle(): void {
    this.#deafUntil = this.now() + DEAF_MS;
    this.#tabbed = null;
    this.#letGo();
    this.awake = false;
    clearTimeout(this.#waking);
    this.#waking = setTimeout(() => (this.awake = true), DEAF_MS);
    clearTimeout(this.#pending);
    this.#ear.forget();
  }

  /** Listens to a window; the answer stops it. */
  listen(target: Window): () => void {
    const down = (event: KeyboardEvent) => this.keydown(event);
    const up = (event: KeyboardEvent) => {
      if (event.key === 'Tab') this.#tabbed = target.document.activeElement;
      if (this.#held?.code === event.code) this.#letGo();
    };
    // The key may come up where nobody hears it.
    const away = () => this.#letGo();
    target.addEventListener('keydown', down);
    target.addEventListener('keyup', up);
    target.addEventListener('blur', away);
    target.document.addEventListener('visibilitychange', away);
    return () => {
      target.removeEventListener('keydown', down);
      target.removeEventListener('keyup', up);
      target.removeEventListener('blur', away);
      target.document.removeEventListener('visibilitychange', away);
      this.#letGo();
      clearTimeout(this.#waking);
      this.#ear.forget();
    };
  }

  /** One key went down. */
  keydown(event: KeyboardEvent): void {
    if (isModifier(event)) return;
    if (event.isComposing || event.keyCode === 229) return this.#below(event);
    if (this.#held && this.#held.code !== event.code) this.#letGo();
    const name = nameOf(event);
    const field = fieldOf(event.target);
    if (event.repeat && !field) return event.preventDefault();

    if (name === 'Enter') return this.#enter(event);
    const typed = characterOf(event);
    const character = name.length === 1;
    if (typed === null) this.#ear.forget();
    else if (this.#hear(typed, event, false) && field === null) {
      clearTimeout(this.#pending);
      return event.preventDefault();
    }
    if (field === 'text' && (character || name === 'Space')) return;
    if (field === 'number' && (/^\d$/.test(name) || name === '.')) return;
    if (name === 'Space' && this.#onTabbed(event)) return;
    if (event.repeat) return;

    const binding = this.#find(name);
    if (!binding) return;
    event.preventDefault();
    if (binding.release) {
      this.#letGo();
      this.#held = { code: event.code, release: binding.release };
    }
    // A letter may be the first of a scanned code: it waits for as long as a scanner leaves between two.
    if (character) this.#pending = setTimeout(() => binding.run(), SCANNER_GAP_MS);
    else binding.run();
  }

  /** An input method has the key; a scanner below it is heard all the same. */
  #below(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.code === 'Enter' || event.code === 'NumpadEnter') {
      if (this.#ear.enter()) event.preventDefault();
      return;
    }
    const typed = characterOf(event);
    if (typed === null) this.#ear.forget();
    else this.#hear(typed, event, true);
  }

  /** One character; the field is remembered as it was before the first one of a burst. */
  #hear(character: string, event: KeyboardEvent, composing: boolean): boolean {
    const before = Kept.of(event.target);
    const fast = this.#ear.character(character, composing);
    if (!fast) this.#kept = before;
    return fast;
  }

  #letGo(): void {
    const held = this.#held;
    this.#held = null;
    held?.release();
  }

  #enter(event: KeyboardEvent): void {
    clearTimeout(this.#pending);
    if (this.#ear.enter() || event.repeat || this.now() < this.#deafUntil) return event.preventDefault();
    if (this.#onTabbed(event)) return;
    const binding = this.#find('Enter');
    event.preventDefault();
    binding?.run();
  }

  /** A button reached with Tab answers Enter and Space itself. */
  #onTabbed(event: KeyboardEvent): boolean {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target !== this.#tabbed) return false;
    return target.matches('button:not([data-primary]):not([role=checkbox]), a[href], summary');
  }

  #find(name: string): KeyBinding | undefined {
    for (const scope of this.heard) {
      const found = meant(scope.bindings, name);
      if (found) return found;
    }
    return undefined;
  }

  #deliver(scan: Scan): void {
    const kept = this.#kept;
    this.#kept = null;
    if (kept?.own) return;
    kept?.restore(scan.composing);
    this.scanned(scan);
  }
}

/** The name of a key as bindings have it; letters by their place, so that an input method changes nothing. */
export function nameOf(event: KeyboardEvent): string {
  let key = event.key;
  if (/^Key[A-Z]$/.test(event.code)) key = event.code.slice(3).toLowerCase();
  else if (/^Digit\d$/.test(event.code) && !event.shiftKey) key = event.code.slice(5);
  else if (key === ' ' || event.code === 'Space') key = 'Space';
  else if (key.length === 1) key = key.toLowerCase();
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${key}`;
}

function isModifier(event: KeyboardEvent): boolean {
  return ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'NumLock', 'AltGraph'].includes(event.key);
}

/** What kind of field has the focus; a field for numbers only leaves the letters to the commands. */
function fieldOf(target: EventTarget | null): 'text' | 'number' | null {
  if (target instanceof HTMLTextAreaElement) return 'text';
  if (!(target instanceof HTMLInputElement) || !TEXT_TYPES.has(target.type)) return null;
  return target.dataset.numeric === undefined ? 'text' : 'number';
}
