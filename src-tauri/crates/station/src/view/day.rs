//! The page of the day's end.

use crate::contract::{
    AnsweredRow, CountRow, DayEndScreen, LooseRow, MethodSum, NamedSum, RefundRow, SignedRow, UnsentRow,
};
use crate::desk::Desk;
use crate::desk::day::MOST_ROWS;
use domain::day::{DaySheet, Sum};
use domain::payment::Unmet;
use std::collections::BTreeMap;

impl Desk {
    pub(super) fn day_screen(&self) -> DayEndScreen {
        let nothing = DaySheet::of(Default::default(), 0);
        let sheet = self.day.sheet.as_ref().unwrap_or(&nothing);
        let facts = &sheet.facts;
        let operators: BTreeMap<String, String> =
            self.operators().into_iter().map(|o| (o.id, o.name)).collect();
        let named = |id: &String| operators.get(id).unwrap_or(id).clone();
        let sums = |sums: &BTreeMap<String, Sum>, name: &dyn Fn(&String) -> String| {
            sums.iter()
                .map(|(id, sum)| NamedSum {
                    name: name(id),
                    sum: *sum,
                })
                .collect()
        };
        let loose = |list: &[Unmet]| list.iter().take(MOST_ROWS).map(|l| self.loose_row(l)).collect();
        let count = self.day.count.as_ref();
        DayEndScreen {
            from: facts.from,
            until: facts.until,
            captured: facts.captured,
            retaken: facts.retaken,
            acknowledged: facts.acknowledged,
            methods: sheet
                .by_method
                .iter()
                .map(|(method, sum)| MethodSum {
                    method: *method,
                    brings_money: method.brings_money(),
                    sum: *sum,
                })
                .collect(),
            operators: sums(&sheet.by_operator, &named),
            classes: sums(&sheet.by_class, &String::clone),
            total: sheet.total,
            refunded: sheet.refunded,
            drawer: sheet.drawer,
            expected_fen: sheet.drawer.expected_fen(),
            count: count.map(|count| CountRow {
                float_fen: count.float_fen,
                counted_fen: count.counted_fen,
                explanation: count.explanation.clone(),
                difference_fen: sheet.difference_fen(count),
            }),
            missing: sheet.ready(count).err().map(|fault| fault.code().to_string()),
            paid_without_photo: loose(&facts.paid_without_photo),
            photo_without_payment: loose(&facts.photo_without_payment),
            unsent: facts
                .unsent
                .iter()
                .take(MOST_ROWS)
                .map(|unsent| {
                    let person = self.day_person(&unsent.enrolment);
                    UnsentRow {
                        packet: unsent.packet.clone(),
                        name: person.name,
                        class_name: person.class_name,
                        state: unsent.state,
                        at: unsent.at,
                    }
                })
                .collect(),
            unsent_total: u32::try_from(facts.unsent.len()).unwrap_or(u32::MAX),
            refunds: facts
                .refunds
                .iter()
                .map(|refund| RefundRow {
                    name: self.day_person(&refund.enrolment).name,
                    method: refund.method,
                    amount_fen: refund.amount_fen,
                    state: refund.state,
                    reason: refund.reason.clone(),
                })
                .collect(),
            answered: facts
                .answered
                .iter()
                .take(MOST_ROWS)
                .map(|line| AnsweredRow {
                    what: line.what.clone(),
                    detail: line.detail.clone(),
                    at: line.at,
                })
                .collect(),
            signed: self
                .day
                .signed
                .iter()
                .map(|signed| SignedRow {
                    number: signed.number,
                    at: signed.at,
                    supervisor: named(&signed.supervisor),
                    total: signed.sheet.total,
                })
                .collect(),
            making: self.day.making > 0,
            files: self.day.files.clone(),
        }
    }

    /// This enrolment, when money came in for it.
    pub(super) fn receipt_for(&self, enrolment: &str) -> Option<String> {
        let payments = self.around.store.payments(enrolment).unwrap_or_default();
        payments
            .iter()
            .any(|fee| fee.amount_fen() > 0 && fee.method().brings_money())
            .then(|| enrolment.to_string())
    }

    fn loose_row(&self, loose: &Unmet) -> LooseRow {
        let person = self.day_person(&loose.enrolment);
        LooseRow {
            enrolment: loose.enrolment.clone(),
            name: person.name,
            class_name: person.class_name,
            student_number: person.student_number,
            amount_fen: loose.amount_fen,
            owed: self.day.owed.get(&loose.enrolment).cloned(),
            at: loose.at,
        }
    }
}
