import { afterEach, expect, it } from 'vitest';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const messages = () => [...document.querySelectorAll<HTMLElement>('[data-message]')].map((li) => li.dataset.message);
const twins = () => [...document.querySelectorAll<HTMLElement>('[data-twin]')].map((li) => li.dataset.twin);

/** Gives a supervisor's first reason and PIN. */
function approve(): void {
  running.press('1', { altKey: true });
  document.querySelector<HTMLInputElement>('input[name=supervisor-pin]')?.focus();
  running.type('4321');
  running.press('Enter');
}

it('urgent messages come first, and Enter reads the chosen one', () => {
  running = open('news&go');
  expect(messages()).toEqual(['m-1', 'm-2']);
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'read_message', id: 'm-1' }]);
  expect(messages()).toEqual(['m-2']);
  expect(document.querySelector('[data-tab=news]')?.textContent).toContain('通知 3');
});

it('a pair says who, when and where, and a supervisor keeps both or takes ours back', () => {
  running = open('news&go');
  for (const word of ['陈思涵', '护理 2401 班', '20240317', '本机 08:34 拍', '3 号采集位', '中心 09:19 发现']) {
    expect(document.querySelector('[data-twin]')?.textContent).toContain(word);
  }
  running.press('ArrowDown');
  running.press('ArrowDown');
  running.press('w');
  running.press('Escape');
  expect(running.given()).toEqual([]);
  running.press('k');
  approve();
  expect(running.port.sent).toEqual([
    { do: 'keep_both', packet: '2-1124-0031', reason: '不是同一个人，例如双胞胎', supervisor: 'lizhuren', pin: '4321' },
  ]);
  expect(twins()).toEqual(['2-1124-0032']);
  expect(document.querySelector('[data-dialog]')).toBeNull();
  // What took the settled pair's place can only be kept.
  running.press('w');
  expect(document.querySelector('[data-dialog]')).toBeNull();
  running.stop();
  running = open('news&go');
  running.press('PageDown');
  running.press('ArrowUp');
  running.press('w');
  approve();
  expect(running.port.sent.at(-1)).toMatchObject({ do: 'withdraw', packet: '2-1124-0031', reason: '拍错了人，不是本人' });
  expect(twins()).toEqual(['2-1124-0032']);
});

it('says that there is nothing', () => {
  running = open('news-none');
  expect(document.querySelector('main')?.textContent).toContain('没有新通知');
  running.press('Escape');
  expect(running.given()).toEqual(['close_page']);
});

it('what waits unread is on the home page behind a key', () => {
  running = open('home-news');
  expect(document.querySelector('[data-do=open_news]')?.textContent).toContain('通知 3 条');
  running.press('F5');
  expect(running.given()).toEqual(['open_news']);
  running.stop();
  running = open('home');
  expect(document.querySelector('[data-do=open_news]')).toBeNull();
});
