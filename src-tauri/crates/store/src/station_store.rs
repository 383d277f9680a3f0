//! The store of one station: a folder with `station.sqlite`, `packets/` and `lock`.

mod codes;
mod days;
mod imports;
mod inside;
mod line;
mod till;

use crate::database::{Database, Key};
use crate::packet_folder::PacketFolder;
use crate::sweep::Sweep;
use crate::trouble::Trouble;
use crate::{
    audit, cameras, changes, enrolments, exceptions, fees, look_up, operators, packets, private, search,
    setups, withdrawals,
};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::camera::{CameraChoice, CameraSetting};
use domain::change::{Change, Message, Twin};
use domain::enrolment::Enrolment;
use domain::enrolment::matching::Sought;
use domain::exception::KnownException;
use domain::operator::Operator;
use domain::port::{ClassTally, NewPacket, PinFault, QueueTally, Store, StoreFault};
use domain::queue::{QueueEntry, Withdrawal};
use domain::session::Standing;
use domain::setup::SessionSetup;
use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a lock is waited for: a process that has just ended, or is just being started by another thread, holds
/// it for a moment longer. Whoever really uses the folder still has it afterwards.
const LOCK_PATIENCE: Duration = Duration::from_millis(300);

/// Takes the folder's lock.
fn hold(lock: &File) -> Result<(), Trouble> {
    let until = Instant::now() + LOCK_PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return Err(StoreFault::InUse.into()),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// Files removed by one call of `retire`: so many take a moment, and nothing else waits long for it.
const RETIRED_AT_ONCE: u32 = 200;

/// Everything a station keeps. Only one of them has a folder at a time.
pub struct StationStore {
    /// The first field, because it is dropped first: nothing works on the folder once the lock is gone.
    sweep: Sweep,
    folder: PathBuf,
    packets: PacketFolder,
    database: Arc<Database>,
    /// One packet is made durable at a time; reads and other writes go on meanwhile.
    enqueuing: Arc<Mutex<()>>,
    /// Locked as long as this lives; the system lets go of it when the process ends, however it ends.
    _lock: File,
}

impl StationStore {
    /// Opens the store in `folder`, which is made when it is not there and closed to other accounts. Refuses
    /// one that cannot be closed, one another instance uses and a database of a newer version. What a crash
    /// left half written is removed, and a packet whose file is missing or has another size is marked as
    /// needing attention, by a thread that begins now: [`Self::swept`] waits for it.
    pub fn open(folder: &Path) -> Result<Self, StoreFault> {
        let mut store = Self::open_to_mend(folder)?;
        store.sweep = Sweep::start(folder, &store.packets, &store.database, &store.enqueuing)
            .map_err(|trouble| trouble.settle(folder))?;
        Ok(store)
    }

    /// [`Self::open`] without looking at the packet folder: whoever mends has looked, and writes down what it does.
    pub fn open_to_mend(folder: &Path) -> Result<Self, StoreFault> {
        Self::try_open(folder).map_err(|trouble| trouble.settle(folder))
    }

    /// Waits until every packet's file was looked for. A fault here stops nothing else: a packet's hash is
    /// compared before it is sent in any case.
    pub fn swept(&self) -> Result<(), StoreFault> {
        self.sweep.wait()
    }

    fn try_open(folder: &Path) -> Result<Self, Trouble> {
        private::folder(folder)?;
        let lock = folder.join("lock");
        private::file(&lock)?;
        let lock = File::options().write(true).open(lock)?;
        hold(&lock)?;
        let database = Arc::new(Database::open(&folder.join("station.sqlite"), &Key::None)?);
        let packets = PacketFolder::open(folder)?;
        Ok(Self {
            sweep: Sweep::none(),
            folder: folder.to_path_buf(),
            packets,
            database,
            enqueuing: Arc::default(),
            _lock: lock,
        })
    }

    fn stored(&self, packet: &str) -> Result<Option<QueueEntry>, StoreFault> {
        self.database.read(|t| packets::by_id(t, packet))
    }

    fn write_file(&self, packet: &NewPacket) -> Result<(), StoreFault> {
        self.packets
            .write(&packet.packet, &packet.sealed, &packet.sha256)
            .map_err(|trouble| trouble.settle(&self.folder))
    }
}

impl Store for StationStore {
    fn operators(&self) -> Result<Vec<Operator>, StoreFault> {
        self.database.read(|t| operators::all(t))
    }

    fn keep_operator(&self, operator: &Operator, pin: &str) -> Result<(), StoreFault> {
        operators::keep(&self.database, operator, pin)
    }

    fn check_pin(&self, operator: &str, pin: &str, now: Moment) -> Result<Operator, PinFault> {
        operators::check_pin(&self.database, operator, pin, now)
    }

    fn setups(&self) -> Result<Vec<SessionSetup>, StoreFault> {
        self.database.read(|t| setups::newest(t))
    }

    fn newest_setup(&self) -> Result<Option<SessionSetup>, StoreFault> {
        self.database.read(|t| setups::last_added(t))
    }

    fn keep_setup(&self, setup: &SessionSetup) -> Result<(), StoreFault> {
        self.database.write(|t| setups::keep(t, setup))
    }

    fn merge_roster(&self, session: &str, rows: &[Enrolment]) -> Result<(), StoreFault> {
        self.merge_roster_telling(session, rows, &mut |_| {})
    }

    fn keep_provisional(&self, row: &Enrolment) -> Result<(), StoreFault> {
        self.database.write(|t| enrolments::keep_provisional(t, row))
    }

    fn classes(&self, session: &str) -> Result<Vec<ClassTally>, StoreFault> {
        self.database.read(|t| enrolments::classes(t, session))
    }

    fn people(&self, session: &str, class_name: &str) -> Result<Vec<Enrolment>, StoreFault> {
        self.database.read(|t| enrolments::people(t, session, class_name))
    }

    fn search(&self, session: &str, text: &str, limit: u32) -> Result<Vec<Enrolment>, StoreFault> {
        self.database.read(|t| search::search(t, session, text, limit))
    }

    fn enrolment(&self, id: &str) -> Result<Option<Enrolment>, StoreFault> {
        self.database.read(|t| enrolments::by_id(t, id))
    }

    fn look_up(&self, session: &str, sought: &Sought) -> Result<Vec<Enrolment>, StoreFault> {
        self.database.read(|t| look_up::look_up(t, session, sought))
    }

    fn standing(&self, enrolment: &str) -> Result<Standing, StoreFault> {
        self.database.read(|t| fees::standing(t, enrolment))
    }

    fn grant_exception(
        &self,
        enrolment: &str,
        exception: &KnownException,
        audit: &AuditEvent,
    ) -> Result<(), StoreFault> {
        self.database
            .write(|t| exceptions::grant(t, enrolment, exception, audit))
    }

    fn exceptions(&self, enrolment: &str) -> Result<Vec<KnownException>, StoreFault> {
        self.database.read(|t| exceptions::of(t, enrolment))
    }

    fn camera_settings(&self) -> Result<BTreeMap<String, CameraSetting>, StoreFault> {
        self.database.read(|t| cameras::settings(t))
    }

    fn keep_camera_setting(&self, camera: &str, setting: &CameraSetting) -> Result<(), StoreFault> {
        self.database.write(|t| cameras::keep_setting(t, camera, setting))
    }

    fn camera_choice(&self) -> Result<CameraChoice, StoreFault> {
        self.database.read(|t| cameras::choice(t))
    }

    fn keep_camera_choice(&self, choice: &CameraChoice) -> Result<(), StoreFault> {
        self.database.write(|t| cameras::keep_choice(t, choice))
    }

    fn audit(&self, event: &AuditEvent) -> Result<(), StoreFault> {
        self.database.write(|t| audit::append(t, event))
    }

    fn enqueue(&self, packet: &NewPacket) -> Result<(), StoreFault> {
        let _one_at_a_time = self.nothing_enters();
        if let Some(known) = self.stored(&packet.packet)? {
            if known.sha256 != packet.sha256 {
                return Err(StoreFault::Failed(format!(
                    "packet {} is known with another hash",
                    packet.packet
                )));
            }
            // A repeat after an answer that got lost; the file is mended when it was damaged meanwhile.
            if self.packets.read(&packet.packet, &packet.sha256).is_err() {
                self.write_file(packet)?;
            }
            return Ok(());
        }
        self.write_file(packet)?;
        let queued = self.database.try_write(|t| packets::insert(t, packet));
        // Nobody was told that it is kept: the caller still has the bytes, and a full disk needs the room. A row
        // that may be there after a restart keeps its file.
        if queued.as_ref().is_err_and(|trouble| !trouble.is_undecided())
            && let Ok(None) = self.stored(&packet.packet)
            && let Err(trouble) = self.packets.remove(&packet.packet)
        {
            tracing::warn!(
                packet = packet.packet,
                ?trouble,
                "the file of a refused packet stays"
            );
        }
        queued.map_err(|trouble| trouble.settle(&self.folder))
    }

    fn sealed(&self, packet: &str) -> Result<Vec<u8>, StoreFault> {
        let entry = self
            .stored(packet)?
            .ok_or_else(|| StoreFault::PacketDamaged(packet.to_string()))?;
        let read = self
            .packets
            .read(packet, &entry.sha256)
            .map_err(|trouble| trouble.settle(&self.folder));
        if let Err(StoreFault::PacketDamaged(_)) = &read {
            self.database.write(|t| packets::mark_damaged(t, packet))?;
        }
        read
    }

    fn tally(&self) -> Result<QueueTally, StoreFault> {
        self.database.read(|t| packets::tally(t))
    }

    fn queue(&self, limit: u32) -> Result<Vec<QueueEntry>, StoreFault> {
        self.database.read(|t| packets::queue(t, limit))
    }

    fn retakes(&self, limit: u32) -> Result<Vec<QueueEntry>, StoreFault> {
        self.database.read(|t| packets::retakes(t, limit))
    }

    fn newest_packet(&self, enrolment: &str) -> Result<Option<QueueEntry>, StoreFault> {
        self.database.read(|t| packets::newest(t, enrolment))
    }

    fn next_to_send(&self, now: Moment, longest_pause: Duration) -> Result<Option<QueueEntry>, StoreFault> {
        self.database
            .read(|t| packets::next_to_send(t, now, longest_pause))
    }

    fn begin_sending(&self, packet: &str, now: Moment) -> Result<(), StoreFault> {
        self.database.write(|t| packets::begin(t, packet, now))
    }

    fn keep_upload(&self, packet: &str, url: Option<&str>, confirmed: u64) -> Result<(), StoreFault> {
        self.database
            .write(|t| packets::keep_upload(t, packet, url, confirmed))
    }

    fn acknowledge(&self, packet: &str, acknowledgement: &str, now: Moment) -> Result<(), StoreFault> {
        self.database
            .write(|t| packets::acknowledge(t, packet, acknowledgement, now))
    }

    fn fail(&self, packet: &str, code: &str, again: Option<Moment>, now: Moment) -> Result<(), StoreFault> {
        self.database
            .write(|t| packets::fail(t, packet, code, again, now))
    }

    fn retry(&self, packet: Option<&str>, now: Moment) -> Result<(), StoreFault> {
        self.database.write(|t| packets::retry(t, packet, now))
    }

    fn pause(&self, paused: bool) -> Result<(), StoreFault> {
        self.database
            .write(|t| setups::set(t, setups::PAUSED, i64::from(paused)))
    }

    fn packet(&self, packet: &str) -> Result<Option<QueueEntry>, StoreFault> {
        self.stored(packet)
    }

    fn acknowledgement(&self, packet: &str) -> Result<Option<String>, StoreFault> {
        self.database.read(|t| packets::acknowledgement(t, packet))
    }

    fn unacknowledged(&self) -> Result<Vec<QueueEntry>, StoreFault> {
        self.database.read(|t| packets::unacknowledged(t))
    }

    fn note_exported(&self, packets: &[String], at: Moment) -> Result<(), StoreFault> {
        self.database.write(|t| packets::note_exported(t, packets, at))
    }

    fn withdraw(&self, packet: &str, withdrawal: &Withdrawal, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database
            .write(|t| withdrawals::withdraw(t, packet, withdrawal, audit))
    }

    fn untold_withdrawal(&self) -> Result<Option<QueueEntry>, StoreFault> {
        self.database.read(|t| withdrawals::untold(t))
    }

    fn withdrawal_told(&self, packet: &str) -> Result<(), StoreFault> {
        self.database.write(|t| withdrawals::told(t, packet))
    }

    fn retire(&self, before: Moment, now: Moment) -> Result<u32, StoreFault> {
        let gone = self
            .database
            .read(|t| packets::retirable(t, before, RETIRED_AT_ONCE))?;
        // The rows first: a crash in between leaves a file too many, which doctor finds, never one too few.
        self.database.write(|t| packets::retired(t, &gone, now))?;
        for packet in &gone {
            self.packets
                .remove_if_there(packet)
                .map_err(|trouble| trouble.settle(&self.folder))?;
        }
        Ok(u32::try_from(gone.len()).unwrap_or(u32::MAX))
    }

    fn change_cursor(&self) -> Result<i64, StoreFault> {
        self.database.read(|t| setups::setting(t, setups::CURSOR))
    }

    fn apply_change(&self, change: &Change) -> Result<(), StoreFault> {
        self.database.write(|t| changes::apply(t, change))
    }

    fn roster_problems(&self, session: &str) -> Result<Vec<String>, StoreFault> {
        self.database.read(|t| changes::roster_problems(t, session))
    }

    fn messages(&self) -> Result<Vec<Message>, StoreFault> {
        self.database.read(|t| changes::messages(t))
    }

    fn read_message(&self, id: &str, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database.write(|t| changes::read_message(t, id, audit))
    }

    fn twins(&self) -> Result<Vec<Twin>, StoreFault> {
        self.database.read(|t| changes::twins(t))
    }

    fn settle_twin(&self, packet: &str, audit: &AuditEvent) -> Result<(), StoreFault> {
        self.database.write(|t| changes::settle_twin(t, packet, audit))
    }
}
