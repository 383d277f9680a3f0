//! Money that comes later.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way on for a photo that is held for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum HeldWay {
    /// Close the order, so that another way opens; the answer may be that it was paid.
    Close,
    /// A new order, once the last was closed.
    Order,
    /// Cash, once the order was closed.
    Cash {
        /// Amount handed over, in fen.
        tendered_fen: u32,
    },
    /// A supervisor's exemption, once the order was closed.
    Exempt {
        /// Why, at least six characters.
        reason: String,
        /// Supervisor id.
        supervisor: String,
        /// Supervisor's PIN.
        pin: String,
    },
}
