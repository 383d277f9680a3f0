import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-700.css';
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/700.css';
import '../style/tokens.css';
import '../style/base.css';
import '../style/pictures.css';
import './sitter.css';
import { mount } from 'svelte';
import { followLanguage } from '../lib/i18n/words.svelte';
import { insideStation } from '../lib/station/tauri';
import type { SitterPort } from './port';
import SitterApp from './SitterApp.svelte';
import { tauriSitter } from './tauri';

async function station(): Promise<SitterPort> {
  if (insideStation()) return tauriSitter();
  if (!import.meta.env.DEV) throw new Error('this page belongs into the window of the station');
  // In a browser, while developing, recorded views stand in for it.
  const { fakeSitter } = await import('../lib/station/fake/sitter');
  return fakeSitter(new URLSearchParams(location.search));
}

followLanguage();
// A screen for looking at has no menu.
document.addEventListener('contextmenu', (event) => event.preventDefault());
const target = document.getElementById('app');
if (target) mount(SitterApp, { target, props: { port: await station() } });
