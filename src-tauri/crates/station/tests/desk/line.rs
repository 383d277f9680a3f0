//! The line of a session at the desk, and the one confirmation of a trusted list.

use crate::rig::{NUMBER, Rig, roster, row, session};
use crate::server::Server;
use domain::Personal;
use domain::change::What;
use domain::eligibility::Eligibility;
use domain::enrolment::Enrolment;
use domain::line::LineFilter;
use domain::payment::PaymentMethod;
use domain::port::Store;
use domain::setup::SessionSetup;
use station::contract::{Command, HomeScreen, IdentityScreen, Screen, StationView, TypedDocument};

const NAMES: [&str; 8] = ["陈一", "陈二", "陈三", "陈四", "陈五", "陈六", "陈七", "陈八"];

fn member(n: u32, class: &str) -> Enrolment {
    Enrolment {
        id: format!("s1:{n}"),
        document_number: (n == 1).then(|| Personal::new(NUMBER.into())),
        class_name: class.into(),
        student_number: format!("202403{n:02}"),
        ticket: format!("{n:03}"),
        prepaid: true,
        ..row(NAMES[n as usize - 1])
    }
}

/// 1 to 4 in 甲, 5 and 6 in 乙.
fn two_classes() -> Vec<Enrolment> {
    let class = |n| if n <= 4 { "甲" } else { "乙" };
    (1..=6).map(|n| member(n, class(n))).collect()
}

fn listed() -> SessionSetup {
    let mut setup = session("s1", "400");
    setup.policy.trusted_list = true;
    setup.payment_methods = vec![PaymentMethod::Cash, PaymentMethod::Prepaid];
    setup
}

/// A desk at which this session is open and its roster has come.
fn desk(setup: SessionSetup, people: Vec<Enrolment>) -> Rig {
    let rig = Rig::start(&[setup], roster(people, &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.until("the roster", |view| {
        home(view).is_some_and(|home| home.next.is_some())
    });
    rig
}

fn home(view: &StationView) -> Option<&HomeScreen> {
    match &view.screen {
        Screen::Home(home) => Some(home),
        _ => None,
    }
}

fn identity(view: &StationView) -> Option<&IdentityScreen> {
    match &view.screen {
        Screen::Identity(page) => Some(page),
        _ => None,
    }
}

fn next(view: &StationView) -> Option<String> {
    home(view)?.next.as_ref().map(|person| person.enrolment.clone())
}

fn listed_names(view: &StationView) -> Vec<String> {
    let people = home(view).map(|home| home.people.clone()).unwrap_or_default();
    people.into_iter().map(|person| person.enrolment).collect()
}

fn begin(rig: &Rig, id: &str) -> StationView {
    rig.give(Command::Begin { enrolment: id.into() });
    rig.until("begun", |view| identity(view).is_some())
}

fn consent(rig: &Rig) -> StationView {
    rig.give(Command::Consent {
        given: true,
        guardian: String::new(),
    });
    rig.until("agreed", |view| identity(view).is_some_and(|page| page.consent))
}

fn refused(rig: &Rig, command: Command, code: &str) -> StationView {
    rig.give(command);
    rig.until(code, |view| view.notice.as_ref().is_some_and(|n| n.code == code))
}

fn absent(rig: &Rig, id: &str) {
    rig.give(Command::NotePersonAbsent { enrolment: id.into() });
}

fn call(text: &str) -> Command {
    Command::CallNumber { text: text.into() }
}

#[test]
fn on_a_trusted_list_a_prepaid_student_needs_one_tick_and_one_confirmation() {
    let rig = desk(listed(), two_classes());
    let view = begin(&rig, "s1:1");
    assert!(identity(&view).unwrap().listed);
    // The agreement is no part of the list.
    refused(&rig, Command::ConfirmListed, "refusal.consent_missing");
    consent(&rig);
    let lines = rig.audit_lines();
    rig.give(Command::ConfirmListed);
    rig.until("ready for the camera", |view| {
        matches!(view.screen, Screen::Notes)
    });
    // Identity, enrolment, fee.
    assert_eq!(rig.audit_lines(), lines + 3);
}

/// The page where the server's word is shown is passed over; the word is not.
#[test]
fn on_a_trusted_list_the_centre_is_asked_as_soon_as_somebody_is_called() {
    let server = Server::default();
    server.judge(Eligibility::NotEligible {
        reason: "已休学".into(),
    });
    server.tell(What::Roster(roster(two_classes(), &[])));
    let rig = Rig::before(&server, &[listed()], &[]);
    rig.sign_in();
    rig.choose("s1");
    rig.until("the roster and an answer", |view| {
        view.queue.last_answer.is_some() && home(view).is_some_and(|home| home.next.is_some())
    });
    begin(&rig, "s1:1");
    consent(&rig);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while server.asked_about().is_empty() {
        assert!(std::time::Instant::now() < end, "nobody was asked");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // The answer is on its way back.
    std::thread::sleep(std::time::Duration::from_millis(300));
    refused(&rig, Command::ConfirmListed, "refusal.not_eligible");
    assert_eq!(server.asked_about().len(), 1);
}

#[test]
fn on_a_trusted_list_a_fee_that_is_due_comes_next() {
    let mut people = two_classes();
    people[0].prepaid = false;
    let rig = desk(listed(), people);
    begin(&rig, "s1:1");
    consent(&rig);
    rig.give(Command::ConfirmListed);
    rig.until("the fee", |view| matches!(view.screen, Screen::Payment(_)));
}

#[test]
fn what_does_not_agree_takes_the_two_pages() {
    let with = |change: fn(&mut [Enrolment])| {
        let mut people = two_classes();
        change(&mut people);
        people
    };
    let cases = [
        (
            "two enrolments",
            with(|people| people[1].document_number = Some(Personal::new(NUMBER.into()))),
        ),
        ("no ticket", with(|people| people[0].ticket.clear())),
        ("no number", with(|people| people[0].document_number = None)),
    ];
    for (why, people) in cases {
        let rig = desk(listed(), people);
        assert!(!identity(&begin(&rig, "s1:1")).unwrap().listed, "{why}");
        consent(&rig);
        refused(&rig, Command::ConfirmListed, "refusal.not_listed");
    }
    let rig = desk(session("s1", "400"), two_classes());
    assert!(!identity(&begin(&rig, "s1:1")).unwrap().listed, "a plain session");
    consent(&rig);
    refused(&rig, Command::ConfirmListed, "refusal.not_listed");
}

#[test]
fn an_expired_document_ends_the_trust() {
    let rig = desk(listed(), two_classes());
    begin(&rig, "s1:1");
    consent(&rig);
    rig.give(Command::CheckDocument(TypedDocument {
        name: NAMES[0].into(),
        number: NUMBER.into(),
        kind: None,
        birth: String::new(),
        valid_from: String::new(),
        valid_until: "2020.01.01".into(),
    }));
    rig.until("expired", |view| {
        identity(view).is_some_and(|page| page.document.dates.is_some() && !page.listed)
    });
    refused(&rig, Command::ConfirmListed, "refusal.document_expired");
}

#[test]
fn a_record_that_changed_meanwhile_is_not_confirmed_unseen() {
    let rig = desk(listed(), two_classes());
    begin(&rig, "s1:1");
    consent(&rig);
    let changed = Enrolment {
        class_name: "乙".into(),
        ..member(1, "甲")
    };
    rig.store().merge_roster("s1", &[changed]).unwrap();
    refused(&rig, Command::ConfirmListed, "refusal.not_listed");
}

#[test]
fn filters_and_counts_are_those_of_class_and_session() {
    let rig = desk(session("s1", "400"), two_classes());
    rig.enqueue(&["p1"]);
    let filter = |filter| rig.give(Command::FilterLine { filter });
    filter(LineFilter::Captured);
    let view = rig.until("captured", |view| listed_names(view) == ["s1:1"]);
    let page = home(&view).unwrap();
    assert_eq!(
        (
            page.counts.all,
            page.counts.captured,
            page.counts.missing,
            page.counts.retake
        ),
        (4, 1, 3, 0)
    );
    assert_eq!((page.session.all, page.session.missing), (6, 5));
    assert_eq!(page.classes[0].missing, 3);
    filter(LineFilter::Missing);
    rig.until("missing", |view| listed_names(view) == ["s1:2", "s1:3", "s1:4"]);
    filter(LineFilter::Retake);
    let view = rig.until("retakes", |view| listed_names(view).is_empty());
    // The filter hides rows, not who is next.
    assert_eq!(next(&view).as_deref(), Some("s1:2"));
    let following: Vec<_> = home(&view)
        .unwrap()
        .following
        .iter()
        .map(|p| p.enrolment.clone())
        .collect();
    assert_eq!(following, ["s1:3", "s1:4"]);
}

#[test]
fn who_does_not_come_keeps_the_place_and_the_line_goes_on_over_the_classes() {
    let rig = desk(session("s1", "400"), two_classes());
    let then = |id: &str, expected: &str| {
        absent(&rig, id);
        rig.until(expected, |view| next(view).as_deref() == Some(expected))
    };
    then("s1:1", "s1:2");
    let view = then("s1:2", "s1:3");
    let rows = &home(&view).unwrap().people;
    assert_eq!(listed_names(&view), ["s1:1", "s1:2", "s1:3", "s1:4"]);
    assert_eq!(
        rows.iter().map(|p| p.absent).collect::<Vec<_>>(),
        [true, true, false, false]
    );
    // They come after all: begun, they are no longer absent.
    begin(&rig, "s1:1");
    rig.give(Command::Leave);
    let view = rig.until("back", |view| home(view).is_some());
    assert!(!home(&view).unwrap().people[0].absent);
    // Passed over in the class, they come before the next class.
    then("s1:3", "s1:4");
    then("s1:4", "s1:1");
    let view = then("s1:1", "s1:5");
    assert_eq!(home(&view).unwrap().class_name, "乙");
    then("s1:5", "s1:6");
    // Nobody else waits: who was called in vain comes again, those of the class first. The clock here stands still,
    // so that the place decides.
    then("s1:6", "s1:5");
    rig.give(Command::ShowClass { name: "甲".into() });
    rig.until("the class", |view| next(view).as_deref() == Some("s1:1"));
}

#[test]
fn the_line_is_where_it_was_after_a_restart_of_the_page() {
    let rig = desk(session("s1", "400"), two_classes());
    absent(&rig, "s1:1");
    rig.until("noted", |view| next(view).as_deref() == Some("s1:2"));
    rig.give(Command::LeaveSession);
    rig.choose("s1");
    let view = rig.until("again", |view| home(view).is_some());
    assert!(home(&view).unwrap().people[0].absent);
    assert_eq!(next(&view).as_deref(), Some("s1:2"));
}

#[test]
fn a_number_begins_with_one_person_offers_several_and_says_when_there_is_nobody() {
    let mut people = two_classes();
    people.push(Enrolment {
        student_number: "20240405".into(),
        ticket: "105".into(),
        ..member(7, "丙")
    });
    let rig = desk(session("s1", "400"), people);
    rig.give(call("3"));
    let view = rig.until("the ticket", |view| identity(view).is_some());
    assert_eq!(view.person.as_ref().unwrap().ticket, "003");
    rig.give(Command::Leave);
    rig.until("back", |view| home(view).is_some());

    rig.give(call("20240306"));
    let view = rig.until("the student number", |view| identity(view).is_some());
    assert_eq!(view.person.as_ref().unwrap().ticket, "006");
    rig.give(Command::Leave);
    rig.until("back", |view| home(view).is_some());

    // The last digits of one person.
    rig.give(call("0405"));
    let view = rig.until("the last digits", |view| identity(view).is_some());
    assert_eq!(view.person.as_ref().unwrap().ticket, "105");
    rig.give(Command::Leave);
    rig.until("back", |view| home(view).is_some());

    rig.give(Command::ShowClass { name: "甲".into() });
    rig.until("the class", |view| {
        home(view).is_some_and(|home| home.class_name == "甲")
    });
    // The last digits of two people in other classes.
    let mut more = member(8, "丁");
    (more.student_number, more.ticket) = ("20250405".into(), "208".into());
    rig.store().merge_roster("s1", &[more]).unwrap();
    let view = refused(&rig, call("405"), "fault.number_several");
    assert_eq!(listed_names(&view), ["s1:7", "s1:8"]);
    let view = refused(&rig, call("999"), "fault.number_nobody");
    assert!(listed_names(&view).is_empty());
    assert_eq!(view.notice.unwrap().args["text"], "999");
}

#[test]
fn who_is_called_and_has_a_photo_is_shown_with_it_at_once() {
    let rig = desk(session("s1", "400"), two_classes());
    rig.enqueue(&["p1"]);
    let view = refused(&rig, call("001"), "refusal.already_captured");
    assert_eq!(listed_names(&view), ["s1:1"]);
    assert_eq!(next(&view).as_deref(), Some("s1:1"));
    rig.give(Command::Search { text: String::new() });
    rig.until("the line again", |view| next(view).as_deref() == Some("s1:2"));
}

#[test]
fn nobody_is_passed_over_while_somebody_is_served() {
    let rig = desk(session("s1", "400"), two_classes());
    begin(&rig, "s1:1");
    refused(
        &rig,
        Command::NotePersonAbsent {
            enrolment: "s1:2".into(),
        },
        "refusal.not_now",
    );
    refused(&rig, call("002"), "refusal.not_now");
}
