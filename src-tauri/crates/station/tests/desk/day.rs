//! The end of a day through the station: sums, the drawer, a supervisor's name under it, papers.

use crate::rig::{PIN, Rig, SUPERVISOR, roster, row, session};
use calamine::{Data, Reader};
use domain::Moment;
use domain::audit::AuditEvent;
use domain::enrolment::Enrolment;
use domain::payment::SettledFee;
use domain::port::{Days, Till};
use station::contract::{CashCounted, Command, DayEndScreen, Screen, StationView};

/// The font of papers.
pub(crate) const FONT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../models/files/noto-sans-sc.ttf"
);

fn line(what: &str) -> AuditEvent {
    AuditEvent {
        at: Moment(1_795_000_000_000),
        operator: "zhoumin".into(),
        what: what.into(),
        subject: String::new(),
        detail: String::new(),
    }
}

/// A fee as the session rules make one.
fn fee(method: &str, amount_fen: u32, proof: &str) -> SettledFee {
    serde_json::from_value(serde_json::json!({
        "method": method, "amount_fen": amount_fen, "proof": proof, "by": "zhoumin", "at": 1_795_000_000_000i64,
    }))
    .unwrap()
}

/// Three people of one class: cash, an order, exempt.
fn desk() -> Rig {
    let people = ["陈思涵", "李明", "王芳"].iter().zip(1..);
    let people = people.map(|(name, n)| Enrolment {
        id: format!("s1:{n}"),
        document_number: None,
        student_number: format!("0240{n}"),
        ..row(name)
    });
    let rig = Rig::start(&[session("s1", "400")], roster(people.collect(), &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 3),
    );
    let paid = [
        ("s1:1", fee("cash", 2_000, "cash")),
        ("s1:2", fee("order", 2_000, "CS-1")),
        ("s1:3", fee("exempt", 0, "lihua: orphan")),
    ];
    for (enrolment, fee) in &paid {
        rig.store()
            .keep_settled_fee(enrolment, fee, &line("settled"))
            .unwrap();
    }
    rig
}

fn page(view: &StationView) -> Option<&DayEndScreen> {
    match &view.screen {
        Screen::DayEnd(page) => Some(page),
        _ => None,
    }
}

fn open(rig: &Rig) -> DayEndScreen {
    rig.give(Command::OpenDayEnd);
    page(&rig.until("the day's end", |view| page(view).is_some()))
        .unwrap()
        .clone()
}

fn sign(rig: &Rig) {
    rig.give(Command::SignDay {
        supervisor: SUPERVISOR.into(),
        pin: PIN.into(),
    });
}

fn told(rig: &Rig, code: &str) {
    rig.until(code, |view| {
        view.notice.as_ref().is_some_and(|notice| notice.code == code)
    });
}

#[test]
fn a_day_is_counted_explained_signed_and_written() {
    let rig = desk();
    let first = open(&rig);
    assert_eq!((first.total.count, first.total.fen), (3, 4_000));
    assert_eq!(
        (first.drawer.taken_fen, first.paid_without_photo.len()),
        (2_000, 2)
    );
    assert_eq!(first.missing.as_deref(), Some("day_not_counted"));
    sign(&rig);
    told(&rig, "fault.day_not_counted");
    let count = |explanation: &str| {
        Command::CountCash(CashCounted {
            float_fen: 10_000,
            counted_fen: 11_000,
            explanation: explanation.into(),
        })
    };
    rig.give(count(""));
    let view = rig.until("counted", |view| page(view).is_some_and(|p| p.count.is_some()));
    let counted = page(&view).unwrap();
    assert_eq!(counted.count.as_ref().unwrap().difference_fen, -1_000);
    assert_eq!(counted.missing.as_deref(), Some("day_not_explained"));
    rig.give(count("找错零钱"));
    rig.until("explained", |view| {
        page(view).is_some_and(|p| p.missing.is_none())
    });
    rig.give(Command::SignDay {
        supervisor: "zhoumin".into(),
        pin: PIN.into(),
    });
    told(&rig, "fault.not_a_supervisor");
    sign(&rig);
    let view = rig.until("signed", |view| page(view).is_some_and(|p| p.files.len() == 2));
    let signed = page(&view).unwrap();
    assert_eq!(
        (signed.signed[0].number, signed.total.count),
        (1, 0),
        "the next sheet is empty"
    );
    assert!(signed.signed[0].supervisor == SUPERVISOR && !signed.making);

    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&signed.files[0]).unwrap();
    let sums = book.worksheet_range_at(0).unwrap().unwrap();
    let total = sums
        .rows()
        .find(|row| row[0] == Data::String("合计".into()))
        .unwrap();
    assert_eq!(total[1..3], [Data::Float(3.0), Data::Float(40.0)]);
    assert!(std::fs::read(&signed.files[1]).unwrap().starts_with(b"%PDF"));

    // What comes later stands on the next sheet, also after a restart.
    let folder = rig.close();
    let store = store::StationStore::open(folder.path()).unwrap();
    assert_eq!(store.signed_days(9).unwrap()[0].sheet.total.count, 3);
    assert!(store.day_facts(Moment(0)).unwrap().takings.is_empty());
}

#[test]
fn a_receipt_is_numbered_and_the_second_is_a_reprint() {
    let rig = desk();
    let receipt = |enrolment: &str| {
        rig.give(Command::PrintReceipt {
            enrolment: enrolment.into(),
        })
    };
    let file = |view: &StationView| {
        let notice = view.notice.as_ref().filter(|n| n.code == "fault.paper_made")?;
        notice.args.get("file").cloned()
    };
    for (enrolment, name) in [
        ("s1:1", "receipt-000001-1.pdf"),
        ("s1:2", "receipt-000002-1.pdf"),
        ("s1:1", "receipt-000001-2.pdf"),
    ] {
        receipt(enrolment);
        let view = rig.until(name, |view| file(view).is_some_and(|file| file.ends_with(name)));
        assert!(std::fs::read(file(&view).unwrap()).unwrap().starts_with(b"%PDF"));
    }
}

#[test]
fn without_a_payment_there_is_no_receipt() {
    let rig = Rig::start(&[session("s1", "400")], roster(vec![row("陈思涵")], &[]), true);
    rig.sign_in();
    rig.choose("s1");
    rig.until(
        "the roster",
        |view| matches!(&view.screen, Screen::Home(home) if home.people.len() == 1),
    );
    rig.give(Command::PrintReceipt {
        enrolment: "s1:1".into(),
    });
    told(&rig, "fault.receipt_nothing_paid");
}
