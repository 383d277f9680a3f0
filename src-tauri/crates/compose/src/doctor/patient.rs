//! What the checks look at, gathered once.

use super::{DoctorFault, Limits};
use crate::{Settings, link};
use domain::Moment;
use domain::port::{Central, CentralFault, StoreFault};
use store::inspect::{Inspection, PacketHealth, Soundness, in_use};

/// What the central server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// None is set.
    Unset,
    /// It answered and proved itself; its time.
    Answers(Moment),
    /// It did not.
    Fault(CentralFault),
}

/// A station that is examined.
pub struct Patient<'a> {
    pub(super) settings: &'a Settings,
    pub(super) now: Moment,
    pub(super) running: bool,
    pub(super) limits: Limits,
    /// `None` when there is no database.
    pub(super) opened: Option<Result<Inspection, StoreFault>>,
    pub(super) soundness: Option<Soundness>,
    pub(super) packets: Option<Result<PacketHealth, StoreFault>>,
    pub(super) link: Link,
}

impl<'a> Patient<'a> {
    /// Gathers everything that takes long: reads the whole database and every packet, asks the server.
    pub fn admit(
        settings: &'a Settings,
        now: Moment,
        told: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, DoctorFault> {
        let data = &settings.data;
        if !data.is_dir() {
            return Err(DoctorFault::NoFolder(data.display().to_string()));
        }
        let opened = data
            .join("station.sqlite")
            .is_file()
            .then(|| Inspection::open(data));
        let inspection = opened.as_ref().and_then(|opened| opened.as_ref().ok());
        let soundness = inspection.map(Inspection::soundness);
        // Rows of a torn database prove nothing.
        let sound = inspection.filter(|_| !matches!(soundness, Some(Soundness::Torn(_))));
        Ok(Self {
            packets: sound.map(|inspection| inspection.packets(told)),
            running: in_use(data),
            limits: Limits::builtin()?,
            link: ask(settings),
            settings,
            now,
            opened,
            soundness,
        })
    }

    /// The database, when it can be read.
    pub(super) fn inspection(&self) -> Option<&Inspection> {
        let opened = self.opened.as_ref().and_then(|opened| opened.as_ref().ok());
        opened.filter(|_| !matches!(self.soundness, Some(Soundness::Torn(_))))
    }

    /// Closes the database, so that mending has it alone.
    pub(super) fn let_go(&mut self) {
        self.opened = None;
    }
}

fn ask(settings: &Settings) -> Link {
    if settings.central.url.is_empty() {
        return Link::Unset;
    }
    let mut central: Box<dyn Central> = link::open(settings);
    match central.answers() {
        Ok(at) => Link::Answers(at),
        Err(fault) => Link::Fault(fault),
    }
}
