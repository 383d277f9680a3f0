/** What can be heard. */
export type Cue = 'tick' | 'shutter' | 'saved' | 'attention';

/** One soft tone: pitch in hertz, start and length in seconds. */
interface Tone {
  pitch: number;
  from: number;
  long: number;
}

/** Each cue has its own shape of pitch, so that it is known without looking; all are over within 300 ms. */
const SHAPES: Record<Cue, readonly Tone[]> = {
  tick: [{ pitch: 1000, from: 0, long: 0.07 }],
  shutter: [
    { pitch: 2400, from: 0, long: 0.025 },
    { pitch: 1500, from: 0.05, long: 0.04 },
  ],
  saved: [
    { pitch: 660, from: 0, long: 0.12 },
    { pitch: 990, from: 0.13, long: 0.16 },
  ],
  attention: [{ pitch: 220, from: 0, long: 0.26 }],
};

/** The shutter is heard even when the other cues are off. */
const LEAST_SHUTTER = 0.25;

let context: AudioContext | null = null;

/** Plays a cue at a loudness of 0 to 1; a machine without sound stays silent. */
export function play(cue: Cue, volume: number): void {
  const loud = cue === 'shutter' ? Math.max(volume, LEAST_SHUTTER) : volume;
  if (loud <= 0 || typeof AudioContext === 'undefined') return;
  try {
    context ??= new AudioContext();
    void context.resume();
    for (const tone of SHAPES[cue]) sound(context, tone, loud);
  } catch (error) {
    console.warn('no sound', error);
  }
}

function sound(on: AudioContext, { pitch, from, long }: Tone, loud: number): void {
  const begin = on.currentTime + from;
  const tone = on.createOscillator();
  const swell = on.createGain();
  tone.frequency.value = pitch;
  // A ramp at both ends: a tone that begins at once clicks.
  swell.gain.setValueAtTime(0, begin);
  swell.gain.linearRampToValueAtTime(loud * 0.3, begin + 0.008);
  swell.gain.exponentialRampToValueAtTime(0.0001, begin + long);
  tone.connect(swell).connect(on.destination);
  tone.start(begin);
  tone.stop(begin + long);
}
