import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const lines = () => [...document.querySelectorAll<HTMLElement>('.list.queue li')];
const line = (packet: string) => document.querySelector<HTMLElement>(`li[data-packet="${packet}"]`)?.textContent ?? '';
const chosen = () => document.querySelector<HTMLElement>('.list.queue li.sel')?.dataset.packet;
const slim = (name: string) => document.querySelector<HTMLElement>(`[data-slim=${name}]`);
const dialog = () => document.querySelector('[data-dialog=supervisor-decision]');
const later = (ms: number) => {
  vi.advanceTimersByTime(ms);
  flushSync();
};

/** Gives a supervisor's reason and PIN. */
function approve(): void {
  running.press('2', { altKey: true });
  document.querySelector<HTMLInputElement>('input[name=supervisor-pin]')?.focus();
  running.type('4321');
  running.press('Enter');
}

describe('the chosen row', () => {
  it('is the same packet after rows moved, and Enter means it', () => {
    running = open('queue-many&stir=100');
    for (let i = 0; i < 6; i++) running.press('ArrowDown');
    const packet = chosen();
    const place = () => lines().findIndex((li) => li.dataset.packet === packet);
    const before = place();
    later(400);
    expect(place()).not.toBe(before);
    expect(chosen()).toBe(packet);
    running.press('Enter');
    expect(running.port.sent).toEqual([{ do: 'retry_packet', packet }]);
  });

  it('goes through the list by one and by eight, and stops at its ends', () => {
    running = open('queue');
    const all = lines().map((li) => li.dataset.packet);
    running.press('ArrowUp');
    expect(chosen()).toBe(all[0]);
    running.press('PageDown');
    expect(chosen()).toBe(all[8]);
    running.press('PageDown');
    expect(chosen()).toBe(all.at(-1));
    running.press('PageUp');
    running.press('ArrowUp');
    expect(chosen()).toBe(all.at(-10));
  });
});

describe('a row', () => {
  it('that needs somebody says what to do and its number, chosen or not', () => {
    running = open('queue');
    const waiting = document.querySelectorAll<HTMLElement>('[data-state=needs_attention]');
    expect(waiting).toHaveLength(2);
    for (const li of waiting) {
      expect(li.textContent).toContain('请联系客服说明凭条号');
      expect(li.textContent).toContain(li.dataset.packet);
    }
  });

  it('tells its attempts with time and cause, the next one, and a stick only as a note', () => {
    running = open('queue');
    expect(line('2-1124-0015')).toContain('第 3 次 09:43：中心没有应答，09:46 再试');
    expect(line('2-1124-0015')).toContain('09:32 已导出');
    expect(document.querySelector<HTMLElement>('[data-packet="2-1124-0015"]')?.dataset.state).toBe('waiting');
    expect(line('2-1124-0020')).toContain('重拍优先');
    expect(line('2-1124-0011')).toContain('李主任 09:28 撤下：另一个采集位已拍过');
    expect(line('2-1124-0010')).toContain('已由重拍代替');
  });
});

describe('a held photo whose order is closed', () => {
  const settle = () => {
    running = open('queue');
    for (let i = 0; i < 20 && chosen() !== '2-1124-0024'; i++) running.press('ArrowDown');
    running.press('Enter');
  };

  it('is paid in cash, by a new code, or exempt', () => {
    settle();
    expect(document.querySelector('[data-dialog=held-payment]')).not.toBeNull();
    running.press('c');
    running.press('n');
    expect(running.port.sent, 'never two ways at once').toEqual([{ do: 'settle_held', enrolment: 'e-24', way: { by: 'cash', tendered_fen: 2000 } }]);
    running.stop();
    settle();
    running.press('n');
    expect(running.port.sent).toEqual([{ do: 'settle_held', enrolment: 'e-24', way: { by: 'order' } }]);
  });
});

describe('taking a photo back', () => {
  it('asks a supervisor for reason and PIN, and is over once it is withdrawn', () => {
    running = open('queue&go');
    const packet = chosen() ?? '';
    running.press('w');
    running.press('Enter');
    expect(running.given(), 'neither reason nor PIN').toEqual([]);
    approve();
    expect(running.port.sent).toEqual([{ do: 'withdraw', packet, reason: '另一个采集位已拍过', supervisor: 'lizhuren', pin: '4321' }]);
    expect(dialog()).toBeNull();
    expect(line(packet)).toContain('李主任 09:44 撤下：另一个采集位已拍过');
    running.press('w');
    expect(dialog(), 'twice').toBeNull();
  });

  it('is not offered for what the station does not give back', () => {
    running = open('queue');
    for (let i = 0; i < 7; i++) running.press('ArrowDown');
    expect(chosen()).toBe('2-1124-0014');
    running.press('w');
    expect(dialog()).toBeNull();
  });
});

describe('the link', () => {
  it.each([
    ['queue-offline', 'offline', ['中心没有应答', '08:53 起', '秒后再问', '不用处理']],
    ['queue-portal', 'offline', ['应答不像是中心发来的', '09:53 再问']],
    ['queue-certificate', 'offline', ['中心的证书不可信', '核对本机的日期和时间']],
    ['queue-not_accepted', 'fail', ['中心不接受这台采集站', '照片都在本机']],
    ['queue-version', 'fail', ['版本对不上', '即将再问']],
  ] as const)('%s is said with its cause and what to do', (name, tone, words) => {
    running = open(name);
    expect(slim('link')?.classList.contains(tone)).toBe(true);
    for (const word of words) expect(slim('link')?.textContent).toContain(word);
    expect(document.querySelector('.topbar .status.attn') !== null).toBe(tone === 'fail');
  });

  it('counts down to the next question', () => {
    running = open('queue-offline');
    const seconds = () => Number(/(\d+) 秒后/.exec(slim('link')?.textContent ?? '')?.[1]);
    const before = seconds();
    later(5000);
    expect(seconds()).toBe(before - 5);
  });

  it('says how far the clock is off, and nothing while all is well', () => {
    running = open('queue-clock');
    expect(slim('clock')?.textContent).toContain('本机的钟快了 7 分钟');
    expect(slim('link')).toBeNull();
    running.stop();
    running = open('queue-certificate');
    expect(slim('clock')?.textContent).toContain('本机的钟慢了 27 小时');
  });
});

it('the numbers have their lines, and keys alone give every command', () => {
  running = open('queue');
  const sub = (cell: string) => document.querySelector(`[data-tally=${cell}] .caption`)?.textContent?.trim();
  expect(['waiting', 'sending', 'acknowledged', 'attention'].map(sub)).toEqual([
    '最早 08:52，另有 1 件等付款结果', '2.1 MB / 3.0 MB，412 KB/秒', '最近 09:41', '不影响其他照片',
  ]);
  expect(document.querySelector('[data-tab=news]')?.textContent).toContain('通知 3');
  for (const key of [' ', 'r', 'u']) running.press(key);
  for (const key of ['1', '2', '3']) running.press(key, { altKey: true });
  expect(running.given()).toEqual(['pause_queue', 'retry_all', 'open_stick', 'open_retakes', 'open_news']);
});
