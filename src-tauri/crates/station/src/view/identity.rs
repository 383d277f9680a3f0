//! The identity page: agreement, document, and what the station makes of a number.

use crate::contract::{DocumentView, IdentityScreen, Level, Notice};
use crate::desk::{Desk, number_args, validity_args};
use domain::Moment;
use domain::identity::date::Date;
use domain::identity::document::plain;
use domain::identity::validity;
use domain::identity::{
    DocumentFacts, DocumentNumber, IdentityMethod, NumberFault, ValidUntil, name, read_number,
};
use domain::session::{GUARDIAN_AGE, Refusal, State};
use domain::setup::SessionSetup;
use std::collections::BTreeMap;

impl Desk {
    pub(super) fn identity_screen(&self, setup: &SessionSetup, now: Moment) -> IdentityScreen {
        let (called, consent) = match &self.state {
            State::Identifying { called, consent, .. } => (called.as_ref(), consent.is_some()),
            _ => (None, false),
        };
        let today = super::local_date(now);
        let number = called.and_then(|e| e.document_number.as_ref());
        let valid = number.and_then(|n| DocumentNumber::parse(n.as_str(), today).ok());
        let (document, birth) = self.document_view(number.map(|n| n.as_str()), today);
        let listed = called.is_some_and(|e| self.listed(e, setup, today)) && document.dates.is_none();
        let born = birth.or(valid.as_ref().and_then(DocumentNumber::birth));
        IdentityScreen {
            agreement: setup.agreement.clone(),
            consent,
            called_name: called.map(|e| e.name.reveal().clone()),
            called_number: number.map(|n| n.reveal().clone()),
            method: if valid.is_some() {
                IdentityMethod::Compared
            } else {
                IdentityMethod::Typed
            },
            listed,
            guardian_needed: born.is_some_and(|birth| birth.age(today) < GUARDIAN_AGE),
            card_wanted: setup.policy.photograph_card,
            card: self.card_sides(),
            document,
            others: self
                .typing()
                .map(|typing| typing.others.iter().map(|e| self.person_row(e)).collect())
                .unwrap_or_default(),
            code: self.code_pane(setup),
            scanned_number: self.code.number.clone(),
        }
    }

    /// What stands typed, else the called person's number; and the birth date as far as known.
    fn document_view(&self, called: Option<&str>, today: Date) -> (DocumentView, Option<Date>) {
        let Some(typing) = self.typing() else {
            let facts = DocumentFacts::default();
            return judged(called.unwrap_or_default(), &facts, today);
        };
        let facts = typing.facts();
        let told = facts.as_ref().err().cloned().map(Refusal::from);
        let known = facts.unwrap_or(DocumentFacts {
            kind: typing.kind,
            ..DocumentFacts::default()
        });
        let (mut view, birth) = judged(typing.number.as_str(), &known, today);
        if let Some(refusal) = told {
            view.dates = Some(warn(refusal.code(), BTreeMap::new()));
        }
        let odd = name::warnings(typing.name.as_str());
        view.warnings
            .extend(odd.iter().map(|w| format!("name_warning.{}", w.code())));
        (view, birth)
    }
}

/// A number with what stands beside it.
fn judged(text: &str, facts: &DocumentFacts, today: Date) -> (DocumentView, Option<Date>) {
    let mut view = DocumentView {
        number: plain(text),
        expected: 18,
        ..DocumentView::default()
    };
    let number = match read_number(text, facts.kind, today) {
        Ok(number) => number,
        Err(fault) => {
            unread(&mut view, &fault);
            return (view, facts.birth);
        }
    };
    let birth = number.birth().or(facts.birth);
    let read = number.valid_until().map(ValidUntil::Day).or(facts.valid_until);
    let facts = DocumentFacts {
        valid_until: read,
        ..*facts
    };
    let contradicted = number.birth().is_some() && facts.birth.is_some_and(|typed| Some(typed) != birth);
    if contradicted || birth.is_some_and(|birth| birth > today || birth.year() < 1900) {
        view.dates = Some(warn(Refusal::Birth.code(), BTreeMap::new()));
    }
    let mut warnings: Vec<String> = number
        .warnings()
        .iter()
        .map(|w| format!("number_warning.{}", w.code()))
        .collect();
    match validity::check(Some(number.kind()), birth, &facts, today) {
        Ok(odd) => warnings.extend(odd.map(|w| format!("validity_warning.{}", w.code()))),
        Err(fault) => view.dates = Some(warn(Refusal::Validity(fault).code(), validity_args(&fault))),
    }
    let nationality = number.nationality();
    let view = DocumentView {
        kind: Some(number.kind()),
        valid: true,
        expected: u32::try_from(view.number.chars().count()).unwrap_or(u32::MAX),
        birth: birth.map(|day| day.to_string()),
        sex: number.sex(),
        area: number.area_name(),
        nationality_zh: nationality.map(|n| n.name_zh.to_string()),
        nationality_en: nationality.map(|n| n.name_en.to_string()),
        holder: number.holder().map(str::to_string),
        valid_until: read.and_then(ValidUntil::day).map(|day| day.to_string()),
        birth_needed: number.birth().is_none(),
        warnings,
        ..view
    };
    (view, birth)
}

/// What a number that is not right says.
fn unread(view: &mut DocumentView, fault: &NumberFault) {
    if let NumberFault::Length { found, expected } = fault {
        view.expected = u32::try_from(*expected).unwrap_or(u32::MAX);
        view.unfinished = found < expected;
    }
    let places = |(from, to): (usize, usize)| Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?));
    view.place = fault.place().and_then(places);
    view.trouble = (!view.unfinished).then(|| warn(fault.code(), number_args(fault)));
}

fn warn(code: &str, args: BTreeMap<String, String>) -> Notice {
    Notice {
        level: Level::Warn,
        code: format!("refusal.{code}"),
        args,
    }
}
