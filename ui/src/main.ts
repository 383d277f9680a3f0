import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-700.css';
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/700.css';
import './style/tokens.css';
import './style/base.css';
import './style/controls.css';
import './style/pictures.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { language, setLanguage } from './lib/i18n/words.svelte';
import { restoreTheme } from './lib/shell/theme.svelte';
import type { StationPort } from './lib/station/port';
import { insideStation, tauriStation } from './lib/station/tauri';

async function station(): Promise<StationPort> {
  if (insideStation()) return tauriStation();
  if (!import.meta.env.DEV) throw new Error('this page belongs into the window of the station');
  // In a browser, while developing, recorded views stand in for it.
  const { fakeStation } = await import('./lib/station/fake');
  return fakeStation(new URLSearchParams(location.search));
}

setLanguage(language());
restoreTheme();
const target = document.getElementById('app');
if (target) mount(App, { target, props: { port: await station() } });
