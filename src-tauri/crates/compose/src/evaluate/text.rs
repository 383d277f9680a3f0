//! The evaluation as text.

use super::copies::Change;
use super::derived::{DerivedCopy, ReasonSeen};
use super::document::{Copies, Document};
use super::overall::{Groups, Overall, Share};
use std::collections::BTreeMap;
use std::fmt::{Display, Write};

/// Files named behind a figure; the document has them all.
const MOST_NAMED: usize = 12;

/// Writes the tables and figures.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    rules(&mut out, document);
    codes(&mut out, document);
    derived(&mut out, &document.derived);
    if let Some(made) = &document.copies {
        copies(&mut out, made);
    }
    figures(&mut out, document);
    out
}

/// A line; writing to a string cannot fail.
fn line(out: &mut String, text: impl Display) {
    let _ = writeln!(out, "{text}");
}

fn rules(out: &mut String, document: &Document) {
    line(
        out,
        format_args!(
            "{:<18} {:<8} {:>9} {:>6} {:>5} {:>6} {:>6} | {:>9} {:>6} {:>6} | precision",
            "rule", "force", "positives", "caught", "asked", "missed", "n/a", "negatives", "false", "n/a"
        ),
    );
    for row in &document.rules {
        let t = &row.tally;
        let precision = row
            .precision
            .map_or_else(|| "-".to_owned(), |p| format!("{p:.2}"));
        line(
            out,
            format_args!(
                "{:<18} {:<8} {:>9} {:>6} {:>5} {:>6} {:>6} | {:>9} {:>6} {:>6} | {precision}{}",
                row.rule,
                format!("{:?}", row.force).to_lowercase(),
                t.positives,
                t.caught,
                t.asked,
                t.missed,
                t.not_assessed,
                t.negatives,
                t.false_alarms,
                t.negatives_not_assessed,
                if row.imprecise { "  < 0.90" } else { "" }
            ),
        );
    }
}

fn codes(out: &mut String, document: &Document) {
    line(
        out,
        format_args!(
            "\n{:<28} {:<8} {:>9} {:>6} {:>5} {:>6} {:>6} {:>5}",
            "code", "kind", "positives", "caught", "asked", "missed", "n/a", "open"
        ),
    );
    for row in &document.codes {
        let t = &row.tally;
        line(
            out,
            format_args!(
                "{:<28} {:<8} {:>9} {:>6} {:>5} {:>6} {:>6} {:>5}",
                row.code,
                format!("{:?}", row.kind).to_lowercase(),
                t.positives,
                t.caught,
                t.asked,
                t.missed,
                t.not_assessed,
                row.open
            ),
        );
    }
}

fn derived(out: &mut String, copies: &[DerivedCopy]) {
    if copies.is_empty() {
        return;
    }
    line(
        out,
        "\nderived copies: reason, rules added beyond reason and companions",
    );
    for copy in copies {
        let reason = match (copy.source.is_some(), copy.reason) {
            (false, _) => "source not in the table",
            (true, ReasonSeen::Added) => "added",
            (true, ReasonSeen::OnSource) => "on the source already",
            (true, ReasonSeen::Missing) => "MISSING",
            (true, ReasonSeen::None) => "none to add",
        };
        line(
            out,
            format_args!("  {:<28} {reason:<22} {}", copy.file, listed(&copy.foreign, " ")),
        );
    }
    let count = |holds: fn(&DerivedCopy) -> bool| copies.iter().filter(|copy| holds(copy)).count();
    line(
        out,
        format_args!(
            "  {} of {} lack their reason, {} add something else",
            count(|copy| copy.reason == ReasonSeen::Missing),
            copies.len(),
            count(|copy| !copy.foreign.is_empty())
        ),
    );
}

fn copies(out: &mut String, made: &Copies) {
    line(
        out,
        "\ncopies made in memory: verdicts changed (of those, counting)",
    );
    for (copy, number) in &made.made {
        let of: Vec<&Change> = made
            .changes
            .iter()
            .filter(|change| change.copy == *copy)
            .collect();
        let counting = of.iter().filter(|change| change.counts).count();
        line(
            out,
            format_args!(
                "  {copy:<10} {number:>4} copies, {:>4} changed ({counting})",
                of.len()
            ),
        );
        let mut by_rule: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in of.iter().filter(|change| !change.natural) {
            by_rule.entry(&change.rule).or_default().push(change);
        }
        for (rule, changes) in by_rule {
            let counting: Vec<&&Change> = changes.iter().filter(|change| change.counts).collect();
            line(
                out,
                format_args!("    {rule:<18} {:>4} ({})", changes.len(), counting.len()),
            );
            for change in counting {
                line(out, format_args!("      {}", described(change)));
            }
        }
    }
    line(
        out,
        format_args!("  angles moved too far by a mirror: {}", made.angles.len()),
    );
    for angle in &made.angles {
        line(
            out,
            format_args!(
                "    {:<28} {:<12} {:>7.2} {:>7.2}",
                angle.file, angle.angle, angle.value, angle.copy_value
            ),
        );
    }
}

fn described(change: &Change) -> String {
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| format!("{v:.3}"));
    format!(
        "{:<28} {:?} {} -> {:?} {}",
        change.file,
        change.was,
        number(change.value),
        change.became,
        number(change.copy_value)
    )
}

fn figures(out: &mut String, document: &Document) {
    let Overall {
        accepted_bad,
        bad_stopped_for_their_fault,
        bad_stopped_unassessed,
        accepted_faulty,
        stopped_good,
        stopped_good_by,
        by_group,
        by_sex,
        smiling_caught,
        neutral_flagged,
        ticks_given,
        still_checks_ms,
    } = &document.overall;
    line(
        out,
        format_args!(
            "\n{} rows, {} files missing, {} refused",
            document.rows,
            document.missing_files.len(),
            document.refused.len()
        ),
    );
    for file in &document.missing_files {
        line(out, format_args!("  missing: {file}"));
    }
    for (file, code) in &document.refused {
        line(out, format_args!("  refused: {file} ({code})"));
    }
    share(out, "accepted_bad", accepted_bad, true);
    share(
        out,
        "  stopped for a fault they name",
        bad_stopped_for_their_fault,
        false,
    );
    share(
        out,
        "  stopped only by what was not assessed",
        bad_stopped_unassessed,
        true,
    );
    share(out, "accepted with any face fault", accepted_faulty, false);
    share(out, "stopped_good", stopped_good, false);
    for stopped in stopped_good_by {
        let blind = stopped.not_assessed.iter().map(|rule| format!("{rule}(n/a)"));
        let by: Vec<String> = stopped.by.iter().cloned().chain(blind).collect();
        line(out, format_args!("  {:<28} {}", stopped.file, by.join(" ")));
    }
    groups(out, "by group", by_group);
    groups(out, "by sex", by_sex);
    share(out, "smiling caught", smiling_caught, false);
    share(out, "neutral flagged", neutral_flagged, true);
    let ticks: Vec<String> = ticks_given
        .iter()
        .map(|(tick, n)| format!("{tick} {n}"))
        .collect();
    line(
        out,
        format_args!("ticks taken as given on good portraits: {}", listed(&ticks, ", ")),
    );
    let imprecise = document.rules.iter().filter(|rule| rule.imprecise);
    let imprecise: Vec<String> = imprecise.map(|rule| rule.rule.clone()).collect();
    line(
        out,
        format_args!(
            "gating rules right less than 9 in 10: {}",
            listed(&imprecise, ", ")
        ),
    );
    line(
        out,
        format_args!(
            "still_checks_ms: median {:.1}, most {:.1}",
            still_checks_ms.median, still_checks_ms.most
        ),
    );
}

fn share(out: &mut String, name: &str, share: &Share, named: bool) {
    let mut text = format!("{name}: {} of {}", share.count, share.of);
    if share.of > 0 {
        let _ = write!(text, " ({:.1} %)", share.rate() * 100.0);
    }
    if named && share.count > 0 {
        let first: Vec<String> = share.files.iter().take(MOST_NAMED).cloned().collect();
        let more = if share.files.len() > MOST_NAMED {
            " …"
        } else {
            ""
        };
        let _ = write!(text, ": {}{more}", first.join(" "));
    }
    line(out, text);
}

fn groups(out: &mut String, name: &str, groups: &Groups) {
    if groups.rates.is_empty() {
        return;
    }
    let rates = groups.rates.iter();
    let rates: Vec<String> = rates
        .map(|(word, share)| format!("{word} {} of {}", share.count, share.of))
        .collect();
    let difference = groups.largest_difference.map_or_else(
        || "fewer than two groups of five".to_owned(),
        |d| format!("largest difference {:.1} %", d * 100.0),
    );
    line(out, format_args!("  {name}: {} ({difference})", rates.join(", ")));
}

fn listed(words: &[String], between: &str) -> String {
    if words.is_empty() {
        "-".to_owned()
    } else {
        words.join(between)
    }
}
