export type CardSide = "front" | "back";
