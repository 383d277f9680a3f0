//! The station that sees nothing, as a program: photographs people one after the other, sends what waits, and says
//! on standard output what is so. May be killed at any moment and started again on the same data folder.
//!
//! `opened WAITING ATTENTION ACKNOWLEDGED`: what the store counts at the start, on the way included in waiting;
//! `confirmed PACKET`: the store has said that it is durable; `fault CODE`: the store refused;
//! `drained ACKNOWLEDGED ATTENTION`: nothing waits any more, and the operator's screen says the same.

use acceptance::blind::{self, Capture};
use acceptance::seed;
use anyhow::{Result, ensure};
use clap::Parser;
use compose::Settings;
use domain::enrolment::EnrolmentState;
use domain::port::{Store, StoreFault};
use station::Station;
use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The station that sees nothing.
#[derive(Parser)]
struct Arguments {
    /// Data folder of the station.
    #[arg(long)]
    data: PathBuf,
    /// Photographs the first so many people; whoever is photographed already is passed over.
    #[arg(long, default_value_t = 0)]
    people: u32,
    /// Bytes of an original.
    #[arg(long, default_value_t = 1_000)]
    bytes: usize,
    /// Every so many milliseconds.
    #[arg(long, default_value_t = 0)]
    every: u64,
    /// Every so many people are retakes of a photo that is not here.
    #[arg(long, default_value_t = 0)]
    retakes: u32,
    /// A packet that is refused is stored again, at most so many times.
    #[arg(long, default_value_t = 0)]
    again: u32,
    /// Nothing is sent.
    #[arg(long)]
    offline: bool,
    /// Photographs first and then sends; else both go on at the same time.
    #[arg(long)]
    in_turn: bool,
    /// Waits at the end until nothing is left to send.
    #[arg(long)]
    drain: bool,
    /// Does not end by itself.
    #[arg(long)]
    stay: bool,
}

fn main() -> Result<()> {
    compose::log_to_stderr();
    let arguments = Arguments::parse();
    let settings = Settings::load(&arguments.data)?;
    let store = match seed::open_store(&arguments.data) {
        Ok(store) => Arc::new(store),
        Err(fault) => {
            let code = fault
                .downcast_ref::<StoreFault>()
                .map_or("none", StoreFault::code);
            say(&format!("fault {code}"))?;
            return Err(fault);
        }
    };
    // The key is drawn before anything is promised, as the station does it.
    if let Err(fault) = store::station_seed(&arguments.data) {
        say(&format!("fault {}", fault.code()))?;
        return Err(fault.into());
    }
    let tally = store.tally()?;
    say(&format!(
        "opened {} {} {}",
        tally.waiting + tally.sending,
        tally.attention,
        tally.acknowledged
    ))?;
    let start = || blind::start(&settings, Arc::clone(&store) as Arc<dyn Store>, blind::HURRY);
    let sends = !arguments.offline;
    let early = (sends && !arguments.in_turn).then(start).transpose()?;
    photograph(&arguments, &settings, store.as_ref())?;
    let station = match early {
        None if sends => Some(start()?),
        other => other,
    };
    if let (Some(station), true) = (&station, arguments.drain) {
        drain(store.as_ref(), station)?;
    }
    if arguments.stay {
        loop {
            std::thread::park();
        }
    }
    Ok(())
}

fn photograph(arguments: &Arguments, settings: &Settings, store: &dyn Store) -> Result<()> {
    let anybody = blind::person(0);
    let known = store.people(&anybody.session, &anybody.class_name)?;
    let mut done: HashSet<_> = known
        .into_iter()
        .filter(|person| person.state != EnrolmentState::ToCapture)
        .map(|person| person.id)
        .collect();
    for number in 1..=arguments.people {
        if done.remove(&blind::person(number).id) {
            continue;
        }
        let is_retake = arguments.retakes > 0 && number % arguments.retakes == 0;
        let retake_of = is_retake.then(Uuid::now_v7);
        let now = compose::station_clock();
        let capture = Capture::take(settings, number, arguments.bytes, retake_of, now)?;
        let mut tries = 0;
        loop {
            let kept = store
                .keep_provisional(&capture.person)
                .and_then(|()| store.enqueue(&capture.packet));
            match kept {
                Ok(()) => break say(&format!("confirmed {}", capture.packet.packet))?,
                Err(fault) => say(&format!("fault {}", fault.code()))?,
            }
            tries += 1;
            if tries > arguments.again {
                break;
            }
        }
        std::thread::sleep(Duration::from_millis(arguments.every));
    }
    Ok(())
}

/// Waits until nothing is left to send, and until the screen says so.
fn drain(store: &dyn Store, station: &Station) -> Result<()> {
    let mut moved = (Instant::now(), u32::MAX);
    loop {
        let tally = store.tally()?;
        let left = tally.waiting + tally.sending;
        let screen = station.view().map(|view| view.queue);
        let same = screen.is_some_and(|queue| {
            (queue.waiting + queue.sending, queue.attention, queue.acknowledged)
                == (left, tally.attention, tally.acknowledged)
        });
        if left == 0 && same {
            return say(&format!("drained {} {}", tally.acknowledged, tally.attention));
        }
        if moved.1 != left {
            moved = (Instant::now(), left);
        }
        ensure!(
            moved.0.elapsed() < Duration::from_secs(60),
            "{left} do not go: {tally:?}, {:?}",
            store.queue(3)?
        );
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A line that a reader at the other end of a pipe sees at once.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
