//! What the ledger says of the books.

use crate::world::{FEE, World};
use domain::payment::{Order, OrderState, PaymentMethod, Refund, RefundState, SettledFee, refund};

impl World<'_> {
    /// A photo leaves the desk only for money, or for a supervisor's word.
    pub(crate) fn no_free_photo(&self) {
        let (sent, _) = self.book.photos(self.enrolment);
        let decided = self.ledger.exempted || self.ledger.made_free;
        assert!(
            sent == 0 || decided || self.ledger.held() >= FEE,
            "a photo left and nobody paid"
        );
    }

    /// The sheet a supervisor signs has every payment once.
    fn the_sheet_is_right(&self, told: &str) {
        let takings = self.book.takings(self.enrolment);
        let mut cash = 0;
        let mut orders = vec![];
        for (method, fen, proof) in &takings {
            match method {
                PaymentMethod::Cash => cash += fen,
                PaymentMethod::Order | PaymentMethod::AtSync | PaymentMethod::Voucher => {
                    orders.push(proof.clone())
                }
                PaymentMethod::Prepaid | PaymentMethod::Exempt => {}
            }
        }
        orders.sort();
        let phones: Vec<String> = self.ledger.by_phone.keys().cloned().collect();
        assert_eq!(orders, phones, "the sheet: {takings:?}: {told}");
        assert_eq!(cash, self.ledger.cash_in, "the sheet: {takings:?}: {told}");
    }

    pub(crate) fn judge(&self, seed: u64) {
        let payments = self.book.payments(self.enrolment);
        let refunds = self.book.refunds(self.enrolment);
        let told = format!("walk {seed}: {:?} {payments:?} {refunds:?}", self.ledger);
        let ordered = |fee: &SettledFee| fee.order().map(str::to_string);
        let mut paid: Vec<String> = payments.iter().filter_map(ordered).collect();
        paid.sort();
        let phones: Vec<String> = self.ledger.by_phone.keys().cloned().collect();
        assert_eq!(paid, phones, "each order once, and no other: {told}");
        let cash = |fee: &&SettledFee| fee.method() == PaymentMethod::Cash;
        let done = |r: &&Refund| r.state == RefundState::Done;
        assert!(refunds.iter().all(|r| r.state != RefundState::Unknown), "{told}");
        let back_in_cash: u32 = refunds
            .iter()
            .filter(done)
            .filter(|r| r.order.is_none())
            .map(|r| r.amount_fen)
            .sum();
        let back_by_phone: u32 = refunds
            .iter()
            .filter(done)
            .filter(|r| r.order.is_some())
            .map(|r| r.amount_fen)
            .sum();
        assert_eq!(back_in_cash, self.ledger.cash_out, "{told}");
        assert_eq!(
            back_by_phone,
            self.ledger.sent_back.values().sum::<u32>(),
            "{told}"
        );
        // Cash that was given back before a photo is on no page but the refund's.
        let kept: u32 = payments.iter().filter(cash).map(SettledFee::amount_fen).sum();
        let of_kept =
            |r: &&Refund| r.order.is_none() && payments.iter().filter(cash).any(|fee| r.at >= fee.at());
        let counted_twice: u32 = refunds.iter().filter(of_kept).map(|r| r.amount_fen).sum();
        assert_eq!(
            kept + back_in_cash - counted_twice,
            self.ledger.cash_in,
            "cash: {told}"
        );
        self.the_sheet_is_right(&told);
        let settled = self.book.standing(self.enrolment).settled;
        if self.ledger.held() > 0 {
            assert!(settled.is_some(), "paid and not settled: {told}");
        }
        let (_, held) = self.book.photos(self.enrolment);
        assert!(held == 0 || settled.is_none(), "settled, and still held: {told}");
        // Whatever came in beyond one fee is owed, one payment at a time.
        let exempt = settled.is_some_and(|fee| fee.method() == PaymentMethod::Exempt);
        let due = if exempt { 0 } else { FEE };
        if self.ledger.held() > due {
            assert!(
                refund::owed(&payments, &refunds).is_some(),
                "paid twice and not owed: {told}"
            );
        }
        let open = self.book.open_orders(self.enrolment);
        let wrong = |o: &Order| o.state == OrderState::Paid;
        assert!(!open.iter().any(wrong), "paid and left open: {told}");
    }
}
