import type { Role } from "./Role";

export type Operator = { id: string, name: string, role: Role, };
