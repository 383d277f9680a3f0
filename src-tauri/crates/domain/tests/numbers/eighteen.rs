//! Numbers of 18 characters and those that become one.

use crate::today;
use domain::identity::mod_11_2::check_character;
use domain::identity::{DocumentKind, DocumentNumber, NumberFault, NumberWarning, Sex};
use proptest::prelude::*;

fn read(text: &str) -> DocumentNumber {
    DocumentNumber::parse(text, today()).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn fault(text: &str) -> NumberFault {
    DocumentNumber::parse(text, today()).expect_err(text)
}

/// A number with the check character its 17 digits call for.
fn whole(body: &str) -> String {
    let mut digits = [0; 17];
    for (digit, letter) in digits.iter_mut().zip(body.chars()) {
        *digit = letter.to_digit(10).expect("a digit");
    }
    format!("{body}{}", check_character(&digits))
}

#[test]
fn published_numbers_are_valid_and_of_their_kind() {
    for (text, kind) in [
        ("11010519491231002X", DocumentKind::ResidentId),
        ("830000199706020042", DocumentKind::ResidencePermit),
        ("810000199408230021", DocumentKind::ResidencePermit),
        ("932682198501010017", DocumentKind::ForeignerCard2023),
    ] {
        let number = read(text);
        assert_eq!((number.kind(), number.as_str()), (kind, text));
        assert!(number.warnings().is_empty(), "{text}: {:?}", number.warnings());
    }
    // The standard's own example has an area that no list has.
    assert_eq!(
        read("34052419800101001X").warnings(),
        [NumberWarning::AreaUnknown]
    );
    // Its check character is right, but nobody born in 1880 is in front of a camera.
    assert_eq!(fault("440524188001010014"), NumberFault::BirthRange((7, 14)));
}

#[test]
fn birth_sex_area_and_nationality_are_read() {
    let number = read("11010519491231002X");
    assert_eq!(
        number.birth().map(|b| b.to_string()).as_deref(),
        Some("1949-12-31")
    );
    assert_eq!(number.sex(), Some(Sex::Female));
    assert_eq!(number.area(), Some(110_105));
    let foreigner = read("932682198501010017");
    assert_eq!(foreigner.nationality().map(|n| n.letters), Some("SAU"));
    assert_eq!(foreigner.sex(), None);
}

#[test]
fn wide_digits_and_a_small_x_are_read() {
    assert_eq!(
        read("１１０１０５１９４９１２３１００２ｘ").as_str(),
        "11010519491231002X"
    );
    assert_eq!(read(" 110105 19491231 002x ").as_str(), "11010519491231002X");
}

#[test]
fn each_fault_is_named_with_its_place() {
    let length = |found| NumberFault::Length { found, expected: 18 };
    assert_eq!(fault(""), length(0));
    assert_eq!(fault("1101051949123100"), length(16));
    assert_eq!(fault("11010519491231O02X"), NumberFault::Character(15));
    assert_eq!(fault("110105194912310O2X"), NumberFault::Character(16));
    assert_eq!(fault("010105194912310021"), NumberFault::Area);
    assert_eq!(fault("110105194902310021"), NumberFault::BirthDate((7, 14)));
    assert_eq!(fault("110105203012310021"), NumberFault::BirthRange((7, 14)));
    let check = NumberFault::CheckDigit {
        position: 18,
        expected: 'X',
        found: '3',
    };
    assert_eq!(fault("110105194912310023"), check);
    assert_eq!((check.code(), check.place()), ("number_check", Some((18, 18))));
    assert_eq!(fault("身份证"), NumberFault::Character(1));
}

#[test]
fn unknown_areas_and_nationalities_warn_and_are_taken() {
    assert_eq!(
        read(&whole("11999920060312002")).warnings(),
        [NumberWarning::AreaUnknown]
    );
    // 崇文区 is no more, its numbers are.
    assert!(read(&whole("11010320060312002")).warnings().is_empty());
    assert_eq!(
        read(&whole("93299920060312002")).warnings(),
        [NumberWarning::NationalityUnknown]
    );
    assert_eq!(
        read(&whole("99968220060312002")).warnings(),
        [NumberWarning::AreaUnknown]
    );
}

#[test]
fn a_number_of_the_first_generation_becomes_one_of_18() {
    let number = read("110105491231002");
    assert_eq!(number.as_str(), "11010519491231002X");
    assert_eq!(number.kind(), DocumentKind::ResidentId);
    assert_eq!(number.warnings(), [NumberWarning::Upgraded]);
    assert_eq!(fault("110105490231002"), NumberFault::BirthDate((7, 12)));
}

fn body() -> impl Strategy<Value = String> {
    let area = prop_oneof![
        5 => (110_000u32..660_000).prop_map(|area| area.to_string()),
        1 => prop_oneof![Just("810000"), Just("820000"), Just("830000")].prop_map(str::to_string),
        1 => Just("911840".to_string()),
    ];
    (area, 1950u32..2020, 1u32..=12, 1u32..=28, 0u32..1000)
        .prop_map(|(area, year, month, day, sequence)| format!("{area}{year}{month:02}{day:02}{sequence:03}"))
}

proptest! {
    #[test]
    fn what_was_read_reads_the_same_again(body in body()) {
        let once = read(&whole(&body));
        prop_assert_eq!(read(once.as_str()), once.clone());
        let birth = once.birth().map(|b| b.to_string().replace('-', ""));
        prop_assert_eq!(birth.as_deref(), body.get(6..14));
    }

    /// MOD 11-2 catches every wrong character and every swap of two neighbours, the check character included.
    #[test]
    fn one_wrong_character_and_every_swap_is_caught(body in body(), at in 0usize..18, other in 0usize..11) {
        let right: Vec<char> = whole(&body).chars().collect();
        let digit = "0123456789X".chars().nth(other).expect("a character");
        if digit != right[at] {
            let mut wrong = right.clone();
            wrong[at] = digit;
            let text: String = wrong.into_iter().collect();
            prop_assert!(DocumentNumber::parse(&text, today()).is_err(), "{}", text);
        }
        if at < 17 && right[at] != right[at + 1] {
            let mut swapped = right;
            swapped.swap(at, at + 1);
            let text: String = swapped.into_iter().collect();
            prop_assert!(DocumentNumber::parse(&text, today()).is_err(), "{}", text);
        }
    }

    /// 15 digits carry no check character: what comes of them carries one.
    #[test]
    fn upgraded_numbers_are_numbers(area in 110_000u32..660_000, year in 0u32..100, day in 1u32..=28, sequence in 0u32..1000) {
        let short = format!("{area}{year:02}06{day:02}{sequence:03}");
        let number = read(&short);
        let again = read(number.as_str());
        prop_assert_eq!(again.as_str(), number.as_str());
        prop_assert_eq!(again.birth(), number.birth());
    }
}
