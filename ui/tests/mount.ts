import { flushSync, mount, unmount } from 'svelte';
import { vi } from 'vitest';
import App from '../src/App.svelte';
import type { Command } from '../src/lib/station/bindings/Command';
import { fakeStation } from '../src/lib/station/fake';
import { DEAF_MS } from '../src/lib/keys/keyboard.svelte';

/** The whole program on a station of recorded views. */
export interface Running {
  port: ReturnType<typeof fakeStation>;
  /** Names of the commands given so far. */
  given: () => Command['do'][];
  /** The page on screen. */
  page: () => string | undefined;
  /** Presses a key as a hand does: half a second after the last one. */
  press: (key: string, over?: KeyboardEventInit) => void;
  /** Types characters into the field with the focus. */
  type: (text: string) => void;
  stop: () => void;
}

/** Opens the program on one recorded view, or on the course when none is named. */
export function open(name?: string): Running {
  vi.useFakeTimers({ now: 0 });
  document.body.innerHTML = '<div id="app"></div>';
  const target = document.getElementById('app') as HTMLElement;
  const port = fakeStation(new URLSearchParams(name === undefined ? '' : `view=${name}`));
  const app = mount(App, { target, props: { port } });
  flushSync();
  vi.advanceTimersByTime(DEAF_MS + 1);
  flushSync();
  return {
    port,
    given: () => port.sent.map((command) => command.do),
    page: () => document.querySelector<HTMLElement>('[data-page]')?.dataset.page,
    press(key, over = {}) {
      down(key, over);
      settle();
    },
    type(text) {
      const field = document.activeElement as HTMLInputElement;
      field.value += text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      settle();
    },
    stop() {
      unmount(app);
      flushSync();
      vi.useRealTimers();
    },
  };
}

/** Lets more than half a second pass, screens following their snapshots as they come. */
function settle(): void {
  for (const ms of [0, 40, 300, 300]) {
    vi.advanceTimersByTime(ms);
    flushSync();
  }
}

/** One key goes down on whatever has the focus; true when nobody took it. */
export function down(key: string, over: KeyboardEventInit = {}): boolean {
  const code = key === ' ' ? 'Space' : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...over });
  return (document.activeElement ?? document.body).dispatchEvent(event);
}
