import { afterEach, expect, it } from 'vitest';
import { around, inside, widened } from '../src/lib/preview/review';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const answers = () => [...document.querySelectorAll<HTMLElement>('[data-answer]')].map((row) => row.dataset.answer);
const primary = () => document.querySelector<HTMLElement>('[data-primary]')?.dataset.do;

it('keys 1 to 4 go through the answers, and what does not fit is told', () => {
  running = open('review&go');
  expect(answers()).toEqual(['open', 'open', 'open', 'open']);
  running.press('Enter');
  expect(running.given(), 'Enter is deaf while a question is open').toEqual([]);
  running.press('3');
  expect(answers()).toEqual(['open', 'open', 'fits', 'open']);
  running.press('3');
  expect(answers()).toEqual(['open', 'open', 'breaks', 'open']);
  expect(document.querySelector('.tell')?.textContent).toContain('告诉学生');
  expect(document.querySelector('.tell b')?.textContent).not.toBe('');
  expect(primary()).toBe('retake');
  running.press('3');
  expect(answers()).toEqual(['open', 'open', 'fits', 'open']);
  expect(document.querySelector('.tell')).toBeNull();
});

it('Space answers what is open and leaves what does not fit', () => {
  running = open('review&go');
  running.press('1');
  running.press('1');
  running.press(' ');
  expect(answers()).toEqual(['breaks', 'fits', 'fits', 'fits']);
  running.press('Enter');
  expect(running.given().at(-1)).toBe('retake');
});

it('Enter accepts once everything fits', () => {
  running = open('review&go');
  running.press(' ');
  expect(primary()).toBe('accept');
  running.press('Enter');
  expect(running.given()).toEqual(['tick', 'tick', 'tick', 'tick', 'accept']);
});

it('a part looked at fills the stage until the whole picture is asked for', () => {
  running = open('review&go');
  const keys = () => document.querySelector('.keybar')?.textContent;
  const frames = () => [...document.querySelectorAll<HTMLElement>('[data-frame]')].map((f) => f.dataset.frame);
  expect(frames()).toEqual(['1', '2', '3', '4']);
  expect(keys()).not.toContain('看原片');
  running.press('2');
  expect(frames()).toEqual([]);
  expect(keys()).toContain('看原片');
  running.press('o');
  expect(keys()).not.toContain('看原片');
  expect(frames(), 'what fits is framed no more').toEqual(['1', '3', '4']);
});

it('what failed, is doubtful or asked is framed on the still under its letter or key', () => {
  running = open('review-bad');
  const frames = [...document.querySelectorAll<HTMLElement>('[data-frame]')].map((f) => `${f.dataset.frame} ${f.dataset.tone}`);
  expect(frames).toEqual(['4 fail', 'A fail', 'B fail', 'B fail']);
  expect(document.querySelectorAll('[data-check] .crop-box')).toHaveLength(2);
});

it('a rule that is off is named as not looked at, and is no row', () => {
  running = open('review-bad');
  expect(document.querySelector('[data-off]')?.textContent).toContain('未美颜');
  expect(document.querySelector('[data-check=retouching]')).toBeNull();
  running.stop();
  running = open('capture');
  expect(document.querySelector('.checks')?.textContent).not.toContain('表情自然');
  const asked = document.querySelector('[data-check=free_face]');
  expect([asked?.getAttribute('data-verdict'), asked?.textContent]).toEqual(['asked', expect.stringContaining('拍后确认')]);
});

it('parts keep their middle when they are widened to the ratio of a box', () => {
  running = open('review');
  const pair = around([{ x: 10, y: 20, width: 10, height: 40 }, { x: 90, y: 20, width: 10, height: 40 }], 0);
  expect(pair).toEqual({ x: 10, y: 20, width: 90, height: 40 });
  const box = widened({ x: 0, y: 0, width: 30, height: 90 }, 4 / 3);
  expect(box.width / box.height).toBeCloseTo(4 / 3);
  expect([box.x + box.width / 2, box.y + box.height / 2]).toEqual([15, 45]);
  expect(around([], 0.1)).toBeNull();
  expect(inside({ x: -5, y: 95, width: 20, height: 10 }, 100, 100)).toEqual({ x: 0, y: 90, width: 20, height: 10 });
});
