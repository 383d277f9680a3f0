//! `station roster`.

use crate::telling::Telling;
use anyhow::{Context, bail};
use clap::Args;
use compose::supply::{self, Prepared};
use domain::roster::{GoneChoice, RosterField};
use roster::{RowProblem, TextEncoding};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};
use store::StationStore;

/// Rows that cannot be taken, and nobody agreed to leave them out; or columns that nobody knows.
const NOT_AGREED: i32 = 3;

/// Printed below the options.
const ROSTER_HELP: &str = "\
    A file without bad rows is taken at once. Of one with bad rows each is listed with sheet, row and \
    column, and the good ones are taken only after somebody agrees: on the terminal, or beforehand with \
    --accept-good-rows. Names and numbers are never printed.\n\n\
    --map gives a column a meaning: --map 学号=B, --map 姓名=C; --map =D leaves column D unread. What is given is \
    remembered for this school's next file.\n\n\
    Ends with 0 when rows were taken or shown, 1 when the file or the store failed, 3 when \
    there are bad rows and nobody agreed, or a column for name or number is missing: then nothing was taken.";

#[derive(Args)]
#[command(after_help = ROSTER_HELP)]
pub(crate) struct Roster {
    /// The file: CSV, TSV, XLSX, XLS, DBF, or a OneRoster archive.
    file: PathBuf,
    /// Id of the session.
    #[arg(long)]
    session: String,
    /// Show what the columns mean, what is wrong and what would change, and keep nothing.
    #[arg(long)]
    preview: bool,
    /// A heading, or the word of a field, and the letters of its column.
    #[arg(long, value_name = "HEADING=COLUMN")]
    map: Vec<String>,
    /// Sheet whose rows are read, by its name; instead of all visible ones with headings.
    #[arg(long)]
    sheet: Vec<String>,
    /// Encoding of the texts: utf8, gb18030, big5, utf16_le or utf16_be.
    #[arg(long)]
    encoding: Option<String>,
    /// Read rows that the spreadsheet hides as well.
    #[arg(long)]
    hidden_rows: bool,
    /// What becomes of those whom earlier files had and this one does not: keep, mark or remove.
    #[arg(long, default_value = "keep")]
    gone: String,
    /// Take the good rows although others are bad.
    #[arg(long)]
    accept_good_rows: bool,
    /// Print one JSON object instead of lines.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(data: &Path, arguments: &Roster) -> anyhow::Result<()> {
    let choice = match arguments.gone.as_str() {
        "keep" => GoneChoice::Keep,
        "mark" => GoneChoice::Mark,
        "remove" => GoneChoice::Remove,
        other => bail!("--gone takes keep, mark or remove, not {other}"),
    };
    let encoding = arguments
        .encoding
        .as_deref()
        .map(|word| TextEncoding::of_word(word).with_context(|| format!("no encoding {word}")));
    let store = StationStore::open(data)?;
    let mut telling = Telling::new();
    let mut told = |progress: roster::Progress| {
        let what = match progress.step {
            roster::Step::Reading => "rows read",
            roster::Step::Checking => "rows checked",
        };
        telling.tell(what, progress.done, progress.total);
    };
    let mut opened = supply::open_roster(
        &store,
        &arguments.session,
        &arguments.file,
        encoding.transpose()?,
        &mut told,
    )?;
    assign(&mut opened, arguments)?;
    if !opened.plan.missing().is_empty() {
        telling.end();
        show(&opened, None, arguments);
        std::process::exit(NOT_AGREED);
    }
    let prepared = supply::prepare_roster(&store, opened, &mut told)?;
    telling.end();
    let bad = station::bad_rows(&prepared.roster.problems);
    if arguments.json || arguments.preview {
        show(&prepared.opened, Some(&prepared), arguments);
    } else {
        prepared
            .roster
            .problems
            .iter()
            .for_each(|problem| println!("{problem}"));
        prepared
            .roster
            .warnings
            .iter()
            .for_each(|problem| println!("taken, but {problem}"));
    }
    if arguments.preview {
        return Ok(());
    }
    let good = prepared.roster.rows.len();
    if bad > 0 && !arguments.accept_good_rows && !agreed(good, bad) {
        if !arguments.json {
            println!("{bad} rows cannot be taken; nothing was merged ({good} are good: --accept-good-rows)");
        }
        std::process::exit(NOT_AGREED);
    }
    let mut kept = |done: usize, total: usize| telling.tell("rows kept", done as u64, total as u64);
    let counts = supply::take_roster(&store, &prepared, choice, &mut kept)?;
    telling.end();
    if !arguments.json {
        println!("{good} students merged, {bad} rows left out");
        println!(
            "new {}, changed {}, unchanged {}, gone {} (marked {}, removed {}), conflicts {}",
            counts.new,
            counts.changed,
            counts.unchanged,
            counts.gone,
            counts.marked,
            counts.removed,
            counts.conflicts
        );
    }
    Ok(())
}

/// Sheets, hidden rows and columns as the words of the command say.
fn assign(opened: &mut supply::Opened, arguments: &Roster) -> anyhow::Result<()> {
    opened.plan.hidden_rows = arguments.hidden_rows;
    if !arguments.sheet.is_empty() {
        for name in &arguments.sheet {
            opened
                .plan
                .sheets
                .iter()
                .find(|sheet| sheet.name == *name)
                .with_context(|| format!("no sheet {name}"))?;
        }
        for sheet in &mut opened.plan.sheets {
            sheet.used = arguments.sheet.contains(&sheet.name);
        }
    }
    for word in &arguments.map {
        let (heading, letters) = word
            .split_once('=')
            .with_context(|| format!("--map {word}: HEADING=COLUMN"))?;
        let field = match heading {
            "" => None,
            _ => Some(
                opened
                    .field(heading)
                    .with_context(|| format!("no field is called {heading}"))?,
            ),
        };
        // A file of one sheet is meant even when nothing in it was known.
        if opened.plan.sheets.len() == 1 {
            opened.plan.use_sheet(0, true);
        }
        let used: Vec<usize> = opened
            .plan
            .sheets
            .iter()
            .enumerate()
            .filter(|(_, sheet)| sheet.used)
            .map(|(at, _)| at)
            .collect();
        // Not counted with `any`, which would stop at the first.
        let known = used
            .into_iter()
            .filter(|at| opened.plan.assign(*at, letters, field))
            .count();
        if known == 0 {
            bail!("no used sheet has a column {letters}");
        }
    }
    Ok(())
}

/// The columns, and where there are rows what is wrong with them and what they change.
fn show(opened: &supply::Opened, prepared: Option<&Prepared>, arguments: &Roster) {
    let missing: Vec<_> = opened
        .plan
        .missing()
        .iter()
        .map(|missing| missing.code())
        .collect();
    if arguments.json {
        println!("{}", document(opened, prepared, &missing));
        return;
    }
    let encoding = opened
        .book
        .encoding()
        .map(|told| told.encoding.word())
        .unwrap_or("-");
    println!("{} (encoding {encoding})", opened.book.kind().code());
    for sheet in &opened.plan.sheets {
        let used = if sheet.used { "used" } else { "not used" };
        let hidden = if sheet.hidden { ", hidden" } else { "" };
        println!(
            "sheet {:?}: {} rows, {} of them hidden, {} deleted; {used}{hidden}",
            sheet.name, sheet.rows, sheet.hidden_rows, sheet.deleted
        );
        for column in &sheet.columns {
            let field = column.field.map_or("-", RosterField::word);
            println!(
                "  {} {:?} = {field} ({:?})",
                column.letters, column.heading, column.confidence
            );
        }
    }
    if !missing.is_empty() {
        println!(
            "missing: {}; give a column with --map, e.g. --map 姓名=A --map 学号=B",
            missing.join(", ")
        );
    }
    let Some(prepared) = prepared else { return };
    prepared
        .roster
        .problems
        .iter()
        .for_each(|problem| println!("{problem}"));
    prepared
        .roster
        .warnings
        .iter()
        .for_each(|problem| println!("taken, but {problem}"));
    let found = &prepared.difference;
    println!(
        "good {}, bad {}; new {}, changed {}, unchanged {}, gone {}, conflicts {}",
        prepared.roster.rows.len(),
        station::bad_rows(&prepared.roster.problems),
        found.new.len(),
        found.changed.len(),
        found.unchanged.len(),
        found.gone.len(),
        found.conflicts.len()
    );
    for (row, fields) in &found.changed {
        let words: Vec<_> = fields.iter().map(|field| field.word()).collect();
        println!("changed {}: {}", row.id, words.join(", "));
    }
    for gone in &found.gone {
        println!(
            "gone {}{}",
            gone.row.id,
            if gone.bound {
                " (captured: can only be marked)"
            } else {
                ""
            }
        );
    }
    for conflict in &found.conflicts {
        println!(
            "conflict {}: {:?}; left as it is",
            conflict.kept.id, conflict.kind
        );
    }
}

fn document(opened: &supply::Opened, prepared: Option<&Prepared>, missing: &[&str]) -> serde_json::Value {
    let place = |problem: &RowProblem| {
        json!({ "sheet": problem.sheet, "row": problem.row, "column": problem.letters, "heading": problem.column,
            "code": problem.code.code() })
    };
    let column = |column: &roster::ColumnPlan| {
        json!({ "column": column.letters, "heading": column.heading, "field": column.field,
            "confidence": column.confidence })
    };
    let sheets: Vec<_> = opened
        .plan
        .sheets
        .iter()
        .map(|sheet| {
            json!({ "name": sheet.name, "hidden": sheet.hidden, "used": sheet.used, "rows": sheet.rows,
                "hidden_rows": sheet.hidden_rows, "deleted": sheet.deleted,
                "columns": sheet.columns.iter().map(column).collect::<Vec<_>>() })
        })
        .collect();
    let rows = prepared.map(|prepared| {
        let found = &prepared.difference;
        let changed: BTreeMap<_, _> = found
            .changed
            .iter()
            .map(|(row, fields)| (&row.id, fields))
            .collect();
        let conflicts: BTreeMap<_, _> = found
            .conflicts
            .iter()
            .map(|conflict| (&conflict.kept.id, conflict.kind))
            .collect();
        json!({ "good": prepared.roster.rows.len(), "bad": station::bad_rows(&prepared.roster.problems),
            "problems": prepared.roster.problems.iter().map(place).collect::<Vec<_>>(),
            "warnings": prepared.roster.warnings.iter().map(place).collect::<Vec<_>>(),
            "new": found.new.iter().map(|row| &row.id).collect::<Vec<_>>(), "changed": changed,
            "unchanged": found.unchanged.len(),
            "gone": found.gone.iter().map(|gone| &gone.row.id).collect::<Vec<_>>(), "conflicts": conflicts })
    });
    json!({ "kind": opened.book.kind().code(), "sha256": opened.book.sha256(),
        "encoding": opened.book.encoding().map(|told| told.encoding), "sheets": sheets, "missing": missing, "rows": rows })
}

/// Asks on the terminal; nobody there means no.
fn agreed(good: usize, bad: u32) -> bool {
    if !stdin().is_terminal() || !stderr().is_terminal() || good == 0 {
        return false;
    }
    let _told = write!(stderr(), "Merge the {good} good rows and leave out {bad}? [y/N] ");
    let mut answer = String::new();
    let heard = stdin().read_line(&mut answer);
    heard.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}
