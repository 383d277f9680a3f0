export type ReviewState = "approved" | "rejected";
