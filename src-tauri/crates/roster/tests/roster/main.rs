//! Rosters as schools hand them over, and as nobody should.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod dbf;
mod encodings;
mod one_roster;
mod places;
mod plans;
mod robust;
mod traps;
mod xls;

use domain::identity::mod_11_2::check_character;
use roster::{CODES, ProblemCode, Roster, RosterFault, read};
use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook, Worksheet};

const SAMPLE: &str = include_str!("../../../../../tests/central/sample/roster.csv");
const NUMBER: &str = "11010519491231002X";

fn csv(text: &str) -> Roster {
    read(text.as_bytes(), "roster.csv", "s1", "青禾职业技术学校").unwrap()
}

fn xlsx(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate() {
        sheet.write_string(at, column as u16, *text).unwrap();
    }
}

/// The `n`th valid document number of one day.
fn number(n: u32) -> String {
    let body = format!("11010520070301{:03}", n % 1000);
    let digits: Vec<u32> = body.chars().map(|c| c.to_digit(10).unwrap()).collect();
    format!("{body}{}", check_character(&digits.try_into().unwrap()))
}

#[test]
fn the_sample_school_is_read_in_every_encoding() {
    let plain = csv(SAMPLE);
    assert!(plain.problems.is_empty(), "{:?}", plain.problems);
    let first = &plain.rows[0];
    assert_eq!(
        (first.name.as_str(), first.ticket.as_str(), first.prepaid),
        ("陈思涵", "001", true)
    );
    assert_eq!(
        (first.id.as_str(), first.class_name.as_str()),
        ("s1:24010001", "护理 2401 班")
    );
    assert_eq!(
        first.document_number.as_ref().unwrap().as_str(),
        "31010120060612902X"
    );
    assert_eq!(first.school, "青禾职业技术学校");
    assert_eq!(first.not_eligible, None);
    assert_eq!(
        plain.rows[3].not_eligible.as_deref(),
        Some("毕业资格尚未审核，请联系学籍科")
    );
    let gb = encoding_rs::GB18030.encode(SAMPLE).0.into_owned();
    let marked = [b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat();
    let wide: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(SAMPLE.replace(',', "\t").encode_utf16().collect::<Vec<_>>())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (what, bytes) in [
        ("GB18030", gb),
        ("mark", marked),
        ("UTF-16", wide),
        ("CRLF", SAMPLE.replace('\n', "\r\n").into_bytes()),
    ] {
        assert_eq!(
            read(&bytes, "名单.csv", "s1", "青禾职业技术学校").unwrap(),
            plain,
            "{what}"
        );
    }
    let rare = encoding_rs::GB18030.encode("姓名,学号\n𬱖䶮,1\n").0.into_owned();
    assert_eq!(
        read(&rare, "a.csv", "s1", "").unwrap().rows[0].name.as_str(),
        "𬱖䶮"
    );
}

#[test]
fn a_workbook_with_titles_and_hidden_sheets_is_read() {
    let bytes = xlsx(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.set_name("旧名单").unwrap();
        sheet.set_hidden(true);
        row(sheet, 0, &["姓名", "学号"]);
        row(sheet, 1, &["不该出现", "1"]);
        let sheet = workbook.add_worksheet();
        sheet.set_name("护理").unwrap().set_active(true);
        let centred = Format::new().set_align(FormatAlign::Center);
        sheet
            .merge_range(0, 0, 0, 5, "2027 届毕业生名单", &centred)
            .unwrap();
        row(
            sheet,
            2,
            &[
                "序号",
                "XM",
                "证件号码（必填）",
                "学 号*",
                "班号",
                "是否已缴费",
                "号码牌",
            ],
        );
        row(
            sheet,
            3,
            &[
                "1",
                "李　明",
                "１１０１０５１９４９１２３１００２ｘ",
                "007",
                "护理 1 班",
                "√",
            ],
        );
        row(sheet, 5, &["2", "=cmd|' /C calc'!A0", "", "", "+1", "否"]);
        sheet.write_number(5, 3, 24010009.0).unwrap();
        sheet.write_number(5, 6, 7.0).unwrap();
        sheet
            .write_formula(6, 1, Formula::new("=1/0").set_result("#DIV/0!"))
            .unwrap();
        sheet.write_string(6, 3, "8").unwrap();
        let sheet = workbook.add_worksheet();
        row(sheet, 0, &["说明", "请勿修改"]);
    });
    let roster = read(&bytes, "名单.xlsx", "s1", "青禾").unwrap();
    assert_eq!(roster.rows.len(), 2, "{:?}", roster.problems);
    let first = &roster.rows[0];
    assert_eq!(
        (first.name.as_str(), first.student_number.as_str(), first.prepaid),
        ("李明", "007", true)
    );
    assert_eq!(first.document_number.as_ref().unwrap().as_str(), NUMBER);
    let second = &roster.rows[1];
    assert_eq!(
        (second.name.as_str(), second.class_name.as_str()),
        ("=cmd|' /C calc'!A0", "+1"),
        "text is text"
    );
    assert_eq!(
        (second.student_number.as_str(), second.ticket.as_str()),
        ("24010009", "007")
    );
    assert_eq!(roster.problems.len(), 1);
    assert_eq!(
        (roster.problems[0].row, roster.problems[0].sheet.as_str()),
        (7, "护理")
    );
}

#[test]
fn a_number_kept_as_float_is_refused_and_never_repaired() {
    let bytes = xlsx(|workbook| {
        let sheet = workbook.add_worksheet();
        row(sheet, 0, &["姓名", "身份证号", "学号"]);
        row(sheet, 1, &["陈思涵", NUMBER, "1"]);
        row(sheet, 2, &["李明", "", "2"]);
        sheet.write_number(2, 1, 440_106_200_711_239_053.0).unwrap();
        row(sheet, 3, &["王欣怡", NUMBER, ""]);
        sheet.write_number(3, 2, 1.234_567_890_123_456_7e17).unwrap();
    });
    let roster = read(&bytes, "a.xlsx", "s1", "").unwrap();
    let named: Vec<_> = roster
        .problems
        .iter()
        .map(|p| (p.row, p.column.as_str(), p.code))
        .collect();
    let float = ProblemCode::NumberAsFloat;
    assert_eq!(named, [(3, "身份证号", float), (4, "学号", float)]);
    assert_eq!(roster.rows.len(), 1);
    let text = csv("姓名,身份证号,学号\n李明,4.40106E+17,2\n");
    assert_eq!((text.rows.len(), text.problems[0].code), (0, float));
}

#[test]
fn two_hundred_bad_rows_are_each_named_and_the_good_ones_given() {
    let mut text = String::from("学号,姓名,身份证号,已缴费\n");
    for n in 0..300u32 {
        let valid = number(n);
        let wrong = if valid.ends_with('1') { "2" } else { "1" };
        let last = if n < 200 { wrong } else { &valid[17..] };
        text += &format!("{n},李明,{}{last},\n", &valid[..17]);
    }
    let roster = csv(&text);
    assert_eq!((roster.rows.len(), roster.problems.len()), (100, 200));
    for (n, problem) in roster.problems.iter().enumerate() {
        assert_eq!((problem.row, problem.column.as_str()), (n as u32 + 2, "身份证号"));
        assert_eq!(problem.code, ProblemCode::NumberCheckDigit);
    }
}

#[test]
fn each_problem_has_its_code_and_place() {
    let long = "x".repeat(201);
    for (cells, column, code) in [
        (",NUMBER,1,,,".to_string(), "姓名", ProblemCode::NameMissing),
        ("李明,,,,,".into(), "学号", ProblemCode::NumberMissing),
        (
            "李明,11010519491231002,1,,,".into(),
            "身份证号",
            ProblemCode::NumberLength,
        ),
        (
            "李明,1101051949123100?X,1,,,".into(),
            "身份证号",
            ProblemCode::NumberCharacter,
        ),
        (
            "李明,110105194913310026,1,,,".into(),
            "身份证号",
            ProblemCode::NumberBirthDate,
        ),
        (
            "李明,010105194912310021,1,,,".into(),
            "身份证号",
            ProblemCode::NumberInvalid,
        ),
        (
            "李明,440524188001010014,1,,,".into(),
            "身份证号",
            ProblemCode::NumberInvalid,
        ),
        (
            "李明,NUMBER,1,,大概,".into(),
            "已缴费",
            ProblemCode::AnswerUnclear,
        ),
        (
            "李明,NUMBER,1,,,大概".into(),
            "可采集",
            ProblemCode::AnswerUnclear,
        ),
        (
            format!("李明,NUMBER,1,{long},,"),
            "班级",
            ProblemCode::TextTooLong,
        ),
        (
            format!("{},NUMBER,1,,,", "李".repeat(41)),
            "姓名",
            ProblemCode::TextTooLong,
        ),
        ("李\u{7}明,NUMBER,1,,,".into(), "姓名", ProblemCode::TextControl),
    ] {
        let cells = cells.replace("NUMBER", NUMBER);
        let roster = csv(&format!(
            "姓名,身份证号,学号,班级,已缴费,可采集\n\n{cells}\n好,,99,,,\n"
        ));
        let named: Vec<_> = roster
            .problems
            .iter()
            .map(|p| (p.row, p.column.as_str(), p.code))
            .collect();
        assert_eq!(named, [(3, column, code)], "{cells}");
        assert_eq!(roster.rows.len(), 1, "{cells}");
        assert!(CODES.contains(&code.code()));
        assert!(
            !roster.problems[0].to_string().contains("李明"),
            "a problem carries no personal data"
        );
    }
    let roster = csv("姓名,学号\n李明,1\n王欣怡,2\n李明,1\n");
    let problem = &roster.problems[0];
    assert_eq!(
        (roster.rows.len(), problem.row, problem.code),
        (2, 4, ProblemCode::Duplicate)
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "",
            "",
            "姓名,学号,班级",
            "",
            "李明,1,\"两行\n一格\"",
            "",
            "",
            "王欣怡,,",
            "陈思涵,,",
            "",
        ]
        .join(end);
        // The line end inside the quotes belongs to the cell, which is refused as well.
        let rows: Vec<_> = csv(&text).problems.iter().map(|p| (p.row, p.code)).collect();
        let missing = ProblemCode::NumberMissing;
        assert_eq!(
            rows,
            [(5, ProblemCode::TextControl), (8, missing), (9, missing)],
            "{end:?}"
        );
    }
}

#[test]
fn ids_stay_the_same_and_hide_the_document_number() {
    let text = format!("姓名,身份证号\n李明,{NUMBER}\n");
    let (one, two) = (csv(&text), csv(&format!("\n\n{text}王,31010120060612902X\n")));
    assert_eq!(one.rows[0].id, two.rows[0].id);
    assert_ne!(two.rows[0].id, two.rows[1].id);
    assert!(!one.rows[0].id.contains(NUMBER) && one.rows[0].id.starts_with("s1:#"));
}

#[test]
fn a_file_that_is_no_roster_is_refused_with_its_reason() {
    let fault = |bytes: &[u8], name| read(bytes, name, "s1", "").unwrap_err();
    assert_eq!(fault(b"", "a.csv"), RosterFault::NoHeadings);
    assert_eq!(
        fault("姓名,班级\n李明,1\n".as_bytes(), "a.csv"),
        RosterFault::NoHeadings
    );
    assert_eq!(fault(&[0xff, 0x00, 0x41, 0x80], "a.csv"), RosterFault::Encoding);
    assert!(matches!(
        fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls"),
        RosterFault::Unreadable(_)
    ));
    assert!(matches!(fault(b"no table", "a.dbf"), RosterFault::Unreadable(_)));
    assert!(matches!(
        fault(b"not a workbook", "a.xlsx"),
        RosterFault::Unreadable(_)
    ));
    assert!(matches!(
        fault(b"PK\x03\x04 cut", "a.xlsx"),
        RosterFault::Unreadable(_)
    ));
    assert_eq!(fault(&vec![b'x'; 33 << 20], "a.csv"), RosterFault::TooLarge);
    let many = format!("姓名,学号\n{}", "李明,1\n".repeat(200_001));
    assert_eq!(fault(many.as_bytes(), "a.csv"), RosterFault::TooManyRows);
    let bomb = {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..300 {
            zip.write_all(&zeros).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    assert!(bomb.len() < 1 << 20);
    assert_eq!(fault(&bomb, "a.xlsx"), RosterFault::TooLarge);
    for fault in [
        RosterFault::TooLarge,
        RosterFault::Password,
        RosterFault::OneRosterDelta,
        RosterFault::OneRosterIncomplete(String::new()),
        RosterFault::File(String::new()),
        RosterFault::Unreadable(String::new()),
        RosterFault::Encoding,
        RosterFault::NoHeadings,
        RosterFault::TooManyRows,
        RosterFault::HeadingsFile(String::new()),
    ] {
        assert!(CODES.contains(&fault.code()));
    }
}
