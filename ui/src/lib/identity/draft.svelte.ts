import { plainNumber } from '../format/document';
import type { Command } from '../station/bindings/Command';
import type { DocumentKind } from '../station/bindings/DocumentKind';

/** A pause in typing this long asks the station what it makes of a number, in milliseconds. */
const PAUSE_MS = 120;
/** What stands typed of a document. The station judges it; nothing of it is judged here. */
export class DocumentDraft {
  name = $state('');
  number = $state('');
  /** The operator says what kind it is. */
  kind = $state<DocumentKind | null>(null);
  birth = $state('');
  from = $state('');
  until = $state('');
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (command: Command) => void) {}

  /** The number in plain characters. */
  get plain(): string {
    return plainNumber(this.number);
  }

  /** Asks the station soon about this name and number, with what was typed beside them. */
  ask(name: string, number: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tell(name, number), PAUSE_MS);
  }

  /** Tells the station now what stands typed, unless it knows. Nothing typed is nothing to tell. */
  tell(name: string, number: string): void {
    clearTimeout(this.#timer);
    const { kind, birth, from, until } = this;
    const command: Command = {
      do: 'check_document', name: name.trim(), number: plainNumber(number), kind, birth: birth.trim(), valid_from: from.trim(), valid_until: until.trim(),
    };
    const words = JSON.stringify(command);
    if (words === this.#told || (this.#told === '' && this.#blank(number))) return;
    this.#told = words;
    this.send(command);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #blank(number: string): boolean {
    const beside = [this.birth, this.from, this.until].some((text) => text.trim() !== '');
    return !beside && this.kind === null && (number === '' || number !== this.number);
  }
}
