import type { CheckResult } from '../station/bindings/CheckResult';

/** How many places a unit is read with. */
const PLACES: Record<string, number> = { px: 0, count: 0, deg: 1, 'L*': 0, 'ΔE': 1, stops: 1, ratio: 2, 'C*': 0, levels: 1, IED: 2, 'IED²': 2 };

/** A measured value with the sign of its unit: `2.1°`, `140`, `0.08`. */
export function measured(value: number, unit: string): string {
  const places = unit === 'ratio' && value !== 0 && Math.abs(value) < 0.1 ? 3 : (PLACES[unit] ?? 2);
  const text = value.toFixed(places).replace(/^-(?=0(\.0*)?$)/, '').replace('-', '−');
  return unit === 'deg' ? `${text}°` : text;
}

/** The accepted range: `180–300`, `≤ 10°`, `≥ 85`, `±10°`; empty without a limit. */
export function limits({ min, max, unit }: CheckResult): string {
  const fixed = (value: number) => {
    const text = measured(value, unit);
    return text.includes('.') ? text.replace(/0+(°?)$/, '$1').replace(/\.(°?)$/, '$1') : text;
  };
  if (min !== null && max !== null) {
    if (min === max) return fixed(min);
    return min === -max ? `±${fixed(max)}` : `${fixed(min)}–${fixed(max)}`;
  }
  if (max !== null) return `≤ ${fixed(max)}`;
  return min === null ? '' : `≥ ${fixed(min)}`;
}

/** Bytes as `34 KB`, `2.1 MB` or `14.2 GB`. */
export function bytes(count: number): string {
  if (count >= 1_000_000_000) return `${(count / 1_000_000_000).toFixed(1)} GB`;
  if (count >= 100_000_000) return `${Math.round(count / 1_000_000)} MB`;
  return count < 1_000_000 ? `${Math.round(count / 1000)} KB` : `${(count / 1_000_000).toFixed(1)} MB`;
}
