//! From the last look to sealed bytes: manifest, report, files, one seal.

use crate::desk::{Cards, Sample};
use crate::report::{self, Subject};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::frame::FrameFormat;
use domain::identity::{DocumentKind, ValidUntil, VerifiedIdentity};
use domain::payment::{FeeEvidence, PaymentMethod, SettledFee};
use domain::port::NewPacket;
use domain::session::{GUARDIAN_AGE, PacketOrder, SampleId};
use domain::setup::{SessionKind, SessionSetup};
use domain::specification::PhotoSpecification;
use jiff::Timestamp;
use packet::evidence::{
    ConsentEvidence, EnrolmentEvidence, EnrolmentSource, IdentityDecision, IdentityEvidence, NO_DOCUMENT,
    PaymentEvidence, SupervisorOverride,
};
use packet::manifest::{FileFacts, PhotoFacts, SessionFacts, SoftwareFacts};
use packet::{MANIFEST_VERSION, Manifest, RecipientKey, Seal, StationSigningKey};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the packet is made from.
pub(crate) struct Sources<'a> {
    /// Drawn once for a capture, so that storing it again is storing the same packet.
    pub(crate) packet_id: Uuid,
    pub(crate) station: &'a str,
    pub(crate) software: &'a str,
    pub(crate) setup: &'a SessionSetup,
    pub(crate) specification: &'a PhotoSpecification,
    pub(crate) rules: &'a quality::Rules,
    pub(crate) models: &'a BTreeMap<String, String>,
    pub(crate) samples: &'a BTreeMap<SampleId, Sample>,
    /// The sides of the document that were kept.
    pub(crate) cards: &'a Cards,
    pub(crate) camera: &'a str,
    pub(crate) now: Moment,
    /// This machine's clock less the server's, in milliseconds, at its last answer.
    pub(crate) clock_skew_ms: Option<i64>,
    pub(crate) signer: &'a StationSigningKey,
    /// Key of the central server, and of whoever keeps a recovery key.
    pub(crate) recipient: &'a str,
    pub(crate) recovery: Option<&'a str>,
}

/// Why a packet could not be sealed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealingFault {
    /// The central server's key is not known yet.
    #[error("no key to seal to: {0}")]
    Key(#[from] packet::KeyFault),
    /// A still or a photo is gone from memory.
    #[error("a picture of this session is gone")]
    Gone,
    /// An id or a time is not one.
    #[error("an id or a time of this session is not one: {0}")]
    Ids(String),
    /// The report could not be written.
    #[error(transparent)]
    Report(#[from] report::ReportFault),
    /// The packet's own rules refused.
    #[error(transparent)]
    Packet(#[from] packet::SealFault),
}

impl SealingFault {
    /// The code of the message.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Key(_) => "no_server_key",
            _ => "seal_failed",
        }
    }
}

/// Seals one capture. Nothing in clear is written anywhere.
pub(crate) fn seal(order: &PacketOrder, sources: &Sources<'_>) -> Result<NewPacket, SealingFault> {
    let server: RecipientKey = sources.recipient.parse()?;
    let recovery = sources.recovery.map(str::parse::<RecipientKey>).transpose()?;
    let file = order.file();
    let sample = sources
        .samples
        .get(&order.accepted().sample())
        .ok_or(SealingFault::Gone)?;
    let made = sample.made.as_ref().ok_or(SealingFault::Gone)?;

    let original: &[u8] = &sample.frame.bytes;
    // The bytes as the camera sent them; where they are no JPEG the ending names their layout, and the report
    // their width and height.
    let original_name = match sample.frame.format {
        FrameFormat::Mjpeg => "original.jpg",
        FrameFormat::Yuyv => "original.yuyv",
        FrameFormat::Nv12 => "original.nv12",
        FrameFormat::Rgb => "original.rgb",
    };
    let photo: &[u8] = &made.photo.bytes;
    let (Some(picture), Some(analysis)) = (&sample.picture, &sample.analysis) else {
        return Err(SealingFault::Gone);
    };
    let packet_id = sources.packet_id.to_string();
    let report = report::write(
        &Subject {
            specification: sources.specification,
            rules: sources.rules,
            exceptions: file.exceptions(),
            models: sources.models,
            picture,
            analysis,
            software: sources.software,
            packet: &packet_id,
            enrolment: &file.enrolment().record().id,
            date: &crate::view::local_minute(sample.taken_at),
        },
        order.accepted().assessment(),
        &made.photo,
    )?;

    let mut files: Vec<(&str, &[u8])> = vec![
        (original_name, original),
        ("photo.jpg", photo),
        ("report.json", &report.document),
        ("report.svg", &report.page),
    ];
    // The cards alone, cut out: what else lay on the desk is nobody's business.
    let sides = file.card().map(|side| side.and_then(|id| sources.cards.jpeg(id)));
    if let [Some(front), Some(back)] = &sides {
        files.push(("card-front.jpg", front));
        files.push(("card-back.jpg", back));
    }
    let card_photos: Vec<FileFacts> = files[4..]
        .iter()
        .map(|(name, bytes)| FileFacts::of(name, bytes))
        .collect();

    let enrolment = file.enrolment().record();
    let retake_of = file
        .enrolment()
        .retake_of()
        .map(|id| id.parse::<Uuid>())
        .transpose();
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        packet_id: sources.packet_id,
        retake_of: retake_of.map_err(|e| SealingFault::Ids(e.to_string()))?,
        station_id: sources.station.to_string(),
        session: SessionFacts {
            id: sources.setup.id.clone(),
            kind: match sources.setup.kind {
                SessionKind::Roster => "roster",
                SessionKind::WalkIn => "walk_in",
                SessionKind::Hybrid => "hybrid",
            }
            .to_string(),
            specification: sources.specification.id.clone(),
        },
        operator_id: order.operator().to_string(),
        supervisor_override: order.accepted().waived().map(|waived| SupervisorOverride {
            checks: waived.checks.clone(),
            reason: waived.reason.clone(),
            supervisor_id: waived.approval.supervisor().to_string(),
        }),
        identity: identity(file.identity(), !card_photos.is_empty()),
        enrolment: EnrolmentEvidence {
            id: enrolment.id.clone(),
            source: if known_by_code(order) {
                EnrolmentSource::Code
            } else if enrolment.provisional {
                EnrolmentSource::WalkIn
            } else {
                EnrolmentSource::Roster
            },
            school: enrolment.school.clone(),
            class: enrolment.class_name.clone(),
            student_number: enrolment.student_number.clone().into(),
            exam_number: enrolment.exam_number.clone().into(),
            code: file.code().map(|code| code.payload().clone()),
            provisional: enrolment.provisional,
        },
        payment: payment(file.fee()),
        consent: ConsentEvidence {
            text_version: file.consent().version.clone(),
            text_sha256: file.consent().sha256.clone(),
            at: timestamp(file.consent().at)?,
            operator_id: file.consent().operator.clone(),
            under_14: file
                .identity()
                .age(crate::view::local_date(file.consent().at))
                .map_or(!file.identity().of_age(), |age| age < GUARDIAN_AGE),
            guardian: file.consent().guardian.clone(),
        },
        captured_at: timestamp(sample.taken_at)?,
        clock_skew_ms: sources.clock_skew_ms,
        camera: sources.camera.to_string(),
        original: FileFacts::of(original_name, original),
        photo: PhotoFacts {
            file: FileFacts::of("photo.jpg", photo),
            width: sources.specification.width_px,
            height: sources.specification.height_px,
            dpi: u16::try_from(sources.specification.density_dpi).unwrap_or(u16::MAX),
            alterations: made.photo.transformations.clone(),
        },
        report: FileFacts::of("report.json", &report.document),
        report_page: FileFacts::of("report.svg", &report.page),
        card_photos,
        software: SoftwareFacts {
            version: sources.software.to_string(),
            models: sources.models.clone(),
        },
    };
    let by = Seal {
        server: &server,
        recovery: recovery.as_ref(),
        signer: sources.signer,
    };
    let sealed = packet::seal(&manifest, &files, by)?;
    Ok(NewPacket {
        enrolment: enrolment.id.clone(),
        session: sources.setup.id.clone(),
        sha256: sealed.sha256.clone(),
        at: sources.now,
        held_for: match file.fee() {
            FeeEvidence::Unknown { order, .. } => Some(order.clone()),
            FeeEvidence::Settled(_) => None,
        },
        retake_of: file.enrolment().retake_of().map(str::to_string),
        audit: AuditEvent {
            at: sources.now,
            operator: order.operator().to_string(),
            what: "packet_stored".to_string(),
            subject: packet_id.clone(),
            detail: sealed.sha256.clone(),
        },
        sealed: sealed.bytes,
        packet: packet_id,
    })
}

fn identity(identity: &VerifiedIdentity, card_photographed: bool) -> IdentityEvidence {
    IdentityEvidence {
        name: identity.name().clone(),
        document: identity
            .document()
            .map_or(NO_DOCUMENT, DocumentKind::code)
            .to_string(),
        number: identity.number().cloned().unwrap_or_default(),
        method: identity.method().code().to_string(),
        card_photographed,
        valid_until: identity
            .valid_until()
            .and_then(ValidUntil::day)
            .map(|day| day.to_string()),
        exception: identity.decision().map(|decision| IdentityDecision {
            why: decision.why.code().to_string(),
            reason: decision.reason.clone().into(),
            supervisor_id: decision.supervisor.clone(),
        }),
    }
}

/// True when the enrolment is nothing but its 采集码.
fn known_by_code(order: &PacketOrder) -> bool {
    let record = order.file().enrolment().record();
    let code = order.file().code();
    code.is_some_and(|code| code.id().enrolment(&record.session) == record.id)
}

fn payment(fee: &FeeEvidence) -> PaymentEvidence {
    use packet::evidence::PaymentMethod as Wire;
    let settled = |fee: &SettledFee| match fee.method() {
        // The central server knows by the order which voucher paid it.
        PaymentMethod::Order | PaymentMethod::AtSync | PaymentMethod::Voucher => Wire::Order {
            order_id: fee.proof().to_string(),
        },
        PaymentMethod::Cash => Wire::Cash {
            received_by: fee.by().to_string(),
        },
        PaymentMethod::Prepaid => Wire::Prepaid {},
        PaymentMethod::Exempt => {
            let (supervisor, reason) = fee.proof().split_once(": ").unwrap_or(("", fee.proof()));
            Wire::Exempt {
                reason: reason.to_string(),
                supervisor_id: supervisor.to_string(),
            }
        }
    };
    match fee {
        FeeEvidence::Settled(fee) => PaymentEvidence {
            amount_fen: fee.amount_fen(),
            settled: settled(fee),
            held: false,
        },
        // The store holds such a packet back until the order is paid, so wherever it is read it is.
        FeeEvidence::Unknown { order, amount_fen } => PaymentEvidence {
            amount_fen: *amount_fen,
            settled: Wire::Order {
                order_id: order.clone(),
            },
            held: false,
        },
    }
}

fn timestamp(moment: Moment) -> Result<Timestamp, SealingFault> {
    Timestamp::from_millisecond(moment.0).map_err(|e| SealingFault::Ids(e.to_string()))
}
