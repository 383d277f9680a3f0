import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REFUSED } from '../src/lib/station/fake/money';
import { views } from '../src/lib/station/fake/views';
import { down, open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const text = (selector: string) => document.querySelector(selector)?.textContent?.replace(/\s+/g, ' ') ?? '';
const button = (command: string) => document.querySelector<HTMLElement>(`[data-do=${command}]`);
const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`) as HTMLInputElement;
const dialog = () => document.querySelector<HTMLElement>('[data-dialog]');
const chosen = () => document.querySelector<HTMLElement>('.list.queue li.sel')?.dataset.packet;
const row = (packet: string) => text(`li[data-packet="${packet}"]`);
function go(packet: string): void {
  for (let i = 0; i < 20 && chosen() !== packet; i++) running.press('ArrowDown');
  expect(chosen()).toBe(packet);
}
function scan(digits: string): void {
  for (const character of digits) {
    down(character);
    const input = document.activeElement as HTMLInputElement;
    input.setRangeText(character, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    vi.advanceTimersByTime(8);
  }
  down('Enter');
  vi.advanceTimersByTime(600);
  flushSync();
}

describe('a voucher', () => {
  it('is typed and handed in with Enter, and nothing empty is', () => {
    running = open('payment-voucher&go');
    expect(document.activeElement).toBe(field('voucher'));
    running.press('Enter');
    running.type('  ');
    running.press('Enter');
    expect(running.given()).toEqual([]);
    expect(button('redeem_voucher')?.textContent).toContain('先扫描或录入券号');
    running.type('ABCD-12345Q');
    running.press('Enter');
    expect(running.port.sent).toEqual([{ do: 'redeem_voucher', number: '  ABCD-12345Q' }]);
    expect(running.page()).toBe('notes');
  });

  it('keeps what is scanned into its field, and the next scan takes the place of a refused one', () => {
    running = open('payment-voucher&go');
    scan('ABCD123453');
    expect(running.given(), 'a scan hands nothing in').toEqual([]);
    expect(field('voucher').value).toBe('ABCD123453');
    running.press('Enter');
    expect(text('[data-notice]')).toContain('这张券已用过');
    scan('ABCD123459');
    expect(field('voucher').value).toBe('ABCD123459');
    running.press('Enter');
    expect(running.given()).toEqual(['redeem_voucher', 'redeem_voucher']);
    expect(running.page()).toBe('notes');
  });

  it.each(Object.entries(REFUSED))('%s is refused as %s with what to do', (number, code) => {
    const words = {
      voucher_number: ['券号不对', '重新扫描或录入'],
      voucher_unknown: ['本场没有这张券', '更新名单'],
      voucher_small: ['券面金额不足', '换一种方式'],
      voucher_used: ['这张券已用过', '换一张券'],
    }[code] as string[];
    running = open('payment-voucher&go');
    running.type(number.toLowerCase());
    running.press('Enter');
    for (const word of words) expect(text('[data-notice]')).toContain(word);
    expect(field('voucher').value).toBe(number.toLowerCase());
    expect(running.page()).toBe('payment');
  });

  it('the centre has not answered for lets the camera go on, or is taken back', () => {
    running = open('payment-voucher-asked');
    expect(field('voucher')).toBeNull();
    expect(text('main')).toContain('正在向中心核销');
    running.press('Enter');
    running.press('Delete');
    expect(running.given()).toEqual(['go_on_unknown', 'cancel_order']);
  });
});

it('paying later is one Enter, says that the photo stays here, and goes on to the camera', () => {
  running = open('payment-at_sync&go');
  expect(text('main')).toContain('付款前不上传');
  running.press('Enter');
  expect(running.port.sent).toEqual([{ do: 'pay_at_sync' }]);
  expect(running.page()).toBe('notes');
});

describe('the channels of an order', () => {
  it('each have a button; Enter is the first of them', () => {
    running = open('payment-offer');
    const offers = [...document.querySelectorAll<HTMLElement>('[data-do=ask_order]')].map((one) => one.textContent);
    expect(offers).toHaveLength(2);
    expect(offers[0]).toContain('微信支付收款 ¥20.00');
    expect(offers[1]).toContain('支付宝收款 ¥20.00');
    running.press('Enter');
    running.stop();
    expect(running.port.sent).toEqual([{ do: 'ask_order', channel: 'wechat' }]);
    running = open('payment-offer');
    running.press('a');
    expect(running.port.sent).toEqual([{ do: 'ask_order', channel: 'alipay' }]);
  });

  it('are named where the code stands', () => {
    running = open('payment');
    expect(text('dl')).toContain('收款方微信支付');
    expect(text('main')).toContain('请用微信支付扫');
    expect(text('main')).not.toContain('支付宝');
  });

  it('are closed with words while the centre is silent', () => {
    running = open('payment-offline');
    expect(button('ask_order')).toBeNull();
    expect(text('main')).toContain('请换左边的另一种方式');
    expect(text('main'), 'nothing that Enter does not do').not.toContain('按 Enter 出示收款码');
  });
});

describe('a refund', () => {
  const ask = () => {
    running = open('queue&go');
    go('2-1124-0012');
    running.press('f');
  };

  it('names the person and the amount, and says what is missing until it has a reason and a PIN', () => {
    ask();
    expect(dialog()?.textContent).toContain('退还沈知行的 ¥20.00');
    const missing = () => dialog()?.querySelector('[data-do=refund]')?.textContent;
    expect(missing()).toContain('先选或写明原因');
    running.press('Enter');
    running.press('1', { altKey: true });
    expect(missing()).toContain('请主管输入口令');
    running.press('Enter');
    expect(running.given()).toEqual([]);
  });

  it('is sent once, and the row says how it stands', () => {
    ask();
    running.press('2', { altKey: true });
    field('supervisor-pin').focus();
    running.type('2580');
    down('Enter');
    flushSync();
    expect(field('supervisor-pin').value, 'no PIN stays behind').toBe('');
    down('Enter');
    flushSync();
    running.press('Enter');
    expect(running.port.sent).toEqual([
      { do: 'refund', enrolment: 'e-12', payment: 'CS-20261128-0012', reason: '重复付款，退还一笔', supervisor: 'lizhuren', pin: '2580' },
    ]);
    expect(dialog()).toBeNull();
    expect(row('2-1124-0012')).toContain('已退款');
    running.press('f');
    expect(dialog(), 'twice').toBeNull();
  });

  it('Esc gives nothing back, and a row without money has no such button', () => {
    ask();
    running.press('Escape');
    expect(dialog()).toBeNull();
    expect(running.given()).toEqual([]);
    running.press('ArrowUp');
    expect(chosen()).toBe('2-1124-0013');
    running.press('f');
    expect(dialog()).toBeNull();
  });
});

describe('a held photo', () => {
  const held = (packet: string) => {
    running = open('queue');
    go(packet);
    running.press('Enter');
    expect(dialog()?.dataset['dialog']).toBe('held-payment');
  };

  it('shows its code, closes its order, and goes by itself once the fee came', () => {
    held('2-1124-0022');
    expect(dialog()?.textContent).toContain('请郑皓宇扫码付款');
    expect(dialog()?.querySelector('[data-qr]')).not.toBeNull();
    running.press('c');
    running.press('n');
    running.press('F9');
    expect(running.given(), 'no other way while the order is open').toEqual([]);
    running.press('x');
    expect(running.port.sent).toEqual([{ do: 'settle_held', enrolment: 'e-22', way: { by: 'close' } }]);
    const released = views['queue']!();
    if (released.screen.page !== 'queue') throw new Error('no queue');
    const rows = released.screen.rows.map((one) => (one.enrolment === 'e-22' ? { ...one, state: 'waiting' as const, order: null } : one));
    running.port.show({ ...released, screen: { ...released.screen, rows } });
    flushSync();
    expect(dialog()).toBeNull();
  });

  it('whose order is closed shows no code, and a supervisor may exempt it', () => {
    held('2-1124-0024');
    expect(dialog()?.querySelector('[data-qr]')).toBeNull();
    expect(dialog()?.textContent).toMatch(/解思远还没有付款.*请换一种方式收费/);
    running.press('F9');
    expect(dialog()?.dataset['dialog']).toBe('supervisor-decision');
    running.press('1', { altKey: true });
    field('supervisor-pin').focus();
    running.type('2580');
    running.press('Enter');
    expect(running.port.sent).toHaveLength(1);
    expect(running.port.sent[0]).toMatchObject({ do: 'settle_held', enrolment: 'e-24', way: { by: 'exempt', supervisor: 'lizhuren', pin: '2580' } });
  });
});
