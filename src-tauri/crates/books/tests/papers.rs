//! Papers read back by programs that share no code with those that wrote them.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use books::Books;
use calamine::{Data, Reader};
use domain::Moment;
use domain::day::{CashCount, DayFacts, DaySheet, Receipt, Taking};
use domain::payment::{PaymentMethod, Refund, RefundState, Unmet};
use domain::port::{Listed, PaperFault, Papers, ReceiptPaper, SheetPaper};
use domain::setup::Contact;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn font() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/files/noto-sans-sc.ttf")
}

fn books(folder: &Path) -> Books {
    Books::new(folder.to_path_buf(), font(), "zh-CN").unwrap()
}

/// All text of a PDF without blanks.
fn text_of(path: &str) -> String {
    let document = lopdf::Document::load(path).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn taking(seq: i64, method: PaymentMethod, amount_fen: u32) -> Taking {
    Taking {
        seq,
        enrolment: format!("e{seq}"),
        class_name: "护理 2401 班".into(),
        method,
        amount_fen,
        operator: "zhoumin".into(),
        proof: "CS-019".into(),
        at: Moment(1_795_000_000_000),
    }
}

fn receipt(copy: u32, name: &str) -> ReceiptPaper {
    ReceiptPaper {
        receipt: Receipt {
            number: 7,
            copy,
            taking: taking(1, PaymentMethod::Cash, 2_050),
            refunded_fen: 0,
            at: Moment(1_795_000_000_000),
            operator: "周敏".into(),
        },
        station: "2 号采集位".into(),
        school: "青禾职业技术学校".into(),
        session: "2027 届毕业生·主校区".into(),
        name: name.into(),
        student_number: "24010001".into(),
        fee_text: "图像采集费".into(),
        operator: "周敏".into(),
        contact: Contact {
            phone: "400-000-0000".into(),
            hours: "8:00–18:00".into(),
            qr: String::new(),
        },
    }
}

#[test]
fn a_receipt_says_what_was_paid_and_a_reprint_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut books = books(folder.path());
    let first = text_of(&books.receipt(&receipt(1, "陈*涵")).unwrap());
    for said in [
        "收据",
        "000007",
        "陈*涵",
        "¥20.50",
        "贰拾元伍角整",
        "青禾职业技术学校",
        "周敏",
    ] {
        assert!(first.contains(said), "{said} in {first}");
    }
    assert!(!first.contains("补打"), "{first}");
    let again = text_of(&books.receipt(&receipt(3, "陈*涵")).unwrap());
    assert!(again.contains("补打第2次"), "{again}");
    let mut given_back = receipt(2, "陈*涵");
    given_back.receipt.refunded_fen = 2_050;
    let text = text_of(&books.receipt(&given_back).unwrap());
    assert!(text.contains("已退¥20.50"), "{text}");
}

#[test]
fn a_character_the_font_lacks_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut books = books(folder.path());
    let rare = text_of(&books.receipt(&receipt(1, "张\u{e863}")).unwrap());
    assert!(rare.contains('□') && rare.contains("请手写补上"), "{rare}");
}

#[test]
fn a_missing_font_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut books = Books::new(folder.path().into(), folder.path().join("none.ttf"), "en").unwrap();
    assert_eq!(books.receipt(&receipt(1, "x")), Err(PaperFault::Font));
    assert!(Books::new(folder.path().into(), font(), "tlh").is_err());
}

/// Two in cash, one by an order, one prepaid; one cash fee given back; the drawer is ten yuan short.
fn sheet() -> SheetPaper {
    let facts = DayFacts {
        until: Moment(1_795_000_100_000),
        captured: 4,
        takings: vec![
            taking(1, PaymentMethod::Cash, 2_000),
            taking(2, PaymentMethod::Cash, 2_000),
            taking(3, PaymentMethod::Order, 2_000),
            taking(4, PaymentMethod::Prepaid, 2_000),
        ],
        refunds: vec![Refund {
            id: "r1".into(),
            enrolment: "e1".into(),
            method: PaymentMethod::Cash,
            order: None,
            amount_fen: 2_000,
            reason: "=1+1".into(),
            supervisor: "lihua".into(),
            operator: "zhoumin".into(),
            state: RefundState::Done,
            at: Moment(1_795_000_050_000),
        }],
        paid_without_photo: vec![Unmet {
            enrolment: "e3".into(),
            order: Some("CS-019".into()),
            amount_fen: 2_000,
            at: Moment(1_795_000_000_000),
        }],
        ..DayFacts::default()
    };
    let people = (1..=4).map(|n| {
        let listed = Listed {
            name: format!("学生{n}"),
            class_name: "护理 2401 班".into(),
            student_number: format!("0240{n}"),
        };
        (format!("e{n}"), listed)
    });
    SheetPaper {
        number: Some(3),
        station: "2 号采集位".into(),
        sheet: DaySheet::of(facts, 10_000),
        count: Some(CashCount {
            float_fen: 10_000,
            counted_fen: 11_000,
            explanation: "找错零钱".into(),
        }),
        operator: "周敏".into(),
        supervisor: "李华".into(),
        at: Moment(1_795_000_200_000),
        operators: BTreeMap::from([("zhoumin".into(), "周敏".into()), ("lihua".into(), "李华".into())]),
        people: people.collect(),
    }
}

#[test]
fn a_sheet_agrees_with_a_table_computed_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let files = books(folder.path()).sheet(&sheet()).unwrap();
    let [xlsx, pdf] = &files[..] else {
        panic!("{files:?}")
    };

    let mut book: calamine::Xlsx<_> = calamine::open_workbook(xlsx).unwrap();
    let sums = book.worksheet_range_at(0).unwrap().unwrap();
    let row = |first: &str| -> Vec<Data> {
        let found = sums.rows().find(|row| row[0] == Data::String(first.to_string()));
        found.unwrap_or_else(|| panic!("no row {first}")).to_vec()
    };
    for (name, count, yuan) in [
        ("现金", 2.0, 40.0),
        ("扫码", 1.0, 20.0),
        ("代缴", 1.0, 0.0),
        ("合计", 4.0, 60.0),
    ] {
        assert_eq!(row(name)[1..3], [Data::Float(count), Data::Float(yuan)], "{name}");
    }
    for (name, yuan) in [
        ("备用金", 100.0),
        ("退出", -20.0),
        ("应有", 120.0),
        ("实点", 110.0),
        ("差额", -10.0),
    ] {
        assert_eq!(row(name)[1], Data::Float(yuan), "{name}");
    }
    let takings = book.worksheet_range("收款").unwrap();
    let number = takings.get_value((2, 2)).unwrap();
    assert_eq!(*number, Data::String("02401".into()), "a leading zero stays");
    let refunds = book.worksheet_range("退款").unwrap();
    assert!(
        refunds
            .rows()
            .any(|row| row.contains(&Data::String("=1+1".into()))),
        "text, not a formula"
    );
    assert!(book.worksheet_formula("退款").unwrap().is_empty());

    let text = text_of(pdf);
    for said in [
        "日终结算单第3号",
        "李华",
        "现金",
        "40.00",
        "60.00",
        "-10.00",
        "找错零钱",
        "学生3",
        "已缴费未拍照",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "no half files");
}
