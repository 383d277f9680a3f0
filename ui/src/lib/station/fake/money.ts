import type { RefundState } from '../bindings/RefundState';
import type { StationView } from '../bindings/StationView';
import { nextRevision } from './sample';

/** Vouchers that pay nothing, and why. */
export const REFUSED: Readonly<Record<string, string>> = {
  ABCD123450: 'voucher_number',
  ABCD123451: 'voucher_unknown',
  ABCD123452: 'voucher_small',
  ABCD123453: 'voucher_used',
};

/** Why a voucher is refused, as its number was typed; nothing when it goes to the centre. */
export const refused = (number: string): string | undefined => REFUSED[number.replace(/[\s-]/g, '').toUpperCase()];

/** What is on screen, with a refusal above it. */
export function told(view: StationView, code: string): StationView {
  return { ...view, revision: nextRevision(), notice: { level: 'warn', code: `refusal.${code}`, args: {} } };
}

/** The queue with a fee on its way back, or given back: once. */
export function refunded(view: StationView, enrolment: string, refund: RefundState): StationView {
  if (view.screen.page !== 'queue') return view;
  const rows = view.screen.rows.map((row) => (row.enrolment === enrolment ? { ...row, owed: null, refund } : row));
  return { ...view, revision: nextRevision(), notice: null, screen: { ...view.screen, rows } };
}
