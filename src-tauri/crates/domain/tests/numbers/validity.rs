//! Dates on documents, and what a supervisor's decision eases of them.

use crate::today;
use domain::Moment;
use domain::identity::date::Date;
use domain::identity::validity::{self, Term, ValidityWarning, resident_term};
use domain::identity::{
    DocumentFacts, DocumentKind, IdentityDecision, IdentityException, IdentityFault, IdentityMethod, Shown,
    ValidUntil, ValidityFault, VerifiedIdentity,
};

fn day(text: &str) -> Date {
    Date::read(text).expect("a day")
}

fn dates(from: &str, until: &str) -> DocumentFacts {
    DocumentFacts {
        valid_from: Date::read(from),
        valid_until: ValidUntil::read(until),
        ..DocumentFacts::default()
    }
}

#[test]
fn terms_turn_at_16_26_and_46() {
    for (age, term) in [
        (0, Term::Years(5)),
        (15, Term::Years(5)),
        (16, Term::Years(10)),
        (25, Term::Years(10)),
        (26, Term::Years(20)),
        (45, Term::Years(20)),
        (46, Term::Always),
    ] {
        assert_eq!(resident_term(age), term, "{age}");
    }
}

#[test]
fn dates_are_judged() {
    let judge = |kind, from: &str, until: &str| {
        validity::check(Some(kind), Some(day("2006-03-12")), &dates(from, until), today())
    };
    let card = |from: &str, until: &str| judge(DocumentKind::ResidentId, from, until);
    assert_eq!(card("2022.05.01", "2032.05.01"), Ok(None));
    assert_eq!(card("2022.05.01", "2032.04.30"), Ok(None));
    assert_eq!(card("", "2032.05.01"), Ok(None));
    assert_eq!(card("", ""), Ok(None));
    assert_eq!(
        card("2022.05.01", "2042.05.01"),
        Ok(Some(ValidityWarning::UnusualTerm))
    );
    assert_eq!(card("2022.05.01", "长期"), Ok(Some(ValidityWarning::UnusualTerm)));
    assert_eq!(
        card("2016.12.01", "2026.12.01"),
        Ok(Some(ValidityWarning::UnusualTerm))
    );
    assert_eq!(
        card("2021.12.01", "2026.12.01"),
        Ok(Some(ValidityWarning::EndsSoon))
    );
    assert_eq!(card("", "2026.11.24"), Ok(Some(ValidityWarning::EndsSoon)));
    assert_eq!(
        card("", "2026.11.23"),
        Err(ValidityFault::Expired(day("2026-11-23")))
    );
    assert_eq!(
        card("2026.11.25", "2036.11.25"),
        Err(ValidityFault::NotYet(day("2026-11-25")))
    );
    assert_eq!(
        card("2022.05.01", "2012.05.01"),
        Err(ValidityFault::Contradiction)
    );
    assert_eq!(
        card("2005.05.01", "2032.05.01"),
        Err(ValidityFault::Contradiction)
    );
    let permit = |until| judge(DocumentKind::ResidencePermit, "2023.05.01", until);
    assert_eq!(permit("2028.05.01"), Ok(None));
    assert_eq!(permit("2033.05.01"), Ok(Some(ValidityWarning::UnusualTerm)));
}

const NUMBER: &str = "110105200603120028";

fn decision(why: IdentityException) -> IdentityDecision {
    IdentityDecision {
        why,
        reason: "班主任当面确认".into(),
        supervisor: "sup".into(),
        at: Moment(2),
        other: None,
    }
}

#[test]
fn an_expired_card_goes_on_by_a_decision_only() {
    let number = {
        // The check character of the example.
        let digits: Vec<u32> = NUMBER[..17].chars().filter_map(|c| c.to_digit(10)).collect();
        let check = domain::identity::mod_11_2::check_character(&digits.try_into().expect("17"));
        format!("{}{check}", &NUMBER[..17])
    };
    let facts = dates("", "2026.11.23");
    let shown = Shown {
        name: "陈思涵",
        number: Some(&number),
        facts: &facts,
    };
    let expired = IdentityFault::Validity(ValidityFault::Expired(day("2026-11-23")));
    let check = VerifiedIdentity::check(shown, IdentityMethod::Typed, today(), Moment(1));
    assert_eq!(check, Err(expired.clone()));
    let other = VerifiedIdentity::vouched(
        shown,
        decision(IdentityException::NameChanged),
        today(),
        Moment(1),
    );
    assert_eq!(other, Err(expired));
    let vouched = VerifiedIdentity::vouched(shown, decision(IdentityException::Expired), today(), Moment(1))
        .expect("decided");
    assert_eq!(vouched.method(), IdentityMethod::Vouched);
    assert_eq!(vouched.valid_until(), Some(ValidUntil::Day(day("2026-11-23"))));
}

#[test]
fn a_zone_that_is_read_brings_its_own_last_day() {
    let zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let shown = Shown {
        name: "ERIKSSON ANNA MARIA",
        number: Some(zone),
        facts: &DocumentFacts::default(),
    };
    let expired = IdentityFault::Validity(ValidityFault::Expired(day("2012-04-15")));
    assert_eq!(
        VerifiedIdentity::check(shown, IdentityMethod::Typed, today(), Moment(1)),
        Err(expired)
    );
}

#[test]
fn the_birth_date_comes_from_the_number_or_is_typed() {
    let with = |number: Option<&str>, birth: &str, why| {
        let facts = DocumentFacts {
            birth: Date::read(birth),
            ..DocumentFacts::default()
        };
        let shown = Shown {
            name: "陈思涵",
            number,
            facts: &facts,
        };
        VerifiedIdentity::vouched(shown, decision(why), today(), Moment(1))
    };
    let none = IdentityException::NoDocument;
    assert_eq!(with(None, "", none), Err(IdentityFault::BirthMissing));
    assert_eq!(with(None, "2030-01-01", none), Err(IdentityFault::Birth));
    assert_eq!(
        with(None, "2006-03-12", IdentityException::Twin),
        Err(IdentityFault::NumberMissing)
    );
    let vouched = with(None, "2014-03-12", none).expect("vouched");
    assert_eq!((vouched.number(), vouched.document()), (None, None));
    assert_eq!(vouched.age(today()), Some(12));
    assert_eq!(
        with(Some("E12345678"), "", none),
        Err(IdentityFault::BirthMissing)
    );
    assert!(with(Some("E12345678"), "2006-03-12", none).is_ok());
    assert_eq!(
        with(Some("11010519491231002X"), "2006-03-12", none),
        Err(IdentityFault::Birth)
    );
    assert!(with(Some("11010519491231002X"), "1949-12-31", none).is_ok());
}
