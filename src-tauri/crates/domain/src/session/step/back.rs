//! One step back; nothing proved is lost.

use super::{Outcome, to};
use crate::session::{Effect, Refusal, State};

pub(super) fn back(state: State) -> Outcome {
    match state {
        State::Identifying { .. } => to(State::Idle, vec![Effect::Discard]),
        State::Matching {
            known,
            candidates,
            chosen,
            ..
        } => {
            let called = chosen
                .and_then(|i| candidates.into_iter().nth(i))
                .filter(|e| !e.provisional);
            let consent = Some(known.consent);
            to(
                State::Identifying {
                    called,
                    consent,
                    card: known.card,
                    code: known.code,
                },
                vec![],
            )
        }
        State::Paying {
            known,
            enrolment,
            order,
            ..
        } if order.is_none() => {
            let candidates = vec![enrolment.record().clone()];
            to(
                State::Matching {
                    known,
                    candidates,
                    chosen: Some(0),
                    answered: true,
                },
                vec![],
            )
        }
        State::Capturing { file, .. } => to(State::Preparing { file }, vec![]),
        State::Reviewing { file, attempt, .. }
        | State::Standardising { file, attempt, .. }
        | State::LastLook { file, attempt, .. } => to(
            State::Capturing {
                file,
                attempt: attempt.saturating_add(1),
            },
            vec![],
        ),
        _ => Err(Refusal::NotNow),
    }
}
