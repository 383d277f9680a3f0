//! Packets on bad lines, through the real server: each arrives exactly once, no cut costs more than a chunk, and no
//! attempt hangs.

use crate::line::{BadLine, Cut, Weather};
use crate::rig::{CHUNK, Queued, Rig, queued, server};
use domain::port::{Central as _, CentralFault};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use uplink::{Server, Uplink};

/// Longest that one attempt may take here: far more than the patience of these tests, far less than for ever.
const HANGS: Duration = Duration::from_secs(10);

fn over(rig: &Rig, line: &BadLine) -> Server {
    let greeting = rig.central.greeting();
    Server::new(
        &line.url(),
        &greeting.token,
        &greeting.recipient,
        &greeting.verifying_key,
    )
    .unwrap()
    .with_chunk(CHUNK)
}

/// Tries until the packet is acknowledged; gives the faults on the way.
fn arrive(queued: &mut Queued, uplink: &mut Uplink) -> Vec<CentralFault> {
    let mut faults = Vec::new();
    loop {
        let began = Instant::now();
        let result = queued.send(uplink);
        assert!(began.elapsed() < HANGS, "an attempt hung");
        match result {
            Ok(_) => return faults,
            Err(fault) => {
                assert!(fault.temporary(), "{fault}");
                faults.push(fault);
            }
        }
        assert!(faults.len() < 20, "{faults:?}");
        // The server may still hold the upload for the request that was cut.
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn once(rig: &Rig, queued: &Queued) {
    let held = rig.central.packets().unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(
        (&held[0].id, &held[0].sha256),
        (&queued.entry.packet, &queued.entry.sha256)
    );
    assert!(rig.central.sealed_packet(&queued.entry.packet).unwrap() == queued.sealed);
}

/// One cut, then a good line.
fn survives(method: &'static str, pass: usize, cut: Cut) {
    let rig = Rig::new();
    let line = BadLine::to(&rig.central.greeting().url, Weather::default());
    let mut uplink = Uplink::new(over(&rig, &line).with_patience(Duration::from_millis(700))).unwrap();
    let mut queued = queued(&uplink.recipient(), None);
    line.strike(method, pass, cut);
    let faults = arrive(&mut queued, &mut uplink);
    once(&rig, &queued);
    let seen = line.seen();
    assert_eq!(
        (seen.struck, faults.len()),
        (1, 1),
        "{method} {cut:?}: {faults:?}"
    );
    assert!(
        matches!(faults[0], CentralFault::Unreachable(_)),
        "{cut:?}: {}",
        faults[0]
    );
    let again = seen.sent - queued.entry.size;
    assert!(
        again <= seen.chunk,
        "{method} {cut:?}: {again} bytes again, chunks of {}",
        seen.chunk
    );
}

#[test]
fn a_line_cut_anywhere_in_a_chunk_costs_at_most_that_chunk() {
    for pass in [0, 2] {
        for cut in [
            Cut::Head(20),
            Cut::Body(0),
            Cut::Body(1),
            Cut::Body(CHUNK as u64 / 2),
            Cut::LastByte,
            Cut::Answer,
        ] {
            survives("PATCH", pass, cut);
        }
    }
}

#[test]
fn a_line_cut_around_the_chunks_costs_nothing_twice() {
    for method in ["OPTIONS", "POST"] {
        for cut in [Cut::Head(20), Cut::Answer] {
            survives(method, 0, cut);
        }
    }
    // The second POST is the commit.
    for cut in [Cut::Head(20), Cut::Body(3), Cut::LastByte, Cut::Answer] {
        survives("POST", 1, cut);
    }
}

#[test]
fn a_line_that_falls_silent_is_given_up() {
    survives("PATCH", 1, Cut::Silence(1000));
    survives("POST", 1, Cut::Silence(1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_byte_may_be_the_last_one(pass in 0_usize..5, at in 0..CHUNK as u64 - 1) {
        // The fifth chunk is the rest of the packet.
        survives("PATCH", pass, Cut::Body(if pass == 4 { at % 30_000 } else { at }));
    }
}

#[test]
fn many_cuts_in_a_row_still_end_in_one_packet() {
    let rig = Rig::new();
    let line = BadLine::to(&rig.central.greeting().url, Weather::default());
    let mut uplink = Uplink::new(over(&rig, &line)).unwrap();
    let mut queued = queued(&uplink.recipient(), None);
    let mut resent_at_most = 0;
    for cut in [
        Cut::Body(9),
        Cut::Answer,
        Cut::LastByte,
        Cut::Head(9),
        Cut::Body(30_000),
    ] {
        line.strike("PATCH", 0, cut);
        let struck = line.seen().struck;
        while line.seen().struck == struck {
            queued.send(&mut uplink).unwrap_err();
            std::thread::sleep(Duration::from_millis(50));
        }
        resent_at_most += CHUNK as u64;
    }
    arrive(&mut queued, &mut uplink);
    once(&rig, &queued);
    let seen = line.seen();
    assert_eq!(seen.struck, 5);
    assert!(seen.sent - queued.entry.size <= resent_at_most, "{seen:?}");
    assert_eq!(queued.uploads_begun(), 1);
}

#[test]
fn two_seconds_of_latency_64_kbit_and_lost_segments_only_take_time() {
    let rig = Rig::new();
    let weather = Weather {
        latency: Duration::from_secs(1),
        bytes_per_s: 8_000,
        lost_percent: 20,
        seed: 2027,
    };
    let line = BadLine::to(&rig.central.greeting().url, weather);
    let mut uplink = Uplink::new(over(&rig, &line)).unwrap();
    let mut small = crate::rig::sized(&uplink.recipient(), 20_000);
    small.send(&mut uplink).unwrap();
    once(&rig, &small);
    let seen = line.seen();
    assert_eq!(seen.requests, ["OPTIONS", "POST", "PATCH", "POST"]);
    assert_eq!(seen.sent, small.entry.size);
    uplink.answers().unwrap();
}

#[test]
fn a_bad_line_that_is_cut_as_well_is_resumed() {
    let rig = Rig::new();
    let weather = Weather {
        latency: Duration::from_millis(20),
        bytes_per_s: 1_000_000,
        lost_percent: 5,
        seed: 7,
    };
    let line = BadLine::to(&rig.central.greeting().url, weather);
    let mut uplink = Uplink::new(server(&rig.central)).unwrap();
    let recipient = uplink.recipient();
    uplink = Uplink::new(over(&rig, &line)).unwrap();
    let mut queued = queued(&recipient, None);
    line.strike("PATCH", 3, Cut::Body(40_000));
    arrive(&mut queued, &mut uplink);
    once(&rig, &queued);
    let seen = line.seen();
    assert!(seen.sent - queued.entry.size <= seen.chunk, "{seen:?}");
}

#[test]
fn the_cap_is_kept_and_its_bytes_arrive() {
    let rig = Rig::new();
    let server = rig.server().with_cap(Some(64 << 10));
    let mut uplink = Uplink::new(server).unwrap();
    let mut small = crate::rig::sized(&uplink.recipient(), 60_000);
    let began = Instant::now();
    small.send(&mut uplink).unwrap();
    // All but the first piece waited for its turn.
    assert!(
        began.elapsed() > Duration::from_millis(780),
        "{:?}",
        began.elapsed()
    );
    once(&rig, &small);
}
