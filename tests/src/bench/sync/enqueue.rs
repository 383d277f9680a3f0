//! What making a photo durable costs.

use crate::bench::figure::{Figure, Targets, median, percentile};
use anyhow::Result;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::port::{NewPacket, Store};
use packet::manifest::FileFacts;
use packet::{MANIFEST_VERSION, Manifest};
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use store::StationStore;

const RUNS: usize = 40;
const BYTES: usize = 3 << 20;

/// Measures the store on the disk that holds `folder`.
pub(super) fn measure(targets: &Targets, folder: &Path) -> Result<Figure> {
    let data = tempfile::tempdir_in(folder)?;
    let store = StationStore::open(&data.path().join("station"))?;
    let recipient = packet::OpeningKey::generate().recipient();
    let mut content = vec![0_u8; BYTES];
    let (mut plain, mut whole) = (vec![], vec![]);
    for run in 0..RUNS {
        content
            .iter_mut()
            .enumerate()
            .for_each(|(i, byte)| *byte = (i * 31 + i / 251 + run) as u8);
        let start = Instant::now();
        let mut file = File::create(data.path().join("plain"))?;
        file.write_all(&content)?;
        file.sync_all()?;
        plain.push(start.elapsed().as_secs_f64() * 1_000.0);

        let row = row(run);
        store.keep_provisional(&row)?;
        let start = Instant::now();
        let sealed = seal(&content, &recipient)?;
        store.enqueue(&new_packet(run, &row, sealed))?;
        whole.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    let beside = format!(
        "p95 {:.0} ms against {:.0} ms; medians {:.0} and {:.0} ms",
        percentile(&whole, 95),
        percentile(&plain, 95),
        median(&whole),
        median(&plain)
    );
    targets.figure(
        "enqueue_ratio",
        percentile(&whole, 95) / percentile(&plain, 95),
        beside,
    )
}

/// A packet whose original picture is `content`.
fn seal(content: &[u8], recipient: &packet::RecipientKey) -> Result<packet::SealedPacket> {
    let files = [
        ("original.jpg", content),
        ("photo.jpg", b"photo".as_slice()),
        ("report.json", b"{}".as_slice()),
        ("report.svg", b"<svg/>".as_slice()),
    ];
    let [original, photo, report, page] = files.map(|(name, bytes)| FileFacts::of(name, bytes));
    let at = "2026-11-24T08:00:00Z";
    let manifest = json!({
        "version": MANIFEST_VERSION,
        "packet_id": "01900000-0000-7000-8000-000000000000",
        "retake_of": null,
        "station_id": "bench",
        "session": { "id": "bench", "kind": "roster", "specification": "graduation-480x640" },
        "operator_id": "bench",
        "supervisor_override": null,
        "identity": {
            "name": "某某", "document": "resident_id", "number": "11010519491231002X", "method": "typed",
            "card_photographed": false,
        },
        "enrolment": {
            "id": "e1", "source": "roster", "school": "学校", "class": "一班", "student_number": "1", "exam_number": "", "provisional": false,
        },
        "payment": { "amount_fen": 0, "settled": { "method": "prepaid" }, "held": false },
        "consent": {
            "text_version": "1", "text_sha256": packet::sha256_hex(b"text"), "at": at, "operator_id": "bench",
            "under_14": false, "guardian": null,
        },
        "captured_at": at,
        "clock_skew_ms": null,
        "camera": "bench",
        "original": original,
        "photo": { "file": photo, "width": 480, "height": 640, "dpi": 300, "alterations": [] },
        "report": report,
        "report_page": page,
        "card_photos": [],
        "software": { "version": "bench", "models": {} },
    });
    let manifest: Manifest = serde_json::from_value(manifest)?;
    let by = packet::Seal {
        server: recipient,
        recovery: None,
        signer: &packet::StationSigningKey::from_seed(&[1; 32]),
    };
    Ok(packet::seal(&manifest, &files, by)?)
}

fn row(run: usize) -> Enrolment {
    Enrolment {
        id: format!("e{run}"),
        session: "bench".into(),
        name: String::from("某某").into(),
        document_number: None,
        school: "学校".into(),
        class_name: "一班".into(),
        student_number: run.to_string(),
        exam_number: String::new(),
        code: None,
        ticket: String::new(),
        prepaid: true,
        not_eligible: None,
        provisional: true,
        state: EnrolmentState::ToCapture,
    }
}

fn new_packet(run: usize, row: &Enrolment, sealed: packet::SealedPacket) -> NewPacket {
    let at = Moment(1_800_000_000_000 + run as i64);
    NewPacket {
        packet: format!("00000000-0000-7000-8000-{run:012}"),
        enrolment: row.id.clone(),
        session: row.session.clone(),
        sha256: sealed.sha256,
        sealed: sealed.bytes,
        at,
        held_for: None,
        retake_of: None,
        audit: AuditEvent {
            at,
            operator: "bench".into(),
            what: "stored".into(),
            subject: row.id.clone(),
            detail: String::new(),
        },
    }
}
