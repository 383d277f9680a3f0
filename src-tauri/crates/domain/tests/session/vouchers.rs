//! Vouchers: their numbers, and what they settle.

use crate::fixtures::{order, refused, setup, to_payment, walk};
use domain::Moment;
use domain::payment::voucher::{VoucherTerms, check_character, number};
use domain::payment::{Channel, FeeEvidence, Order, OrderState, Pacing, PaymentMethod, Turn, turn};
use domain::session::{Input, Refusal, State};
use domain::setup::{SessionSetup, SetupFault};
use proptest::prelude::*;

const HASH: &str = "0000000000000000000000000000000000000000000000000000000000000001";

fn taking(amount_fen: u32) -> SessionSetup {
    let mut setup = setup(false, false);
    setup.payment_methods.push(PaymentMethod::Voucher);
    setup.vouchers = vec![VoucherTerms {
        sha256: HASH.into(),
        amount_fen,
    }];
    setup
}

fn redeem(sha256: &str) -> Input {
    Input::Redeem {
        id: "o1".into(),
        sha256: sha256.into(),
    }
}

/// The voucher's order as the central server answers it.
fn answer(state: OrderState) -> Input {
    Input::OrderAnswered(Order {
        channel: Channel::Voucher,
        voucher: Some(HASH.into()),
        ..order(state)
    })
}

fn after(setup: &SessionSetup, more: Vec<Input>) -> State {
    let mut inputs = to_payment(false);
    inputs.extend(more);
    walk(setup, inputs)
}

#[test]
fn a_voucher_settles_the_fee_once_the_server_says_so() {
    let setup = taking(2000);
    let settled = after(&setup, vec![redeem(HASH), answer(OrderState::Paid)]);
    let Some(FeeEvidence::Settled(fee)) = settled.file().map(|f| f.fee().clone()) else {
        panic!("not settled: {settled:?}");
    };
    assert_eq!(
        (fee.method(), fee.amount_fen(), fee.order()),
        (PaymentMethod::Voucher, 2000, Some("o1"))
    );
}

#[test]
fn without_an_answer_the_photo_is_held_and_a_used_voucher_frees_the_other_ways() {
    // The policy of unknown payments is off: a session that takes vouchers takes them offline all the same.
    let setup = taking(3000);
    let held = after(&setup, vec![redeem(HASH), Input::GoOnUnknown]);
    assert!(matches!(
        held.file().map(|f| f.fee()),
        Some(FeeEvidence::Unknown { .. })
    ));
    let asked = after(&setup, vec![redeem(HASH)]);
    let cash = || Input::CashTaken { tendered_fen: 2000 };
    assert_eq!(refused(&setup, &asked, cash()), Refusal::OrderOpen);
    let code = Input::AskOrder {
        id: "o2".into(),
        channel: None,
    };
    assert_eq!(refused(&setup, &asked, code), Refusal::OrderOpen);
    let used = vec![redeem(HASH), answer(OrderState::Closed), cash()];
    assert!(matches!(after(&setup, used), State::Preparing { .. }));
}

#[test]
fn a_voucher_is_known_covers_the_fee_and_is_offered() {
    let asked = |setup: &SessionSetup, hash: &str| {
        let state = after(setup, vec![]);
        refused(setup, &state, redeem(hash))
    };
    assert_eq!(
        asked(&taking(2000), &HASH.replace('1', "2")),
        Refusal::VoucherUnknown
    );
    assert_eq!(asked(&taking(1999), HASH), Refusal::VoucherSmall);
    let mut closed = taking(2000);
    closed.payment_methods.retain(|m| *m != PaymentMethod::Voucher);
    assert_eq!(asked(&closed, HASH), Refusal::MethodClosed);
    // Beside an open code nobody hands in a voucher.
    let setup = taking(2000);
    let ask = Input::AskOrder {
        id: "o1".into(),
        channel: None,
    };
    let open = after(&setup, vec![ask]);
    assert_eq!(refused(&setup, &open, redeem(HASH)), Refusal::OrderOpen);
}

#[test]
fn a_set_up_names_vouchers_by_whole_hashes_and_channels_that_show_codes() {
    let mut setup = taking(2000);
    assert_eq!(setup.validate(), Ok(()));
    setup.vouchers[0].sha256 = "ABC".into();
    assert_eq!(setup.validate(), Err(SetupFault::OutOfRange("vouchers")));
    let mut setup = taking(2000);
    setup.channels = vec![Channel::Voucher];
    assert_eq!(setup.validate(), Err(SetupFault::OutOfRange("channels")));
}

#[test]
fn an_order_without_an_answer_is_placed_however_old_and_a_code_ends_when_it_was_told() {
    let pacing = Pacing {
        lasts_ms: 7_200_000,
        told_ms: 93_840_000,
    };
    let silent = order(OrderState::Unknown);
    let days = silent.at.plus(300_000_000);
    assert_eq!(turn(&silent, days, &pacing), Turn::Place);
    let told = Order {
        code_url: Some("code".into()),
        expires_at: Some(days),
        ..order(OrderState::NotPaid)
    };
    assert_eq!(turn(&told, days.plus(-1), &pacing), Turn::Query);
    assert_eq!(turn(&told, days, &pacing), Turn::Close);
    // Closed, it is asked about as long as providers tell of payments, counted from the end of its code: an order
    // placed a day after it was written down is not forgotten at once.
    let closed = Order {
        state: OrderState::Closed,
        ..told.clone()
    };
    assert_eq!(turn(&closed, days.plus(pacing.told_ms - 1), &pacing), Turn::Query);
    assert_eq!(turn(&closed, days.plus(pacing.told_ms), &pacing), Turn::Leave);
    // A later answer does not move the end of the same code; another code has its own.
    let again = Order {
        expires_at: Some(Moment(1)),
        ..told.clone()
    };
    assert_eq!(told.after(again.clone()).expires_at, Some(days));
    let other = Order {
        code_url: Some("other".into()),
        ..again
    };
    assert_eq!(told.after(other).expires_at, Some(Moment(1)));
}

#[test]
fn a_number_is_read_however_it_was_typed() {
    let check = check_character("QH2027A00").unwrap();
    let typed = format!("qh2027-a00{check}");
    let clean = format!("QH2027A00{check}");
    assert_eq!(number(&typed), Some(clean.clone()));
    let wide: String = clean
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    assert_eq!(number(&format!(" {wide}\u{3000}")), Some(clean));
    for wrong in ["", "A", "QH2027A0券", "QH2027A00_"] {
        assert_eq!(number(wrong), None, "{wrong}");
    }
}

proptest! {
    /// What ISO/IEC 7064 promises of MOD 37,36: every wrong character is found.
    #[test]
    fn one_wrong_character_is_always_found(
        beginning in "[0-9A-Z]{9,23}",
        at in any::<prop::sample::Index>(),
        wrong in "[0-9A-Z]",
    ) {
        let good = format!("{beginning}{}", check_character(&beginning).unwrap());
        prop_assert_eq!(number(&good), Some(good.clone()));
        let at = at.index(good.len());
        let bad = format!("{}{wrong}{}", &good[..at], &good[at + 1..]);
        prop_assert_eq!(number(&bad).is_some(), bad == good);
    }
}

/// Swaps of neighbours are found but for the pairs that the standard names: their check is the same by arithmetic.
#[test]
fn swapped_neighbours_are_found_but_for_few() {
    let (mut swaps, mut missed) = (0, 0);
    for a in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars() {
        for b in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().filter(|b| *b != a) {
            let beginning = format!("QH2027{a}{b}X");
            let check = check_character(&beginning).unwrap();
            swaps += 1;
            missed += u32::from(number(&format!("QH2027{b}{a}X{check}")).is_some());
        }
    }
    assert!(missed * 100 < swaps * 3, "{missed} of {swaps}");
}
