import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { habits, setHabits } from '../src/lib/shell/habits.svelte';
import { open, type Running } from './mount';

let running: Running | undefined;
afterEach(() => {
  running?.stop();
  running = undefined;
  setHabits({ pedal: '', volume: 0.5 });
});
const find = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(selector);
  return found;
};

it('locks a value where it stands and gives it back', () => {
  running = open('camera');
  find('[data-hold=focus]').click();
  expect(running.port.sent.at(-1)).toEqual({ do: 'set_control', control: 'focus', value: 30 });
  find('[data-hold=exposure]').click();
  expect(running.port.sent.at(-1)).toEqual({ do: 'set_control', control: 'exposure', value: null });
});

it('chooses a camera, and none while a photo is being made', () => {
  running = open('camera');
  find('[data-source="device:1-5:1.0"]').click();
  expect(running.port.sent.at(-1)).toEqual({ do: 'choose_camera', source: 'device:1-5:1.0' });
  running.stop();
  running = open('camera-plain');
  expect(find<HTMLButtonElement>('[data-source="device:1-5:1.0"]').disabled).toBe(true);
});

it('the pedal becomes a second shutter, and the keys of the station do not', () => {
  running = open('camera');
  const pedal = () => find('[data-pedal]');
  for (const [key, kept] of [['F1', ''], ['b', 'b']] as const) {
    pedal().click();
    flushSync();
    pedal().dispatchEvent(new KeyboardEvent('keydown', { key, code: key === 'b' ? 'KeyB' : key, bubbles: true }));
    flushSync();
    expect(habits().pedal).toBe(kept);
  }
});
