import type { MethodRow } from "./MethodRow";
import type { OrderRow } from "./OrderRow";
import type { PaymentMethod } from "./PaymentMethod";

export type PaymentScreen = { fee_fen: number, fee_text: string, methods: Array<MethodRow>, method: PaymentMethod, order: OrderRow | null, may_go_on_unknown: boolean, };
