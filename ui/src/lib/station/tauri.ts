import { Channel, invoke } from '@tauri-apps/api/core';
import type { Command } from './bindings/Command';
import type { StationView } from './bindings/StationView';
import { follow } from './views';
import type { SitterScreenPort, SitterScreenStanding, StationPort } from './port';

/** WebView2 serves a custom scheme as a host name, the other web views under its own name. */
export const frameBase = navigator.userAgent.includes('Windows') ? 'http://frame.localhost/' : 'frame://localhost/';

/** True inside the station's own window. */
export function insideStation(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

/** The station this window belongs to. */
export function tauriStation(): StationPort {
  return {
    subscribe: (show) => follow<StationView>(`${frameBase}view`, show),
    dispatch: (command: Command) => invoke('dispatch', { command }),
    frameUrl: (path) => frameBase + path,
    chooseRoster: () => invoke<string | null>('choose_roster'),
    sitterScreen,
  };
}

const sitterScreen: SitterScreenPort = {
  watch(show) {
    const channel = new Channel<SitterScreenStanding>();
    let listening = true;
    channel.onmessage = (standing) => {
      if (listening) show(standing);
    };
    invoke('watch_sitter_screen', { channel }).catch((error: unknown) => console.error('the sitter’s screen', error));
    return () => {
      listening = false;
    };
  },
  open: (display) => invoke('open_sitter_screen', { display }),
  close: () => invoke('close_sitter_screen'),
};
