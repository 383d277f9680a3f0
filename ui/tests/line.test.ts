import { afterEach, expect, it } from 'vitest';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

/** Key presses so far; typing of a text is none, whatever else goes down is one. */
function counting(of: Running) {
  let presses = 0;
  return {
    press(key: string, over: KeyboardEventInit = {}) {
      presses += 1;
      of.press(key, over);
    },
    /** Tab as the browser does it: to the field behind the one with the focus. */
    tab(name: string) {
      presses += 1;
      of.press('Tab');
      const fields = [...document.querySelectorAll<HTMLInputElement>('main input')];
      const next = fields[fields.indexOf(document.activeElement as HTMLInputElement) + 1];
      expect(next?.name).toBe(name);
      next?.focus();
    },
    presses: () => presses,
  };
}

it('from next to ready for the camera a prepaid student of a trusted list takes two keys', () => {
  running = open('done-listed&go');
  // 下一位 itself; what is counted begins when the next person is on screen.
  running.press('Enter');
  expect(running.page()).toBe('identity');
  const keys = counting(running);
  keys.press('Enter');
  expect(running.given()).not.toContain('confirm_listed');
  expect(running.page()).toBe('identity');
  running.stop();

  running = open('done-listed&go');
  running.press('Enter');
  const counted = counting(running);
  counted.press(' ');
  counted.press('Enter');
  expect(running.page()).toBe('notes');
  expect(running.given()).toEqual(['begin', 'consent', 'confirm_listed']);
  expect(counted.presses()).toBeLessThanOrEqual(2);
});

it('from next to ready for the camera a walk-in with cash takes at most twelve keys beside name and number', () => {
  running = open('done&go');
  const keys = counting(running);
  keys.press('F4');
  expect(running.page()).toBe('identity');
  keys.press(' ');
  expect((document.activeElement as HTMLInputElement).name).toBe('name');
  running.type('林晓桐');
  keys.tab('number');
  running.type('110105200603120028');
  keys.press('Enter');
  expect(running.page()).toBe('enrolment');
  keys.press('Enter');
  keys.press('Enter');
  expect(running.page()).toBe('payment');
  keys.press('2', { altKey: true });
  keys.press('Enter');
  expect(running.page()).toBe('notes');
  expect(running.given().filter((command) => command !== 'check_document')).toEqual([
    'begin_uncalled', 'consent', 'verify_identity', 'take_walk_in', 'confirm_enrolment', 'choose_method', 'take_cash',
  ]);
  expect(keys.presses()).toBeLessThanOrEqual(12);
});

it('on a trusted list what is compared stands on one page, the ticket too', () => {
  running = open('identity-listed-consented');
  const compared = document.querySelector('.identity')?.textContent ?? '';
  for (const part of ['陈思涵', '护理 2401 班', '037']) expect(compared).toContain(part);
  expect(document.querySelector('[data-primary]')?.getAttribute('data-do')).toBe('confirm_listed');
  running.stop();
  // Typed by hand, nothing of the list is confirmed.
  running = open('identity-listed-consented');
  running.press('2', { altKey: true });
  expect(document.querySelector('[data-do=confirm_listed]')).toBeNull();
});

it('the receipt begins with the next at once, passes over, takes a walk-in and goes back to the list', () => {
  running = open('done');
  running.press('Enter');
  running.press('s', { altKey: true });
  running.press('F4');
  running.press('Escape');
  expect(running.given()).toEqual(['begin', 'note_person_absent', 'begin_uncalled', 'next']);
  running.stop();
  running = open('done-held');
  running.press('Enter');
  expect(running.given()).toEqual(['next']);
});

it('a class is filtered by keys, with the counts the station gives', () => {
  running = open('home&go');
  const tabs = () => [...document.querySelectorAll<HTMLElement>('[data-filter]')].map((tab) => tab.textContent?.replace(/Alt \d/, '').trim());
  expect(tabs()).toEqual(['全部 48', '已拍 36', '未拍 10', '重拍 2']);
  expect(document.querySelector('.legend')?.textContent).toContain('未拍 181');
  running.press('3', { altKey: true });
  expect(document.querySelector('[data-filter=missing]')?.getAttribute('aria-selected')).toBe('true');
  running.press('F3');
  running.press('4', { altKey: true });
  expect(running.port.sent).toEqual(['missing', 'all', 'retake'].map((filter) => ({ do: 'filter_line', filter })));
});

it('a typed number calls at once, and where several fit Enter begins with the chosen one', () => {
  running = open('home&go');
  running.type('037');
  running.press('Enter');
  expect(running.given()).toContain('call_number');
  expect(running.page()).toBe('identity');
  running.stop();

  running = open('home&go');
  running.type('317');
  running.press('Enter');
  expect(running.given().at(-1)).toBe('call_number');
  expect(document.querySelectorAll('[data-enrolment]')).toHaveLength(2);
  running.press('ArrowDown');
  running.press('Enter');
  expect(running.given().slice(-2)).toEqual(['select_next', 'begin']);
  running.stop();

  // A name is searched and begun as ever.
  running = open('home&go');
  running.type('chx');
  running.press('Enter');
  expect(running.given()).not.toContain('call_number');
});

it('by number goes to the field, and calls what stands there', () => {
  running = open('home');
  running.press('n', { altKey: true });
  expect((document.activeElement as HTMLInputElement).name).toBe('search');
  running.type('035');
  running.press('n', { altKey: true });
  expect(running.port.sent.at(-1)).toEqual({ do: 'call_number', text: '035' });
});

it('whoever is called and has a photo is shown with it, and nothing begins', () => {
  running = open('home-called_captured');
  expect(document.querySelector('[data-primary]')).toBeNull();
  expect(document.querySelector('.notice')?.textContent).toContain('已');
  running.press('Enter');
  expect(running.given()).not.toContain('begin');
});

it('who does not come is passed over by a key and shown in the place kept', () => {
  running = open('home&go');
  running.press('s', { altKey: true });
  expect(running.port.sent).toEqual([{ do: 'note_person_absent', enrolment: 'e-037' }]);
  expect(document.querySelector('[data-enrolment=e-037]')?.textContent).toContain('没来');
  running.stop();
  running = open('home-absent_again');
  expect(document.querySelector('.card')?.textContent).toContain('没来');
});
