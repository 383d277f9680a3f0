export type IdentityMethod = "typed" | "compared";
