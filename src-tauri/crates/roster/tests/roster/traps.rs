//! What spreadsheets do to rosters.

use crate::{NUMBER, csv, row, xlsx};
use domain::identity::date::Date;
use roster::{For, ProblemCode, Roster, open, read};
use rust_xlsxwriter::{Format, Formula, Worksheet};

fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    xlsx(|workbook| fill(workbook.add_worksheet()))
}

fn named(roster: &Roster) -> Vec<(u32, &str, ProblemCode)> {
    let all = roster.problems.iter().chain(&roster.warnings);
    all.map(|p| (p.row, p.letters.as_str(), p.code)).collect()
}

#[test]
fn every_trap_is_named_or_harmless() {
    use ProblemCode as P;
    type Named = Vec<(u32, &'static str, P)>;
    type Trap = (&'static str, fn(&mut Worksheet), Named, usize);
    let traps: Vec<Trap> = vec![
        (
            "headings over two rows, merged both ways",
            |sheet| {
                let plain = Format::new();
                row(sheet, 1, &["", "身份证号", "学号", ""]);
                sheet.merge_range(0, 0, 1, 0, "姓名", &plain).unwrap();
                sheet.merge_range(0, 1, 0, 2, "证件与学籍", &plain).unwrap();
                sheet.merge_range(0, 3, 1, 3, "班级", &plain).unwrap();
                row(sheet, 2, &["李明", NUMBER, "1", "一班"]);
            },
            vec![],
            1,
        ),
        (
            "a class over its people",
            |sheet| {
                row(sheet, 0, &["姓名", "学号", "班级"]);
                row(sheet, 1, &["李明", "1"]);
                row(sheet, 2, &["王欣怡", "2"]);
                sheet.merge_range(1, 2, 2, 2, "一班", &Format::new()).unwrap();
            },
            vec![],
            2,
        ),
        (
            "a hidden row",
            |sheet| {
                row(sheet, 0, &["姓名", "学号"]);
                row(sheet, 1, &["李明", "1"]);
                row(sheet, 2, &["王欣怡", "2"]);
                sheet.set_row_hidden(2).unwrap();
            },
            vec![(3, "A", P::RowHidden)],
            1,
        ),
        (
            "a formula with its value, and one without",
            |sheet| {
                row(sheet, 0, &["姓名", "学号"]);
                row(sheet, 1, &["李明"]);
                sheet
                    .write_formula(1, 1, Formula::new("=1+1").set_result("2"))
                    .unwrap();
                row(sheet, 2, &["王欣怡"]);
                sheet.set_formula_result_default("");
                sheet
                    .write_formula(2, 1, Formula::new("=VLOOKUP(A3,B:C,2)"))
                    .unwrap();
            },
            vec![(3, "B", P::FormulaEmpty)],
            1,
        ),
        (
            "leading zeros that are gone",
            |sheet| {
                row(sheet, 0, &["姓名", "学号"]);
                for (at, number) in [
                    (1, 24_010_001.0),
                    (2, 24_010_002.0),
                    (3, 4_010_003.0),
                    (4, 24_010_004.0),
                ] {
                    row(sheet, at, &["李明"]);
                    sheet.write_number(at, 1, number).unwrap();
                }
            },
            vec![(4, "B", P::ZerosLost)],
            4,
        ),
        (
            "birth dates as serial numbers and in words",
            |sheet| {
                row(sheet, 0, &["姓名", "身份证号", "出生日期", "性别"]);
                row(sheet, 1, &["李明", NUMBER, "", "女"]);
                sheet.write_number(1, 2, 18_263.0).unwrap();
                row(sheet, 2, &["王欣怡", "31010120060612902X", "2006年6月12日", "男"]);
                row(sheet, 3, &["陈思涵", "110105200703010012", "2007-03-02", ""]);
            },
            // 18263 is 1949-12-31; the second person's number says the other sex.
            vec![(4, "C", P::NumberCheckDigit), (3, "D", P::SexDiffers)],
            2,
        ),
        (
            "full-width digits and letters",
            |sheet| {
                row(sheet, 0, &["姓名", "身份证号", "考生号"]);
                row(
                    sheet,
                    1,
                    &[
                        "李　明",
                        "１１０１０５１９４９１２３１００２ｘ",
                        "２７１１０１０１２３４５６７",
                    ],
                );
                row(sheet, 2, &["王欣怡", "", "27-1101"]);
            },
            vec![(3, "C", P::ExamNumberLength)],
            1,
        ),
        (
            "characters that a program did not know",
            |sheet| {
                row(sheet, 0, &["姓名", "学号"]);
                row(sheet, 1, &["王??", "1"]);
                row(sheet, 2, &["李\u{e863}", "2"]);
                row(sheet, 3, &["买买提·艾力", "3"]);
            },
            vec![(2, "A", P::NameReplaced), (3, "A", P::NameReplaced)],
            3,
        ),
    ];
    for (what, fill, wanted, rows) in traps {
        let roster = read(&sheet(fill), "a.xlsx", "s1", "").unwrap();
        let mut found = named(&roster);
        if what.starts_with("birth dates") {
            // The number's own fault comes first; it has no birth date to compare.
            found.retain(|(row, _, code)| (*row, *code) != (4, P::NumberCheckDigit));
            assert_eq!(found, wanted[1..], "{what}");
        } else {
            assert_eq!(found, wanted, "{what}");
        }
        assert_eq!(roster.rows.len(), rows, "{what}: {roster:?}");
    }
}

#[test]
fn a_birth_date_that_contradicts_the_number_is_named() {
    let roster = csv(&format!(
        "姓名,身份证号,出生日期\n李明,{NUMBER},1949-12-30\n王,31010120060612902X,20060612\n"
    ));
    assert_eq!(named(&roster), [(2, "C", ProblemCode::BirthDateDiffers)]);
}

#[test]
fn hidden_rows_are_read_when_somebody_says_so() {
    let bytes = sheet(|sheet| {
        row(sheet, 0, &["姓名", "学号"]);
        row(sheet, 1, &["李明", "1"]);
        sheet.set_row_hidden(1).unwrap();
    });
    let book = open(&bytes, "a.xlsx", None, &mut |_| {}).unwrap();
    let mut plan = book.propose(&Default::default());
    assert_eq!(plan.sheets[0].hidden_rows, 1);
    plan.hidden_rows = true;
    let wanted = For {
        session: "s1",
        school: "",
        today: Date::new(2026, 11, 28).unwrap(),
    };
    assert_eq!(book.read(&plan, wanted, &mut |_| {}).unwrap().rows.len(), 1);
}

#[test]
fn a_person_known_by_the_candidate_number_alone_has_an_id_of_it() {
    let roster = csv("姓名,考生号\n李明,27110101234567\n王欣怡,27110101234567\n");
    assert_eq!(roster.rows[0].id, "s1:~27110101234567");
    assert_eq!(named(&roster), [(3, "B", ProblemCode::Duplicate)]);
}
