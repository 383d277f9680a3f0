//! The 采集码 on screen.

use crate::contract::{CodeHolderRow, CodePane, CodeRow};
use crate::desk::Desk;
use domain::Moment;
use domain::code::{CaptureCode, CodeHolder, CodeId};
use domain::enrolment::Enrolment;
use domain::session::State;
use domain::setup::{CodeUse, SessionSetup};
use jiff::tz::TimeZone;

/// Codes on one page.
const MOST_CODES: u32 = 200;

/// The masked name of a record; the beginning of its code's hash where no name is known.
pub(crate) fn masked(enrolment: &Enrolment) -> String {
    if enrolment.name.as_str().is_empty() {
        return short(enrolment);
    }
    enrolment.name.masked_name()
}

/// The beginning of the hash of a record's code, `5C0E-77D1`; empty where it has none.
pub(super) fn short(enrolment: &Enrolment) -> String {
    let id = enrolment.code.as_deref().and_then(CodeId::kept);
    id.map(|id| id.short()).unwrap_or_default()
}

impl Desk {
    /// The code of the person being served; none where the session asks for none at this page.
    pub(super) fn code_pane(&self, setup: &SessionSetup) -> Option<CodePane> {
        let alone = setup.code == CodeUse::Alone;
        let code = match &self.state {
            State::Identifying { code, .. } if alone => code.as_ref(),
            State::Identifying { .. } => return None,
            state if setup.code != CodeUse::Off => state.file().and_then(|file| file.code()),
            _ => return None,
        };
        let refused = self.code.refused.as_ref();
        let id = code
            .map(CaptureCode::id)
            .or(refused.and_then(|r| r.code.as_ref()));
        Some(CodePane {
            alone,
            wanted: self.waits_for_code(),
            sight: self.code.sight,
            id: id.map(CodeId::short),
            refused: refused.map(|r| r.why.to_owned()),
            holder: refused.and_then(|r| r.holder.as_ref().map(|holder| holder_row(holder, r.looked))),
            known: self.code.known,
            frame_width: self.code.frame.0,
            frame_height: self.code.frame.1,
        })
    }

    /// Codes shown today, where there is no roster.
    pub(super) fn code_rows(&self, setup: &SessionSetup) -> Option<Vec<CodeRow>> {
        if setup.code != CodeUse::Alone {
            return None;
        }
        let shown = self
            .around
            .store
            .codes_shown(&setup.id, midnight(self.now()), MOST_CODES);
        let row = |holder: CodeHolder| CodeRow {
            id: holder.code.short(),
            name: holder.enrolment.name.reveal().clone(),
            time: super::local_time(holder.at),
            state: holder.enrolment.state,
            enrolment: holder.enrolment.id,
        };
        // A list that cannot be read is empty; the queue chip says that the store is unreadable.
        Some(shown.unwrap_or_default().into_iter().map(row).collect())
    }
}

fn holder_row(holder: &CodeHolder, looked: bool) -> CodeHolderRow {
    let enrolment = &holder.enrolment;
    let whole = || Some(enrolment.name.reveal().clone()).filter(|name| looked && !name.is_empty());
    CodeHolderRow {
        name: whole().unwrap_or_else(|| masked(enrolment)),
        looked,
        class_name: if looked {
            enrolment.class_name.clone()
        } else {
            String::new()
        },
        time: super::local_time(holder.at),
        state: enrolment.state,
    }
}

/// When the day of this moment began on this machine's clock.
fn midnight(now: Moment) -> Moment {
    let stamp = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let begun = stamp.to_zoned_datetime(TimeZone::system()).start_of_day();
    begun.map_or(now, |day| Moment(day.timestamp().as_millisecond()))
}
