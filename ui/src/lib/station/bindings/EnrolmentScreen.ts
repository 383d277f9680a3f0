import type { PersonRow } from "./PersonRow";

export type EnrolmentScreen = { searching: boolean, candidates: Array<PersonRow>, chosen: number | null, by_name: boolean, walk_in_possible: boolean, };
