import en from '../../../messages/en.json';
import zh from '../../../messages/zh-CN.json';
import { type Arguments, format } from './format';

/** A language of the screens. */
export type Language = 'zh-CN' | 'en';
/** A key of the messages. */
export type MessageKey = keyof typeof zh;

const messages: Record<Language, Record<string, string>> = { 'zh-CN': zh, en };
const KEPT = 'capture-station.language';

let current = $state<Language>(kept());

/** Keys asked for and not there; a test reads it. */
export const missing = new Set<string>();

/** The words of `key` in the language on screen. */
export function t(key: MessageKey, args: Arguments = {}): string {
  return say(key, args);
}

/** As `t`, for a key with a code in it that came from the station. */
export function say(key: string, args: Arguments = {}): string {
  return sayIn(current, key, args);
}

/** As `say`, in a language that need not be the one on screen. */
export function sayIn(language: Language, key: string, args: Arguments = {}): string {
  const message = messages[language][key];
  if (message === undefined) {
    missing.add(`${language} ${key}`);
    return key;
  }
  return format(message, args);
}

/** Whether there are words for a key. */
export function has(key: string): boolean {
  return key in messages[current];
}

/** The language on screen. */
export function language(): Language {
  return current;
}

/** The other language, for screens that show both. */
export function otherLanguage(): Language {
  return current === 'en' ? 'zh-CN' : 'en';
}

/** Shows the language that another window of the program chose, now and whenever it changes. */
export function followLanguage(): void {
  document.documentElement.lang = current;
  window.addEventListener('storage', (event) => {
    if (event.key !== KEPT) return;
    current = kept();
    document.documentElement.lang = current;
  });
}

/** Changes the language of everything on screen and keeps it for the next start. */
export function setLanguage(to: Language): void {
  current = to;
  document.documentElement.lang = to;
  document.title = say('product');
  try {
    localStorage.setItem(KEPT, to);
  } catch {
    // A web view without storage only forgets the choice.
  }
}

function kept(): Language {
  try {
    return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}
