//! Truth tables as people write them.

use crate::made::{book, row, table};
use compose::evaluate::book::{Book, BookFault, Kind};
use compose::evaluate::role::{self, Role};
use compose::evaluate::truth::{TruthFault, read};

#[test]
fn columns_are_found_by_name_and_brackets_keep_their_commas() {
    let text = "\u{feff}Checks_That_Should_Fail\tlicence\tshows\tfile\r\n\
                POSE(yaw, far),BG - as found\tCC0\tprofile\ta.jpg\r\n\
                \r\n\
                none (control; must not change)\tCC0\tmirrored\tb.jpg\r\n";
    let rows = read(text, &book()).unwrap();
    let texts = |i: usize| rows[i].named.iter().map(|n| n.text.as_str()).collect::<Vec<_>>();
    assert_eq!(rows[0].file, "a.jpg");
    assert_eq!(texts(0), ["POSE(yaw, far)", "BG - as found"]);
    assert_eq!(rows[0].named[0].code.code, "POSE");
    assert_eq!(texts(1), [""; 0]);
}

#[test]
fn a_hint_has_its_own_row_or_that_of_the_word() {
    let row = row("x.jpg", "", "POSE(yaw),POSE(upside down),bg");
    let first: Vec<_> = row.named.iter().map(|n| n.code.rules[0].as_str()).collect();
    assert_eq!(first, ["yaw", "pitch", "background_plain"]);
}

#[test]
fn what_is_open_counts_neither_way() {
    let row = row(
        "x.jpg",
        "frontal; male, 20, white (judgement open: EARS,FOREHEAD)",
        "NOCOLLAR,EARS,EXPR(slight)",
    );
    let kinds: Vec<_> = row.named.iter().map(|n| (n.code.code.as_str(), n.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("NOCOLLAR", Kind::Clothing),
            ("EARS", Kind::Open),
            ("EXPR", Kind::Open),
            ("FOREHEAD", Kind::Open)
        ]
    );
    assert!(row.is_open("ears") && row.is_open("forehead") && !row.is_open("yaw"));
    assert!(!row.has_face_fault());
}

#[test]
fn people_say_who_they_are() {
    let person = row(
        "x.jpg",
        "plain wall; female, 24, east_asian (judgement open: EARS)",
        "",
    )
    .person
    .unwrap();
    assert_eq!(
        (person.sex.as_str(), person.age, person.group.as_str()),
        ("female", 24, "east_asian")
    );
    for shows in [
        "three people, hugging, outdoors",
        "female, old, white",
        "",
        "female, 24",
    ] {
        assert_eq!(row("x.jpg", shows, "").person, None, "{shows}");
    }
}

#[test]
fn faults_name_line_and_code() {
    let unknown = read(
        &table(&[("a.jpg", "", "EARS"), ("b.jpg", "", "EARS,NOSE(long)")]),
        &book(),
    );
    let fault = unknown.unwrap_err();
    assert_eq!(
        fault,
        TruthFault::UnknownCode {
            line: 3,
            file: "b.jpg".into(),
            code: "NOSE(long)".into()
        }
    );
    assert_eq!(
        fault.to_string(),
        "line 3 of the truth table (b.jpg): unknown code NOSE(long)"
    );
    let open = read(&table(&[("a.jpg", "x (judgement open: NOSE)", "")]), &book());
    assert!(matches!(open, Err(TruthFault::UnknownCode { code, .. }) if code == "NOSE"));
    assert_eq!(
        read("file\tshows\n", &book()),
        Err(TruthFault::NoColumn("checks_that_should_fail"))
    );
    assert_eq!(read("", &book()), Err(TruthFault::NoColumn("file")));
    let twice = read(&table(&[("a.jpg", "", ""), ("a.jpg", "", "")]), &book());
    assert!(matches!(twice, Err(TruthFault::Twice { line: 3, .. })));
    let short = read("file\tx\tshows\tchecks_that_should_fail\na.jpg\tx\n", &book());
    assert!(matches!(short, Err(TruthFault::Short { line: 2, .. })));
}

#[test]
fn names_say_the_part_and_the_source() {
    let files = [
        "b07_x.jpg",
        "boy.jpg",
        "n12_009_C.jpg",
        "p1_neutral.jpg",
        "p1_smiling.jpg",
        "d_n12_dark.jpg",
    ];
    let rows: Vec<_> = files.iter().map(|file| row(file, "", "")).collect();
    let names = book().names;
    let roles: Vec<_> = rows.iter().map(|row| Role::of(row, &names)).collect();
    use Role::{Bad, Derived, Found, Neutral, Smiling};
    assert_eq!(roles, [Bad, Found, Found, Neutral, Smiling, Derived]);
    let (source, fault) = role::source(&rows[5], &rows, &names).unwrap();
    assert_eq!((source.file.as_str(), fault), ("n12_009_C.jpg", "dark"));
    assert!(role::source(&row("d_n1_dark.jpg", "", ""), &rows, &names).is_none());
    let pair = row("d_p1_neutral_dark.jpg", "", "");
    assert_eq!(
        role::source(&pair, &rows, &names).unwrap().0.file,
        "p1_neutral.jpg"
    );
    let either = row("d_p1_dark.jpg", "", "");
    assert!(
        role::source(&either, &rows, &names).is_none(),
        "two pictures begin so"
    );
}

#[test]
fn the_meaning_of_the_codes_refuses_what_it_does_not_know() {
    let text = include_str!("../../../../../assets/evaluation.toml");
    assert!(Book::parse(text).is_ok());
    for place in [
        "version = 1\n",
        "[names]\n",
        "[[code]]\n",
        "[[derived]]\n",
        "[[copy]]\n",
        "[mirror]\n",
    ] {
        let spoilt = text.replacen(place, &format!("{place}surprise = 1\n"), 1);
        assert!(
            matches!(Book::parse(&spoilt), Err(BookFault::Unreadable(_))),
            "{place}"
        );
    }
}
