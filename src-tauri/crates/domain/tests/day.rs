//! The sums of a day.

use domain::Moment;
use domain::day::{CashCount, DayFacts, DayFault, DaySheet, Taking};
use domain::payment::{PaymentMethod, Refund, RefundState};
use proptest::prelude::*;

fn taking(seq: i64, method: PaymentMethod, amount_fen: u32, operator: &str, class_name: &str) -> Taking {
    Taking {
        seq,
        enrolment: format!("e{seq}"),
        class_name: class_name.into(),
        method,
        amount_fen,
        operator: operator.into(),
        proof: String::new(),
        at: Moment(seq),
    }
}

fn refund(method: PaymentMethod, amount_fen: u32, state: RefundState) -> Refund {
    Refund {
        id: "r".into(),
        enrolment: "e1".into(),
        method,
        order: None,
        amount_fen,
        reason: "told by the sitter".into(),
        supervisor: "s".into(),
        operator: "o".into(),
        state,
        at: Moment(5),
    }
}

fn facts(takings: Vec<Taking>, refunds: Vec<Refund>) -> DayFacts {
    DayFacts {
        takings,
        refunds,
        ..DayFacts::default()
    }
}

fn count(float_fen: u32, counted_fen: u32, explanation: &str) -> CashCount {
    CashCount {
        float_fen,
        counted_fen,
        explanation: explanation.into(),
    }
}

/// Two in cash, one by an order, one each that brings no money; one cash fee given back, one order's refund unknown.
#[test]
fn a_day_computed_by_hand() {
    use PaymentMethod::{Cash, Exempt, Order, Prepaid, Voucher};
    let takings = vec![
        taking(1, Cash, 2_000, "zhou", "A"),
        taking(2, Cash, 2_000, "li", "B"),
        taking(3, Order, 2_000, "", "A"),
        taking(4, Prepaid, 2_000, "zhou", "A"),
        taking(5, Voucher, 2_000, "zhou", "B"),
        taking(6, Exempt, 0, "zhou", "B"),
    ];
    let refunds = vec![
        refund(Cash, 2_000, RefundState::Done),
        refund(Order, 2_000, RefundState::Unknown),
        // Good again, but no money.
        refund(Voucher, 2_000, RefundState::Done),
    ];
    let sheet = DaySheet::of(facts(takings, refunds), 10_000);
    let method: Vec<_> = sheet
        .by_method
        .iter()
        .map(|(m, s)| (*m, s.count, s.fen))
        .collect();
    assert_eq!(
        method,
        [
            (Order, 1, 2_000),
            (Cash, 2, 4_000),
            (Prepaid, 1, 0),
            (Voucher, 1, 0),
            (Exempt, 1, 0)
        ]
    );
    assert_eq!((sheet.total.count, sheet.total.fen), (6, 6_000));
    assert_eq!((sheet.by_class["A"].fen, sheet.by_class["B"].fen), (4_000, 2_000));
    assert_eq!(
        (sheet.by_operator[""].fen, sheet.by_operator["zhou"].fen),
        (2_000, 2_000)
    );
    assert_eq!((sheet.refunded.count, sheet.refunded.fen), (2, 2_000));
    assert_eq!(sheet.drawer.expected_fen(), 12_000);
    assert_eq!(sheet.difference_fen(&count(10_000, 11_000, "")), -1_000);

    assert_eq!(sheet.ready(None), Err(DayFault::NotCounted));
    assert_eq!(sheet.ready(Some(&count(10_000, 12_000, ""))), Ok(()));
    assert_eq!(
        sheet.ready(Some(&count(10_000, 11_000, " 少 "))),
        Err(DayFault::NotExplained)
    );
    assert_eq!(sheet.ready(Some(&count(10_000, 11_000, "找错了零钱"))), Ok(()));
}

#[test]
fn a_day_without_cash_needs_no_count() {
    let sheet = DaySheet::of(
        facts(vec![taking(1, PaymentMethod::Order, 2_000, "", "A")], vec![]),
        0,
    );
    assert_eq!(sheet.ready(None), Ok(()));
}

proptest! {
    /// However it is cut, it is the same money.
    #[test]
    fn sums_agree(rows in prop::collection::vec((0usize..6, 0u32..10_000, "[a-c]?", "[A-C]"), 0..40)) {
        let methods = [PaymentMethod::Order, PaymentMethod::AtSync, PaymentMethod::Cash, PaymentMethod::Prepaid,
            PaymentMethod::Voucher, PaymentMethod::Exempt];
        let takings: Vec<_> = rows.iter().enumerate()
            .map(|(i, (m, fen, operator, class))| taking(i as i64, methods[*m], *fen, operator, class)).collect();
        let money: i64 = rows.iter().filter(|(m, ..)| *m < 3).map(|(_, fen, ..)| i64::from(*fen)).sum();
        let sheet = DaySheet::of(facts(takings, vec![]), 0);
        let all = [
            sheet.by_method.iter().map(|(_, s)| (s.count, s.fen)).collect::<Vec<_>>(),
            sheet.by_operator.values().map(|s| (s.count, s.fen)).collect(),
            sheet.by_class.values().map(|s| (s.count, s.fen)).collect(),
            vec![(sheet.total.count, sheet.total.fen)],
        ];
        for cut in all {
            let sum = cut.iter().fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
            prop_assert_eq!(sum, (rows.len() as u32, money));
        }
    }
}
