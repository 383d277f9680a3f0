export type Moment = number;
