use crate::stage::{fill, jpeg, next, replay, tell, until, until_state};
use camera::{Source, probe};
use domain::frame::CameraState::{Live, Lost, Searching};
use domain::frame::FrameFormat;
use domain::port::FrameFeed;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[test]
fn a_folder_plays_at_thirty_a_second_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 3, 64, 48);
    let capture = replay(folder.path());
    let (first, began) = (next(&capture, 0), Instant::now());
    std::thread::sleep(Duration::from_millis(1200));
    let last = capture.latest().unwrap();
    let rate = (last.seq - first.seq) as f64 / began.elapsed().as_secs_f64();
    // A busy machine may lose some; none may be made up.
    assert!((10.0..=33.0).contains(&rate), "{rate} frames a second");
    let health = capture.health();
    assert_eq!(
        (health.state, health.width, health.height, health.fault),
        (Live, 64, 48, None)
    );
    assert!(
        (10.0..=33.0).contains(&health.fps),
        "{} frames a second",
        health.fps
    );
    assert!(health.name.starts_with("Replay "), "{}", health.name);
    assert!(last.at > first.at && last.complete && last.format == FrameFormat::Mjpeg);
}

#[test]
fn a_slow_reader_gets_the_newest_frame_and_pictures_are_never_copied() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 2, 16, 16);
    fs::write(folder.path().join("replay.toml"), "fps = 100").unwrap();
    let capture = replay(folder.path());
    let first = next(&capture, 0);
    std::thread::sleep(Duration::from_millis(300));
    let newest = next(&capture, first.seq);
    assert!(newest.seq > first.seq + 3, "{} after {}", newest.seq, first.seq);
    let mut frames = vec![newest];
    for _ in 0..5 {
        frames.push(next(&capture, frames[frames.len() - 1].seq));
    }
    assert!(
        frames
            .windows(2)
            .all(|pair| pair[0].seq < pair[1].seq && pair[0].at < pair[1].at)
    );
    let (a, b) = (jpeg(16, 16, 0), jpeg(16, 16, 1));
    assert!(
        frames
            .iter()
            .all(|frame| *frame.bytes == *a || *frame.bytes == *b)
    );
    let shared = |x: usize, y: usize| Arc::ptr_eq(&frames[x].bytes, &frames[y].bytes);
    assert!(
        (1..6).filter(|n| shared(0, *n)).count() >= 1,
        "a picture that comes again is the same memory"
    );
}

#[test]
fn a_stall_is_a_loss_and_passes_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 16, 16);
    let capture = replay(folder.path());
    let seq = next(&capture, 0).seq;
    tell(folder.path(), "stall");
    until_state(&capture, Lost, Some("camera_stalled"));
    until("no stale frame", || capture.latest(), Option::is_none);
    assert!(capture.after(0, Duration::ZERO).is_none(), "nor by waiting");
    assert_eq!(capture.health().fps, 0.0);
    tell(folder.path(), "resume");
    assert!(next(&capture, 0).seq > seq, "numbers never repeat");
    until_state(&capture, Live, None);
}

#[test]
fn an_unplugged_camera_is_gone_until_it_returns() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 16, 16);
    let capture = replay(folder.path());
    next(&capture, 0);
    tell(folder.path(), "vanish");
    until_state(&capture, Lost, Some("camera_gone"));
    // The vain search afterwards does not change the word on the screen.
    std::thread::sleep(Duration::from_millis(200));
    until_state(&capture, Lost, Some("camera_gone"));
    tell(folder.path(), "return");
    until_state(&capture, Live, None);
}

#[test]
fn cut_and_senseless_frames_are_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 2, 64, 48);
    let whole = [jpeg(64, 48, 0), jpeg(64, 48, 1)];
    let capture = replay(folder.path());
    let mut seq = next(&capture, 0).seq;
    for fault in ["half", "junk"] {
        tell(folder.path(), fault);
        let began = Instant::now();
        while capture.health().state != Lost {
            assert!(began.elapsed() < Duration::from_secs(5), "{fault} goes unnoticed");
            if let Some(frame) = capture.after(seq, Duration::from_millis(20)) {
                assert!(
                    frame.complete && whole.iter().any(|picture| **picture == *frame.bytes),
                    "{fault}"
                );
                seq = frame.seq;
            }
        }
        until_state(&capture, Lost, Some("camera_format"));
        tell(folder.path(), "resume");
        until_state(&capture, Live, None);
    }
}

#[test]
fn scenes_play_on_command_and_wrong_commands_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 8, 8);
    fill(&folder.path().join("a neutral"), 2, 32, 24);
    fill(&folder.path().join("b empty"), 0, 1, 1);
    fs::write(
        folder.path().join("c.mjpeg"),
        [jpeg(40, 30, 1), jpeg(40, 30, 2)].concat(),
    )
    .unwrap();
    let capture = replay(folder.path());
    let width = || capture.latest().map_or(0, |frame| frame.width);
    until("the first scene", width, |width| *width == 32);
    tell(folder.path(), "play c");
    until("the recording", width, |width| *width == 40);
    for wrong in ["play b empty", "play nothing", "dance", ""] {
        tell(folder.path(), wrong);
        std::thread::sleep(Duration::from_millis(150));
        assert_eq!((width(), capture.health().state), (40, Live), "{wrong:?}");
    }
    tell(folder.path(), "play a neutral\n");
    until("the first scene again", width, |width| *width == 32);
}

#[test]
fn a_tour_goes_round_its_scenes_until_one_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("a"), 1, 16, 16);
    fill(&folder.path().join("b too"), 1, 24, 24);
    fill(&folder.path().join("c"), 1, 32, 32);
    let capture = replay(folder.path());
    let width = || capture.latest().map_or(0, |frame| frame.width);
    tell(folder.path(), "play c");
    until("the scene asked for", width, |width| *width == 32);
    for wrong in ["tour", "tour a", "tour a:0", "tour a:0.3, nothing:0.3"] {
        tell(folder.path(), wrong);
        std::thread::sleep(Duration::from_millis(150));
        assert_eq!((width(), capture.health().state), (32, Live), "{wrong:?}");
    }
    tell(folder.path(), "tour a:0.3, b too:0.3\n");
    for round in ["first", "second"] {
        until(round, width, |width| *width == 16);
        until(round, width, |width| *width == 24);
    }
    tell(folder.path(), "stall");
    until_state(&capture, Lost, Some("camera_stalled"));
    tell(folder.path(), "resume");
    until("the tour goes on", width, |width| *width == 16);
    until("the tour goes on", width, |width| *width == 24);
    tell(folder.path(), "play c");
    until("the scene asked for", width, |width| *width == 32);
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(width(), 32, "the tour is over");
}

#[test]
fn a_recording_plays_around_its_damaged_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("take.MJPG");
    let (a, b, c) = (jpeg(48, 32, 10), jpeg(48, 32, 20), jpeg(48, 32, 30));
    fs::write(&file, [&a[..], &b[..b.len() / 2], &c[..]].concat()).unwrap();
    let capture = replay(&file);
    let mut seen = [0, 0];
    let mut seq = 0;
    while seen != [2, 2] {
        let frame = next(&capture, seq);
        seq = frame.seq;
        let which = [&a, &c]
            .iter()
            .position(|picture| ***picture == *frame.bytes)
            .expect("a whole picture");
        seen[which] = (seen[which] + 1).min(2);
    }
}

#[test]
fn an_empty_place_is_searched_until_there_is_something() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("later");
    let capture = replay(&place);
    until_state(&capture, Searching, Some("camera_none"));
    assert!(capture.latest().is_none() && capture.health().name.is_empty());
    let staged = folder.path().join("staged");
    fill(&staged, 1, 16, 16);
    fs::rename(&staged, &place).unwrap();
    until_state(&capture, Live, None);
}

#[test]
fn wrong_settings_are_refused_until_they_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 1, 16, 16);
    let settings = folder.path().join("replay.toml");
    fs::write(&settings, "speed = 30").unwrap();
    let capture = replay(folder.path());
    until_state(&capture, Searching, Some("camera_failed"));
    fs::write(&settings, "fps = 0").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    until_state(&capture, Searching, Some("camera_failed"));
    fs::write(&settings, "fps = 60").unwrap();
    until_state(&capture, Live, None);
}

#[test]
fn after_a_switch_no_frame_of_the_old_source_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    fill(&a, 1, 16, 16);
    fill(&b, 1, 24, 24);
    let capture = replay(&a);
    let mut seq = next(&capture, 0).seq;
    for (path, width) in [(&b, 24), (&a, 16), (&b, 24)] {
        capture.switch(Source::Replay(path.clone()));
        assert_eq!(capture.source(), Source::Replay(path.clone()));
        let frame = next(&capture, 0);
        assert!(frame.width == width && frame.seq > seq, "{frame:?}");
        seq = frame.seq;
    }
}

#[test]
fn the_probe_tells_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let source = Source::Replay(folder.path().to_owned());
    let patience = Duration::from_millis(500);
    assert_eq!(probe(&source, patience), Ok(vec![]));
    fill(folder.path(), 1, 64, 48);
    let found = probe(&source, patience).unwrap();
    let glimpse = found[0].outcome.clone().unwrap();
    assert_eq!(
        (found.len(), glimpse.format, glimpse.width, glimpse.height),
        (1, FrameFormat::Mjpeg, 64, 48)
    );
    tell(folder.path(), "junk");
    assert_eq!(
        probe(&source, patience).unwrap()[0]
            .outcome
            .clone()
            .unwrap_err()
            .code(),
        "camera_format"
    );
    tell(folder.path(), "stall");
    assert_eq!(
        probe(&source, patience).unwrap()[0]
            .outcome
            .clone()
            .unwrap_err()
            .code(),
        "camera_stalled"
    );
}
