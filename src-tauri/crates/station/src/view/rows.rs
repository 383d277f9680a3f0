//! Rows of the lists.

use crate::contract::{PersonRow, QueueRow};
use crate::desk::Desk;
use crate::view::pages::order_row;
use domain::enrolment::Enrolment;
use domain::payment::Order;
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
        }
    }

    pub(super) fn queue_rows(&self, retakes: bool) -> Vec<QueueRow> {
        let store = &self.around.store;
        let entries = if retakes {
            store.retakes(MOST_PACKETS)
        } else {
            store.queue(MOST_PACKETS)
        };
        let orders = store.open_orders().unwrap_or_default();
        entries
            .unwrap_or_default()
            .into_iter()
            .map(|entry| self.queue_row(entry, &orders))
            .collect()
    }

    pub(super) fn queue_row(&self, entry: QueueEntry, orders: &[Order]) -> QueueRow {
        let held = entry.state == QueueState::Held;
        let order = orders
            .iter()
            .find(|o| held && entry.order.as_ref() == Some(&o.id));
        let enrolment = self.around.store.enrolment(&entry.enrolment).ok().flatten();
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
            order: order.map(order_row),
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
}
