import type { SitterView } from '../lib/station/bindings/SitterView';
import { frameBase } from '../lib/station/tauri';
import { follow } from '../lib/station/views';
import type { SitterPort } from './port';

/** The station this window belongs to. */
export function tauriSitter(): SitterPort {
  return {
    subscribe: (show) => follow<SitterView>(`${frameBase}sitter-view`, show),
    frameUrl: (path) => frameBase + path,
  };
}
