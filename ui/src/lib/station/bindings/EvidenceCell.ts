import type { EvidenceState } from "./EvidenceState";
import type { EvidenceStep } from "./EvidenceStep";

export type EvidenceCell = { step: EvidenceStep, state: EvidenceState, code: string | null, args: { [key in string]: string }, };
