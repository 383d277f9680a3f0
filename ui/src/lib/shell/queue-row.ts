import { when } from '../format/time';
import { t } from '../i18n/words.svelte';
import type { Moment } from '../station/bindings/Moment';
import type { QueueRow } from '../station/bindings/QueueRow';
import { noticeWords } from './notice';

/** What the queue tells of one packet's way. */
export interface RowWords {
  /** What stands in the way, and what to do; or who took it back and why. Empty when nothing does. */
  cause: string;
  /** What happened so far, one thing after the other. */
  course: string;
}

/**
 * The words of a row. `now` only tells the day and what lies ahead, so the minute is enough; `reachable`: a number to
 * call stands on the page.
 */
export function rowWords(row: QueueRow, now: Moment, reachable: boolean): RowWords {
  const at = (moment: Moment) => when(moment, now);
  const course = [t('queue.stored', { time: at(row.stored_at) })];
  if (row.exported_at !== null) course.push(t('queue.exported', { time: at(row.exported_at) }));
  if (row.acknowledged_at !== null) course.push(t('queue.verified', { time: at(row.acknowledged_at) }));
  if (row.withdrawn !== null) {
    const { by, reason } = row.withdrawn;
    return { cause: t('queue.withdrawn', { by, time: at(row.withdrawn.at), reason }), course: join(course) };
  }
  const attempt =
    row.failed_at !== null && row.attempts > 0
      ? t('queue.attempt', { n: row.attempts, time: at(row.failed_at) })
      : row.attempts > 0
        ? t('queue.attempts', { n: row.attempts })
        : '';
  if (row.fault === null || !['waiting', 'sending', 'needs_attention'].includes(row.state)) {
    if (row.acknowledged_at === null && attempt !== '') course.push(attempt);
    return { cause: '', course: join(course) };
  }
  const { title, remedy } = noticeWords({ code: `fault.${row.fault}`, args: {} }, reachable);
  const tried = attempt === '' ? title : `${attempt}${t('list.colon')}${title}`;
  if (row.state === 'needs_attention') return { cause: `${tried}${t('list.stop_space')}${remedy}`, course: join(course) };
  const ahead = row.state === 'waiting' && row.next_attempt_at !== null && row.next_attempt_at > now;
  const next = ahead && row.next_attempt_at !== null ? [t('queue.next_attempt', { time: at(row.next_attempt_at) })] : [];
  return { cause: join([tried, ...next]), course: join(course) };
}

function join(parts: readonly string[]): string {
  return parts.join(t('list.comma'));
}
