import { clock } from '../format/time';
import { t } from '../i18n/words.svelte';
import type { Moment } from '../station/bindings/Moment';
import type { QueueSummary } from '../station/bindings/QueueSummary';

/** What the queue's chip says: attention outranks offline, offline outranks working, the count stays in all. */
export interface QueueChip {
  tone: 'attn' | 'offline' | 'queue';
  sign: 'fail' | 'offline' | 'queue' | 'ack' | 'pause';
  count: string;
  sub: string;
}

/** Beyond this the last answer's age is counted, in milliseconds. */
export const FRESH_MS = 10_000;
/** Beyond this the centre counts as not answering, in milliseconds. */
export const SILENT_MS = 60_000;

/** Whether the central server does not answer, and what to say of its last answer. */
export function centre(queue: QueueSummary, now: Moment): { silent: boolean; words: string } {
  if (queue.last_answer === null) return { silent: true, words: t('queue.never_answered') };
  const age = Math.max(0, now - queue.last_answer);
  if (age > SILENT_MS) return { silent: true, words: t('queue.silent_since', { time: clock(queue.last_answer) }) };
  if (age > FRESH_MS) return { silent: false, words: t('queue.answered_ago', { seconds: Math.floor(age / 1000) }) };
  return { silent: false, words: t('queue.answers') };
}

/** The chip for a summary of the store. */
export function queueChip(queue: QueueSummary, now: Moment): QueueChip {
  if (queue.unreadable) return { tone: 'attn', sign: 'fail', count: t('queue.unknown'), sub: t('queue.capture_stopped') };
  const { silent, words } = centre(queue, now);
  const none = queue.unacknowledged === 0;
  const count = none ? t('queue.all_received') : t('queue.count', { n: queue.unacknowledged });
  if (queue.attention > 0) return { tone: 'attn', sign: 'fail', count, sub: t('queue.attention', { n: queue.attention }) };
  if (silent) return { tone: 'offline', sign: 'offline', count, sub: words };
  if (queue.paused) return { tone: 'queue', sign: 'pause', count, sub: t('queue.paused') };
  if (none && queue.last_acknowledged !== null) {
    return { tone: 'queue', sign: 'ack', count, sub: t('queue.last_received', { time: clock(queue.last_acknowledged) }) };
  }
  return { tone: 'queue', sign: none ? 'ack' : 'queue', count, sub: words };
}
