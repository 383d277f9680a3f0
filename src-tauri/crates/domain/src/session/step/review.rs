//! The still and its checks: the operator's ticks, acceptance, a supervisor's override and known exceptions.

use super::{Outcome, Rules, checked_reason, misfit, to};
use crate::exception::{ExceptionKind, KnownException};
use crate::quality::{Assessment, Force};
use crate::session::{
    AcceptedSample, CaseFile, Effect, Input, Override, Refusal, SampleId, State, SupervisorApproval,
};
use crate::specification::Ground;

pub(super) fn step(state: State, input: Input, rules: &Rules<'_>) -> Outcome {
    let State::Reviewing {
        mut file,
        sample,
        assessment,
        attempt,
    } = state
    else {
        return Err(misfit(&input));
    };
    let reviewing = |file, assessment| State::Reviewing {
        file,
        sample,
        assessment,
        attempt,
    };
    match (assessment, input) {
        (
            _,
            Input::StillAssessed {
                sample: of,
                assessment,
            },
        ) => {
            if of != sample {
                return Err(Refusal::Stale);
            }
            to(reviewing(file, Some(assessment)), vec![])
        }
        (Some(mut assessment), Input::Answer { tick, answer }) => {
            if !assessment.answer(&tick, answer) {
                return Err(Refusal::NotNow);
            }
            to(reviewing(file, Some(assessment)), vec![])
        }
        (Some(assessment), Input::Accept) => {
            if assessment.stopping().next().is_some() || assessment.refused().next().is_some() {
                return Err(Refusal::NotAcceptable);
            }
            if assessment.open().next().is_some() {
                return Err(Refusal::TicksOpen);
            }
            if !assessment.acceptable() {
                return Err(Refusal::NotAcceptable);
            }
            accept(
                file,
                AcceptedSample::new(sample, assessment, None),
                attempt,
                vec![],
            )
        }
        (Some(assessment), Input::Override { reason, approval }) => {
            let waived = waived(&assessment, attempt, &reason, approval, rules)?;
            let enrolment = &file.enrolment().record().id;
            let let_through = format!("{}: {}", waived.checks.join(","), waived.reason);
            let audit = rules.approved("override", enrolment, &let_through, &waived.approval);
            let accepted = AcceptedSample::new(sample, assessment, Some(waived));
            accept(file, accepted, attempt, vec![Effect::Audit(audit)])
        }
        // Only once the first judgement is there: two on their way could come in either order.
        (
            Some(_),
            Input::GrantException {
                kind,
                reason,
                approval,
            },
        ) => {
            let kept = grant(&mut file, kind, &reason, &approval, rules)?;
            to(reviewing(file, None), vec![kept, Effect::Assess(sample)])
        }
        (_, other) => Err(misfit(&other)),
    }
}

/// The photo is made of an accepted still.
fn accept(file: CaseFile, accepted: AcceptedSample, attempt: u32, mut effects: Vec<Effect>) -> Outcome {
    let sample: SampleId = accepted.sample();
    effects.push(Effect::Standardise(sample, Ground::AsSpecified));
    to(
        State::Standardising {
            file,
            accepted,
            before: None,
            attempt,
        },
        effects,
    )
}

/// What a supervisor lets through: every rule that stops, and every rule of a tick that says "does not fit".
fn waived(
    assessment: &Assessment,
    attempt: u32,
    reason: &str,
    approval: SupervisorApproval,
    rules: &Rules<'_>,
) -> Result<Override, Refusal> {
    let checks = assessment.stopping_rules();
    let open = assessment.open().next().is_some();
    if checks.is_empty() && !open {
        return Err(Refusal::NotNow);
    }
    if assessment
        .stopping()
        .any(|result| result.force == Force::Absolute)
    {
        return Err(Refusal::NotOverridable);
    }
    if attempt < rules.setup.policy.attempts_before_override {
        return Err(Refusal::OverrideTooEarly);
    }
    let reason = checked_reason(reason)?;
    // A tick that nobody answered would be let through unseen.
    if open {
        return Err(Refusal::TicksOpen);
    }
    Ok(Override {
        checks,
        reason,
        approval,
    })
}

/// Grants a known exception; gives the effect that keeps it.
pub(super) fn grant(
    file: &mut CaseFile,
    kind: ExceptionKind,
    reason: &str,
    approval: &SupervisorApproval,
    rules: &Rules<'_>,
) -> Result<Effect, Refusal> {
    let exception = KnownException {
        kind,
        reason: checked_reason(reason)?,
        supervisor: approval.supervisor().to_string(),
        at: approval.at(),
    };
    file.grant(exception.clone());
    let enrolment = file.enrolment().record().id.clone();
    let audit = rules.approved("exception_granted", &enrolment, kind.code(), approval);
    Ok(Effect::KeepException {
        enrolment,
        exception,
        audit,
    })
}
