//! The command-line program of the capture station.

mod batch;
mod care;
mod id_command;
mod packets;
mod roster_command;
mod telling;

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};
use compose::evaluate::{self, EvaluateFault, Options, Tools};
use compose::{Settings, data_folder, open_sight, specs, supply};
use domain::operator::Role;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::StationStore;

#[derive(Parser)]
#[command(
    name = "station",
    version,
    about = "Capture station: set-up and checks from the command line"
)]
struct Arguments {
    /// Data folder of the station; without it that of this user.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make standard photos from pictures, or say why not.
    Standardise(batch::Standardise),
    /// Measure finished files against a specification.
    Check(batch::Check),
    /// List the photo specifications, or explain every number of one.
    Specs {
        /// Id of one; without it all are listed.
        id: Option<String>,
        /// JSON instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Judge the quality rules on pictures against a table of what each should break.
    Evaluate {
        /// Folder of the pictures.
        #[arg(long)]
        pictures: PathBuf,
        /// The truth table: tab-separated, columns file, shows, checks_that_should_fail.
        #[arg(long)]
        truth: PathBuf,
        /// File for all figures and every picture's results.
        #[arg(long)]
        json: Option<PathBuf>,
        /// File for the page of errors; with --json, without it beside that file.
        #[arg(long)]
        html: Option<PathBuf>,
        /// Also judge mirrored, re-encoded, scaled, brighter and darker copies made in memory.
        #[arg(long)]
        copies: bool,
    },
    /// Add or replace an operator; the PIN is read from standard input.
    Operator {
        /// Short id.
        id: String,
        /// Name on screen.
        name: String,
        /// What the operator may do.
        #[arg(long, value_enum, default_value = "operator")]
        role: RoleWord,
    },
    /// Add or replace a session set-up from a TOML file.
    Session {
        /// The file.
        file: PathBuf,
    },
    /// Take a roster (CSV, XLSX, XLS, DBF, OneRoster) into a session.
    Roster(roster_command::Roster),
    /// Copy what this station keeps and still needs; it may be working meanwhile.
    Backup(care::Backup),
    /// Make a new data folder from a backup.
    Restore(care::Restore),
    /// Look whether all is well with this station.
    Doctor(care::Doctor),
    /// Lay photos out on paper with cut marks, as PDF or JPEG and to a printer.
    Sheet(compose::sheet::Arguments),
    /// Explain the number of an identity document.
    #[command(subcommand)]
    Id(id_command::Id),
    /// Show which cameras are there and what they send.
    Cameras,
    /// Have this station let in by the central server, with the one-time ticket of its administrator.
    Join {
        /// Address of the server.
        url: String,
        /// The ticket, e.g. K7QF2M9D-0123456789abcdef.
        ticket: String,
    },
    /// Look into packets, and carry them on sticks.
    #[command(subcommand)]
    Packet(packets::Packet),
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleWord {
    Operator,
    Supervisor,
}

fn main() -> anyhow::Result<()> {
    compose::log_to_stderr();
    let arguments = Arguments::parse();
    let data = arguments.data.map_or_else(data_folder, Ok)?;
    match arguments.command {
        Command::Standardise(arguments) => batch::standardise(&settings(&data), &arguments),
        Command::Check(arguments) => batch::check(&settings(&data), &arguments),
        Command::Specs { id, json } => specs(id.as_deref(), json),
        Command::Evaluate {
            pictures,
            truth,
            json,
            html,
            copies,
        } => {
            let html = html.or_else(|| json.as_ref().map(|json| json.with_extension("html")));
            let options = Options {
                pictures,
                truth,
                copies,
            };
            let ran = evaluate(
                &Settings::load(&data)?,
                &options,
                json.as_deref(),
                html.as_deref(),
            );
            match ran {
                Err(fault) if fault.is_usage() => {
                    eprintln!("{fault}");
                    std::process::exit(2);
                }
                ran => Ok(ran?),
            }
        }
        Command::Operator { id, name, role } => {
            let mut pin = String::new();
            std::io::stdin()
                .read_line(&mut pin)
                .context("the PIN is read from standard input")?;
            let role = match role {
                RoleWord::Operator => Role::Operator,
                RoleWord::Supervisor => Role::Supervisor,
            };
            Ok(supply::operator(
                &StationStore::open(&data)?,
                &id,
                &name,
                role,
                pin.trim(),
            )?)
        }
        Command::Session { file } => {
            let id = supply::session(&StationStore::open(&data)?, &file)?;
            println!("session {id} is set up");
            Ok(())
        }
        Command::Roster(arguments) => roster_command::run(&data, &arguments),
        Command::Backup(arguments) => care::backup(&data, &arguments),
        Command::Restore(arguments) => care::restore(&data, &arguments),
        Command::Doctor(arguments) => care::doctor(&settings(&data), &arguments),
        Command::Sheet(arguments) => match compose::sheet::run(&arguments, &print::Spooler::default()) {
            Ok(told) => {
                told.iter().for_each(|line| println!("{line}"));
                Ok(())
            }
            Err(fault) => {
                eprintln!("{fault} ({})\n{}", fault.code(), fault.remedy());
                std::process::exit(if fault.is_usage() { 2 } else { 1 });
            }
        },
        Command::Id(command) => id_command::run(&command),
        Command::Join { url, ticket } => packets::join(&data, &url, &ticket),
        Command::Packet(command) => packets::run(&data, &command),
        Command::Cameras => {
            for found in camera::probe(&camera::Source::Auto, Duration::from_secs(3))? {
                println!("{} ({}): {:?}", found.camera.name, found.camera.id, found.outcome);
            }
            Ok(())
        }
    }
}

/// The settings; broken ones end a batch with 2, because 1 means refused pictures.
fn settings(data: &Path) -> Settings {
    Settings::load(data).unwrap_or_else(|fault| {
        eprintln!("settings_invalid: {fault}");
        std::process::exit(2)
    })
}

fn evaluate(
    settings: &Settings,
    options: &Options,
    json: Option<&Path>,
    html: Option<&Path>,
) -> Result<(), EvaluateFault> {
    let rules = quality::Rules::strict()?;
    let specifications = photo::specification::builtin()?;
    let specification = specifications.first().ok_or(EvaluateFault::NoSpecification)?;
    let (rows, book) = evaluate::prepare(options, &rules)?;
    let mut sight = open_sight(&compose::models_folder(settings))?;
    let tools = Tools {
        sight: &mut sight,
        rules: &rules,
        specification,
    };
    let told = |done: usize, of: usize| {
        if done.is_multiple_of(10) || done == of {
            eprintln!("{done} of {of} pictures");
        }
    };
    let evaluation = evaluate::evaluate(options, rows, &book, tools, told)?;
    print!("{}", evaluation.text);
    if let Some(json) = json {
        evaluate::write(json, &serde_json::to_vec_pretty(&evaluation.document)?)?;
    }
    if let Some(html) = html {
        evaluate::write(html, evaluation.page.as_bytes())?;
    }
    Ok(())
}

fn specs(id: Option<&str>, json: bool) -> anyhow::Result<()> {
    let all = specs::explained()?;
    let Some(id) = id else {
        if json {
            println!("{}", serde_json::to_string_pretty(&all)?);
        } else {
            print!("{}", specs::list(&all));
        }
        return Ok(());
    };
    let Some(one) = all.iter().find(|one| one.id == id) else {
        eprintln!("no specification is called {id}; `station specs` lists them");
        std::process::exit(2);
    };
    if json {
        println!("{}", serde_json::to_string_pretty(one)?);
    } else {
        print!("{}", specs::page(one));
    }
    Ok(())
}
