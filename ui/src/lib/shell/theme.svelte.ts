/** Light or dark. */
export type Theme = 'light' | 'dark';

const KEPT = 'capture-station.theme';

let current = $state<Theme>('light');

/** The theme on screen. */
export function theme(): Theme {
  return current;
}

/** Shows a theme and keeps it for the next start. */
export function setTheme(to: Theme): void {
  current = to;
  document.documentElement.dataset.theme = to;
  try {
    localStorage.setItem(KEPT, to);
  } catch {
    // A web view without storage only forgets the choice.
  }
}

/** Shows the theme chosen earlier. */
export function restoreTheme(): void {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    kept = null;
  }
  setTheme(kept === 'dark' ? 'dark' : 'light');
}
