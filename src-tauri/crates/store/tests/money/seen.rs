//! How often what happened on all walks.

/// How often what happened, so that walks that go nowhere prove nothing.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    pub(crate) phones: u32,
    pub(crate) cash: u32,
    pub(crate) paid_twice: u32,
    pub(crate) held: u32,
    pub(crate) held_settled_at_desk: u32,
    pub(crate) refunds: u32,
    pub(crate) refunds_refused: u32,
    pub(crate) restarts: u32,
    pub(crate) paid_after_close: u32,
    pub(crate) photos: u32,
    pub(crate) vouchers: u32,
}

impl Seen {
    fn counts(&self) -> [(&'static str, u32); 11] {
        [
            ("phones", self.phones),
            ("cash", self.cash),
            ("paid twice", self.paid_twice),
            ("held", self.held),
            ("held, settled at the desk", self.held_settled_at_desk),
            ("refunds", self.refunds),
            ("refunds refused", self.refunds_refused),
            ("restarts", self.restarts),
            ("paid after a close", self.paid_after_close),
            ("photos", self.photos),
            ("vouchers", self.vouchers),
        ]
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.phones += other.phones;
        self.cash += other.cash;
        self.paid_twice += other.paid_twice;
        self.held += other.held;
        self.held_settled_at_desk += other.held_settled_at_desk;
        self.refunds += other.refunds;
        self.refunds_refused += other.refunds_refused;
        self.restarts += other.restarts;
        self.paid_after_close += other.paid_after_close;
        self.photos += other.photos;
        self.vouchers += other.vouchers;
    }

    pub(crate) fn everything_happened(&self, least: u32) {
        for (what, count) in self.counts() {
            assert!(count >= least, "{what}: only {count}");
        }
    }
}
