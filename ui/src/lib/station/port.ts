import type { Command } from './bindings/Command';
import type { StationView } from './bindings/StationView';

/** A display of this machine; lengths in its own pixels. `src-tauri/src/sitter_screen` states the same. */
export interface Display {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** The system's first display. */
  primary: boolean;
  /** The operator's window is on it. */
  operator: boolean;
}

/** How the sitter's screen stands. */
export interface SitterScreenStanding {
  displays: Display[];
  /** The display chosen last, by its name; empty when none ever was. */
  display: string;
  openness: 'closed' | 'open' | 'display_gone';
  /** Code of what went wrong (`fault.<code>`). */
  trouble: string | null;
}

/** The sitter's screen as the operator leads it. */
export interface SitterScreenPort {
  /** Calls `show` with how it stands, now and whenever that changes; the answer ends it. */
  watch(show: (standing: SitterScreenStanding) => void): () => void;
  /** Opens it on a display, or moves it there. */
  open(display: string): Promise<void>;
  close(): Promise<void>;
}

/** The station as the screens reach it. Nothing else in the program knows how it is reached. */
export interface StationPort {
  /** Calls `show` with every snapshot, the newest first; the answer ends it. */
  subscribe(show: (view: StationView) => void): () => void;
  /** Asks for something; what came of it is in the next snapshot. Rejects only when the station is gone. */
  dispatch(command: Command): Promise<void>;
  /** Address of a picture: `live?after=N`, `sample/ID`, `photo/ID`, `crop/ID`, `old/PACKET`. */
  frameUrl(path: string): string;
  /** Lets somebody choose a roster file in the system's dialog; `null` when none was chosen. */
  chooseRoster(): Promise<string | null>;
  /** The second window, for the sitter. */
  readonly sitterScreen: SitterScreenPort;
}
