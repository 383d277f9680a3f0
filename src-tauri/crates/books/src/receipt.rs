//! A receipt, A6 upright.

use crate::local;
use crate::money::{in_capitals, yuan};
use crate::page::{Typeface, draw, finish};
use crate::words::{Group, Words};
use domain::payment::PaymentMethod;
use domain::port::{PaperFault, ReceiptPaper};
use krilla::Document;

const A6_MM: (f32, f32) = (105.0, 148.0);
const LEFT: f32 = 10.0;
const RIGHT: f32 = 95.0;
/// Where the values begin.
const VALUES: f32 = 36.0;

pub(crate) fn document(paper: &ReceiptPaper, words: &Words, face: &Typeface) -> Result<Vec<u8>, PaperFault> {
    let receipt = &paper.receipt;
    let fee = &receipt.taking;
    let mut rows: Vec<(String, String)> = vec![
        (words.of("receipt_number"), format!("{:06}", receipt.number)),
        (words.of("school"), paper.school.clone()),
        (words.of("session"), paper.session.clone()),
        (words.of("name"), paper.name.clone()),
        (words.of("class"), fee.class_name.clone()),
        (words.of("student_number"), paper.student_number.clone()),
        (words.of("what_for"), paper.fee_text.clone()),
        (words.of("method"), words.code(Group::Method, &fee.method)),
    ];
    match fee.method {
        PaymentMethod::Exempt => rows.push((words.of("amount"), words.of("not_due"))),
        PaymentMethod::Prepaid => rows.push((words.of("amount"), words.of("prepaid"))),
        PaymentMethod::Voucher => rows.push((words.of("amount"), words.of("voucher"))),
        PaymentMethod::Cash | PaymentMethod::Order | PaymentMethod::AtSync => {
            rows.push((
                words.of("amount"),
                format!("¥{}", yuan(i64::from(fee.amount_fen))),
            ));
            rows.push((words.of("in_words"), in_capitals(fee.amount_fen)));
        }
    }
    if matches!(fee.method, PaymentMethod::Order | PaymentMethod::AtSync) {
        rows.push((words.of("order_number"), fee.proof.clone()));
    }
    let operator = if paper.operator.is_empty() {
        words.of("center")
    } else {
        paper.operator.clone()
    };
    rows.push((words.of("operator"), operator));
    rows.push((words.of("time"), local(fee.at, "%Y-%m-%d %H:%M")));
    rows.push((words.of("station"), paper.station.clone()));
    rows.push((
        words.of("contact"),
        format!("{} {}", paper.contact.phone, paper.contact.hours),
    ));
    let shown: Vec<_> = rows
        .iter()
        .map(|(label, value)| (label, face.shown(value)))
        .collect();
    let rare = shown.iter().any(|(_, value)| value.rare);

    let mut document = Document::new();
    draw(&mut document, face, A6_MM, |pen| {
        pen.text(LEFT, 17.0, 18.0, &words.of("receipt"));
        if receipt.copy > 1 {
            let again = words.with("reprint", "n", &(receipt.copy - 1).to_string());
            pen.right(RIGHT, 17.0, 12.0, &again);
        }
        pen.rule(LEFT, RIGHT, 21.0);
        let mut y = 28.0;
        for (label, value) in &shown {
            pen.text(LEFT, y, 9.0, label);
            let value = face.fit(&value.text, 10.0, RIGHT - VALUES);
            pen.text(VALUES, y, 10.0, &value);
            y += 7.0;
        }
        if receipt.refunded_fen > 0 {
            let back = format!("¥{}", yuan(i64::from(receipt.refunded_fen)));
            pen.text(LEFT, y + 2.0, 13.0, &words.with("refunded", "amount", &back));
        }
        if rare {
            pen.text(LEFT, 135.0, 8.0, &words.of("rare"));
        }
        pen.rule(LEFT, RIGHT, 138.0);
        let printed = format!("{} {}", words.of("printed"), local(receipt.at, "%Y-%m-%d %H:%M"));
        pen.text(LEFT, 143.0, 8.0, &printed);
        pen.right(RIGHT, 143.0, 8.0, &receipt.operator);
    })?;
    finish(document)
}
