import type { Moment } from '../station/bindings/Moment';

const two = (n: number) => String(n).padStart(2, '0');

/** `10:05` of the station's own day. */
export function clock(at: Moment): string {
  const day = new Date(at);
  return `${two(day.getHours())}:${two(day.getMinutes())}`;
}

/** `10:05`, with the day in front when it is not the day of `now`: `11-23 16:20`. */
export function when(at: Moment, now: Moment): string {
  const day = new Date(at);
  const same = day.toDateString() === new Date(now).toDateString();
  return same ? clock(at) : `${two(day.getMonth() + 1)}-${two(day.getDate())} ${clock(at)}`;
}

/** Seconds as `0:18`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}
