import { Channel, invoke } from '@tauri-apps/api/core';
import type { Command } from './bindings/Command';
import type { StationView } from './bindings/StationView';
import type { StationPort } from './port';

/** WebView2 serves a custom scheme as a host name, the other web views under its own name. */
const frameBase = navigator.userAgent.includes('Windows') ? 'http://frame.localhost/' : 'frame://localhost/';

/** True inside the station's own window. */
export function insideStation(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

/** The station this window belongs to. */
export function tauriStation(): StationPort {
  return {
    subscribe(show) {
      const channel = new Channel<StationView>();
      let listening = true;
      channel.onmessage = (view) => {
        if (listening) show(view);
      };
      invoke('subscribe', { channel }).catch((error: unknown) => {
        console.error('the station does not answer', error);
      });
      return () => {
        listening = false;
      };
    },
    dispatch: (command: Command) => invoke('dispatch', { command }),
    frameUrl: (path) => frameBase + path,
  };
}
