import type { DayEndScreen } from '../bindings/DayEndScreen';
import type { LooseRow } from '../bindings/LooseRow';
import type { StationView } from '../bindings/StationView';
import { NOW, view } from './sample';
import { offline } from './sync';

const HOUR = 3_600_000;
const loose = (n: number, name: string): LooseRow => ({
  enrolment: `e-${n}`, name, class_name: '护理 2401 班', student_number: `2024010${n}`, amount_fen: 2000, owed: null, at: NOW - n * HOUR,
});
const sum = (count: number, fen: number) => ({ count, fen });

/** A day with cash that was not counted yet. */
const day: { page: 'day_end' } & DayEndScreen = {
  page: 'day_end',
  from: NOW - 10 * HOUR,
  until: NOW,
  captured: 98,
  retaken: 5,
  acknowledged: 87,
  methods: [
    { method: 'order', brings_money: true, sum: sum(43, 86_000) },
    { method: 'cash', brings_money: true, sum: sum(9, 18_000) },
    { method: 'prepaid', brings_money: false, sum: sum(38, 0) },
    { method: 'exempt', brings_money: false, sum: sum(2, 0) },
  ],
  operators: [{ name: '', sum: sum(3, 6000) }, { name: '周敏', sum: sum(89, 98_000) }],
  classes: [{ name: '护理 2401 班', sum: sum(44, 48_000) }, { name: '护理 2402 班', sum: sum(31, 36_000) }, { name: '会计 2401 班', sum: sum(17, 20_000) }],
  total: sum(92, 104_000),
  refunded: sum(1, 2000),
  drawer: { float_fen: 0, taken_fen: 18_000, given_back_fen: 2000 },
  expected_fen: 16_000,
  count: null,
  missing: 'day_not_counted',
  paid_without_photo: [{ ...loose(1, '单文博'), owed: { payment: 'CS-20261128-0031', amount_fen: 2000 } }, loose(2, '曾可欣')],
  photo_without_payment: [loose(3, '郑皓宇')],
  unsent: [{ packet: '2-1124-0031', name: '郑皓宇', class_name: '护理 2401 班', state: 'held', at: NOW - HOUR }],
  unsent_total: 9,
  refunds: [{ name: '欧阳明月', method: 'cash', amount_fen: 2000, state: 'done', reason: '不拍了' }],
  answered: [
    { what: 'fee_exempted', detail: 'lihua: 孤儿免缴', at: NOW - 5 * HOUR },
    { what: 'override', detail: 'hair_over_brows lihua', at: NOW - 2 * HOUR },
  ],
  signed: [{ number: 41, at: NOW - 14 * HOUR, supervisor: '李主任', total: sum(80, 96_000) }],
  making: false,
  files: [],
};
const counted: typeof day = {
  ...day, expected_fen: 36_000, drawer: { ...day.drawer, float_fen: 20_000 }, missing: 'day_not_explained',
  count: { float_fen: 20_000, counted_fen: 35_000, explanation: '', difference_fen: -1000 },
};

export const dayViews: Record<string, () => StationView> = {
  day_end: () => view(day),
  'day_end-short': () => view(counted),
  'day_end-ready': () => view({ ...counted, missing: null, count: { float_fen: 20_000, counted_fen: 35_000, explanation: '找错零钱', difference_fen: -1000 } }, { queue: offline }),
  'day_end-empty': () =>
    view({
      ...day, captured: 0, retaken: 0, acknowledged: 0, methods: [], operators: [], classes: [], total: sum(0, 0), refunded: sum(0, 0),
      drawer: { float_fen: 0, taken_fen: 0, given_back_fen: 0 }, expected_fen: 0, missing: null, paid_without_photo: [], photo_without_payment: [],
      unsent: [], unsent_total: 0, refunds: [], answered: [], from: null, signed: [],
    }),
  'day_end-signed': () =>
    view(
      { ...day, captured: 0, retaken: 0, acknowledged: 0, methods: [], operators: [], classes: [], total: sum(0, 0), refunded: sum(0, 0),
        drawer: { float_fen: 0, taken_fen: 0, given_back_fen: 0 }, expected_fen: 0, missing: null, refunds: [], answered: [],
        signed: [{ number: 42, at: NOW, supervisor: '李主任', total: sum(92, 104_000) }, ...day.signed],
        files: ['D:\\采集站\\papers\\day-000042.xlsx', 'D:\\采集站\\papers\\day-000042.pdf'] },
      { notice: { level: 'info', code: 'fault.day_signed', args: { number: '42' } } },
    ),
};
