export type Force = "absolute" | "gate" | "advice";
