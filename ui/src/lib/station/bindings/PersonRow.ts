import type { EnrolmentState } from "./EnrolmentState";
import type { QueueState } from "./QueueState";

export type PersonRow = { enrolment: string, name: string, class_name: string, school: string, student_number: string, ticket: string, prepaid: boolean, state: EnrolmentState, packet: QueueState | null, not_eligible: string | null, provisional: boolean, };
