//! Driving a station from what is on its screen.

use crate::booth::{Booth, PATIENCE, wait_for};
use acceptance::reaction::{Reaction, Sitter, react};
use anyhow::{Context, Result, bail};
use compose::Desktop;
use domain::port::Store;
use domain::queue::QueueEntry;
use station::contract::{Command, Screen, StationView};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Takes a sitter on until `until` holds, and gives the view in which it does.
pub(crate) fn drive(
    booth: &Booth,
    desktop: &Desktop,
    sitter: &Sitter,
    until: impl Fn(&StationView) -> bool,
) -> Result<StationView> {
    let end = Instant::now() + PATIENCE;
    let (mut acted, mut paid) = (None, HashSet::new());
    loop {
        let Some(view) = desktop.station().view() else {
            continue;
        };
        if until(&view) {
            return Ok(view);
        }
        if Instant::now() > end {
            bail!("stuck at {:?} with {:?}", view.screen, view.notice);
        }
        if acted != Some(view.revision) {
            match react(&view, sitter) {
                Reaction::Wait => {}
                Reaction::Do(command) => {
                    desktop.station().dispatch(command);
                    acted = Some(view.revision);
                }
                Reaction::Pay(order) => {
                    if paid.insert(order.clone()) {
                        booth.central()?.pay(&order)?;
                    }
                }
                Reaction::Finished(packet) => bail!("packet {packet} was stored too early"),
            }
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Takes a sitter through to a stored packet and gives its id.
pub(crate) fn serve(booth: &Booth, desktop: &Desktop, sitter: &Sitter) -> Result<String> {
    let view = drive(booth, desktop, sitter, |view| {
        matches!(view.screen, Screen::Done { .. })
    })?;
    match view.screen {
        Screen::Done { packet, .. } => Ok(packet),
        other => bail!("not done: {other:?}"),
    }
}

/// Gives a command and waits until `until` holds.
pub(crate) fn give(
    desktop: &Desktop,
    command: Command,
    what: &str,
    until: impl Fn(&StationView) -> bool,
) -> Result<StationView> {
    desktop.station().dispatch(command);
    watch(desktop, what, until)
}

/// Waits until `until` holds.
pub(crate) fn watch(
    desktop: &Desktop,
    what: &str,
    until: impl Fn(&StationView) -> bool,
) -> Result<StationView> {
    let seen = || Ok(desktop.station().view().filter(&until));
    wait_for(what, PATIENCE, seen).with_context(|| format!("on screen: {:?}", desktop.station().view()))
}

/// Gives a command that must be refused with this code.
pub(crate) fn refused(desktop: &Desktop, command: Command, code: &str) -> Result<()> {
    let told = |view: &StationView| view.notice.as_ref().is_some_and(|n| n.code == code);
    give(desktop, command, code, told).map(drop)
}

/// Back from the last page to the roster.
pub(crate) fn next(desktop: &Desktop) -> Result<()> {
    give(desktop, Command::Next, "the roster", |view| {
        matches!(view.screen, Screen::Home(_))
    })
    .map(drop)
}

/// A still with its checks is on screen.
pub(crate) fn reviewed(view: &StationView) -> bool {
    matches!(&view.screen, Screen::Review(page) if !page.assessing)
}

/// One packet in the queue.
pub(crate) fn entry(store: &dyn Store, packet: &str) -> Result<QueueEntry> {
    let found = store
        .queue(1_000)?
        .into_iter()
        .find(|entry| entry.packet == packet);
    found.with_context(|| format!("packet {packet} is not in the queue"))
}

/// Waits until so many packets are acknowledged and none is under way.
pub(crate) fn delivered(desktop: &Desktop, count: u32) -> Result<()> {
    wait_for(&format!("{count} acknowledgements"), PATIENCE, || {
        let tally = desktop.store().tally()?;
        let rest = tally.waiting + tally.sending + tally.attention + tally.held;
        Ok((tally.acknowledged == count && rest == 0).then_some(()))
    })
    .with_context(|| format!("{:?}", desktop.store().queue(20)))
}
