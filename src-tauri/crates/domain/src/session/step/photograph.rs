//! The photo: notes, still, standard photo, last look, packet.

use super::{Outcome, Rules, misfit, review, to};
use crate::session::{
    AcceptedSample, CaseFile, CodeRefusal, Effect, FreshPhoto, Input, PacketOrder, Refusal, State,
};

pub(super) fn step(state: State, input: Input, rules: &Rules<'_>) -> Outcome {
    match (state, input) {
        (State::Preparing { file }, Input::Ready) => to(State::Capturing { file, attempt: 1 }, vec![]),
        (State::Capturing { file, .. }, Input::StillTaken(_)) if file.waits_for_code(rules.setup) => {
            Err(CodeRefusal::First.into())
        }
        (State::Capturing { file, attempt }, Input::StillTaken(sample)) => to(
            State::Reviewing {
                file,
                sample,
                assessment: None,
                attempt,
            },
            vec![Effect::Assess(sample)],
        ),
        (
            State::Capturing { mut file, attempt },
            Input::GrantException {
                kind,
                reason,
                approval,
            },
        ) => {
            let kept = review::grant(&mut file, kind, &reason, &approval, rules)?;
            to(State::Capturing { file, attempt }, vec![kept])
        }
        (
            State::Reviewing { file, attempt, .. }
            | State::Standardising { file, attempt, .. }
            | State::LastLook { file, attempt, .. },
            Input::Retake,
        ) => {
            // The counter decides when a supervisor may be called, so it stops rather than wraps.
            to(
                State::Capturing {
                    file,
                    attempt: attempt.saturating_add(1),
                },
                vec![],
            )
        }
        (state @ State::Reviewing { .. }, input) => review::step(state, input, rules),
        (
            State::Standardising {
                file,
                accepted,
                attempt,
                ..
            },
            Input::Standardised(photo),
        ) => {
            if photo.sample != accepted.sample() {
                return Err(Refusal::Stale);
            }
            to(
                State::LastLook {
                    file,
                    accepted,
                    photo,
                    attempt,
                },
                vec![],
            )
        }
        // Only another background failed: the photo that was there stands.
        (
            State::Standardising {
                file,
                accepted,
                before: Some(photo),
                attempt,
            },
            Input::Departed { .. },
        ) => to(
            State::LastLook {
                file,
                accepted,
                photo,
                attempt,
            },
            vec![],
        ),
        (State::Standardising { file, attempt, .. }, Input::Departed { codes }) => {
            let audit = rules.audit("departed", &file.enrolment().record().id, &codes.join(","));
            to(
                State::Capturing {
                    file,
                    attempt: attempt.saturating_add(1),
                },
                vec![audit],
            )
        }
        (
            State::LastLook {
                file,
                accepted,
                photo,
                attempt,
            },
            Input::ChooseGround(ground),
        ) => {
            let again = Effect::Standardise(accepted.sample(), ground);
            to(
                State::Standardising {
                    file,
                    accepted,
                    before: Some(photo),
                    attempt,
                },
                vec![again],
            )
        }
        (
            State::LastLook {
                file,
                accepted,
                photo,
                attempt,
            },
            Input::Confirm,
        ) => submit(file, accepted, photo, attempt, rules),
        (State::Submitting { order, fault: None }, Input::Stored { packet }) => {
            let held = order.held();
            let enrolment = order.file().enrolment().record().clone();
            to(
                State::Done {
                    packet,
                    enrolment,
                    held,
                },
                vec![],
            )
        }
        (State::Submitting { order, fault: None }, Input::NotStored { code }) => to(
            State::Submitting {
                order,
                fault: Some(code),
            },
            vec![],
        ),
        (
            State::Submitting {
                order,
                fault: Some(_),
            },
            Input::StoreAgain,
        ) => {
            let effect = Effect::Store(order.clone());
            to(State::Submitting { order, fault: None }, vec![effect])
        }
        (_, other) => Err(misfit(&other)),
    }
}

fn submit(
    file: CaseFile,
    accepted: AcceptedSample,
    photo: FreshPhoto,
    attempt: u32,
    rules: &Rules<'_>,
) -> Outcome {
    let audit = rules.audit("confirmed", &file.enrolment().record().id, &photo.sha256);
    let order = PacketOrder::new(
        file,
        accepted,
        photo,
        attempt,
        rules.operator.id.clone(),
        rules.now,
    );
    let order = Box::new(order);
    let store = Effect::Store(order.clone());
    to(State::Submitting { order, fault: None }, vec![audit, store])
}
