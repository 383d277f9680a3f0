//! The station killed at random moments.

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
use std::io::Read;
use std::time::Duration;

const KILLS: u32 = 20;
const STUDENTS: u32 = 24;
/// How long a run lives before it is killed: from its start to about two sitters.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_millis(4_600);

#[test]
fn no_confirmed_photo_is_lost_and_none_is_sent_twice() -> Result<()> {
    seeded(killed_and_started_again)
}

fn killed_and_started_again(mut chance: Chance, seed: u64) -> Result<()> {
    let (booth, students) = Booth::with_students(STUDENTS)?;
    let mut promised = BTreeSet::new();
    let mut lives = vec![];
    let mut unpaid = 0;
    for _ in 0..KILLS {
        let life = chance.between(SHORTEST, LONGEST);
        let mut child = command(&booth, &students)
            .stderr(std::process::Stdio::null())
            .spawn()?;
        std::thread::sleep(life);
        child.kill()?;
        child.wait()?;
        let mut said = String::new();
        child
            .stdout
            .take()
            .context("no output")?
            .read_to_string(&mut said)?;
        let new = confirmed(&said);
        unpaid += u32::from(between_order_and_photo(&said));
        lives.push((life.as_millis(), new.len()));
        promised.extend(new);
    }
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
    let alive = lives.iter().filter(|(_, new)| *new > 0).count();
    eprintln!(
        "seed {seed}: {KILLS} kills, {alive} of them after a confirmed photo, {unpaid} between an order and its photo"
    );
    ensure!(
        alive > 0,
        "no run lived long enough to confirm anything: {lives:?}"
    );
    ensure!(
        unpaid > 0,
        "no kill fell between an order and its photo: {lives:?}"
    );
    Ok(())
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
