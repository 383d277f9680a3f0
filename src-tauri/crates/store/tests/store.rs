//! The store through its trait.

mod common;

use common::*;
use domain::Moment;
use domain::enrolment::{EnrolmentState, Lookup};
use domain::operator::{Operator, Role};
use domain::payment::OrderState;
use domain::port::{PinFault, Store, StoreFault};
use domain::queue::{QueueState, ReviewState};
use store::StationStore;

#[test]
fn five_wrong_pins_lock_for_five_minutes_across_a_restart() {
    let (folder, store) = store();
    let zhou = Operator {
        id: "zhoumin".into(),
        name: "周敏".into(),
        role: Role::Supervisor,
    };
    for bad in ["123", "1234567890123", "12a4", ""] {
        assert!(store.keep_operator(&zhou, bad).is_err(), "{bad}");
    }
    store.keep_operator(&zhou, "2468").unwrap();
    assert_eq!(store.operators().unwrap(), [zhou.clone()]);
    assert_eq!(
        store.check_pin("nobody", "2468", Moment(0)),
        Err(PinFault::Unknown)
    );
    assert_eq!(
        store.check_pin("zhoumin", "0000", Moment(0)),
        Err(PinFault::Wrong { left: 4 })
    );
    assert_eq!(store.check_pin("zhoumin", "2468", Moment(0)), Ok(zhou.clone()));
    for left in [4, 3, 2, 1] {
        assert_eq!(
            store.check_pin("zhoumin", "0000", Moment(0)),
            Err(PinFault::Wrong { left })
        );
    }
    let locked = Err(PinFault::Locked {
        until: Moment(300_000),
    });
    assert_eq!(store.check_pin("zhoumin", "0000", Moment(0)), locked);
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    assert_eq!(store.check_pin("zhoumin", "2468", Moment(299_999)), locked);
    // A clock set back by a day does not lock for a day.
    let back = Moment(-86_400_000);
    assert_eq!(
        store.check_pin("zhoumin", "2468", back),
        Err(PinFault::Locked {
            until: back.plus(300_000)
        })
    );
    assert_eq!(store.check_pin("zhoumin", "2468", Moment(300_000)), Ok(zhou));
}

#[test]
fn a_roster_merges_without_touching_state_or_walk_ins() {
    let (_folder, store) = store();
    store.enqueue(&packet("p1", b"sealed")).unwrap();
    let mut walk_in = person("s1:w", "李明");
    walk_in.provisional = true;
    store.keep_provisional(&walk_in).unwrap();
    let mut changed = person("s1:1", "陈思函");
    changed.ticket = "007".into();
    store
        .merge_roster(
            SESSION,
            &[person("s1:2", "王欣怡"), changed, person("s1:w", "别人")],
        )
        .unwrap();
    let people = store.people(SESSION, "护理 2401 班").unwrap();
    let ids: Vec<_> = people.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["s1:1", "s1:w", "s1:2"]);
    assert_eq!(people[0].name.as_str(), "陈思函");
    assert_eq!(
        (people[0].ticket.as_str(), people[0].state),
        ("007", EnrolmentState::Captured)
    );
    assert_eq!(people[1].name.as_str(), "李明");
    let class = &store.classes(SESSION).unwrap()[0];
    assert_eq!((class.total, class.captured, class.retake), (3, 1, 0));
    assert!(store.classes("other").unwrap().is_empty());
    assert!(store.merge_roster("other", &[person("s1:2", "王欣怡")]).is_err());
    let mut theft = person("s1:2", "王欣怡");
    theft.session = "other".into();
    assert!(store.merge_roster("other", &[theft]).is_err());
    walk_in.id = "s1:2".into();
    assert!(
        store.keep_provisional(&walk_in).is_err(),
        "a walk-in must not replace a roster row"
    );
}

#[test]
fn people_are_found_by_everything_an_operator_types() {
    let (_folder, store) = store();
    let mut zeng = person("s1:24010002", "曾小贤");
    zeng.document_number = Some("11010519491231002X".to_string().into());
    zeng.ticket = "012".into();
    let lv = person("s1:24010003", "吕布");
    let odd = person("s1:24010004", "阿卜杜·热合曼%");
    store.merge_roster(SESSION, &[zeng, lv, odd]).unwrap();
    let ids = |text: &str| -> Vec<String> {
        store
            .search(SESSION, text, 10)
            .unwrap()
            .into_iter()
            .map(|p| p.id)
            .collect()
    };
    for text in [
        "曾",
        "小贤",
        "zxx",
        "ZXX",
        "zengxiao",
        "ceng",
        "zeng xiao xian",
        "xiaoxian",
        "24010002",
        "012",
        "002x",
    ] {
        assert_eq!(ids(text), ["s1:24010002"], "{text}");
    }
    for text in ["lvbu", "lubu", "lb", "lübu"] {
        assert_eq!(ids(text), ["s1:24010003"], "{text}");
    }
    for text in ["阿卜杜热", "%", "曼%"] {
        assert_eq!(ids(text), ["s1:24010004"], "{text}");
    }
    assert_eq!(ids("240100").len(), 3);
    assert_eq!(store.search(SESSION, "240100", 2).unwrap().len(), 2);
    assert!(ids("_").is_empty() && ids("  ").is_empty() && ids("' OR 1=1 --").is_empty());
    assert!(store.search("other", "曾", 10).unwrap().is_empty());
}

#[test]
fn a_look_up_goes_by_number_then_by_name() {
    let (_folder, store) = store();
    let number = "11010519491231002X";
    let mut one = person("s1:2", "李明");
    one.document_number = Some(number.to_string().into());
    store
        .merge_roster(SESSION, &[one.clone(), person("s1:3", "王欣怡")])
        .unwrap();
    let ids = |found: Vec<domain::enrolment::Enrolment>| found.into_iter().map(|p| p.id).collect::<Vec<_>>();
    assert!(
        matches!(store.look_up(SESSION, "别人", "11010519491231002x").unwrap(), Lookup::ByNumber(p) if p.id == "s1:2")
    );
    assert!(
        matches!(store.look_up(SESSION, " 王 欣怡", "34052419800101001X").unwrap(), Lookup::ByName(p) if ids(p.clone()) == ["s1:3"])
    );
    assert_eq!(
        store.look_up(SESSION, "没有", "34052419800101001X").unwrap(),
        Lookup::Missing
    );
    one.id = "s1:4".into();
    store.merge_roster(SESSION, &[one]).unwrap();
    assert!(
        matches!(store.look_up(SESSION, "李明", number).unwrap(), Lookup::Several(p) if ids(p.clone()) == ["s1:2", "s1:4"])
    );
}

#[test]
fn a_held_packet_is_released_by_the_fee_and_by_nothing_else() {
    let (folder, store) = store();
    store.keep_order(&order("o1", OrderState::Unknown)).unwrap();
    let mut held = packet("p1", b"one");
    held.held_for = Some("o1".into());
    store.enqueue(&held).unwrap();
    let state = |store: &StationStore, id| {
        store
            .queue(9)
            .unwrap()
            .into_iter()
            .find(|e| e.packet == id)
            .unwrap()
            .state
    };
    assert_eq!(state(&store, "p1"), QueueState::Held);
    store.retry(None, Moment(5)).unwrap();
    assert_eq!(store.next_to_send(Moment(i64::MAX)).unwrap(), None);
    // A damaged file needs a person, and trying again holds it again.
    std::fs::remove_file(folder.path().join("packets/p1.packet")).unwrap();
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    assert_eq!(state(&store, "p1"), QueueState::NeedsAttention);
    store.enqueue(&held).unwrap();
    store.retry(Some("p1"), Moment(5)).unwrap();
    assert_eq!(state(&store, "p1"), QueueState::Held);
    assert_eq!(store.tally().unwrap().held, 1);
    // Paid, and the program ends before the fee is settled: the order is still asked about.
    store.keep_order(&order("o1", OrderState::Paid)).unwrap();
    store.keep_order(&order("o1", OrderState::NotPaid)).unwrap();
    assert_eq!(store.open_orders().unwrap(), [order("o1", OrderState::Paid)]);
    assert_eq!(
        store.standing("s1:1").unwrap().order.map(|o| o.id).as_deref(),
        Some("o1")
    );
    store.keep_settled_fee("s1:1", &paid("o1")).unwrap();
    assert!(store.open_orders().unwrap().is_empty());
    assert_eq!(store.next_to_send(Moment(1_000)).unwrap().unwrap().packet, "p1");
    let standing = store.standing("s1:1").unwrap();
    assert_eq!(
        (standing.settled, standing.order, standing.retake_of),
        (Some(paid("o1")), None, None)
    );
    // The fee was settled while the next one was being sealed.
    store
        .enqueue(&domain::port::NewPacket {
            held_for: Some("o1".into()),
            ..packet("p2", b"two")
        })
        .unwrap();
    assert_eq!(state(&store, "p2"), QueueState::Waiting);
    // A second payment is written down and the first evidence stays.
    store.keep_settled_fee("s1:1", &paid("o2")).unwrap();
    assert_eq!(store.standing("s1:1").unwrap().settled, Some(paid("o1")));
    assert_eq!(store.check_audit().unwrap(), Ok(3));
    let mut other_amount = order("o1", OrderState::Paid);
    other_amount.amount_fen = 1;
    assert!(store.keep_order(&other_amount).is_err(), "the amount is frozen");
}

#[test]
fn a_packet_goes_from_waiting_to_acknowledged() {
    let (folder, store) = store();
    let one = packet("p1", b"sealed");
    store.enqueue(&one).unwrap();
    store.enqueue(&one).unwrap();
    assert_eq!(
        store.queue(9).unwrap().len(),
        1,
        "the same packet again is the same packet"
    );
    assert!(store.enqueue(&packet("p1", b"other")).is_err());
    assert!(store.enqueue(&packet("../p2", b"other")).is_err());
    let mut wrong = packet("p3", b"x");
    wrong.sha256 = hash(b"y");
    assert!(store.enqueue(&wrong).is_err());
    assert!(
        store
            .enqueue(&domain::port::NewPacket {
                enrolment: "none".into(),
                ..packet("p4", b"x")
            })
            .is_err()
    );
    assert_eq!(
        std::fs::read_dir(folder.path().join("packets")).unwrap().count(),
        1
    );

    store.begin_sending("p1", Moment(2_000)).unwrap();
    store.keep_upload("p1", Some("https://c.invalid/u/1"), 3).unwrap();
    store
        .fail("p1", "central_unreachable", Some(Moment(9_000)))
        .unwrap();
    assert_eq!(store.next_to_send(Moment(8_999)).unwrap(), None);
    drop(store);
    let store = StationStore::open(folder.path()).unwrap();
    let entry = store.next_to_send(Moment(9_000)).unwrap().unwrap();
    assert_eq!(
        (entry.attempts, entry.confirmed_bytes, entry.state),
        (1, 3, QueueState::Waiting)
    );
    assert_eq!(entry.upload_url.as_deref(), Some("https://c.invalid/u/1"));
    assert_eq!(entry.last_fault.as_deref(), Some("central_unreachable"));
    store.begin_sending("p1", Moment(9_000)).unwrap();
    assert_eq!(store.tally().unwrap().sending, 1);
    assert_eq!(
        store.next_to_send(Moment(9_000)).unwrap().unwrap().packet,
        "p1",
        "a crash goes on"
    );
    assert_eq!(store.sealed("p1").unwrap(), b"sealed");
    store.fail("p1", "central_mismatch", None).unwrap();
    assert_eq!(store.tally().unwrap().attention, 1);
    assert_eq!(store.next_to_send(Moment(i64::MAX)).unwrap(), None);
    store.retry(Some("p1"), Moment(10_000)).unwrap();
    store.begin_sending("p1", Moment(10_000)).unwrap();
    store.acknowledge("p1", "{signed}", Moment(11_000)).unwrap();
    store.fail("p1", "late", None).unwrap();
    let tally = store.tally().unwrap();
    assert_eq!(
        (tally.acknowledged, tally.attention, tally.last_acknowledged),
        (1, 0, Some(Moment(11_000)))
    );
    assert!(store.begin_sending("p1", Moment(12_000)).is_err());
    assert!(store.acknowledge("none", "x", Moment(0)).is_err());
    store.pause(true).unwrap();
    drop(store);
    assert!(StationStore::open(folder.path()).unwrap().tally().unwrap().paused);
}

#[test]
fn a_rejected_photo_opens_a_retake_and_a_late_verdict_does_not() {
    let (_folder, store) = store();
    let state = |store: &StationStore| store.enrolment("s1:1").unwrap().unwrap().state;
    store.enqueue(&packet("p1", b"one")).unwrap();
    store.acknowledge("p1", "{}", Moment(2_000)).unwrap();
    store
        .apply_verdict(&verdict(7, "p1", ReviewState::Rejected))
        .unwrap();
    store
        .apply_verdict(&verdict(8, "unknown", ReviewState::Approved))
        .unwrap();
    store
        .apply_verdict(&verdict(7, "p1", ReviewState::Approved))
        .unwrap();
    assert_eq!(
        (state(&store), store.verdict_cursor().unwrap()),
        (EnrolmentState::Retake, 8)
    );
    assert_eq!(store.standing("s1:1").unwrap().retake_of.as_deref(), Some("p1"));
    assert_eq!(
        store.retakes(9).unwrap()[0].verdict.as_ref().unwrap().reasons,
        ["eyes_closed"]
    );
    assert_eq!(store.tally().unwrap().retakes, 1);
    store.merge_roster(SESSION, &[person("s1:2", "李明")]).unwrap();
    store
        .enqueue(&domain::port::NewPacket {
            enrolment: "s1:2".into(),
            ..packet("p2", b"two")
        })
        .unwrap();
    store
        .enqueue(&domain::port::NewPacket {
            retake_of: Some("p1".into()),
            ..packet("p3", b"three")
        })
        .unwrap();
    assert_eq!(
        store.next_to_send(Moment(1_000)).unwrap().unwrap().packet,
        "p3",
        "retakes first"
    );
    assert_eq!(
        store.queue(9).unwrap().last().unwrap().state,
        QueueState::Superseded
    );
    assert!(store.retakes(9).unwrap().is_empty());
    assert_eq!(
        (
            store.tally().unwrap().retakes,
            store.tally().unwrap().acknowledged
        ),
        (0, 0)
    );
    assert_eq!(store.standing("s1:1").unwrap().retake_of, None);
    store
        .apply_verdict(&verdict(9, "p1", ReviewState::Rejected))
        .unwrap();
    assert_eq!(state(&store), EnrolmentState::Captured, "the photo was replaced");
    store
        .apply_verdict(&verdict(10, "p3", ReviewState::Approved))
        .unwrap();
    assert_eq!(state(&store), EnrolmentState::Approved);
    assert_eq!(store.newest_packet("s1:1").unwrap().unwrap().packet, "p3");
}

#[test]
fn a_damaged_packet_is_named_and_the_others_go_on() {
    let (folder, store) = store();
    for (id, bytes) in [("p1", b"one"), ("p2", b"two"), ("p3", b"thr")] {
        store.enqueue(&packet(id, bytes)).unwrap();
    }
    let file = |id: &str| folder.path().join(format!("packets/{id}.packet"));
    drop(store);
    std::fs::write(file("p1"), b"cut-off-and-other").unwrap();
    std::fs::write(file("p2"), b"tw0").unwrap();
    std::fs::write(folder.path().join("packets/p9.part"), b"half").unwrap();
    std::fs::write(file("p8"), b"nobody was promised this").unwrap();
    let store = StationStore::open(folder.path()).unwrap();
    assert!(!folder.path().join("packets/p9.part").exists() && file("p8").exists());
    assert_eq!(store.sealed("p2"), Err(StoreFault::PacketDamaged("p2".into())));
    let trouble: Vec<_> = store
        .queue(2)
        .unwrap()
        .into_iter()
        .map(|e| (e.packet, e.last_fault))
        .collect();
    let code = Some("packet_damaged".to_string());
    assert_eq!(
        trouble,
        [("p2".to_string(), code.clone()), ("p1".to_string(), code)]
    );
    assert_eq!(store.next_to_send(Moment(1_000)).unwrap().unwrap().packet, "p3");
    assert_eq!(
        store.queue(9).unwrap().len(),
        3,
        "a file without a row is not in the queue"
    );
}

#[test]
fn set_ups_are_kept_by_version() {
    let (_folder, store) = store();
    let text = include_str!("setup.json");
    let mut setup: domain::setup::SessionSetup = serde_json::from_str(text).unwrap();
    store.keep_setup(&setup).unwrap();
    setup.version = 3;
    setup.title = "new".into();
    store.keep_setup(&setup).unwrap();
    let mut older = setup.clone();
    older.version = 2;
    store.keep_setup(&older).unwrap();
    assert_eq!(store.setups().unwrap(), [setup]);
}

#[test]
fn ten_thousand_rows_are_counted_and_searched_at_once() {
    let (_folder, store) = store();
    let rows: Vec<_> = (2..10_002)
        .map(|n| person(&format!("s1:{n}"), "曾小贤"))
        .collect();
    store.merge_roster(SESSION, &rows).unwrap();
    let started = std::time::Instant::now();
    for _ in 0..20 {
        store.tally().unwrap();
    }
    let tally = started.elapsed() / 20;
    let started = std::time::Instant::now();
    assert_eq!(store.search(SESSION, "xiaoxian", 30).unwrap().len(), 30);
    assert_eq!(store.classes(SESSION).unwrap()[0].total, 10_001);
    let search = started.elapsed();
    println!("10,000 people: tally {tally:?}, search and classes {search:?}");
    assert!(
        tally.as_millis() < 20 && search.as_millis() < 500,
        "tally {tally:?}, search {search:?}"
    );
}
