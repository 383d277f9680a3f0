export type Agreement = { version: string, title: string, text: string, sha256: string, };
