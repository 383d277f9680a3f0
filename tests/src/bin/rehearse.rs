//! The scripted run without a window: takes sitters through the whole job and says on standard output
//! what was paid and confirmed. May be killed at any moment and started again on the same data folder.

use acceptance::reaction::{Reaction, Sitter, react};
use acceptance::{server, sitters};
use anyhow::{Context, Result, bail};
use clap::Parser;
use compose::{Desktop, Settings};
use domain::enrolment::EnrolmentState;
use station::Pace;
use station::contract::{Command, Screen};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a sitter looks for the phone, and how long the operator waits until the phone has paid.
const GLANCE: Duration = Duration::from_millis(200);

/// The scripted run without a window.
#[derive(Parser)]
struct Arguments {
    /// Data folder of the station.
    #[arg(long)]
    data: PathBuf,
    /// Folder the replay camera plays.
    #[arg(long)]
    scenes: PathBuf,
    /// Student number of a sitter on the roster; repeat for several.
    #[arg(long)]
    student: Vec<String>,
    /// At each last look: says `last look` and waits until this file is there.
    #[arg(long)]
    hold: Option<PathBuf>,
    /// After the sitters, wait until the queue is empty.
    #[arg(long)]
    drain: bool,
}

fn main() -> Result<()> {
    compose::log_to_stderr();
    let arguments = Arguments::parse();
    let settings = Settings::load(&arguments.data)?;
    let pace = Pace {
        idle: Duration::from_millis(50),
        verdicts: Duration::from_millis(500),
        least_pause: Duration::from_millis(100),
        most_pause: Duration::from_millis(400),
        most_rest: Duration::from_millis(400),
        ..Pace::default()
    };
    let desktop = match Desktop::open_at(&settings, pace) {
        Ok(desktop) => desktop,
        Err(fault) => {
            say(&format!("fault {}", fault.code()))?;
            return Err(fault.into());
        }
    };
    sitters::tell(&arguments.scenes, "play biden-right")?;
    for student_number in arguments.student {
        let sitter = Sitter::Rostered { student_number };
        serve(
            &desktop,
            &settings.central.url,
            &sitter,
            arguments.hold.as_deref(),
        )?;
    }
    if arguments.drain {
        drain(&desktop, &arguments.data)?;
    }
    Ok(())
}

/// Takes one sitter through. A sitter whose photo is already safe is passed over.
fn serve(desktop: &Desktop, central: &str, sitter: &Sitter, hold: Option<&Path>) -> Result<()> {
    let until = Instant::now() + Duration::from_secs(60);
    let (mut acted, mut paid) = (None, false);
    loop {
        if Instant::now() > until {
            bail!("stuck at {:?}", desktop.station().view().map(|v| v.screen));
        }
        std::thread::sleep(Duration::from_millis(15));
        let Some(view) = desktop.station().view() else {
            continue;
        };
        if acted == Some(view.revision) {
            continue;
        }
        if is_captured(&view.screen, sitter) {
            return Ok(());
        }
        match react(&view, sitter) {
            Reaction::Wait => continue,
            Reaction::Pay(_) if paid => {}
            Reaction::Pay(order) => {
                pay(central, &order)?;
                paid = true;
                desktop.station().dispatch(Command::AskOrder { channel: None });
            }
            Reaction::Do(command) => {
                match command {
                    Command::Confirm => wait_for_file(hold)?,
                    // The disk does not empty itself at once: an operator needs a moment between two tries.
                    Command::StoreAgain => {
                        tell_fault(&view.screen)?;
                        std::thread::sleep(Duration::from_millis(300));
                    }
                    _ => {}
                }
                desktop.station().dispatch(command);
            }
            Reaction::Finished(packet) => {
                say(&format!("confirmed {packet}"))?;
                desktop.station().dispatch(Command::Next);
                wait_for_home(desktop)?;
                return Ok(());
            }
        }
        acted = Some(view.revision);
    }
}

/// The sitter's phone pays; both moments are long enough for a kill to fall into them.
fn pay(central: &str, order: &str) -> Result<()> {
    say(&format!("ordered {order}"))?;
    std::thread::sleep(GLANCE);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(server::pay(central, order))?;
    say(&format!("paid {order}"))?;
    std::thread::sleep(GLANCE);
    Ok(())
}

fn is_captured(screen: &Screen, sitter: &Sitter) -> bool {
    let (Screen::Home(home), Sitter::Rostered { student_number }) = (screen, sitter) else {
        return false;
    };
    let done = |state| matches!(state, EnrolmentState::Captured | EnrolmentState::Approved);
    home.people
        .iter()
        .any(|person| &person.student_number == student_number && done(person.state))
}

fn tell_fault(screen: &Screen) -> Result<()> {
    match screen {
        Screen::Submitting { fault: Some(code) } => say(&format!("fault {code}")),
        _ => Ok(()),
    }
}

fn wait_for_file(hold: Option<&Path>) -> Result<()> {
    let Some(file) = hold else { return Ok(()) };
    say("last look")?;
    let until = Instant::now() + Duration::from_secs(60);
    while !file.exists() {
        if Instant::now() > until {
            bail!("{} did not come", file.display());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn wait_for_home(desktop: &Desktop) -> Result<()> {
    let until = Instant::now() + Duration::from_secs(5);
    while Instant::now() < until {
        let view = desktop.station().view().context("no view")?;
        if matches!(view.screen, Screen::Home(_)) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    bail!("the roster did not come back");
}

fn drain(desktop: &Desktop, data: &Path) -> Result<()> {
    let until = Instant::now() + Duration::from_secs(60);
    while Instant::now() < until {
        let tally = desktop.store().tally()?;
        if tally.waiting + tally.sending + tally.attention == 0 {
            return say(&format!("drained {}", tally.acknowledged));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    bail!(
        "the queue of {} did not empty: {:?}",
        data.display(),
        desktop.store().queue(10)?
    );
}

/// A line that a reader at the other end of a pipe sees at once.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
