//! Rows of a roster that were not taken, kept to be shown.

use crate::contract::RosterProblem;

/// Rows listed for a session; of more only the number is kept.
const MOST_LISTED: usize = 200;

/// What a session's roster had that could not be taken, when it last came.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct BadRows {
    pub(crate) listed: Vec<RosterProblem>,
    pub(crate) total: u32,
}

impl BadRows {
    /// From the problems of a batch, each `row: code`.
    pub(crate) fn new(problems: &[String]) -> Self {
        Self {
            listed: problems.iter().take(MOST_LISTED).map(|p| read(p)).collect(),
            total: u32::try_from(problems.len()).unwrap_or(u32::MAX),
        }
    }
}

/// A problem of another form keeps its text as the code and has no row: it is shown all the same.
fn read(problem: &str) -> RosterProblem {
    let parts = problem.split_once(": ");
    let known = parts.and_then(|(row, code)| Some((row.trim().parse().ok()?, code.trim())));
    let (row, code) = known.unwrap_or((0, problem));
    RosterProblem {
        row,
        code: code.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_problem_is_dropped_without_a_word() {
        let problem = |row, code: &str| RosterProblem {
            row,
            code: code.to_string(),
        };
        let said = [
            "2: unreadable",
            "17: document_number",
            "the whole file",
            "x: name",
        ];
        let bad = BadRows::new(&said.map(str::to_string));
        assert_eq!(
            bad.listed,
            [
                problem(2, "unreadable"),
                problem(17, "document_number"),
                problem(0, "the whole file"),
                problem(0, "x: name"),
            ]
        );
        assert_eq!(bad.total, 4);
    }

    #[test]
    fn a_roster_of_nothing_but_problems_is_counted_whole_and_listed_in_part() {
        let many: Vec<String> = (1..=5_000).map(|row| format!("{row}: name")).collect();
        let bad = BadRows::new(&many);
        assert_eq!((bad.listed.len(), bad.total), (MOST_LISTED, 5_000));
        assert_eq!(bad.listed[199].row, 200);
    }
}
