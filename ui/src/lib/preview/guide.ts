import type { CheckResult } from '../station/bindings/CheckResult';
import type { PhotoSpecification } from '../station/bindings/PhotoSpecification';
import type { Rect } from '../station/bindings/Rect';

/** How a band stands. */
export type BandState = 'idle' | 'ok' | 'off';

/** A horizontal band of the guide in the photo's own pixels. */
export interface Band {
  /** `crown`, `eyes` or `chin`. */
  id: 'crown' | 'eyes' | 'chin';
  /** Top edge from the photo's upper edge. */
  from: number;
  /** Bottom edge. */
  to: number;
  /** Comes from the face width, not from the standard; without a number, never gates. */
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
  const { crown_px: crown, eyes_px: eyes, face_width_px: face, height_px: height } = specification;
  const middle = (eyes.min + eyes.max) / 2;
  return [
    { id: 'crown', from: crown.min, to: crown.max, derived: false, state: state(results, 'crown') },
    { id: 'eyes', from: eyes.min, to: eyes.max, derived: false, state: state(results, 'eye_line') },
    {
      id: 'chin',
      from: Math.round(middle + face.min * EYES_TO_CHIN),
      to: Math.min(height, Math.round(middle + face.max * EYES_TO_CHIN)),
      derived: true,
      state: 'idle',
    },
  ];
}

function state(results: readonly CheckResult[], check: string): BandState {
  const found = results.find((result) => result.check === check);
  if (!found || found.verdict === 'not_assessed' || found.verdict === 'asked') return 'idle';
  return found.verdict === 'pass' ? 'ok' : 'off';
}
