import { getContext, onMount, setContext } from 'svelte';
import type { Keyboard } from './keyboard.svelte';

/** One thing a key does. */
export interface KeyBinding {
  /** Names of the keys: `Enter`, `Space`, `Escape`, `F2`, `ArrowUp`, `r`, `1`, `Alt+1`, `Ctrl+l`. */
  keys: readonly string[];
  /** What it does, for the key bar and the list of keys; without it the key works unseen. */
  label?: string;
  /** Caps to show instead of the keys' own. */
  caps?: readonly string[];
  /** What happens. */
  run: () => void;
  /** What ends when the key comes up again, another goes down, the window loses the focus or the screen changes. */
  release?: () => void;
  /** Comes before other bindings of the same key on this screen. */
  first?: boolean;
  /** A key that does nothing now; it is not shown. */
  off?: boolean;
}

/** The one of a screen's bindings that a key means: one that comes first, else the one that came last. */
export function meant(bindings: readonly KeyBinding[], name: string): KeyBinding | undefined {
  const able = bindings.filter((binding) => binding.keys.includes(name));
  return able.find((binding) => binding.first) ?? able.at(-1);
}

/** The keys of one screen or one dialog. */
export class KeyScope {
  #entries = $state.raw<ReadonlyArray<() => KeyBinding>>([]);

  constructor(
    /** Nothing below a modal scope hears a key. */
    readonly modal: boolean,
  ) {}

  /** The bindings that work now, in the order they came. */
  get bindings(): KeyBinding[] {
    return this.#entries.map((entry) => entry()).filter((binding) => !binding.off);
  }

  /** Adds a binding; the answer removes it. */
  add(entry: () => KeyBinding): () => void {
    this.#entries = [...this.#entries, entry];
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }
}

const SCOPE = Symbol('keys');

interface Held {
  keyboard: Keyboard;
  scope: KeyScope;
}

/** Gives the components below their keyboard and a scope of their own. */
export function openScope(keyboard: Keyboard, modal: boolean): KeyScope {
  const scope = new KeyScope(modal);
  setContext<Held>(SCOPE, { keyboard, scope });
  onMount(() => keyboard.open(scope));
  return scope;
}

/** As `openScope`, under the keyboard of the component above. */
export function openInnerScope(modal: boolean): KeyScope {
  return openScope(getContext<Held>(SCOPE).keyboard, modal);
}

/** Binds keys as long as the component lives. */
export function useKeys(entry: () => KeyBinding): void {
  const { scope } = getContext<Held>(SCOPE);
  onMount(() => scope.add(entry));
}
