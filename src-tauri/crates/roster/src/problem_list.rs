//! Bad rows as a file that a school can work through.

use crate::fault::RowProblem;

/// The problems as CSV with a byte-order mark, which spreadsheets need to see that it is UTF-8. What a spreadsheet would
/// take for a formula is led by an apostrophe.
pub fn problem_list<'a>(problems: impl IntoIterator<Item = &'a RowProblem>) -> Vec<u8> {
    let mut text = String::from("\u{feff}sheet,row,column,heading,code,problem\r\n");
    for problem in problems {
        let row = problem.row.to_string();
        let (code, sentence) = (problem.code.code(), problem.code.sentence());
        let cells = [
            &problem.sheet,
            &row,
            &problem.letters,
            &problem.column,
            code,
            sentence,
        ];
        text += &cells.map(guarded).join(",");
        text += "\r\n";
    }
    text.into_bytes()
}

fn guarded(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemCode;

    #[test]
    fn a_heading_is_never_a_formula_and_every_row_is_one_line_of_six_cells() {
        let problem = RowProblem {
            sheet: "=cmd|' /C calc'!A0".into(),
            row: 7,
            column: "+\"姓名\",\n".into(),
            letters: "B".into(),
            code: ProblemCode::NameMissing,
        };
        let list = problem_list([&problem]);
        let text = std::str::from_utf8(&list).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let cells: Vec<&str> = row.iter().collect();
        assert_eq!(
            cells,
            [
                "'=cmd|' /C calc'!A0",
                "7",
                "B",
                "'+\"姓名\",\n",
                "name_missing",
                "no name"
            ]
        );
    }
}
