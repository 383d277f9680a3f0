import type { CameraHealth } from "./CameraHealth";
import type { EvidenceCell } from "./EvidenceCell";
import type { Moment } from "./Moment";
import type { Notice } from "./Notice";
import type { Operator } from "./Operator";
import type { PersonHead } from "./PersonHead";
import type { QueueSummary } from "./QueueSummary";
import type { Screen } from "./Screen";
import type { SetupHead } from "./SetupHead";

export type StationView = { revision: number, now: Moment, station: string, software: string, camera: CameraHealth, queue: QueueSummary, operator: Operator | null, supervisors: Array<Operator>, setup: SetupHead | null, person: PersonHead | null, evidence: Array<EvidenceCell>, notice: Notice | null, screen: Screen, };
