import type { CheckResult } from '../station/bindings/CheckResult';
import type { Verdict } from '../station/bindings/Verdict';

/** The sign and the class of a verdict. */
export const SIGNS = { pass: 'pass', warn: 'warn', fail: 'fail', not_assessed: 'na', asked: 'ask' } as const satisfies Record<Verdict, string>;

/** The gravest first. */
export const GRAVITY: Readonly<Record<Verdict, number>> = { fail: 4, warn: 3, not_assessed: 2, asked: 1, pass: 0 };

/** A rule that stops: it gates, and it failed or could not be assessed. */
export function stops(result: CheckResult): boolean {
  const gates = result.force === 'absolute' || result.force === 'gate';
  return gates && (result.verdict === 'fail' || result.verdict === 'not_assessed');
}
