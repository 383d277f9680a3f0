import type { Contact } from "./Contact";
import type { SessionKind } from "./SessionKind";

export type SetupHead = { id: string, school: string, title: string, kind: SessionKind, specification_zh: string, specification_en: string, fee_fen: number, fee_text: string, contact: Contact, };
