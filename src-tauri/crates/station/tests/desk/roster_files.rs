//! A roster file from the disk into the session, as the operator sees it.

use crate::rig::{Rig, roster, session};
use domain::port::{Imports, Store};
use domain::roster::{GoneChoice, RosterField};
use station::contract::{
    ColumnMeaning, Command, RosterChecked, RosterColumns, RosterScreen, RosterStage, Screen, StationView,
};
use std::path::Path;

fn page(view: &StationView) -> Option<&RosterScreen> {
    match &view.screen {
        Screen::Roster(page) => Some(page),
        _ => None,
    }
}

fn columns(view: &StationView) -> Option<&RosterColumns> {
    match &page(view)?.stage {
        RosterStage::Columns(columns) => Some(columns),
        _ => None,
    }
}

fn checked(view: &StationView) -> Option<&RosterChecked> {
    match &page(view)?.stage {
        RosterStage::Checked(checked) => Some(checked),
        _ => None,
    }
}

fn start() -> Rig {
    let rig = Rig::start(
        &[session("s1", "400"), session("s2", "400")],
        roster(vec![], &[]),
        true,
    );
    rig.sign_in();
    rig.choose("s1");
    rig.give(Command::OpenRoster);
    rig.until("the page", |view| {
        page(view).is_some_and(|page| page.stage == RosterStage::Choosing)
    });
    rig
}

fn read(rig: &Rig, path: &Path) -> StationView {
    rig.give(Command::ReadRoster {
        path: path.to_string_lossy().into_owned(),
    });
    rig.until("the columns", |view| columns(view).is_some())
}

fn written(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn a_file_is_looked_at_mapped_checked_and_taken() {
    let rig = start();
    let text = "学员,学号,备考,班级\n李明,1,甲,护理 1 班\n王欣怡,2,乙,护理 1 班\n,3,丙,护理 2 班\n";
    let (folder, path) = written("名单.csv", text);
    let view = read(&rig, &path);
    let found = columns(&view).unwrap();
    assert_eq!(
        (found.kind.as_str(), found.missing.as_slice()),
        ("text", &["sheet".to_string()][..])
    );
    assert_eq!(found.columns[0].sample, ["李明", "王欣怡", ""]);
    // Not before the columns are known.
    rig.give(Command::CheckRoster);
    rig.until("a word", |view| view.notice.is_some() && columns(view).is_some());
    rig.give(Command::UseRosterSheet { sheet: 0, used: true });
    let view = rig.until("a name is missing", |view| {
        columns(view).is_some_and(|columns| columns.missing == ["name"])
    });
    assert_eq!(
        columns(&view).unwrap().columns[1].field,
        Some(RosterField::StudentNumber)
    );
    rig.give(Command::AssignColumn(ColumnMeaning {
        sheet: 0,
        letters: "A".into(),
        field: Some(RosterField::Name),
    }));
    rig.until("nothing is missing", |view| {
        columns(view).is_some_and(|columns| columns.missing.is_empty())
    });
    rig.give(Command::CheckRoster);
    let view = rig.until("the rows", |view| checked(view).is_some());
    let found = checked(&view).unwrap();
    assert_eq!(
        (found.good, found.left_out, found.new, found.problems_total),
        (2, 1, 2, 1)
    );
    assert_eq!(
        (
            found.problems[0].row,
            found.problems[0].letters.as_str(),
            found.problems[0].code.as_str()
        ),
        (4, "A", "name_missing")
    );
    assert_eq!(found.differences[0].name, "李明");
    assert!(
        rig.people("s1").is_empty(),
        "nothing is kept before somebody says so"
    );

    // The bad row is left out only by agreement, and can be handed back to the school.
    rig.give(Command::ApplyRoster { leave_out: false });
    rig.until("refused", |view| view.notice.is_some() && checked(view).is_some());
    rig.give(Command::SaveRosterProblems);
    let view = rig.until("saved", |view| {
        checked(view).is_some_and(|checked| checked.saved.is_some())
    });
    let saved = checked(&view).unwrap().saved.clone().unwrap();
    let list = std::fs::read_to_string(&saved).unwrap();
    assert!(
        list.contains("\"4\",\"A\",\"学员\",\"name_missing\"") && !list.contains("李明"),
        "{list}"
    );
    rig.give(Command::ApplyRoster { leave_out: true });
    rig.until("kept", |view| {
        page(view)
            .is_some_and(|page| matches!(page.stage, RosterStage::Applied { counts } if counts.new == 2))
    });
    assert_eq!(rig.people("s1"), ["李明", "王欣怡"]);
    rig.give(Command::ClosePage);
    rig.until("the roster page", |view| {
        matches!(&view.screen, Screen::Home(home) if home.classes.len() == 1 && home.people.len() == 2)
    });

    // The school's next file needs nobody to say what its columns mean, and says what is new.
    rig.give(Command::OpenRoster);
    let view = rig.until("the last import", |view| {
        page(view).is_some_and(|page| page.last.is_some())
    });
    let last = page(&view).unwrap().last.clone().unwrap();
    assert_eq!(
        (last.file_name.as_str(), last.by.as_str(), last.counts.left_out),
        ("名单.csv", "zhoumin", 1)
    );
    let next = folder.path().join("名单 2.csv");
    std::fs::write(
        &next,
        "学员,学号,备考,班级\n李明,1,甲,护理 9 班\n赵琳,5,戊,护理 1 班\n",
    )
    .unwrap();
    let view = read(&rig, &next);
    let found = columns(&view).unwrap();
    assert_eq!(
        (found.missing.len(), found.columns[0].confidence.as_str()),
        (0, "learned")
    );
    rig.give(Command::CheckRoster);
    let view = rig.until("the rows", |view| checked(view).is_some());
    let found = checked(&view).unwrap();
    assert_eq!(
        (found.new, found.changed, found.unchanged, found.gone),
        (1, 1, 0, 1)
    );
    assert_eq!(found.differences[1].fields, [RosterField::ClassName]);
    assert_eq!(found.choice, GoneChoice::Keep, "nobody goes by itself");
    rig.give(Command::ChooseGone {
        choice: GoneChoice::Remove,
    });
    rig.until("chosen", |view| {
        checked(view).is_some_and(|checked| checked.choice == GoneChoice::Remove)
    });
    rig.give(Command::ApplyRoster { leave_out: false });
    rig.until("kept", |view| {
        page(view)
            .is_some_and(|page| matches!(page.stage, RosterStage::Applied { counts } if counts.removed == 1))
    });
    let mut people = rig.people("s1");
    people.sort();
    assert_eq!(people, ["李明", "赵琳"]);
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_another_can_be_chosen() {
    let rig = start();
    let (folder, good) = written("好.csv", "姓名,学号\n李明,1\n");
    let not_a_book = folder.path().join("坏.xlsx");
    std::fs::write(&not_a_book, "no workbook").unwrap();
    for (path, code) in [
        (folder.path().join("absent.csv"), "roster_file_unreadable"),
        (not_a_book, "roster_unreadable"),
    ] {
        rig.give(Command::ReadRoster {
            path: path.to_string_lossy().into_owned(),
        });
        let told = |view: &StationView| page(view).is_some_and(|page| page.fault.as_deref() == Some(code));
        let view = rig.until("the fault", told);
        assert_eq!(page(&view).unwrap().stage, RosterStage::Choosing);
    }
    // A path as file managers copy it.
    rig.give(Command::ReadRoster {
        path: format!("\"{}\"", good.display()),
    });
    let view = rig.until("the columns", |view| columns(view).is_some());
    assert_eq!(page(&view).unwrap().fault, None);
}

#[test]
fn an_encoding_is_told_and_changed_and_a_file_belongs_to_its_session() {
    let rig = start();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    // 姓名,学号 / 李明,1 in GBK.
    std::fs::write(&path, b"\xd0\xd5\xc3\xfb,\xd1\xa7\xba\xc5\n\xc0\xee\xc3\xf7,1\n").unwrap();
    let view = read(&rig, &path);
    let encoding = columns(&view).unwrap().encoding.clone().unwrap();
    assert_eq!((encoding.encoding.as_str(), encoding.sure), ("gb18030", true));
    rig.give(Command::ReadRosterIn {
        encoding: "utf8".into(),
    });
    rig.until("no text", |view| {
        page(view).is_some_and(|page| page.fault.as_deref() == Some("roster_encoding"))
    });
    rig.give(Command::ReadRosterIn {
        encoding: "gb18030".into(),
    });
    rig.until("the columns", |view| columns(view).is_some());
    rig.give(Command::CheckRoster);
    rig.until("the rows", |view| checked(view).is_some());
    // Whoever leaves the session leaves the file.
    rig.give(Command::LeaveSession);
    rig.until("the sessions", |view| {
        matches!(view.screen, Screen::ChooseSession { .. })
    });
    rig.choose("s2");
    rig.until("home", |view| matches!(view.screen, Screen::Home(_)));
    rig.give(Command::ApplyRoster { leave_out: true });
    rig.until("refused", |view| view.notice.is_some());
    rig.give(Command::OpenRoster);
    rig.until("nothing chosen", |view| {
        page(view).is_some_and(|page| page.stage == RosterStage::Choosing)
    });
    assert!(rig.people("s1").is_empty() && rig.people("s2").is_empty());
}

impl Rig {
    /// Names of everybody of a session, in the roster's order.
    fn people(&self, session: &str) -> Vec<String> {
        let rows = self.store().kept_rows(session).unwrap();
        let names = rows.iter().map(|kept| kept.row.name.reveal().clone());
        let names: Vec<String> = names.collect();
        assert_eq!(
            self.store()
                .classes(session)
                .unwrap()
                .iter()
                .map(|c| c.total as usize)
                .sum::<usize>(),
            names.len()
        );
        names
    }
}
