//! The station killed at random moments.

use crate::booth::Booth;
use crate::rehearsal::{command, confirmed, run};
use acceptance::chance::{Chance, seeded};
use anyhow::{Context, Result, ensure};
use domain::port::Store;
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
        *people
            .entry(central.open_packet(&packet.id)?.manifest.enrolment.student_number)
            .or_insert(0) += 1;
        ensure!(
            held.insert(packet.id.clone(), packet.sha256).is_none(),
            "{} twice",
            packet.id
        );
    }
    let lost: Vec<_> = promised.iter().filter(|id| !held.contains_key(*id)).collect();
    ensure!(lost.is_empty(), "confirmed and lost: {lost:?}");
    ensure!(
        people.len() == students.len(),
        "{} of {} people",
        people.len(),
        students.len()
    );
    ensure!(
        people.values().all(|count| *count == 1),
        "somebody was sent twice"
    );

    let store = store::StationStore::open(&booth.settings.data)?;
    let recorded: BTreeMap<_, _> = store
        .queue(1_000)?
        .into_iter()
        .map(|e| (e.packet, e.sha256))
        .collect();
    ensure!(recorded == held, "the station's queue and the server differ");
    let tally = store.tally()?;
    ensure!(tally.acknowledged == STUDENTS, "{tally:?}");
    ensure!(
        tally.waiting + tally.sending + tally.attention + tally.held == 0,
        "{tally:?}"
    );
    ensure!(out.contains(&format!("drained {STUDENTS}")), "{out}");
    let alive = lives.iter().filter(|(_, new)| *new > 0).count();
    eprintln!("seed {seed}: {KILLS} kills, {alive} of them after a confirmed photo");
    ensure!(
        alive > 0,
        "no run lived long enough to confirm anything: {lives:?}"
    );
    Ok(())
}
