export type Contact = { phone: string, hours: string, qr: string, };
