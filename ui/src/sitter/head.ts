import type { HeadOutline } from '../lib/station/bindings/HeadOutline';

/** Half of the drawn head in face widths: hair and ears stand beyond the cheeks, the line runs just inside them. */
const HALF = 0.467;

/**
 * Head and shoulders as an SVG path in pixels of the photo, about its middle. The curves are drawn on a head whose
 * crown is at 0, whose chin is at 1 and whose half width is 1.
 */
export function headPath({ photo_width, crown, chin, face_width }: HeadOutline): string {
  const middle = photo_width / 2;
  const half = face_width * HALF;
  const tall = chin - crown;
  const at = (x: number, y: number) => `${round(middle + x * half)} ${round(crown + y * tall)}`;
  const curve = (...points: ReadonlyArray<readonly [number, number]>) => `C${points.map(([x, y]) => at(x, y)).join(' ')}`;
  const side = (s: 1 | -1) =>
    `M${at(s * 2.21, 1.7)}${curve([s * 2.18, 1.45], [s * 1.61, 1.36], [s, 1.29])}${curve([s * 0.68, 1.255], [s * 0.57, 1.22], [s * 0.5, 1.16])}`;
  const head = `M${at(0, 0)}${curve([-0.57, 0], [-1, 0.15], [-1, 0.41])}${curve([-1, 0.72], [-0.55, 1], [0, 1])}${curve([0.55, 1], [1, 0.72], [1, 0.41])}${curve([1, 0.15], [0.57, 0], [0, 0])}z`;
  return head + side(-1) + side(1);
}

const round = (value: number) => Math.round(value * 10) / 10;
