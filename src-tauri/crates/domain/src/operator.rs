//! The people who run a station.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an operator may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes people through the steps.
    Operator,
    /// May also override a check and exempt from the fee.
    Supervisor,
}

/// An operator, without the PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Short id, e.g. `zhoumin`.
    pub id: String,
    /// Name shown in the top bar.
    pub name: String,
    /// What the operator may do.
    pub role: Role,
}
