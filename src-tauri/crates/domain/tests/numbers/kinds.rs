//! Permits, cards and passports without a check character, and how kinds are told apart.

use crate::today;
use domain::identity::{DocumentKind, DocumentNumber, NumberFault, NumberWarning};
use proptest::prelude::*;

fn kind(text: &str) -> DocumentKind {
    DocumentNumber::parse(text, today())
        .unwrap_or_else(|fault| panic!("{text}: {fault}"))
        .kind()
}

#[test]
fn kinds_are_told_by_their_form() {
    for (text, expected) in [
        ("H12345678", DocumentKind::TravelPermit),
        ("m1234567801", DocumentKind::TravelPermit),
        ("12345678", DocumentKind::TaiwanPermit),
        ("KAZ110090123105", DocumentKind::ForeignerCard2017),
        ("E12345678", DocumentKind::Passport),
        ("EA1234567", DocumentKind::Passport),
        ("m1234567", DocumentKind::Passport),
        ("123456789", DocumentKind::Passport),
        ("110105491231002", DocumentKind::ResidentId),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn a_number_not_typed_to_its_end_is_no_other_kind() {
    let whole = "11010519491231002X";
    for end in (1..18).filter(|end| ![8, 9, 15].contains(end)) {
        let fault = DocumentNumber::parse(&whole[..end], today()).expect_err(whole);
        assert_eq!(
            fault,
            NumberFault::Length {
                found: end,
                expected: 18
            }
        );
    }
}

#[test]
fn the_digits_of_the_issue_are_left_out() {
    let number = DocumentNumber::parse("H1234567802", today()).expect("a permit");
    assert_eq!(number.as_str(), "H12345678");
    assert_eq!(
        number.warnings(),
        [NumberWarning::IssueLeftOut, NumberWarning::NoCheck]
    );
}

#[test]
fn what_may_be_a_passport_says_so_and_is_one_when_somebody_says_so() {
    let permit = DocumentNumber::parse("H12345678", today()).expect("a permit");
    assert!(permit.warnings().contains(&NumberWarning::MayBePassport));
    let passport =
        DocumentNumber::parse_as(DocumentKind::Passport, "H12345678", today()).expect("a passport");
    assert_eq!(passport.kind(), DocumentKind::Passport);
    assert_eq!(passport.as_str(), permit.as_str());
}

#[test]
fn a_kind_somebody_names_is_judged_by_its_own_rules() {
    let fault = |kind, text| DocumentNumber::parse_as(kind, text, today()).expect_err(text);
    let length = |found, expected| NumberFault::Length { found, expected };
    assert_eq!(fault(DocumentKind::TaiwanPermit, "1234567"), length(7, 8));
    assert_eq!(fault(DocumentKind::TravelPermit, "H1234567"), length(8, 9));
    assert_eq!(
        fault(DocumentKind::TravelPermit, "K12345678"),
        NumberFault::Character(1)
    );
    assert_eq!(
        fault(DocumentKind::ForeignerCard2017, "KAZ11009012310"),
        length(14, 15)
    );
    assert_eq!(
        fault(DocumentKind::ForeignerCard2017, "KA1110090123105"),
        NumberFault::Character(3)
    );
    assert_eq!(
        fault(DocumentKind::ResidencePermit, "11010519491231002X"),
        NumberFault::Area
    );
    assert_eq!(
        fault(DocumentKind::ForeignerCard2023, "11010519491231002X"),
        NumberFault::Character(1)
    );
    assert_eq!(fault(DocumentKind::ResidentId, "1101051949"), length(10, 15));
    assert_eq!(fault(DocumentKind::Passport, "1234"), length(4, 9));
}

#[test]
fn codes_name_kinds_both_ways() {
    for kind in DocumentKind::ALL {
        assert_eq!(DocumentKind::of_code(kind.code()), Some(kind));
        let written = serde_json::to_value(kind).expect("a word");
        assert_eq!(written, kind.code());
    }
}

proptest! {
    /// These kinds have no check: any digit for another is a number too, and the round trip is all they promise.
    #[test]
    fn what_was_read_reads_the_same_again(
        text in prop_oneof!["[HM][0-9]{8}", "[0-9]{8}", "[A-Z]{3}[0-9]{12}", "[A-Z]{1,2}[0-9]{6,7}", "[0-9]{9}"]
    ) {
        let once = DocumentNumber::parse(&text, today()).expect("a number");
        prop_assert_eq!(DocumentNumber::parse(once.as_str(), today()), Ok(once));
    }

    #[test]
    fn no_text_panics_and_every_place_lies_inside(text in "\\PC{0,100}", which in 0usize..8) {
        let kind = DocumentKind::ALL[which];
        for read in [DocumentNumber::parse(&text, today()), DocumentNumber::parse_as(kind, &text, today())] {
            if let Err(fault) = read && let Some((from, to)) = fault.place() {
                prop_assert!(from >= 1 && from <= to, "{:?}", fault);
            }
        }
    }
}
