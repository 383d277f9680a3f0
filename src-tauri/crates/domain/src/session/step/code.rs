//! The 采集码: as the enrolment itself, or bound to the capture at the camera.

use super::identify::guarded;
use super::{Outcome, Rules, misfit, open_for_capture, to};
use crate::Personal;
use crate::code::{CaptureCode, CodeBinding, CodeHolder};
use crate::enrolment::{Enrolment, EnrolmentState};
use crate::identity::{VerifiedIdentity, names_agree};
use crate::session::{CodeInput, CodeRefusal, Effect, Identified, Input, Refusal, State};
use crate::setup::CodeUse;

pub(super) fn step(state: State, input: CodeInput, rules: &Rules<'_>) -> Outcome {
    if rules.setup.code == CodeUse::Off {
        return Err(CodeRefusal::NotUsed.into());
    }
    match (state, input) {
        (state @ State::Identifying { .. }, CodeInput::Shown { code, holder }) => {
            shown_first(state, code, holder, rules)
        }
        (state @ (State::Preparing { .. } | State::Capturing { .. }), CodeInput::Shown { code, holder }) => {
            shown_at_the_camera(state, code, holder, rules)
        }
        (state, CodeInput::Again { carried }) => read_again(state, carried, rules),
        (
            state,
            CodeInput::Person {
                name,
                spoken,
                of_age,
                kept,
            },
        ) => known_by_code(state, &name, spoken, of_age, kept, rules),
        (_, other) => Err(misfit(&Input::Code(other))),
    }
}

/// Without a roster the code is the enrolment: one that is captured already is told before anybody pays.
fn shown_first(
    mut state: State,
    shown: CaptureCode,
    holder: Option<CodeHolder>,
    rules: &Rules<'_>,
) -> Outcome {
    if rules.setup.code != CodeUse::Alone {
        return Err(CodeRefusal::AtCamera.into());
    }
    if let Some(holder) = &holder {
        open_for_capture(&holder.enrolment)?;
        // Its photo, that of a rejected capture, hangs on an enrolment that was found by something else.
        if holder.packet.is_some() && holder.enrolment.id != shown.id().enrolment(&rules.setup.id) {
            return Err(CodeRefusal::Taken.into());
        }
    }
    let audit = rules.audit("code_shown", &shown.id().enrolment(&rules.setup.id), "");
    if let State::Identifying { code, .. } = &mut state {
        *code = Some(shown);
    }
    to(state, vec![audit])
}

/// At the camera the code is that of the person there, or nobody's yet.
fn shown_at_the_camera(
    mut state: State,
    shown: CaptureCode,
    holder: Option<CodeHolder>,
    rules: &Rules<'_>,
) -> Outcome {
    let (State::Preparing { file } | State::Capturing { file, .. }) = &mut state else {
        return Err(Refusal::NotNow);
    };
    let record = file.enrolment().record();
    let before = file.code().map(CaptureCode::id).map(crate::code::CodeId::as_str);
    let known = before.or(record.code.as_deref());
    // One that was shown for somebody whose photo was never stored is nobody's.
    let others = holder.filter(|h| h.packet.is_some() && h.enrolment.id != record.id);
    if others.is_some() {
        return Err(CodeRefusal::Taken.into());
    }
    if known.is_some_and(|known| known != shown.id().as_str()) {
        return Err(CodeRefusal::OfAnother.into());
    }
    let bind = bind(&shown, &record.id, rules);
    file.bind(shown);
    to(state, vec![bind])
}

/// The operator lets go of a code that was read by mistake: the camera may have seen the next person's phone. One that
/// a stored photo carries stays, and so does one that is the enrolment itself.
fn read_again(mut state: State, carried: bool, rules: &Rules<'_>) -> Outcome {
    match &mut state {
        State::Identifying { code, .. } => {
            *code = None;
            to(state, vec![])
        }
        State::Preparing { file } | State::Capturing { file, .. }
            if !carried && rules.setup.code == CodeUse::Beside =>
        {
            let record = file.enrolment().record();
            let known = file.code().is_some() || record.code.is_some();
            let release = Effect::ReleaseCode {
                enrolment: record.id.clone(),
                audit: rules.event("code_released", &record.id, ""),
            };
            file.unbind();
            to(state, if known { vec![release] } else { vec![] })
        }
        _ => to(state, vec![]),
    }
}

fn bind(code: &CaptureCode, enrolment: &str, rules: &Rules<'_>) -> Effect {
    Effect::BindCode {
        binding: CodeBinding {
            session: rules.setup.id.clone(),
            code: code.id().clone(),
            enrolment: enrolment.to_owned(),
            at: rules.now,
        },
        audit: rules.event("code_bound", enrolment, code.id().as_str()),
    }
}

/// The code is the enrolment, and the name that was spoken the evidence that it is the person's own.
fn known_by_code(
    state: State,
    name: &Personal<String>,
    spoken: bool,
    of_age: bool,
    kept: Option<Enrolment>,
    rules: &Rules<'_>,
) -> Outcome {
    let State::Identifying {
        called,
        consent,
        card,
        code: Some(code),
    } = state
    else {
        return Err(Refusal::NotNow);
    };
    let consent = consent.ok_or(Refusal::ConsentMissing)?;
    if !spoken {
        return Err(CodeRefusal::NameNotAsked.into());
    }
    let id = code.id().enrolment(&rules.setup.id);
    if called.is_some_and(|called| called.id != id) {
        return Err(Refusal::NotThePersonCalled);
    }
    let identity = VerifiedIdentity::by_code(name.as_str(), of_age, rules.now).map_err(|_| Refusal::Name)?;
    let name = kept_name(kept.as_ref(), identity.name())?;
    let known = Identified {
        consent,
        identity,
        card,
        code: Some(code.clone()),
    };
    guarded(&known, rules)?;
    let record = Enrolment {
        name,
        ..kept.unwrap_or_else(|| nothing_but_a_code(&code, rules))
    };
    open_for_capture(&record)?;
    // One that the server settled is the roster's and stays as it is.
    let mut effects = Vec::with_capacity(3);
    if record.provisional {
        effects.push(Effect::KeepProvisional(record.clone()));
    }
    effects.push(bind(&code, &id, rules));
    effects.push(rules.audit("identity_verified", &id, "code"));
    let state = State::Matching {
        known,
        candidates: vec![record],
        chosen: Some(0),
        answered: true,
    };
    to(state, effects)
}

/// A name that was written down once stays; another one spoken for the same code is another person.
fn kept_name(kept: Option<&Enrolment>, spoken: &Personal<String>) -> Result<Personal<String>, Refusal> {
    let earlier = kept
        .map(|kept| &kept.name)
        .filter(|name| !name.as_str().is_empty());
    match earlier {
        Some(earlier) if spoken.as_str().is_empty() || names_agree(spoken.as_str(), earlier.as_str()) => {
            Ok(earlier.clone())
        }
        Some(_) => Err(CodeRefusal::Taken.into()),
        None => Ok(spoken.clone()),
    }
}

fn nothing_but_a_code(code: &CaptureCode, rules: &Rules<'_>) -> Enrolment {
    Enrolment {
        id: code.id().enrolment(&rules.setup.id),
        session: rules.setup.id.clone(),
        name: Personal::default(),
        document_number: None,
        school: rules.setup.school.clone(),
        class_name: String::new(),
        student_number: String::new(),
        exam_number: String::new(),
        code: Some(code.id().as_str().to_owned()),
        ticket: String::new(),
        prepaid: false,
        not_eligible: None,
        provisional: true,
        state: EnrolmentState::ToCapture,
    }
}
