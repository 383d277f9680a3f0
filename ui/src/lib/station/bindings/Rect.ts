export type Rect = { x: number, y: number, width: number, height: number, };
