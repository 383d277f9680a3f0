import card from './card.svg?raw';
import sitter from './sitter.svg?raw';

const WIDTH = 1280;
const HEIGHT = 720;

/** Addresses of drawn pictures in place of a camera's: a live frame with its header, and stills. */
export function pictures(): (path: string) => string {
  const still = svg(sitter);
  const photo = svg(
    sitter
      .replace(/viewBox="[^"]*" width="\d+" height="\d+"/, 'viewBox="0 0 480 640" width="480" height="640"')
      .replace(/<rect x="-1200"[^>]*>/, '<rect x="-1200" y="-600" width="2880" height="1840" fill="#64c5ff"/>')
      .replace(/<rect x="-700"[^>]*>/, ''),
  );
  const crop = svg(sitter.replace(/viewBox="[^"]*" width="\d+" height="\d+"/, 'viewBox="0 0 480 640" width="480" height="640"'));
  let live = 'data:,';
  void frame(still).then((url) => {
    live = url;
  });
  return (path) => {
    if (path.includes('?turns=')) return svg(card);
    if (path.startsWith('live')) return path.endsWith('after=0') ? live : 'data:,';
    if (path.startsWith('photo') || path.startsWith('old')) return photo;
    return path.startsWith('crop') ? crop : still;
  };
}

function svg(text: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

/** The drawing as a live frame: sixteen bytes of header, then a JPEG. */
async function frame(url: string): Promise<string> {
  if (typeof OffscreenCanvas === 'undefined') return url;
  const image = new Image(WIDTH, HEIGHT);
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  canvas.getContext('2d')?.drawImage(image, 0, 0, WIDTH, HEIGHT);
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  const header = new DataView(new ArrayBuffer(16));
  header.setUint32(0, 1, true);
  header.setUint16(4, WIDTH, true);
  header.setUint16(6, HEIGHT, true);
  header.setFloat64(8, performance.now(), true);
  return URL.createObjectURL(new Blob([header.buffer, jpeg]));
}
