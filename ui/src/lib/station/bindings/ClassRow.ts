export type ClassRow = { name: string, total: number, captured: number, retake: number, };
