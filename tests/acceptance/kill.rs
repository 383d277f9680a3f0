//! The station killed at random moments: the whole of it. `faults/kill.rs` kills it without its eyes at many more.

use crate::booth::Booth;
use crate::rehearsal::{command, confirmed, run};
use crate::school;
use acceptance::chance::{Chance, seeded};
use anyhow::{Context, Result, ensure};
use central::Central;
use domain::port::Store;
use domain::queue::QueueEntry;
use packet::evidence::PaymentMethod;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::time::{Duration, Instant};

const KILLS: u32 = 20;
const STUDENTS: u32 = 24;
/// The shortest that a run lives before it is killed.
const SHORTEST: Duration = Duration::from_millis(100);

#[test]
fn no_confirmed_photo_is_lost_and_none_is_sent_twice() -> Result<()> {
    seeded(killed_and_started_again)
}

fn killed_and_started_again(mut chance: Chance, seed: u64) -> Result<()> {
    let (booth, students) = Booth::with_students(STUDENTS)?;
    let mut promised = BTreeSet::new();
    let mut lives = vec![];
    let mut unpaid = 0;
    // Aimed: right after a photo was confirmed, and with an order that is not paid. The first tells how long a
    // sitter takes on this machine, so that the random moments fall between the start and the second sitter.
    let start = Instant::now();
    let mut said = vec![killed(&booth, &students, Until::Said("confirmed "))?];
    let longest = start.elapsed() * 2;
    said.push(killed(&booth, &students, Until::Said("ordered "))?);
    for _ in 0..KILLS {
        let life = chance.between(SHORTEST, longest);
        lives.push(life.as_millis());
        said.push(killed(&booth, &students, Until::After(life))?);
    }
    for said in &said {
        unpaid += u32::from(between_order_and_photo(said));
        promised.extend(confirmed(said));
    }
    let alive = said.iter().filter(|said| !confirmed(said).is_empty()).count();
    let (out, err, ended_well) = run(command(&booth, &students).arg("--drain"))?;
    ensure!(ended_well, "the last run failed after {lives:?}: {out}\n{err}");
    promised.extend(confirmed(&out));

    let central = booth.central()?;
    let mut held = BTreeMap::new();
    let mut people = BTreeMap::new();
    for packet in central.packets()? {
        let student = central.open_packet(&packet.id)?.manifest.enrolment.student_number;
        people
            .entry(student)
            .or_insert_with(Vec::new)
            .push(packet.id.clone());
        held.insert(packet.id, packet.sha256);
    }
    let lost: Vec<_> = promised.iter().filter(|id| !held.contains_key(*id)).collect();
    ensure!(lost.is_empty(), "confirmed and lost: {lost:?}");
    ensure!(
        people.len() == students.len(),
        "{} of {} people",
        people.len(),
        students.len()
    );
    let twice: Vec<_> = people.values().filter(|packets| packets.len() != 1).collect();
    ensure!(twice.is_empty(), "somebody was sent twice: {twice:?}");

    let store = store::StationStore::open(&booth.settings.data)?;
    let queue = store.queue(1_000)?;
    each_paid_once(central, &queue, &school::unpaid(&students))?;
    let recorded: BTreeMap<_, _> = queue.into_iter().map(|e| (e.packet, e.sha256)).collect();
    ensure!(recorded == held, "the station's queue and the server differ");
    let tally = store.tally()?;
    ensure!(tally.acknowledged == STUDENTS, "{tally:?}");
    ensure!(
        tally.waiting + tally.sending + tally.attention + tally.held == 0,
        "{tally:?}"
    );
    ensure!(out.contains(&format!("drained {STUDENTS}")), "{out}");
    writeln!(
        std::io::stderr(),
        "seed {seed}: {KILLS} random kills and 2 aimed ones, {alive} after a confirmed photo, {unpaid} between an order and its photo"
    )?;
    Ok(())
}

/// When a run is killed.
enum Until {
    /// After so long.
    After(Duration),
    /// As soon as it says a line that begins so.
    Said(&'static str),
}

/// Starts a run, kills it, and gives what it had said.
fn killed(booth: &Booth, students: &[String], until: Until) -> Result<String> {
    let mut child = command(booth, students)
        .stderr(std::process::Stdio::null())
        .spawn()?;
    let mut pipe = BufReader::new(child.stdout.take().context("no output")?);
    let mut said = String::new();
    match until {
        Until::After(life) => std::thread::sleep(life),
        Until::Said(word) => {
            while !said.lines().last().is_some_and(|line| line.starts_with(word)) {
                ensure!(
                    pipe.read_line(&mut said)? > 0,
                    "it ended before it said {word:?}: {said}"
                );
            }
        }
    }
    child.kill()?;
    child.wait()?;
    pipe.read_to_string(&mut said)?;
    Ok(said)
}

/// Whether the last thing a run said is of an order: the photo it was for was not confirmed.
fn between_order_and_photo(said: &str) -> bool {
    let last = said.lines().last().unwrap_or_default();
    last.starts_with("ordered ") || last.starts_with("paid ")
}

/// Whoever pays at the desk has one order, paid, and the packet carries its number; nobody else has one.
fn each_paid_once(central: &Central, queue: &[QueueEntry], unpaid: &BTreeSet<&str>) -> Result<()> {
    let mut orders = BTreeMap::new();
    for order in central.orders()? {
        ensure!(order.state == "paid", "asked for and not paid: {order:?}");
        let another = orders.insert(order.enrolment.clone(), order.order.clone());
        ensure!(another.is_none(), "asked to pay twice: {another:?} and {order:?}");
    }
    let mut carried = BTreeMap::new();
    for entry in queue {
        let manifest = central.open_packet(&entry.packet)?.manifest;
        let student = manifest.enrolment.student_number.as_str();
        match manifest.payment.settled {
            PaymentMethod::Order { order_id } if unpaid.contains(student) => {
                carried.insert(entry.enrolment.clone(), order_id);
            }
            PaymentMethod::Prepaid {} if !unpaid.contains(student) => {}
            other => anyhow::bail!("{}: settled by {other:?}", entry.packet),
        }
    }
    ensure!(orders == carried, "paid {orders:?}, in the packets {carried:?}");
    ensure!(orders.len() == unpaid.len(), "{} paid", orders.len());
    Ok(())
}
