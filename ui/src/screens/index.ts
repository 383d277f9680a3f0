import type { Component } from 'svelte';
import type { Page, ScreenProps } from '../lib/shell/page';
import Broken from './Broken.svelte';
import Camera from './Camera.svelte';
import Capture from './Capture.svelte';
import ChooseSession from './ChooseSession.svelte';
import DayEnd from './DayEnd.svelte';
import Done from './Done.svelte';
import Enrolment from './Enrolment.svelte';
import Home from './Home.svelte';
import Identity from './Identity.svelte';
import LastLook from './LastLook.svelte';
import News from './News.svelte';
import Notes from './Notes.svelte';
import Payment from './Payment.svelte';
import Queue from './Queue.svelte';
import Retakes from './Retakes.svelte';
import Review from './Review.svelte';
import Roster from './Roster.svelte';
import SignIn from './SignIn.svelte';
import Standardising from './Standardising.svelte';
import Starting from './Starting.svelte';
import Stick from './Stick.svelte';
import Submitting from './Submitting.svelte';

/** One screen for every page of the contract. */
export const screens: Record<Page, Component<ScreenProps> | Component> = {
  broken: Broken,
  starting: Starting,
  sign_in: SignIn,
  choose_session: ChooseSession,
  home: Home,
  identity: Identity,
  enrolment: Enrolment,
  payment: Payment,
  notes: Notes,
  camera: Camera,
  capture: Capture,
  review: Review,
  standardising: Standardising,
  last_look: LastLook,
  submitting: Submitting,
  done: Done,
  queue: Queue,
  retakes: Retakes,
  roster: Roster,
  stick: Stick,
  news: News,
  day_end: DayEnd,
};
