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
  scope.scan = (code) => heard.push(`scan ${code}`);
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
  const scan = (code: string, gap = 8) => {
    for (const character of code) press(character, {}, gap);
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

  it('that ends in a text field does not confirm', () => {
    document.getElementById('text')?.focus();
    scan('20240317');
    press('Enter', {}, 8);
    vi.advanceTimersByTime(300);
    expect(heard).not.toContain('Enter');
  });

  it('is no hand: slower keys stay commands', () => {
    press('r', {}, 60);
    press('1', {}, 60);
    press('Enter', {}, 60);
    expect(heard).toEqual(['r', '1', 'Enter']);
  });
});
