import type { CheckResult } from '../station/bindings/CheckResult';
import type { PhotoSpecification } from '../station/bindings/PhotoSpecification';
import type { Quantity } from '../station/bindings/Quantity';
import type { Rect } from '../station/bindings/Rect';

/** How a band stands. */
export type BandState = 'idle' | 'ok' | 'off';

/** A horizontal band of the guide in the photo's own pixels. */
export interface Band {
  /** Which row of the head. */
  id: 'crown' | 'eyes' | 'chin';
  /** Top edge from the photo's upper edge. */
  from: number;
  /** Bottom edge. */
  to: number;
  /** Not a number that binds: from the face width or a weak source; drawn without numbers, never gates. */
  derived: boolean;
  /** Met, missed, or not measured. */
  state: BandState;
}

/** Where a picture lies on the stage, in CSS pixels. */
export interface Placement {
  /** CSS pixels for one pixel of the camera's picture. */
  scale: number;
  /** Left edge of the picture. */
  left: number;
  /** Top edge of the picture. */
  top: number;
}

/** From the eyes to the chin, in face widths: what makes the chin band out of the face-width range. */
const EYES_TO_CHIN = 0.67;
/** Room above and below the guide, as a share of its height. */
const ROOM = 0.008;

/** The rectangle as it lies in a mirrored picture of this width. */
export function mirrored(rect: Rect, pictureWidth: number): Rect {
  return { ...rect, x: pictureWidth - rect.x - rect.width };
}

/** Lays the picture so that the guide stands in the middle of the stage, as large as it fits. */
export function place(guide: Rect, stageWidth: number, stageHeight: number): Placement {
  const scale = Math.min(stageHeight / (guide.height * (1 + 2 * ROOM)), stageWidth / (guide.width * (1 + 2 * ROOM)));
  return {
    scale,
    left: stageWidth / 2 - (guide.x + guide.width / 2) * scale,
    top: stageHeight / 2 - (guide.y + guide.height / 2) * scale,
  };
}

/** The bands of a specification with what the checks found. */
export function bands(specification: PhotoSpecification, results: readonly CheckResult[]): Band[] {
  const find = (of: Quantity) => specification.bands.find((band) => band.of === of);
  const drawn = ROWS.flatMap(([id, check]): Band[] => {
    const band = find(id);
    if (!band) return [];
    const { min: from, max: to } = band.range;
    return [{ id, from, to, derived: !band.gates, state: band.gates ? state(results, check) : 'idle' }];
  });
  const [eyes, face] = [find('eyes'), find('face_width')];
  if (eyes && face && !find('chin')) {
    const middle = (eyes.range.min + eyes.range.max) / 2;
    drawn.push({
      id: 'chin',
      from: Math.round(middle + face.range.min * EYES_TO_CHIN),
      to: Math.min(specification.height_px, Math.round(middle + face.range.max * EYES_TO_CHIN)),
      derived: true,
      state: 'idle',
    });
  }
  return drawn;
}

/** The rows of a head from above, with the check that judges each. */
const ROWS = [
  ['crown', 'crown'],
  ['eyes', 'eye_line'],
  ['chin', 'chin_line'],
] as const;

function state(results: readonly CheckResult[], check: string): BandState {
  const found = results.find((result) => result.check === check);
  if (!found || found.verdict === 'not_assessed' || found.verdict === 'asked') return 'idle';
  return found.verdict === 'pass' ? 'ok' : 'off';
}
