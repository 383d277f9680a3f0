//! What really happened to money, seen from outside: hands and phones. Fen.

use std::collections::BTreeMap;

#[derive(Debug, Default, Clone)]
pub(crate) struct Ledger {
    /// Paid by phone, by order number.
    pub(crate) by_phone: BTreeMap<String, u32>,
    /// Sent back to a phone, by order number.
    pub(crate) sent_back: BTreeMap<String, u32>,
    /// Laid on the desk, less change.
    pub(crate) cash_in: u32,
    /// Handed back over the desk.
    pub(crate) cash_out: u32,
    /// A supervisor's word that nothing is due.
    pub(crate) exempted: bool,
    /// Money was given back when a photo had left: the supervisor made it free.
    pub(crate) made_free: bool,
}

impl Ledger {
    /// Money the sitter is short of.
    pub(crate) fn held(&self) -> u32 {
        let phones: u32 = self.by_phone.values().sum();
        let back: u32 = self.sent_back.values().sum();
        phones + self.cash_in - back - self.cash_out
    }
}
