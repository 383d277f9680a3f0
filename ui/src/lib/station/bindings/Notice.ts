import type { Level } from "./Level";

export type Notice = { level: Level, code: string, args: { [key in string]: string }, };
