import type { SitterPort } from '../../../sitter/port';
import type { SitterCamera } from '../bindings/SitterCamera';
import type { SitterHead } from '../bindings/SitterHead';
import type { SitterScreen } from '../bindings/SitterScreen';
import type { SitterView } from '../bindings/SitterView';
import { pictures } from './pictures';

const person: SitterHead = { masked_name: '陈*涵', class_name: '护理 2401 班', ticket: '037' };
const long: SitterHead = { masked_name: '阿****提', class_name: '学前教育（五年制高职）2401 班', ticket: '1037' };
const camera: { page: 'camera' } & SitterCamera = {
  page: 'camera', live: true, frame_width: 1280, frame_height: 720, guide: { x: 370, y: 0, width: 540, height: 720 },
  outline: { photo_width: 480, photo_height: 640, crown: 80, chin: 412, face_width: 240, fits: false },
  instruction: 'too_small', good: false, countdown: null,
};
const fitting = { ...camera, outline: { ...camera.outline, fits: true } };

let revision = 0;
const view = (screen: SitterScreen, who: SitterHead | null = person) => (): SitterView => ({ revision: ++revision, person: who, screen });

/** Recorded snapshots: every page of the sitter's screen, and the states of it that look different. */
export const sitterViews: Record<string, () => SitterView> = {
  welcome: view({ page: 'welcome' }, null),
  'welcome-called': view({ page: 'welcome' }),
  'welcome-long': view({ page: 'welcome' }, long),
  camera: view(camera),
  'camera-long': view({ ...fitting, instruction: 'glasses_glare' }, long),
  'camera-lips': view({ ...fitting, instruction: 'teeth' }),
  'camera-operator': view({ ...fitting, instruction: null }),
  'camera-good': view({ ...fitting, instruction: 'good', good: true }),
  'camera-countdown': view({ ...fitting, instruction: 'good', good: true, countdown: 2 }),
  'camera-lost': view({ ...camera, live: false, instruction: null }),
  'camera-first': view({ ...camera, frame_width: 0, frame_height: 0, guide: { x: 0, y: 0, width: 0, height: 0 }, instruction: null }),
  wait: view({ page: 'wait' }),
  accepted: view({ page: 'done', stored: false }),
  done: view({ page: 'done', stored: true }),
};

/** The sitter's screen on one recorded view: `?view=NAME`. */
export function fakeSitter(query: URLSearchParams): SitterPort {
  const name = query.get('view') ?? 'welcome';
  const make = sitterViews[name];
  if (!make) throw new Error(`no recorded view ${name}; there are ${Object.keys(sitterViews).join(', ')}`);
  const picture = pictures();
  return {
    subscribe(show) {
      show(make());
      return () => undefined;
    },
    frameUrl: (path) => picture(path),
  };
}
