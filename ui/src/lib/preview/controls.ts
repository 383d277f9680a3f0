import { say, t } from '../i18n/words.svelte';
import type { Control } from '../station/bindings/Control';
import type { ControlState } from '../station/bindings/ControlState';
import type { Mode } from '../station/bindings/Mode';

/** One row of the camera's page: a value, with the automatic that stands before it. */
export interface ControlRowView {
  state: ControlState;
  /** The automatic as it is now; `null` for a value that stands alone. */
  automatic: ControlState | null;
}

/** The values in the order of the page, each with its automatic. */
const ROWS: ReadonlyArray<readonly [Control, Control | null]> = [
  ['exposure', 'auto_exposure'],
  ['gain', null],
  ['white_balance', 'auto_white_balance'],
  ['focus', 'auto_focus'],
  ['zoom', null],
  ['power_line', null],
];

/** The rows of a camera; what it does not have is no row. */
export function controlRows(controls: readonly ControlState[]): ControlRowView[] {
  const find = (control: Control | null) => controls.find((state) => state.control === control) ?? null;
  return ROWS.flatMap(([control, automatic]) => {
    const state = find(control);
    return state ? [{ state, automatic: find(automatic) }] : [];
  });
}

/** A value as people say it. */
export function controlValue({ control, value }: ControlState): string {
  switch (control) {
    case 'exposure':
      // Units of 100 µs.
      return t('camera_page.ms', { n: (value / 10).toFixed(1) });
    case 'white_balance':
      return `${value} K`;
    case 'power_line':
      return say(`power_line.${value}`);
    default:
      return String(value);
  }
}

/** A mode as people say it. */
export function modeName(mode: Mode): string {
  const rate = mode.rate.frames / (mode.rate.seconds || 1);
  const whole = Number.isInteger(rate) ? String(rate) : rate.toFixed(2);
  return `${mode.width}×${mode.height} · ${whole}/s · ${mode.format.toUpperCase()}`;
}

/** Whether two modes are one. */
export function sameMode(a: Mode | null, b: Mode | null): boolean {
  return JSON.stringify(a && parts(a)) === JSON.stringify(b && parts(b));
}

const parts = (m: Mode) => [m.format, m.width, m.height, m.rate.frames, m.rate.seconds];
