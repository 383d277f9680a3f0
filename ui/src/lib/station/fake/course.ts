import { stops } from '../../preview/verdict';
import type { Command } from '../bindings/Command';
import type { StationView } from '../bindings/StationView';
import type { TickAnswer } from '../bindings/TickAnswer';
import { beside, judged } from './document';
import { refunded, refused, told } from './money';
import { nextRevision } from './sample';
import { views } from './views';

/** A snapshot that follows a command, after so many milliseconds; made from the one on screen then. */
type Step = [number, (current: StationView) => StationView];

const to = (name: string, after = 0): Step => [after, views[name] ?? (() => { throw new Error(name); })];

/** What follows a command on the way of a prepaid student of the roster. */
export function answer(command: Command, current: StationView): Step[] {
  switch (command.do) {
    case 'sign_in':
      return [to('choose_session')];
    case 'sign_out':
      return [to('sign_in')];
    case 'choose_session':
    case 'leave':
    case 'next':
    case 'close_page':
      return [to('home')];
    case 'leave_session':
      return [to('choose_session')];
    case 'begin':
      return [to(current.setup?.id === 'listed' ? 'identity-listed' : 'identity')];
    case 'begin_uncalled':
      return [to('identity-uncalled')];
    case 'consent':
      return [[0, (now) => consented(now, command.given)]];
    case 'filter_line':
      return [to(command.filter === 'missing' ? 'home-missing' : command.filter === 'retake' ? 'home-retake' : 'home')];
    case 'call_number':
      return [to(CALLED[command.text] ?? 'home-nothing')];
    case 'note_person_absent':
      return [to('home-absent')];
    case 'confirm_listed':
      return [to('notes')];
    case 'check_document':
      return [[0, (now) => judged(now, command.number)]];
    case 'find_other':
      return [[0, (now) => beside(now, command.text)]];
    case 'verify_identity':
    case 'vouch_identity':
      return [to(current.screen.page === 'identity' && current.screen.called_name === null ? 'enrolment-walk_in' : 'enrolment')];
    case 'take_walk_in':
      return [to('enrolment-registered')];
    case 'confirm_enrolment':
      return [to(current.screen.page === 'enrolment' && current.screen.candidates[0]?.provisional ? 'payment-offer' : 'notes')];
    case 'choose_method':
      return command.method === 'order' ? [to('payment-offer')] : command.method === 'prepaid' ? [] : [to(`payment-${command.method}`)];
    case 'take_cash':
    case 'pay_at_sync':
      return [to('notes')];
    case 'redeem_voucher': {
      const why = refused(command.number);
      return why === undefined ? [to('payment-voucher-asked'), to('notes', 300)] : [[0, (now) => told(now, why)]];
    }
    case 'refund':
      return (['unknown', 'done'] as const).map((state, i) => [i * 300, (now) => refunded(now, command.enrolment, state)]);
    case 'ready':
      return [to('capture-good')];
    case 'shutter':
      return [to('review-assessing'), to('review', 300)];
    case 'retake':
      return [to('capture-good')];
    case 'tick':
      return [[0, (now) => ticked(now, command.tick, command.answer)]];
    case 'accept':
      return [to('standardising'), to('last_look', 300)];
    case 'confirm':
      return [to('submitting'), to('done', 300)];
    case 'open_queue':
      return [to('queue')];
    case 'open_retakes':
      return [to('retakes-unasked')];
    case 'show_old_photo':
      return (['asked', 'there'] as const).map((state, i) => [i * 200, (now) => pictured(now, command.packet, state)]);
    case 'open_news':
      return [to('news')];
    case 'open_stick':
      return [to('stick')];
    case 'carry_on_stick':
      return [to('stick-writing'), to('stick-written', 300)];
    case 'withdraw':
      return [[0, (now) => withdrawn(now, command.packet, command.reason)]];
    case 'keep_both':
      return [[0, (now) => settled(now, command.packet)]];
    case 'read_message':
      return [[0, (now) => read(now, command.id)]];
    case 'back':
      return [to(BEFORE[current.screen.page] ?? 'home')];
    default:
      return [];
  }
}

/** The numbers that call somebody of the recorded class. */
const CALLED: Record<string, string> = { '037': 'identity', '317': 'home-several', '035': 'home-called_captured' };

/** The identity page once the agreement was ticked, or no longer is. */
function consented(view: StationView, consent: boolean): StationView {
  if (view.screen.page !== 'identity') return view;
  return { ...view, revision: nextRevision(), screen: { ...view.screen, consent } };
}

/** The review page with one more question answered. */
function ticked(view: StationView, id: string, answer: TickAnswer): StationView {
  const screen = view.screen;
  if (screen.page !== 'review') return view;
  const ticks = screen.ticks.map((tick) => (tick.id === id ? { ...tick, answer } : tick));
  const acceptable = ticks.every((tick) => tick.answer === 'fits') && !screen.results.some(stops);
  return { ...view, revision: nextRevision(), screen: { ...screen, ticks, acceptable } };
}

/** The retake page once the photo of a packet was asked for. */
function pictured(view: StationView, packet: string, state: 'asked' | 'there'): StationView {
  if (view.screen.page !== 'retakes') return view;
  return { ...view, revision: nextRevision(), screen: { ...view.screen, photo: { packet, state, fault: null } } };
}

/** The queue, or the news, after a packet was taken back. */
function withdrawn(view: StationView, packet: string, reason: string): StationView {
  if (view.screen.page !== 'queue') return settled(view, packet);
  const taken = { state: 'withdrawn', withdrawable: false, withdrawn: { reason, by: '李主任', at: view.now } } as const;
  const rows = view.screen.rows.map((row) => (row.packet === packet ? { ...row, ...taken } : row));
  return { ...view, revision: nextRevision(), screen: { ...view.screen, rows } };
}

/** The news without the pair of a packet. */
function settled(view: StationView, packet: string): StationView {
  if (view.screen.page !== 'news') return view;
  const twins = view.screen.twins.filter((twin) => twin.packet !== packet);
  return { ...view, revision: nextRevision(), queue: { ...view.queue, twins: twins.length }, screen: { ...view.screen, twins } };
}

/** The news without a message. */
function read(view: StationView, id: string): StationView {
  if (view.screen.page !== 'news') return view;
  const messages = view.screen.messages.filter((message) => message.id !== id);
  return { ...view, revision: nextRevision(), queue: { ...view.queue, messages: messages.length }, screen: { ...view.screen, messages } };
}

const BEFORE: Partial<Record<StationView['screen']['page'], string>> = {
  enrolment: 'identity-consented',
  capture: 'notes',
  review: 'capture-good',
  last_look: 'capture-good',
};
