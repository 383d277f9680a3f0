import type { Moment } from "./Moment";

export type QueueSummary = { unacknowledged: number, waiting: number, sending: number, attention: number, held: number, acknowledged: number, retakes: number, last_answer: Moment | null, last_acknowledged: Moment | null, paused: boolean, unreadable: boolean, };
