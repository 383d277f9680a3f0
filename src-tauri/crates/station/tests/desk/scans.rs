//! What a hand scanner types.

use crate::code_shown::{CODE, PAY, consent, scanned, told};
use crate::rig::{NUMBER, Rig, roster, row, session};
use domain::identity::IdentityMethod;
use station::contract::{CodeCommand, Command, Screen, StationView};

#[test]
fn what_a_scanner_types_goes_where_it_fits_and_is_told_where_it_does_not() {
    let rig = Rig::start(&[session("s1", "400")], roster(vec![row("陈思涵")], &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.give(scanned(NUMBER));
    let found =
        |view: &StationView, text: &str| matches!(&view.screen, Screen::Home(home) if home.search == text);
    rig.until("searched", |view| found(view, NUMBER));
    rig.give(scanned("037"));
    rig.until("a ticket", |view| found(view, "037"));
    rig.give(scanned(CODE));
    rig.until("no codes here", |view| told(view, "fault.scan_nowhere"));
    rig.give(scanned(PAY));
    rig.until("it pays", |view| told(view, "refusal.code_payment"));

    rig.give(Command::BeginUncalled);
    // Through an input method, in wide characters, with the end key.
    rig.give(Command::Code(CodeCommand::Scanned {
        text: "１１０１０５１９４９１２３１００２Ｘ\r".into(),
        composing: true,
    }));
    let view = rig.until(
        "the field",
        |view| matches!(&view.screen, Screen::Identity(page) if page.scanned_number.is_some()),
    );
    let Screen::Identity(page) = &view.screen else {
        return;
    };
    assert_eq!(page.scanned_number.as_deref(), Some(NUMBER));
    rig.until("said", |view| told(view, "fault.scan_in_english"));

    rig.give(consent(""));
    rig.give(Command::VerifyIdentity {
        name: "陈思涵".into(),
        number: NUMBER.into(),
        method: IdentityMethod::Typed,
    });
    rig.give(Command::ConfirmEnrolment);
    rig.until("the fee", |view| matches!(view.screen, Screen::Payment(_)));
    rig.give(scanned(PAY));
    rig.until("the other way round", |view| told(view, "fault.scan_pay_code"));
    rig.give(scanned(""));
    rig.until("nothing", |view| told(view, "fault.scan_nowhere"));
}

/// A number called before leaves nobody behind whom Enter would begin with.
#[test]
fn a_scan_at_home_replaces_whoever_was_offered() {
    let mut people: Vec<_> = ["24010017", "24020017", "24010030"]
        .iter()
        .zip(["陈思涵", "李明", "王欣怡"])
        .map(|(number, name)| {
            let mut one = row(name);
            one.id = format!("s1:{number}");
            one.student_number = (*number).into();
            one
        })
        .collect();
    people[2].document_number = Some("34052419800101001X".to_owned().into());
    people[0].document_number = None;
    people[1].document_number = None;
    let rig = Rig::start(&[session("s1", "400")], roster(people, &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.give(Command::CallNumber { text: "17".into() });
    rig.until(
        "two may be meant",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 2),
    );
    rig.give(scanned("34052419800101001X"));
    let view = rig.until(
        "whose card it is",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 1),
    );
    let Screen::Home(home) = &view.screen else { return };
    assert_eq!(home.people[0].name, "王欣怡");
    assert!(home.next.as_ref().is_none_or(|next| next.name == "王欣怡"));
}
