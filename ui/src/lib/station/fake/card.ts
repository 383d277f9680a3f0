import type { CardSide } from '../bindings/CardSide';
import type { CardSideView } from '../bindings/CardSideView';
import type { CardState } from '../bindings/CardState';

/** A side of the document as the station tells of it. */
export function cardSide(side: CardSide, state: CardState, sample: number | null = null): CardSideView {
  return {
    side, state, sample,
    turns: 0, cut_out: sample !== null, reason: null, findings: [], attempts: 0, may_keep: false, by_eye: false,
    kept: state === 'kept',
  };
}

/** A front with a reflection, after so many attempts. */
export const glaring = (attempts: number): CardSideView => ({
  ...cardSide('front', 'again', 1),
  reason: 'glare',
  findings: [{ flaw: 'glare', judgement: 'bad', value: '62 mm²', limit: '25 mm²' }],
  attempts,
  may_keep: attempts >= 3,
});

/** A back of which nobody but the operator can say whether it is sharp. */
export const doubtful: CardSideView = {
  ...cardSide('back', 'look', 2),
  reason: 'blur',
  findings: [{ flaw: 'blur', judgement: 'not_assessed', value: '0.52 mm', limit: '0.62 mm' }],
  attempts: 1,
  may_keep: true,
};
