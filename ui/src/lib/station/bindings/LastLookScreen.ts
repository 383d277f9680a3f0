import type { MeasuredRow } from "./MeasuredRow";
import type { PersonRow } from "./PersonRow";

export type LastLookScreen = { sample: number, person: PersonRow, measured: Array<MeasuredRow>, overridden: Array<string>, supervisor: string | null, held: boolean, };
