//! The manifest: everything a packet says about one capture.

use crate::evidence::{
    ConsentEvidence, EnrolmentEvidence, EnrolmentSource, IdentityEvidence, NO_DOCUMENT, PaymentEvidence,
    PaymentMethod, SupervisorOverride,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Version of the schema that this code writes and reads.
pub const MANIFEST_VERSION: u16 = 4;

/// Everything a packet says about one capture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this schema, [`MANIFEST_VERSION`].
    pub version: u16,
    /// Id of the packet, a UUID of version 7, drawn once and never again.
    pub packet_id: Uuid,
    /// The packet of the first capture when this is a retake.
    pub retake_of: Option<Uuid>,
    /// Station that took it.
    pub station_id: String,
    /// Session it was taken in.
    pub session: SessionFacts,
    /// Operator who took it.
    pub operator_id: String,
    /// Set when a supervisor accepted the photo against a check.
    pub supervisor_override: Option<SupervisorOverride>,
    /// Who the sitter is.
    pub identity: IdentityEvidence,
    /// Which enrolment it is for.
    pub enrolment: EnrolmentEvidence,
    /// How the fee was settled.
    pub payment: PaymentEvidence,
    /// What was agreed to.
    pub consent: ConsentEvidence,
    /// When the shutter was released, by the station's clock.
    pub captured_at: Timestamp,
    /// The station's clock less the server's when the server last answered, in milliseconds; none when it never
    /// did since the station started.
    pub clock_skew_ms: Option<i64>,
    /// Name of the camera as the system gives it.
    pub camera: String,
    /// The still as the camera gave it.
    pub original: FileFacts,
    /// The standard photo.
    pub photo: PhotoFacts,
    /// The quality report, JSON.
    pub report: FileFacts,
    /// The same as one page for people, SVG.
    pub report_page: FileFacts,
    /// Photos of the ID card, both sides or none: `card-front.jpg` and `card-back.jpg`, each the card alone, cut out
    /// and rectified to 1012 x 638. What else the camera saw does not travel. Only where no card could be found and
    /// the operator said that the picture can be read is it all that the camera saw.
    pub card_photos: Vec<FileFacts>,
    /// What made it.
    pub software: SoftwareFacts,
}

/// The session a capture belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionFacts {
    /// Id of the session.
    pub id: String,
    /// Kind of session, `roster` or `walk_in`.
    pub kind: String,
    /// Id of the photo specification, e.g. `graduation-480x640`.
    pub specification: String,
}

/// One file of the packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileFacts {
    /// Name inside the packet, e.g. `original.jpg`.
    pub name: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}

impl FileFacts {
    /// The facts of `bytes` under `name`.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            sha256: crate::sha256_hex(bytes),
            size: bytes.len() as u64,
        }
    }
}

/// The standard photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoFacts {
    /// The file.
    pub file: FileFacts,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Density in dots per inch.
    pub dpi: u16,
    /// What was done to the picture, in order, e.g. `crop`, `scale`, `background`.
    pub alterations: Vec<String>,
}

/// Versions of what made the photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoftwareFacts {
    /// Version of the station's program.
    pub version: String,
    /// Id of each model and the SHA-256 of its file.
    pub models: BTreeMap<String, String>,
}

/// A manifest says something that no packet may say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestFault {
    /// Another version of the schema.
    #[error("manifest version {0} is not known")]
    Version(u16),
    /// Not JSON of this schema; serde's words, which name fields and never values.
    #[error("manifest does not follow the schema at line {line}, column {column}")]
    Schema {
        /// Line in the manifest.
        line: usize,
        /// Column in the manifest.
        column: usize,
    },
    /// A field breaks a rule; `rule` says which.
    #[error("manifest breaks the rule: {rule}")]
    Rule {
        /// The rule in words.
        rule: &'static str,
    },
}

impl Manifest {
    /// Reads and checks a manifest. A newer version is told from a broken one.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ManifestFault> {
        #[derive(Deserialize)]
        struct Head {
            version: u16,
        }
        let schema = |error: serde_json::Error| ManifestFault::Schema {
            line: error.line(),
            column: error.column(),
        };
        let head: Head = serde_json::from_slice(bytes).map_err(schema)?;
        if head.version != MANIFEST_VERSION {
            return Err(ManifestFault::Version(head.version));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(schema)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// All files that the manifest names.
    pub fn files(&self) -> impl Iterator<Item = &FileFacts> {
        [&self.original, &self.photo.file, &self.report, &self.report_page]
            .into_iter()
            .chain(&self.card_photos)
    }

    /// The rules that the types alone do not keep.
    pub fn check(&self) -> Result<(), ManifestFault> {
        if self.version != MANIFEST_VERSION {
            return Err(ManifestFault::Version(self.version));
        }
        let rule = |holds: bool, rule: &'static str| {
            if holds {
                Ok(())
            } else {
                Err(ManifestFault::Rule { rule })
            }
        };
        rule(
            self.packet_id.get_version_num() == 7,
            "the packet id is a UUID of version 7",
        )?;
        rule(
            self.retake_of != Some(self.packet_id),
            "a packet is not its own retake",
        )?;
        rule(!self.payment.held, "a held photo is never sealed")?;
        rule(
            !self.consent.under_14
                || self
                    .consent
                    .guardian
                    .as_ref()
                    .is_some_and(|g| !g.as_str().is_empty()),
            "under 14 a guardian agrees",
        )?;
        rule(
            self.identity.card_photographed == (self.card_photos.len() == 2),
            "the card is photographed on both sides or not at all",
        )?;
        rule(
            self.card_photos.is_empty() || self.card_photos.len() == 2,
            "card photos come in pairs",
        )?;
        let settled = match &self.payment.settled {
            PaymentMethod::Cash { received_by } => !received_by.is_empty(),
            PaymentMethod::Prepaid {} => true,
            PaymentMethod::Exempt {
                reason,
                supervisor_id,
            } => !reason.is_empty() && !supervisor_id.is_empty(),
            PaymentMethod::Voucher { number_sha256 } => is_sha256(number_sha256),
            PaymentMethod::Order { order_id } => !order_id.is_empty(),
            PaymentMethod::FirstCapture { packet_id } => self.retake_of == Some(*packet_id),
        };
        rule(settled, "the way of payment names its proof")?;
        let overridden = self.supervisor_override.as_ref();
        rule(
            overridden
                .is_none_or(|o| !o.checks.is_empty() && !o.reason.is_empty() && !o.supervisor_id.is_empty()),
            "an override names checks, reason and supervisor",
        )?;
        let hashes = self.files().map(|f| &f.sha256).chain([&self.consent.text_sha256]);
        rule(
            hashes.chain(self.software.models.values()).all(|h| is_sha256(h)),
            "a hash is 64 lower-case hexadecimal digits",
        )?;
        let named = [
            &self.station_id,
            &self.session.id,
            &self.operator_id,
            &self.session.specification,
        ];
        rule(
            named.iter().all(|id| !id.is_empty()),
            "station, session, operator and specification have an id",
        )?;
        rule(!self.enrolment.id.is_empty(), "the enrolment has an id")?;
        rule(
            self.enrolment.code.is_some() || !self.identity.name.as_str().is_empty(),
            "the sitter has a name or a code",
        )?;
        rule(
            (self.enrolment.source == EnrolmentSource::Code) <= self.enrolment.code.is_some(),
            "who is known by a code alone has shown one",
        )?;
        rule(
            (self.identity.document == NO_DOCUMENT) == self.identity.number.as_str().is_empty(),
            "a document has a number, and no document has none",
        )?;
        let decided = self.identity.exception.as_ref();
        rule(
            decided.is_none_or(|d| {
                !d.why.is_empty() && !d.reason.as_str().is_empty() && !d.supervisor_id.is_empty()
            }),
            "a decision on identity names why, reason and supervisor",
        )?;
        rule(
            decided.is_some() || self.enrolment.code.is_some() || self.identity.document != NO_DOCUMENT,
            "who shows neither document nor code is vouched for",
        )
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
