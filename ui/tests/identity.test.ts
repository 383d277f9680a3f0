import { afterEach, expect, it } from 'vitest';
import { open, type Running } from './mount';

let running: Running;
afterEach(() => running.stop());

const input = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`);
const body = () => document.body.textContent ?? '';
const dialog = () => document.querySelector('[data-dialog=supervisor-decision]');

it('a permit asks for the birth date its number has not, and may be said to be a passport', () => {
  running = open('identity-typed&go');
  input('name')?.focus();
  running.type('陈思涵');
  input('number')?.focus();
  running.type('h12345678');
  expect(body()).toContain('港澳居民来往内地通行证');
  expect(body()).toContain('请逐位对照');
  running.press('Enter');
  expect(running.given()).not.toContain('verify_identity');
  input('birth')?.focus();
  running.type('2006-03-12');
  running.press('p', { altKey: true });
  expect(running.port.sent.at(-1)).toEqual({
    do: 'check_document', name: '陈思涵', number: 'H12345678', kind: 'passport', birth: '2006-03-12', valid_from: '', valid_until: '',
  });
  running.press('Enter');
  expect(running.given().at(-1)).toBe('verify_identity');
});

it('the lines of a zone come one by one and bring the name along', () => {
  running = open('identity-typed&go');
  input('number')?.focus();
  running.type('P<CHNCHEN<<SIHAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<');
  running.type('E123456789CHN0603124F3001019<<<<<<<<<<<<<<04');
  expect(input('name')?.value).toBe('CHEN SIHAN');
  expect(body()).toContain('国籍 中国');
  running.press('Enter');
  expect(running.page()).toBe('enrolment');
});

it('an expired card stops the desk and names the way on', () => {
  running = open('identity-expired');
  expect(document.querySelector('[data-notice="refusal.document_expired"]')?.textContent).toContain('按 F9 请主管决定');
  running.press('Enter');
  expect(running.given()).toEqual([]);
});

it('a supervisor vouches for somebody without a document', () => {
  running = open('identity-consented&go');
  running.press('F9');
  expect(dialog()?.textContent).toContain('没有带证件');
  running.press('1', { altKey: true });
  input('reason')?.focus();
  running.type('班主任当面确认');
  input('supervisor-pin')?.focus();
  running.type('2580');
  running.press('Enter');
  expect(running.port.sent.at(-1)).toMatchObject({ do: 'vouch_identity', name: '陈思涵', number: '', why: 'no_document', other: null, pin: '2580' });
  expect(running.page()).toBe('enrolment');
});

it('for a twin the other record is chosen first', () => {
  running = open('identity-consented&go');
  running.press('F9');
  running.press('3', { altKey: true });
  expect(dialog()?.textContent).toContain('先选另一位的记录');
  input('vouch-other')?.focus();
  running.type('陈思');
  document.querySelector<HTMLButtonElement>('[data-dialog] [data-enrolment]')?.click();
  input('supervisor-pin')?.focus();
  running.type('2580');
  running.press('Enter');
  const sent = running.port.sent.at(-1);
  expect(sent).toMatchObject({ do: 'vouch_identity', why: 'twin', number: '110105200603120028' });
  expect(sent?.do === 'vouch_identity' && sent.other).toBeTruthy();
});
