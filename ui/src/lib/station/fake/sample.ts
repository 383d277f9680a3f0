import type { CheckResult } from '../bindings/CheckResult';
import type { EvidenceCell } from '../bindings/EvidenceCell';
import type { EvidenceState } from '../bindings/EvidenceState';
import type { PersonRow } from '../bindings/PersonRow';
import type { PhotoSpecification } from '../bindings/PhotoSpecification';
import type { QueueRow } from '../bindings/QueueRow';
import type { Screen } from '../bindings/Screen';
import type { SetupHead } from '../bindings/SetupHead';
import type { StationView } from '../bindings/StationView';
import type { TickAnswer } from '../bindings/TickAnswer';
import type { TickRow } from '../bindings/TickRow';

/** A morning of the sample school. */
export const NOW = new Date(2026, 10, 24, 9, 44, 0).getTime();
const minutes = (n: number) => NOW - n * 60_000;

export const operators = [
  { id: 'zhoumin', name: '周敏', role: 'operator' as const },
  { id: 'wangqi', name: '王琪', role: 'operator' as const },
  { id: 'lizhuren', name: '李主任', role: 'supervisor' as const },
];

export const setup: SetupHead = {
  id: 'demo-2027',
  school: '云岭职业学院',
  title: '2027 届毕业生·主校区',
  kind: 'hybrid',
  specification_zh: '学历图像 480×640，浅蓝底',
  specification_en: 'Graduation photo 480×640, light blue',
  fee_fen: 2000,
  fee_text: '采集费',
};

export const contact = { phone: '400-000-0000', hours: '周一至周五 8:30–17:30', qr: 'https://example.invalid/service' };

export const specification: PhotoSpecification = {
  id: 'graduation-480x640',
  version: 2,
  name_zh: setup.specification_zh,
  name_en: setup.specification_en,
  source: 'sample',
  confidence: 'A',
  width_px: 480,
  height_px: 640,
  sizes: null,
  density_dpi: 300,
  min_bytes: 20_000,
  max_bytes: 40_000,
  min_jpeg_quality: 60,
  background_rgb: [100, 197, 255],
  background_max_delta_e: 2,
  backgrounds: [{ id: 'light-blue', rgb: [100, 197, 255], max_delta_e: 4 }],
  background_use: 'replaced',
  bands: [
    { of: 'crown', range: { min: 50, max: 110 }, aim: 80, gates: true, gives_way: 0 },
    { of: 'eyes', range: { min: 200, max: 300 }, aim: 250, gates: true, gives_way: 0 },
    { of: 'face_width', range: { min: 180, max: 300 }, aim: 240, gates: true, gives_way: 0 },
  ],
  crown_is_head: false,
  centre_max_px: 12,
  max_scale: 1.1,
  may_extend: true,
  file_name: '{document_number}.jpg',
  print: { width_mm: 33, height_mm: 48 },
};

export function person(ticket: string, name: string, over: Partial<PersonRow> = {}): PersonRow {
  return {
    enrolment: `e-${ticket}`,
    name,
    class_name: '护理 2401 班',
    school: setup.school,
    student_number: `202403${String(Number(ticket) - 20).padStart(2, '0')}`,
    exam_number: '',
    ticket,
    prepaid: false,
    state: 'to_capture',
    packet: null,
    not_eligible: null,
    provisional: false,
    absent: false,
    ...over,
  };
}

export const people: PersonRow[] = [
  person('034', '曾可欣', { state: 'captured', packet: 'acknowledged' }),
  person('035', '仇一鸣', { state: 'captured', packet: 'waiting' }),
  person('036', '尉迟靖', { state: 'captured', packet: 'sending' }),
  person('037', '陈思涵', { prepaid: true }),
  person('038', '单文博'),
  person('039', '阿依努尔·买买提', { prepaid: true }),
  person('040', '欧阳明月', { state: 'retake', prepaid: true }),
  person('041', '黄子墨'),
  person('042', '周奕辰', { not_eligible: '学籍未注册' }),
  person('043', '吴若曦', { state: 'approved', packet: 'acknowledged' }),
  person('044', '张翀', { state: 'captured', packet: 'needs_attention' }),
  person('045', '郑皓宇', { state: 'captured', packet: 'held' }),
];
export const next = people[3] as PersonRow;

export const classes = [
  ['护理 2401 班', 48, 36, 2],
  ['护理 2402 班', 47, 0, 0],
  ['计算机 2401 班', 45, 45, 0],
  ['计算机 2402 班', 49, 44, 3],
  ['学前教育 2401 班', 46, 45, 1],
  ['会计 2401 班', 52, 12, 0],
  ['机电 2401 班', 44, 0, 0],
  ['口腔 2401 班', 38, 0, 0],
].map((row) => {
  const [name, total, captured, retake] = row as [string, number, number, number];
  return { name, total, captured, missing: total - captured - retake, retake };
});

/** How many of these classes each filter shows. */
export function counted(of: readonly (typeof classes)[number][]) {
  const sum = (field: 'total' | 'captured' | 'missing' | 'retake') => of.reduce((all, row) => all + row[field], 0);
  return { all: sum('total'), captured: sum('captured'), missing: sum('missing'), retake: sum('retake') };
}

const STEPS = ['identity', 'enrolment', 'payment', 'capture', 'standardise', 'upload'] as const;
const PROVED = {
  identity: ['compared', { time: String(NOW - 120_000) }],
  enrolment: ['student_number', { number: '20240317' }],
  payment: ['prepaid', {}],
  capture: ['accepted', {}],
  standardise: ['measured', {}],
  upload: ['held', {}],
} as const;

/** The strip with `at` steps proved and the next one on screen. */
export function evidence(at: number, over: Partial<Record<(typeof STEPS)[number], Partial<EvidenceCell>>> = {}): EvidenceCell[] {
  return STEPS.map((step, i) => {
    const state: EvidenceState = i < at ? 'done' : i === at ? 'now' : 'to_do';
    const [code, args] = PROVED[step];
    return { step, state, code: i < at && step !== 'upload' ? code : null, args: i < at ? { ...args } : {}, ...over[step] };
  });
}

const CHECKS: ReadonlyArray<readonly [string, string, number | null, number | null, number, 'absolute' | 'gate' | 'ask' | 'advice']> = [
  ['one_face', 'count', 1, 1, 1, 'absolute'],
  ['face_width', 'px', 180, 300, 212, 'absolute'],
  ['inter_eye', 'px', 60, null, 98, 'absolute'],
  ['centred', 'px', null, 40, 6, 'absolute'],
  ['crown', 'px', 50, 110, 80, 'absolute'],
  ['eye_line', 'px', 200, 300, 248, 'absolute'],
  ['chest', 'px', 60, null, 120, 'absolute'],
  ['yaw', 'deg', -10, 10, 2.1, 'gate'],
  ['pitch', 'deg', -15, 15, -1.4, 'gate'],
  ['roll', 'deg', -8, 8, 0.8, 'gate'],
  ['shoulders', 'deg', -8, 8, 0.9, 'gate'],
  ['eyes_open', 'ratio', 0.15, null, 0.29, 'gate'],
  ['gaze', 'deg', null, 17, 4.2, 'gate'],
  ['mouth', 'ratio', null, 0.045, 0.01, 'gate'],
  ['expression', 'ratio', null, 0.3, 0.08, 'ask'],
  ['ears', 'ratio', 0.6, null, 0.9, 'gate'],
  ['forehead', 'ratio', 0.7, null, 0.92, 'gate'],
  ['clothes', 'ratio', null, 0.3, 0.02, 'gate'],
  ['exposure', 'L*', 45, null, 66, 'gate'],
  ['clipping', 'ratio', null, 0.06, 0, 'gate'],
  ['half_lit', 'stops', null, 1, 0.2, 'gate'],
  ['background_plain', 'ΔE', null, 9, 2.4, 'advice'],
  ['background_lines', 'ratio', null, 0.04, 0, 'advice'],
  ['background_even', 'L*', null, 20, 6, 'advice'],
  ['wall_shadow', 'stops', null, 0.5, 0.1, 'advice'],
  ['sharpness', 'ratio', null, 0.64, 0.32, 'gate'],
];

/** All checks, passing but for what `over` says. */
export function checks(over: Record<string, Partial<CheckResult>> = {}): CheckResult[] {
  return CHECKS.map(([check, unit, min, max, value, force]) => ({
    check, unit, min, max, value, force, verdict: 'pass' as const, confidence: 0.98, code: null, ...over[check],
  }));
}

const ASKED = {
  head: [1, ['brows', 'headwear'], ['forehead', 'headwear']],
  face: [2, ['make_up', 'contacts', 'reflection'], ['make_up', 'contacts', 'glasses_glare']],
  jewellery: [3, ['jewellery'], ['jewellery']],
  clothes: [4, ['collar', 'bulky', 'shoulders_square'], ['collar', 'shoulders']],
} as const;
/** Where things lie on the drawn sitter, in pixels of the still. */
const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
export const places = {
  head: [rect(720, 150, 480, 620)],
  face: [rect(790, 290, 340, 400)],
  jewellery: [rect(720, 150, 480, 620)],
  clothes: [rect(640, 690, 640, 390)],
  mouth: [rect(880, 560, 160, 90)],
  ears: [rect(740, 380, 70, 170), rect(1110, 380, 70, 170)],
};

/** The four questions, unanswered, or answered the same. */
export function ticks(answer: TickAnswer | null = null): TickRow[] {
  return (['head', 'face', 'jewellery', 'clothes'] as const).map((id) => {
    const [key, rules, help] = ASKED[id];
    return { id, key, rules: [...rules], answer, rects: places[id], help: [...help] };
  });
}

/** What the questions decide, as results. */
export function asked(): CheckResult[] {
  return ['headwear', 'brows', 'reflection', 'make_up', 'contacts', 'jewellery', 'collar', 'bulky', 'shoulders_square'].map((check) => ({
    check, unit: check === 'reflection' ? 'ratio' : '', min: null, max: check === 'reflection' ? 0.02 : null,
    value: check === 'reflection' ? 0.03 : null, force: 'ask' as const, verdict: 'asked' as const, confidence: null,
    code: check === 'reflection' ? 'glasses_glare' : null,
  }));
}

/** Rules this session does not look at. */
export function notLookedAt(...rules: string[]): CheckResult[] {
  return rules.map((check) => ({
    check, unit: '', min: null, max: null, value: null, force: 'off' as const, verdict: 'not_assessed' as const, confidence: null,
    code: 'off_by_policy',
  }));
}

export function queueRow(n: number, name: string, over: Partial<QueueRow> = {}): QueueRow {
  return {
    packet: `2-1124-00${n}`,
    enrolment: `e-${n}`,
    name,
    class_name: '护理 2401 班',
    student_number: `202403${n}`,
    state: 'waiting',
    order: null,
    ways: [],
    owed: null,
    refund: null,
    stored_at: minutes(60 - n),
    attempts: 0,
    next_attempt_at: null,
    fault: null,
    failed_at: null,
    confirmed_bytes: 0,
    size: 3_000_000,
    acknowledged_at: null,
    exported_at: null,
    retake: false,
    withdrawable: true,
    withdrawn: null,
    review: null,
    reasons: [],
    text: '',
    ...over,
  };
}

let revision = 0;
/** The number of the next snapshot. */
export const nextRevision = () => ++revision;
/** A whole snapshot round a screen. */
export function view(screen: Screen, over: Partial<StationView> = {}): StationView {
  return {
    revision: nextRevision(),
    now: NOW,
    station: '2 号采集位',
    software: '0.1.0',
    camera: { state: 'live', name: 'USB 3-2 C920', fps: 30, width: 1280, height: 720, fault: null },
    queue: {
      unacknowledged: 3, waiting: 2, sending: 1, attention: 0, held: 0, acknowledged: 822, retakes: 14,
      last_answer: NOW - 2000, last_acknowledged: minutes(3), paused: false, unreadable: false, oldest_waiting: minutes(20),
      link_fault: null, link_fault_since: null, link_next_try_at: null, bytes_per_s: null, clock_off_s: null, twins: 0, messages: 0,
    },
    operator: operators[0] ?? null,
    supervisors: operators.filter((o) => o.role === 'supervisor'),
    setup,
    contact,
    person: null,
    evidence: [],
    notice: null,
    screen,
    ...over,
  };
}

/** The person called, as the head of a snapshot. */
export const called = {
  name: '陈思涵', masked_name: '陈*涵', class_name: '护理 2401 班', student_number: '20240317', ticket: '037', retake: false,
};
export const payer = { ...called, name: '单文博', masked_name: '单*博', ticket: '038', student_number: '20240318' };
export const returning = { ...called, name: '欧阳明月', masked_name: '欧阳*月', ticket: '040', student_number: '20240320', retake: true };
