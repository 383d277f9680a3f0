export type Verdict = "pass" | "warn" | "fail" | "not_assessed";
