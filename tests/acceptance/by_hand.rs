//! A station is let in by a ticket, fills a stick without any network, and finds the acknowledgements on it later:
//! taken in by the server itself, or sent by another station.

use acceptance::blind::Capture;
use acceptance::root::program;
use acceptance::seed;
use anyhow::{Context, Result, ensure};
use central::{Central, Config};
use compose::{Settings, station_clock};
use domain::port::Store;
use domain::queue::QueueState;
use std::path::Path;
use std::process::{Command, Output};

fn station(data: &Path, words: &[&str]) -> Result<Output> {
    Command::new(program("station"))
        .arg("--data")
        .arg(data)
        .args(words)
        .output()
        .context("the station's command line cannot be started")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Lets a new station in and gives its settings.
fn joined(central: &Central, data: &Path) -> Result<Settings> {
    std::fs::create_dir_all(data)?;
    let ticket = central.invite("2 号采集位")?;
    let output = station(data, &["join", &central.greeting().url, &ticket])?;
    ensure!(output.status.success(), "not let in: {}", said(&output));
    let again = station(data, &["join", &central.greeting().url, &ticket])?;
    ensure!(!again.status.success(), "a ticket works once");
    Ok(Settings::load(data)?)
}

/// Stores `count` photos, as a desk without a network does.
fn take(settings: &Settings, count: u32) -> Result<Vec<String>> {
    let store = seed::open_store(&settings.data)?;
    let mut taken = vec![];
    for number in 0..count {
        let capture = Capture::take(settings, number, 1_000, None, station_clock())?;
        store.keep_provisional(&capture.person)?;
        store.enqueue(&capture.packet)?;
        taken.push(capture.packet.packet);
    }
    Ok(taken)
}

fn states(settings: &Settings, packets: &[String]) -> Result<Vec<QueueState>> {
    let store = seed::open_store(&settings.data)?;
    let state = |id: &String| Ok(store.packet(id)?.context("a packet is gone")?.state);
    packets.iter().map(state).collect()
}

fn held(central: &Central) -> Result<Vec<String>> {
    let mut held: Vec<_> = central.packets()?.into_iter().map(|packet| packet.id).collect();
    held.sort();
    Ok(held)
}

#[test]
fn the_server_takes_a_stick_in_and_the_station_finds_the_acknowledgements() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let central = Central::start(&Config::sample(folder.path().join("central")))?;
    let settings = joined(&central, &folder.path().join("station"))?;
    let taken = take(&settings, 3)?;
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick)?;
    let stick_word = stick.to_string_lossy();

    let output = station(&settings.data, &["packet", "carry", &stick_word])?;
    ensure!(output.status.success(), "{}", said(&output));
    ensure!(
        states(&settings, &taken)? == [QueueState::Waiting; 3],
        "a stick is no acknowledgement"
    );
    ensure!(held(&central)?.is_empty());

    // Twice, as people do: each is kept once.
    for _ in 0..2 {
        central.import(&stick)?;
        ensure!(held(&central)? == taken, "{:?}", held(&central)?);
    }
    let output = station(&settings.data, &["packet", "carry", &stick_word])?;
    ensure!(
        said(&output).contains("3 acknowledgements kept, 0 refused"),
        "{}",
        said(&output)
    );
    ensure!(states(&settings, &taken)? == [QueueState::Acknowledged; 3]);
    Ok(())
}

#[test]
fn another_station_sends_what_lies_on_a_stick() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let central = Central::start(&Config::sample(folder.path().join("central")))?;
    let offline = joined(&central, &folder.path().join("offline"))?;
    let online = joined(&central, &folder.path().join("online"))?;
    ensure!(offline.station.id != online.station.id && offline.central.token != online.central.token);
    let taken = take(&offline, 2)?;
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick)?;
    let stick_word = stick.to_string_lossy();
    station(&offline.data, &["packet", "carry", &stick_word])?;

    for _ in 0..2 {
        let output = station(&online.data, &["packet", "relay", &stick_word])?;
        ensure!(
            said(&output).contains("2 of 2 packets acknowledged"),
            "{}",
            said(&output)
        );
    }
    ensure!(held(&central)? == taken);
    for id in &taken {
        let manifest = central.open_packet(id)?.manifest;
        ensure!(
            manifest.station_id == offline.station.id,
            "it stays the packet of who took it"
        );
    }
    station(&offline.data, &["packet", "carry", &stick_word])?;
    ensure!(states(&offline, &taken)? == [QueueState::Acknowledged; 2]);

    // A stick that somebody wrote on: named, not sent, and nothing else of it is believed either.
    take(&offline, 1)?;
    station(&offline.data, &["packet", "carry", &stick_word])?;
    let index = stick
        .join("capture-station")
        .join(&offline.station.id)
        .join("index.json");
    let text = std::fs::read_to_string(&index)?.replacen(&offline.station.id, "station-9", 1);
    std::fs::write(&index, text)?;
    let output = station(&online.data, &["packet", "relay", &stick_word])?;
    ensure!(
        !output.status.success() && said(&output).contains("altered"),
        "{}",
        said(&output)
    );
    ensure!(held(&central)? == taken);
    Ok(())
}

/// What a revoked station took stays on its machine, and nobody is let in with its token.
#[test]
fn a_revoked_station_keeps_its_photos_and_sends_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let central = Central::start(&Config::sample(folder.path().join("central")))?;
    let settings = joined(&central, &folder.path().join("station"))?;
    let taken = take(&settings, 1)?;
    central.revoke(&settings.station.id)?;
    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick)?;
    station(&settings.data, &["packet", "carry", &stick.to_string_lossy()])?;
    let output = station(&settings.data, &["packet", "relay", &stick.to_string_lossy()])?;
    ensure!(
        said(&output).contains("does not accept this station"),
        "{}",
        said(&output)
    );
    ensure!(
        states(&settings, &taken)? == [QueueState::Waiting],
        "no packet is to blame"
    );
    ensure!(held(&central)?.is_empty());
    Ok(())
}

#[test]
fn a_packet_can_be_looked_into_with_the_key_and_only_then() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let central = Central::start(&Config::sample(folder.path().join("central")))?;
    let settings = joined(&central, &folder.path().join("station"))?;
    let taken = take(&settings, 1)?;
    let outside = said(&station(&settings.data, &["packet", "inspect", &taken[0]])?);
    ensure!(
        outside.contains("state: waiting") && outside.contains("whole: yes"),
        "{outside}"
    );
    ensure!(
        !outside.contains("某某") && !outside.contains("operator:"),
        "{outside}"
    );
    let key = folder.path().join("central/opening.key");
    let key = key.to_string_lossy();
    let inside = said(&station(
        &settings.data,
        &["packet", "inspect", &taken[0], "--key", &key],
    )?);
    ensure!(
        inside.contains("signed by: ") && inside.contains("file original.jpg: 1000 bytes"),
        "{inside}"
    );
    ensure!(
        !inside.contains("某某"),
        "names only when they are asked for: {inside}"
    );
    let words = ["packet", "inspect", &taken[0], "--key", &key, "--personal"];
    ensure!(said(&station(&settings.data, &words)?).contains("name: 某某"));
    Ok(())
}
