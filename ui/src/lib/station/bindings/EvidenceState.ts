export type EvidenceState = "to_do" | "now" | "done" | "overridden" | "unknown" | "bad";
