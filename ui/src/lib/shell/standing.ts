import { t } from '../i18n/words.svelte';
import type { EnrolmentState } from '../station/bindings/EnrolmentState';
import type { QueueState } from '../station/bindings/QueueState';
import type { SignName } from '../../components/signs';

/** A state as it is shown: shape, word, colour. */
export interface Standing {
  sign: SignName;
  words: string;
  tone: 'pass' | 'warn' | 'fail' | 'na' | 'offline' | 'queue' | '';
}

/** Where a packet stands. */
export function packetStanding(state: QueueState): Standing {
  switch (state) {
    case 'held':
      return { sign: 'ask', words: t('packet.held'), tone: 'offline' };
    case 'waiting':
      return { sign: 'wait', words: t('packet.waiting'), tone: 'queue' };
    case 'sending':
      return { sign: 'send', words: t('packet.sending'), tone: 'queue' };
    case 'acknowledged':
      return { sign: 'ack', words: t('packet.acknowledged'), tone: 'pass' };
    case 'needs_attention':
      return { sign: 'fail', words: t('packet.needs_attention'), tone: 'fail' };
    case 'superseded':
      return { sign: 'na', words: t('packet.superseded'), tone: 'na' };
    case 'withdrawn':
      return { sign: 'na', words: t('packet.withdrawn'), tone: 'na' };
  }
}

/** Where a person of the roster stands. */
export function personStanding(person: {
  state: EnrolmentState;
  packet: QueueState | null;
  not_eligible: string | null;
}): Standing {
  if (person.state === 'approved') return { sign: 'lock', words: t('state.approved'), tone: 'pass' };
  if (person.state === 'retake') return { sign: 'again', words: t('state.retake'), tone: 'warn' };
  if (person.not_eligible !== null) return { sign: 'na', words: t('state.not_eligible'), tone: 'na' };
  if (person.packet !== null) return packetStanding(person.packet);
  if (person.state === 'captured') return { sign: 'pass', words: t('state.captured'), tone: 'pass' };
  return { sign: 'user', words: t('state.to_capture'), tone: '' };
}

/** Why a person is not eligible: the station's own codes in words, anything else as the roster says it. */
export function whyNotEligible(reason: string): string {
  if (reason === 'removed') return t('enrolment.removed');
  return reason === 'settled_twice' ? t('enrolment.settled_twice') : reason;
}
