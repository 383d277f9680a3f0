import type { PaymentMethod } from "./PaymentMethod";

export type MethodRow = { method: PaymentMethod, closed: string | null, };
