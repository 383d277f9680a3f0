import type { CaptureScreen } from "./CaptureScreen";
import type { EnrolmentScreen } from "./EnrolmentScreen";
import type { HomeScreen } from "./HomeScreen";
import type { IdentityScreen } from "./IdentityScreen";
import type { LastLookScreen } from "./LastLookScreen";
import type { Moment } from "./Moment";
import type { Operator } from "./Operator";
import type { PaymentScreen } from "./PaymentScreen";
import type { PersonRow } from "./PersonRow";
import type { QueueRow } from "./QueueRow";
import type { ReviewScreen } from "./ReviewScreen";
import type { SetupHead } from "./SetupHead";

export type Screen = { "page": "broken" } | { "page": "starting" } | { "page": "sign_in", operators: Array<Operator>, locked_until: Moment | null,  } | { "page": "choose_session", sessions: Array<SetupHead>,  } | { "page": "home" } & HomeScreen | { "page": "identity" } & IdentityScreen | { "page": "enrolment" } & EnrolmentScreen | { "page": "payment" } & PaymentScreen | { "page": "notes" } | { "page": "capture" } & CaptureScreen | { "page": "review" } & ReviewScreen | { "page": "standardising" } | { "page": "last_look" } & LastLookScreen | { "page": "submitting", fault: string | null,  } | { "page": "done", packet: string, held: boolean, next: PersonRow | null,  } | { "page": "queue", rows: Array<QueueRow>,  } | { "page": "retakes", rows: Array<QueueRow>,  };
