//! 采集码 from the scanner to the central server: whole, sealed, and opened there alone.

use crate::booth::Booth;
use crate::desk::{delivered, drive, give, next, serve};
use acceptance::reaction::Sitter;
use anyhow::{Context, Result, ensure};
use compose::Desktop;
use domain::Moment;
use domain::code::CaptureCode;
use packet::Manifest;
use packet::evidence::{EnrolmentSource, PaymentMethod};
use station::contract::{CodeCommand, CodePane, Command, Screen, StationView};
use std::path::Path;

/// As opaque as the real ones: letters of both cases, signs, blanks, a letter outside ASCII.
const CODE: &str = "hN3kQ0z7Yw2bX5tE9rUaLpV6mCfJsD1gKoTi= 采HxBqRvZeWcSyMjFdPlAn4G8uI+/==";

fn pane(view: &StationView) -> Option<&CodePane> {
    match &view.screen {
        Screen::Identity(page) => page.code.as_ref(),
        Screen::Capture(page) => page.code.as_ref(),
        _ => None,
    }
}

fn scan(desktop: &Desktop, text: &str) -> Result<StationView> {
    let scanned = CodeCommand::Scanned {
        text: text.into(),
        composing: false,
    };
    give(desktop, Command::Code(scanned), "the code", |view| {
        pane(view).is_some_and(|code| code.id.is_some() && code.refused.is_none())
    })
}

fn opened(booth: &Booth, packet: &str) -> Result<Manifest> {
    Ok(booth.central()?.open_packet(packet)?.manifest)
}

/// No file of the station holds the code as it is: not the database, its journal, the queue, a log.
fn nowhere_in_plain(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            nowhere_in_plain(&path)?;
        } else {
            let bytes = std::fs::read(&path)?;
            let found = bytes.windows(24).any(|part| part == &CODE.as_bytes()[..24]);
            ensure!(!found, "{} holds the code", path.display());
        }
    }
    Ok(())
}

#[test]
fn a_code_beside_the_roster_arrives_whole() -> Result<()> {
    let booth = Booth::with_line("code = \"beside\"")?;
    let desktop = booth.desktop()?;
    booth.camera("play biden-right")?;
    let student = Sitter::Rostered {
        student_number: "24010001".into(),
    };
    let camera = drive(&booth, &desktop, &student, |view| {
        matches!(view.screen, Screen::Capture(_))
    })?;
    let code = pane(&camera).context("the camera page asks for no code")?;
    assert!(code.wanted && !code.alone, "{code:?}");
    scan(&desktop, CODE)?;
    let packet = serve(&booth, &desktop, &student)?;
    delivered(&desktop, 1)?;
    let manifest = opened(&booth, &packet)?;
    let enrolment = manifest.enrolment;
    assert_eq!(enrolment.source, EnrolmentSource::Roster);
    assert_eq!(enrolment.student_number.as_str(), "24010001");
    assert_eq!(enrolment.code.context("no code")?.as_str(), CODE);
    assert_eq!(manifest.identity.document, "resident_id");
    nowhere_in_plain(&booth.folder().join("station"))
}

#[test]
fn without_a_roster_the_code_is_all_that_arrives() -> Result<()> {
    let booth = Booth::with_line("code = \"alone\"")?;
    let desktop = booth.desktop()?;
    booth.camera("play biden-right")?;
    let nobody = Sitter::WalkIn {
        name: String::new(),
        number: String::new(),
    };
    drive(
        &booth,
        &desktop,
        &nobody,
        |view| matches!(&view.screen, Screen::Identity(page) if page.consent),
    )?;
    scan(&desktop, CODE)?;
    let confirmed = CodeCommand::ConfirmCode {
        code: CaptureCode::read(CODE)?.id().short(),
        name: "陈思涵".into(),
        spoken: true,
        of_age: true,
    };
    let fee = give(&desktop, Command::Code(confirmed), "the fee", |view| {
        matches!(view.screen, Screen::Payment(_))
    })?;
    let masked = fee.person.context("nobody is served")?.masked_name;
    assert_eq!(masked, "陈*涵");
    let packet = serve(&booth, &desktop, &nobody)?;
    delivered(&desktop, 1)?;
    let manifest = opened(&booth, &packet)?;
    let (identity, enrolment) = (manifest.identity, manifest.enrolment);
    assert_eq!(
        (identity.document.as_str(), identity.number.as_str()),
        ("none", "")
    );
    assert_eq!(
        (identity.name.as_str(), identity.method.as_str()),
        ("陈思涵", "code")
    );
    assert_eq!(enrolment.source, EnrolmentSource::Code);
    assert_eq!(enrolment.code.context("no code")?.as_str(), CODE);
    let code = CaptureCode::read(CODE)?;
    assert_eq!(enrolment.id, code.id().enrolment("sample-2027"));
    assert!(
        matches!(manifest.payment.settled, PaymentMethod::Order { .. }),
        "{:?}",
        manifest.payment
    );
    nowhere_in_plain(&booth.folder().join("station"))?;

    // The same code again, whoever shows it: the photo is there.
    next(&desktop)?;
    let again = CodeCommand::Scanned {
        text: CODE.into(),
        composing: false,
    };
    give(&desktop, Command::Code(again), "the refusal", |view| {
        view.notice
            .as_ref()
            .is_some_and(|notice| notice.code == "refusal.already_captured")
    })?;
    let day = desktop.store().queue(10)?;
    assert_eq!(day.len(), 1, "one photo: {day:?}");
    assert!(day[0].stored_at > Moment(0));
    Ok(())
}
