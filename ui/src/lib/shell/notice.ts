import { say } from '../i18n/words.svelte';
import type { Notice } from '../station/bindings/Notice';
import { yuan } from '../format/money';

/** A notice in words: what is so, and what to do. */
export interface NoticeWords {
  title: string;
  remedy: string;
}

/** Arguments that are amounts in fen, shown as yuan. */
const AMOUNTS = new Set(['amount', 'fee_fen', 'tendered_fen', 'change_fen', 'due']);

/** The words of a notice in the language on screen. */
export function noticeWords(notice: Pick<Notice, 'code' | 'args'>): NoticeWords {
  const args = readable(notice.args);
  return { title: say(notice.code, args), remedy: say(`${notice.code}.do`, args) };
}

/** Arguments as they are read; amounts come in fen. */
export function readable(args: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(args)) {
    if (value !== undefined) out[name] = AMOUNTS.has(name) && /^\d+$/.test(value) ? yuan(Number(value)) : value;
  }
  return out;
}
