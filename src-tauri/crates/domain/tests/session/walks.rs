//! Random walks, against a witness that saw what really happened.

use crate::fixtures::{NUMBER, operator, setup};
use crate::inputs::{any_input, sensible};
use domain::Moment;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::date::Date;
use domain::operator::Role;
use domain::payment::{FeeEvidence, OrderState};
use domain::quality::{CheckResult, Force, Tick, TickAnswer, Verdict};
use domain::session::{Effect, Input, PacketOrder, Rules, SampleId, State, step};
use proptest::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// What was really seen on the way, kept apart from the machine so that it can contradict it.
#[derive(Default)]
struct Witness {
    consented: bool,
    identified: bool,
    /// The roster has this person, and under no record that may be photographed.
    barred: bool,
    matched: bool,
    settled: bool,
    unknown_allowed: bool,
    passed: Option<SampleId>,
    made: Option<SampleId>,
}

impl Witness {
    fn see(&mut self, before: &State, input: &Input, rules: &Rules<'_>) {
        match (before, input) {
            (_, Input::Begin { .. }) => *self = Self::default(),
            (State::Matching { known, .. }, Input::Found(found)) => {
                // Without a number nobody can say that the record is theirs.
                self.barred = known.identity.number().is_some() && barred(found);
            }
            (_, Input::Consent { given, .. }) => self.consented = *given,
            (_, Input::Identity { number, .. }) => self.identified |= number.as_str() == NUMBER,
            (_, Input::Vouch { reason, .. }) => self.identified |= reason.chars().count() >= 6,
            (_, Input::ConfirmListed { .. }) => {
                // What is on paper is compared by the operator; the machine may only have taken it where one could.
                let called = before.enrolment();
                self.identified |= called.is_some_and(|e| e.document_number.is_some());
                self.matched = rules.setup.policy.trusted_list;
                self.settled |= called.is_some_and(|e| e.prepaid);
            }
            (_, Input::ConfirmEnrolment(_)) => {
                self.matched = true;
                self.settled |= before.enrolment().is_some_and(|e| e.prepaid);
            }
            (_, Input::CashTaken { tendered_fen }) => self.settled |= *tendered_fen >= 2000,
            (_, Input::Exempt { reason, .. }) => self.settled |= reason.chars().count() >= 6,
            (_, Input::OrderAnswered(o)) => {
                self.settled |= o.state == OrderState::Paid && o.amount_fen == 2000;
            }
            (_, Input::GoOnUnknown) => {
                self.unknown_allowed |= rules.setup.policy.hold_photo_while_payment_unknown;
            }
            (
                State::Reviewing {
                    sample,
                    assessment: Some(a),
                    ..
                },
                Input::Accept,
            ) => {
                // Seen from the parts, so that a wrong sum of them is contradicted.
                let fits = |t: &Tick| t.answer == Some(TickAnswer::Fits);
                let stops = |r: &CheckResult| {
                    r.force != Force::Advice && matches!(r.verdict, Verdict::Fail | Verdict::NotAssessed)
                };
                let passed = a.ticks.iter().all(fits) && !a.results.iter().any(stops);
                self.passed = passed.then_some(*sample);
            }
            (
                State::Reviewing {
                    sample,
                    assessment: Some(a),
                    ..
                },
                Input::Override { reason, .. },
            ) => {
                let answered = a.ticks.iter().all(|t| t.answer.is_some());
                let allowed = answered
                    && reason.chars().count() >= 6
                    && a.results.iter().all(|r| r.force != Force::Absolute);
                self.passed = allowed.then_some(*sample);
            }
            (_, Input::Standardised(photo)) => self.made = Some(photo.sample),
            // Only another ground failed: still and photo stand.
            (State::Standardising { before: Some(_), .. }, Input::Departed { .. }) => {}
            (_, Input::Retake | Input::Departed { .. }) => (self.passed, self.made) = (None, None),
            _ => {}
        }
    }

    fn check(&self, order: &PacketOrder) {
        assert!(
            self.consented && self.identified,
            "no packet without consent and identity"
        );
        let record = order.file().enrolment().record();
        assert!(
            self.matched && open(record),
            "no packet for an enrolment that was not confirmed or is closed"
        );
        assert!(
            !(record.provisional && self.barred),
            "nobody escapes the roster by walking in"
        );
        assert!(
            self.settled || self.unknown_allowed,
            "no packet without a fee's proof"
        );
        assert_eq!(
            order.held(),
            matches!(order.file().fee(), FeeEvidence::Unknown { .. })
        );
        assert!(self.settled || order.held(), "an unsettled photo is held");
        assert_eq!(
            self.passed,
            Some(order.accepted().sample()),
            "the accepted still, no other"
        );
        assert_eq!(self.made, Some(order.photo().sample), "the photo of that still");
        assert_eq!(order.photo().sample, order.accepted().sample());
    }
}

fn open(record: &Enrolment) -> bool {
    matches!(record.state, EnrolmentState::ToCapture | EnrolmentState::Retake)
        && record.not_eligible.is_none()
}

fn barred(found: &[Enrolment]) -> bool {
    !found.is_empty() && !found.iter().any(open)
}

/// Packets that the random walks stored; a walk that never gets there proves nothing.
static STORED: AtomicU32 = AtomicU32::new(0);

#[test]
fn random_walks_reach_the_end_and_no_packet_lacks_evidence() {
    no_packet_without_every_evidence();
    let stored = STORED.load(Ordering::Relaxed);
    assert!(stored >= 20, "only {stored} walks stored a packet");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]
    fn no_packet_without_every_evidence(
        inputs in prop::collection::vec((0u8..10, any_input()), 1..120), hold in any::<bool>(),
        card in any::<bool>(), listed in any::<bool>()
    ) {
        let mut setup = setup(hold, card);
        setup.policy.trusted_list = listed;
        let operator = operator(Role::Operator);
        let today = Date::new(2026, 11, 24).expect("a date");
        let mut state = State::Idle;
        let mut witness = Witness::default();
        for (i, (chance, random)) in inputs.into_iter().enumerate() {
            // Mostly what a person would do next, so that walks get far; else anything at all.
            let input = if chance < 6 { sensible(&state).unwrap_or(random) } else { random };
            let rules = Rules { setup: &setup, operator: &operator, now: Moment(i as i64), today };
            let before = state.clone();
            if let Ok(next) = step(&state, input.clone(), &rules) {
                witness.see(&before, &input, &rules);
                for effect in &next.effects {
                    if let Effect::Store(order) = effect {
                        witness.check(order);
                        STORED.fetch_add(1, Ordering::Relaxed);
                        let looked = matches!(before, State::LastLook { .. }) && input == Input::Confirm;
                        let again = matches!(before, State::Submitting { .. }) && input == Input::StoreAgain;
                        prop_assert!(looked || again, "only the last look stores");
                    }
                }
                state = next.state;
            }
        }
    }
}
