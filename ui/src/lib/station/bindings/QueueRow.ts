import type { Moment } from "./Moment";
import type { QueueState } from "./QueueState";
import type { ReviewState } from "./ReviewState";

export type QueueRow = { packet: string, enrolment: string, name: string, class_name: string, student_number: string, state: QueueState, stored_at: Moment, attempts: number, next_attempt_at: Moment | null, fault: string | null, confirmed_bytes: number, size: number, acknowledged_at: Moment | null, review: ReviewState | null, reasons: Array<string>, text: string, };
