import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const text = () => document.querySelector('main')?.textContent ?? '';
const primary = () => document.querySelector<HTMLElement>('[data-primary]')?.textContent ?? '';
const chosen = () => document.querySelector<HTMLElement>('tr.sel')?.dataset.column;

it('an empty roster page says how a file is taken, and the key leads there', () => {
  running = open('home-no_roster');
  expect(text()).toContain('还没有名单');
  expect(text()).toContain('导入名单');
  running.press('o', { ctrlKey: true });
  expect(running.given()).toEqual(['open_roster']);
});

it('a path is typed and Enter reads it; the dialog gives one as well', async () => {
  running = open('roster');
  expect(text()).toContain('上次导入：2026 届.xlsx');
  expect(primary(), 'nothing to read yet').toBe('');
  running.type(' /media/usb/名单.xls ');
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'read_roster', path: '/media/usb/名单.xls' }]);
  running.press('o', { ctrlKey: true });
  await vi.advanceTimersByTimeAsync(50);
  flushSync();
  expect(running.port.sent[1]).toEqual({ do: 'read_roster', path: 'D:\\名单\\2027 届.xls' });
});

it('columns are given a meaning by the arrow keys, and Enter checks the rows', () => {
  running = open('roster-columns');
  expect(text()).toContain('像是，请核对');
  running.press('ArrowDown');
  running.press('ArrowDown');
  running.press('ArrowDown');
  expect(chosen()).toBe('D');
  running.press('ArrowRight');
  running.press('ArrowLeft');
  running.press('u');
  running.press('h');
  running.press('PageDown');
  running.press('Enter');
  expect(running.port.sent).toEqual([
    { do: 'assign_column', sheet: 0, letters: 'D', field: 'name' },
    { do: 'assign_column', sheet: 0, letters: 'D', field: 'not_kept' },
    { do: 'use_roster_sheet', sheet: 0, used: false },
    { do: 'use_hidden_rows', used: true },
    { do: 'show_roster_sheet', sheet: 1 },
    { do: 'check_roster' },
  ]);
  expect(primary()).toContain('检查 314 行');
});

it('what is missing is named, and an encoding that is not certain is changed by a key', () => {
  running = open('roster-encoding');
  expect(text()).toContain('先指定姓名列');
  expect(text()).toContain('编码拿不准');
  expect(text()).toContain('另有 2 条已删除');
  running.press('Enter');
  running.press('e');
  expect(running.port.sent).toEqual([{ do: 'read_roster_in', encoding: 'utf16_le' }]);
});

it('rows that cannot be taken are left out only in so many words', () => {
  running = open('roster-checked');
  expect(text()).toContain('第 17 行 C 列');
  expect(text()).toContain('按文本重填');
  expect(text()).toContain('已拍过照，文件里的证件号码不同');
  expect(primary()).toContain('导入 396 人，2 行不导入');
  running.press('3', { altKey: true });
  running.press('s');
  running.press('Enter');
  running.press('Escape');
  expect(running.port.sent).toEqual([
    { do: 'choose_gone', choice: 'remove' },
    { do: 'save_roster_problems' },
    { do: 'apply_roster', leave_out: true },
    { do: 'back_to_columns' },
  ]);
});

it('a fault says what to do, work shows how far it is, the end leads to the list', () => {
  running = open('roster-fault');
  expect(text()).toContain('请去掉密码');
  running.stop();
  running = open('roster-working');
  expect(text()).toContain('12000 / 100000 行');
  running.press('Enter');
  expect(running.given()).toEqual([]);
  running.stop();
  running = open('roster-applied');
  expect(text()).toContain('名单已导入');
  running.press('Enter');
  expect(running.given()).toEqual(['close_page']);
});
