import { Channel, invoke } from '@tauri-apps/api/core';
import type { SitterView } from '../lib/station/bindings/SitterView';
import { frameBase } from '../lib/station/tauri';
import type { SitterPort } from './port';

/** The station this window belongs to. */
export function tauriSitter(): SitterPort {
  return {
    subscribe(show) {
      const channel = new Channel<SitterView>();
      let listening = true;
      channel.onmessage = (view) => {
        if (listening) show(view);
      };
      invoke('subscribe_sitter', { channel }).catch((error: unknown) => {
        console.error('the station does not answer', error);
      });
      return () => {
        listening = false;
      };
    },
    frameUrl: (path) => frameBase + path,
  };
}
