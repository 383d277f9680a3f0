//! Money and photos that have not met.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// Money and photo of an enrolment that have not met: a row of the end-of-day page and of the signed sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unmet {
    /// Enrolment id.
    pub enrolment: String,
    /// Order number; none for cash and vouchers.
    pub order: Option<String>,
    /// Amount in fen.
    pub amount_fen: u32,
    /// When it was paid, or when the photo was stored.
    pub at: Moment,
}
