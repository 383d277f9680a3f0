//! Every problem names its row, its column and what is wrong; and the words of progress on the way.

use crate::{row, xlsx};
use roster::{Progress, Step, read, read_telling};

#[test]
fn a_problem_is_told_with_row_letters_and_heading() {
    let bytes = xlsx(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.set_name("护理").unwrap();
        row(sheet, 3, &["序号", "姓名", "", "身份证号", "学号"]);
        row(sheet, 4, &["1", "李明", "", "11010519491231002", "5"]);
        row(sheet, 5, &["2", "王欣怡", "", "", ""]);
        row(sheet, 6, &["3", "", "", "", "7"]);
        sheet.write_string(3, 27, "已缴费").unwrap();
        row(sheet, 7, &["4", "陈思涵", "", "", "8"]);
        sheet.write_string(7, 27, "也许").unwrap();
        row(sheet, 8, &["5", "陈思涵", "", "", "9"]);
        row(sheet, 9, &["6", "陈思涵", "", "", "9"]);
    });
    let roster = read(&bytes, "a.xlsx", "s1", "").unwrap();
    let told: Vec<String> = roster.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "护理: row 5, column D (身份证号): a document number has 18 characters (number_length)",
            "护理: row 6, column E (学号): neither a student number nor a document number (number_missing)",
            "护理: row 7, column B (姓名): no name (name_missing)",
            "护理: row 8, column AB (已缴费): neither yes nor no (answer_unclear)",
            "护理: row 10, column E (学号): the same student stands in an earlier row (duplicate)",
        ]
    );
    assert_eq!(roster.rows.len(), 1);
}

#[test]
fn progress_only_grows_and_ends_at_the_whole() {
    let bytes = xlsx(|workbook| {
        let sheet = workbook.add_worksheet();
        row(sheet, 0, &["姓名", "学号"]);
        for n in 1..=4_500 {
            row(sheet, n, &["李明", &n.to_string()]);
        }
    });
    let mut words: Vec<Progress> = vec![];
    let roster = read_telling(&bytes, "a.xlsx", "s1", "", &mut |word| words.push(word)).unwrap();
    assert_eq!(roster.rows.len(), 4_500);
    for step in [Step::Reading, Step::Checking] {
        let done: Vec<u64> = words.iter().filter(|w| w.step == step).map(|w| w.done).collect();
        assert!(done.len() >= 4 && done.is_sorted(), "{step:?}: {done:?}");
    }
    assert!(words.iter().all(|w| w.done <= w.total));
    let last = words.last().unwrap();
    assert_eq!((last.step, last.done, last.total), (Step::Checking, 4_500, 4_500));
}
