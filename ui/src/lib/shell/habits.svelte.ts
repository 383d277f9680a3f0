/** What this desk's operator is used to; kept in the web view, because it says nothing of any sitter. */
interface Habits {
  /** Loudness of the cues, 0 (off) to 1. */
  volume: number;
  /** Another key for the shutter, as a foot pedal sends it; empty for none. */
  pedal: string;
}

const KEPT = 'capture-station.habits';
const DEFAULTS: Habits = { volume: 0.5, pedal: '' };

let current = $state<Habits>(kept());

/** The operator's habits. */
export function habits(): Habits {
  return current;
}

/** Changes some of them and keeps them for the next start. */
export function setHabits(change: Partial<Habits>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEPT, JSON.stringify(current));
  } catch {
    // A web view without storage only forgets them.
  }
}

function kept(): Habits {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
    if (typeof read !== 'object' || read === null) return DEFAULTS;
    const { volume, pedal } = read as Partial<Record<keyof Habits, unknown>>;
    return {
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : DEFAULTS.volume,
      pedal: typeof pedal === 'string' ? pedal : DEFAULTS.pedal,
    };
  } catch {
    return DEFAULTS;
  }
}
