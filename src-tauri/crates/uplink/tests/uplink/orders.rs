//! Orders: the same one again, paid, closed, and a provider that says nothing.

use crate::rig::Rig;
use central::{FaultKind, ProviderMood, Target};
use domain::moment::Moment;
use domain::payment::{Order, OrderState};
use domain::port::Central as _;

fn order(id: &str) -> Order {
    Order {
        id: id.into(),
        enrolment: "24010002".into(),
        amount_fen: 2000,
        state: OrderState::Unknown,
        code_url: None,
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
    assert_eq!(rig.uplink.place_order(&written).unwrap(), placed);

    assert_eq!(rig.uplink.order(&placed).unwrap(), placed);
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
    rig.fault(Target::Orders, FaultKind::Nonsense);
    assert!(rig.uplink.order(&order("never-sent")).unwrap_err().temporary());
}
