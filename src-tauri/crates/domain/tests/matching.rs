//! Every rule of matching, each with what it does not take for that.

use domain::enrolment::matching::{
    Match, MatchRule, NameFact, NumberFact, Outcome, Sought, judge, near_bodies, weigh,
};
use domain::enrolment::{Enrolment, EnrolmentState};
use std::collections::BTreeSet;

const NUMBER: &str = "11010519491231002X";

fn sought() -> Sought {
    Sought {
        name: "陈思涵".to_string().into(),
        number: NUMBER.to_string().into(),
        ..Sought::default()
    }
}

fn record(name: &str, number: &str) -> Enrolment {
    Enrolment {
        id: format!("{name}{number}"),
        session: "s1".into(),
        name: name.to_string().into(),
        document_number: (!number.is_empty()).then(|| number.to_string().into()),
        school: String::new(),
        class_name: String::new(),
        student_number: "24010002".into(),
        exam_number: "26110105150317".into(),
        code: Some("c0de".into()),
        ticket: "012".into(),
        prepaid: false,
        not_eligible: None,
        provisional: false,
        state: EnrolmentState::ToCapture,
    }
}

#[test]
fn every_rule_holds_for_its_own_and_not_for_its_neighbour() {
    use MatchRule as R;
    use NameFact as N;
    use NumberFact as D;
    let named = |name: &str| Sought {
        name: name.to_string().into(),
        ..sought()
    };
    let typed = |student: &str, exam: &str, ticket: &str, code: Option<&str>| Sought {
        student_number: student.into(),
        exam_number: exam.into(),
        ticket: ticket.into(),
        code: code.map(str::to_string),
        ..sought()
    };
    let other = "34052419800101001X";
    let table = [
        // Own number and own name, whatever the machine made of both.
        (
            sought(),
            record("陈思涵", NUMBER),
            R::NumberAndName,
            N::Same,
            D::Same,
        ),
        (
            sought(),
            record("陈 思涵", "11010519491231002x"),
            R::NumberAndName,
            N::Same,
            D::Same,
        ),
        (
            named("阿卜杜·热合曼"),
            record("阿卜杜•热合曼", NUMBER),
            R::NumberAndName,
            N::Same,
            D::Same,
        ),
        // Own number, another name; one that only sounds or is dotted alike is another name.
        (sought(), record("王欣怡", NUMBER), R::Number, N::Other, D::Same),
        (sought(), record("陈思函", NUMBER), R::Number, N::Sound, D::Same),
        (
            named("阿卜杜·热合曼"),
            record("阿卜杜热合曼", NUMBER),
            R::Number,
            N::Dots,
            D::Same,
        ),
        // The code.
        (
            typed("", "", "", Some("c0de")),
            record("陈思涵", other),
            R::CodeAndName,
            N::Same,
            D::Other,
        ),
        (
            typed("", "", "", Some("c0de")),
            record("王欣怡", ""),
            R::Code,
            N::Other,
            D::Missing,
        ),
        (
            typed("", "", "", Some("c0df")),
            record("王欣怡", ""),
            R::Searched,
            N::Other,
            D::Missing,
        ),
        // Numbers typed, whole and no part of them.
        (
            typed("24010002", "", "", None),
            record("王欣怡", ""),
            R::StudentNumber,
            N::Other,
            D::Missing,
        ),
        (
            typed("2401000", "", "", None),
            record("王欣怡", ""),
            R::Searched,
            N::Other,
            D::Missing,
        ),
        (
            typed("", "26110105150317", "", None),
            record("王欣怡", ""),
            R::ExamNumber,
            N::Other,
            D::Missing,
        ),
        (
            typed("", "24010002", "", None),
            record("王欣怡", ""),
            R::Searched,
            N::Other,
            D::Missing,
        ),
        (
            typed("", "", "012", None),
            record("王欣怡", ""),
            R::Ticket,
            N::Other,
            D::Missing,
        ),
        (
            typed("", "", "12", None),
            record("王欣怡", ""),
            R::Searched,
            N::Other,
            D::Missing,
        ),
        // One digit; the check character follows from it and does not count, nor does a wrong one alone.
        (
            sought(),
            record("陈思涵", "110105194912310038"),
            R::OneDigit,
            N::Same,
            D::OneDigit,
        ),
        (
            sought(),
            record("陈思函", "110105194912310038"),
            R::OneDigit,
            N::Sound,
            D::OneDigit,
        ),
        (
            sought(),
            record("陈小明", "110105194912310038"),
            R::OneDigit,
            N::Other,
            D::OneDigit,
        ),
        (
            sought(),
            record("陈小明", "110105194912310021"),
            R::OneDigit,
            N::Other,
            D::OneDigit,
        ),
        (
            sought(),
            record("王欣怡", "110105194912310038"),
            R::Searched,
            N::Other,
            D::OneDigit,
        ),
        (
            sought(),
            record("陈小明", "110105194912320038"),
            R::Searched,
            N::Other,
            D::Other,
        ),
        // Two neighbours, and no others.
        (
            sought(),
            record("陈小明", "110105194921310020"),
            R::Swapped,
            N::Other,
            D::Swapped,
        ),
        (
            sought(),
            record("王欣怡", "110105194921310020"),
            R::Searched,
            N::Other,
            D::Swapped,
        ),
        (
            sought(),
            record("陈小明", "110105194932110020"),
            R::Searched,
            N::Other,
            D::Other,
        ),
        // Kinds of another length are no slip of the hand.
        (
            sought(),
            record("陈小明", "1101051949123100"),
            R::Searched,
            N::Other,
            D::Other,
        ),
        // The name alone.
        (sought(), record("陈思涵", ""), R::Name, N::Same, D::Missing),
        (sought(), record("陈思涵", other), R::Name, N::Same, D::Other),
        (
            named("阿卜杜·热合曼"),
            record("阿卜杜热合曼", ""),
            R::Dots,
            N::Dots,
            D::Missing,
        ),
        (
            named("阿卜杜·热合曼"),
            record("阿卜杜热合", ""),
            R::Searched,
            N::Other,
            D::Missing,
        ),
        (sought(), record("沉思函", ""), R::Sound, N::Sound, D::Missing),
        (
            named("LI MING"),
            record("李明", ""),
            R::Sound,
            N::Sound,
            D::Missing,
        ),
        (
            named("曾小贤"),
            record("增小闲", ""),
            R::Sound,
            N::Sound,
            D::Missing,
        ),
        (sought(), record("陈诗涵", ""), R::Searched, N::Other, D::Missing),
        (named(""), record("", ""), R::Searched, N::Other, D::Missing),
    ];
    let mut seen = BTreeSet::new();
    for (sought, record, rule, name, number) in table {
        let found = judge(&sought, &record);
        let wanted = Match { rule, name, number };
        assert_eq!(found, wanted, "{} {:?}", sought.name.as_str(), record.id);
        seen.insert(rule);
    }
    assert_eq!(seen, BTreeSet::from(R::ALL));
    let mut sorted = R::ALL.to_vec();
    sorted.sort();
    assert_eq!(sorted, R::ALL, "listed in the order in which they are shown");
}

#[test]
fn only_the_one_record_of_number_and_name_is_certain() {
    let own = record("陈思涵", NUMBER);
    let again = Enrolment {
        id: "second".into(),
        ..own.clone()
    };
    let other_name = record("陈思函", NUMBER);
    let ids = |outcome| match outcome {
        Outcome::Certain(one) => ("certain", vec![one.id]),
        Outcome::Several(list) => ("several", list.into_iter().map(|e| e.id).collect()),
        Outcome::Offered(list) => ("offered", list.into_iter().map(|e| e.id).collect()),
        Outcome::Nothing => ("nothing", vec![]),
    };
    let namesake = record("陈思涵", "34052419800101001X");
    let weighed = |found: &[&Enrolment]| ids(weigh(&sought(), found.iter().copied().cloned().collect()));
    let names = |list: &[&Enrolment]| list.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    assert_eq!(weighed(&[&namesake, &own]), ("certain", names(&[&own])));
    assert_eq!(weighed(&[&own, &again]), ("several", names(&[&own, &again])));
    // The second enrolment of one person is written otherwise: still the person chooses.
    assert_eq!(
        weighed(&[&other_name, &own]),
        ("several", names(&[&own, &other_name]))
    );
    assert_eq!(weighed(&[&other_name]), ("offered", names(&[&other_name])));
    let sound = record("陈思函", "");
    assert_eq!(
        weighed(&[&sound, &namesake]),
        ("offered", names(&[&namesake, &sound]))
    );
    assert_eq!(weighed(&[&record("王欣怡", "")]), ("nothing", vec![]));
    assert_eq!(weighed(&[]), ("nothing", vec![]));
    // A supervisor decided that the name was changed: the number is enough, a near one is not.
    let renamed = Sought {
        renamed: true,
        ..sought()
    };
    let one = |record: &Enrolment| ids(weigh(&renamed, vec![record.clone()])).0;
    assert_eq!(one(&record("王欣怡", NUMBER)), "certain");
    assert_eq!(one(&record("陈思涵", "110105194912310038")), "offered");
}

#[test]
fn what_is_looked_for_is_what_is_nearly_the_number() {
    let bodies = near_bodies(NUMBER);
    assert_eq!(bodies[0], "11010519491231002");
    assert!(bodies.len() > 160 && bodies.len() < 180, "{}", bodies.len());
    for body in &bodies {
        let number = format!("{body}0");
        let found = judge(&sought(), &record("陈思涵", &number)).number;
        assert!(
            matches!(found, NumberFact::OneDigit | NumberFact::Swapped),
            "{number}"
        );
    }
    assert!(near_bodies("h12345678").contains(&"h12345679".to_string()));
    assert_eq!(near_bodies(""), [""]);
}
