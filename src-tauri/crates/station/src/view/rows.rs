//! Rows of the lists.

use crate::contract::{PersonRow, QueueRow};
use crate::desk::Desk;
use crate::view::pages::order_row;
use domain::enrolment::Enrolment;
use domain::payment::{Order, OrderState, PaymentMethod, Refund};
use domain::queue::{QueueEntry, QueueState};

/// Packets on one page.
const MOST_PACKETS: u32 = 200;

impl Desk {
    pub(super) fn person_row(&self, enrolment: &Enrolment) -> PersonRow {
        // Without an answer from the store the row shows no packet; the queue chip says it is unreadable.
        let newest = self.around.store.newest_packet(&enrolment.id).ok().flatten();
        PersonRow {
            enrolment: enrolment.id.clone(),
            name: enrolment.name.reveal().clone(),
            class_name: enrolment.class_name.clone(),
            school: enrolment.school.clone(),
            student_number: enrolment.student_number.clone(),
            exam_number: enrolment.exam_number.clone(),
            ticket: enrolment.ticket.clone(),
            prepaid: enrolment.prepaid,
            state: enrolment.state,
            packet: newest.map(|p| p.state),
            not_eligible: enrolment.not_eligible.clone(),
            provisional: enrolment.provisional,
            absent: self.home.absent.contains(&enrolment.id),
        }
    }

    pub(super) fn queue_rows(&self, retakes: bool) -> Vec<QueueRow> {
        let store = &self.around.store;
        let entries = if retakes {
            store.retakes(MOST_PACKETS)
        } else {
            store.queue(MOST_PACKETS)
        };
        let refunds = store.refunds().unwrap_or_default();
        entries
            .unwrap_or_default()
            .into_iter()
            .map(|entry| self.queue_row(entry, &refunds))
            .collect()
    }

    pub(super) fn queue_row(&self, entry: QueueEntry, refunds: &[Refund]) -> QueueRow {
        let held = entry.state == QueueState::Held;
        let newest = |id| self.around.store.newest_order(id).ok().flatten();
        let order = held.then(|| newest(&entry.enrolment)).flatten();
        let enrolment = self.around.store.enrolment(&entry.enrolment).ok().flatten();
        let ways = self.ways(order.as_ref(), enrolment.as_ref());
        let owed = self.owed(&entry.enrolment, refunds);
        let refund = refunds.iter().rfind(|r| r.enrolment == entry.enrolment);
        let withdrawable = entry.withdrawable();
        let verdict = entry.verdict;
        let of = |field: fn(&Enrolment) -> String| enrolment.as_ref().map(field).unwrap_or_default();
        QueueRow {
            packet: entry.packet,
            enrolment: entry.enrolment,
            name: of(|e| e.name.reveal().clone()),
            class_name: of(|e| e.class_name.clone()),
            student_number: of(|e| e.student_number.clone()),
            state: entry.state,
            order: order.as_ref().map(order_row),
            ways,
            owed,
            refund: refund.map(|r| r.state),
            stored_at: entry.stored_at,
            attempts: entry.attempts,
            next_attempt_at: (entry.attempts > 0).then_some(entry.next_attempt_at),
            fault: entry.last_fault,
            failed_at: entry.failed_at,
            exported_at: entry.exported_at,
            retake: entry.retake_of.is_some(),
            withdrawable,
            withdrawn: entry.withdrawal.as_ref().map(|w| self.withdrawn_row(w)),
            confirmed_bytes: entry.confirmed_bytes,
            size: entry.size,
            acknowledged_at: entry.acknowledged_at,
            review: verdict.as_ref().map(|v| v.state),
            reasons: verdict.as_ref().map(|v| v.reasons.clone()).unwrap_or_default(),
            text: verdict.map(|v| v.text).unwrap_or_default(),
        }
    }

    /// The ways to pay that a closed order of a held packet leaves.
    fn ways(&self, order: Option<&Order>, enrolment: Option<&Enrolment>) -> Vec<PaymentMethod> {
        let closed = order.is_some_and(|o| o.state == OrderState::Closed);
        let setup = enrolment
            .filter(|_| closed)
            .and_then(|e| self.setup_of(&e.session));
        let open = |m: &PaymentMethod| {
            matches!(
                m,
                PaymentMethod::Order | PaymentMethod::Cash | PaymentMethod::Exempt
            )
        };
        let methods = setup.map(|s| s.payment_methods).unwrap_or_default();
        methods.into_iter().filter(open).collect()
    }
}
