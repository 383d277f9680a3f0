import { flushSync } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { missing, setLanguage } from '../src/lib/i18n/words.svelte';
import { screens } from '../src/screens';
import { noticeWords } from '../src/lib/shell/notice';
import { views } from '../src/lib/station/fake/views';
import { open, type Running } from './mount';

let running: Running | undefined;
afterEach(() => {
  running?.stop();
  running = undefined;
  setLanguage('zh-CN');
});

describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
  it.each(Object.keys(views))('%s has its words and one way on', (name) => {
    missing.clear();
    setLanguage(language);
    running = open(name);
    const wanted = views[name]?.().screen.page;
    expect(running.page()).toBe(wanted);
    expect([...missing]).toEqual([]);
    expect(document.body.textContent).not.toMatch(/[{}]|undefined|NaN|\[object/);
    expect(document.querySelectorAll('[data-primary]').length).toBeLessThanOrEqual(1);
    if (language === 'en') {
      // Only names and texts that come from the station may be Chinese.
      for (const words of document.querySelectorAll('.btn .words, kbd, .keybar, .notice > div:nth-child(2), .ev')) {
        expect(words.textContent?.replaceAll(/学籍未注册|“[^”]*”/g, '')).not.toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });
});

it('there is a recorded view of every page', () => {
  const shown = new Set(Object.values(views).map((make) => make().screen.page));
  expect([...shown].sort()).toEqual(Object.keys(screens).sort());
});

it('the contact stands on every error, receipt and review page', () => {
  const pages = ['broken', 'sign_in', 'choose_session', 'submitting-full', 'review', 'review-bad', 'last_look', 'done', 'queue', 'retakes', 'enrolment-nobody', 'enrolment-not_eligible', 'capture-lost', 'payment-unknown', 'home-not_eligible'];
  for (const name of pages) {
    running = open(name);
    expect(document.body.textContent, name).toContain('400-000-0000');
    running.stop();
  }
  running = undefined;
});

it('nobody is told to call a number that is not there', () => {
  const call = /客服|致电|拨打|customer service/i;
  for (const name of ['broken-start', 'choose_session-none']) {
    running = open(name);
    expect(document.body.textContent, name).not.toMatch(call);
    running.stop();
  }
  running = undefined;
  // What the station says before it knows any set-up.
  const codes = [
    'settings_invalid', 'setup_invalid', 'system', 'second_instance', 'store_failed', 'store_full', 'store_newer',
    'store_read_only', 'packet_damaged', 'no_operators', 'no_sessions', 'model_missing', 'inference', 'pin_wrong', 'pin_locked',
    'worker_lost', 'server_refused', 'server_error', 'server_nonsense', 'server_unreachable',
  ];
  for (const language of ['zh-CN', 'en'] as const) {
    setLanguage(language);
    for (const code of codes) {
      const words = noticeWords({ code: `fault.${code}`, args: {} }, false);
      expect(`${words.title} ${words.remedy}`, code).not.toMatch(call);
    }
  }
});

it('the contact has its QR on receipts and dead ends, and a key away elsewhere', () => {
  for (const name of ['done', 'submitting-full', 'enrolment-nobody', 'capture-lost']) {
    running = open(name);
    expect(document.querySelector('[data-contact-qr]'), name).not.toBeNull();
    running.stop();
  }
  running = open('review-bad');
  document.querySelector<HTMLElement>('.contact .more')?.click();
  flushSync();
  expect(document.querySelector('[data-dialog=contact] [data-contact-qr]')).not.toBeNull();
});

it('a name is called identical only when the station compared it', () => {
  const row = () => document.querySelector<HTMLElement>('[data-name]');
  running = open('enrolment');
  expect([row()?.dataset.name, row()?.textContent]).toEqual(['pass', expect.stringContaining('完全一致')]);
  expect(document.querySelector('.notice')?.textContent).toContain('号码与姓名都相符');
  running.stop();
  running = open('enrolment-name_differs');
  expect([row()?.dataset.name, row()?.textContent]).toEqual(['warn', expect.stringContaining('陈思函')]);
  expect(row()?.textContent).not.toContain('完全一致');
  running.stop();
  for (const name of ['enrolment-name_differs', 'enrolment-name_unchosen']) {
    running = open(name);
    const words = document.querySelector('.notice.warn')?.textContent;
    for (const word of ['名单上是「陈思涵」', '输入的是「陈思函」', '请对照证件']) expect(words, name).toContain(word);
    running.stop();
  }
  running = undefined;
});

it('rows of the roster that were not taken are listed behind a key', () => {
  running = open('home-bad_rows');
  expect(document.querySelector('.notice')?.textContent).toContain('240 行');
  expect(document.body.textContent).toContain('F7');
  running.press('F7');
  const dialog = () => document.querySelector('[data-dialog=bad_rows]');
  const rows = [...(dialog()?.querySelectorAll('dt') ?? [])].map((row) => row.textContent);
  const words = [...(dialog()?.querySelectorAll('dd') ?? [])].map((row) => row.textContent);
  expect(rows.slice(0, 4)).toEqual(['第 3 行', '第 17 行', '行号不明', '第 58 行']);
  expect(words.slice(0, 4)).toEqual(['证件号码的校验位不对', '姓名为空、太长或有不该有的字符', '与前面的一行重复', '其他问题（from_a_newer_centre）']);
  expect(dialog()?.textContent).toContain('共 240 行');
  running.press('PageDown');
  running.press('Escape');
  expect(dialog()).toBeNull();
  expect(running.given()).toEqual([]);
  running.stop();
  running = open('home');
  running.press('F7');
  expect(dialog()).toBeNull();
});

it('the agreement is shown whole before it is ticked', () => {
  running = open('identity');
  expect(document.querySelector('.agreement')?.textContent).toContain('未满 14 周岁的，须由监护人同意。');
  expect(document.activeElement?.getAttribute('role')).toBe('checkbox');
});

it('the strip speaks the words of the guide', () => {
  running = open('identity');
  const words = [...document.querySelectorAll('.ev .lab')].map((cell) => cell.textContent);
  expect(words).toEqual(['身份核验', '关联学籍', '支付', '拍照', '照片标准化', '照片上传']);
  running.stop();
  running = open('last_look');
  expect(document.querySelector('[data-primary]')?.textContent).toContain('上传等待审核');
});

it('a record that only comes close says why, and is confirmed only when it may be theirs', () => {
  const told = () => [...document.querySelectorAll<HTMLElement>('[data-candidate] [data-match]')].map((row) => row.dataset.match);
  running = open('enrolment-alike');
  expect(told()).toEqual(['one_digit', 'sound', 'dots']);
  expect(document.querySelector('.notice.warn')?.textContent).toContain('系统不会替您选');
  running.press('Enter');
  expect(running.given()).toEqual([]);
  running.press('2');
  expect(running.port.sent).toEqual([{ do: 'choose_enrolment', index: 1 }]);
  running.stop();
  running = open('enrolment-search-other');
  running.press('Enter');
  expect(running.given()).toEqual([]);
  expect(document.querySelector('.notice.fail')?.textContent).toContain('不是这位同学的学籍');
});

it('another record is searched for with F2', () => {
  running = open('enrolment-alike');
  running.press('F2');
  const field = document.querySelector<HTMLInputElement>('[name=find_enrolment]');
  if (!field) throw new Error('no field');
  field.value = '26110105150317';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  flushSync();
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'find_enrolment', text: '26110105150317' }]);
});

it('the last photo and the word of the centre are on the enrolment page', () => {
  running = open('enrolment-retake');
  expect(document.querySelector('[data-last=rejected]')?.textContent).toContain('请把头发别到耳后');
  running.stop();
  for (const [name, words] of [['enrolment-centre_no', '学籍未注册'], ['enrolment-elsewhere', '已在别处拍过'], ['enrolment-roster_only', '仅按本机名册']] as const) {
    running = open(name);
    expect(document.body.textContent, name).toContain(words);
    const onwards = document.querySelector('.notice button')?.textContent ?? '';
    expect(onwards.includes('确认'), name).toBe(name === 'enrolment-roster_only');
    running.stop();
  }
  running = undefined;
});
