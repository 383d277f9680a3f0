import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { down, open, type Running } from './mount';

let running: Running | undefined;
afterEach(() => {
  running?.stop();
  running = undefined;
});
const dialog = () => document.querySelector<HTMLElement>('[data-dialog=sitter_screen]');
const chip = () => document.querySelector<HTMLElement>('[data-sitter-screen]');
const chosen = () => dialog()?.querySelector<HTMLElement>('[role=radio][aria-checked=true]')?.dataset.display;

it('is opened, moved and closed with keys alone', () => {
  running = open('home');
  expect(chip()).toBeNull();
  running.press('2', { ctrlKey: true });
  expect(chosen(), 'not the operator’s own').toBe('HDMI-1');
  running.press('Enter');
  expect(chip()?.dataset.sitterScreen).toBe('open');
  expect(dialog()?.querySelector('[data-display=HDMI-1]')?.textContent).toContain('现在在这里');
  running.press('1');
  expect(chosen()).toBe('eDP-1');
  expect(dialog()?.querySelector('[data-display=eDP-1]')?.textContent).toContain('可移动的窗口');
  running.press('ArrowDown');
  expect(chosen()).toBe('HDMI-1');
  running.press('x');
  expect(chip()).toBeNull();
  running.press('Escape');
  expect(dialog()).toBeNull();
  expect(running.given(), 'none of it is the station’s business').toEqual([]);
});

it('can be reached from the operator’s dialog', () => {
  running = open('home');
  running.press('o', { altKey: true });
  running.press('2', { ctrlKey: true });
  expect(dialog()).not.toBeNull();
});

it('says that its display is gone, and that a choice could not be read', () => {
  for (const [screen, words] of [['gone', '显示器「HDMI-1」未连接'], ['trouble', '上次的学生屏选择读不出来']] as const) {
    running = open(`home&screen=${screen}`);
    expect(chip()?.classList.contains('gone'), screen).toBe(true);
    chip()?.click();
    flushSync();
    expect(dialog()?.textContent).toContain(words);
    running.stop();
  }
  running = undefined;
});

it('the whole name is on the camera page while F6 is down, and at no other time', () => {
  running = open('capture');
  const named = () => document.body.textContent?.includes('陈思涵');
  expect(named()).toBe(false);
  const press = () => {
    down('F6');
    flushSync();
  };
  const leave = (event: Event, target: EventTarget = document.body) => {
    target.dispatchEvent(event);
    flushSync();
  };
  press();
  expect(document.querySelector('.keybar')?.textContent).toContain('陈思涵');
  leave(new KeyboardEvent('keyup', { key: 'g', code: 'KeyG', bubbles: true }));
  expect(named(), 'another key came up').toBe(true);
  leave(new KeyboardEvent('keyup', { key: 'F6', code: 'F6', bubbles: true }));
  expect(named()).toBe(false);
  press();
  expect(named()).toBe(true);
  leave(new Event('blur'), window);
  expect(named(), 'the window lost the focus').toBe(false);
  press();
  running.press('F1');
  expect(named(), 'a dialog came up').toBe(false);
});
