import type { CaptureScreen } from '../bindings/CaptureScreen';
import type { CodePane } from '../bindings/CodePane';
import type { HomeScreen } from '../bindings/HomeScreen';
import type { IdentityScreen } from '../bindings/IdentityScreen';
import type { StationView } from '../bindings/StationView';
import { NOW, called, evidence, setup, view } from './sample';

/** The code of the sample, as far as a screen knows it. */
const pane: CodePane = {
  alone: true, wanted: false, sight: 'waiting', id: null, refused: null, holder: null, known: false, frame_width: 1280, frame_height: 720,
};
const read: CodePane = { ...pane, sight: 'camera', id: '5C0E-77D1' };
const holder = { name: '王*轩', looked: false, class_name: '', time: '09:18', state: 'captured' as const };
const rows = [
  { enrolment: 'demo-2027:code-a', id: 'A7F2-91C0', name: '王宇轩', time: '09:18', state: 'captured' as const },
  { enrolment: 'demo-2027:code-b', id: '17D0-0B3E', name: '', time: '09:11', state: 'retake' as const },
];
const notice = (code: string, args: Record<string, string> = {}) => ({ level: 'warn' as const, code, args });

interface Pages {
  home: { page: 'home' } & HomeScreen;
  identity: { page: 'identity' } & IdentityScreen;
  capture: { page: 'capture' } & CaptureScreen;
}

/** Sessions with codes. */
export function codeViews({ home, identity, capture }: Pages): Record<string, () => StationView> {
  const alone = { setup: { ...setup, kind: 'walk_in' as const } };
  const page = { ...identity, called_name: null, called_number: null, method: 'typed' as const, consent: true };
  const taken = { time: String(NOW - 1_560_000), name: '王*轩' };
  return {
    'home-code': () => view({ ...home, people: [], next: null, classes: [], class_name: '', codes: rows }, alone),
    'home-code-empty': () => view({ ...home, people: [], next: null, classes: [], class_name: '', codes: [] }, alone),
    'identity-code': () => view({ ...page, consent: false, code: pane }, alone),
    'identity-code-waiting': () => view({ ...page, code: pane }, { ...alone, evidence: evidence(0) }),
    'identity-code-poor': () => view({ ...page, code: { ...pane, sight: 'poor' } }, { ...alone, evidence: evidence(0) }),
    'identity-code-several': () => view({ ...page, code: { ...pane, sight: 'several' } }, { ...alone, evidence: evidence(0) }),
    'identity-code-read': () => view({ ...page, code: read }, { ...alone, evidence: evidence(0) }),
    'identity-code-used': () =>
      view({ ...page, code: { ...pane, id: 'A7F2-91C0', refused: 'code_taken', holder } }, { ...alone, evidence: evidence(0), notice: notice('refusal.code_taken', taken) }),
    'identity-code-looked': () =>
      view(
        { ...page, code: { ...pane, id: 'A7F2-91C0', refused: 'code_taken', holder: { ...holder, name: '王宇轩', looked: true, class_name: '护理 2401 班' } } },
        { ...alone, evidence: evidence(0), notice: notice('refusal.code_taken', taken) },
      ),
    'capture-code': () => view({ ...capture, code: { ...pane, alone: false, wanted: true } }, { person: called, evidence: evidence(3) }),
    'capture-code-bound': () => view({ ...capture, code: { ...read, alone: false } }, { person: called, evidence: evidence(3) }),
    'capture-code-other': () =>
      view(
        { ...capture, code: { ...pane, alone: false, wanted: true, id: 'A7F2-91C0', refused: 'code_taken', holder } },
        { person: called, evidence: evidence(3), notice: notice('refusal.code_taken', taken) },
      ),
  };
}
