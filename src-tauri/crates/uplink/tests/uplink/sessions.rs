//! Sessions, rosters and the server's health.

use crate::rig::Rig;
use central::{FaultKind, Target};
use domain::port::Central as _;

#[test]
fn the_sample_school_comes_whole() {
    let mut rig = Rig::new();
    rig.uplink.answers().unwrap();
    let sessions = rig.uplink.sessions().unwrap();
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].fee.amount_fen, 2000);
    assert!(sessions[0].agreement.text.contains("未满十四周岁"));

    let batch = rig.uplink.roster(&sessions[0].id).unwrap();
    assert!(batch.problems.is_empty(), "{:?}", batch.problems);
    assert_eq!(batch.rows.len(), 32);
    assert!(batch.rows[0].prepaid);
    assert!(batch.rows[3].not_eligible.as_deref().unwrap().contains("学籍科"));
    assert!(
        batch
            .rows
            .iter()
            .all(|row| row.session == sessions[0].id && !row.provisional)
    );

    let fault = rig.uplink.roster("another").unwrap_err();
    assert!(
        !fault.temporary() && fault.to_string().contains("session_unknown"),
        "{fault}"
    );
    assert!(
        rig.uplink.roster("../v1/keys").is_err(),
        "an id stays one part of the path"
    );
}

#[test]
fn a_captive_portal_is_no_server() {
    let mut rig = Rig::new();
    for kind in [
        FaultKind::Nonsense,
        FaultKind::OtherJson,
        FaultKind::Status { code: 404 },
    ] {
        rig.fault(Target::Any, kind.clone());
        assert_eq!(
            rig.uplink.answers().unwrap_err().code(),
            "server_nonsense",
            "{kind:?}"
        );
        rig.fault(Target::Sessions, kind.clone());
        assert_eq!(
            rig.uplink.sessions().unwrap_err().code(),
            "server_nonsense",
            "{kind:?}"
        );
        rig.fault(Target::Sessions, kind.clone());
        assert!(
            rig.uplink.roster("sample-2027").unwrap_err().temporary(),
            "{kind:?}"
        );
        rig.fault(Target::Verdicts, kind.clone());
        assert!(rig.uplink.verdicts(0).unwrap_err().temporary(), "{kind:?}");
    }
    rig.uplink.answers().unwrap();
}
