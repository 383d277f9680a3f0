import type { Command } from '../bindings/Command';
import type { StationView } from '../bindings/StationView';
import type { StationPort } from '../port';
import { answer } from './course';
import { pictures } from './pictures';
import { fakeSitterScreen } from './sitter-screen';
import { stirred } from './sync';
import { views } from './views';

/**
 * A station of recorded views, for work on the screens in a browser and for their tests.
 * `?view=NAME` shows one of them and stays there, with `&go` it goes on from there; without it a prepaid
 * student can be taken through. `&stir=MS` sends a queue of two hundred changing rows that often.
 */
export function fakeStation(query: URLSearchParams): StationPort & { sent: Command[]; show(view: StationView): void } {
  const fixed = query.get('view');
  const stay = fixed !== null && !query.has('go');
  let current: StationView = (views[fixed ?? 'sign_in'] ?? missing(fixed))();
  let show: ((view: StationView) => void) | null = null;
  const sent: Command[] = [];
  const picture = pictures();

  return {
    sent,
    /** Sends a snapshot as the station does by itself. */
    show: (view) => show?.((current = view)),
    subscribe(listener) {
      show = listener;
      show(current);
      let turn = 0;
      const stir = Number(query.get('stir') ?? 0);
      const timer = stir > 0 ? setInterval(() => listener((current = stirred(++turn))), stir) : undefined;
      return () => {
        show = null;
        clearInterval(timer);
      };
    },
    dispatch(command) {
      sent.push(command);
      for (const [delay, next] of stay ? [] : answer(command, current)) {
        setTimeout(() => {
          current = next(current);
          show?.(current);
        }, delay);
      }
      return Promise.resolve();
    },
    frameUrl: (path) => picture(path),
    chooseRoster: () => Promise.resolve('D:\\名单\\2027 届.xls'),
    sitterScreen: fakeSitterScreen(query),
  };
}

function missing(name: string | null): () => StationView {
  throw new Error(`no recorded view ${name}; there are ${Object.keys(views).join(', ')}`);
}
