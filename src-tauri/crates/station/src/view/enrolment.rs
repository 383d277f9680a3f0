//! The enrolment page.

use crate::contract::{CandidateMatch, EligibilityState, EligibilityView, EnrolmentScreen};
use crate::desk::{Desk, Said};
use domain::eligibility::Eligibility;
use domain::enrolment::matching::{judge, may_be_theirs};
use domain::session::State;
use domain::setup::{SessionKind, SessionSetup};

impl Desk {
    pub(super) fn enrolment_screen(&self, setup: &SessionSetup) -> EnrolmentScreen {
        let (candidates, chosen, answered) = match &self.state {
            State::Matching {
                candidates,
                chosen,
                answered,
                ..
            } => (candidates.as_slice(), *chosen, *answered),
            _ => ([].as_slice(), None, false),
        };
        let sought = self.sought().unwrap_or_default();
        let matches: Vec<CandidateMatch> = candidates
            .iter()
            .map(|record| {
                let found = judge(&sought, record);
                CandidateMatch {
                    rule: found.rule,
                    name: found.name,
                    number: found.number,
                    theirs: may_be_theirs(&sought, record),
                }
            })
            .collect();
        // Without an answer from the store the page shows no photo; the queue chip says it is unreadable.
        let last = chosen.and_then(|i| candidates.get(i)).and_then(|record| {
            let newest = self.around.store.newest_packet(&record.id).ok().flatten()?;
            Some(self.queue_row(newest, &[]))
        });
        let finding = self.finding();
        EnrolmentScreen {
            searching: !answered,
            candidates: candidates.iter().map(|e| self.person_row(e)).collect(),
            own: !matches.is_empty() && matches.iter().all(|found| found.rule.own()),
            matches,
            chosen: chosen.and_then(|i| u32::try_from(i).ok()),
            search: finding.map(|f| f.text.clone()).unwrap_or_default(),
            search_missed: finding.is_some_and(|f| f.missed),
            last,
            eligibility: self.eligibility_view(),
            walk_in_possible: setup.kind != SessionKind::Roster,
        }
    }

    fn eligibility_view(&self) -> EligibilityView {
        let asking = self.asking();
        let (state, reason) = match asking.map(|asking| &asking.said) {
            None | Some(Said::Nothing) => (EligibilityState::RosterOnly, ""),
            Some(Said::Asked) => (EligibilityState::Asked, ""),
            Some(Said::Answered(answer)) => match answer {
                Eligibility::Eligible => (EligibilityState::Eligible, ""),
                Eligibility::NotEligible { reason } => (EligibilityState::NotEligible, reason.as_str()),
                Eligibility::Unknown => (EligibilityState::Unknown, ""),
                Eligibility::CapturedElsewhere => (EligibilityState::CapturedElsewhere, ""),
            },
        };
        EligibilityView {
            state,
            reason: reason.to_string(),
            at: asking.and_then(|asking| asking.at),
        }
    }
}
