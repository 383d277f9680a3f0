//! What a hand scanner typed: what it is, and where it goes.

use super::{Desk, Page, Trouble};
use crate::contract::{CodeSight, Command, Level};
use domain::code::{self, CaptureCode};
use domain::identity::document::plain;
use domain::identity::{DocumentNumber, NumberWarning};
use domain::payment::PaymentMethod;
use domain::session::{CodeRefusal, Input, Refusal, State};
use domain::setup::CodeUse;
use std::collections::BTreeMap;

/// Most characters of a number on a document, a list or a ticket; a longer text is none.
const MOST_NUMBER: usize = 24;
/// Most digits of a ticket.
const MOST_TICKET: usize = 4;

/// Characters of the lines of a zone, one by one and together: passports have two of 44, cards three of 30.
const ZONES: [usize; 5] = [30, 44, 60, 88, 90];

/// What a text is, by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A document number with a right check digit, or a line of a machine-readable zone.
    Document,
    /// A payer's code.
    Pay,
    /// A ticket.
    Ticket,
    /// Letters and digits: a student number, a candidate number, or a short code.
    Number,
    /// Anything else.
    Other,
}

impl Desk {
    pub(super) fn scanned(&mut self, text: &str, composing: bool) -> Result<(), Trouble> {
        let text = code::narrow(text);
        let before = self.epoch;
        self.route(&text)?;
        // Said where nothing else is; the page itself shows what was read.
        if composing && self.notice.is_none() {
            self.say(Level::Info, "fault.scan_in_english", BTreeMap::new());
        }
        tracing::info!(composing, begun = before != self.epoch, "scanned");
        Ok(())
    }

    fn route(&mut self, text: &str) -> Result<(), Trouble> {
        let nowhere = Err(Trouble::Fault("scan_nowhere"));
        if self.operator.is_none() || self.setup.is_none() || self.page != Page::Person {
            return nowhere;
        }
        let kind = self.kind(text);
        let codes = self.code_use();
        match (&self.state, kind) {
            (State::Paying { .. }, Kind::Pay) => Err(Trouble::Fault("scan_pay_code")),
            (_, Kind::Pay) => Err(Refusal::from(CodeRefusal::Fault(code::CodeFault::Payment)).into()),
            (State::Idle | State::Done { .. }, kind) => self.scanned_at_home(text, kind, codes),
            (State::Paying { method, .. }, Kind::Ticket | Kind::Number | Kind::Other)
                if *method == PaymentMethod::Voucher =>
            {
                self.command(Command::RedeemVoucher {
                    number: text.to_owned(),
                })
            }
            (State::Matching { answered: true, .. }, Kind::Ticket | Kind::Number) => {
                self.command(Command::FindEnrolment {
                    text: text.to_owned(),
                })
            }
            (State::Identifying { .. }, Kind::Document) => self.take_number(text),
            (State::Identifying { .. }, Kind::Number) if codes != CodeUse::Alone => self.take_number(text),
            (State::Identifying { .. }, Kind::Number | Kind::Other) if codes != CodeUse::Off => {
                self.code_shown(text, CodeSight::Scanner)
            }
            (State::Preparing { .. } | State::Capturing { .. }, Kind::Number | Kind::Other)
                if codes != CodeUse::Off =>
            {
                self.code_shown(text, CodeSight::Scanner)
            }
            _ => nowhere,
        }
    }

    /// Between two people a scan calls one: by the code, or by a number on the list.
    fn scanned_at_home(&mut self, text: &str, kind: Kind, codes: CodeUse) -> Result<(), Trouble> {
        if matches!(self.state, State::Done { .. }) {
            self.input(Input::Next)?;
        }
        let may_be_code = matches!(kind, Kind::Number | Kind::Other);
        if codes == CodeUse::Alone {
            if !may_be_code {
                return Err(Trouble::Fault("scan_nowhere"));
            }
            // What is no code begins nobody.
            CaptureCode::read(text).map_err(|fault| Refusal::from(CodeRefusal::from(fault)))?;
            self.input(Input::Begin { called: None })?;
            return self.code_shown(text, CodeSight::Scanner);
        }
        if codes == CodeUse::Beside
            && may_be_code
            && let Ok(code) = CaptureCode::read(text)
            && let Some(session) = self.setup.as_ref().map(|setup| setup.id.clone())
            && let Some(holder) = self.around.store.code_holder(&session, code.id())?
        {
            let enrolment = holder.enrolment.id;
            return self.command(Command::Begin { enrolment });
        }
        if kind == Kind::Other {
            return Err(Trouble::Fault("scan_nowhere"));
        }
        self.home.look_for(text.to_owned());
        self.read_home()
    }

    fn take_number(&mut self, text: &str) -> Result<(), Trouble> {
        let line = plain(text);
        let first = self.code.number.take().filter(|first| goes_on(first, &line));
        self.code.number = Some(first.unwrap_or_default() + &line);
        self.touch();
        Ok(())
    }

    fn kind(&self, text: &str) -> Kind {
        let today = crate::view::local_date(self.now());
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        // Document numbers and the payer's codes of one provider look alike; a right birth date and check digit tell
        // them apart.
        let unsure = [NumberWarning::NoCheck, NumberWarning::Upgraded];
        let sure = |number: DocumentNumber| !number.warnings().iter().any(|w| unsure.contains(w));
        if is_zone(text) || DocumentNumber::parse(text, today).is_ok_and(sure) {
            Kind::Document
        } else if code::pays(text) {
            Kind::Pay
        } else if digits && (1..=MOST_TICKET).contains(&text.len()) {
            Kind::Ticket
        } else if text.len() <= MOST_NUMBER && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Kind::Number
        } else {
            Kind::Other
        }
    }
}

/// A line of a machine-readable zone, or several (ICAO 9303): nothing but its letters, with its filler.
fn is_zone(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'<';
    text.contains('<') && text.bytes().all(letter) && ZONES.contains(&text.len())
}

/// A scanner sends the lines of a zone one by one.
fn goes_on(first: &str, line: &str) -> bool {
    first.contains('<') && is_zone(line) && ZONES.contains(&(first.len() + line.len()))
}
