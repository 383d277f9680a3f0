import { say } from '../i18n/words.svelte';
import { limits, measured } from '../format/number';
import type { CaptureScreen } from '../station/bindings/CaptureScreen';
import type { CheckResult } from '../station/bindings/CheckResult';

/** The number behind an instruction. */
export interface Gist {
  name: string;
  value: string;
  limit: string;
}

/** The measured value that made the instruction on screen, if it is one number. */
export function gist(screen: Pick<CaptureScreen, 'results' | 'instruction'>): Gist | null {
  const code = screen.instruction;
  if (code === null || code === 'good') return null;
  const found = screen.results.find((r) => r.code === code && r.verdict !== 'pass' && r.value !== null);
  return found && found.value !== null
    ? { name: say(`check.${found.check}`), value: measured(found.value, found.unit), limit: limits(found) }
    : null;
}

/** A row of the panel: several checks of one kind, shown by the worst of them. */
export interface CheckRowView {
  id: string;
  verdict: CheckResult['verdict'];
  worst: CheckResult;
}

/** The rows in their fixed order; one row says what belongs together. */
const ROWS: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['one_face', ['one_face']],
  ['distance', ['face_width', 'inter_eye']],
  ['centred', ['centred']],
  ['crown', ['crown']],
  ['eye_line', ['eye_line']],
  ['chest', ['chest']],
  ['head', ['yaw', 'pitch', 'roll']],
  ['shoulders', ['shoulders']],
  ['eyes', ['eyes_open', 'gaze']],
  ['mouth', ['mouth']],
  ['clothes', ['clothes']],
  ['light', ['exposure', 'clipping']],
  ['half_lit', ['half_lit']],
  ['background', ['background_plain', 'background_lines', 'background_even', 'wall_shadow']],
  ['sharpness', ['sharpness']],
];
const RANK = { fail: 3, warn: 2, not_assessed: 1, pass: 0 } as const;

/** Checks gathered into rows; a check without a row of its own stands at the end under its own name. */
export function rows(results: readonly CheckResult[]): CheckRowView[] {
  const known = new Set(ROWS.flatMap(([, checks]) => checks));
  const alone = results.filter((r) => !known.has(r.check)).map((r) => [r.check, [r.check]] as const);
  return [...ROWS, ...alone].flatMap(([id, checks]) => {
    const members = results.filter((r) => checks.includes(r.check));
    const worst = members.toSorted((a, b) => RANK[b.verdict] - RANK[a.verdict])[0];
    return worst ? [{ id, verdict: worst.verdict, worst }] : [];
  });
}

/** Name of a row. */
export function rowName(row: CheckRowView): string {
  const own = row.id === row.worst.check;
  return say(own ? `check.${row.id}` : `row.${row.id}`);
}
