//! Whose record it is: why each is shown, what is taken by itself, and what no operator can confirm.

use crate::rig::{NUMBER, Rig, roster, row, session};
use crate::server::Server;
use domain::Personal;
use domain::change::What;
use domain::eligibility::Eligibility;
use domain::enrolment::matching::{MatchRule, NameFact, NumberFact};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::identity::IdentityMethod;
use domain::setup::SessionKind;
use station::contract::{Command, EligibilityState, EnrolmentScreen, Screen, StationView, WalkInTold};

const OTHER: &str = "34052419800101001X";

/// A desk with these people on its roster, where somebody not called showed a document.
fn shown(people: Vec<Enrolment>, kind: SessionKind, name: &str) -> Rig {
    let total = people.len();
    let mut setup = session("s1", "400");
    setup.kind = kind;
    let rig = Rig::start(&[setup], roster(people, &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == total),
    );
    identify(&rig, name);
    rig
}

/// Somebody not called shows a document with this name.
fn identify(rig: &Rig, name: &str) {
    rig.give(Command::BeginUncalled);
    rig.give(Command::Consent {
        given: true,
        guardian: String::new(),
    });
    rig.give(Command::VerifyIdentity {
        name: name.into(),
        number: NUMBER.into(),
        method: IdentityMethod::Typed,
    });
}

fn page(view: &StationView) -> Option<&EnrolmentScreen> {
    match &view.screen {
        Screen::Enrolment(page) if !page.searching => Some(page),
        _ => None,
    }
}

fn until(rig: &Rig, what: &str, holds: impl Fn(&EnrolmentScreen) -> bool) -> EnrolmentScreen {
    let view = rig.until(what, |view| page(view).is_some_and(&holds));
    page(&view).unwrap().clone()
}

fn numbered(id: &str, name: &str, number: Option<&str>) -> Enrolment {
    Enrolment {
        id: id.into(),
        document_number: number.map(|n| Personal::new(n.into())),
        student_number: id.rsplit(':').next().unwrap().into(),
        ..row(name)
    }
}

fn refusal(rig: &Rig, code: &str) {
    let code = format!("refusal.{code}");
    rig.until(&code, |view| view.notice.as_ref().is_some_and(|n| n.code == code));
}

#[test]
fn number_and_name_are_taken_at_once() {
    let namesake = numbered("s1:2", "陈思涵", Some(OTHER));
    let rig = shown(vec![row("陈思涵"), namesake], SessionKind::Hybrid, " 陈思涵 ");
    let page = until(&rig, "answered", |page| !page.candidates.is_empty());
    assert_eq!((page.candidates.len(), page.chosen, page.own), (1, Some(0), true));
    let found = &page.matches[0];
    assert_eq!(
        (found.rule, found.name, found.number, found.theirs),
        (MatchRule::NumberAndName, NameFact::Same, NumberFact::Same, true)
    );
    rig.give(Command::ConfirmEnrolment);
    rig.until("on to the fee", |view| matches!(view.screen, Screen::Payment(_)));
}

#[test]
fn another_name_under_the_number_is_offered_and_the_sitter_decides() {
    let rig = shown(vec![row("陈思涵")], SessionKind::Hybrid, "陈思函");
    let page = until(&rig, "offered", |page| page.candidates.len() == 1);
    assert_eq!(page.chosen, None);
    assert_eq!(page.matches[0].rule, MatchRule::Number);
    assert_eq!(page.matches[0].name, NameFact::Sound);
    rig.give(Command::ConfirmEnrolment);
    refusal(&rig, "choose_first");
    rig.give(Command::ChooseEnrolment { index: 0 });
    until(&rig, "chosen", |page| page.chosen == Some(0));
    rig.give(Command::ConfirmEnrolment);
    rig.until("on to the fee", |view| matches!(view.screen, Screen::Payment(_)));
}

#[test]
fn two_enrolments_of_one_person_are_chosen_between() {
    let second = numbered("s1:2", "陈思涵", Some(NUMBER));
    let rig = shown(vec![row("陈思涵"), second], SessionKind::Roster, "陈思涵");
    let page = until(&rig, "both", |page| page.candidates.len() == 2);
    assert_eq!((page.chosen, page.own), (None, true));
    assert!(page.matches.iter().all(|m| m.rule == MatchRule::NumberAndName));
}

#[test]
fn what_nearly_agrees_is_offered_with_its_reason_and_nothing_else_is() {
    let people = vec![
        numbered("s1:1", "陈思函", Some(OTHER)),
        numbered("s1:2", "陈某", Some("110105194912310038")),
        numbered("s1:3", "王欣怡", None),
    ];
    let rig = shown(people, SessionKind::Roster, "陈思涵");
    let page = until(&rig, "offered", |page| !page.candidates.is_empty());
    let told: Vec<_> = page
        .candidates
        .iter()
        .zip(&page.matches)
        .map(|(row, found)| (row.enrolment.as_str(), found.rule, found.name, found.number))
        .collect();
    assert_eq!(
        told,
        [
            ("s1:2", MatchRule::OneDigit, NameFact::Other, NumberFact::OneDigit),
            ("s1:1", MatchRule::Sound, NameFact::Sound, NumberFact::Other),
        ]
    );
    assert_eq!(
        (page.chosen, page.own, page.walk_in_possible),
        (None, false, false)
    );
    // Nearly the number and another name is not enough to go on with.
    assert!(!page.matches[0].theirs && page.matches[1].theirs);
    rig.give(Command::ChooseEnrolment { index: 0 });
    until(&rig, "chosen", |page| page.chosen == Some(0));
    rig.give(Command::ConfirmEnrolment);
    refusal(&rig, "another_person");
    rig.give(Command::TakeWalkIn(WalkInTold {
        school: String::new(),
        class_name: "护理 2401 班".into(),
        student_number: String::new(),
    }));
    refusal(&rig, "walk_in_closed");
}

#[test]
fn another_record_is_searched_for_and_never_taken() {
    let mut by_exam = numbered("s1:24010002", "陈思涵", None);
    by_exam.exam_number = "26110105150317".into();
    let people = vec![by_exam, numbered("s1:24010003", "王欣怡", None)];
    let rig = shown(people, SessionKind::Hybrid, "陈思含");
    until(&rig, "alike", |page| page.candidates.len() == 1);
    let find = |text: &str| rig.give(Command::FindEnrolment { text: text.into() });
    find("26110105150317");
    let page = until(&rig, "by 考生号", |page| page.search == "26110105150317");
    assert_eq!(page.matches[0].rule, MatchRule::ExamNumber);
    assert_eq!(page.candidates[0].exam_number, "26110105150317");
    assert!(page.chosen.is_none() && !page.search_missed);
    find("wxy");
    let page = until(&rig, "by initials", |page| page.search == "wxy");
    assert_eq!(page.candidates.len(), 1);
    assert_eq!(
        (page.matches[0].rule, page.matches[0].theirs),
        (MatchRule::Searched, false)
    );
    find("没有");
    let page = until(&rig, "nobody", |page| page.search_missed);
    assert!(page.candidates.is_empty());
    find(" ");
    let page = until(&rig, "as before", |page| page.search.is_empty());
    assert_eq!(page.matches[0].rule, MatchRule::Sound);
}

#[test]
fn where_the_last_photo_stands_is_on_the_page() {
    let captured = row("陈思涵");
    let rig = shown(vec![captured], SessionKind::Hybrid, "陈思涵");
    let page = until(&rig, "chosen", |page| page.chosen == Some(0));
    assert_eq!(page.last, None);
    rig.enqueue(&["p1"]);
    rig.give(Command::Leave);
    identify(&rig, "陈思涵");
    let page = until(&rig, "captured", |page| {
        page.last.is_some() && page.candidates[0].state == EnrolmentState::Captured
    });
    assert_eq!(page.last.unwrap().packet, "p1");
    rig.give(Command::ConfirmEnrolment);
    refusal(&rig, "already_captured");
    let kept = domain::port::Store::enrolment(rig.store(), "s1:1")
        .unwrap()
        .unwrap();
    assert_eq!(kept.state, EnrolmentState::Captured);
}

/// A desk whose server says this of everybody.
fn judged(server: &Server, people: Vec<Enrolment>) -> Rig {
    let total = people.len();
    server.tell(What::Roster(roster(people, &[])));
    let rig = Rig::before(server, &[session("s1", "400")], &[]);
    rig.sign_in();
    rig.choose("s1");
    rig.until("the roster and an answer", |view| {
        view.queue.last_answer.is_some()
            && matches!(&view.screen, Screen::Home(home) if home.people.len() == total)
    });
    rig
}

#[test]
fn the_centres_word_stops_as_the_rosters_does() {
    for (said, state, code) in [
        (
            Eligibility::NotEligible {
                reason: "已休学".into(),
            },
            EligibilityState::NotEligible,
            "not_eligible",
        ),
        (
            Eligibility::CapturedElsewhere,
            EligibilityState::CapturedElsewhere,
            "already_captured",
        ),
    ] {
        let server = Server::default();
        server.judge(said);
        let rig = judged(&server, vec![row("陈思涵")]);
        identify(&rig, "陈思涵");
        until(&rig, "answered", |page| page.eligibility.state == state);
        rig.give(Command::ConfirmEnrolment);
        refusal(&rig, code);
        let asked = server.asked_about();
        assert_eq!(asked.len(), 1, "once a person");
        assert_eq!(asked[0].number.as_str(), NUMBER);
    }
}

#[test]
fn a_server_that_knows_nothing_or_is_silent_stops_nobody() {
    let server = Server::default();
    let rig = judged(&server, vec![row("陈思涵")]);
    identify(&rig, "陈思涵");
    until(&rig, "unknown", |page| {
        page.eligibility.state == EligibilityState::Unknown
    });
    rig.give(Command::Leave);
    let silent = domain::port::CentralFault::Unreachable("a test".into());
    server.say(crate::server::Word::Fails(silent));
    identify(&rig, "陈思涵");
    until(&rig, "no answer", |page| {
        page.chosen == Some(0) && page.eligibility.state == EligibilityState::RosterOnly
    });
    rig.give(Command::ConfirmEnrolment);
    rig.until("on to the fee", |view| matches!(view.screen, Screen::Payment(_)));
}

/// A number typed from the wrong card, and the answer about it, count for nothing once another one is verified.
#[test]
fn what_was_said_of_another_number_counts_for_nothing() {
    let server = Server::default();
    server.judge(Eligibility::NotEligible {
        reason: "已休学".into(),
    });
    let rig = judged(&server, vec![numbered("s1:2", "李明", Some(OTHER))]);
    identify(&rig, "陈思涵");
    until(&rig, "not eligible", |page| {
        page.eligibility.state == EligibilityState::NotEligible
    });
    server.judge(Eligibility::Eligible);
    rig.give(Command::Back);
    rig.until("back", |view| matches!(view.screen, Screen::Identity(_)));
    rig.give(Command::VerifyIdentity {
        name: "李明".into(),
        number: OTHER.into(),
        method: IdentityMethod::Typed,
    });
    until(&rig, "asked anew", |page| {
        page.eligibility.state == EligibilityState::Eligible
    });
    rig.give(Command::ConfirmEnrolment);
    rig.until("on to the fee", |view| matches!(view.screen, Screen::Payment(_)));
    let asked = server.asked_about();
    let numbers: Vec<_> = asked.iter().map(|q| q.number.as_str()).collect();
    assert_eq!(numbers, [NUMBER, OTHER]);
}
