/** A pattern that looks like a QR code of 29 modules; it encodes nothing. */
export const qrPath: string = (() => {
  const size = 29;
  let path = '';
  const square = (x: number, y: number, w: number) => (path += `M${x} ${y}h${w}v${w}h${-w}z`);
  const finder = (x: number, y: number) => {
    path += `M${x} ${y}h7v7h-7zm1 1v5h5v-5z`;
    square(x + 2, y + 2, 3);
  };
  finder(0, 0);
  finder(size - 7, 0);
  finder(0, size - 7);
  let state = 7;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      state = (state * 1103515245 + 12345) % 2147483648;
      const corner = (x < 8 && y < 8) || (x > size - 9 && y < 8) || (x < 8 && y > size - 9);
      if (!corner && (state >> 12) % 2 === 0) square(x, y, 1);
    }
  }
  return path;
})();
