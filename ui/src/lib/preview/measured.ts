import type { MeasuredRow } from '../station/bindings/MeasuredRow';

/** Numbers an operator looks at, in the order of the table; the others only when they are out of range. */
const SHOWN = [
  'pixels', 'crown', 'eyes', 'chin', 'face_width', 'head_height', 'eye_distance', 'centre',
  'background_colour', 'background_even', 'edge', 'bytes', 'density',
];

/** The rows of the table, and the ids of the rows that are in range and left out. */
export interface MeasuredView {
  rows: MeasuredRow[];
  rest: string[];
}

/** Width and height become one row; what nobody reads unless it is wrong is left out. */
export function measuredView(measured: readonly MeasuredRow[]): MeasuredView {
  const width = measured.find((row) => row.id === 'width');
  const height = measured.find((row) => row.id === 'height');
  const pixels: MeasuredRow[] =
    width && height
      ? [
          {
            id: 'pixels',
            value: `${width.number ?? '–'} × ${height.number ?? '–'}`,
            wanted: `${width.min ?? '–'} × ${height.min ?? '–'}`,
            number: null,
            min: null,
            max: null,
            ok: width.ok && height.ok,
          },
        ]
      : [];
  const all = [...pixels, ...measured.filter((row) => row !== width && row !== height)];
  const place = (row: MeasuredRow) => SHOWN.indexOf(row.id);
  const rows = all.filter((row) => place(row) >= 0 || !row.ok);
  return {
    rows: rows.toSorted((a, b) => (place(a) < 0 ? -1 : place(a)) - (place(b) < 0 ? -1 : place(b))),
    rest: all.filter((row) => place(row) < 0 && row.ok).map((row) => row.id),
  };
}
