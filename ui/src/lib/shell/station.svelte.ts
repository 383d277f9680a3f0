import { getContext, setContext } from 'svelte';
import type { Command } from '../station/bindings/Command';
import type { Moment } from '../station/bindings/Moment';
import type { StationView } from '../station/bindings/StationView';
import type { SitterScreenStanding, StationPort } from '../station/port';

/** After this a command without a snapshot counts as done, in milliseconds. */
const SILENCE_MS = 1500;

/** A dialog of the shell; those of a screen are the screen's own. */
export type DialogName = 'keys' | 'supervisor' | 'operator' | 'leave' | 'sitter_screen';

/** The newest snapshot, and the way to ask for something. The screens keep no other truth. */
export class Station {
  /** The newest snapshot; `null` until the first came. */
  view = $state.raw<StationView | null>(null);
  /** A command is under way and no snapshot came since. */
  busy = $state<Command['do'] | null>(null);
  /** The station itself did not take a command. */
  gone = $state(false);
  /** How the sitter's screen stands; `null` until that is known. */
  sitterScreen = $state.raw<SitterScreenStanding | null>(null);
  /** The station's clock, counted on between snapshots. */
  now = $state<Moment>(0);
  #received = 0;

  constructor(readonly port: StationPort) {}

  /** Begins to listen; the answer ends it. */
  start(): () => void {
    const stop = this.port.subscribe((view) => {
      if (this.view && view.revision < this.view.revision) return;
      this.view = view;
      this.busy = null;
      this.gone = false;
      this.#received = Date.now();
      this.now = view.now;
    });
    const away = this.port.sitterScreen.watch((standing) => (this.sitterScreen = standing));
    const timer = setInterval(() => {
      if (this.view) this.now = this.view.now + (Date.now() - this.#received);
    }, 1000);
    return () => {
      stop();
      away();
      clearInterval(timer);
    };
  }

  #done(command: Command): void {
    if (this.busy === command.do) this.busy = null;
  }

  /** Lets somebody choose a roster file; `null` when none was chosen. */
  chooseRoster = (): Promise<string | null> => this.port.chooseRoster();

  /** Asks for something. */
  send = (command: Command): void => {
    this.busy = command.do;
    this.port.dispatch(command).then(
      // A command that changed nothing brings no snapshot; its button must not stay busy.
      () => setTimeout(() => this.#done(command), SILENCE_MS),
      (error: unknown) => {
        console.error('a command was not taken', command.do, error);
        this.busy = null;
        this.gone = true;
      },
    );
  };
}

const STATION = Symbol('station');

/** Gives the components below their station. */
export function provideStation(station: Station): void {
  setContext(STATION, station);
}

/** The station of the component above. */
export function useStation(): Station {
  return getContext<Station>(STATION);
}
