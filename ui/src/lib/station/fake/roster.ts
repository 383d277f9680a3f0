import type { ImportCounts } from '../bindings/ImportCounts';
import type { RosterScreen } from '../bindings/RosterScreen';
import type { StationView } from '../bindings/StationView';
import { NOW, view } from './sample';

const counts: ImportCounts = { new: 312, changed: 4, unchanged: 80, gone: 3, removed: 0, marked: 3, conflicts: 1, left_out: 2 };
const bare: { page: 'roster' } & RosterScreen = { page: 'roster', path: '', fault: null, last: null, stage: { at: 'choosing' } };
const last = { file_name: '2026 届.xlsx', at: NOW, by: '周敏', counts };
const sheets = [
  { name: '护理', hidden: false, used: true, rows: 314, hidden_rows: 2, deleted: 0 },
  { name: '旧名单', hidden: true, used: false, rows: 80, hidden_rows: 0, deleted: 0 },
];
const columns: Extract<RosterScreen['stage'], { at: 'columns' }> = {
  at: 'columns',
  kind: 'xls',
  encoding: null,
  sheets,
  shown: 0,
  columns: [
    { letters: 'A', heading: '姓名', field: 'name', confidence: 'listed', sample: ['陈思涵', '李明'] },
    { letters: 'B', heading: '编码', field: 'student_number', confidence: 'learned', sample: ['24010001', '24010002'] },
    { letters: 'C', heading: '证', field: 'document_number', confidence: 'likely', sample: ['110105200603120028'] },
    { letters: 'D', heading: '备考', field: null, confidence: 'unknown', sample: ['甲', '乙'] },
  ],
  missing: [],
  hidden_rows: false,
  fields: ['name', 'document_number', 'student_number', 'exam_number', 'class_name', 'major', 'school', 'ticket', 'prepaid', 'eligible', 'not_eligible_reason', 'sex', 'birth_date', 'not_kept'],
};
const checked: Extract<RosterScreen['stage'], { at: 'checked' }> = {
  at: 'checked',
  good: 396, left_out: 2, problems_total: 2, warnings_total: 1, new: 312, changed: 4, unchanged: 80, gone: 3, gone_bound: 1, conflicts: 1,
  problems: [
    { sheet: '护理', row: 17, letters: 'C', heading: '证', code: 'number_as_float' },
    { sheet: '护理', row: 30, letters: 'A', heading: '姓名', code: 'row_hidden' },
  ],
  warnings: [{ sheet: '护理', row: 44, letters: 'B', heading: '编码', code: 'zeros_lost' }],
  differences: [
    { becomes: 'conflict', name: '陈思涵', class_name: '护理 2401 班', number: '24010001', fields: [], conflict: 'document_number' },
    { becomes: 'gone', name: '周奕辰', class_name: '护理 2401 班', number: '24010042', fields: [], conflict: null },
    { becomes: 'changed', name: '李明', class_name: '护理 2402 班', number: '24010002', fields: ['class_name'], conflict: null },
    { becomes: 'new', name: '王欣怡', class_name: '护理 2402 班', number: '24010077', fields: [], conflict: null },
  ],
  choice: 'keep',
  saved: null,
};
const path = 'D:\\名单\\2027 届.xls';

/** The page of a roster file at each of its stages. */
export const rosterViews: Record<string, () => StationView> = {
  roster: () => view({ ...bare, last }),
  'roster-fault': () => view({ ...bare, path, fault: 'roster_password' }),
  'roster-working': () => view({ ...bare, path, stage: { at: 'working', what: 'checking', done: 12_000, total: 100_000 } }),
  'roster-columns': () => view({ ...bare, path, stage: columns }),
  'roster-encoding': () =>
    view({
      ...bare, path: '/media/xs.dbf',
      stage: {
        ...columns, kind: 'dbf', sheets: [{ name: '', hidden: false, used: true, rows: 9, hidden_rows: 0, deleted: 2 }], missing: ['name'],
        encoding: { encoding: 'big5', declared: null, sure: false, choices: ['utf8', 'gb18030', 'big5', 'utf16_le', 'utf16_be'] },
      },
    }),
  'roster-checked': () => view({ ...bare, path, stage: checked }),
  'roster-checked-same': () =>
    view({ ...bare, path, stage: { ...checked, left_out: 0, problems: [], problems_total: 0, warnings: [], warnings_total: 0, new: 0, changed: 0, gone: 0, gone_bound: 0, conflicts: 0, differences: [] } }),
  'roster-applied': () => view({ ...bare, path, stage: { at: 'applied', counts } }),
};
