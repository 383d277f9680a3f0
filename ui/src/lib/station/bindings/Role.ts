export type Role = "operator" | "supervisor";
