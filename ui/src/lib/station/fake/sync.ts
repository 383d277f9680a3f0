import type { NewsScreen } from '../bindings/NewsScreen';
import type { QueueRow } from '../bindings/QueueRow';
import type { QueueSummary } from '../bindings/QueueSummary';
import type { StationView } from '../bindings/StationView';
import type { StickScreen } from '../bindings/StickScreen';
import { qrPath } from './qr';
import { NOW, queueRow, view } from './sample';

const minutes = (n: number) => NOW - n * 60_000;
/** An order that can still be paid. */
export const order = { id: 'CS-1124-0318', state: 'not_paid' as const, amount_fen: 2000, channel: 'wechat' as const, qr_path: qrPath, qr_size: 29, at: NOW - 18_000, expires_at: NOW + 7_182_000 };

const plain = view({ page: 'notes' }).queue;
/** No answer for most of an hour, and everything waits. */
export const offline: QueueSummary = {
  ...plain, unacknowledged: 27, waiting: 27, sending: 0, last_answer: minutes(52), oldest_waiting: minutes(55),
  link_fault: 'server_unreachable', link_fault_since: minutes(51), link_next_try_at: NOW + 48_000,
};
const troubled: QueueSummary = {
  ...plain, unacknowledged: 42, attention: 2, waiting: 38, sending: 1, held: 1, last_answer: NOW - 1000, bytes_per_s: 412_000,
  oldest_waiting: minutes(52), messages: 2, twins: 1,
};
/** The link rests for another reason than silence. */
const resting = (fault: string, next = NOW + 540_000): QueueSummary => ({
  ...offline, last_answer: NOW - 130_000, link_fault: fault, link_fault_since: NOW - 120_000, link_next_try_at: next,
});

const sent: Partial<QueueRow> = { state: 'acknowledged', acknowledged_at: minutes(3), attempts: 1, confirmed_bytes: 3_000_000 };
const rows: QueueRow[] = [
  queueRow(17, '张浩然', { packet: '0199a3c2-77f0-7c41-9d52-6b1f0e4a8c17', state: 'needs_attention', fault: 'server_refused', attempts: 1, failed_at: minutes(14) }),
  queueRow(18, '刘雨桐', { packet: '0199a3c2-91ab-7f02-8a6e-20cd51b7e918', state: 'needs_attention', fault: 'upload_mismatch', attempts: 2, failed_at: minutes(9) }),
  queueRow(16, '尉迟靖', { state: 'sending', confirmed_bytes: 2_100_000, attempts: 2 }),
  queueRow(20, '欧阳明月', { retake: true }),
  queueRow(15, '仇一鸣', { attempts: 3, fault: 'server_unreachable', failed_at: minutes(1), next_attempt_at: NOW + 145_000, exported_at: minutes(12) }),
  queueRow(22, '郑皓宇', { state: 'held', order }),
  queueRow(23, '阿依努尔·买买提', { state: 'held' }),
  queueRow(14, '曾可欣', { ...sent, review: 'approved', withdrawable: false }),
  queueRow(13, '蒋一诺', { ...sent, review: 'rejected', reasons: ['teeth'], exported_at: minutes(30) }),
  queueRow(12, '沈知行', { ...sent, owed: { payment: 'CS-20261128-0012', amount_fen: 2000 } }),
  queueRow(11, '孙宇航', {
    state: 'withdrawn', withdrawable: false, attempts: 1,
    withdrawn: { reason: '另一个采集位已拍过', by: '李主任', at: minutes(16) },
  }),
  queueRow(10, '马晓燕', { ...sent, state: 'superseded', review: 'rejected', withdrawable: false }),
  queueRow(24, '解思远', { state: 'held', order: { ...order, id: 'CS-0199a3c2b04e7f2ab6d5e8c19a3', state: 'closed' }, ways: ['order', 'cash', 'exempt'] }),
];

/** Two hundred rows with their states and courses changed by `turn`; every fourth change also moves rows. */
export function stirred(turn: number): StationView {
  const many = Array.from({ length: 200 }, (_, i) => {
    const done = (i * 15_000 + turn * 40_000) % 3_000_000;
    const over: Partial<QueueRow> = i < 4 ? { state: 'sending', confirmed_bytes: done } : { fault: 'server_unreachable', failed_at: minutes(i % 50) };
    return queueRow(1000 + i, '欧阳明月', { attempts: 1 + ((turn + i) % 9), stored_at: minutes(i + 1), ...over });
  });
  const first = many.splice(0, Math.floor(turn / 4) % 5);
  const queue = { ...troubled, unacknowledged: 200, waiting: 196, sending: 4, attention: 0, held: 0, bytes_per_s: 300_000 + turn };
  return view({ page: 'queue', rows: [...many, ...first] }, { queue });
}

const rejected: Partial<QueueRow> = { state: 'acknowledged', review: 'rejected' };
const retakes: QueueRow[] = [
  queueRow(20, '欧阳明月', { ...rejected, stored_at: minutes(26 * 60), reasons: ['teeth', 'ears'], text: '请把头发别到耳后，嘴唇自然闭合。' }),
  queueRow(25, '张翀', { ...rejected, reasons: ['glasses'] }),
  queueRow(27, '徐嘉懿', { ...rejected, class_name: '计算机 2402 班', reasons: ['other'], text: '左右光线不均' }),
];
const first = retakes[0]?.packet ?? '';

const news: { page: 'news' } & NewsScreen = {
  page: 'news',
  messages: [
    { id: 'm-2', urgent: false, text: '学前教育 2401 班改为下午两点以后来，请按新名单叫号。', at: minutes(18) },
    { id: 'm-1', urgent: true, text: '请检查左侧补光灯：上午有 14 张照片因为左右光线不均被退回。\n改好之前先不要继续拍 2402 班。', at: minutes(40) },
  ],
  twins: [
    {
      packet: '2-1124-0031', name: '陈思涵', class_name: '护理 2401 班', student_number: '20240317', taken_at: minutes(70),
      other_station: '3 号采集位', at: minutes(25), withdrawable: true,
    },
    {
      packet: '2-1124-0032', name: '阿依努尔·买买提', class_name: '护理 2401 班', student_number: '20240319', taken_at: minutes(95),
      other_station: '图书馆采集位', at: minutes(33), withdrawable: false,
    },
  ],
};

const stick: { page: 'stick' } & StickScreen = {
  page: 'stick',
  sticks: [
    { path: '/media/usb/KINGSTON', label: 'KINGSTON', free: 14_200_000_000, acknowledgements: true },
    { path: '/media/usb/backup', label: '学籍处备份', free: 380_000_000, acknowledgements: false },
  ],
  waiting: 41,
  writing: null,
  outcome: null,
};
const done = { label: 'KINGSTON', written: 41, acknowledged: 38, refused: 2, fault: null };
const counted = (queue: QueueSummary) => ({ queue: { ...queue, messages: 2, twins: 2 } });

/** Snapshots of the queue and the pages round it. */
export const syncViews: Record<string, () => StationView> = {
  queue: () => view({ page: 'queue', rows }, { queue: troubled }),
  'queue-empty': () =>
    view({ page: 'queue', rows: [] }, { queue: { ...troubled, unacknowledged: 0, attention: 0, waiting: 0, sending: 0, held: 0, oldest_waiting: null } }),
  'queue-offline': () => view({ page: 'queue', rows: rows.slice(3) }, { queue: offline }),
  'queue-portal': () => view({ page: 'queue', rows: rows.slice(3) }, { queue: resting('server_nonsense') }),
  'queue-certificate': () => view({ page: 'queue', rows: rows.slice(3) }, { queue: { ...resting('server_certificate'), clock_off_s: -97_200 } }),
  'queue-not_accepted': () => view({ page: 'queue', rows: rows.slice(3) }, { queue: resting('station_not_accepted') }),
  'queue-version': () => view({ page: 'queue', rows: rows.slice(3) }, { queue: resting('server_version', NOW - 1000) }),
  'queue-clock': () => view({ page: 'queue', rows }, { queue: { ...troubled, clock_off_s: 420 } }),
  'queue-paused': () => view({ page: 'queue', rows: rows.slice(3) }, { queue: { ...troubled, attention: 0, sending: 0, paused: true } }),
  'queue-pin': () =>
    view({ page: 'queue', rows }, { queue: troubled, notice: { level: 'warn', code: 'fault.pin_wrong', args: { left: '3' } } }),
  'queue-many': () => stirred(0),
  retakes: () => view({ page: 'retakes', rows: retakes, photo: { packet: first, state: 'there', fault: null } }, counted(plain)),
  'retakes-unasked': () => view({ page: 'retakes', rows: retakes, photo: null }),
  'retakes-asked': () => view({ page: 'retakes', rows: retakes, photo: { packet: first, state: 'asked', fault: null } }),
  'retakes-missing': () =>
    view({ page: 'retakes', rows: retakes, photo: { packet: first, state: 'missing', fault: 'server_unreachable' } }, { queue: offline }),
  'retakes-none': () => view({ page: 'retakes', rows: [], photo: null }),
  news: () => view(news, counted(plain)),
  'news-messages': () => view({ ...news, twins: [] }, { queue: { ...plain, messages: 2 } }),
  'news-none': () => view({ page: 'news', messages: [], twins: [] }),
  stick: () => view(stick, { queue: offline }),
  'stick-none': () => view({ ...stick, sticks: [] }, { queue: offline }),
  'stick-collect': () => view({ ...stick, waiting: 0 }),
  'stick-writing': () => view({ ...stick, writing: 12 }, { queue: offline }),
  'stick-written': () => view({ ...stick, waiting: 3, outcome: done }, { queue: { ...offline, unacknowledged: 3, waiting: 3 } }),
  'stick-damaged': () => view({ ...stick, outcome: { ...done, written: 40, acknowledged: 0, refused: 0, fault: 'packet_damaged' } }, { queue: offline }),
  'stick-full': () => view({ ...stick, outcome: { ...done, written: 0, acknowledged: 0, refused: 0, fault: 'stick_full' } }, { queue: offline }),
  'stick-gone': () => view({ ...stick, sticks: [], outcome: { ...done, written: 0, acknowledged: 0, refused: 0, fault: 'stick_gone' } }, { queue: offline }),
};
