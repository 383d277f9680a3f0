//! What stations are told, by cursor.

use crate::fixture::Capture;
use crate::rig::{JSON, Rig};
use central::{Central, Config, Judgement};
use serde_json::{Value, json};
use std::fmt::Write;

fn pulled(rig: &Rig, after: i64) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    let mut after = after;
    loop {
        let page = rig.station("GET", &format!("/v1/changes?after={after}"), &[], b"");
        assert!(page.status == 200 && page.body.len() <= 4 << 20);
        let page = page.json();
        let changes = page["changes"].as_array().unwrap().clone();
        assert!(changes.len() <= 200);
        for change in changes {
            let cursor = change["cursor"].as_i64().unwrap();
            assert!(cursor > after, "cursors rise");
            after = cursor;
            all.push(change);
        }
        if page["more"] == false {
            return all;
        }
    }
}

fn kinds(changes: &[Value]) -> Vec<&str> {
    changes.iter().map(|c| c["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_new_station_hears_of_set_up_roster_verdicts_and_messages_in_order() {
    let rig = Rig::new(true);
    let (id, sealed) = Capture::default().seal(&rig.greeting().recipient);
    assert_eq!(rig.deliver(id, &sealed.bytes).status, 200);
    let judgement = Judgement {
        state: "rejected".into(),
        reasons: vec!["shadow".into(), "hair".into()],
        text: "重拍".into(),
    };
    rig.central.judge(&id.to_string(), &judgement).unwrap();
    rig.central.judge(&id.to_string(), &judgement).unwrap();
    let message = json!({"text": "<b>下午 2 点停电</b>", "urgent": true}).to_string();
    assert_eq!(
        rig.reviewer("POST", "/v1/messages", &[JSON], message.as_bytes())
            .status,
        200
    );
    let all = pulled(&rig, 0);
    assert_eq!(
        kinds(&all),
        ["setup", "roster", "verdict", "message"],
        "a verdict given twice is told once"
    );
    serde_json::from_value::<domain::setup::SessionSetup>(all[0]["setup"].clone()).unwrap();
    assert_eq!(
        (
            all[1]["first_row"].as_u64(),
            all[1]["entries"].as_array().unwrap().len()
        ),
        (Some(1), 32)
    );
    let listed = rig
        .station("GET", "/v1/sessions/sample-2027/roster", &[], b"")
        .json();
    assert_eq!(all[1]["entries"], listed["entries"]);
    assert_eq!(all[2]["reasons"], json!(["shadow", "hair"]));
    assert_eq!(
        (&all[3]["text"], &all[3]["urgent"]),
        (&json!("<b>下午 2 点停电</b>"), &json!(true))
    );
    let last = all[3]["cursor"].as_i64().unwrap();
    assert_eq!(pulled(&rig, last), Vec::<Value>::new());
    assert_eq!(pulled(&rig, last - 1).len(), 1);
}

/// A school in a folder, whose roster has these student numbers and names.
fn school(folder: &std::path::Path, people: &[(u32, &str)], fee: u32) {
    let session = include_str!("../../sample/session.toml").replace("2000", &fee.to_string());
    std::fs::write(folder.join("session.toml"), session).unwrap();
    std::fs::write(
        folder.join("agreement.txt"),
        include_str!("../../sample/agreement.txt"),
    )
    .unwrap();
    let mut roster = String::from("学号,姓名,身份证号,班级,号码牌,已缴费,可采集,不可采集原因\n");
    for (number, name) in people {
        writeln!(roster, "{number},{name},,一班,,,是,").unwrap();
    }
    std::fs::write(folder.join("roster.csv"), roster).unwrap();
}

fn restarted(rig: Rig, folder: &std::path::Path) -> Rig {
    let Rig { central, dir } = rig;
    central.stop();
    let central = Central::start(&Config {
        school: Some(folder.to_owned()),
        ..Config::sample(dir.path())
    })
    .unwrap();
    Rig { central, dir }
}

#[test]
fn a_changed_school_is_told_as_the_difference() {
    let folder = tempfile::tempdir().unwrap();
    let people: Vec<(u32, &str)> = (1..=1200).map(|n| (n, "甲")).collect();
    school(folder.path(), &people, 2000);
    let rig = restarted(Rig::new(true), folder.path());
    let first = pulled(&rig, 0);
    // The sample school's people went; a fresh station hears of them only as removed.
    let named: usize = first
        .iter()
        .filter_map(|c| c["entries"].as_array())
        .map(Vec::len)
        .sum();
    assert_eq!(named, 1200);
    let runs: Vec<_> = first
        .iter()
        .filter(|c| !c["entries"].as_array().is_none_or(Vec::is_empty))
        .collect();
    assert!(runs.iter().all(|c| c["entries"].as_array().unwrap().len() <= 500));
    assert_eq!(
        runs.iter()
            .map(|c| c["first_row"].as_u64().unwrap())
            .collect::<Vec<_>>(),
        [1, 501, 1001]
    );
    let removed: usize = first
        .iter()
        .filter_map(|c| c["removed"].as_array())
        .map(Vec::len)
        .sum();
    assert_eq!(removed, 32);
    let mut cursor = first.last().unwrap()["cursor"].as_i64().unwrap();

    let rig = restarted(rig, folder.path());
    assert_eq!(
        pulled(&rig, cursor),
        Vec::<Value>::new(),
        "nothing changed, nothing is told"
    );

    let mut changed = people.clone();
    changed[6] = (7, "乙");
    changed[7] = (8, "乙");
    changed[99] = (100, "乙");
    changed.remove(49);
    changed.push((5000, "丙"));
    school(folder.path(), &changed, 2500);
    let rig = restarted(rig, folder.path());
    let news = pulled(&rig, cursor);
    assert_eq!(kinds(&news), ["setup", "roster", "roster", "roster", "roster"]);
    assert_eq!(news[0]["setup"]["fee"]["amount_fen"], 2500);
    let ids = |change: &Value| -> Vec<String> {
        let entries = change["entries"].as_array().unwrap();
        entries
            .iter()
            .map(|e| e["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        (ids(&news[1]), news[1]["first_row"].as_u64()),
        (vec!["7".to_owned(), "8".to_owned()], Some(7))
    );
    assert_eq!(
        (ids(&news[2]), news[2]["first_row"].as_u64()),
        (vec!["100".to_owned()], Some(99))
    );
    assert_eq!(ids(&news[3]), ["5000"]);
    assert_eq!(news[4]["removed"], json!(["50"]));
    cursor = news[4]["cursor"].as_i64().unwrap();

    // Whoever starts anew hears the roster as it is now: nobody who was removed, no old name.
    let fresh = pulled(&rig, 0);
    let names: Vec<(String, String)> = fresh
        .iter()
        .filter_map(|c| c["entries"].as_array())
        .flatten()
        .map(|e| {
            (
                e["id"].as_str().unwrap().to_owned(),
                e["name"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    assert!(names.iter().all(|(id, _)| id != "50"));
    assert!(
        names
            .iter()
            .filter(|(id, _)| id == "7")
            .all(|(_, name)| name == "乙")
    );
    assert_eq!(pulled(&rig, cursor), Vec::<Value>::new());
}
