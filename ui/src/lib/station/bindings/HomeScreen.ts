import type { ClassRow } from "./ClassRow";
import type { PersonRow } from "./PersonRow";

export type HomeScreen = { classes: Array<ClassRow>, class_name: string, search: string, people: Array<PersonRow>, next: PersonRow | null, walk_ins: boolean, };
