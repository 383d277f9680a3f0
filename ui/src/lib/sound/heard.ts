import type { StationView } from '../station/bindings/StationView';
import type { Cue } from './cues';

/** What is to be heard when one snapshot follows another; nothing when they sound alike. */
export function heard(before: StationView, now: StationView): Cue | null {
  const [was, is] = [before.screen, now.screen];
  if (was.page === 'capture' && is.page === 'review') return 'shutter';
  if (was.page !== 'done' && is.page === 'done') return 'saved';
  if (is.page === 'capture' && is.countdown !== null) {
    const counted = was.page === 'capture' ? was.countdown : null;
    return counted === is.countdown ? null : 'tick';
  }
  const lost = before.camera.state !== 'lost' && now.camera.state === 'lost';
  const said = now.notice !== null && now.notice.code !== before.notice?.code;
  const grave = now.notice?.level === 'warn' || now.notice?.level === 'fail';
  // Offline is a place and not an accident: nothing is heard of it.
  return lost || (said && grave) ? 'attention' : null;
}
