//! `station roster`.

use crate::telling::Telling;
use clap::Args;
use compose::supply;
use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};
use store::StationStore;

/// Rows that cannot be taken, and nobody agreed to leave them out.
const NOT_AGREED: i32 = 3;

/// Printed below the options.
const ROSTER_HELP: &str = "\
    A file without bad rows is merged at once. Of one with bad rows each is listed with sheet, row and \
    column, and the good ones are merged only after somebody agrees: on the terminal, or beforehand with \
    --accept-good-rows.\n\nEnds with 0 when rows were merged, 1 when the file or the store failed, 3 when \
    there are bad rows and nobody agreed: then nothing was merged.";

#[derive(Args)]
#[command(after_help = ROSTER_HELP)]
pub(crate) struct Roster {
    /// Id of the session.
    session: String,
    /// The file.
    file: PathBuf,
    /// Merge the good rows although others are bad.
    #[arg(long)]
    accept_good_rows: bool,
}

pub(crate) fn run(data: &Path, arguments: &Roster) -> anyhow::Result<()> {
    let store = StationStore::open(data)?;
    let mut telling = Telling::new();
    let read = supply::read_roster(&store, &arguments.session, &arguments.file, &mut |progress| {
        let what = match progress.step {
            roster::Step::Reading => "rows read",
            roster::Step::Checking => "rows checked",
        };
        telling.tell(what, progress.done, progress.total);
    })?;
    telling.end();
    for problem in &read.problems {
        println!("{problem}");
    }
    let bad = bad_rows(&read.problems);
    if bad > 0 && !arguments.accept_good_rows && !agreed(read.rows.len(), bad) {
        println!(
            "{bad} rows cannot be taken; nothing was merged ({} are good: --accept-good-rows)",
            read.rows.len()
        );
        std::process::exit(NOT_AGREED);
    }
    let total = read.rows.len() as u64;
    store.merge_roster_telling(&arguments.session, &read.rows, &mut |done| {
        telling.tell("rows kept", done as u64, total);
    })?;
    telling.end();
    println!("{total} students merged, {bad} rows left out");
    Ok(())
}

/// Rows with at least one problem; a row with several is one row.
fn bad_rows(problems: &[roster::RowProblem]) -> usize {
    let rows: std::collections::HashSet<_> = problems.iter().map(|p| (&p.sheet, p.row)).collect();
    rows.len()
}

/// Asks on the terminal; nobody there means no.
fn agreed(good: usize, bad: usize) -> bool {
    if !stdin().is_terminal() || !stderr().is_terminal() || good == 0 {
        return false;
    }
    let _told = write!(stderr(), "Merge the {good} good rows and leave out {bad}? [y/N] ");
    let mut answer = String::new();
    let heard = stdin().read_line(&mut answer);
    heard.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}
