//! A station that sees nothing: no camera and no networks, but the store, the queue and the courier of every
//! station. Starts in milliseconds, so that it can be killed hundreds of times.

mod post;
mod said;

pub use post::{Post, once_each, queue_of};
pub use said::{End, Said};

use anyhow::Result;
use compose::Settings;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::camera::{CameraInfo, CameraSetting, Equipment};
use domain::enrolment::{Enrolment, EnrolmentState};
use domain::frame::{CameraHealth, CameraState, Frame};
use domain::port::{AnalysisFault, Cameras, FrameFeed, NewPacket, Store};
use packet::manifest::FileFacts;
use packet::{MANIFEST_VERSION, Manifest, Seal, StationSigningKey};
use serde_json::json;
use station::{Pace, Parts, Station};
use std::sync::Arc;
use std::time::Duration;
use sticks::Carrier;
use uplink::{Server, Uplink};
use uuid::Uuid;

/// How often the courier of a station in a hurry does what.
pub const HURRY: Pace = Pace {
    idle: Duration::from_millis(5),
    verdicts: Duration::from_millis(500),
    least_pause: Duration::from_millis(20),
    most_pause: Duration::from_millis(200),
    most_rest: Duration::from_millis(200),
    retention: None,
};

/// Starts everything of a station but its eyes.
///
/// # Errors
/// When the server's address or keys are none, or the system gives no thread.
pub fn start(settings: &Settings, store: Arc<dyn Store>, pace: Pace) -> Result<Station> {
    let central = &settings.central;
    let server = Server::new(
        &central.url,
        &central.token,
        &central.recipient,
        &central.verifying_key,
    )?;
    Uplink::new(server.clone())?;
    let parts = Parts {
        id: settings.station.id.clone(),
        name: settings.station.name.clone(),
        software: env!("CARGO_PKG_VERSION").into(),
        signer: signer(settings)?,
        store,
        feed: Arc::new(NoCamera),
        cameras: Arc::new(NoCamera),
        training: None,
        // The same keys a moment ago made one.
        central: Box::new(move || Box::new(Uplink::new(server.clone()).unwrap_or_else(|e| panic!("{e}")))),
        sticks: Box::new(Carrier::new(
            settings.station.id.clone(),
            signer(settings)?,
            jiff::Timestamp::now,
        )),
        papers: Box::new(compose::open_papers(settings)?),
        sight: Box::new(|| {
            Err(AnalysisFault::Model {
                what: "none here".into(),
            })
        }),
        specifications: vec![],
        clock: compose::station_clock,
        pace,
    };
    Ok(Station::start(parts)?)
}

/// One person of the school, and the sealed photo of that person.
pub struct Capture {
    /// The person.
    pub person: Enrolment,
    /// The sealed packet.
    pub packet: NewPacket,
}

impl Capture {
    /// Takes person `number`, whose original has `bytes` bytes; `retake_of` is the packet it replaces.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn take(
        settings: &Settings,
        number: u32,
        bytes: usize,
        retake_of: Option<Uuid>,
        now: Moment,
    ) -> Result<Self> {
        let person = person(number);
        let id = Uuid::now_v7();
        let original: Vec<u8> = id.as_bytes().iter().copied().cycle().take(bytes).collect();
        let files = [
            ("original.jpg", original.as_slice()),
            ("photo.jpg", b"photo"),
            ("report.json", b"{}"),
            ("report.svg", b"<svg/>"),
        ];
        let manifest = manifest(id, &settings.station.id, &person, retake_of, &files)?;
        let by = Seal {
            server: &settings.central.recipient.parse()?,
            recovery: None,
            signer: &signer(settings)?,
        };
        let sealed = packet::seal(&manifest, &files, by)?;
        let packet = NewPacket {
            packet: id.to_string(),
            enrolment: person.id.clone(),
            session: person.session.clone(),
            sealed: sealed.bytes,
            sha256: sealed.sha256,
            at: now,
            held_for: None,
            retake_of: retake_of.map(|first| first.to_string()),
            audit: AuditEvent {
                at: now,
                operator: "blind".into(),
                what: "packet_stored".into(),
                subject: person.id.clone(),
                detail: id.to_string(),
            },
        };
        Ok(Self { person, packet })
    }
}

/// Person `number` of the school.
pub fn person(number: u32) -> Enrolment {
    Enrolment {
        id: format!("blind:{number}"),
        session: "blind".into(),
        name: format!("第{number}").into(),
        document_number: None,
        school: "学校".into(),
        class_name: "一班".into(),
        student_number: number.to_string(),
        exam_number: String::new(),
        code: None,
        ticket: String::new(),
        prepaid: true,
        not_eligible: None,
        provisional: true,
        state: EnrolmentState::ToCapture,
    }
}

/// The key of the station's data folder.
fn signer(settings: &Settings) -> Result<StationSigningKey> {
    Ok(StationSigningKey::from_seed(&store::station_seed(
        &settings.data,
    )?))
}

fn manifest(
    id: Uuid,
    station: &str,
    person: &Enrolment,
    retake_of: Option<Uuid>,
    files: &[(&str, &[u8]); 4],
) -> Result<Manifest> {
    let [original, photo, report, page] = files.map(|(name, bytes)| FileFacts::of(name, bytes));
    let at = "2026-11-24T08:00:00Z";
    // Nobody is photographed twice here, whatever the stations before did: the server tells every pair to everybody.
    Ok(serde_json::from_value(json!({
        "version": MANIFEST_VERSION,
        "packet_id": id,
        "retake_of": retake_of,
        "station_id": station,
        "session": { "id": person.session, "kind": "roster", "specification": "graduation-480x640" },
        "operator_id": "blind",
        "supervisor_override": null,
        "identity": {
            "name": "某某", "document": "other", "number": id, "method": "typed",
            "card_photographed": false,
        },
        "enrolment": {
            "id": format!("{station}:{}", person.id), "source": "roster", "school": person.school, "class": person.class_name,
            "student_number": person.student_number, "exam_number": "", "provisional": false,
        },
        "payment": { "amount_fen": 0, "settled": { "method": "prepaid" }, "held": false },
        "consent": {
            "text_version": "1", "text_sha256": packet::sha256_hex(b"text"), "at": at, "operator_id": "blind",
            "under_14": false, "guardian": null,
        },
        "captured_at": at,
        "clock_skew_ms": null,
        "camera": "none",
        "original": original,
        "photo": { "file": photo, "width": 480, "height": 640, "dpi": 300, "alterations": [] },
        "report": report,
        "report_page": page,
        "card_photos": [],
        "software": { "version": "blind", "models": {} },
    }))?)
}

struct NoCamera;

impl FrameFeed for NoCamera {
    fn latest(&self) -> Option<Arc<Frame>> {
        None
    }
    fn after(&self, _after: u64, patience: Duration) -> Option<Arc<Frame>> {
        std::thread::sleep(patience);
        None
    }
    fn health(&self) -> CameraHealth {
        CameraHealth {
            state: CameraState::Searching,
            name: String::new(),
            fps: 0.0,
            width: 0,
            height: 0,
            fault: None,
        }
    }
}

impl Cameras for NoCamera {
    fn present(&self) -> Vec<CameraInfo> {
        vec![]
    }
    fn look(&self) {}
    fn equipment(&self) -> Option<Equipment> {
        None
    }
    fn choose(&self, _source: &str) -> bool {
        false
    }
    fn chosen(&self) -> String {
        "auto".into()
    }
    fn configure(&self, _camera: &str, _setting: CameraSetting) {}
}
