//! How an enrolment stands before a new capture.

use crate::eligibility::Eligibility;
use crate::exception::KnownException;
use crate::payment::{Order, SettledFee};

/// What the store knows of an enrolment when the sitter confirms it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The fee, when it was settled at an earlier capture: it belongs to the enrolment for ever.
    pub settled: Option<SettledFee>,
    /// The rejected packet a new capture replaces.
    pub retake_of: Option<String>,
    /// An order written down earlier; taken up again instead of making a second one.
    pub order: Option<Order>,
    /// Known exceptions granted to this person earlier.
    pub exceptions: Vec<KnownException>,
    /// What the central server said of the person, as far as it was asked and answered.
    pub eligibility: Option<Eligibility>,
}
