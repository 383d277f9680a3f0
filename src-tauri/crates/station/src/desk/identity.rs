//! Who it is: what is typed of a document, and what a supervisor decides.

use super::{Desk, Trouble};
use crate::contract::{Command, TypedDocument, Vouching};
use domain::Personal;
use domain::enrolment::Enrolment;
use domain::identity::document::plain;
use domain::identity::{DocumentFacts, DocumentKind, IdentityException, IdentityFault, IdentityMethod};
use domain::session::{Input, Refusal, State};

/// Records shown beside a person's own at most.
const MOST_OTHERS: u32 = 20;

/// What stands typed on the identity page of one person; memory only.
#[derive(Default)]
pub(crate) struct Typing {
    /// Whose it is: that of another person counts for nothing.
    epoch: u32,
    pub(crate) name: Personal<String>,
    pub(crate) number: Personal<String>,
    pub(crate) kind: Option<DocumentKind>,
    birth: Personal<String>,
    valid_from: Personal<String>,
    valid_until: Personal<String>,
    /// Found beside the person's own record; only one of these was looked at.
    pub(crate) others: Vec<Enrolment>,
}

impl Typing {
    /// What was typed beside the number.
    pub(crate) fn facts(&self) -> Result<DocumentFacts, IdentityFault> {
        let (birth, from, until) = (&self.birth, &self.valid_from, &self.valid_until);
        DocumentFacts::read(self.kind, birth.as_str(), from.as_str(), until.as_str())
    }
}

impl Desk {
    /// What stands typed of the person being served.
    pub(crate) fn typing(&self) -> Option<&Typing> {
        (self.typing.epoch == self.epoch).then_some(&self.typing)
    }

    /// Commands of the identity page.
    pub(super) fn identity_command(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::CheckDocument(TypedDocument {
                name,
                number,
                kind,
                birth,
                valid_from,
                valid_until,
            }) => {
                self.identifying()?;
                let others = self.typing().map(|t| t.others.clone()).unwrap_or_default();
                // A scanned number that was typed over is news when it is scanned again.
                self.code.number = self
                    .code
                    .number
                    .take()
                    .filter(|scanned| *scanned == plain(&number));
                self.typing = Typing {
                    epoch: self.epoch,
                    name: name.into(),
                    number: number.into(),
                    kind,
                    birth: birth.into(),
                    valid_from: valid_from.into(),
                    valid_until: valid_until.into(),
                    others,
                };
                Ok(())
            }
            Command::VerifyIdentity { name, number, method } => self.verify(name, number, method),
            Command::VouchIdentity(Vouching {
                name,
                number,
                why,
                reason,
                other,
                supervisor,
                pin,
            }) => {
                self.seen(why, other.as_deref())?;
                let number = Some(number).filter(|n| !n.trim().is_empty());
                let facts = self.facts_beside(number.as_deref().unwrap_or_default())?;
                let approval = self.approve(&supervisor, &pin)?;
                self.input(Input::Vouch {
                    name: name.into(),
                    number: number.map(Personal::new),
                    facts,
                    why,
                    reason,
                    other,
                    approval,
                })
            }
            Command::FindOther { text } => self.find_other(&text),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    fn identifying(&self) -> Result<(), Refusal> {
        matches!(self.state, State::Identifying { .. })
            .then_some(())
            .ok_or(Refusal::NotNow)
    }

    fn verify(&mut self, name: String, number: String, method: IdentityMethod) -> Result<(), Trouble> {
        let (name, number) = match (&self.state, method) {
            (
                State::Identifying {
                    called: Some(called), ..
                },
                IdentityMethod::Compared,
            ) => {
                let number = called.document_number.clone().ok_or(Refusal::NotNow)?;
                (called.name.clone(), number)
            }
            (_, IdentityMethod::Compared | IdentityMethod::Code | IdentityMethod::Vouched) => {
                return Err(Refusal::NotNow.into());
            }
            (_, IdentityMethod::Typed) => (Personal::new(name), Personal::new(number)),
        };
        let facts = self.facts_beside(number.as_str())?;
        self.input(Input::Identity {
            name,
            number,
            facts,
            method,
        })
    }

    /// What was typed beside this number; what was typed beside another is not taken.
    pub(super) fn facts_beside(&self, number: &str) -> Result<DocumentFacts, Refusal> {
        let own = |typing: &&super::identity::Typing| plain(typing.number.as_str()) == plain(number);
        match self.typing().filter(own) {
            Some(typing) => Ok(typing.facts()?),
            None => Ok(DocumentFacts::default()),
        }
    }

    /// A record counts as looked at when it was on screen.
    fn seen(&self, why: IdentityException, other: Option<&str>) -> Result<(), Refusal> {
        let shown = |id: &str| self.typing().is_some_and(|t| t.others.iter().any(|o| o.id == id));
        match other {
            Some(id) if !shown(id) => Err(Refusal::OtherNotSeen),
            None if why.needs_other() => Err(Refusal::OtherNotSeen),
            _ => Ok(()),
        }
    }

    fn find_other(&mut self, text: &str) -> Result<(), Trouble> {
        self.identifying()?;
        let session = self.setup.as_ref().map(|s| s.id.clone()).ok_or(Refusal::NotNow)?;
        let own = self.state.enrolment().map(|e| e.id.clone());
        let mut others = match text.trim() {
            "" => vec![],
            text => self.around.store.search(&session, text, MOST_OTHERS)?,
        };
        others.retain(|found| Some(&found.id) != own.as_ref());
        if self.typing.epoch != self.epoch {
            self.typing = Typing {
                epoch: self.epoch,
                ..Typing::default()
            };
        }
        self.typing.others = others;
        Ok(())
    }
}
