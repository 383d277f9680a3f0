//! How much one caller may ask for.

use crate::fixture::Capture;
use crate::rig::{JSON, Rig, ask};
use central::{Central, Config, Limits, Rate};

fn limited(limits: Limits) -> Rig {
    let dir = tempfile::tempdir().unwrap();
    let central = Central::start(&Config {
        limits,
        ..Config::sample(dir.path())
    })
    .unwrap();
    Rig { central, dir }
}

const TIGHT: Rate = Rate {
    burst: 3,
    per_s: 0.001,
};

#[test]
fn whoever_asks_without_end_is_told_when_to_come_back() {
    let rig = limited(Limits {
        station: TIGHT,
        ..Limits::default()
    });
    let ask_once = || rig.station("GET", "/v1/verdicts", &[], b"");
    for _ in 0..3 {
        assert_eq!(ask_once().status, 200);
    }
    let refused = ask_once();
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (429, "too_many_requests")
    );
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=1000).contains(&seconds));
    assert_eq!(
        rig.reviewer("GET", "/v1/packets", &[], b"").status,
        200,
        "nobody else waits"
    );
}

#[test]
fn codes_and_passwords_are_not_guessed_for_long() {
    let rig = limited(Limits {
        join: TIGHT,
        address: TIGHT,
        ..Limits::default()
    });
    let url = &rig.greeting().url;
    let guess = || ask(url, "POST", "/v1/join", &[JSON], b"{}").status;
    assert_eq!([guess(), guess(), guess(), guess()], [422, 422, 422, 429]);
    let guess = || rig.as_station("guess", "GET", "/v1/verdicts", &[], b"").status;
    assert_eq!([guess(), guess(), guess(), guess()], [401, 401, 401, 429]);
    assert_eq!(
        ask(url, "GET", "/v1/keys", &[], b"").status,
        429,
        "one bucket for all of it"
    );
    assert_eq!(rig.station("GET", "/v1/verdicts", &[], b"").status, 200);
}

#[test]
fn unfinished_uploads_have_an_end() {
    let rig = limited(Limits {
        largest_upload: 100,
        open_uploads: 3,
        unfinished_bytes: 250,
        ..Limits::default()
    });
    let options = ask(&rig.greeting().url, "OPTIONS", "/files", &[], b"");
    assert_eq!(options.header("tus-max-size"), Some("100"));
    let begin = |length: &str| rig.tus("POST", "/files", &[("Upload-Length", length)], b"");
    assert_eq!(begin("101").status, 413);
    assert_eq!((begin("100").status, begin("100").status), (201, 201));
    let full = begin("51");
    assert_eq!((full.status, full.code().as_str()), (507, "uploads_full"));
    assert!(full.header("retry-after").is_some());
    let last = begin("50");
    let many = begin("1");
    assert_eq!((many.status, many.code().as_str()), (429, "too_many_uploads"));
    assert_eq!(
        rig.tus("DELETE", last.header("location").unwrap(), &[], b"")
            .status,
        204
    );
    assert_eq!(begin("50").status, 201, "room is found again");
}

#[test]
fn uploads_whose_time_is_over_go_with_their_bytes() {
    let rig = limited(Limits {
        open_uploads: 1,
        upload_lifetime_s: 0,
        ..Limits::default()
    });
    let begin = || rig.tus("POST", "/files", &[("Upload-Length", "9")], b"");
    let at = begin().header("location").unwrap().to_owned();
    // The clock of the database counts whole seconds.
    while rig.tus("HEAD", &at, &[], b"").status == 200 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let count = || std::fs::read_dir(rig.dir.path().join("uploads")).unwrap().count();
    assert_eq!(count(), 0);
    begin();
    while begin().status != 201 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(count(), 1, "a new one sweeps the old one away");
}

#[test]
fn the_defaults_let_a_full_queue_through() {
    let limits = Limits::default();
    // Beginning, asking, bytes and commit of 10,000 packets in a row.
    assert!(limits.station.burst >= 40_000);
    let rig = Rig::new(true);
    for number in 0..40 {
        let number = number.to_string();
        let capture = Capture {
            number: &number,
            enrolment: &number,
            ..Capture::default()
        };
        let (id, sealed) = capture.seal(&rig.greeting().recipient);
        assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    }
}
