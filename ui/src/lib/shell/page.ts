import type { Screen } from '../station/bindings/Screen';
import type { StationView } from '../station/bindings/StationView';

/** Name of a page. */
export type Page = Screen['page'];
/** The data of one page. */
export type ScreenOf<P extends Page> = Extract<Screen, { page: P }>;

/** What every screen gets. */
export interface ScreenProps {
  view: StationView;
}

/**
 * The data of page `page`. A screen on its way out sees one more snapshot, which is the next page's:
 * it keeps its last own data.
 */
export function pageOf<P extends Page>(page: P): (view: StationView) => ScreenOf<P> {
  let last: ScreenOf<P> | null = null;
  return (view) => {
    if (view.screen.page === page) last = view.screen as ScreenOf<P>;
    if (last === null) throw new Error(`no data of page ${page}`);
    return last;
  };
}
