import { clock } from '../format/time';
import { has, say } from '../i18n/words.svelte';
import type { Notice } from '../station/bindings/Notice';
import { yuan } from '../format/money';

/** A notice in words: what is so, and what to do. */
export interface NoticeWords {
  title: string;
  remedy: string;
}

/** Arguments that are amounts in fen, shown as yuan. */
const AMOUNTS = new Set(['amount', 'fee_fen', 'tendered_fen', 'change_fen', 'due']);

/** Arguments that are moments in milliseconds, shown as `10:05`. */
const TIMES = new Set(['time', 'until']);

/** The words of a notice in the language on screen; `reachable`: a number to call stands on the page. */
export function noticeWords(notice: Pick<Notice, 'code' | 'args'>, reachable: boolean): NoticeWords {
  const args = readable(notice.args);
  // Without a number on the page nobody can be told to call it.
  const alone = `${notice.code}.alone`;
  if (!reachable && has(alone)) return { title: say(notice.code, args), remedy: say(alone, args) };
  // With the number of tries left there are more exact words.
  const exact = `${notice.code}.left`;
  const remedy = args.left !== undefined && has(exact) ? exact : `${notice.code}.do`;
  return { title: say(notice.code, args), remedy: say(remedy, args) };
}

/** Arguments as they are read; amounts come in fen, times in milliseconds. */
export function readable(args: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined) continue;
    const number = /^\d+$/.test(value);
    if (AMOUNTS.has(name) && number) out[name] = yuan(Number(value));
    else if (TIMES.has(name) && number) out[name] = clock(Number(value));
    else out[name] = value;
  }
  return out;
}
