import type { DocumentView } from '../bindings/DocumentView';
import type { IdentityScreen } from '../bindings/IdentityScreen';
import type { PersonRow } from '../bindings/PersonRow';
import type { StationView } from '../bindings/StationView';
import { nextRevision, person } from './sample';

/** A number whose check character is wrong. */
export const wrong = '110105200603120023';

const nothing: DocumentView = {
  number: '', kind: null, valid: false, unfinished: false, expected: 18, trouble: null, place: null, birth: null, sex: null, area: null,
  nationality_zh: null, nationality_en: null, holder: null, valid_until: null, birth_needed: false, dates: null, warnings: [],
};

/** Recorded answers, by number. */
const KNOWN: Record<string, Partial<DocumentView>> = {
  '110105200603120028': { kind: 'resident_id', valid: true, birth: '2006-03-12', sex: 'female', area: '北京市朝阳区' },
  [wrong]: { trouble: { level: 'warn', code: 'refusal.number_check', args: { position: '18', to: '18', expected: '8', found: '3' } }, place: [18, 18] },
  H12345678: {
    kind: 'travel_permit', valid: true, expected: 9, birth_needed: true, warnings: ['number_warning.no_check', 'number_warning.may_be_passport'],
  },
  'P<CHNCHEN<<SIHAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<E123456789CHN0603124F3001019<<<<<<<<<<<<<<04': {
    kind: 'passport', valid: true, expected: 88, birth: '2006-03-12', sex: 'female', nationality_zh: '中国', nationality_en: 'China', holder: 'CHEN SIHAN',
    valid_until: '2030-01-01',
  },
};

/** What the station says of a number. */
export function document(number: string): DocumentView {
  return { ...nothing, number, ...(KNOWN[number] ?? { unfinished: number !== '' }) };
}

const on = (view: StationView, change: Partial<IdentityScreen>): StationView =>
  view.screen.page === 'identity' ? { ...view, revision: nextRevision(), screen: { ...view.screen, ...change } } : view;

/** The identity page once the station judged what stands typed. */
export function judged(view: StationView, number: string): StationView {
  return on(view, { document: document(number) });
}

/** The identity page with records found beside the person's own. */
export function beside(view: StationView, text: string): StationView {
  const others: PersonRow[] = text === '' ? [] : [person('041', '陈思晗')];
  return on(view, { others });
}
