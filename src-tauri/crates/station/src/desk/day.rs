//! The end of the day, and receipts: commands, and what the porter made.

use super::{Desk, Page, Trouble};
use crate::contract::{CashCounted, Command, Level, Owed};
use crate::porter::Load;
use domain::day::{CashCount, DaySheet, SignedSheet};
use domain::operator::Operator;
use domain::port::{Listed, PaperFault, ReceiptPaper, SheetPaper};
use domain::session::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a list shown at once; the papers carry all.
pub(crate) const MOST_ROWS: usize = 200;
/// Sheets signed before that are shown.
const MOST_SIGNED: u32 = 5;

/// What the page of the day's end shows beside what the store says.
#[derive(Debug, Default)]
pub(crate) struct DayEnd {
    /// The sums, read when the page was opened and when something changed.
    pub(crate) sheet: Option<DaySheet>,
    /// The people of its lists as far as they are shown, by enrolment.
    pub(crate) people: BTreeMap<String, Listed>,
    /// What a refund would give back of money without a photo, by enrolment.
    pub(crate) owed: BTreeMap<String, Owed>,
    /// The sheets signed last, newest first.
    pub(crate) signed: Vec<SignedSheet>,
    /// What was counted for it.
    pub(crate) count: Option<CashCount>,
    /// Papers under way.
    pub(crate) making: u32,
    /// The files made last.
    pub(crate) files: Vec<String>,
}

impl Desk {
    /// Commands of this page.
    pub(super) fn day_command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::OpenDayEnd => {
                self.day.files.clear();
                self.turn_to(Page::DayEnd)?;
                self.read_day()
            }
            Command::CountCash(CashCounted {
                float_fen,
                counted_fen,
                explanation,
            }) => {
                self.day.count = Some(CashCount {
                    float_fen,
                    counted_fen,
                    explanation: explanation.trim().to_string(),
                });
                self.read_day()
            }
            Command::SignDay { supervisor, pin } => self.sign_day(&supervisor, &pin),
            Command::SaveDay => self.save_day(),
            Command::PrintReceipt { enrolment } => self.print_receipt(&enrolment),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    /// Sums up anew.
    pub(super) fn read_day(&mut self) -> Result<(), Trouble> {
        let facts = self.around.store.day_facts(self.now())?;
        let float = self.day.count.as_ref().map_or(0, |count| count.float_fen);
        let unmet = [&facts.paid_without_photo, &facts.photo_without_payment];
        let shown: BTreeSet<&String> = (unmet.into_iter())
            .flat_map(|list| list.iter().take(MOST_ROWS).map(|unmet| &unmet.enrolment))
            .chain(
                facts
                    .unsent
                    .iter()
                    .take(MOST_ROWS)
                    .map(|unsent| &unsent.enrolment),
            )
            .chain(facts.refunds.iter().map(|refund| &refund.enrolment))
            .collect();
        let people = shown.into_iter().map(|id| (id.clone(), self.paper_row(id)));
        self.day.people = people.collect();
        let refunds = self.around.store.refunds()?;
        let loose = facts.paid_without_photo.iter().take(MOST_ROWS);
        let owed = loose.filter_map(|unmet| {
            let owed = self.owed(&unmet.enrolment, &refunds)?;
            Some((unmet.enrolment.clone(), owed))
        });
        self.day.owed = owed.collect();
        self.day.sheet = Some(DaySheet::of(facts, float));
        self.touch();
        // At last: a sheet that was altered is told, and the day can still be looked at and signed.
        self.day.signed.clear();
        self.day.signed = self.around.store.signed_days(MOST_SIGNED)?;
        Ok(())
    }

    /// A person of the page's lists.
    pub(crate) fn day_person(&self, enrolment: &str) -> Listed {
        self.day.people.get(enrolment).cloned().unwrap_or_default()
    }

    fn sign_day(&mut self, supervisor: &str, pin: &str) -> Result<(), Trouble> {
        let operator = self.operator.clone().ok_or(Refusal::NotNow)?;
        let sheet = self.day.sheet.clone().ok_or(Refusal::NotNow)?;
        sheet
            .ready(self.day.count.as_ref())
            .map_err(|fault| Trouble::Fault(fault.code()))?;
        let approval = self.approve(supervisor, pin)?;
        let mut line = self.event("day_signed", "", "");
        line.operator = approval.supervisor().to_string();
        let signed = self.around.store.sign_day(
            SignedSheet {
                number: 0,
                station: self.around.id.clone(),
                sheet,
                count: self.day.count.clone(),
                operator: operator.id,
                supervisor: approval.supervisor().to_string(),
                at: approval.at(),
            },
            &line,
        )?;
        self.day.count = None;
        self.read_day()?;
        self.make_signed(&signed);
        let number = BTreeMap::from([("number".to_string(), signed.number.to_string())]);
        self.say(Level::Info, "fault.day_signed", number);
        Ok(())
    }

    /// The sheet on screen as it stands; when nothing is on it, the one signed last.
    fn save_day(&mut self) -> Result<(), Trouble> {
        let operator = self.operator.clone().ok_or(Refusal::NotNow)?;
        let sheet = self.day.sheet.clone().ok_or(Refusal::NotNow)?;
        let empty = sheet.facts.takings.is_empty() && sheet.facts.captured == 0;
        if empty && let Some(signed) = self.around.store.signed_days(1)?.pop() {
            self.make_signed(&signed);
            return Ok(());
        }
        let count = self.day.count.clone();
        let at = self.now();
        let paper = self.paper(None, sheet, count, &operator.id, "", at);
        self.load_paper(Load::Sheet(Box::new(paper)));
        Ok(())
    }

    fn make_signed(&mut self, signed: &SignedSheet) {
        let (sheet, count) = (signed.sheet.clone(), signed.count.clone());
        let paper = self.paper(
            Some(signed.number),
            sheet,
            count,
            &signed.operator,
            &signed.supervisor,
            signed.at,
        );
        self.load_paper(Load::Sheet(Box::new(paper)));
    }

    fn paper(
        &self,
        number: Option<u32>,
        sheet: DaySheet,
        count: Option<CashCount>,
        operator: &str,
        supervisor: &str,
        at: domain::Moment,
    ) -> SheetPaper {
        let operators = self.operators_by_id();
        let named = |id: &str| operators.get(id).cloned().unwrap_or_else(|| id.to_string());
        let facts = &sheet.facts;
        let loose = facts
            .paid_without_photo
            .iter()
            .chain(&facts.photo_without_payment);
        let enrolments = (facts.takings.iter().map(|t| &t.enrolment))
            .chain(facts.refunds.iter().map(|r| &r.enrolment))
            .chain(loose.map(|l| &l.enrolment))
            .chain(facts.unsent.iter().map(|u| &u.enrolment));
        let people = enrolments
            .map(|id| (id.clone(), self.paper_row(id)))
            .collect::<BTreeMap<_, _>>();
        SheetPaper {
            number,
            station: self.around.name.clone(),
            count,
            operator: named(operator),
            supervisor: if supervisor.is_empty() {
                String::new()
            } else {
                named(supervisor)
            },
            at,
            people,
            sheet,
            operators,
        }
    }

    /// A person of a list; the id where the record cannot be read.
    pub(crate) fn paper_row(&self, enrolment: &str) -> Listed {
        match self.around.store.enrolment(enrolment) {
            Ok(Some(row)) => Listed {
                name: row.name.into_inner(),
                class_name: row.class_name,
                student_number: row.student_number,
            },
            _ => Listed {
                name: enrolment.to_string(),
                ..Listed::default()
            },
        }
    }

    fn operators_by_id(&self) -> BTreeMap<String, String> {
        let operators = self.around.store.operators().unwrap_or_default();
        operators
            .into_iter()
            .map(|Operator { id, name, .. }| (id, name))
            .collect()
    }

    /// The number is kept before the paper is made: a crash in between makes the next one a reprint, never a gap.
    fn print_receipt(&mut self, enrolment: &str) -> Result<(), Trouble> {
        let operator = self.operator.clone().ok_or(Refusal::NotNow)?;
        let row = self.around.store.enrolment(enrolment)?.ok_or(Refusal::NotNow)?;
        let setups = self.around.store.setups()?;
        let setup = setups
            .into_iter()
            .find(|s| s.id == row.session)
            .ok_or(Trouble::Fault("no_sessions"))?;
        let line = self.event("receipt_printed", enrolment, "");
        let mut receipt = self
            .around
            .store
            .receipt(enrolment, &line)?
            .ok_or(Trouble::Fault("receipt_nothing_paid"))?;
        receipt.operator = operator.name;
        let operators = self.operators_by_id();
        let by = &receipt.taking.operator;
        let paper = ReceiptPaper {
            station: self.around.name.clone(),
            school: row.school,
            session: setup.title,
            name: row.name.masked_name(),
            student_number: row.student_number,
            fee_text: setup.fee.text,
            operator: operators.get(by).cloned().unwrap_or_else(|| by.clone()),
            contact: setup.contact,
            receipt,
        };
        self.load_paper(Load::Receipt(Box::new(paper)));
        Ok(())
    }

    fn load_paper(&mut self, load: Load) {
        self.day.making += 1;
        self.load(load);
    }

    /// The porter made papers, or could not.
    pub(super) fn papered(&mut self, outcome: Result<Vec<String>, PaperFault>) {
        self.day.making = self.day.making.saturating_sub(1);
        match outcome {
            Ok(files) => {
                let first = files.first().cloned().unwrap_or_default();
                self.day.files = files;
                // What was just signed is worth more than where its file lies; the page shows that.
                if self.notice.is_none() {
                    self.say(
                        Level::Info,
                        "fault.paper_made",
                        BTreeMap::from([("file".to_string(), first)]),
                    );
                }
            }
            Err(fault) => {
                tracing::error!(code = fault.code(), %fault, "a paper");
                let args = BTreeMap::from([("what".to_string(), fault.to_string())]);
                self.say(Level::Warn, &format!("fault.{}", fault.code()), args);
            }
        }
    }
}
