//! Orders: the same one again, paid, closed, and a provider that says nothing.

use crate::rig::Rig;
use central::{FaultKind, Notify, ProviderMood, Target};
use domain::moment::Moment;
use domain::payment::{Channel, Order, OrderState, PaymentMethod, Refund, RefundState};
use domain::port::Central as _;

fn order(id: &str) -> Order {
    Order {
        id: id.into(),
        enrolment: "24010002".into(),
        amount_fen: 2000,
        channel: Channel::Wechat,
        voucher: None,
        state: OrderState::Unknown,
        code_url: None,
        expires_at: None,
        at: Moment(5),
    }
}

#[test]
fn an_order_is_made_once_and_becomes_paid() {
    let mut rig = Rig::new();
    let written = order("0192f0c1a2");
    rig.fault(Target::Orders, FaultKind::CutAnswer);
    assert!(rig.uplink.place_order(&written).unwrap_err().temporary());

    let placed = rig.uplink.place_order(&written).unwrap();
    assert_eq!(
        (placed.state, placed.amount_fen, placed.at),
        (OrderState::NotPaid, 2000, Moment(5))
    );
    assert!(
        placed
            .code_url
            .as_deref()
            .unwrap()
            .starts_with("weixin://wxpay/bizpayurl?pr=")
    );
    let left = placed
        .expires_at
        .unwrap()
        .since(Moment(jiff::Timestamp::now().as_millisecond()));
    assert!(
        (7_100_000..=7_200_000).contains(&left),
        "a code lasts two hours: {left}"
    );
    // The seconds that are left are counted anew in every answer.
    let timeless = |order: Order| Order {
        expires_at: None,
        ..order
    };
    let again = rig.uplink.place_order(&written).unwrap();
    assert_eq!(timeless(again), timeless(placed.clone()));
    let asked = rig.uplink.order(&placed).unwrap();
    assert_eq!(timeless(asked), timeless(placed.clone()));
    rig.central.pay(&written.id).unwrap();
    assert_eq!(rig.uplink.order(&placed).unwrap().state, OrderState::Paid);
    let closed = rig.uplink.close_order(&placed).unwrap();
    assert_eq!(
        closed.state,
        OrderState::Paid,
        "a paid order stays paid, and the answer says so"
    );
}

#[test]
fn the_amount_of_an_order_is_frozen() {
    let mut rig = Rig::new();
    rig.uplink.place_order(&order("0192f0c1a3")).unwrap();
    let fault = rig
        .uplink
        .place_order(&Order {
            amount_fen: 1,
            ..order("0192f0c1a3")
        })
        .unwrap_err();
    assert!(
        !fault.temporary() && fault.to_string().contains("order_differs"),
        "{fault}"
    );
    assert!(!rig.uplink.place_order(&order("no")).unwrap_err().temporary());
}

#[test]
fn a_silent_provider_makes_the_outcome_unknown_not_paid() {
    let mut rig = Rig::new();
    for mood in [ProviderMood::Silent, ProviderMood::Failing] {
        rig.central.set_provider(ProviderMood::Answering);
        let placed = rig
            .uplink
            .place_order(&order(&format!("order-{mood:?}")))
            .unwrap();
        rig.central.set_provider(mood);
        assert!(
            rig.uplink
                .place_order(&order(&format!("later-{mood:?}")))
                .unwrap_err()
                .temporary()
        );
        assert_eq!(rig.uplink.order(&placed).unwrap().state, OrderState::Unknown);
        assert!(rig.uplink.close_order(&placed).unwrap_err().temporary());
        rig.central.set_provider(ProviderMood::Answering);
        assert_eq!(rig.uplink.order(&placed).unwrap().state, OrderState::NotPaid);
        assert_eq!(rig.uplink.close_order(&placed).unwrap().state, OrderState::Closed);
        assert_eq!(
            rig.uplink
                .place_order(&order(&format!("later-{mood:?}")))
                .unwrap()
                .state,
            OrderState::NotPaid
        );
    }
}

#[test]
fn an_order_that_never_arrived_is_not_taken_for_paid() {
    let mut rig = Rig::new();
    assert_eq!(
        rig.uplink.order(&order("never-sent")).unwrap().state,
        OrderState::Unknown
    );
    assert_eq!(
        rig.uplink.close_order(&order("never-sent")).unwrap().state,
        OrderState::Closed
    );
    // What was on its way all the time comes too late.
    let late = rig.uplink.place_order(&order("never-sent")).unwrap();
    assert_eq!((late.state, late.code_url), (OrderState::Closed, None));
    rig.fault(Target::Orders, FaultKind::Nonsense);
    assert!(rig.uplink.order(&order("never-sent")).unwrap_err().temporary());
}

fn refund(number: &str, order: &str) -> Refund {
    Refund {
        id: number.into(),
        enrolment: "24010002".into(),
        method: PaymentMethod::Order,
        order: Some(order.into()),
        amount_fen: 2000,
        reason: "学生退出拍摄".into(),
        supervisor: "lizhuren".into(),
        operator: "zhoumin".into(),
        state: RefundState::Unknown,
        at: Moment(6),
    }
}

#[test]
fn money_goes_back_once_and_is_on_its_way_until_the_provider_says_so() {
    let mut rig = Rig::new();
    rig.uplink.place_order(&order("order-r1")).unwrap();
    let wanted = refund("refund-1", "order-r1");
    let fault = rig.uplink.refund(&wanted).unwrap_err();
    assert!(fault.to_string().contains("order_not_paid"), "{fault}");
    rig.central.pay("order-r1").unwrap();
    rig.central.set_provider(ProviderMood::Silent);
    assert!(rig.uplink.refund(&wanted).unwrap_err().temporary());
    rig.central.set_provider(ProviderMood::Answering);
    assert_eq!(
        rig.uplink.refund(&wanted).unwrap(),
        RefundState::Unknown,
        "PROCESSING"
    );
    assert_eq!(rig.uplink.refund(&wanted).unwrap(), RefundState::Done);
    assert_eq!(
        rig.uplink.refund(&wanted).unwrap(),
        RefundState::Done,
        "asked again"
    );
    let twice = rig.uplink.refund(&refund("refund-2", "order-r1")).unwrap_err();
    assert!(twice.to_string().contains("refunded"), "{twice}");
}

#[test]
fn a_refund_that_cannot_go_back_is_refused_for_good() {
    let mut rig = Rig::new();
    rig.uplink.place_order(&order("order-r2")).unwrap();
    rig.central.pay("order-r2").unwrap();
    rig.central.script_provider(&["ABNORMAL"]);
    let wanted = refund("refund-3", "order-r2");
    assert_eq!(rig.uplink.refund(&wanted).unwrap(), RefundState::Refused);
    assert_eq!(rig.uplink.refund(&wanted).unwrap(), RefundState::Refused);
}

#[test]
fn whatever_a_provider_answers_an_order_is_paid_only_when_it_was() {
    for (channel, words) in [
        (
            Channel::Wechat,
            [
                "SYSTEM_ERROR",
                "ORDER_NOT_EXIST",
                "FREQUENCY_LIMITED",
                "NOTPAY",
                "PAYERROR",
            ],
        ),
        (
            Channel::Alipay,
            [
                "20000",
                "40004 ACQ.TRADE_NOT_EXIST",
                "40004 ACQ.SYSTEM_ERROR",
                "WAIT_BUYER_PAY",
                "10003",
            ],
        ),
    ] {
        for (i, word) in words.into_iter().enumerate() {
            let mut rig = Rig::new();
            let written = Order {
                channel,
                ..order(&format!("order-{}-{i}", channel.code()))
            };
            let placed = rig.uplink.place_order(&written).unwrap();
            // Paid, and nobody tells: the answer says something else.
            rig.central.set_notify(Notify::Never);
            rig.central.pay(&written.id).unwrap();
            rig.central.script_provider(&[word]);
            let said = rig.uplink.order(&placed).map(|o| o.state);
            let unsettled = !matches!(said, Ok(OrderState::Paid | OrderState::Closed));
            assert!(unsettled, "{word}: {said:?}");
            assert_eq!(
                rig.uplink.order(&placed).unwrap().state,
                OrderState::Paid,
                "{word}"
            );
            // And from now on the provider may say what it likes.
            rig.central.script_provider(&[word]);
            assert_eq!(
                rig.uplink.order(&placed).unwrap().state,
                OrderState::Paid,
                "{word}"
            );
        }
    }
}

#[test]
fn a_payment_that_was_told_twice_or_after_the_close_is_one_payment() {
    let mut rig = Rig::new();
    let placed = rig.uplink.place_order(&order("order-n1")).unwrap();
    rig.central.set_notify(Notify::Twice);
    rig.central.pay("order-n1").unwrap();
    assert_eq!(rig.uplink.order(&placed).unwrap().state, OrderState::Paid);

    let placed = rig.uplink.place_order(&order("order-n2")).unwrap();
    assert_eq!(rig.uplink.close_order(&placed).unwrap().state, OrderState::Closed);
    // The phone was faster than the close, and the provider says so late.
    rig.central.script_provider(&["SUCCESS"]);
    assert_eq!(rig.uplink.order(&placed).unwrap().state, OrderState::Paid);
    assert_eq!(rig.uplink.order(&placed).unwrap().state, OrderState::Paid);
}
