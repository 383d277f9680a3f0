//! Packets from the command line: looking into one, and carrying many on a stick.

use crate::desktop::{signer, station_clock};
use crate::{Settings, link};
use domain::Moment;
use domain::port::{Carried, CentralFault, Delivery, StickFault, StoreFault};
use domain::queue::{QueueEntry, QueueState};
use packet::Acknowledgement;
use std::path::Path;
use sticks::{Bundle, Carrier};
use store::StationStore;

/// Why packets could not be carried.
#[derive(Debug, thiserror::Error)]
pub enum ByHandFault {
    /// The store; a station that runs on the folder carries its packets itself (F8, U).
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The stick.
    #[error(transparent)]
    Stick(#[from] StickFault),
    /// The central server does not answer at all: nothing further is tried.
    #[error(transparent)]
    Central(#[from] CentralFault),
}

/// Takes the acknowledgements on a stick and writes what waits there, as the window does; the acknowledgements
/// given back are the ones that were proved and kept.
pub fn carry(
    settings: &Settings,
    stick: &Path,
    progress: &mut dyn FnMut(usize),
) -> Result<Carried, ByHandFault> {
    let store = StationStore::open(&settings.data)?;
    let central = link::open(settings);
    let mut carrier = Carrier::new(
        settings.station.id.clone(),
        signer(&settings.data)?,
        jiff::Timestamp::now,
    );
    Ok(station::carry(
        &store,
        &mut carrier,
        central.as_ref(),
        station_clock,
        &stick.to_string_lossy(),
        progress,
    )?)
}

/// One packet of a stick that was relayed, or was not.
#[derive(Debug)]
pub struct Relayed {
    /// Station it comes from.
    pub station: String,
    /// Its id; empty when a whole folder cannot be believed.
    pub packet: String,
    /// What became of it.
    pub outcome: Result<(), ByHandFault>,
}

/// Sends what other stations left on a stick from here, and writes the server's acknowledgements beside it for them
/// to find. Idempotent: what the server has already is acknowledged again. The packets never become this station's.
pub fn relay(
    settings: &Settings,
    stick: &Path,
    told: &mut dyn FnMut(&Relayed),
) -> Result<Vec<Relayed>, ByHandFault> {
    let mut central = link::open(settings);
    central.answers()?;
    let mut all = Vec::new();
    let mut done = |relayed: Relayed| {
        told(&relayed);
        all.push(relayed);
    };
    for sticks::Found {
        name: station,
        bundle,
    } in sticks::bundles(stick)?
    {
        let bundle = match bundle {
            Ok(bundle) => bundle,
            Err(fault) => {
                done(Relayed {
                    station,
                    packet: String::new(),
                    outcome: Err(fault.into()),
                });
                continue;
            }
        };
        let mut receipts: Vec<Acknowledgement> = Vec::new();
        let mut broken = None;
        for entry in &bundle.index().packets {
            let outcome = send(central.as_mut(), &bundle, entry);
            let outcome = outcome.map(|receipt| receipts.push(receipt));
            if let Err(ByHandFault::Central(fault)) = &outcome
                && fault.of_link()
            {
                broken = Some(fault.clone());
            }
            done(Relayed {
                station: station.clone(),
                packet: entry.packet_id.to_string(),
                outcome,
            });
            if broken.is_some() {
                break;
            }
        }
        bundle.keep_receipts(&receipts)?;
        if let Some(fault) = broken {
            return Err(fault.into());
        }
    }
    Ok(all)
}

fn send(
    central: &mut dyn domain::port::Central,
    bundle: &Bundle,
    entry: &packet::BundleEntry,
) -> Result<Acknowledgement, ByHandFault> {
    let sealed = bundle.sealed(entry)?;
    let queued = QueueEntry {
        packet: entry.packet_id.to_string(),
        enrolment: String::new(),
        session: String::new(),
        state: QueueState::Sending,
        sha256: entry.sha256.clone(),
        size: entry.size,
        stored_at: Moment(0),
        attempts: 0,
        next_attempt_at: Moment(0),
        last_fault: None,
        failed_at: None,
        upload_url: None,
        confirmed_bytes: 0,
        order: None,
        retake_of: None,
        acknowledged_at: None,
        exported_at: None,
        withdrawal: None,
        verdict: None,
    };
    let received = central.deliver(Delivery {
        entry: &queued,
        sealed: &sealed,
        progress: &mut |_, _| Ok(()),
    })?;
    serde_json::from_str(&received.acknowledgement)
        .map_err(|e| CentralFault::Acknowledgement(e.to_string()).into())
}
