import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { views } from '../src/lib/station/fake/views';
import { down, open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const stage = () => document.querySelector<HTMLElement>('[data-old-photo]');
const asked = () => running.port.sent.filter((command) => command.do === 'show_old_photo');

it('asks for the photo of a row that was chosen for a moment, and of none that was passed over', () => {
  running = open('retakes-unasked&go');
  vi.advanceTimersByTime(1000);
  flushSync();
  expect(asked()).toEqual([{ do: 'show_old_photo', packet: '2-1124-0020' }]);
  for (const key of ['ArrowDown', 'ArrowDown']) {
    down(key);
    flushSync();
    vi.advanceTimersByTime(100);
    flushSync();
  }
  vi.advanceTimersByTime(250);
  flushSync();
  expect(asked().slice(1)).toEqual([{ do: 'show_old_photo', packet: '2-1124-0027' }]);
  expect(stage()?.textContent).toContain('正在向中心取这张照片');
  vi.advanceTimersByTime(300);
  flushSync();
  expect(stage()?.querySelector('img')?.alt).toBe('徐嘉懿上次的照片');
  running.press('Enter');
  expect(running.port.sent.at(-1)).toEqual({ do: 'begin', enrolment: 'e-27' });
});

it('asks in spite of the views that come all the time, and once', () => {
  running = open('retakes-unasked');
  for (let i = 0; i < 8; i++) {
    running.port.show(structuredClone(views['retakes-unasked']!()));
    flushSync();
    vi.advanceTimersByTime(100);
  }
  expect(asked()).toHaveLength(1);
});

it('what is there is not asked for again', () => {
  running = open('retakes');
  vi.advanceTimersByTime(2000);
  expect(asked()).toEqual([]);
  expect(stage()?.querySelector('img')).not.toBeNull();
});

it('a photo that did not come says why, and is asked for again only by hand', () => {
  running = open('retakes-missing');
  vi.advanceTimersByTime(2000);
  expect(asked()).toEqual([]);
  expect(stage()?.textContent).toContain('中心没有应答');
  expect(document.querySelector('main')?.textContent).toContain('请把头发别到耳后');
  running.press('r');
  expect(asked()).toHaveLength(1);
});

it('a picture that cannot be shown is said, never left as a hole', () => {
  running = open('retakes');
  stage()?.querySelector('img')?.dispatchEvent(new Event('error'));
  flushSync();
  expect(stage()?.textContent).toContain('取到的照片打不开');
});

it('who was taken off the roster is said in words', () => {
  for (const name of ['home-removed', 'enrolment-removed']) {
    running = open(name);
    expect(document.body.textContent).toContain('已从名单移除');
    expect(document.body.textContent).not.toContain('removed');
    running.stop();
  }
  running = open('home');
});
