//! A server, or somebody in between, that answers nonsense.

use crate::booth::{Booth, PATIENCE, wait_for};
use crate::desk::{delivered, drive, entry, give};
use acceptance::reaction::Sitter;
use anyhow::{Result, bail};
use central::{Fault, FaultKind, Target};
use domain::queue::QueueState;
use station::contract::{Command, Screen};

#[test]
fn nothing_counts_as_received_and_the_queue_waits() -> Result<()> {
    for kind in [FaultKind::Nonsense, FaultKind::OtherJson] {
        let booth = Booth::open()?;
        let desktop = booth.desktop()?;
        booth.camera("play biden-right")?;
        let sitter = Sitter::Rostered {
            student_number: "24010001".into(),
        };
        drive(&booth, &desktop, &sitter, |view| {
            matches!(view.screen, Screen::LastLook(_))
        })?;
        booth.central()?.inject(Fault {
            target: Target::Any,
            times: u32::MAX,
            kind: kind.clone(),
        });
        let done = give(&desktop, Command::Confirm, "the packet", |view| {
            matches!(view.screen, Screen::Done { .. })
        })?;
        let Screen::Done { packet, .. } = done.screen else {
            bail!("not done")
        };
        let told = wait_for("the fault", PATIENCE, || {
            let entry = entry(desktop.store(), &packet)?;
            if entry.state == QueueState::Acknowledged {
                bail!("acknowledged although the server spoke nonsense");
            }
            // The packet met it, or a question before the packet did and the whole link rests.
            let link = desktop.station().view().and_then(|view| view.queue.link_fault);
            Ok(entry.last_fault.or(link))
        })?;
        assert_eq!(told, "server_nonsense", "{kind:?}");
        assert_eq!(booth.central()?.packets()?.len(), 0, "{kind:?}");
        booth.central()?.heal();
        delivered(&desktop, 1)?;
        assert_eq!(booth.central()?.packets()?.len(), 1, "{kind:?}");
    }
    Ok(())
}
