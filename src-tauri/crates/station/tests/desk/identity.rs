//! What the desk says of a number while it is typed, and what a supervisor's decision opens.

use crate::rig::{NUMBER, PIN, Rig, SUPERVISOR, roster, row, session};
use domain::Personal;
use domain::enrolment::Enrolment;
use domain::identity::{DocumentKind, IdentityException, IdentityMethod};
use station::contract::{
    Command, DocumentView, IdentityScreen, Screen, StationView, TypedDocument, Vouching,
};

const REASON: &str = "班主任当面确认是本人";

/// A desk at which somebody is served who agreed; called when `called`.
fn desk(people: Vec<Enrolment>, called: bool) -> Rig {
    let total = people.len();
    let rig = Rig::start(&[session("s1", "400")], roster(people, &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == total),
    );
    rig.give(if called {
        Command::Begin {
            enrolment: "s1:1".into(),
        }
    } else {
        Command::BeginUncalled
    });
    rig.give(Command::Consent {
        given: true,
        guardian: String::new(),
    });
    rig.until("agreed", |view| page(view).is_some_and(|page| page.consent));
    rig
}

fn page(view: &StationView) -> Option<&IdentityScreen> {
    match &view.screen {
        Screen::Identity(page) => Some(page),
        _ => None,
    }
}

fn typed(number: &str) -> Command {
    Command::CheckDocument(TypedDocument {
        name: "陈思涵".into(),
        number: number.into(),
        kind: None,
        birth: String::new(),
        valid_from: String::new(),
        valid_until: String::new(),
    })
}

fn dated(number: &str, born: &str, until: &str) -> Command {
    Command::CheckDocument(TypedDocument {
        name: "陈思涵".into(),
        number: number.into(),
        kind: None,
        birth: born.into(),
        valid_from: String::new(),
        valid_until: until.into(),
    })
}

fn verify(number: &str) -> Command {
    Command::VerifyIdentity {
        name: "陈思涵".into(),
        number: number.into(),
        method: IdentityMethod::Typed,
    }
}

fn vouch(number: &str, why: IdentityException, other: Option<&str>) -> Command {
    Command::VouchIdentity(Vouching {
        name: "陈思涵".into(),
        number: number.into(),
        why,
        reason: REASON.into(),
        other: other.map(str::to_string),
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    })
}

/// What the desk says after a command, once it speaks of this number.
fn said(rig: &Rig, command: Command, number: &str) -> DocumentView {
    rig.give(command);
    let about = |view: &StationView| page(view).is_some_and(|page| page.document.number == number);
    let view = rig.until("said", about);
    page(&view).unwrap().document.clone()
}

fn refused(rig: &Rig, command: Command, code: &str) -> StationView {
    rig.give(command);
    rig.until(code, |view| view.notice.as_ref().is_some_and(|n| n.code == code))
}

#[test]
fn a_number_is_explained_while_it_is_typed() {
    let rig = desk(vec![row("陈思涵")], false);
    let half = said(&rig, typed("110105 1949"), "1101051949");
    assert!(half.unfinished && half.trouble.is_none() && !half.valid);
    let wrong = said(&rig, typed("11010519491231002３"), "110105194912310023");
    assert_eq!(wrong.place, Some((18, 18)));
    let trouble = wrong.trouble.unwrap();
    assert_eq!(trouble.code, "refusal.number_check");
    assert_eq!(trouble.args["expected"], "X");
    let right = said(&rig, typed(NUMBER), NUMBER);
    assert_eq!(right.kind, Some(DocumentKind::ResidentId));
    assert_eq!(right.area.as_deref(), Some("北京市朝阳区"));
    assert_eq!(right.birth.as_deref(), Some("1949-12-31"));
    assert!(!right.birth_needed && right.warnings.is_empty());
    let permit = said(&rig, typed("h12345678"), "H12345678");
    assert!(permit.birth_needed);
    assert!(
        permit
            .warnings
            .contains(&"number_warning.may_be_passport".to_string())
    );
}

#[test]
fn an_expired_card_is_named_and_goes_on_by_a_decision() {
    let rig = desk(vec![row("陈思涵")], false);
    let expired = said(&rig, dated(NUMBER, "", "2020.01.01"), NUMBER);
    let dates = expired.dates.unwrap();
    assert_eq!(
        (dates.code.as_str(), dates.args["date"].as_str()),
        ("refusal.document_expired", "2020-01-01")
    );
    let view = refused(&rig, verify(NUMBER), "refusal.document_expired");
    assert!(page(&view).is_some());
    rig.give(vouch(NUMBER, IdentityException::Expired, None));
    rig.until("vouched", |view| matches!(view.screen, Screen::Enrolment(_)));
}

#[test]
fn dates_typed_beside_another_number_are_not_taken() {
    let rig = desk(vec![row("陈思涵")], false);
    said(&rig, dated("E12345678", "2006-03-12", "2020.01.01"), "E12345678");
    rig.give(verify(NUMBER));
    rig.until("verified", |view| matches!(view.screen, Screen::Enrolment(_)));
}

#[test]
fn a_passport_asks_for_a_birth_date_and_goes_on_with_it() {
    let rig = desk(vec![row("陈思涵")], false);
    let passport = said(&rig, typed("E12345678"), "E12345678");
    assert!(passport.birth_needed);
    refused(&rig, verify("E12345678"), "refusal.birth_missing");
    said(&rig, dated("E12345678", "2006-02-31", ""), "E12345678");
    refused(&rig, verify("E12345678"), "refusal.birth");
    rig.give(dated("E12345678", "2006-03-12", ""));
    rig.give(verify("E12345678"));
    rig.until("verified", |view| matches!(view.screen, Screen::Enrolment(_)));
}

#[test]
fn a_child_shown_by_a_typed_birth_date_needs_a_guardian() {
    let rig = desk(vec![row("陈思涵")], false);
    rig.give(dated("E12345678", "2020-03-12", ""));
    rig.until("a child", |view| {
        page(view).is_some_and(|page| page.guardian_needed)
    });
    refused(&rig, verify("E12345678"), "refusal.guardian_missing");
}

#[test]
fn who_has_no_document_is_vouched_for_without_number() {
    let rig = desk(vec![row("陈思涵")], true);
    rig.give(dated("", "2006-03-12", ""));
    refused(&rig, verify(""), "refusal.number_length");
    let wrong_pin = Command::VouchIdentity(Vouching {
        name: "陈思涵".into(),
        number: String::new(),
        why: IdentityException::NoDocument,
        reason: REASON.into(),
        other: None,
        supervisor: SUPERVISOR.into(),
        pin: "0000".into(),
    });
    refused(&rig, wrong_pin, "fault.pin_wrong");
    rig.give(vouch("", IdentityException::NoDocument, None));
    let view = rig.until("vouched", |view| matches!(view.screen, Screen::Enrolment(_)));
    let identity = &view.evidence[0];
    assert_eq!(identity.code.as_deref(), Some("vouched"));
    assert_eq!(identity.state, station::contract::EvidenceState::Overridden);
}

#[test]
fn a_twins_record_must_have_been_on_screen() {
    let twin = Enrolment {
        id: "s1:2".into(),
        document_number: Some(Personal::new("34052419800101001X".into())),
        student_number: "2".into(),
        ..row("陈思晗")
    };
    let rig = desk(vec![row("陈思涵"), twin], true);
    refused(
        &rig,
        vouch(NUMBER, IdentityException::Twin, None),
        "refusal.other_not_seen",
    );
    refused(
        &rig,
        vouch(NUMBER, IdentityException::Twin, Some("s1:2")),
        "refusal.other_not_seen",
    );
    rig.give(Command::FindOther {
        text: "陈思".into()
    });
    let view = rig.until("the other", |view| {
        page(view).is_some_and(|page| !page.others.is_empty())
    });
    let shown: Vec<_> = page(&view)
        .unwrap()
        .others
        .iter()
        .map(|o| o.enrolment.clone())
        .collect();
    assert_eq!(shown, ["s1:2"]);
    rig.give(vouch(NUMBER, IdentityException::Twin, Some("s1:2")));
    rig.until("vouched", |view| matches!(view.screen, Screen::Enrolment(_)));
}

#[test]
fn what_was_typed_of_one_person_is_not_said_of_the_next() {
    let rig = desk(vec![row("陈思涵")], false);
    said(&rig, dated(NUMBER, "", "2020.01.01"), NUMBER);
    rig.give(Command::Leave);
    rig.give(Command::BeginUncalled);
    rig.until("the next", |view| {
        page(view).is_some_and(|page| page.document.number.is_empty())
    });
}
