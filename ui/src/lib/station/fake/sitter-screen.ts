import type { Display, SitterScreenPort, SitterScreenStanding } from '../port';

const display = (name: string, x: number, over: Partial<Display> = {}): Display => ({
  name, x, y: 0, width: 1920, height: 1080, primary: false, operator: false, ...over,
});

/** How the sitter's screen may stand: `?screen=open|gone|trouble|one`; closed beside two displays without it. */
const standings: Record<string, SitterScreenStanding> = {
  closed: {
    displays: [display('eDP-1', 0, { primary: true, operator: true }), display('HDMI-1', 1920)],
    display: '', openness: 'closed', trouble: null,
  },
};
standings.open = { ...standings.closed!, display: 'HDMI-1', openness: 'open' };
standings.one = { ...standings.closed!, displays: standings.closed!.displays.slice(0, 1) };
standings.gone = { ...standings.one, display: 'HDMI-1', openness: 'display_gone' };
standings.trouble = { ...standings.closed!, trouble: 'sitter_choice_unreadable' };

/** A sitter's screen that opens nothing. */
export function fakeSitterScreen(query: URLSearchParams): SitterScreenPort {
  let standing = standings[query.get('screen') ?? 'closed'] ?? standings.closed!;
  let show: ((standing: SitterScreenStanding) => void) | null = null;
  const change = (over: Partial<SitterScreenStanding>) => {
    standing = { ...standing, trouble: null, ...over };
    show?.(standing);
    return Promise.resolve();
  };
  return {
    watch(listener) {
      show = listener;
      show(standing);
      return () => (show = null);
    },
    open: (name) => change({ display: name, openness: 'open' }),
    close: () => change({ openness: 'closed' }),
  };
}
