import type { CheckResult } from "./CheckResult";

export type ReviewScreen = { sample: number, width: number, height: number, results: Array<CheckResult>, assessing: boolean, acceptable: boolean, overridable: boolean, attempt: number, attempts_before_override: number, departures: Array<string>, };
