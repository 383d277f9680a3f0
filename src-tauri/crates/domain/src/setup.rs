//! The set-up of a capture session: one validated record, from a file or from the central server.

use crate::consent::Agreement;
use crate::payment::voucher::{self, VoucherTerms};
use crate::payment::{Channel, PaymentMethod};
use crate::quality::Force;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Who may be photographed in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Only people on the roster.
    Roster,
    /// Only people who come by; each becomes a provisional enrolment.
    WalkIn,
    /// People on the roster, and others as provisional enrolments.
    Hybrid,
}

/// What a 采集码 is in a session. Since 2023 it is the only link for graduation photos of higher education, and a
/// school may not hand a roster to whoever takes the photo (教学服〔2022〕10号).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeUse {
    /// No code is asked for.
    #[default]
    Off,
    /// People are found on the roster, and each one's code is bound to the capture.
    Beside,
    /// There is no roster: the code itself is the enrolment.
    Alone,
}

/// Which quality rules gate, ask, warn or are off, and with which limits: a named policy with changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct QualityPolicy {
    /// Name of the policy it begins with: `strict` (national) or `relaxed` (school card).
    pub base: String,
    /// Changed forces by rule id; geometry cannot be changed.
    #[serde(default)]
    pub force: BTreeMap<String, Force>,
    /// Changed numbers: by table of `assets/quality.toml`, then by key; a limit's parts as `limit.warn`.
    #[serde(default)]
    pub limits: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Default for QualityPolicy {
    fn default() -> Self {
        Self {
            base: "strict".to_owned(),
            force: BTreeMap::new(),
            limits: BTreeMap::new(),
        }
    }
}

/// What a session leaves to the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Capture may go on while a payment's outcome is unknown; the photo is then held.
    pub hold_photo_while_payment_unknown: bool,
    /// Attempts after which a supervisor may override a gating check.
    pub attempts_before_override: u32,
    /// Both sides of the document are photographed by the station's camera.
    pub photograph_card: bool,
    /// Where document, ticket and roster agree, one confirmation stands for identity and enrolment.
    #[serde(default)]
    pub trusted_list: bool,
    /// The quality rules: a named policy and this session's changes to it.
    #[serde(default)]
    pub quality: QualityPolicy,
    /// Seconds for which every gating check must hold before the automatic shutter counts down.
    pub auto_shutter_hold_s: f32,
}

/// The fee, shown before the order and frozen in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FeeTerms {
    /// Amount in fen (1/100 yuan).
    pub amount_fen: u32,
    /// What it is for, in the operator's language.
    pub text: String,
}

/// Whom to call; stands on every error, receipt and review page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Customer-service phone number.
    pub phone: String,
    /// Hours at which it answers.
    pub hours: String,
    /// Text to put into the QR for online service.
    pub qr: String,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionSetup {
    /// Id on the central server.
    pub id: String,
    /// Version of the record; a session under way keeps the one it began with.
    pub version: u32,
    /// The school's name.
    pub school: String,
    /// Title, e.g. `2027 届毕业生·主校区`.
    pub title: String,
    /// Who may be photographed.
    pub kind: SessionKind,
    /// What a 采集码 is here.
    #[serde(default)]
    pub code: CodeUse,
    /// Id of the photo specification.
    pub specification: String,
    /// This session's changes to it: tables and keys as in the specification's own file, e.g. another byte window;
    /// tables are merged key by key, lists replaced.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    #[ts(type = "Record<string, unknown>")]
    pub specification_changes: serde_json::Map<String, serde_json::Value>,
    /// What is left to the desk.
    pub policy: Policy,
    /// The fee.
    pub fee: FeeTerms,
    /// Ways to pay, in the order shown.
    pub payment_methods: Vec<PaymentMethod>,
    /// Whose codes an order can be, in the order shown.
    #[serde(default = "first_channel")]
    pub channels: Vec<Channel>,
    /// The vouchers that were given out for this session.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<VoucherTerms>,
    /// The agreement the sitter sees.
    pub agreement: Agreement,
    /// Whom to call.
    pub contact: Contact,
}

fn first_channel() -> Vec<Channel> {
    vec![Channel::default()]
}

/// Why a set-up cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// A field that must not be empty is.
    #[error("the session set-up has no {0}")]
    Missing(&'static str),
    /// A fee is due but no way to pay it is given.
    #[error("a fee is due but no payment method is given")]
    NoPaymentMethod,
    /// The hash beside the agreement is not that of its text.
    #[error("the agreement's text does not match its hash")]
    AgreementHash,
    /// Without a roster nothing on a card could be compared, and the code hides what stands on it.
    #[error("a session without a roster photographs no card")]
    CardWithoutRoster,
    /// A number is out of its range.
    #[error("{0} is out of range")]
    OutOfRange(&'static str),
}

impl SessionSetup {
    /// Checks everything but the agreement's hash, which needs a digest and is checked where it is read.
    pub fn validate(&self) -> Result<(), SetupFault> {
        let named = [
            ("id", &self.id),
            ("school", &self.school),
            ("title", &self.title),
            ("specification", &self.specification),
            ("agreement version", &self.agreement.version),
            ("agreement text", &self.agreement.text),
            ("contact phone", &self.contact.phone),
        ];
        if let Some((what, _)) = named.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(SetupFault::Missing(what));
        }
        if self.fee.amount_fen > 0 && self.payment_methods.is_empty() {
            return Err(SetupFault::NoPaymentMethod);
        }
        if self.code == CodeUse::Alone && self.policy.photograph_card {
            return Err(SetupFault::CardWithoutRoster);
        }
        if self.channels.is_empty() || self.channels.contains(&Channel::Voucher) {
            return Err(SetupFault::OutOfRange("channels"));
        }
        let hash =
            |text: &str| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let good = |terms: &VoucherTerms| hash(&terms.sha256) && terms.amount_fen > 0;
        if self.vouchers.len() > voucher::MOST || !self.vouchers.iter().all(good) {
            return Err(SetupFault::OutOfRange("vouchers"));
        }
        if !(1..=20).contains(&self.policy.attempts_before_override) {
            return Err(SetupFault::OutOfRange("attempts_before_override"));
        }
        if !(0.3..=10.0).contains(&self.policy.auto_shutter_hold_s) {
            return Err(SetupFault::OutOfRange("auto_shutter_hold_s"));
        }
        Ok(())
    }
}
