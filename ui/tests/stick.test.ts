import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const chosen = () => document.querySelector<HTMLElement>('[role=radio][aria-checked=true]')?.dataset.stick;
const field = () => document.querySelector<HTMLInputElement>('input[name=folder]');
const text = () => document.querySelector('main')?.textContent ?? '';

it('the arrow keys choose a stick and Enter writes on it', () => {
  running = open('stick&go');
  expect(text()).toContain('要写 41 件');
  running.press('ArrowDown');
  expect(chosen()).toBe('/media/usb/backup');
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'carry_on_stick', path: '/media/usb/backup' }]);
  for (const word of ['41 件已写好，还不算签收', '38 件回执核对通过', '2 份回执核对不过', '带走不等于签收', '已加密']) expect(text()).toContain(word);
});

it('another folder is typed, and letters are its own then', () => {
  running = open('stick');
  running.press('p', { altKey: true });
  expect(document.activeElement).toBe(field());
  expect(chosen()).toBeUndefined();
  running.press('Enter');
  expect(running.given(), 'no folder yet').toEqual([]);
  running.type(' /mnt/r ');
  running.press('r');
  running.press('r', { altKey: true });
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'look_for_sticks' }, { do: 'carry_on_stick', path: '/mnt/r' }]);
  running.press('ArrowUp');
  expect([chosen(), document.activeElement === field()]).toEqual(['/media/usb/backup', false]);
});

it('without a stick a folder can be named all the same', () => {
  running = open('stick-none');
  expect(text()).toContain('没有找到 U 盘');
  running.press('r');
  running.press('p', { altKey: true });
  running.type('/mnt/x');
  running.press('Enter');
  running.press('Escape');
  expect(running.port.sent).toEqual([{ do: 'look_for_sticks' }, { do: 'carry_on_stick', path: '/mnt/x' }, { do: 'open_queue' }]);
});

it('while it writes nothing else is written, and it says not to unplug', () => {
  running = open('stick-writing');
  expect(text()).toContain('已写 12 / 41');
  expect(text()).toContain('请不要拔出');
  running.press('Enter');
  expect(running.given()).toEqual([]);
});

it('with nothing to write only a stick with receipts is worth it', () => {
  running = open('stick-collect');
  expect(document.querySelector('[data-primary]')?.textContent).toContain('核对回执');
  running.press('ArrowDown');
  flushSync();
  expect(document.querySelector('[data-primary]')).toBeNull();
});

it('a fault says that the photos are here and what to do; a photo left out stops nothing', () => {
  for (const [name, words] of [['stick-full', 'U 盘满了'], ['stick-gone', 'U 盘或文件夹不见了']] as const) {
    running = open(name);
    expect(text()).toContain(words);
    expect(text()).toContain('照片都在本机');
    expect(text()).not.toContain('已写好');
    running.stop();
  }
  running = open('stick-damaged');
  expect(text()).toContain('本机的照片包损坏');
  expect(text()).toContain('40 件已写好');
});
