//! A photo that is held until its fee is paid, and the ways on when its order is closed.

use crate::rig::{PIN, Rig, SUPERVISOR, roster, row, session};
use crate::server::Server;
use domain::Moment;
use domain::audit::AuditEvent;
use domain::change::What;
use domain::payment::{Channel, Order, OrderState, PaymentMethod};
use domain::port::{NewPacket, Store, Till};
use domain::queue::QueueState;
use station::contract::{Command, HeldWay, QueueRow, Screen, StationView};

const NOW: Moment = Moment(1_795_000_000_000);

fn held() -> (Rig, Server) {
    let server = Server::default();
    server.tell(What::Roster(roster(vec![row("陈思涵")], &[])));
    server.set_orders(OrderState::NotPaid);
    let mut setup = session("s1", "400");
    setup.payment_methods = vec![PaymentMethod::Order, PaymentMethod::Cash, PaymentMethod::Exempt];
    let rig = Rig::in_a_hurry(&server, &[setup]);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "a roster",
        |view| matches!(&view.screen, Screen::Home(home) if !home.classes.is_empty()),
    );
    let order = Order {
        id: "CS-1".into(),
        enrolment: "s1:1".into(),
        amount_fen: 2000,
        channel: Channel::Wechat,
        voucher: None,
        state: OrderState::Unknown,
        code_url: None,
        expires_at: None,
        at: NOW,
    };
    hold(&rig, "p1", &order);
    rig.give(Command::OpenQueue);
    (rig, server)
}

/// Makes a packet durable that waits for an order, as the desk does.
fn hold(rig: &Rig, packet: &str, order: &Order) {
    rig.store().keep_order(order).unwrap();
    let sealed = packet.as_bytes().to_vec();
    let new = NewPacket {
        packet: packet.into(),
        enrolment: order.enrolment.clone(),
        session: "s1".into(),
        sha256: packet::sha256_hex(&sealed),
        sealed,
        at: order.at,
        held_for: Some(order.id.clone()),
        retake_of: None,
        audit: AuditEvent {
            at: order.at,
            operator: "zhoumin".into(),
            what: "packet_stored".into(),
            subject: packet.into(),
            detail: String::new(),
        },
    };
    rig.store().enqueue(&new).unwrap();
}

fn only(view: &StationView) -> Option<&QueueRow> {
    match &view.screen {
        Screen::Queue { rows } => rows.first(),
        _ => None,
    }
}

fn refused(rig: &Rig, code: &str) {
    rig.until(code, |view| view.notice.as_ref().is_some_and(|n| n.code == code));
}

fn close(rig: &Rig, server: &Server) {
    server.set_orders(OrderState::Closed);
    rig.give(way(HeldWay::Close));
    rig.until("closed, with ways on", |view| {
        only(view).is_some_and(|row| row.ways.contains(&PaymentMethod::Cash) && row.state == QueueState::Held)
    });
}

fn way(way: HeldWay) -> Command {
    Command::SettleHeld {
        enrolment: "s1:1".into(),
        way,
    }
}

fn cash(tendered_fen: u32) -> Command {
    way(HeldWay::Cash { tendered_fen })
}

#[test]
fn a_held_photo_is_paid_in_cash_only_once_its_order_is_closed() {
    let (rig, server) = held();
    rig.until("a code", |view| {
        only(view)
            .is_some_and(|row| row.ways.is_empty() && row.order.as_ref().is_some_and(|o| o.qr_path.is_some()))
    });
    rig.give(cash(2000));
    refused(&rig, "refusal.order_open");
    close(&rig, &server);
    rig.give(cash(1000));
    refused(&rig, "refusal.too_little");
    rig.give(cash(2000));
    rig.until("on its way", |view| {
        only(view).is_some_and(|row| row.state != QueueState::Held)
    });
    // Once is enough.
    rig.give(cash(2000));
    refused(&rig, "refusal.not_now");
}

#[test]
fn a_held_photo_gets_a_new_order_or_a_supervisors_word() {
    let (rig, server) = held();
    let again = || way(HeldWay::Order);
    rig.give(again());
    refused(&rig, "refusal.order_open");
    close(&rig, &server);
    server.set_orders(OrderState::NotPaid);
    rig.give(again());
    let fresh = |view: &StationView| {
        only(view).is_some_and(|row| {
            row.order
                .as_ref()
                .is_some_and(|o| o.id != "CS-1" && o.qr_path.is_some())
        })
    };
    rig.until("another order", fresh);
    close(&rig, &server);
    rig.give(way(HeldWay::Exempt {
        reason: "家庭经济困难".into(),
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    }));
    rig.until("on its way", |view| {
        only(view).is_some_and(|row| row.state != QueueState::Held)
    });
}

#[test]
fn an_order_that_the_server_closed_under_a_held_photo_is_told() {
    let (rig, server) = held();
    server.set_orders(OrderState::Closed);
    refused(&rig, "fault.held_unpaid");
}

#[test]
fn a_closed_order_that_was_paid_after_all_frees_its_photo() {
    let (rig, server) = held();
    close(&rig, &server);
    server.set_orders(OrderState::Paid);
    rig.until("on its way", |view| {
        only(view).is_some_and(|row| row.state != QueueState::Held)
    });
}
