export type EvidenceStep = "identity" | "enrolment" | "payment" | "capture" | "standardise" | "upload";
