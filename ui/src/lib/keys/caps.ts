import { say } from '../i18n/words.svelte';

const SIGNS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  Delete: 'Del',
};

/** What stands on the caps of these keys. */
export function caps(keys: readonly string[]): string[] {
  return keys.map((key) =>
    key
      .split('+')
      .map((part) => (part === 'Space' ? say('key.space') : (SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part))))
      .join(' '),
  );
}
