import type { SitterView } from '../lib/station/bindings/SitterView';

/** The station as the sitter's screen reaches it: it listens and looks, and says nothing. */
export interface SitterPort {
  /** Calls `show` with every snapshot, the newest first; the answer ends it. */
  subscribe(show: (view: SitterView) => void): () => void;
  /** Address of the live picture: `live?after=N`. */
  frameUrl(path: string): string;
}
