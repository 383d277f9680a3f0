export type SessionKind = "roster" | "walk_in" | "hybrid";
