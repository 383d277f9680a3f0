export type QueueState = "held" | "waiting" | "sending" | "acknowledged" | "needs_attention" | "superseded" | "withdrawn";
