//! The fee: cash, prepaid, exempt, or an order on the central server.

use super::{Outcome, Rules, misfit, to};
use crate::audit::AuditEvent;
use crate::payment::{
    self, Channel, FeeEvidence, Order, OrderState, PaymentMethod, Proven, SettledFee, Tender,
};
use crate::session::{CaseFile, Effect, Identified, Input, MatchedEnrolment, Refusal, State};

pub(super) fn step(state: State, input: Input, rules: &Rules<'_>) -> Outcome {
    let State::Paying {
        known,
        enrolment,
        method,
        order,
    } = state
    else {
        return Err(misfit(&input));
    };
    let id = enrolment.record().id.clone();
    let offers = |method| rules.setup.payment_methods.contains(&method);
    let open = order.as_ref().is_some_and(Order::open);
    match input {
        Input::ChooseMethod(wanted) => {
            if !offers(wanted) {
                return Err(Refusal::MethodClosed);
            }
            to(paying(known, enrolment, wanted, order), vec![])
        }
        Input::CashTaken { tendered_fen } => {
            let proven = tendered(&Tender::Cash { tendered_fen }, &id, order.as_ref(), rules)?;
            settle(known, enrolment, proven.fee, proven.audit, vec![])
        }
        Input::Exempt { reason, approval } => {
            let proven = tendered(&Tender::Exempt { reason, approval }, &id, order.as_ref(), rules)?;
            settle(known, enrolment, proven.fee, proven.audit, vec![])
        }
        Input::AskOrder { id: number, channel } => {
            let channel = channel.unwrap_or_else(|| first_channel(rules));
            if !offers(PaymentMethod::Order) || !rules.setup.channels.contains(&channel) {
                return Err(Refusal::MethodClosed);
            }
            // A voucher on its way is no code to scan.
            if open && order.as_ref().is_some_and(|o| o.channel == Channel::Voucher) {
                return Err(Refusal::OrderOpen);
            }
            let order = asked(order, number, id, channel, rules);
            let effect = Effect::PlaceOrder(order.clone());
            to(
                paying(known, enrolment, PaymentMethod::Order, Some(order)),
                vec![effect],
            )
        }
        Input::PayAtSync { id: number } => {
            if !offers(PaymentMethod::AtSync) {
                return Err(Refusal::MethodClosed);
            }
            // Written down like any order; it is placed when the network answers.
            let order = asked(order, number, id, first_channel(rules), rules);
            let audit = rules.audit("pay_at_sync", &order.id, "");
            go_on(
                known,
                enrolment,
                &order,
                vec![Effect::PlaceOrder(order.clone()), audit],
            )
        }
        Input::Redeem { id: number, sha256 } => {
            let order = redeemed(order, number, id, sha256, rules)?;
            let effect = Effect::PlaceOrder(order.clone());
            to(
                paying(known, enrolment, PaymentMethod::Voucher, Some(order)),
                vec![effect],
            )
        }
        Input::CloseOrder => {
            let open = order.clone().filter(|_| open).ok_or(Refusal::NotNow)?;
            to(
                paying(known, enrolment, method, order),
                vec![Effect::CloseOrder(open)],
            )
        }
        Input::OrderAnswered(answer) => {
            // An order of an earlier visit turns out to have been paid: that settles the fee, before anybody pays again.
            let earlier = order.as_ref().is_none_or(|o| o.id != answer.id);
            // One of another amount is for the books alone.
            let whole = answer.amount_fen == rules.setup.fee.amount_fen;
            if earlier && whole && answer.enrolment == id {
                let fee = SettledFee::from_paid(&answer, rules.now).ok_or(Refusal::Stale)?;
                let audit = rules.event("order_settled", &answer.id, "");
                return settle(known, enrolment, fee, audit, vec![]);
            }
            let asked = order
                .as_ref()
                .filter(|o| o.id == answer.id)
                .ok_or(Refusal::Stale)?;
            if !asked.same_as(&answer) {
                return Err(Refusal::OtherOrder);
            }
            let answer = asked.after(answer);
            if let Some(fee) = SettledFee::from_paid(&answer, rules.now) {
                let audit = rules.event("order_settled", &answer.id, "");
                return settle(known, enrolment, fee, audit, vec![]);
            }
            to(paying(known, enrolment, method, Some(answer)), vec![])
        }
        Input::GoOnUnknown => {
            let order = order
                .filter(|o| o.state == OrderState::Unknown)
                .ok_or(Refusal::PaymentFirst)?;
            // A session that takes vouchers takes them offline, too.
            let hold =
                rules.setup.policy.hold_photo_while_payment_unknown || order.channel == Channel::Voucher;
            if !hold {
                return Err(Refusal::PaymentFirst);
            }
            let audit = rules.audit("went_on_unpaid", &order.id, "");
            go_on(known, enrolment, &order, vec![audit])
        }
        other => Err(misfit(&other)),
    }
}

fn tendered(tender: &Tender, id: &str, order: Option<&Order>, rules: &Rules<'_>) -> Result<Proven, Refusal> {
    payment::settle(tender, id, rules.setup.fee.amount_fen, order, rules)
}

/// The order that is there, or a new one once the last was closed.
fn asked(
    order: Option<Order>,
    number: String,
    enrolment: String,
    channel: Channel,
    rules: &Rules<'_>,
) -> Order {
    order.filter(|o| o.state != OrderState::Closed).unwrap_or(Order {
        id: number,
        enrolment,
        amount_fen: rules.setup.fee.amount_fen,
        channel,
        voucher: None,
        state: OrderState::Unknown,
        code_url: None,
        expires_at: None,
        at: rules.now,
    })
}

fn first_channel(rules: &Rules<'_>) -> Channel {
    rules.setup.channels.first().copied().unwrap_or_default()
}

/// The order that a voucher pays. The whole fee or nothing: nobody gets change on a voucher.
fn redeemed(
    order: Option<Order>,
    number: String,
    enrolment: String,
    sha256: String,
    rules: &Rules<'_>,
) -> Result<Order, Refusal> {
    if !rules.setup.payment_methods.contains(&PaymentMethod::Voucher) {
        return Err(Refusal::MethodClosed);
    }
    let mut vouchers = rules.setup.vouchers.iter();
    let terms = vouchers
        .find(|terms| terms.sha256 == sha256)
        .ok_or(Refusal::VoucherUnknown)?;
    if terms.amount_fen < rules.setup.fee.amount_fen {
        return Err(Refusal::VoucherSmall);
    }
    let same = |o: &Order| o.voucher.as_ref() == Some(&sha256);
    if order
        .as_ref()
        .is_some_and(|o| o.state != OrderState::Closed && !same(o))
    {
        return Err(Refusal::OrderOpen);
    }
    let order = asked(order, number, enrolment, Channel::Voucher, rules);
    Ok(Order {
        voucher: Some(sha256),
        ..order
    })
}

/// To the camera while the order is not known to be paid: the photo will be held for it.
fn go_on(known: Identified, enrolment: MatchedEnrolment, order: &Order, effects: Vec<Effect>) -> Outcome {
    let fee = FeeEvidence::Unknown {
        order: order.id.clone(),
        amount_fen: order.amount_fen,
    };
    let file = CaseFile::new(known, enrolment, fee);
    to(State::Preparing { file }, effects)
}

const fn paying(
    known: Identified,
    enrolment: MatchedEnrolment,
    method: PaymentMethod,
    order: Option<Order>,
) -> State {
    State::Paying {
        known,
        enrolment,
        method,
        order,
    }
}

/// The fee is settled: written down in one go with its line of the audit trail, after `effects`.
pub(super) fn settle(
    known: Identified,
    enrolment: MatchedEnrolment,
    fee: SettledFee,
    audit: AuditEvent,
    mut effects: Vec<Effect>,
) -> Outcome {
    effects.push(Effect::KeepSettledFee {
        enrolment: enrolment.record().id.clone(),
        fee: fee.clone(),
        audit,
    });
    let file = CaseFile::new(known, enrolment, FeeEvidence::Settled(fee));
    to(State::Preparing { file }, effects)
}

/// A payment whose outcome was unknown becomes known while the sitter is already at the camera.
pub(super) fn settle_late(mut state: State, order: Order, rules: &Rules<'_>) -> Outcome {
    let file = match &mut state {
        State::Preparing { file }
        | State::Capturing { file, .. }
        | State::Reviewing { file, .. }
        | State::Standardising { file, .. }
        | State::LastLook { file, .. } => file,
        _ => return Err(Refusal::Stale),
    };
    let FeeEvidence::Unknown {
        order: asked,
        amount_fen,
    } = file.fee()
    else {
        return Err(Refusal::Stale);
    };
    if *asked != order.id || *amount_fen != order.amount_fen {
        return Err(Refusal::Stale);
    }
    let audit = rules.event("order_settled", &order.id, "");
    let fee = SettledFee::from_paid(&order, rules.now).ok_or(Refusal::Stale)?;
    let enrolment = file.enrolment().record().id.clone();
    file.settle(fee.clone());
    to(
        state,
        vec![Effect::KeepSettledFee {
            enrolment,
            fee,
            audit,
        }],
    )
}
