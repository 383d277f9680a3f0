import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { views } from '../src/lib/station/fake/views';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const dialog = () => document.querySelector<HTMLElement>('[data-dialog]');
const type = (name: string, text: string) => {
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`)!;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
};

it('a drawer that differs is counted, explained and sent', () => {
  running = open('day_end');
  running.press('1');
  expect(dialog()?.dataset['dialog']).toBe('count-cash');
  type('float', '200');
  type('counted', '350.00');
  expect(dialog()?.textContent).toContain('−10.00');
  running.press('Alt+1');
  running.press('Enter');
  expect(running.port.sent.at(-1)).toEqual({ do: 'count_cash', float_fen: 20_000, counted_fen: 35_000, explanation: '找错零钱' });
  running.port.show(views['day_end-short']!());
  flushSync();
  expect(dialog()).toBeNull();
  expect(document.querySelector('[data-matter="cash"]')?.textContent).toContain('现金少 ¥10.00');
});

it('nobody signs before the drawer is counted, and then with a name and a PIN', () => {
  running = open('day_end');
  running.press('Enter');
  expect(dialog()).toBeNull();
  running.stop();
  running = open('day_end-ready');
  running.press('Enter');
  expect(dialog()?.dataset['dialog']).toBe('sign-day');
  expect(dialog()?.textContent).toContain('9 张照片未签收');
  type('supervisor-pin', '2580');
  running.press('Enter');
  expect(running.port.sent.at(-1)).toMatchObject({ do: 'sign_day', pin: '2580' });
  running.port.show(views['day_end-signed']!());
  flushSync();
  expect(dialog()).toBeNull();
  expect(document.body.textContent).toContain('第 42 号结班单已签字');
});

it('money without a photo is listed by name, and the unsent lead to the queue', () => {
  running = open('day_end');
  running.press('3');
  expect(dialog()?.textContent).toContain('单文博');
  running.press('Escape');
  running.press('4');
  expect(running.port.sent.at(-1)).toEqual({ do: 'open_queue' });
});

it('a receipt is asked for on the last page and on a row of the queue', () => {
  running = open('done');
  running.press('p');
  expect(running.port.sent.at(-1)).toEqual({ do: 'print_receipt', enrolment: 'e-37' });
  running.stop();
  running = open('done-held');
  running.press('p');
  expect(running.port.sent).toEqual([]);
  running.stop();
  running = open('queue');
  running.press('p');
  expect(running.port.sent.at(-1)?.do).toBe('print_receipt');
});
