import { has, say } from '../i18n/words.svelte';
import { limits, measured } from '../format/number';
import type { CaptureScreen } from '../station/bindings/CaptureScreen';
import type { CheckResult } from '../station/bindings/CheckResult';
import { GRAVITY } from './verdict';

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
  ['people', ['one_face', 'bystander']],
  ['distance', ['face_width', 'head_height', 'eye_distance', 'inter_eye']],
  ['centred', ['centred']],
  ['crown', ['crown']],
  ['eye_line', ['eye_line']],
  ['chest', ['chest']],
  ['head', ['yaw', 'pitch', 'roll']],
  ['shoulders', ['shoulders']],
  ['eyes', ['eyes_open', 'gaze']],
  ['expression', ['mouth', 'expression', 'brow_raise']],
  ['free_face', ['ears', 'forehead', 'brows', 'headwear', 'hand_on_face', 'face_mask']],
  ['glasses', ['glasses', 'tinted_glasses', 'reflection']],
  ['clothing', ['clothes', 'cloth_wall', 'pattern', 'sleeves']],
  ['light', ['exposure', 'clipping', 'colour_cast', 'monochrome', 'light_top_down', 'eye_shadows']],
  ['half_lit', ['half_lit']],
  ['background', ['background_plain', 'background_lines', 'background_even', 'background_bright', 'wall_shadow', 'hair_wall']],
  ['sharp', ['sharpness', 'motion']],
];

/** Checks gathered into rows; a check without a row of its own stands at the end under its own name. What this
 * session does not look at is no row. */
export function rows(all: readonly CheckResult[]): CheckRowView[] {
  const results = all.filter((result) => result.force !== 'off');
  const known = new Set(ROWS.flatMap(([, checks]) => checks));
  const alone = results.filter((r) => !known.has(r.check)).map((r) => [r.check, [r.check]] as const);
  return [...ROWS, ...alone].flatMap(([id, checks]) => {
    const members = results.filter((r) => checks.includes(r.check));
    const worst = members.toSorted((a, b) => GRAVITY[b.verdict] - GRAVITY[a.verdict])[0];
    return worst ? [{ id, verdict: worst.verdict, worst }] : [];
  });
}

/** Name of a row. */
export function rowName(row: CheckRowView): string {
  const own = row.id === row.worst.check;
  return say(own || !has(`row.${row.id}`) ? `check.${row.worst.check}` : `row.${row.id}`);
}
