import type { CandidateMatch } from '../bindings/CandidateMatch';
import type { EnrolmentScreen } from '../bindings/EnrolmentScreen';
import type { StationView } from '../bindings/StationView';
import { NOW, called, evidence, next, people, person, queueRow, returning, view } from './sample';

/** Why a record is shown. */
export const agrees: CandidateMatch = { rule: 'number_and_name', name: 'same', number: 'same', theirs: true };
const near = (rule: CandidateMatch['rule'], name: CandidateMatch['name'], number: CandidateMatch['number'], theirs = true): CandidateMatch => ({
  rule, name, number, theirs,
});

/** The enrolment page with one certain record. */
export const enrolment: { page: 'enrolment' } & EnrolmentScreen = {
  page: 'enrolment',
  searching: false,
  candidates: [{ ...next, exam_number: '26110105150317' }],
  matches: [agrees],
  chosen: 0,
  own: true,
  search: '',
  search_missed: false,
  last: null,
  eligibility: { state: 'eligible', reason: '', at: NOW },
  walk_in_possible: true,
};
const serving = { person: called, evidence: evidence(1) };
const nobody = { ...enrolment, candidates: [], matches: [], chosen: null, own: false };
const differs = { person: { ...called, name: '陈思函' }, evidence: evidence(1) };
const otherName = { ...enrolment, matches: [near('number', 'sound', 'same')] };
const alike = {
  ...enrolment,
  candidates: [
    person('061', '林小桐', { class_name: '学前教育 2401 班' }),
    person('062', '林晓彤', { class_name: '会计 2401 班' }),
    person('063', '阿卜杜热合曼', { class_name: '会计 2402 班' }),
  ],
  matches: [near('one_digit', 'sound', 'one_digit'), near('sound', 'sound', 'other'), near('dots', 'dots', 'missing')],
  chosen: null,
  own: false,
};
const packet = queueRow(27, '陈思涵', {});
const walkIn = person('', '林晓桐', { class_name: '现场登记', student_number: '', provisional: true });
const sitter = { person: { ...called, name: '林晓桐', ticket: '' }, evidence: evidence(1) };

/** The enrolment page in the states that look different. */
export const enrolmentViews: Record<string, () => StationView> = {
  'enrolment-searching': () => view({ ...nobody, searching: true }, serving),
  enrolment: () => view(enrolment, serving),
  'enrolment-by_name': () => view({ ...enrolment, own: false, matches: [near('name', 'same', 'other')] }, serving),
  'enrolment-name_differs': () => view(otherName, differs),
  'enrolment-name_unchosen': () => view({ ...otherName, chosen: null }, differs),
  'enrolment-several': () =>
    view(
      { ...enrolment, chosen: null, candidates: [next, person('088', '陈思涵', { class_name: '健康管理 2501 班' })], matches: [agrees, agrees] },
      serving,
    ),
  'enrolment-alike': () => view(alike, sitter),
  'enrolment-alike-chosen': () => view({ ...alike, chosen: 1 }, sitter),
  'enrolment-search': () =>
    view({ ...alike, candidates: [next], matches: [near('student_number', 'other', 'other', false)], search: '20240317' }, sitter),
  'enrolment-search-other': () =>
    view({ ...alike, candidates: [next], matches: [near('student_number', 'other', 'other', false)], search: '20240317', chosen: 0 }, sitter),
  'enrolment-search-missed': () => view({ ...alike, candidates: [], matches: [], search: '没有', search_missed: true }, sitter),
  'enrolment-walk_in': () => view(nobody, sitter),
  'enrolment-registered': () => view({ ...enrolment, candidates: [walkIn], matches: [agrees], eligibility: { state: 'unknown', reason: '', at: NOW } }, sitter),
  'enrolment-nobody': () => view({ ...nobody, walk_in_possible: false }, serving),
  'enrolment-retake': () =>
    view(
      {
        ...enrolment,
        candidates: [people[6] ?? next],
        last: { ...packet, state: 'acknowledged', review: 'rejected', reasons: ['teeth', 'ears'], text: '请把头发别到耳后，嘴唇自然闭合。', stored_at: NOW - 86_400_000 },
      },
      { person: returning, evidence: evidence(1) },
    ),
  'enrolment-captured': () =>
    view({ ...enrolment, candidates: [{ ...next, state: 'captured', packet: 'acknowledged' }], last: { ...packet, state: 'acknowledged' } }, serving),
  'enrolment-locked': () =>
    view({ ...enrolment, candidates: [people[9] ?? next], last: { ...packet, state: 'acknowledged', review: 'approved' } }, serving),
  'enrolment-removed': () => view({ ...enrolment, candidates: [{ ...next, not_eligible: 'removed' }] }, serving),
  'enrolment-centre_no': () => view({ ...enrolment, eligibility: { state: 'not_eligible', reason: '学籍未注册', at: NOW } }, serving),
  'enrolment-elsewhere': () => view({ ...enrolment, eligibility: { state: 'captured_elsewhere', reason: '', at: NOW } }, serving),
  'enrolment-roster_only': () => view({ ...enrolment, eligibility: { state: 'roster_only', reason: '', at: null } }, serving),
  'enrolment-not_eligible': () => view({ ...enrolment, candidates: [people[8] ?? next] }, serving),
};
