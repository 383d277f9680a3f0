import type { Force } from "./Force";
import type { Verdict } from "./Verdict";

export type CheckResult = { check: string, value: number | null, unit: string, min: number | null, max: number | null, verdict: Verdict, force: Force, code: string | null, };
