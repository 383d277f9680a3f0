import type { Moment } from '../station/bindings/Moment';
import { birthDate } from './document';

/** Full years from a birth date (`2012-11-24`) to a moment. */
export function age(born: string, now: Moment): number {
  const [year = 0, month = 1, day = 1] = born.split('-').map(Number);
  const today = new Date(now);
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  return today.getFullYear() - year - (before ? 1 : 0);
}

/** Whether a typed number is that of somebody under 14; only to show the guardian's field, Rust decides. */
export function under14(number: string, now: Moment): boolean {
  const born = birthDate(number);
  return born !== '' && age(born, now) < 14;
}
