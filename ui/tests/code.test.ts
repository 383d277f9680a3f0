import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Running, down, open } from './mount';

let running: Running;
afterEach(() => running.stop());

const text = (selector: string) => document.querySelector(selector)?.textContent?.replace(/\s+/g, ' ') ?? '';
const primary = () => document.querySelector<HTMLElement>('[data-primary]');
const button = (command: string) => document.querySelector<HTMLElement>(`[data-do=${command}]`);

describe('the page of a code that is the enrolment', () => {
  it('waits for the agreement, then for a code, and says what is wrong with it', () => {
    running = open('identity-code');
    expect(primary()).toBeNull();
    expect(document.querySelector('[data-live]')).toBeNull();
    running.stop();
    for (const [name, words] of [
      ['identity-code-waiting', '把采集码放进框里'],
      ['identity-code-poor', '截图太糊：请放大、调亮，或打开 App 里的原码'],
      ['identity-code-several', '画面里有几个码，请只留一个'],
    ] as const) {
      running = open(name);
      expect(text('[data-code]')).toContain(words);
      expect(document.querySelector('[data-live]')).not.toBeNull();
      expect(primary()).toBeNull();
      running.stop();
    }
    running = open('identity-code-waiting');
  });

  it('asks for the spoken name and the age, each by a key, before Enter confirms', () => {
    running = open('identity-code-read');
    expect(text('[data-code]')).toContain('5C0E-77D1');
    running.press('Enter');
    expect(running.given()).toEqual([]);
    expect(button('confirm_code')?.textContent).toContain('先问学生全名');
    running.press(' ');
    expect(button('confirm_code')?.textContent).toContain('先写监护人姓名');
    running.press('y', { altKey: true });
    running.press('Enter');
    expect(running.port.sent).toEqual([{ do: 'confirm_code', code: '5C0E-77D1', name: '', spoken: true, of_age: true }]);
  });

  it('takes the name as it was spoken, and of a child the guardian’s', () => {
    running = open('identity-code-read');
    running.press(' ');
    document.querySelector<HTMLInputElement>('[name=spoken_name]')?.focus();
    running.type('陈思涵');
    document.querySelector<HTMLInputElement>('[name=guardian]')?.focus();
    running.type('陈建国');
    running.press('Enter');
    expect(running.port.sent).toEqual([
      { do: 'consent', given: true, guardian: '陈建国' },
      { do: 'confirm_code', code: '5C0E-77D1', name: '陈思涵', spoken: true, of_age: false },
    ]);
  });

  it('names whose a used code is, masked, and the whole name only after a supervisor’s PIN', () => {
    running = open('identity-code-used');
    expect(text('[data-holder]')).toContain('王*轩');
    expect(text('[data-notice]')).toContain('王*轩');
    expect(document.body.textContent).not.toContain('王宇轩');
    running.press('w', { altKey: true });
    expect(document.querySelector('[data-dialog=whose-code]')).not.toBeNull();
    running.type('2580');
    running.press('Enter');
    expect(running.port.sent).toEqual([{ do: 'look_whose_code', supervisor: 'lizhuren', pin: '2580' }]);
    running.stop();
    running = open('identity-code-looked');
    expect(text('[data-holder]')).toContain('王宇轩');
    running.press('Enter');
    expect(running.given()).toEqual(['read_code_again']);
  });
});

describe('the camera page', () => {
  it('takes no picture before the code, and shows the masked name, class and ticket', () => {
    running = open('capture-code');
    running.press(' ');
    expect(running.given()).toEqual([]);
    expect(button('shutter')?.textContent).toContain('先出示采集码');
    expect(text('.sitter')).toMatch(/陈\*涵.*037.*护理 2401 班/);
    running.stop();
    running = open('capture-code-bound');
    expect(text('[data-code]')).toContain('采集码 5C0E-77D1 已绑定到这次拍摄');
    running.press(' ');
    expect(running.given()).toEqual(['shutter']);
  });

  it('stops at the code of somebody else', () => {
    running = open('capture-code-other');
    expect(text('[data-code]')).toContain('这个码不是本人的');
    running.press('r');
    expect(running.given()).toEqual(['read_code_again']);
  });
});

describe('the home page without a roster', () => {
  it('lists today’s codes and begins with Enter', () => {
    running = open('home-code');
    expect(text('main')).toMatch(/A7F2-91C0.*王宇轩.*17D0-0B3E.*未记姓名/);
    running.press('Enter');
    expect(running.given()).toEqual(['begin_uncalled']);
    running.stop();
    running = open('home-code-empty');
    expect(text('main')).toContain('今天还没有人出示采集码');
  });
});

it('hands one scan to the station, wherever the focus is, and takes it out of the field', () => {
  running = open('home');
  const search = document.querySelector<HTMLInputElement>('[name=search]') as HTMLInputElement;
  search.focus();
  for (const character of '20240317') {
    down(character);
    search.value += character;
    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
    vi.advanceTimersByTime(8);
  }
  down('Enter');
  vi.advanceTimersByTime(600);
  expect(running.port.sent).toEqual([{ do: 'scanned', text: '20240317', composing: false }]);
  expect(search.value).toBe('');
});
