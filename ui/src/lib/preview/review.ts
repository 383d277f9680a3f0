import { has } from '../i18n/words.svelte';
import type { CheckResult } from '../station/bindings/CheckResult';
import type { Rect } from '../station/bindings/Rect';
import type { ReviewScreen } from '../station/bindings/ReviewScreen';
import type { TickRow } from '../station/bindings/TickRow';
import { GRAVITY, stops } from './verdict';

/** A result with the letter of its frame on the still; without a frame it has none. */
export interface MarkedResult {
  result: CheckResult;
  mark: string;
  rects: Rect[];
}

/** A frame on the still. */
export interface StillFrame {
  /** A letter for a rule, the key of a tick. */
  mark: string;
  tone: 'fail' | 'warn' | 'ask';
  rects: readonly Rect[];
}

/** What the list shows, in its order. */
export interface ReviewRows {
  /** Rules that failed, then those that stop because they could not be assessed. */
  stopping: MarkedResult[];
  /** Rules that are only doubtful, advised or not assessed. */
  noted: MarkedResult[];
  /** Ids of the rules this session does not look at. */
  off: string[];
}

/** The rows of the results; what is asked stands with its tick. */
export function reviewRows(screen: ReviewScreen): ReviewRows {
  const looked = screen.results.filter((r) => r.force !== 'off' && r.verdict !== 'pass' && r.verdict !== 'asked');
  const graver = (a: CheckResult, b: CheckResult) => GRAVITY[b.verdict] - GRAVITY[a.verdict];
  const ordered = [...looked.filter(stops).toSorted(graver), ...looked.filter((r) => !stops(r)).toSorted(graver)];
  let used = 0;
  const rows = ordered.map((result): MarkedResult => {
    const rects = screen.regions.find((region) => region.check === result.check)?.rects ?? [];
    const mark = rects.length > 0 ? String.fromCharCode('A'.charCodeAt(0) + used++) : '';
    return { result, mark, rects };
  });
  return {
    stopping: rows.filter((row) => stops(row.result)),
    noted: rows.filter((row) => !stops(row.result)),
    off: screen.results.filter((r) => r.force === 'off').map((r) => r.check),
  };
}

/** The frames on the still: solid what failed, dashed what is doubtful, dotted what is asked; none round what fits. */
export function stillFrames(rows: ReviewRows, ticks: readonly TickRow[]): StillFrame[] {
  const results = [...rows.stopping, ...rows.noted].filter((row) => row.mark !== '');
  const asked = ticks.filter((tick) => tick.answer !== 'fits');
  return [
    ...asked.map((tick): StillFrame => ({ mark: String(tick.key), tone: tick.answer === 'breaks' ? 'fail' : 'ask', rects: tick.rects })),
    ...results.map(({ result, mark, rects }): StillFrame => ({ mark, tone: result.verdict === 'fail' ? 'fail' : 'warn', rects })),
  ];
}

/** What to tell the sitter: the instructions of what stops, then of the ticks that say "does not fit", each once. */
export function told(rows: ReviewRows, ticks: readonly TickRow[]): string[] {
  const measured = rows.stopping.map((row) => row.result.code).filter((code) => code !== null);
  const refused = ticks.filter((tick) => tick.answer === 'breaks').flatMap((tick) => tick.help);
  return [...new Set([...measured, ...refused])].filter((code) => has(`instruction.${code}`));
}

/** The rectangle that holds all of these, with room round it as a share of its longer side; `null` without any. */
export function around(rects: readonly Rect[], room: number): Rect | null {
  if (rects.length === 0) return null;
  const left = Math.min(...rects.map((r) => r.x));
  const top = Math.min(...rects.map((r) => r.y));
  const width = Math.max(...rects.map((r) => r.x + r.width)) - left;
  const height = Math.max(...rects.map((r) => r.y + r.height)) - top;
  const more = Math.max(width, height) * room;
  return { x: left - more, y: top - more, width: width + 2 * more, height: height + 2 * more };
}

/** The smallest rectangle of this ratio (width to height) round another, with the same middle. */
export function widened(rect: Rect, ratio: number): Rect {
  const width = Math.max(rect.width, rect.height * ratio);
  const height = Math.max(rect.height, rect.width / ratio);
  return { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height };
}

/** The rectangle moved into a picture of this size as far as it fits. */
export function inside(rect: Rect, width: number, height: number): Rect {
  const moved = (at: number, length: number, whole: number) => Math.min(Math.max(at, 0), Math.max(whole - length, 0));
  return { ...rect, x: moved(rect.x, rect.width, width), y: moved(rect.y, rect.height, height) };
}

/** The answer after this one: open, fits, does not fit, fits, … */
export function nextAnswer(tick: TickRow): 'fits' | 'breaks' {
  return tick.answer === 'fits' ? 'breaks' : 'fits';
}
