import type { DayEndScreen } from '../station/bindings/DayEndScreen';
import { yuan } from '../format/money';

/** Something to look at before a day is signed. */
export type Matter = 'cash' | 'photo_without_payment' | 'paid_without_photo' | 'unsent' | 'answered';

/** What the drawer holds more or less than it should; `null` while nobody counted. */
export const difference = (screen: DayEndScreen): number | null => screen.count?.difference_fen ?? null;

/** An amount with its sign: `−10.00`. */
export const signed = (fen: number): string => `${fen < 0 ? '−' : fen > 0 ? '+' : ''}${yuan(Math.abs(fen))}`;
