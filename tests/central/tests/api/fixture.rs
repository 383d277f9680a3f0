//! A packet to upload.

use packet::evidence::*;
use packet::manifest::*;
use packet::sha256_hex;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) const PHOTO: &[u8] = b"\xff\xd8photo";

/// A small sealed packet of a sitter with this name.
pub(crate) fn sealed(recipient: &str, name: &str) -> (Uuid, Vec<u8>) {
    let (original, report) = (b"\xff\xd8original".as_slice(), b"{}".as_slice());
    let at = jiff::Timestamp::now();
    let text = |text: &str| text.to_owned();
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        packet_id: Uuid::now_v7(),
        retake_of: None,
        station_id: text("station-1"),
        session: SessionFacts {
            id: text("sample-2027"),
            kind: text("hybrid"),
            specification: text("graduation-480x640"),
        },
        operator_id: text("op-1"),
        supervisor_override: None,
        identity: IdentityEvidence {
            name: text(name).into(),
            document: text("resident_id"),
            number: text("31010120060612902X").into(),
            method: text("typed"),
            card_photographed: false,
        },
        enrolment: EnrolmentEvidence {
            id: text("24010001"),
            source: EnrolmentSource::Roster,
            school: text("青禾职业技术学校"),
            class: text("护理 2401 班"),
            student_number: text("24010001").into(),
            provisional: false,
        },
        payment: PaymentEvidence {
            amount_fen: 2000,
            settled: PaymentMethod::Prepaid {},
            held: false,
        },
        consent: ConsentEvidence {
            text_version: text("2026-09"),
            text_sha256: sha256_hex(b"text"),
            at,
            operator_id: text("op-1"),
            under_14: false,
            guardian: None,
        },
        captured_at: at,
        clock_skew_ms: None,
        camera: text("replay"),
        original: FileFacts::of("original.jpg", original),
        photo: PhotoFacts {
            file: FileFacts::of("photo.jpg", PHOTO),
            width: 480,
            height: 640,
            dpi: 300,
            alterations: vec![],
        },
        report: FileFacts::of("report.json", report),
        report_page: FileFacts::of("report.svg", b"<svg/>"),
        card_photos: vec![],
        software: SoftwareFacts {
            version: text("0.1.0"),
            models: BTreeMap::new(),
        },
    };
    let files = [
        ("original.jpg", original),
        ("photo.jpg", PHOTO),
        ("report.json", report),
        ("report.svg", b"<svg/>".as_slice()),
    ];
    let by = packet::Seal {
        server: &recipient.parse().unwrap(),
        recovery: None,
        signer: &packet::StationSigningKey::from_seed(&[1; 32]),
    };
    let sealed = packet::seal(&manifest, &files, by).unwrap();
    (manifest.packet_id, sealed.bytes)
}
