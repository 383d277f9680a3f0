import type { StationView } from '../bindings/StationView';
import type { CaptureScreen } from '../bindings/CaptureScreen';
import type { HomeScreen } from '../bindings/HomeScreen';
import type { IdentityScreen } from '../bindings/IdentityScreen';
import type { PaymentScreen } from '../bindings/PaymentScreen';
import type { PersonRow } from '../bindings/PersonRow';
import type { ReviewScreen } from '../bindings/ReviewScreen';
import { cardSide, doubtful, glaring } from './card';
import { codeViews } from './code';
import { absent, camera, measuring, plain } from './camera';
import {
  NOW, asked, called, checks, classes, counted, evidence, next, notLookedAt, operators, payer, people, person, places, returning, setup,
  specification, ticks, view,
} from './sample';
import { dayViews } from './day';
import { document, wrong } from './document';
import { enrolmentViews } from './enrolment';
import { rosterViews } from './roster';
import { offline, order, syncViews } from './sync';

const home: { page: 'home' } & HomeScreen = {
  page: 'home', classes, class_name: '护理 2401 班', search: '', filter: 'all', counts: counted(classes.slice(0, 1)), session: counted(classes),
  people, next, picked: false, following: people.slice(4, 7), walk_ins: true, roster_problems: [], roster_problems_total: 0, codes: null,
};
const nobody = { people: [], next: null, following: [], counts: counted([]) };
const waiting = people.filter((one) => one.state === 'to_capture');
const badRows = [
  ...['number_check_digit', 'name', 'duplicate', 'from_a_newer_centre'].map((code, i) => ({ row: [3, 17, 0, 58][i] ?? 0, code })),
  ...Array.from({ length: 196 }, (_, i) => ({ row: 100 + i, code: 'document_number' })),
];
const identity: { page: 'identity' } & IdentityScreen = {
  page: 'identity',
  agreement: {
    version: '2026-09',
    title: '《用户隐私协议》',
    text:
      '本次图像采集由学校委托进行。我们收集您的姓名、居民身份证号码、学籍信息和现场拍摄的照片，仅用于毕业生学历图像的采集、审核与上报。\n照片在本机加密后上传至采集中心，由中心审核，审核完成前保留在本机，签收后按期限删除。\n您可以查询、更正您的信息，也可以撤回同意；撤回后未提交的内容不再保留。不同意不影响您通过其他途径办理。\n未满 14 周岁的，须由监护人同意。\n如有疑问，请联系现场工作人员或页面所示客服电话。',
    sha256: 'sample',
  },
  consent: false,
  called_name: '陈思涵',
  called_number: '110105200603120028',
  method: 'compared',
  listed: false,
  guardian_needed: false,
  card_wanted: false,
  card: [cardSide('front', 'missing'), cardSide('back', 'missing')],
  document: document('110105200603120028'),
  others: [],
  code: null,
  scanned_number: null,
};
const withCard = { ...identity, consent: true, card_wanted: true };
const halfTaken = [cardSide('front', 'kept', 1), cardSide('back', 'missing')];
const typed = { ...identity, called_number: null, method: 'typed' as const, consent: true, document: document('') };
const payment: { page: 'payment' } & PaymentScreen = {
  page: 'payment',
  fee_fen: 2000,
  fee_text: '采集费，按本场次设置',
  methods: [
    { method: 'order', closed: null },
    { method: 'cash', closed: null },
    { method: 'prepaid', closed: 'not_on_roster' },
    { method: 'exempt', closed: null },
  ],
  method: 'order',
  order: null,
  channels: ['wechat', 'alipay'],
  may_go_on_unknown: true,
};
/** Every way there is. */
const many = [...payment.methods, { method: 'voucher' as const, closed: null }, { method: 'at_sync' as const, closed: null }];
const capture: { page: 'capture' } & CaptureScreen = {
  page: 'capture',
  frame_width: 1280,
  frame_height: 720,
  guide: { x: 370, y: 0, width: 540, height: 720 },
  specification,
  results: checks(),
  instruction: 'good',
  good: true,
  auto_shutter: true,
  countdown: null,
  training: false,
  attempt: 1,
  checks_per_s: 16,
  exceptions: [],
  code: null,
};
const review: { page: 'review' } & ReviewScreen = {
  page: 'review', sample: 1, frame: 41, width: 1920, height: 1080, guide: { x: 555, y: 0, width: 810, height: 1080 },
  results: [...checks(), ...asked(), ...notLookedAt('retouching', 'wall_distance', 'reshot')], regions: [], ticks: ticks(), exceptions: [],
  assessing: false, acceptable: false, overridable: true, attempt: 1, attempts_before_override: 3,
};
const answered = { ...review, ticks: ticks('fits'), acceptable: true };
const smiling = checks({
  mouth: { verdict: 'fail', value: 0.091, code: 'teeth' },
  background_even: { verdict: 'warn', value: 14, code: 'backdrop_uneven' },
  clothes: { verdict: 'not_assessed', value: null, code: 'little_cloth', force: 'advice' },
  ears: { verdict: 'fail', value: 0.05, code: 'ears' },
});
const caught = {
  ...review, results: [...smiling, ...asked(), ...notLookedAt('retouching')], acceptable: false, attempt: 3,
  regions: [{ check: 'mouth', rects: places.mouth }, { check: 'ears', rects: places.ears }],
  ticks: ticks('fits').map((tick) => (tick.id === 'clothes' ? { ...tick, answer: 'breaks' as const } : tick)),
};
const last = {
  page: 'last_look' as const, sample: 1, person: next, overridden: [] as string[], supervisor: null as string | null, held: false,
  untouched: false, ground_choice: false, width_px: 480, height_px: 640,
  measured: [
    ['width', '480 px', '480', 480, 480, 480],
    ['height', '640 px', '640', 640, 640, 640],
    ['density', '300 dpi', '300', 300, 300, 300],
    ['bytes', '33.6 KB', '19.5–39.1', 34_400, 20_000, 40_000],
    ['coding', '0 count', '≤ 0', 0, null, 0],
    ['quality', '92 quality', '≥ 60', 92, 60, null],
    ['background_colour', '0.4 ΔE', '≤ 2.0', 0.4, null, 2],
    ['background_even', '0.6 ΔE', '≤ 2.0', 0.6, null, 2],
    ['background_remnant', '0 px', '≤ 12', 0, null, 12],
    ['faces', '1 count', '≥ 1', 1, 1, null],
    ['crown', '78 px', '50–110', 78, 50, 110],
    ['eyes', '251 px', '200–300', 251, 200, 300],
    ['face_width', '212 px', '180–300', 212, 180, 300],
    ['centre', '3 px', '≤ 12', 3, null, 12],
    ['edge', '0.2 L*', '≤ 0.5', 0.2, null, 0.5],
  ].map(([id, value, wanted, number, min, max]) => ({ id, value, wanted, number, min, max, ok: true }) as never),
};
const blind = { state: 'lost' as const, name: 'USB 3-2 C920', fps: 0, width: 0, height: 0, fault: 'camera_gone' };
const notice = (level: 'info' | 'warn' | 'fail' | 'offline', code: string, args: Record<string, string> = {}) => ({ level, code, args });
const serving = (at: number) => ({ person: called, evidence: evidence(at) });
const paying = { person: payer, evidence: evidence(2, { enrolment: { code: 'student_number', args: { number: '20240318' } } }) };

/** Recorded snapshots: every page, and the states of it that look different. */
export const views: Record<string, () => StationView> = {
  starting: () => view({ page: 'starting' }, { operator: null, setup: null, camera: { ...blind, state: 'opening', fault: null } }),
  'broken-start': () =>
    view({ page: 'broken' }, { operator: null, setup: null, contact: null, notice: notice('fail', 'fault.store_failed', { what: 'disk I/O error' }) }),
  broken: () => view({ page: 'broken' }, { operator: null, setup: null, notice: notice('fail', 'fault.model_missing', { what: 'face_landmarks.onnx' }) }),
  sign_in: () => view({ page: 'sign_in', operators, locked_until: null }, { operator: null, setup: null }),
  'sign_in-locked': () =>
    view({ page: 'sign_in', operators, locked_until: NOW + 290_000 }, { operator: null, setup: null, notice: notice('warn', 'fault.pin_locked', { until: String(NOW + 290_000) }) }),
  choose_session: () =>
    view({ page: 'choose_session', sessions: [setup, { ...setup, id: 'walk-in', title: '散拍·行政楼', kind: 'walk_in' }] }, { setup: null }),
  'choose_session-none': () => view({ page: 'choose_session', sessions: [] }, { setup: null, contact: null, notice: notice('warn', 'fault.no_sessions') }),
  home: () => view(home),
  'home-offline': () => view(home, { queue: offline }),
  'home-news': () => view(home, { queue: { ...offline, messages: 2, twins: 1 } }),
  'home-missing': () => view({ ...home, filter: 'missing', people: waiting }),
  'home-retake': () => view({ ...home, filter: 'retake', people: people.filter((one) => one.state === 'retake') }),
  'home-absent': () =>
    view({ ...home, people: people.map((one) => (one.ticket === '037' ? { ...one, absent: true } : one)), next: people[4] ?? null, following: people.slice(5, 8) }),
  'home-absent_again': () => {
    const late = { ...next, absent: true };
    return view({ ...home, filter: 'missing', people: [late], next: late, following: [] });
  },
  'home-search': () => {
    const found = person('040', '欧阳明月', { state: 'retake', prepaid: true });
    return view({ ...home, search: '欧阳', people: [found], next: found, following: [] });
  },
  'home-several': () => {
    const people = [person('037', '陈思涵'), person('088', '陈思涵', { class_name: '健康管理 2501 班', student_number: '20250317' })];
    return view({ ...home, class_name: '', search: '317', people, next: people[0] ?? null, following: [] }, { notice: notice('warn', 'fault.number_several', { text: '317' }) });
  },
  'home-called_captured': () => {
    const there = people[1] as PersonRow;
    return view({ ...home, class_name: '', search: '035', people: [there], next: there, picked: false, following: [] }, { notice: notice('warn', 'refusal.already_captured') });
  },
  'home-nothing': () => view({ ...home, class_name: '', search: '司马', people: [], next: null, following: [] }),
  'home-not_eligible': () => view({ ...home, next: people[8] ?? null }, { notice: notice('warn', 'refusal.not_eligible') }),
  'home-removed': () => {
    const gone = person('042', '周奕辰', { not_eligible: 'removed' });
    return view({ ...home, next: gone, people: people.map((one) => (one.enrolment === gone.enrolment ? gone : one)) }, { queue: offline });
  },
  'home-walk_in': () =>
    view({ ...home, ...nobody, classes: [], class_name: '' }, { setup: { ...setup, kind: 'walk_in', title: '散拍·行政楼' } }),
  'home-bad_rows': () =>
    view({ ...home, roster_problems: badRows, roster_problems_total: 240 }, { notice: notice('warn', 'fault.roster_rows', { count: '240' }) }),
  'home-no_roster': () => view({ ...home, ...nobody, classes: [], class_name: '', walk_ins: false }),
  'home-unreadable': () => view(home, { queue: { ...offline, unreadable: true } }),
  identity: () => view(identity, serving(0)),
  'identity-listed': () => view({ ...identity, listed: true }, serving(0)),
  'identity-listed-consented': () => view({ ...identity, listed: true, consent: true }, serving(0)),
  'identity-consented': () => view({ ...identity, consent: true }, serving(0)),
  'identity-uncalled': () => view({ ...typed, called_name: null, consent: false }, { person: null, evidence: evidence(0) }),
  'identity-typed': () => view({ ...typed, called_name: null }, { person: null, evidence: evidence(0) }),
  'identity-problem': () =>
    view({ ...typed, document: document(wrong) }, { ...serving(0), evidence: evidence(0, { identity: { state: 'bad' } }) }),
  'identity-expired': () =>
    view({ ...identity, consent: true, document: { ...document('110105200603120028'), dates: notice('warn', 'refusal.document_expired', { date: '2026-05-01' }) } }, serving(0)),
  'identity-card': () => view({ ...identity, consent: true, guardian_needed: true, card_wanted: true, card: halfTaken }, serving(0)),
  'identity-card-front': () => view({ ...withCard, card: [cardSide('front', 'missing'), cardSide('back', 'missing')] }, serving(0)),
  'identity-card-back': () => view({ ...withCard, card: halfTaken }, serving(0)),
  'identity-card-glare': () => view({ ...withCard, card: [glaring(1), cardSide('back', 'missing')] }, serving(0)),
  'identity-card-eye': () => view({ ...withCard, card: [glaring(3), cardSide('back', 'missing')] }, serving(0)),
  'identity-card-look': () => view({ ...withCard, card: [cardSide('front', 'kept', 1), doubtful] }, serving(0)),
  'identity-card-both': () => view({ ...withCard, card: [cardSide('front', 'kept', 1), cardSide('back', 'kept', 2)] }, serving(0)),
  ...enrolmentViews,
  'payment-offer': () => view(payment, paying),
  payment: () => view({ ...payment, order }, paying),
  'payment-unknown': () =>
    view({ ...payment, order: { ...order, state: 'unknown', qr_path: null, at: NOW - 95_000 } }, {
      ...paying, queue: offline,
      evidence: evidence(2, { payment: { code: 'unknown' } }),
    }),
  'payment-offline': () =>
    view({ ...payment, methods: payment.methods.map((m) => (m.method === 'order' ? { ...m, closed: 'offline' } : m)) }, { ...paying, queue: offline }),
  'payment-cash': () => view({ ...payment, method: 'cash' }, paying),
  'payment-voucher': () => view({ ...payment, methods: many, method: 'voucher' }, paying),
  'payment-voucher-asked': () =>
    view({ ...payment, methods: many, method: 'voucher', order: { ...order, channel: 'voucher', state: 'unknown', qr_path: null, expires_at: null } }, paying),
  'payment-at_sync': () => view({ ...payment, methods: many, method: 'at_sync' }, paying),
  'payment-prepaid': () => view({ ...payment, method: 'prepaid' }, paying),
  'payment-exempt': () => view({ ...payment, method: 'exempt' }, paying),
  notes: () => view({ page: 'notes' }, serving(3)),
  capture: () =>
    view(
      {
        ...capture, good: false, instruction: 'too_small',
        results: checks({
          face_width: { verdict: 'fail', value: 140, code: 'too_small' },
          crown: { verdict: 'fail', value: 168, code: 'crown_low' },
          clothes: { verdict: 'not_assessed', value: null, code: 'little_cloth' },
          forehead: { verdict: 'asked', value: 0.6, code: 'forehead' },
          expression: { verdict: 'not_assessed', value: null, force: 'off', code: 'off_by_policy' },
        }),
      },
      serving(3),
    ),
  'capture-good': () => view(capture, serving(3)),
  'capture-exception': () => view({ ...capture, exceptions: ['head_cover'] }, serving(3)),
  'capture-countdown': () => view({ ...capture, countdown: 2 }, serving(3)),
  'capture-lost': () => view({ ...capture, good: false, instruction: null }, { ...serving(3), camera: blind }),
  review: () => view(review, serving(3)),
  'review-answered': () => view(answered, serving(3)),
  'review-exception': () => view({ ...review, exceptions: ['spectacles'] }, serving(3)),
  'review-first': () => view({ ...caught, attempt: 1 }, serving(3)),
  'review-plain': () => view({ ...review, results: checks(), ticks: [], acceptable: true }, serving(3)),
  'review-assessing': () => view({ ...review, results: [], ticks: [], assessing: true, acceptable: false }, serving(3)),
  'review-bad': () =>
    view(caught, {
      person: returning, evidence: evidence(3, { capture: { state: 'bad' } }),
    }),
  'review-pin': () =>
    view(caught, {
      person: returning, evidence: evidence(3, { capture: { state: 'bad' } }), notice: notice('warn', 'fault.pin_wrong', { left: '3' }),
    }),
  standardising: () => view({ page: 'standardising' }, serving(4)),
  last_look: () => view(last, serving(5)),
  'last_look-choice': () => view({ ...last, untouched: true, ground_choice: true }, serving(5)),
  'last_look-overridden': () =>
    view({ ...last, overridden: ['mouth'], supervisor: 'lizhuren', held: true }, {
      ...serving(5), evidence: evidence(5, {
        payment: { state: 'unknown', code: 'unknown' }, capture: { state: 'overridden', code: 'overridden', args: { count: '1' } },
      }),
    }),
  submitting: () => view({ page: 'submitting', fault: null }, serving(5)),
  'submitting-full': () => view({ page: 'submitting', fault: 'store_full' }, { ...serving(5), evidence: evidence(5, { upload: { state: 'bad' } }) }),
  done: () => view({ page: 'done', packet: '2-1124-0037', held: false, state: 'waiting', receipt: 'e-37', next: people[4] ?? null }, serving(6)),
  'done-listed': () =>
    view({ page: 'done', packet: '2-1124-0037', held: false, state: 'waiting', receipt: null, next }, { ...serving(6), setup: { ...setup, id: 'listed' } }),
  'done-held': () => view({ page: 'done', packet: '2-1124-0037', held: true, state: 'held', receipt: null, next: null }, serving(6)),
  camera: () => view(camera),
  'camera-measuring': () => view(measuring),
  'camera-locked': () => view(camera, { notice: notice('info', 'fault.camera_locked') }),
  'camera-plain': () => view(plain, serving(4)),
  'camera-absent': () => view(absent, { camera: { ...blind, fault: 'camera_none' }, notice: notice('warn', 'fault.camera_not_open') }),
  'capture-training': () => view({ ...capture, training: true }, serving(3)),
  ...rosterViews,
  ...dayViews,
  ...syncViews,
  ...codeViews({ home, identity, capture }),
};
