//! The talk with the central server: outages, news, packets that are taken back, sticks.

use crate::rig::{PIN, Rig, SUPERVISOR, roster, row, session};
use crate::server::{Server, Word};
use domain::Moment;
use domain::change::{Message, Twin, What};
use domain::port::CentralFault;
use domain::queue::{QueueState, ReviewState, ReviewVerdict};
use station::contract::{Command, OldPhotoState, Screen, StationView};

fn unreachable() -> Word {
    Word::Fails(CentralFault::Unreachable("a test".into()))
}

/// A station with packets in its queue and a session chosen, before a server that says what the test puts in.
fn desk(packets: &[&str]) -> (Rig, Server) {
    let server = Server::default();
    server.tell(What::Roster(roster(vec![row("陈思涵")], &[])));
    let rig = Rig::before(&server, &[session("s1", "400")], packets);
    rig.sign_in();
    rig.choose("s1");
    (rig, server)
}

fn queue(view: &StationView) -> Vec<(String, QueueState, u32)> {
    match &view.screen {
        Screen::Queue { rows } => rows
            .iter()
            .map(|r| (r.packet.clone(), r.state, r.attempts))
            .collect(),
        _ => vec![],
    }
}

/// The loudest complaint about queues like this one: a thousand futile sends while nobody answers.
#[test]
fn an_outage_costs_one_attempt_and_is_told_with_its_cause() {
    let (rig, server) = desk(&[]);
    rig.until("an answer", |view| view.queue.last_answer.is_some());
    server.say(unreachable());
    rig.enqueue(&["p1", "p2", "p3"]);
    let view = rig.until("the link rests", |view| view.queue.link_fault.is_some());
    assert_eq!(view.queue.link_fault.as_deref(), Some("server_unreachable"));
    assert!(view.queue.link_fault_since.is_some() && view.queue.link_next_try_at.is_some());
    server.wait_for_questions(3);
    rig.give(Command::OpenQueue);
    let view = rig.until("the queue", |view| queue(view).len() == 3);
    let attempts: u32 = queue(&view).iter().map(|(_, _, attempts)| attempts).sum();
    // None when a question met the outage first.
    assert!(
        attempts <= 1,
        "only the first packet was tried: {:?}",
        queue(&view)
    );
    assert!(
        queue(&view)
            .iter()
            .all(|(_, state, _)| *state == QueueState::Waiting)
    );

    server.say(Word::Works);
    rig.give(Command::RetryAll);
    let view = rig.until("all acknowledged", |view| view.queue.acknowledged == 3);
    assert_eq!(
        (view.queue.link_fault.as_deref(), view.queue.unacknowledged),
        (None, 0)
    );
    assert_eq!(server.commits(), [1, 1, 1], "each once");
}

/// A server that falls over one packet answers everything else: that packet waits, the others go on.
#[test]
fn one_poisoned_packet_never_holds_the_others() {
    let (rig, server) = desk(&[]);
    server.poison("p1", CentralFault::Trouble("500".into()));
    rig.enqueue(&["p1", "p2", "p3"]);
    rig.until("the others", |view| view.queue.acknowledged == 2);
    server.poison("p1", CentralFault::Mismatch);
    rig.give(Command::RetryAll);
    let view = rig.until("a person is asked", |view| view.queue.attention == 1);
    assert_eq!(view.queue.link_fault, None, "no fault of the link");
    rig.give(Command::OpenQueue);
    let view = rig.until("the queue", |view| queue(view).len() == 3);
    let Screen::Queue { rows } = &view.screen else {
        return;
    };
    assert_eq!(
        (rows[0].packet.as_str(), rows[0].fault.as_deref()),
        ("p1", Some("upload_mismatch"))
    );
    assert!(rows[0].failed_at.is_some(), "trouble on top, with its time");
}

/// A revoked credential blames no packet: nothing is marked, everything waits, and the cause is told.
#[test]
fn a_station_that_is_not_accepted_keeps_its_queue() {
    let (rig, server) = desk(&[]);
    server.say(Word::Fails(CentralFault::Unaccepted("station_revoked".into())));
    rig.enqueue(&["p1", "p2"]);
    let view = rig.until("the cause", |view| view.queue.link_fault.is_some());
    assert_eq!(view.queue.link_fault.as_deref(), Some("station_not_accepted"));
    assert_eq!((view.queue.unacknowledged, view.queue.attention), (2, 0));
}

#[test]
fn a_pause_holds_everything_and_survives() {
    let (rig, server) = desk(&[]);
    rig.give(Command::PauseQueue { paused: true });
    rig.until("paused", |view| view.queue.paused);
    rig.enqueue(&["p1"]);
    server.wait_for_questions(2);
    rig.give(Command::OpenQueue);
    let view = rig.until("the queue", |view| queue(view).len() == 1);
    assert_eq!((view.queue.waiting, server.commits().len()), (1, 0));
    rig.give(Command::PauseQueue { paused: false });
    rig.until("sent", |view| view.queue.acknowledged == 1);
}

#[test]
fn a_supervisor_takes_a_packet_back_and_the_server_learns_of_it() {
    let (rig, server) = desk(&[]);
    server.say(unreachable());
    rig.enqueue(&["p1"]);
    rig.until("waiting", |view| {
        view.queue.waiting == 1 && view.queue.link_fault.is_some()
    });
    let withdraw = |reason: &str, pin: &str| Command::Withdraw {
        packet: "p1".into(),
        reason: reason.into(),
        supervisor: SUPERVISOR.into(),
        pin: pin.into(),
    };
    let refused = |view: &StationView, code: &str| view.notice.as_ref().is_some_and(|n| n.code == code);
    rig.give(withdraw("短", PIN));
    rig.until("a reason", |view| refused(view, "refusal.reason_missing"));
    rig.give(withdraw("拍错了人，重新排队", "0000"));
    rig.until("the PIN", |view| refused(view, "fault.pin_wrong"));
    rig.give(withdraw("拍错了人，重新排队", PIN));
    rig.give(Command::OpenQueue);
    let view = rig.until("taken back", |view| {
        queue(view)
            .iter()
            .any(|(_, state, _)| *state == QueueState::Withdrawn)
    });
    let Screen::Queue { rows } = &view.screen else {
        return;
    };
    let withdrawn = rows[0].withdrawn.as_ref().unwrap();
    assert_eq!(
        (withdrawn.reason.as_str(), withdrawn.by.as_str()),
        ("拍错了人，重新排队", SUPERVISOR)
    );
    assert_eq!(view.queue.unacknowledged, 0);
    server.say(Word::Works);
    rig.give(Command::Refresh);
    server.wait_for_withdrawal("p1");
    rig.give(withdraw("拍错了人，再撤一次", PIN));
    rig.until("twice", |view| refused(view, "fault.not_withdrawable"));
    assert!(server.commits().is_empty());
}

#[test]
fn messages_and_pairs_are_shown_until_somebody_answers() {
    let (rig, server) = desk(&[]);
    rig.enqueue(&["p1"]);
    rig.until("acknowledged", |view| view.queue.acknowledged == 1);
    server.tell(What::Message(Message {
        id: "m1".into(),
        urgent: true,
        text: "<b>三点前传完</b>".into(),
        at: Moment(1),
    }));
    server.tell(What::Twin(Twin {
        packet: "elsewhere".into(),
        station: "3".into(),
        other_packet: "p1".into(),
        other_station: "2".into(),
        at: Moment(2),
    }));
    server.tell(What::Unusable("setup_invalid"));
    rig.give(Command::Refresh);
    let view = rig.until("news", |view| view.queue.messages == 1 && view.queue.twins == 1);
    assert!(view.notice.is_some_and(|n| n.code == "fault.setup_invalid"));
    rig.give(Command::OpenNews);
    let news = |view: &StationView| match &view.screen {
        Screen::News(news) => Some(news.clone()),
        _ => None,
    };
    let page = news(&rig.until("the page", |view| news(view).is_some())).unwrap();
    assert_eq!(page.messages[0].text, "<b>三点前传完</b>", "text, never markup");
    assert_eq!(
        (page.twins[0].name.as_str(), page.twins[0].other_station.as_str()),
        ("陈思涵", "3")
    );
    rig.give(Command::ReadMessage { id: "m1".into() });
    rig.give(Command::KeepBoth {
        packet: "p1".into(),
        reason: "补拍，两张都有效".into(),
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    });
    rig.until("nothing left", |view| {
        news(view).is_some_and(|n| n.messages.is_empty() && n.twins.is_empty())
    });
}

#[test]
fn the_old_photo_of_a_retake_comes_from_the_server_or_says_why_not() {
    let (rig, server) = desk(&[]);
    rig.enqueue(&["p1"]);
    rig.until("acknowledged", |view| view.queue.acknowledged == 1);
    server.tell(What::Verdict(ReviewVerdict {
        cursor: 2,
        packet: "p1".into(),
        state: ReviewState::Rejected,
        reasons: vec!["eyes_closed".into()],
        text: "请睁眼".into(),
        at: Moment(3),
    }));
    rig.give(Command::Refresh);
    rig.until("a retake", |view| view.queue.retakes == 1);
    rig.give(Command::OpenRetakes);
    let photo = |view: &StationView| match &view.screen {
        Screen::Retakes { photo, .. } => photo.clone(),
        _ => None,
    };
    let show = || Command::ShowOldPhoto { packet: "p1".into() };
    rig.give(show());
    let there = |view: &StationView| photo(view).is_some_and(|p| p.state == OldPhotoState::There);
    rig.until("the photo", there);
    assert_eq!(rig.old_photo("p1").as_deref(), Some(b"\xff\xd8old".as_slice()));
    server.say(unreachable());
    rig.give(show());
    let view = rig.until("no photo", |view| {
        photo(view).is_some_and(|p| p.state == OldPhotoState::Missing)
    });
    assert_eq!(photo(&view).unwrap().fault.as_deref(), Some("server_unreachable"));
    assert_eq!(rig.old_photo("p1"), None, "no other one is shown for it");
}

#[test]
fn a_clock_that_is_off_is_told() {
    let (rig, server) = desk(&[]);
    let view = rig.until("an answer", |view| view.queue.last_answer.is_some());
    assert_eq!(view.queue.clock_off_s, None);
    server.set_clock(Moment(1_795_000_000_000 - 3_600_000));
    rig.give(Command::Refresh);
    rig.until("an hour ahead", |view| view.queue.clock_off_s == Some(3_600));
}

/// Away on a stick, back with the server's word: only that changes the queue.
#[test]
fn packets_travel_by_hand_and_count_as_sent_only_with_the_acknowledgement() {
    let (rig, server) = desk(&[]);
    server.say(unreachable());
    rig.enqueue(&[
        "0190b5a0-0000-7000-8000-000000000001",
        "0190b5a0-0000-7000-8000-000000000002",
    ]);
    let stick = tempfile::tempdir().unwrap();
    let carry = || Command::CarryOnStick {
        path: stick.path().to_string_lossy().into_owned(),
    };
    let outcome = |view: &StationView| match &view.screen {
        Screen::Stick(page) => page.outcome.clone(),
        _ => None,
    };
    rig.give(Command::OpenStick);
    rig.give(carry());
    let view = rig.until("written", |view| outcome(view).is_some());
    let told = outcome(&view).unwrap();
    assert_eq!((told.written, told.acknowledged, told.fault), (2, 0, None));
    assert_eq!(view.queue.unacknowledged, 2, "nothing arrived yet");
    let view = {
        rig.give(Command::OpenQueue);
        rig.until("the queue", |view| queue(view).len() == 2)
    };
    let Screen::Queue { rows } = &view.screen else {
        return;
    };
    assert!(
        rows.iter()
            .all(|r| r.exported_at.is_some() && r.state == QueueState::Waiting)
    );

    // The server's acknowledgement of the first, and one that proves nothing for the second.
    let bundle = sticks::bundles(stick.path()).unwrap().remove(0).bundle.unwrap();
    let receipts: Vec<_> = bundle
        .index()
        .packets
        .iter()
        .map(|entry| server.receipt(entry))
        .collect();
    bundle.keep_receipts(&receipts).unwrap();
    server.distrust(&receipts[1].packet_id.to_string());
    rig.give(Command::OpenStick);
    rig.give(carry());
    let view = rig.until("brought back", |view| outcome(view).is_some());
    let told = outcome(&view).unwrap();
    assert_eq!((told.acknowledged, told.refused), (1, 1));
    let counted = |view: &StationView| (view.queue.acknowledged, view.queue.unacknowledged) == (1, 1);
    assert!(view.queue.unacknowledged > 0);
    rig.until("the count", counted);
    rig.give(Command::CarryOnStick {
        path: "/nowhere/at/all".into(),
    });
    let view = rig.until("no stick", |view| {
        outcome(view).is_some_and(|o| o.fault.is_some())
    });
    assert_eq!(outcome(&view).unwrap().fault.as_deref(), Some("stick_gone"));
}
