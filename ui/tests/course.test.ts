import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { down, open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

it('a prepaid student of the roster takes eight keys, and a ninth where the shutter is pressed by hand', () => {
  running = open();
  running.type('1234');
  running.press('Enter');
  running.press('Enter');
  expect(running.page()).toBe('home');

  const seen: Array<string | undefined> = [];
  for (const key of ['Enter', ' ', 'Enter', 'Enter', 'Enter', ' ', ' ', 'Enter', 'Enter']) {
    running.press(key);
    seen.push(running.page());
  }
  expect(seen).toEqual(['identity', 'identity', 'enrolment', 'notes', 'capture', 'review', 'review', 'last_look', 'done']);
  expect(running.given().slice(2)).toEqual([
    'begin', 'consent', 'verify_identity', 'confirm_enrolment', 'ready', 'shutter', 'tick', 'tick', 'tick', 'tick', 'accept', 'confirm',
  ]);
});

it('a double press of Enter does not confirm the next screen', () => {
  running = open();
  running.type('1234');
  down('Enter');
  flushSync();
  vi.advanceTimersByTime(100);
  flushSync();
  expect(running.page()).toBe('choose_session');
  down('Enter');
  flushSync();
  vi.advanceTimersByTime(100);
  flushSync();
  expect(running.page()).toBe('choose_session');
  running.press('Enter');
  running.press('Enter');
  expect(running.page()).toBe('home');
});

it('typing a number marks the character the station does not accept, until it is changed', () => {
  running = open('identity-typed&go');
  const field = document.querySelector<HTMLInputElement>('input[name=number]');
  const name = document.querySelector<HTMLInputElement>('input[name=name]');
  name?.focus();
  running.type('陈思涵');
  field?.focus();
  running.type('11010520060312002');
  expect(document.querySelector('.hot')).toBeNull();
  running.type('３');
  expect(field?.value).toBe('110105 2006 0312 0023');
  expect(document.body.textContent).toContain('出生 2006-03-12');
  expect(document.querySelector('.hot')?.textContent).toBe('3');
  expect(document.body.textContent).toContain('第 18 位应为 8');
  running.press('Enter');
  expect(running.given()).not.toContain('verify_identity');
  if (field) field.value = '11010520060312002';
  field?.focus();
  running.type('8');
  expect(document.querySelector('.hot')).toBeNull();
  expect(document.body.textContent).toContain('北京市朝阳区');
  running.press('Enter');
  expect(running.port.sent.at(-1)).toEqual({ do: 'verify_identity', name: '陈思涵', number: '110105200603120028', method: 'typed' });
  expect(running.page()).toBe('enrolment');
});

it('a guardian written after the tick is part of the consent', () => {
  running = open('identity-card');
  document.querySelector<HTMLInputElement>('.agreement input')?.focus();
  running.type('陈建国');
  running.press('Enter');
  expect(running.given()).toEqual([]);
  running.press('b', { altKey: true });
  expect(running.port.sent).toEqual([{ do: 'photograph_card', side: 'back' }]);
});

it('cash is given with letters for notes and sent in fen', () => {
  running = open('payment-cash');
  running.press('b');
  expect(document.querySelector('.change .figure')?.textContent).toContain('30.00');
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'take_cash', tendered_fen: 5000 }]);
});

it('nothing typed is cash to the fen', () => {
  running = open('payment-cash');
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'take_cash', tendered_fen: 2000 }]);
});

it('a supervisor lets a photo through with a reason and the PIN, and Esc only closes', () => {
  running = open('review-bad');
  running.press('F9');
  running.press('Escape');
  expect(document.querySelector('[data-dialog]')).toBeNull();
  expect(running.given()).toEqual([]);
  running.press('F9');
  running.press('4', { altKey: true });
  document.querySelector<HTMLInputElement>('input[name=supervisor-pin]')?.focus();
  running.type('4321');
  running.press('Enter');
  expect(running.port.sent).toEqual([
    { do: 'override', reason: '已尽力，确实无法做到', supervisor: 'lizhuren', pin: '4321' },
  ]);
});

it('a supervisor grants a known exception before any override is possible', () => {
  running = open('review-first');
  running.press('F9');
  // A plain reason waits for more attempts; what is known of the person does not.
  running.press('4', { altKey: true });
  document.querySelector<HTMLInputElement>('input[name=supervisor-pin]')?.focus();
  running.type('4321');
  running.press('Enter');
  expect(running.given()).toEqual([]);
  running.press('2', { altKey: true });
  running.press('Enter');
  expect(running.port.sent).toEqual([
    { do: 'grant_exception', kind: 'spectacles', reason: '已知例外：常戴眼镜', supervisor: 'lizhuren', pin: '4321' },
  ]);
});

it('an exception the person has is shown and not offered again, at the camera too', () => {
  running = open('capture-exception');
  expect(document.querySelector('[data-exceptions]')?.textContent).toContain('宗教或医疗头饰');
  running.press('F9');
  const offered = () => [...document.querySelectorAll('.reasons [role=radio]')].map((radio) => radio.textContent);
  expect(offered()).toHaveLength(2);
  expect(offered().join()).not.toContain('宗教或医疗头饰');
});

it('Esc goes back, twice leaves, and asks once when there is a photo', () => {
  running = open('capture-good');
  down('Escape');
  vi.advanceTimersByTime(300);
  down('Escape');
  flushSync();
  expect(running.given()).toEqual(['back', 'leave']);
  running.stop();

  running = open('last_look');
  down('Escape');
  vi.advanceTimersByTime(300);
  down('Escape');
  flushSync();
  expect(running.given()).toEqual(['back']);
  expect(document.querySelector('[data-dialog=leave]')).not.toBeNull();
  vi.advanceTimersByTime(300);
  running.press('Enter');
  expect(document.querySelector('[data-dialog=leave]')).toBeNull();
  expect(running.given()).toEqual(['back']);
});

it('where there is no step back one Esc does nothing', () => {
  for (const name of ['notes', 'payment']) {
    running = open(name);
    running.press('Escape');
    vi.advanceTimersByTime(2000);
    expect(running.given(), name).toEqual([]);
    expect(document.querySelector('.keybar')?.textContent).toContain('按两次');
    down('Escape');
    vi.advanceTimersByTime(300);
    down('Escape');
    expect(running.given(), name).toEqual(['leave']);
    if (name === 'notes') running.stop();
  }
});

it('a session without a roster begins with Enter', () => {
  running = open('home-walk_in');
  running.press('Enter');
  expect(running.given()).toEqual(['begin_uncalled']);
});

it('a candidate is chosen by its digit', () => {
  running = open('enrolment-several');
  running.press('Enter');
  expect(running.given()).toEqual([]);
  running.press('2');
  expect(running.port.sent).toEqual([{ do: 'choose_enrolment', index: 1 }]);
});

it('what was typed into the search is asked before anybody begins', () => {
  running = open('home');
  const field = document.activeElement as HTMLInputElement;
  expect(field.name).toBe('search');
  field.value = '欧阳';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  flushSync();
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'search', text: '欧阳' }]);
});

it('a side of the document is taken with Enter, asked again with its reason, and kept by a tick only when offered', () => {
  running = open('identity-card-front');
  expect(document.querySelectorAll('[data-live]')).toHaveLength(1);
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'photograph_card', side: 'front' }]);
  running.stop();

  running = open('identity-card-glare');
  expect(document.querySelector('[data-side=front]')?.textContent).toContain('反光');
  expect(document.querySelector('[data-side=front]')?.textContent).toContain('62 mm²');
  running.press('k', { altKey: true });
  expect(running.port.sent).toEqual([]);
  running.stop();

  running = open('identity-card-eye');
  running.press('k', { altKey: true });
  expect(running.port.sent).toEqual([{ do: 'keep_card', side: 'front' }]);
  running.stop();

  running = open('identity-card-look');
  expect(document.querySelector('[data-side=back]')?.textContent).toContain('不能确定');
  running.press('i', { altKey: true });
  expect(running.port.sent).toEqual([{ do: 'turn_card', side: 'back' }]);
});

it('both pictures stand beside name and number, and the agreement comes back by a key', () => {
  running = open('identity-card-both');
  const held = document.querySelector('[data-card]');
  expect(held?.querySelectorAll('img')).toHaveLength(2);
  expect(document.querySelector('.identity')?.textContent).toContain('陈思涵');
  expect(held?.querySelector('[data-live]')).toBeNull();
  running.press('a', { altKey: true });
  expect(document.querySelector('[data-card]')).toBeNull();
  expect(document.querySelector('.agreement')).not.toBeNull();
  running.press('a', { altKey: true });
  running.press('Enter');
  expect(running.port.sent.at(-1)).toMatchObject({ do: 'verify_identity', method: 'compared' });
});
