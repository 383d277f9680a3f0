import type { Command } from './bindings/Command';
import type { StationView } from './bindings/StationView';

/** The station as the screens reach it. Nothing else in the program knows how it is reached. */
export interface StationPort {
  /** Calls `show` with every snapshot, the newest first; the answer ends it. */
  subscribe(show: (view: StationView) => void): () => void;
  /** Asks for something; what came of it is in the next snapshot. Rejects only when the station is gone. */
  dispatch(command: Command): Promise<void>;
  /** Address of a picture: `live?after=N`, `sample/ID`, `photo/ID`, `crop/ID`. */
  frameUrl(path: string): string;
}
