import { encode } from 'uqr';

/** A QR code as an SVG path on a square of `size` modules, without its quiet zone. */
export interface QrPath {
  path: string;
  size: number;
}

/** The QR code of a text, with the error correction of a code read off a screen (M). */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
    }
  });
  return { path, size };
}
