//! A long queue of small packets on its way to the server, while the desk asks the store for this and that.

use crate::blind::{self, Capture, Post};
use crate::chance::Chance;
use crate::root;
use anyhow::{Context, Result, ensure};
use compose::Settings;
use domain::port::Store;
use jiff::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::StationStore;
use uuid::Uuid;

/// One photo in so many is a retake.
const RETAKES: u32 = 10;
/// The queue must move again within this.
const PATIENCE: Duration = Duration::from_secs(60);

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drained {
    /// Packets, each acknowledged once.
    pub packets: u32,
    /// Bytes of all.
    pub bytes: u64,
    /// Of sending.
    pub took: Duration,
    /// Questions the store answered meanwhile.
    pub answers: u64,
    /// Fewest answers between two of a hundred equal parts of the queue.
    pub fewest: u64,
}

impl fmt::Display for Drained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        write!(
            f,
            "{} packets of {} bytes in {seconds:.1} s, {:.0} /s; {} questions answered meanwhile, at least {} in each \
             hundredth of the queue",
            self.packets,
            self.bytes / u64::from(self.packets),
            f64::from(self.packets) / seconds,
            self.answers,
            self.fewest
        )
    }
}

/// Stores `packets` packets, some of them retakes, and lets them go.
///
/// # Errors
/// When one is lost, doubled or out of its turn, or the store stops answering.
pub fn drain(packets: u32, chance: &mut Chance) -> Result<Drained> {
    let post = Post::open(root::program("blind"))?;
    let settings = Settings::load(&post.station()?)?;
    let store = Arc::new(StationStore::open(&settings.data)?);
    let (mut retakes, mut others, mut bytes) = (vec![], vec![], 0);
    for number in 1..=packets {
        let retake_of = chance.bits().is_multiple_of(RETAKES).then(Uuid::now_v7);
        let capture = Capture::take(&settings, number, 1, retake_of, compose::station_clock())?;
        store.keep_provisional(&capture.person)?;
        store.enqueue(&capture.packet)?;
        bytes += capture.packet.sealed.len() as u64;
        let turn = if retake_of.is_some() {
            &mut retakes
        } else {
            &mut others
        };
        turn.push(capture.packet.packet);
    }
    ensure!(!retakes.is_empty() && !others.is_empty(), "nothing to order");
    let begun = Instant::now();
    let station = blind::start(&settings, Arc::clone(&store) as Arc<dyn Store>, blind::HURRY)?;
    let (answers, fewest) = ask_until_empty(store.as_ref(), packets)?;
    let took = begun.elapsed();
    drop(station);

    let mut held = post.central.packets()?;
    let at = |text: &str| text.parse::<Timestamp>().context("when it was received");
    for packet in &held {
        at(&packet.received_at)?;
    }
    held.sort_by_key(|packet| at(&packet.received_at).ok());
    let arrived: Vec<_> = held.into_iter().map(|packet| packet.id).collect();
    let wanted = [retakes, others].concat();
    ensure!(
        arrived.len() == wanted.len(),
        "{} arrived of {}",
        arrived.len(),
        wanted.len()
    );
    let odd = arrived
        .iter()
        .zip(&wanted)
        .position(|(arrived, wanted)| arrived != wanted);
    ensure!(odd.is_none(), "arrived out of turn: number {odd:?}");
    Ok(Drained {
        packets,
        bytes,
        took,
        answers,
        fewest,
    })
}

/// What an open queue page and a desk at work ask, until nothing is left; how many answers came, and the fewest in
/// any hundredth of the queue.
fn ask_until_empty(store: &dyn Store, packets: u32) -> Result<(u64, u64)> {
    let (mut answers, mut fewest, mut since) = (0, u64::MAX, 0);
    let (mut seen, mut moved) = (0, Instant::now());
    loop {
        let tally = store.tally()?;
        let known = tally.waiting + tally.sending + tally.acknowledged;
        ensure!(known == packets && tally.attention == 0, "{tally:?}");
        ensure!(
            store.queue(50)?.len() == 50.min(packets as usize),
            "the queue page is short"
        );
        ensure!(!store.search("blind", "1", 20)?.is_empty(), "nobody is found");
        answers += 3;
        since += 3;
        if tally.acknowledged > seen {
            moved = Instant::now();
        }
        if (tally.acknowledged - seen) * 100 >= packets {
            (fewest, since, seen) = (fewest.min(since), 0, tally.acknowledged);
        }
        if tally.acknowledged == packets {
            return Ok((answers, fewest));
        }
        ensure!(moved.elapsed() < PATIENCE, "the queue stands still: {tally:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
