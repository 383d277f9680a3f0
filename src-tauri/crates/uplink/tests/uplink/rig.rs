//! A server, a station's uplink to it, and packets to send.

use central::{Central, Config, Fault, FaultKind, Target};
use domain::moment::Moment;
use domain::port::{Central as _, CentralFault, Delivery, Received};
use domain::queue::{QueueEntry, QueueState};
use packet::evidence::*;
use packet::manifest::*;
use packet::sha256_hex;
use std::collections::BTreeMap;
use tempfile::TempDir;
use uplink::{Server, Uplink};
use uuid::Uuid;

/// Chunk of the tests, in bytes; a packet has about five.
pub(crate) const CHUNK: usize = 64 << 10;

pub(crate) struct Rig {
    pub(crate) central: Central,
    pub(crate) uplink: Uplink,
    pub(crate) dir: TempDir,
}

impl Rig {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let central = Central::start(&Config::sample(dir.path())).unwrap();
        let uplink = Uplink::new(server(&central)).unwrap();
        Self { central, uplink, dir }
    }

    pub(crate) fn fault(&self, target: Target, kind: FaultKind) {
        self.central.inject(Fault {
            target,
            times: 1,
            kind,
        });
    }

    pub(crate) fn server(&self) -> Server {
        server(&self.central)
    }
}

/// The server as a station is told of it.
pub(crate) fn server(central: &Central) -> Server {
    let greeting = central.greeting();
    Server::new(
        &greeting.url,
        &greeting.token,
        &greeting.recipient,
        &greeting.verifying_key,
    )
    .unwrap()
    .with_chunk(CHUNK)
}

/// A packet in the queue, and what the store was told about its upload.
pub(crate) struct Queued {
    pub(crate) entry: QueueEntry,
    pub(crate) sealed: Vec<u8>,
    pub(crate) told: Vec<(Option<String>, u64)>,
}

impl Queued {
    /// One attempt, as the station's sender makes it: what is told is kept for the next one.
    pub(crate) fn send(&mut self, uplink: &mut Uplink) -> Result<Received, CentralFault> {
        let told = &mut self.told;
        let mut progress = |url: Option<&str>, confirmed| {
            told.push((url.map(str::to_owned), confirmed));
            Ok(())
        };
        let delivery = Delivery {
            entry: &self.entry,
            sealed: &self.sealed,
            progress: &mut progress,
        };
        let result = uplink.deliver(delivery);
        if let Some((url, confirmed)) = self.told.last() {
            self.entry.upload_url = url.clone();
            self.entry.confirmed_bytes = *confirmed;
        }
        result
    }

    pub(crate) fn uploads_begun(&self) -> usize {
        self.told
            .iter()
            .filter(|(url, confirmed)| url.is_some() && *confirmed == 0)
            .count()
    }
}

/// A sealed packet of about 300 kB.
pub(crate) fn queued(recipient: &str, retake_of: Option<Uuid>) -> Queued {
    build(recipient, "24010001", retake_of, 300_000)
}

/// A small sealed packet of a walk-in, whom the station knows by this id.
pub(crate) fn provisional(recipient: &str, enrolment: &str) -> Queued {
    build(recipient, enrolment, None, 1_000)
}

/// A sealed packet around so many bytes of an original.
pub(crate) fn sized(recipient: &str, bytes: u32) -> Queued {
    build(recipient, "24010001", None, bytes)
}

fn build(recipient: &str, enrolment: &str, retake_of: Option<Uuid>, bytes: u32) -> Queued {
    let original: Vec<u8> = (0..bytes).map(|i| (i * 7 + i / 251) as u8).collect();
    let (photo, report) = (b"\xff\xd8\xffphoto".as_slice(), b"{}".as_slice());
    let at = jiff::Timestamp::now();
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        packet_id: Uuid::now_v7(),
        retake_of,
        station_id: "station-1".into(),
        session: SessionFacts {
            id: "sample-2027".into(),
            kind: "hybrid".into(),
            specification: "graduation-480x640".into(),
        },
        operator_id: "op-1".into(),
        supervisor_override: None,
        identity: IdentityEvidence {
            name: "陈思涵".to_owned().into(),
            document: "resident_id".into(),
            number: "31010120060612902X".to_owned().into(),
            method: "typed".into(),
            card_photographed: false,
            valid_until: None,
            exception: None,
        },
        enrolment: EnrolmentEvidence {
            id: enrolment.into(),
            source: EnrolmentSource::Roster,
            school: "青禾职业技术学校".into(),
            class: "护理 2401 班".into(),
            student_number: "24010001".to_owned().into(),
            exam_number: domain::Personal::default(),
            code: None,
            provisional: enrolment != "24010001",
        },
        payment: PaymentEvidence {
            amount_fen: 2000,
            settled: PaymentMethod::Prepaid {},
            held: false,
        },
        consent: ConsentEvidence {
            text_version: "2026-09".into(),
            text_sha256: sha256_hex(b"text"),
            at,
            operator_id: "op-1".into(),
            under_14: false,
            guardian: None,
        },
        captured_at: at,
        clock_skew_ms: None,
        camera: "replay".into(),
        original: FileFacts::of("original.jpg", &original),
        photo: PhotoFacts {
            file: FileFacts::of("photo.jpg", photo),
            width: 480,
            height: 640,
            dpi: 300,
            alterations: vec![],
        },
        report: FileFacts::of("report.json", report),
        report_page: FileFacts::of("report.svg", b"<svg/>"),
        card_photos: vec![],
        software: SoftwareFacts {
            version: "0.1.0".into(),
            models: BTreeMap::new(),
        },
    };
    let files = [
        ("original.jpg", original.as_slice()),
        ("photo.jpg", photo),
        ("report.json", report),
        ("report.svg", b"<svg/>".as_slice()),
    ];
    let by = packet::Seal {
        server: &recipient.parse().unwrap(),
        recovery: None,
        signer: &packet::StationSigningKey::from_seed(&[1; 32]),
    };
    let sealed = packet::seal(&manifest, &files, by).unwrap();
    let entry = QueueEntry {
        packet: manifest.packet_id.to_string(),
        enrolment: enrolment.into(),
        session: "sample-2027".into(),
        state: QueueState::Sending,
        sha256: sealed.sha256,
        size: sealed.size,
        stored_at: Moment(0),
        attempts: 0,
        next_attempt_at: Moment(0),
        last_fault: None,
        upload_url: None,
        confirmed_bytes: 0,
        order: None,
        retake_of: retake_of.map(|first| first.to_string()),
        acknowledged_at: None,
        failed_at: None,
        exported_at: None,
        withdrawal: None,
        verdict: None,
    };
    Queued {
        entry,
        sealed: sealed.bytes,
        told: Vec::new(),
    }
}
