import { afterEach, describe, expect, it, vi } from 'vitest';
import { play } from '../src/lib/sound/cues';
import { heard } from '../src/lib/sound/heard';
import { views } from '../src/lib/station/fake/views';
import type { StationView } from '../src/lib/station/bindings/StationView';

const of = (name: string): StationView => {
  const make = views[name];
  if (!make) throw new Error(name);
  return make();
};
const counting = (left: number | null): StationView => {
  const view = of('capture-countdown');
  return view.screen.page === 'capture' ? { ...view, screen: { ...view.screen, countdown: left } } : view;
};

describe('what is heard', () => {
  it.each([
    ['each second of the count once', counting(3), counting(2), 'tick'],
    ['the first second', counting(null), counting(3), 'tick'],
    ['nothing while a second lasts', counting(2), counting(2), null],
    ['nothing when the count breaks', counting(2), counting(null), null],
    ['the shutter', counting(1), of('review-assessing'), 'shutter'],
    ['the photo is safe', of('submitting'), of('done'), 'saved'],
    ['the camera is lost', of('capture'), of('capture-lost'), 'attention'],
    ['a refusal', of('review'), of('review-pin'), 'attention'],
    ['nothing of being offline', of('home'), of('home-offline'), null],
    ['nothing of good news', of('camera'), of('camera-locked'), null],
  ] as const)('%s', (_, before, now, cue) => {
    expect(heard(before, now)).toBe(cue);
  });
});

describe('loudness', () => {
  afterEach(() => vi.unstubAllGlobals());
  it('off silences all but the shutter', () => {
    const tones: number[] = [];
    const param = () => ({ value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} });
    const node = (more: object) => ({ connect: (next: unknown) => next, ...more });
    class Loudspeaker {
      currentTime = 0;
      destination = node({});
      resume = () => Promise.resolve();
      createGain = () => node({ gain: param() });
      createOscillator = () => node({ frequency: param(), start: (at: number) => tones.push(at), stop() {} });
    }
    vi.stubGlobal('AudioContext', Loudspeaker);
    for (const cue of ['tick', 'saved', 'attention'] as const) play(cue, 0);
    expect(tones).toEqual([]);
    play('shutter', 0);
    expect(tones).toHaveLength(2);
  });
});
