//! Money that goes back, and vouchers.

use crate::code_shown::scanned;
use crate::rig::{NUMBER, PIN, Rig, SUPERVISOR, roster, row, session};
use crate::server::Server;
use domain::Moment;
use domain::change::What;
use domain::identity::IdentityMethod;
use domain::payment::voucher::{VoucherTerms, check_character};
use domain::payment::{Channel, Order, OrderState, PaymentMethod, RefundState, SettledFee};
use domain::port::Till;
use station::contract::{Command, QueueRow, RefundOf, Screen, StationView};

const BEGINNING: &str = "QH2027A00";

fn voucher() -> String {
    format!("{BEGINNING}{}", check_character(BEGINNING).unwrap())
}

fn desk() -> (Rig, Server) {
    let server = Server::default();
    server.tell(What::Roster(roster(vec![row("陈思涵")], &[])));
    let mut setup = session("s1", "400");
    setup.payment_methods = vec![PaymentMethod::Cash, PaymentMethod::Voucher];
    setup.vouchers = vec![VoucherTerms {
        sha256: packet::sha256_hex(voucher().as_bytes()),
        amount_fen: 2000,
    }];
    let rig = Rig::in_a_hurry(&server, &[setup]);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "a roster",
        |view| matches!(&view.screen, Screen::Home(home) if !home.classes.is_empty()),
    );
    (rig, server)
}

fn to_payment(rig: &Rig) {
    let commands = [
        Command::Begin {
            enrolment: "s1:1".into(),
        },
        Command::Consent {
            given: true,
            guardian: String::new(),
        },
        Command::VerifyIdentity {
            name: "陈思涵".into(),
            number: NUMBER.into(),
            method: IdentityMethod::Compared,
        },
        Command::ConfirmEnrolment,
    ];
    for command in commands {
        rig.give(command);
    }
    rig.until("the fee", |view| matches!(view.screen, Screen::Payment(_)));
}

/// A photo in the queue whose fee an order paid.
fn paid(rig: &Rig, number: &str) {
    let order = Order {
        id: number.into(),
        enrolment: "s1:1".into(),
        amount_fen: 2000,
        channel: Channel::Wechat,
        voucher: None,
        state: OrderState::Paid,
        code_url: None,
        expires_at: None,
        at: Moment(1_795_000_000_000),
    };
    rig.store().keep_order(&order).unwrap();
    let fee = SettledFee::from_paid(&order, order.at).unwrap();
    let line = domain::audit::AuditEvent {
        at: order.at,
        operator: String::new(),
        what: "order_settled".into(),
        subject: number.into(),
        detail: String::new(),
    };
    rig.store().keep_settled_fee("s1:1", &fee, &line).unwrap();
}

fn only(view: &StationView) -> Option<&QueueRow> {
    match &view.screen {
        Screen::Queue { rows } => rows.first(),
        _ => None,
    }
}

fn refund(payment: &str) -> Command {
    Command::Refund(RefundOf {
        enrolment: "s1:1".into(),
        payment: payment.into(),
        reason: "重复支付，退还一笔".into(),
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    })
}

fn refused(rig: &Rig, code: &str) {
    rig.until(code, |view| view.notice.as_ref().is_some_and(|n| n.code == code));
}

#[test]
fn what_came_in_twice_goes_back_first_and_each_payment_once() {
    let (rig, server) = desk();
    rig.enqueue(&["p1"]);
    paid(&rig, "CS-1");
    paid(&rig, "CS-2");
    rig.give(Command::OpenQueue);
    let owed = |view: &StationView, fen| {
        only(view).is_some_and(|row| row.owed.as_ref().map(|owed| owed.amount_fen) == fen)
    };
    rig.until("paid", |view| owed(view, Some(2000)));
    rig.give(refund("CS-2"));
    rig.until("on its way", |view| {
        only(view).is_some_and(|row| row.refund == Some(RefundState::Unknown))
    });
    let refunds = rig.store().refunds().unwrap();
    assert_eq!(refunds[0].order.as_deref(), Some("CS-2"), "the second payment");
    // Asked again and again under its one number, until there is an answer.
    server.set_refunds(Some(RefundState::Done));
    rig.until("back", |view| {
        only(view).is_some_and(|row| row.refund == Some(RefundState::Done))
    });
    assert_eq!(server.refunded().len(), 1);
    // The dialog of the second payment was still open: the first is another decision.
    rig.give(refund("CS-2"));
    refused(&rig, "refusal.nothing_to_refund");
    rig.until("the first", |view| owed(view, Some(2000)));
    rig.give(refund("CS-1"));
    rig.until("nothing left", |view| owed(view, None));
    assert_eq!(server.refunded().len(), 2);
    rig.give(refund("CS-1"));
    refused(&rig, "refusal.nothing_to_refund");
    // The photo was taken: its retake stays free.
    assert!(
        domain::port::Store::standing(rig.store(), "s1:1")
            .unwrap()
            .settled
            .is_some()
    );
}

#[test]
fn a_refund_that_cannot_go_back_is_told_and_leaves_the_payment() {
    let (rig, server) = desk();
    rig.enqueue(&["p1"]);
    paid(&rig, "CS-1");
    server.set_refunds(Some(RefundState::Refused));
    rig.give(Command::OpenQueue);
    rig.give(refund("CS-1"));
    refused(&rig, "fault.refund_refused");
    rig.until("still owed", |view| {
        only(view).is_some_and(|row| row.owed.is_some() && row.refund == Some(RefundState::Refused))
    });
}

#[test]
fn a_refund_needs_a_supervisor_and_a_reason() {
    let (rig, _server) = desk();
    rig.enqueue(&["p1"]);
    paid(&rig, "CS-1");
    let with = |reason: &str, pin: &str| {
        Command::Refund(RefundOf {
            enrolment: "s1:1".into(),
            payment: "CS-1".into(),
            reason: reason.into(),
            supervisor: SUPERVISOR.into(),
            pin: pin.into(),
        })
    };
    rig.give(with("短", PIN));
    refused(&rig, "refusal.reason_missing");
    rig.give(with("重复支付，退还一笔", "0000"));
    refused(&rig, "fault.pin_wrong");
    assert!(rig.store().refunds().unwrap().is_empty());
}

#[test]
fn a_voucher_pays_once_it_is_accepted_and_never_a_second_time() {
    let (rig, server) = desk();
    to_payment(&rig);
    let take = |number: &str| Command::RedeemVoucher {
        number: number.into(),
    };
    rig.give(take("QH2027A00?"));
    refused(&rig, "refusal.voucher_number");
    rig.give(take(&format!(
        "ZZ2027A00{}",
        check_character("ZZ2027A00").unwrap()
    )));
    refused(&rig, "refusal.voucher_unknown");
    server.set_orders(OrderState::Paid);
    rig.give(take(&voucher().to_lowercase()));
    rig.until("paid", |view| matches!(view.screen, Screen::Notes));
    let fee = &rig.store().payments("s1:1").unwrap()[0];
    assert_eq!(fee.method(), PaymentMethod::Voucher);
    let hash = packet::sha256_hex(voucher().as_bytes());
    assert!(rig.store().voucher_order(&hash).unwrap().is_some(), "used here");
}

#[test]
fn a_voucher_that_was_used_elsewhere_is_told_and_another_way_opens() {
    let (rig, server) = desk();
    to_payment(&rig);
    server.set_orders(OrderState::Closed);
    rig.give(Command::RedeemVoucher { number: voucher() });
    refused(&rig, "fault.voucher_refused");
    rig.give(Command::TakeCash { tendered_fen: 2000 });
    rig.until("paid", |view| matches!(view.screen, Screen::Notes));
}

#[test]
fn a_voucher_given_up_here_is_not_called_refused() {
    let (rig, server) = desk();
    to_payment(&rig);
    rig.give(Command::ChooseMethod {
        method: PaymentMethod::Voucher,
    });
    server.set_orders(OrderState::Unknown);
    // Scanned: the field is where it belongs.
    rig.give(scanned(&voucher()));
    rig.until(
        "asked",
        |view| matches!(&view.screen, Screen::Payment(page) if page.order.is_some()),
    );
    server.set_orders(OrderState::Closed);
    rig.give(Command::CancelOrder);
    rig.until("given up", |view| match &view.screen {
        Screen::Payment(page) => page
            .order
            .as_ref()
            .is_none_or(|order| order.state == OrderState::Closed),
        _ => false,
    });
    let view = rig.until("a view", |_| true);
    assert!(
        view.notice
            .is_none_or(|notice| notice.code != "fault.voucher_refused"),
        "nobody refused it"
    );
    server.set_orders(OrderState::Paid);
    rig.give(scanned(&voucher()));
    rig.until("it is as good as before", |view| {
        matches!(view.screen, Screen::Notes)
    });
}

#[test]
fn a_refund_that_the_centre_does_not_take_is_told() {
    let (rig, server) = desk();
    rig.enqueue(&["p1"]);
    paid(&rig, "CS-1");
    server.take_no_refunds();
    rig.give(Command::OpenQueue);
    rig.give(refund("CS-1"));
    refused(&rig, "fault.refund_not_taken");
    assert_eq!(rig.store().refunds().unwrap()[0].state, RefundState::Unknown);
}
