//! The main job: two sitters, a server that goes away and comes back, a rejected photo, a retake.

use crate::booth::{Booth, PATIENCE, wait_for};
use crate::checker;
use crate::desk::{delivered, drive, entry, give, next, refused, reviewed, serve, watch};
use acceptance::reaction::Sitter;
use acceptance::seed::{SESSION, SUPERVISOR};
use anyhow::{Context, Result, ensure};
use central::{Judgement, Settling};
use compose::Desktop;
use domain::enrolment::EnrolmentState;
use domain::quality::{Force, TickAnswer, Verdict};
use domain::queue::ReviewState;
use packet::evidence::{EnrolmentSource, PaymentMethod};
use station::contract::{Command, EvidenceState, Screen, StationView};
use station::report::PhotoReport;

const STUDENT: &str = "24010001";

#[test]
fn two_sitters_one_while_the_server_is_down_then_a_retake() -> Result<()> {
    let mut booth = Booth::open()?;
    let desktop = booth.desktop()?;
    let first = prepaid_student(&booth, &desktop)?;
    let second = walk_in_with_a_smile(&mut booth, &desktop)?;
    both_photos_are_standard(&booth, &[&first, &second])?;
    the_report_carries_the_answers(&booth, &first)?;
    retake_after_a_rejection(&booth, &desktop, &first)
}

fn rostered() -> Sitter {
    Sitter::Rostered {
        student_number: STUDENT.into(),
    }
}

fn prepaid_student(booth: &Booth, desktop: &Desktop) -> Result<String> {
    booth.camera("play biden-right")?;
    let packet = serve(booth, desktop, &rostered())?;
    delivered(desktop, 1)?;
    same_bytes_on_both_sides(booth, desktop, &packet)?;
    let manifest = booth.central()?.open_packet(&packet)?.manifest;
    assert_eq!(manifest.identity.name.as_str(), "陈思涵");
    assert_eq!(manifest.identity.method, "compared");
    assert_eq!(manifest.enrolment.source, EnrolmentSource::Roster);
    assert_eq!(manifest.payment.settled, PaymentMethod::Prepaid {});
    assert!(manifest.supervisor_override.is_none(), "nothing was let through");
    assert!(manifest.retake_of.is_none(), "a first capture");
    next(desktop)?;
    Ok(packet)
}

fn walk_in_with_a_smile(booth: &mut Booth, desktop: &Desktop) -> Result<String> {
    let sitter = Sitter::WalkIn {
        name: "欧明德".into(),
        number: "110101200401014870".into(),
    };
    booth.camera("play obama-right")?;
    drive(booth, desktop, &sitter, |view| {
        matches!(view.screen, Screen::Notes)
    })
    .context("the payment")?;
    booth.stop_central();

    let view = drive(booth, desktop, &sitter, reviewed)?;
    let Screen::Review(page) = &view.screen else {
        anyhow::bail!("no review")
    };
    let stopping: Vec<_> = page
        .results
        .iter()
        .filter(|r| r.verdict == Verdict::Fail && r.force != Force::Advice)
        .collect();
    ensure!(
        stopping.iter().any(|r| r.check == "mouth"),
        "the smile was not caught: {stopping:?}"
    );
    assert!(!page.acceptable, "a smile with teeth stops");
    assert!(
        page.overridable,
        "only checks that a supervisor may let pass stop: {stopping:?}"
    );
    refused(desktop, Command::Accept, "refusal.not_acceptable")?;
    let supervisor = |reason: &str, pin: &str| Command::Override {
        reason: reason.into(),
        supervisor: SUPERVISOR.0.into(),
        pin: pin.into(),
    };
    refused(
        desktop,
        supervisor("学生天生露齿如此", SUPERVISOR.1),
        "refusal.override_too_early",
    )?;
    give(desktop, Command::Retake, "the camera", |view| {
        matches!(view.screen, Screen::Capture(_))
    })?;
    drive(booth, desktop, &sitter, reviewed)?;
    refused(
        desktop,
        supervisor("露齿", SUPERVISOR.1),
        "refusal.reason_missing",
    )?;
    refused(
        desktop,
        supervisor("学生天生露齿如此", "000000"),
        "fault.pin_wrong",
    )?;

    let packet = serve(booth, desktop, &sitter)?;
    // The queue tells the truth while nobody answers.
    let resting = |view: &StationView| view.queue.unacknowledged == 1 && view.queue.link_fault.is_some();
    let queue = watch(desktop, "one waiting, and why", resting)?.queue;
    assert_eq!((queue.acknowledged, queue.attention), (1, 0), "{queue:?}");
    assert_eq!(queue.link_fault.as_deref(), Some("server_unreachable"));
    assert!(
        entry(desktop.store(), &packet)?.attempts <= 1,
        "no futile attempts"
    );
    booth.start_central()?;
    assert_eq!(booth.central()?.packets()?.len(), 1, "nothing arrived meanwhile");
    delivered(desktop, 2)?;
    same_bytes_on_both_sides(booth, desktop, &packet)?;
    assert_eq!(booth.central()?.packets()?.len(), 2, "each exactly once");

    let manifest = booth.central()?.open_packet(&packet)?.manifest;
    let waived = manifest
        .supervisor_override
        .context("the override is not in the packet")?;
    assert!(
        waived.checks.iter().any(|check| check == "mouth"),
        "{:?}",
        waived.checks
    );
    assert_eq!(waived.supervisor_id, SUPERVISOR.0);
    assert!(waived.reason.contains("露齿"));
    assert!(
        matches!(manifest.payment.settled, PaymentMethod::Order { .. }),
        "{:?}",
        manifest.payment
    );
    assert_eq!(manifest.payment.amount_fen, 2_000);
    assert!(manifest.enrolment.provisional, "a walk-in");
    next(desktop)?;
    the_walk_in_is_settled(booth, desktop, &packet, &manifest.enrolment.id)?;
    Ok(packet)
}

/// The server says who the walk-in is: the record becomes the roster's, fee and photo stay.
fn the_walk_in_is_settled(booth: &Booth, desktop: &Desktop, packet: &str, walk_in: &str) -> Result<()> {
    let settling = |differs| Settling {
        session: SESSION.into(),
        provisional: walk_in.into(),
        entry: Some("24010002".into()),
        reason: None,
        differs,
    };
    let central = booth.central()?;
    let unseen = central.settle(&settling(false));
    ensure!(unseen.is_err(), "another name was taken without a look");
    let fee = desktop.store().standing(walk_in)?.settled;
    ensure!(fee.is_some(), "the walk-in had paid");
    for _ in 0..2 {
        central.settle(&settling(true))?;
    }
    let settled = wait_for("the settlement", PATIENCE, || {
        let record = desktop.store().enrolment(walk_in)?;
        Ok(record.filter(|record| !record.provisional))
    })?;
    assert_eq!(
        (settled.student_number.as_str(), settled.class_name.as_str()),
        ("24010002", "护理 2401 班")
    );
    assert_eq!(settled.state, EnrolmentState::Captured);
    assert_eq!(desktop.store().standing(walk_in)?.settled, fee);
    assert_eq!(entry(desktop.store(), packet)?.enrolment, walk_in);
    let found = desktop.store().search(SESSION, "24010002", 10)?;
    let ids: Vec<_> = found.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(ids, [walk_in], "nobody is there twice");
    assert_eq!(central.packets()?.len(), 2);
    Ok(())
}

/// The server holds what the station recorded, to the byte.
fn same_bytes_on_both_sides(booth: &Booth, desktop: &Desktop, packet: &str) -> Result<()> {
    let central = booth.central()?;
    let held: Vec<_> = central
        .packets()?
        .into_iter()
        .filter(|held| held.id == packet)
        .collect();
    assert_eq!(held.len(), 1, "packet {packet} is there {} times", held.len());
    let recorded = entry(desktop.store(), packet)?;
    assert_eq!(held[0].sha256, recorded.sha256);
    assert_eq!(held[0].size, recorded.size);
    assert_eq!(
        packet::sha256_hex(&central.sealed_packet(packet)?),
        recorded.sha256
    );
    Ok(())
}

fn both_photos_are_standard(booth: &Booth, packets: &[&str]) -> Result<()> {
    let mut photos = vec![];
    for (packet, number) in packets.iter().zip(1..) {
        let opened = booth.central()?.open_packet(packet)?;
        let file = booth.folder().join(format!("{number}-photo.jpg"));
        std::fs::write(
            &file,
            opened.files.get("photo.jpg").context("no photo in the packet")?,
        )?;
        photos.push(file);
    }
    checker::passes(&photos)
}

/// What no measure could judge was answered, and the answers are in the packet.
fn the_report_carries_the_answers(booth: &Booth, packet: &str) -> Result<()> {
    let opened = booth.central()?.open_packet(packet)?;
    let report = opened.files.get("report.json").context("no report")?;
    let report: PhotoReport = serde_json::from_slice(report)?;
    let stages = report.quality.stages.iter();
    let ticks: Vec<_> = stages.flat_map(|stage| &stage.assessment.ticks).collect();
    ensure!(!ticks.is_empty(), "nothing was asked");
    for tick in ticks {
        assert_eq!(tick.answer, Some(TickAnswer::Fits), "{tick:?}");
    }
    assert_eq!(report.quality.exceptions, []);
    Ok(())
}

fn retake_after_a_rejection(booth: &Booth, desktop: &Desktop, first: &str) -> Result<()> {
    let rejected = Judgement {
        state: "rejected".into(),
        reasons: vec!["background".into()],
        text: "背景有阴影，请重拍".into(),
    };
    booth.central()?.judge(first, &rejected)?;
    watch(desktop, "the verdict", |view| view.queue.retakes == 1)?;
    let listed = give(desktop, Command::OpenRetakes, "the retakes", |view| {
        matches!(view.screen, Screen::Retakes { .. })
    })?;
    let Screen::Retakes { rows, .. } = listed.screen else {
        anyhow::bail!("no list of retakes")
    };
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0].packet, first);
    assert_eq!(rows[0].review, Some(ReviewState::Rejected));
    assert_eq!(rows[0].reasons, ["background"]);
    assert_eq!(rows[0].text, "背景有阴影，请重拍");
    give(desktop, Command::ClosePage, "the roster", |view| {
        matches!(view.screen, Screen::Home(_))
    })?;

    booth.camera("play biden-right")?;
    // Whoever pays is never asked again: the payment page must not come up.
    let settled = |view: &StationView| matches!(view.screen, Screen::Notes | Screen::Payment(_));
    let view = drive(booth, desktop, &rostered(), settled)?;
    assert!(
        matches!(view.screen, Screen::Notes),
        "asked to pay again: {:?}",
        view.screen
    );
    assert!(
        view.person.as_ref().is_some_and(|p| p.retake),
        "the desk sees that it is a retake"
    );
    assert!(
        view.evidence
            .iter()
            .take(3)
            .all(|cell| cell.state == EvidenceState::Done),
        "{:?}",
        view.evidence
    );
    let again = serve(booth, desktop, &rostered())?;
    wait_for("the acknowledgement", PATIENCE, || {
        Ok(entry(desktop.store(), &again)?.acknowledged_at)
    })?;
    let old = booth.central()?.open_packet(first)?.manifest;
    let new = booth.central()?.open_packet(&again)?.manifest;
    assert_eq!(new.retake_of.map(|id| id.to_string()).as_deref(), Some(first));
    assert_eq!(new.payment.amount_fen, old.payment.amount_fen);
    assert!(!new.payment.held);
    assert_eq!(
        desktop.store().tally()?.retakes,
        0,
        "the retake replaces the rejected photo"
    );
    next(desktop)?;

    let approved = Judgement {
        state: "approved".into(),
        reasons: vec![],
        text: String::new(),
    };
    booth.central()?.judge(&again, &approved)?;
    let id = entry(desktop.store(), &again)?.enrolment;
    wait_for("the approval", PATIENCE, || {
        let state = desktop.store().enrolment(&id)?.map(|e| e.state);
        Ok((state == Some(EnrolmentState::Approved)).then_some(()))
    })?;
    refused(desktop, Command::Begin { enrolment: id }, "refusal.locked")
}
