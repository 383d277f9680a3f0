/** Signs of the keys beside letters and digits on the keyboard that scanners pretend to be, plain and with Shift. */
const SIGNS: Readonly<Record<string, string>> = {
  Minus: '-_', Equal: '=+', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', Semicolon: ';:', Quote: '\'"',
  Backquote: '`~', Comma: ',<', Period: '.>', Slash: '/?', Space: '  ',
};
/** The digits' signs with Shift. */
const SHIFTED = ')!@#$%^&*(';

/** The character a key stands for; read from its place while an input method has it, which tells nothing else. */
export function characterOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const taken = event.isComposing || event.keyCode === 229 || event.key === 'Process' || event.key === 'Unidentified';
  if (!taken) return event.key.length === 1 ? event.key : null;
  const { code, shiftKey } = event;
  const capital = shiftKey !== event.getModifierState('CapsLock');
  if (/^Key[A-Z]$/.test(code)) return capital ? code.slice(3) : code.slice(3).toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey && code.startsWith('Digit') ? (SHIFTED[Number(digit)] ?? null) : digit;
  return SIGNS[code]?.[shiftKey ? 1 : 0] ?? null;
}

/** A field as it was before a burst, so that what a scanner typed into it can be taken out again. */
export class Kept {
  readonly #value: string;
  readonly #start: number | null;

  private constructor(private readonly field: HTMLInputElement | HTMLTextAreaElement) {
    this.#value = field.value;
    this.#start = field.selectionStart;
  }

  /** What has the focus, if it is a field. */
  static of(target: EventTarget | null): Kept | null {
    const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    return field ? new Kept(target) : null;
  }

  /** It keeps what is scanned into it: a number of no other use, or a secret. */
  get own(): boolean {
    return this.field.dataset.scans !== undefined || this.field.type === 'password';
  }

  /** Puts the field back; an input method that still composes there ends first. */
  restore(composing: boolean): void {
    if (composing) this.field.blur();
    if (this.field.value !== this.#value) {
      this.field.value = this.#value;
      this.field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
    }
    if (!composing) return;
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(this.#start, this.#start);
  }
}
