import { clock } from '../format/time';
import { t } from '../i18n/words.svelte';
import type { Moment } from '../station/bindings/Moment';
import type { QueueSummary } from '../station/bindings/QueueSummary';
import { centre } from './link';

/** What the queue's chip says: attention outranks offline, offline outranks working, the count stays in all. */
export interface QueueChip {
  tone: 'attn' | 'offline' | 'queue';
  sign: 'fail' | 'offline' | 'queue' | 'ack' | 'pause';
  count: string;
  sub: string;
}

/** The chip for a summary of the store. */
export function queueChip(queue: QueueSummary, now: Moment): QueueChip {
  if (queue.unreadable) return { tone: 'attn', sign: 'fail', count: t('queue.unknown'), sub: t('queue.capture_stopped') };
  const { silent, hand, words } = centre(queue, now);
  const none = queue.unacknowledged === 0;
  const count = none ? t('queue.all_received') : t('queue.count', { n: queue.unacknowledged });
  if (queue.attention > 0) return { tone: 'attn', sign: 'fail', count, sub: t('queue.attention', { n: queue.attention }) };
  if (hand) return { tone: 'attn', sign: 'fail', count, sub: words };
  if (silent) return { tone: 'offline', sign: 'offline', count, sub: words };
  if (queue.paused) return { tone: 'queue', sign: 'pause', count, sub: t('queue.paused') };
  if (none && queue.last_acknowledged !== null) {
    return { tone: 'queue', sign: 'ack', count, sub: t('queue.last_received', { time: clock(queue.last_acknowledged) }) };
  }
  return { tone: 'queue', sign: none ? 'ack' : 'queue', count, sub: words };
}
