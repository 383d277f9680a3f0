import type { Agreement } from "./Agreement";
import type { CardSide } from "./CardSide";
import type { IdentityMethod } from "./IdentityMethod";

export type IdentityScreen = { agreement: Agreement, consent: boolean, called_name: string | null, called_number: string | null, method: IdentityMethod, guardian_needed: boolean, card_wanted: boolean, card: Array<CardSide>, };
