export type Level = "info" | "warn" | "fail" | "offline";
