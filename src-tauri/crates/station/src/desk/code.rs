//! The 采集码: seen by the camera, typed by a scanner, confirmed, refused.

use super::{Desk, Page, Trouble};
use crate::contract::{CodeCommand, CodeSight, Command, Level};
use domain::Personal;
use domain::code::{CaptureCode, CodeHolder, CodeId};
use domain::session::{CodeInput, CodeRefusal, Input, Refusal, State};
use domain::setup::CodeUse;
use std::collections::BTreeMap;

/// Looks in a row at a code that cannot be read before that is said: one frame in motion is none.
const POOR_LOOKS: u32 = 2;

/// What is known of codes beside the rules' own state.
#[derive(Debug, Default)]
pub(crate) struct CodeDesk {
    pub(crate) sight: CodeSight,
    /// The one shown last, when it was refused.
    pub(crate) refused: Option<Refused>,
    /// A document number that a scanner typed.
    pub(crate) number: Option<String>,
    /// The one taken was used here before.
    pub(crate) known: bool,
    /// Size of the camera's picture at the last look.
    pub(crate) frame: (u32, u32),
    poor: u32,
    /// What the camera read and the desk answered already: it goes on reading the same three times a second.
    answered: Option<String>,
}

/// A code that was refused.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) code: Option<CodeId>,
    /// `refusal.<code>`.
    pub(crate) why: &'static str,
    pub(crate) holder: Option<CodeHolder>,
    /// A supervisor looked whose it is.
    pub(crate) looked: bool,
}

impl Desk {
    /// Commands about codes.
    pub(super) fn code_command(&mut self, command: CodeCommand) -> Result<(), Trouble> {
        match command {
            CodeCommand::Scanned { text, composing } => self.scanned(&text, composing),
            CodeCommand::ConfirmCode {
                code,
                name,
                spoken,
                of_age,
            } => self.confirm_code(&code, name, spoken, of_age),
            CodeCommand::ReadCodeAgain => self.read_code_again(),
            CodeCommand::LookWhoseCode { supervisor, pin } => self.look_whose(&supervisor, &pin),
        }
    }

    /// What the session asks of codes.
    pub(crate) fn code_use(&self) -> CodeUse {
        self.setup.as_ref().map(|setup| setup.code).unwrap_or_default()
    }

    /// True at the camera while no picture may be taken: no code was shown, or a wrong one.
    pub(crate) fn waits_for_code(&self) -> bool {
        let (State::Capturing { file, .. }, Some(setup)) = (&self.state, &self.setup) else {
            return false;
        };
        file.waits_for_code(setup) || self.code.refused.is_some()
    }

    /// The picture waits for the code.
    pub(super) fn code_first(&self) -> Result<(), Trouble> {
        match &self.code.refused {
            _ if !self.waits_for_code() => Ok(()),
            Some(_) => Err(Refusal::from(CodeRefusal::OfAnother).into()),
            None => Err(Refusal::from(CodeRefusal::First).into()),
        }
    }

    /// True while the camera is to look for nothing but a code: the agreement was ticked and no code read.
    pub(super) fn camera_reads_code(&self) -> bool {
        let waits = matches!(
            &self.state,
            State::Identifying {
                consent: Some(_),
                code: None,
                ..
            }
        );
        waits && self.code_use() == CodeUse::Alone && self.page == Page::Person
    }

    /// The eyes looked for a code.
    pub(super) fn code_seen(&mut self, epoch: u32, seen: qr::Seen, frame: (u32, u32)) -> Result<(), Trouble> {
        if epoch != self.epoch || !(self.camera_reads_code() || self.waits_for_code()) {
            return Ok(());
        }
        self.code.frame = frame;
        let poor = matches!(seen, qr::Seen::Poor);
        self.code.poor = if poor { self.code.poor + 1 } else { 0 };
        match seen {
            qr::Seen::Nothing => self.see(CodeSight::Waiting),
            qr::Seen::Poor if self.code.poor < POOR_LOOKS => {}
            qr::Seen::Poor => self.see(CodeSight::Poor),
            qr::Seen::Several => self.see(CodeSight::Several),
            qr::Seen::Read(text) if self.code.answered.as_ref() == Some(&text) => {}
            qr::Seen::Read(text) => {
                self.code.answered = Some(text.clone());
                self.touch();
                return self.code_shown(&text, CodeSight::Camera);
            }
        }
        Ok(())
    }

    fn see(&mut self, sight: CodeSight) {
        if self.code.sight != sight {
            self.code.sight = sight;
            self.touch();
        }
    }

    /// A text that stands for a code was read.
    pub(super) fn code_shown(&mut self, text: &str, by: CodeSight) -> Result<(), Trouble> {
        let session = self.setup.as_ref().map(|setup| setup.id.clone());
        let session = session.ok_or(Refusal::NotNow)?;
        let code = match CaptureCode::read(text) {
            Ok(code) => code,
            Err(fault) => {
                let refusal = Refusal::from(CodeRefusal::from(fault));
                return self.code_refused(None, None, refusal.into());
            }
        };
        let id = code.id().clone();
        let holder = self.around.store.code_holder(&session, &id)?;
        let shown = CodeInput::Shown {
            code,
            holder: holder.clone(),
        };
        match self.input(Input::Code(shown)) {
            Ok(()) => {
                self.code.known = holder.is_some_and(|holder| holder.packet.is_some());
                self.code.refused = None;
                self.notice = None;
                self.see(by);
                Ok(())
            }
            Err(trouble) => self.code_refused(Some(id), holder, trouble),
        }
    }

    /// Told once, with whose it is; a code refused for what it is takes nobody's turn at the camera.
    fn code_refused(
        &mut self,
        code: Option<CodeId>,
        holder: Option<CodeHolder>,
        trouble: Trouble,
    ) -> Result<(), Trouble> {
        let Trouble::Refusal(refusal) = &trouble else {
            return Err(trouble);
        };
        let why = refusal.code();
        if code.is_none()
            || matches!(
                refusal,
                Refusal::NotNow | Refusal::Code(CodeRefusal::NotUsed | CodeRefusal::AtCamera)
            )
        {
            return Err(trouble);
        }
        let taken = matches!(refusal, Refusal::Code(CodeRefusal::Taken));
        self.code.refused = Some(Refused {
            code,
            why,
            holder,
            looked: false,
        });
        self.touch();
        if taken {
            self.say_taken();
            return Ok(());
        }
        Err(trouble)
    }

    /// Whose the refused code is, in the notice.
    fn say_taken(&mut self) {
        let holder = self
            .code
            .refused
            .as_ref()
            .and_then(|refused| refused.holder.as_ref());
        let name = holder
            .map(|holder| crate::view::masked(&holder.enrolment))
            .unwrap_or_default();
        let time = holder.map(|holder| holder.at.0.to_string()).unwrap_or_default();
        let args = BTreeMap::from([("name".to_owned(), name), ("time".to_owned(), time)]);
        self.say(Level::Warn, "refusal.code_taken", args);
    }

    /// A code that was refused is forgotten; where none was, the one that was taken is let go: it was read by mistake.
    fn read_code_again(&mut self) -> Result<(), Trouble> {
        let taken = match &self.state {
            State::Identifying { code, .. } => code.as_ref(),
            state => state.file().and_then(|file| file.code()),
        };
        let taken = taken.map(|code| code.id().clone());
        let record = self.state.enrolment().and_then(|record| record.code.as_deref());
        let known = taken.or_else(|| record.and_then(CodeId::kept));
        let refused = self.code.refused.as_ref();
        let another = refused.is_some_and(|refused| refused.code.is_some() && refused.code != known);
        if !another && let (Some(known), Some(setup)) = (known, &self.setup) {
            let holder = self.around.store.code_holder(&setup.id, &known)?;
            let carried = holder.is_some_and(|holder| holder.packet.is_some());
            self.input(Input::Code(CodeInput::Again { carried }))?;
        }
        self.code.read_again();
        Ok(())
    }

    /// The code is the enrolment, so that one confirmation stands for both. `shown` is the one whose holder was asked
    /// for the name: another may have been scanned meanwhile.
    fn confirm_code(&mut self, shown: &str, name: String, spoken: bool, of_age: bool) -> Result<(), Trouble> {
        let (State::Identifying { code: Some(code), .. }, Some(setup)) = (&self.state, &self.setup) else {
            return Err(Refusal::NotNow.into());
        };
        let (id, session) = (code.id().clone(), setup.id.clone());
        if id.short() != shown {
            return Err(Refusal::from(CodeRefusal::NameNotAsked).into());
        }
        let kept = self.around.store.enrolment(&id.enrolment(&session))?;
        let person = CodeInput::Person {
            name: Personal::new(name),
            spoken,
            of_age,
            kept,
        };
        if let Err(trouble) = self.input(Input::Code(person)) {
            let holder = self.around.store.code_holder(&session, &id)?;
            let taken = matches!(&trouble, Trouble::Refusal(Refusal::Code(CodeRefusal::Taken)));
            return if taken {
                self.code_refused(Some(id), holder, trouble)
            } else {
                Err(trouble)
            };
        }
        self.code.refused = None;
        self.command(Command::ConfirmEnrolment)
    }

    /// A supervisor looks whose the refused code is; that somebody looked is written down.
    fn look_whose(&mut self, supervisor: &str, pin: &str) -> Result<(), Trouble> {
        let holder = self
            .code
            .refused
            .as_ref()
            .and_then(|refused| refused.holder.as_ref());
        let whose = holder
            .map(|holder| holder.enrolment.id.clone())
            .ok_or(Refusal::NotNow)?;
        let approval = self.approve(supervisor, pin)?;
        let mut line = self.event("code_looked_up", &whose, "");
        line.operator = approval.supervisor().to_string();
        self.around.store.audit(&line)?;
        if let Some(refused) = &mut self.code.refused {
            refused.looked = true;
        }
        self.say_taken();
        Ok(())
    }
}

impl CodeDesk {
    fn read_again(&mut self) {
        (self.refused, self.answered) = (None, None);
        (self.sight, self.poor) = (CodeSight::Waiting, 0);
    }
}
