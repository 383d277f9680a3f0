import type { Moment } from "./Moment";
import type { OrderState } from "./OrderState";

export type OrderRow = { id: string, state: OrderState, qr_path: string | null, qr_size: number, at: Moment, };
