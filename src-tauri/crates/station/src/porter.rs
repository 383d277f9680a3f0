//! The worker that carries packets on sticks and makes papers. Only a verified acknowledgement changes what the queue says.

use crate::event::Event;
use domain::Moment;
use domain::port::{
    Carried, Central, Papers, ReceiptPaper, SheetPaper, StickFault, Sticks, Store, StoreFault,
};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

/// What the porter is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Load {
    /// Which sticks are there?
    Look,
    /// Take what lies on this one, and write what waits.
    Carry(String),
    /// Make a receipt.
    Receipt(Box<ReceiptPaper>),
    /// Make the sheet of a day.
    Sheet(Box<SheetPaper>),
}

pub(crate) struct Porter {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sticks: Box<dyn Sticks>,
    /// Only asked whether an acknowledgement is the server's.
    pub(crate) central: Box<dyn Central>,
    pub(crate) papers: Box<dyn Papers>,
    pub(crate) clock: fn() -> Moment,
    pub(crate) facts: Sender<Event>,
}

impl Porter {
    /// Runs until the station hangs up.
    pub(crate) fn run(mut self, loads: &Receiver<Load>) {
        while let Ok(load) = loads.recv() {
            let fact = match load {
                Load::Look => Event::Sticks(self.sticks.present()),
                Load::Carry(path) => {
                    let outcome = self.carry(&path);
                    if let Err(fault) = &outcome {
                        tracing::error!(code = fault.code(), %fault, "the stick");
                    }
                    Event::Carried { path, outcome }
                }
                Load::Receipt(paper) => Event::Papered(self.papers.receipt(&paper).map(|file| vec![file])),
                Load::Sheet(paper) => Event::Papered(self.papers.sheet(&paper)),
            };
            if self.facts.send(fact).is_err() || self.facts.send(Event::QueueChanged).is_err() {
                return;
            }
        }
    }

    fn carry(&mut self, path: &str) -> Result<Carried, StickFault> {
        let facts = self.facts.clone();
        let mut progress = |written: usize| {
            // Whoever asked may have gone; the stick is written to its end all the same.
            let _ = facts.send(Event::Carrying(u32::try_from(written).unwrap_or(u32::MAX)));
        };
        carry(
            self.store.as_ref(),
            self.sticks.as_mut(),
            self.central.as_ref(),
            self.clock,
            path,
            &mut progress,
        )
    }
}

/// Takes the acknowledgements that lie on the stick at `path`, then writes what waits there. The acknowledgements given
/// back are those that proved themselves and were kept; `progress` is told how many packets were written.
///
/// # Errors
/// [`StickFault`]; what was written and kept before it stays so.
pub fn carry(
    store: &dyn Store,
    sticks: &mut dyn Sticks,
    central: &dyn Central,
    clock: fn() -> Moment,
    path: &str,
    progress: &mut dyn FnMut(usize),
) -> Result<Carried, StickFault> {
    let entries = store.unacknowledged().map_err(unreadable)?;
    let mut sealed = |packet: &str| store.sealed(packet).map_err(unreadable);
    let mut carried = sticks.carry(path, &entries, &mut sealed, progress)?;
    let now = clock();
    let found = std::mem::take(&mut carried.acknowledgements);
    for (packet, acknowledgement) in found {
        if kept(store, central, &packet, &acknowledgement, now).map_err(unreadable)? {
            carried.acknowledgements.push((packet, acknowledgement));
        } else {
            carried.refused += 1;
        }
    }
    store.note_exported(&carried.written, now).map_err(unreadable)?;
    Ok(carried)
}

/// True when the acknowledgement is the server's, for exactly the packet that lies here.
fn kept(
    store: &dyn Store,
    central: &dyn Central,
    packet: &str,
    acknowledgement: &str,
    now: Moment,
) -> Result<bool, StoreFault> {
    let Some(entry) = store.packet(packet)? else {
        return Ok(false);
    };
    if let Err(fault) = central.check_acknowledgement(&entry, acknowledgement) {
        tracing::error!(packet, %fault, "an acknowledgement on a stick");
        return Ok(false);
    }
    store.acknowledge(packet, acknowledgement, now)?;
    tracing::info!(packet, "acknowledged by hand");
    Ok(true)
}

fn unreadable(fault: StoreFault) -> StickFault {
    match fault {
        StoreFault::PacketDamaged(packet) => StickFault::PacketDamaged(packet),
        other => StickFault::Failed(other.to_string()),
    }
}
