export type PaymentMethod = "order" | "cash" | "prepaid" | "exempt";
