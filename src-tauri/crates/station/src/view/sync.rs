//! The pages of sticks and news, and what of the link the queue's summary says.

use crate::contract::{MessageRow, NewsScreen, StickOutcome, StickRow, StickScreen, TwinRow, WithdrawnRow};
use crate::desk::Desk;
use domain::port::Carried;
use domain::queue::Withdrawal;

/// Milliseconds by which the clocks may differ before it is said.
const CLOCK_OFF_MS: i64 = 120_000;

impl Desk {
    /// This machine's clock less the server's in seconds, when that is too much.
    pub(super) fn clock_off_s(&self) -> Option<i32> {
        let skew = self.sync.link.clock_skew_ms?;
        let seconds = i32::try_from(skew / 1000).unwrap_or(if skew > 0 { i32::MAX } else { i32::MIN });
        (skew.abs() > CLOCK_OFF_MS).then_some(seconds)
    }

    pub(super) fn withdrawn_row(&self, withdrawal: &Withdrawal) -> WithdrawnRow {
        let by = self.operators().into_iter().find(|o| o.id == withdrawal.by);
        WithdrawnRow {
            reason: withdrawal.reason.clone(),
            by: by.map_or_else(|| withdrawal.by.clone(), |o| o.name),
            at: withdrawal.at,
        }
    }

    pub(super) fn stick_screen(&self) -> StickScreen {
        let waiting = self
            .tally
            .as_ref()
            .map_or(0, |t| t.waiting + t.sending + t.attention);
        let count = |list: &[_]| u32::try_from(list.len()).unwrap_or(u32::MAX);
        let outcome = self.sync.carried.as_ref().map(|(label, outcome)| {
            let nothing = Carried::default();
            let carried = outcome.as_ref().unwrap_or(&nothing);
            let damaged = (!carried.damaged.is_empty()).then(|| "packet_damaged".to_string());
            StickOutcome {
                label: label.clone(),
                written: count(&carried.written),
                acknowledged: u32::try_from(carried.acknowledgements.len()).unwrap_or(u32::MAX),
                refused: carried.refused,
                fault: outcome.as_ref().err().map(|f| f.code().to_string()).or(damaged),
            }
        });
        StickScreen {
            sticks: self
                .sync
                .sticks
                .iter()
                .map(|stick| StickRow {
                    path: stick.path.clone(),
                    label: stick.label.clone(),
                    free: stick.free,
                    acknowledgements: stick.acknowledgements,
                })
                .collect(),
            waiting,
            writing: self.sync.writing,
            outcome,
        }
    }

    /// A list that cannot be read is empty here; the queue's chip says that the store is unreadable.
    pub(super) fn news_screen(&self) -> NewsScreen {
        let store = &self.around.store;
        let messages = store.messages().unwrap_or_default();
        let twins = store.twins().unwrap_or_default();
        NewsScreen {
            messages: messages
                .into_iter()
                .map(|m| MessageRow {
                    id: m.id,
                    urgent: m.urgent,
                    text: m.text,
                    at: m.at,
                })
                .collect(),
            twins: twins
                .into_iter()
                .filter_map(|twin| {
                    let entry = store.packet(&twin.packet).ok().flatten()?;
                    let enrolment = store.enrolment(&entry.enrolment).ok().flatten()?;
                    Some(TwinRow {
                        withdrawable: entry.withdrawable(),
                        packet: twin.packet,
                        name: enrolment.name.reveal().clone(),
                        class_name: enrolment.class_name,
                        student_number: enrolment.student_number,
                        taken_at: entry.stored_at,
                        other_station: twin.other_station,
                        at: twin.at,
                    })
                })
                .collect(),
        }
    }
}
