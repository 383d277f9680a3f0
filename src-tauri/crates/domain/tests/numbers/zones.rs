//! Machine-readable zones. The examples are the specimens of ICAO Doc 9303.

use crate::today;
use domain::identity::mrz::check_digit;
use domain::identity::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Sex};
use proptest::prelude::*;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
                        L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const CARD: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n\
                    7408122F1204159UTO<<<<<<<<<<<6\n\
                    ERIKSSON<<ANNA<MARIA<<<<<<<<<<";

fn read(text: &str) -> DocumentNumber {
    DocumentNumber::parse(text, today()).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn plain(text: &str) -> String {
    text.replace('\n', "")
}

#[test]
fn a_passport_gives_all_it_carries() {
    let number = read(PASSPORT);
    assert_eq!(
        (number.kind(), number.as_str()),
        (DocumentKind::Passport, "L898902C3")
    );
    assert_eq!(number.holder(), Some("ERIKSSON ANNA MARIA"));
    assert_eq!(
        number.birth().map(|d| d.to_string()).as_deref(),
        Some("1974-08-12")
    );
    assert_eq!(
        number.valid_until().map(|d| d.to_string()).as_deref(),
        Some("2012-04-15")
    );
    assert_eq!(number.sex(), Some(Sex::Female));
    // The specimen's state is none.
    assert_eq!(number.warnings(), [NumberWarning::NationalityUnknown]);
}

#[test]
fn a_card_of_three_lines_is_read() {
    let number = read(CARD);
    assert_eq!(
        (number.kind(), number.as_str()),
        (DocumentKind::ForeignId, "D23145890")
    );
    assert_eq!(number.holder(), Some("ERIKSSON ANNA MARIA"));
    assert_eq!(
        number.birth().map(|d| d.to_string()).as_deref(),
        Some("1974-08-12")
    );
}

#[test]
fn a_long_number_goes_on_behind_its_filler() {
    let first = "I<UTOD23145890<7349<<<<<<<<<<<";
    let second = "7408122F1204159UTO<<<<<<<<<<<";
    let composite = [&first[5..30], &second[..7], &second[8..15], &second[18..29]].concat();
    let check = check_digit(composite.chars()).expect("a digit");
    let zone = format!("{first}{second}{check}ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
    assert_eq!(read(&zone).as_str(), "D23145890734");
}

#[test]
fn a_chinese_input_method_and_small_letters_do_no_harm() {
    let typed = PASSPORT
        .to_lowercase()
        .replacen("<<", "《〈", 1)
        .replacen('<', "＜", 3);
    assert_eq!(read(&typed), read(PASSPORT));
}

#[test]
fn each_fault_is_named_with_its_place() {
    let with = |at: usize, letter: &str| {
        let mut text = plain(PASSPORT);
        text.replace_range(at - 1..at, letter);
        DocumentNumber::parse(&text, today()).expect_err(letter)
    };
    let check = |position, expected, found| NumberFault::CheckDigit {
        position,
        expected,
        found,
    };
    assert_eq!(with(54, "5"), check(54, '6', '5'));
    assert_eq!(with(64, "3"), check(64, '2', '3'));
    assert_eq!(with(72, "0"), check(72, '9', '0'));
    assert_eq!(with(87, "2"), check(87, '1', '2'));
    assert_eq!(with(88, "1"), check(88, '0', '1'));
    assert_eq!(with(88, "<"), NumberFault::Character(88));
    assert_eq!(with(65, "Q"), NumberFault::Character(65));
    assert_eq!(with(6, "1"), NumberFault::Character(6));
    assert_eq!(with(60, "9"), NumberFault::BirthDate((58, 63)));
    assert_eq!(with(68, "9"), NumberFault::ExpiryDate((66, 71)));
    assert_eq!(
        with(47, "<"),
        NumberFault::CheckDigit {
            position: 54,
            expected: check_digit("L8<8902C3".chars()).unwrap(),
            found: '6'
        }
    );
    assert_eq!(with(1, "I"), NumberFault::Character(1));
    let short = &plain(PASSPORT)[..87];
    assert_eq!(
        DocumentNumber::parse(short, today()),
        Err(NumberFault::Length {
            found: 87,
            expected: 88
        })
    );
}

#[test]
fn an_empty_optional_field_may_have_a_filler_for_its_digit() {
    let mut line = "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<".to_string();
    let composite = [&line[..10], &line[13..20], &line[21..43]].concat();
    line.push(check_digit(composite.chars()).expect("a digit"));
    let zone = format!("{}{line}", &plain(PASSPORT)[..44]);
    assert_eq!(read(&zone).as_str(), "L898902C3");
}

#[test]
fn an_unknown_birth_date_is_none() {
    let mut line = "L898902C36UTO74<<<<<F1204159<<<<<<<<<<<<<<0".to_string();
    let check = check_digit("74<<<<".chars()).expect("a digit");
    line.replace_range(19..20, &check.to_string());
    let composite = [&line[..10], &line[13..20], &line[21..43]].concat();
    line.push(check_digit(composite.chars()).expect("a digit"));
    assert_eq!(read(&format!("{}{line}", &plain(PASSPORT)[..44])).birth(), None);
}

/// A passport's zone of these fields.
fn zone(number: &str, birth: &str, expiry: &str, optional: &str) -> String {
    let digit = |text: &str| check_digit(text.chars()).expect("a digit");
    let line = format!(
        "{number}{}CHN{birth}{}F{expiry}{}{optional}{}",
        digit(number),
        digit(birth),
        digit(expiry),
        digit(optional)
    );
    let composite = [&line[..10], &line[13..20], &line[21..43]].concat();
    format!("P<CHNCHEN<<SIHAN{}{line}{}", "<".repeat(28), digit(&composite))
}

fn value(letter: char) -> u32 {
    if letter == '<' {
        0
    } else {
        letter.to_digit(36).expect("a letter")
    }
}

/// What is guarded by a check digit, the digits included, by places from 0.
fn guarded(at: usize) -> bool {
    (44..54).contains(&at) || (57..64).contains(&at) || (65..88).contains(&at)
}

proptest! {
    #[test]
    fn what_a_zone_carries_comes_out(
        number in "[A-Z][A-Z0-9]{8}", year in 0u32..100, month in 1u32..=12, day in 1u32..=28, optional in "[A-Z0-9]{14}"
    ) {
        let birth = format!("{year:02}{month:02}{day:02}");
        let read = read(&zone(&number, &birth, "300101", &optional));
        prop_assert_eq!(read.as_str(), number.as_str());
        prop_assert_eq!(read.holder(), Some("CHEN SIHAN"));
        prop_assert_eq!(read.birth().map(|d| d.to_string()[2..].replace('-', "")), Some(birth));
    }

    /// 7-3-1 catches a wrong character unless its value is ten or twenty away, so every digit for a digit.
    #[test]
    fn one_wrong_character_is_caught_as_far_as_promised(
        number in "[A-Z][A-Z0-9]{8}", optional in "[A-Z0-9]{14}", at in 44usize..88, wrong in "[A-Z0-9]"
    ) {
        let right = zone(&number, "060312", "300101", &optional);
        let wrong = wrong.chars().next().expect("one");
        let was = right.chars().nth(at).expect("inside");
        prop_assume!(guarded(at) && was != wrong);
        let mut text = right;
        text.replace_range(at..=at, &wrong.to_string());
        let found = DocumentNumber::parse(&text, today());
        if !value(was).abs_diff(value(wrong)).is_multiple_of(10) {
            prop_assert!(found.is_err(), "{}", text);
        }
    }

    /// A swap of two neighbours is caught unless their values are five, ten, … apart: 7-3, 3-1 and 1-7 are even.
    #[test]
    fn a_swap_is_caught_as_far_as_promised(number in "[A-Z][A-Z0-9]{8}", optional in "[A-Z0-9]{14}", at in 44usize..85) {
        let right = zone(&number, "060312", "300101", &optional);
        let letters: Vec<char> = right.chars().collect();
        // Inside one field: its own digit guards it.
        let inside = [44..53, 57..63, 65..71, 72..86].iter().any(|field: &std::ops::Range<usize>| {
            field.contains(&at) && field.contains(&(at + 1))
        });
        prop_assume!(inside && letters[at] != letters[at + 1]);
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        let text: String = swapped.into_iter().collect();
        if !value(letters[at]).abs_diff(value(letters[at + 1])).is_multiple_of(5) {
            prop_assert!(DocumentNumber::parse(&text, today()).is_err(), "{}", text);
        }
    }
}

#[test]
fn what_the_check_digits_miss_is_known() {
    // 1 for B, and A and F swapped (values 10 and 15): the same sums.
    assert_eq!(check_digit("1".chars()), check_digit("B".chars()));
    assert_eq!(check_digit("AF".chars()), check_digit("FA".chars()));
}
