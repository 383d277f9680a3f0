import { clock } from '../format/time';
import { say, t } from '../i18n/words.svelte';
import type { Moment } from '../station/bindings/Moment';
import type { QueueSummary } from '../station/bindings/QueueSummary';

/** Beyond this the last answer's age is counted, in milliseconds. */
export const FRESH_MS = 10_000;
/** Beyond this the centre counts as not answering, in milliseconds. */
export const SILENT_MS = 60_000;
/** Up to this the next question is counted down, beyond it its time is told, in seconds. */
const COUNTED_S = 90;

/** Faults of the link that no waiting mends: somebody must do something. */
const HANDS = new Set(['station_not_accepted', 'server_version']);

/** How the talk with the central server stands. */
export interface Centre {
  /** Nothing is sent now. */
  silent: boolean;
  /** It stays so until somebody does something. */
  hand: boolean;
  /** In one short line. */
  words: string;
}

/** Whether the central server answers, and what to say of its last answer. */
export function centre(queue: QueueSummary, now: Moment): Centre {
  const fault = queue.link_fault;
  if (fault !== null && fault !== 'server_unreachable') {
    return { silent: true, hand: HANDS.has(fault), words: say(`fault.${fault}`) };
  }
  const heard = queue.last_answer;
  const since = fault === null ? heard : (queue.link_fault_since ?? heard);
  if (fault !== null && since !== null) return { silent: true, hand: false, words: t('queue.silent_since', { time: clock(since) }) };
  if (heard === null) return { silent: true, hand: false, words: t('queue.never_answered') };
  const age = Math.max(0, now - heard);
  if (age > SILENT_MS) return { silent: true, hand: false, words: t('queue.silent_since', { time: clock(heard) }) };
  const words = age > FRESH_MS ? t('queue.answered_ago', { seconds: Math.floor(age / 1000) }) : t('queue.answers');
  return { silent: false, hand: false, words };
}

/** Since when nothing is sent, and when the central server is asked again. */
export function linkCourse(queue: QueueSummary, now: Moment): string {
  const parts: string[] = [];
  if (queue.link_fault_since !== null) parts.push(t('link.since', { time: clock(queue.link_fault_since) }));
  if (queue.link_next_try_at !== null) {
    const seconds = Math.ceil((queue.link_next_try_at - now) / 1000);
    if (seconds <= 0) parts.push(t('link.soon'));
    else if (seconds <= COUNTED_S) parts.push(t('link.next', { seconds }));
    else parts.push(t('link.next_at', { time: clock(queue.link_next_try_at) }));
  }
  return parts.join(t('list.comma'));
}

/** How far this machine's clock is off, as it is said: `3 分钟`, `5 小时`, `2 天`. */
export function lag(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes < 120) return t('span.minutes', { n: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t('span.hours', { n: hours }) : t('span.days', { n: Math.round(hours / 24) });
}
