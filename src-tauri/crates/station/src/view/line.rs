//! The line on screen, and whether one confirmation is enough.

use crate::contract::{ClassRow, HomeScreen, LineCounts};
use crate::desk::Desk;
use domain::enrolment::Enrolment;
use domain::identity::date::Date;
use domain::port::ClassTally;
use domain::session::trusted;
use domain::setup::{SessionKind, SessionSetup};

impl Desk {
    pub(super) fn home_screen(&self, setup: &SessionSetup) -> HomeScreen {
        let home = &self.home;
        let searching = home.searching();
        let shown = home.classes.iter().find(|c| c.name == home.class_name);
        HomeScreen {
            classes: home.classes.iter().map(class_row).collect(),
            class_name: if searching {
                String::new()
            } else {
                home.class_name.clone()
            },
            search: home.search.clone(),
            filter: home.filter,
            counts: counts(shown),
            session: counts(&home.classes),
            people: home.people.iter().map(|e| self.person_row(e)).collect(),
            next: home.next.as_ref().map(|e| self.person_row(e)),
            picked: home.selected.is_some(),
            following: home.following.iter().map(|e| self.person_row(e)).collect(),
            walk_ins: setup.kind != SessionKind::Roster,
            roster_problems: self.bad_rows.listed.clone(),
            roster_problems_total: self.bad_rows.total,
            codes: self.code_rows(setup),
        }
    }

    /// True when one confirmation may stand for identity and enrolment of the person called.
    pub(super) fn listed(&self, called: &Enrolment, setup: &SessionSetup, today: Date) -> bool {
        let Some(number) = called
            .document_number
            .as_ref()
            .filter(|_| setup.policy.trusted_list)
        else {
            return false;
        };
        let same = self.around.store.of_number(&setup.id, number.as_str());
        // Without an answer from the store nothing agrees.
        same.is_ok_and(|same| trusted(called, &same, setup, today))
    }
}

fn class_row(class: &ClassTally) -> ClassRow {
    ClassRow {
        name: class.name.clone(),
        total: class.total,
        captured: class.captured,
        missing: missing(class),
        retake: class.retake,
    }
}

fn missing(class: &ClassTally) -> u32 {
    class.total.saturating_sub(class.captured + class.retake)
}

fn counts<'a>(classes: impl IntoIterator<Item = &'a ClassTally>) -> LineCounts {
    classes
        .into_iter()
        .fold(LineCounts::default(), |sum, class| LineCounts {
            all: sum.all + class.total,
            captured: sum.captured + class.captured,
            missing: sum.missing + missing(class),
            retake: sum.retake + class.retake,
        })
}
