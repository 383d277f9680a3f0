import { afterEach, describe, expect, it } from 'vitest';
import en from '../messages/en.json';
import zh from '../messages/zh-CN.json';
import { birthDate, groups, looksLikeNumber, masked, plainNumber, sex } from '../src/lib/format/document';
import { fen, notes, yuan } from '../src/lib/format/money';
import { bytes, limits, measured } from '../src/lib/format/number';
import { qrPath } from '../src/lib/format/qr';
import { span } from '../src/lib/format/time';
import { format } from '../src/lib/i18n/format';
import { setLanguage } from '../src/lib/i18n/words.svelte';
import { bands, mirrored, place } from '../src/lib/preview/guide';
import { rows } from '../src/lib/preview/gist';
import { measuredView } from '../src/lib/preview/measured';
import { frameNumber } from '../src/lib/preview/pull';
import { lag } from '../src/lib/shell/link';
import { queueChip } from '../src/lib/shell/queue-chip';
import { checks, NOW, specification, view } from '../src/lib/station/fake/sample';

afterEach(() => setLanguage('zh-CN'));

describe('messages', () => {
  it('are the same keys in both languages, sorted', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    expect(Object.keys(zh)).toEqual(Object.keys(zh).toSorted());
  });

  it('take the same arguments in both languages', () => {
    const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort();
    for (const key of Object.keys(zh) as Array<keyof typeof zh>) {
      expect(names(en[key]), key).toEqual(names(zh[key]));
      expect(zh[key].length * en[key].length, key).toBeGreaterThan(0);
      expect(zh[key].replace(/\{\w+\}/g, '') + en[key].replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
    }
  });

  it('say what to do wherever they say what is wrong', () => {
    const codes = Object.keys(zh).filter((key) => /^(fault|refusal|departure)\.[a-z_]+$/.test(key));
    expect(codes.length).toBeGreaterThan(60);
    for (const code of codes) expect(zh, code).toHaveProperty([`${code}.do`]);
  });

  it('keep instructions short: ten characters, six words', () => {
    const operator = /too_dark|too_bright|white_balance|backdrop_uneven/;
    for (const key of Object.keys(zh) as Array<keyof typeof zh>) {
      if (!key.startsWith('instruction.') || operator.test(key)) continue;
      expect([...zh[key].replaceAll('，', '')].length, key).toBeLessThanOrEqual(10);
      expect(en[key].split(' ').length, key).toBeLessThanOrEqual(6);
      expect(zh[key] + en[key], key).not.toMatch(/[!！]|错误/);
    }
  });
});

describe('the formatter', () => {
  it('fills arguments in and leaves a missing one to be seen', () => {
    expect(format('{a} and {b}, {a}', { a: 1 })).toBe('1 and {b}, 1');
  });

  it('takes arguments as they are, whatever stands in them', () => {
    expect(format('{text}', { text: '{a} $& <b>' })).toBe('{a} $& <b>');
  });
});

describe('numbers of people and money', () => {
  it('narrow full-width digits and group them', () => {
    expect(plainNumber(' １１０１０5 19491231-002x9')).toBe('11010519491231002X9');
    expect(plainNumber('p《utoeriksson')).toBe('P<UTOERIKSSON');
    expect(groups('H12345678')).toEqual(['H12345678']);
    expect(groups('1101051949123')).toEqual(['110105', '1949', '123']);
    expect(masked('110105194912310028')).toBe('1101 ∗∗∗∗ ∗∗∗∗ ∗∗ 0028');
    expect(birthDate('11010519491231')).toBe('1949-12-31');
    expect(sex('11010519491231002')).toBe('female');
    expect(looksLikeNumber('11010519491231002X')).toBe(true);
    expect(looksLikeNumber('20240317')).toBe(false);
  });

  it('are whole fen', () => {
    expect(yuan(2005)).toBe('20.05');
    expect(fen('20')).toBe(2000);
    expect(fen('20.5')).toBe(2050);
    expect(fen('20.555')).toBeNull();
    expect(fen('-1')).toBeNull();
    expect(notes(3050)).toEqual([[2000, 1], [1000, 1], [50, 1]]);
  });

  it('stand in a QR code whose finders are where a phone looks for them', () => {
    const { path, size } = qrPath('https://example.invalid/service');
    expect((size - 17) % 4).toBe(0);
    for (const corner of ['M0 0h7', `M${size - 7} 0h7`, `M0 ${size - 7}h7`]) expect(path).toContain(corner);
    expect(qrPath('a').path).not.toBe(qrPath('b').path);
  });

  it('read with their unit and limits', () => {
    const result = (unit: string, min: number | null, max: number | null) =>
      limits({ check: 'x', value: 1, unit, min, max, verdict: 'pass', force: 'gate', confidence: null, code: null });
    expect(measured(-1.44, 'deg')).toBe('−1.4°');
    expect(measured(-0.01, 'px')).toBe('0');
    expect(measured(0.091, 'ratio')).toBe('0.091');
    expect(result('px', 180, 300)).toBe('180–300');
    expect(result('deg', -10, 10)).toBe('±10°');
    expect(result('ratio', null, 0.045)).toBe('≤ 0.045');
    expect(result('px', 60, null)).toBe('≥ 60');
    expect(result('count', 1, 1)).toBe('1');
    expect([34_400, 2_100_000, 380_000_000, 14_200_000_000].map(bytes)).toEqual(['34 KB', '2.1 MB', '380 MB', '14.2 GB']);
    expect(span(78)).toBe('1:18');
    expect([-150, 5400, 7200, 3 * 86_400].map(lag)).toEqual(['3 分钟', '90 分钟', '2 小时', '3 天']);
  });
});

describe('the queue’s chip', () => {
  const base = view({ page: 'notes' }).queue;
  const say = (over: Partial<typeof base>) => {
    const chip = queueChip({ ...base, last_answer: NOW, ...over }, NOW);
    return `${chip.tone}: ${chip.count}, ${chip.sub}`;
  };

  it('counts the age of the last answer over ten seconds and says so over sixty', () => {
    expect(say({})).toBe('queue: 未签收 3, 中心有应答');
    expect(say({ last_answer: NOW - 34_000 })).toBe('queue: 未签收 3, 中心 34 秒前应答');
    expect(say({ last_answer: NOW - 61_000 })).toBe('offline: 未签收 3, 中心 09:42 起无应答');
    expect(say({ last_answer: null })).toBe('offline: 未签收 3, 中心还没有应答过');
  });

  it('puts attention before offline and keeps the count', () => {
    expect(say({ attention: 2, unacknowledged: 41, last_answer: null })).toBe('attn: 未签收 41, 2 件需处理');
  });

  it('tells why the link rests, calmly unless somebody must do something', () => {
    const resting = { link_fault_since: NOW - 240_000, last_answer: NOW - 300_000 };
    expect(say({ ...resting, link_fault: 'server_unreachable' })).toBe('offline: 未签收 3, 中心 09:40 起无应答');
    expect(say({ ...resting, link_fault: 'server_certificate' })).toBe('offline: 未签收 3, 中心的证书不可信');
    expect(say({ ...resting, link_fault: 'station_not_accepted', paused: true })).toBe('attn: 未签收 3, 中心不接受这台采集站');
    expect(say({ ...resting, link_fault: 'server_version', attention: 2 })).toBe('attn: 未签收 3, 2 件需处理');
    expect(say({ paused: true })).toBe('queue: 未签收 3, 已暂停发送');
  });

  it('says zero as received, with the time, and unknown as unknown', () => {
    expect(say({ unacknowledged: 0 })).toBe('queue: 全部签收, 最近 09:41');
    expect(say({ unacknowledged: 0, last_answer: NOW - 120_000 })).toBe('offline: 全部签收, 中心 09:42 起无应答');
    expect(say({ unreadable: true, unacknowledged: 0 })).toBe('attn: 数量未知, 读不到数据，拍照已停');
  });
});

describe('the preview', () => {
  it('mirrors the guide with the picture', () => {
    expect(mirrored({ x: 100, y: 0, width: 540, height: 720 }, 1280)).toEqual({ x: 640, y: 0, width: 540, height: 720 });
  });

  it('puts the guide into the middle of any stage', () => {
    const guide = { x: 370, y: 0, width: 540, height: 720 };
    for (const [w, h] of [[950, 584], [1420, 870], [500, 900]] as const) {
      const at = place(guide, w, h);
      expect(at.left + (guide.x + guide.width / 2) * at.scale).toBeCloseTo(w / 2);
      expect(at.top + (guide.y + guide.height / 2) * at.scale).toBeCloseTo(h / 2);
      expect(guide.height * at.scale).toBeLessThan(h);
      expect(guide.width * at.scale).toBeLessThan(w);
    }
  });

  it('draws the specification’s own bands with what was found', () => {
    const [crown, eyes, chin] = bands(specification, checks({ crown: { verdict: 'fail' }, eye_line: { verdict: 'not_assessed' } }));
    expect(crown).toEqual({ id: 'crown', from: 50, to: 110, derived: false, state: 'off' });
    expect(eyes).toEqual({ id: 'eyes', from: 200, to: 300, derived: false, state: 'idle' });
    expect(chin).toMatchObject({ derived: true, state: 'idle', from: 371, to: 451 });
  });

  it('gathers the checks into rows that never change their order', () => {
    const order = rows(checks()).map((row) => row.id);
    const worse = rows(checks({ gaze: { verdict: 'fail' }, pitch: { verdict: 'warn' } }));
    expect(worse.map((row) => row.id)).toEqual(order);
    expect(worse.find((row) => row.id === 'eyes')).toMatchObject({ verdict: 'fail', worst: { check: 'gaze' } });
    expect(worse.find((row) => row.id === 'head')).toMatchObject({ verdict: 'warn', worst: { check: 'pitch' } });
  });

  it('joins width and height and names only what is wrong beyond the usual numbers', () => {
    const row = (id: string, number: number, ok = true) => ({ id, value: '', wanted: '', number, min: number, max: number, ok });
    const measured = [row('width', 480), row('height', 640), row('faces', 1), row('quality', 40, false), row('crown', 80)];
    const { rows: shown, rest } = measuredView(measured);
    expect(shown.map((r) => r.id)).toEqual(['quality', 'pixels', 'crown']);
    expect(shown[1]).toMatchObject({ value: '480 × 640', wanted: '480 × 640', ok: true });
    expect(rest).toEqual(['faces']);
  });

  it('knows a frame from an empty answer', () => {
    const body = new ArrayBuffer(20);
    new DataView(body).setUint32(0, 77, true);
    expect(frameNumber(body)).toBe(77);
    expect(frameNumber(new ArrayBuffer(0))).toBeNull();
  });
});
