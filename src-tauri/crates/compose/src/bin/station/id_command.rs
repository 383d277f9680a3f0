//! `station id`.

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::identity::DocumentKind;
use domain::identity::date::Date;

/// Printed below the options.
const CHECK_HELP: &str = "\
    A number is personal data: it is printed because it was asked for, and kept nowhere. The lines of a passport's \
    machine-readable zone are given as one argument.\n\nEnds with 0 for a number that is right (an expired document's is), \
    1 for one that is not, 2 when a date or a kind cannot be read.";

#[derive(Subcommand)]
pub(crate) enum Id {
    /// Say of a number what kind it is and what it carries, or what is wrong with it.
    Check(Check),
}

#[derive(Args)]
#[command(after_help = CHECK_HELP)]
pub(crate) struct Check {
    /// The number.
    number: String,
    /// Kind it is said to be, e.g. `passport`; without it that which it looks like.
    #[arg(long)]
    kind: Option<String>,
    /// Day it is judged on, e.g. `2026-11-24`; without it today.
    #[arg(long)]
    today: Option<String>,
    /// JSON instead of text.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(command: &Id) -> anyhow::Result<()> {
    let Id::Check(check) = command;
    let (kind, today) = match read(check) {
        Ok(read) => read,
        Err(fault) => {
            eprintln!("{fault}");
            std::process::exit(2);
        }
    };
    let explained = compose::id::explain(&check.number, kind, today);
    if check.json {
        println!("{}", serde_json::to_string_pretty(&explained)?);
    } else {
        println!("{}", explained.text());
    }
    if !explained.valid {
        std::process::exit(1);
    }
    Ok(())
}

fn read(check: &Check) -> anyhow::Result<(Option<DocumentKind>, Date)> {
    let kind = check.kind.as_deref().map(|code| {
        let codes = DocumentKind::ALL.map(DocumentKind::code).join(", ");
        DocumentKind::of_code(code).with_context(|| format!("{code} is no kind; there are: {codes}"))
    });
    let today = match &check.today {
        Some(text) => Date::read(text).with_context(|| format!("{text} is no day, e.g. 2026-11-24"))?,
        None => {
            let day = jiff::Timestamp::now()
                .to_zoned_datetime(jiff::tz::TimeZone::system())
                .date();
            let part = |n: i8| u8::try_from(n).unwrap_or(1);
            let year = u16::try_from(day.year()).unwrap_or(1970);
            Date::new(year, part(day.month()), part(day.day())).unwrap_or(Date::EPOCH)
        }
    };
    Ok((kind.transpose()?, today))
}
