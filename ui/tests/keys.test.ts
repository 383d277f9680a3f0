import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEAF_MS, Keyboard } from '../src/lib/keys/keyboard.svelte';
import { KeyScope } from '../src/lib/keys/scope.svelte';

let keyboard: Keyboard;
let scope: KeyScope;
let stop: () => void;
const heard: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  document.body.innerHTML = '<input id="text" type="text"><input id="number" type="text" data-numeric><button id="b">b</button>';
  heard.length = 0;
  keyboard = new Keyboard();
  scope = new KeyScope(false);
  for (const key of ['Enter', 'Space', 'Escape', 'r', '1', 'Alt+1', 'Ctrl+l', 'F8']) {
    scope.add(() => ({ keys: [key], run: () => heard.push(key) }));
  }
  keyboard.scanned = ({ text, composing }) => heard.push(`scan ${text}${composing ? ' below' : ''}`);
  keyboard.open(scope);
  stop = keyboard.listen(window);
  vi.advanceTimersByTime(DEAF_MS + 1);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function press(key: string, over: KeyboardEventInit = {}, after = 200) {
  const code = key === ' ' ? 'Space' : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...over }),
  );
  vi.advanceTimersByTime(after);
}

describe('keys', () => {
  it('run what they are bound to', () => {
    for (const key of ['Enter', ' ', 'r', '1', 'F8', 'Escape']) press(key);
    press('1', { altKey: true });
    press('l', { ctrlKey: true });
    expect(heard).toEqual(['Enter', 'Space', 'r', '1', 'F8', 'Escape', 'Alt+1', 'Ctrl+l']);
  });

  it('are known by their place under a Chinese input method', () => {
    press('ｒ', { code: 'KeyR' });
    expect(heard).toEqual(['r']);
  });

  it('that are held repeat nothing', () => {
    press('Enter');
    press('Enter', { repeat: true });
    press('r', { repeat: true });
    expect(heard).toEqual(['Enter']);
  });

  it('are left to the input method while it composes', () => {
    press('Enter', { isComposing: true });
    press('r', { isComposing: true });
    expect(heard).toEqual([]);
  });

  it('type into a text field, but Enter, Alt and function keys work', () => {
    document.getElementById('text')?.focus();
    press('r');
    press('1');
    press(' ');
    press('1', { altKey: true });
    press('F8');
    press('Enter');
    expect(heard).toEqual(['Alt+1', 'F8', 'Enter']);
  });

  it('with letters are commands in a field for numbers', () => {
    document.getElementById('number')?.focus();
    press('1');
    press('r');
    expect(heard).toEqual(['r']);
  });

  it('go to the dialog alone while one is open', () => {
    const dialog = new KeyScope(true);
    dialog.add(() => ({ keys: ['Escape'], run: () => heard.push('dialog') }));
    const close = keyboard.open(dialog);
    vi.advanceTimersByTime(DEAF_MS + 1);
    press('Escape');
    press('r');
    close();
    vi.advanceTimersByTime(DEAF_MS + 1);
    press('r');
    expect(heard).toEqual(['dialog', 'r']);
  });

  it('make Enter deaf for a moment after the screen changed, and only Enter', () => {
    keyboard.open(new KeyScope(false));
    press('Enter', {}, DEAF_MS - 150);
    press(' ', {}, 100);
    expect(heard).toEqual(['Space']);
    vi.advanceTimersByTime(DEAF_MS);
    press('Enter');
    expect(heard).toEqual(['Space', 'Enter']);
  });

  it('on a button reached with Tab are the button’s own', () => {
    document.getElementById('b')?.focus();
    press('Enter');
    document.getElementById('b')?.dispatchEvent(new KeyboardEvent('keyup', { key: 'Tab', bubbles: true }));
    press('Enter');
    expect(heard).toEqual(['Enter']);
  });
});

describe('a scanner', () => {
  const scan = (code: string, gap = 8, over: KeyboardEventInit = {}) => {
    for (const character of code) press(character, over, gap);
  };
  /** Types as a browser does: the key, then the character in the field. */
  const write = (field: HTMLInputElement, text: string, gap: number) => {
    for (const character of text) {
      press(character, {}, 0);
      field.value += character;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      vi.advanceTimersByTime(gap);
    }
  };
  const field = (id = 'text') => {
    const found = document.getElementById(id) as HTMLInputElement;
    found.focus();
    return found;
  };

  it('is heard as one code and never as commands', () => {
    scan('r1r1');
    press('Enter', {}, 8);
    vi.advanceTimersByTime(300);
    expect(heard).toEqual(['scan r1r1']);
  });

  it('without an end key is done after a silence', () => {
    scan('20240317');
    vi.advanceTimersByTime(300);
    expect(heard).toEqual(['scan 20240317']);
  });

  it('with an end key gives a ticket of three digits, and without one three keys are none', () => {
    scan('037');
    press('Enter', {}, 8);
    scan('037');
    vi.advanceTimersByTime(300);
    expect(heard).toEqual(['scan 037']);
  });

  it('keeps blanks, signs and capitals, and Shift between them ends nothing', () => {
    for (const character of 'A b+/=') {
      press('Shift', {}, 0);
      press(character, {}, 8);
    }
    vi.advanceTimersByTime(300);
    expect(heard).toEqual(['scan A b+/=']);
  });

  it('in a text field is taken out of it again, and does not confirm', () => {
    const text = field();
    write(text, '陈', 200);
    heard.length = 0;
    write(text, '20240317', 8);
    press('Enter', {}, 8);
    vi.advanceTimersByTime(300);
    expect([text.value, heard]).toEqual(['陈', ['scan 20240317']]);
  });

  it('stays in a field that is for it, and in one for a secret', () => {
    const text = field();
    text.dataset.scans = '';
    write(text, '20240317', 8);
    vi.advanceTimersByTime(300);
    expect([text.value, heard]).toEqual(['20240317', []]);
    delete text.dataset.scans;
    text.type = 'password';
    text.value = '';
    write(text, '258025', 8);
    vi.advanceTimersByTime(300);
    expect([text.value, heard]).toEqual(['258025', []]);
  });

  it('is read below an input method by the places of its keys', () => {
    const text = field();
    const keys: ReadonlyArray<readonly [string, boolean]> = [
      ['KeyA', true], ['Digit1', false], ['Slash', false], ['Equal', true], ['KeyX', false], ['Minus', false], ['Digit2', true],
    ];
    for (const [code, shiftKey] of keys) press('Process', { code, shiftKey, isComposing: true }, 8);
    text.value = '啊1';
    press('Enter', { isComposing: true }, 8);
    vi.advanceTimersByTime(300);
    expect([text.value, heard]).toEqual(['', ['scan A1/+x-@ below']]);
    expect(document.activeElement).toBe(text);
  });

  it('whose first key only the input method took is still told as read below it', () => {
    field();
    press('Process', { code: 'KeyH', isComposing: true }, 8);
    scan('ello');
    vi.advanceTimersByTime(300);
    expect(heard).toEqual(['scan hello below']);
  });

  it('is no hand: slower keys stay commands', () => {
    press('r', {}, 60);
    press('1', {}, 60);
    press('Enter', {}, 60);
    expect(heard).toEqual(['r', '1', 'Enter']);
  });

  it('is no hand that types fast: its characters stay in the field', () => {
    const text = field();
    write(text, 'hello', 45);
    // Two keys rolled over each other.
    write(text, 'th', 12);
    vi.advanceTimersByTime(80);
    write(text, 'ere', 50);
    vi.advanceTimersByTime(300);
    expect([text.value, heard]).toEqual(['hellothere', []]);
  });

  it('is no hand that composes: pinyin at a hand’s pace is left alone', () => {
    const text = field();
    for (const code of ['KeyN', 'KeyI', 'KeyH', 'KeyA', 'KeyO']) press('Process', { code, isComposing: true }, 60);
    text.value = '你好';
    vi.advanceTimersByTime(300);
    expect([text.value, heard]).toEqual(['你好', []]);
  });
});
