//! Verdicts of the review, and the retakes they open.

use crate::common::*;
use domain::Moment;
use domain::enrolment::EnrolmentState;
use domain::port::Store;
use domain::queue::{QueueState, ReviewState};
use store::StationStore;

#[test]
fn a_rejected_photo_opens_a_retake_and_a_late_verdict_does_not() {
    let (_folder, store) = store();
    let state = |store: &StationStore| store.enrolment("s1:1").unwrap().unwrap().state;
    store.enqueue(&packet("p1", b"one")).unwrap();
    store.acknowledge("p1", "{}", Moment(2_000)).unwrap();
    store
        .apply_change(&verdict(7, "p1", ReviewState::Rejected))
        .unwrap();
    store
        .apply_change(&verdict(8, "unknown", ReviewState::Approved))
        .unwrap();
    store
        .apply_change(&verdict(7, "p1", ReviewState::Approved))
        .unwrap();
    assert_eq!(
        (state(&store), store.change_cursor().unwrap()),
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
        store
            .next_to_send(Moment(1_000), LONGEST_PAUSE)
            .unwrap()
            .unwrap()
            .packet,
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
        .apply_change(&verdict(9, "p1", ReviewState::Rejected))
        .unwrap();
    assert_eq!(state(&store), EnrolmentState::Captured, "the photo was replaced");
    store
        .apply_change(&verdict(10, "p3", ReviewState::Approved))
        .unwrap();
    assert_eq!(state(&store), EnrolmentState::Approved);
    assert_eq!(store.newest_packet("s1:1").unwrap().unwrap().packet, "p3");
}
