export type OrderState = "unknown" | "not_paid" | "paid" | "closed";
