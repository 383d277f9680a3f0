//! Packets to upload.

use packet::evidence::*;
use packet::manifest::*;
use packet::{SealedPacket, StationSigningKey, sha256_hex};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) const PHOTO: &[u8] = b"\xff\xd8photo";

/// What differs between the packets of the tests.
#[derive(Clone)]
pub(crate) struct Capture<'a> {
    pub(crate) name: &'a str,
    pub(crate) number: &'a str,
    pub(crate) enrolment: &'a str,
    /// The 采集码 it carries; empty for none. Without a number it is all there is.
    pub(crate) code: &'a str,
    pub(crate) class: &'a str,
    pub(crate) session: &'a str,
    pub(crate) station: &'a str,
    pub(crate) signer: u8,
    pub(crate) retake_of: Option<Uuid>,
}

impl Default for Capture<'_> {
    fn default() -> Self {
        Self {
            name: "陈思涵",
            number: "31010120060612902X",
            enrolment: "24010001",
            code: "",
            class: "护理 2401 班",
            session: "sample-2027",
            station: "station-1",
            signer: 1,
            retake_of: None,
        }
    }
}

/// A small sealed packet of a sitter with this name.
pub(crate) fn sealed(recipient: &str, name: &str) -> (Uuid, Vec<u8>) {
    let (id, sealed) = Capture {
        name,
        ..Capture::default()
    }
    .seal(recipient);
    (id, sealed.bytes)
}

impl Capture<'_> {
    /// The packet, small and sealed.
    pub(crate) fn seal(&self, recipient: &str) -> (Uuid, SealedPacket) {
        let (original, report) = (b"\xff\xd8original".as_slice(), b"{}".as_slice());
        let manifest = self.manifest(original, report);
        let files = [
            ("original.jpg", original),
            ("photo.jpg", PHOTO),
            ("report.json", report),
            ("report.svg", b"<svg/>".as_slice()),
        ];
        let by = packet::Seal {
            server: &recipient.parse().unwrap(),
            recovery: None,
            signer: &StationSigningKey::from_seed(&[self.signer; 32]),
        };
        let sealed = packet::seal(&manifest, &files, by).unwrap();
        (manifest.packet_id, sealed)
    }

    fn manifest(&self, original: &[u8], report: &[u8]) -> Manifest {
        let at = jiff::Timestamp::now();
        let text = |text: &str| text.to_owned();
        Manifest {
            version: MANIFEST_VERSION,
            packet_id: Uuid::now_v7(),
            retake_of: self.retake_of,
            station_id: text(self.station),
            session: SessionFacts {
                id: text(self.session),
                kind: text("hybrid"),
                specification: text("graduation-480x640"),
            },
            operator_id: text("op-1"),
            supervisor_override: None,
            identity: IdentityEvidence {
                name: text(self.name).into(),
                document: text(if self.number.is_empty() {
                    "none"
                } else {
                    "resident_id"
                }),
                number: text(self.number).into(),
                method: text("typed"),
                card_photographed: false,
                valid_until: None,
                exception: None,
            },
            enrolment: EnrolmentEvidence {
                id: text(self.enrolment),
                source: if self.number.is_empty() {
                    EnrolmentSource::Code
                } else {
                    EnrolmentSource::Roster
                },
                school: text("青禾职业技术学校"),
                class: text(self.class),
                student_number: text(self.enrolment).into(),
                exam_number: domain::Personal::default(),
                code: (!self.code.is_empty()).then(|| text(self.code).into()),
                provisional: self.enrolment.starts_with("walk-in"),
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
        }
    }
}
