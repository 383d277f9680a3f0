import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { missing, setLanguage, t } from '../src/lib/i18n/words.svelte';
import type { SitterView } from '../src/lib/station/bindings/SitterView';
import { fakeSitter, sitterViews } from '../src/lib/station/fake/sitter';
import { headPath } from '../src/sitter/head';
import type { SitterPort } from '../src/sitter/port';
import SitterApp from '../src/sitter/SitterApp.svelte';

let app: Record<string, unknown> | undefined;
function open(port: SitterPort): void {
  document.body.innerHTML = '<div id="app"></div>';
  app = mount(SitterApp, { target: document.getElementById('app') as HTMLElement, props: { port } });
  flushSync();
}
const show = (name: string) => open(fakeSitter(new URLSearchParams(`view=${name}`)));
afterEach(() => {
  if (app) void unmount(app);
  app = undefined;
  setLanguage('zh-CN');
});
const text = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? '';

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it.each(Object.keys(sitterViews))('%s has its words in both languages', (name) => {
    missing.clear();
    setLanguage(language);
    show(name);
    const wanted = sitterViews[name]?.().screen.page;
    expect(document.querySelector<HTMLElement>('[data-page]')?.dataset.page).toBe(wanted);
    expect([...missing]).toEqual([]);
    expect(document.body.textContent).not.toMatch(/[{}]|undefined|NaN|\[object/);
    // Nothing to press and nothing to type into.
    expect(document.querySelectorAll('button, input, a[href], [tabindex]')).toHaveLength(0);
    for (const both of document.querySelectorAll('.both')) {
      expect(both.querySelector('.first')?.getAttribute('lang')).toBe(language);
      expect(both.querySelector('.second')?.getAttribute('lang')).not.toBe(language);
    }
  });
});

it('between sitters all seven notes stand with their pictures', () => {
  show('welcome');
  expect([...document.querySelectorAll<HTMLElement>('[data-note]')].map((li) => li.dataset.note)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(document.querySelectorAll('[data-note] svg')).toHaveLength(7);
  expect(document.body.textContent).toContain(t('note.4'));
});

it('the masked name stands with what to do when it is somebody else’s, up to the decision', () => {
  for (const name of ['welcome-called', 'camera', 'camera-lost', 'wait']) {
    show(name);
    for (const words of ['陈*涵', '护理 2401 班', '037 号', '不是您？请告诉工作人员']) expect(document.body.textContent, name).toContain(words);
    if (app) void unmount(app);
  }
  show('welcome');
  expect(document.body.textContent).not.toContain('不是您');
});

it('at the camera one instruction, mirrored picture, and an outline that goes once the head fits', () => {
  show('camera');
  expect(text('.call .first')).toBe('请再靠近一点');
  expect(text('.call .second')).toBe('Step a little closer');
  expect(document.querySelector('canvas.mirror[data-live]')).not.toBeNull();
  expect(document.querySelector('[data-outline=asked]')).not.toBeNull();
  expect(document.querySelector('.count')).toBeNull();
  if (app) void unmount(app);
  show('camera-countdown');
  expect(document.querySelector('[data-outline=fits].fits')).not.toBeNull();
  expect(text('.count')).toBe('2');
  expect(document.querySelector('.call.go')).not.toBeNull();
  if (app) void unmount(app);
  show('camera-lost');
  expect(document.querySelector('canvas')).toBeNull();
  expect(text('.call .first')).toBe('请稍等，镜头还没准备好');
});

it('a snapshot that overtook another is not undone by it', () => {
  let tell: (view: SitterView) => void = () => undefined;
  open({ subscribe: (listener) => ((tell = listener), () => undefined), frameUrl: () => 'data:,' });
  const page = () => document.querySelector<HTMLElement>('[data-page]')?.dataset.page;
  expect(page()).toBe('starting');
  tell({ revision: 5, person: null, screen: { page: 'wait' } });
  tell({ revision: 4, person: null, screen: { page: 'welcome' } });
  flushSync();
  expect(page()).toBe('wait');
});

it('the outline keeps to the rows and the width of the specification', () => {
  const outline = { photo_width: 480, photo_height: 640, crown: 80, chin: 412, face_width: 240, fits: false };
  const [head = ''] = headPath(outline).split('z');
  const numbers = [...head.matchAll(/-?\d+(\.\d+)?/g)].map((found) => Number(found[0]));
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  expect([Math.min(...ys), Math.max(...ys)]).toEqual([80, 412]);
  expect(Math.min(...xs) + Math.max(...xs)).toBeCloseTo(480, 0);
  expect(Math.max(...xs) - Math.min(...xs)).toBeLessThanOrEqual(240);
  expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(200);
});
