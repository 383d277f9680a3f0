//! The two sides of the document: photographed, judged, asked again, kept.

use super::{Desk, Trouble};
use crate::contract::{Command, Level};
use crate::event::Job;
use crate::gallery::Shown;
use domain::document::{DocumentPicture, DocumentReading, DocumentSource, Finding, Judgement, reason};
use domain::picture::Picture;
use domain::port::ReaderFault;
use domain::session::{CardSide, Input, Refusal, SampleId, State};
use std::collections::BTreeMap;
use std::sync::Arc;

/// After so many pictures of a side that were asked again, the operator may keep one that can be read by eye.
const ATTEMPTS: u32 = 3;

/// One picture of a side; memory only.
pub(crate) struct Shot {
    pub(crate) sample: SampleId,
    pub(crate) cut_out: bool,
    pub(crate) findings: Vec<Finding>,
    /// How often it was turned: a turned picture has a new address.
    pub(crate) turns: u32,
    /// Kept by the operator's tick, not by the measures.
    pub(crate) by_eye: bool,
    picture: Arc<Picture>,
    jpeg: Arc<[u8]>,
}

/// What there is of one side.
#[derive(Default)]
pub(crate) struct Side {
    /// The picture that goes into the packet.
    pub(crate) kept: Option<Shot>,
    /// The newest picture, when it was not kept.
    pub(crate) asked: Option<Shot>,
    /// Pictures taken since the last one that was kept.
    pub(crate) attempts: u32,
    awaited: Option<SampleId>,
}

impl Side {
    pub(crate) const fn awaits(&self) -> bool {
        self.awaited.is_some()
    }

    /// The newest picture may be kept by a tick of the operator.
    pub(crate) fn may_keep(&self) -> bool {
        self.asked.as_ref().is_some_and(|shot| {
            let judgement = domain::document::judgement(&shot.findings);
            judgement == Judgement::NotAssessed || self.attempts >= ATTEMPTS
        })
    }

    fn shown(&self) -> [Option<&Shot>; 2] {
        [self.kept.as_ref(), self.asked.as_ref()]
    }
}

/// Both sides.
#[derive(Default)]
pub(crate) struct Cards {
    front: Side,
    back: Side,
}

impl Cards {
    pub(crate) const fn side(&self, side: CardSide) -> &Side {
        match side {
            CardSide::Front => &self.front,
            CardSide::Back => &self.back,
        }
    }

    const fn side_mut(&mut self, side: CardSide) -> &mut Side {
        match side {
            CardSide::Front => &mut self.front,
            CardSide::Back => &mut self.back,
        }
    }

    fn shots(&self) -> impl Iterator<Item = &Shot> {
        let sides = [&self.front, &self.back].into_iter();
        sides.flat_map(Side::shown).flatten()
    }

    /// True for a picture that is on screen or goes into the packet.
    pub(crate) fn holds(&self, sample: SampleId) -> bool {
        self.shots().any(|shot| shot.sample == sample)
    }

    /// The kept picture of this name, JPEG.
    pub(crate) fn jpeg(&self, sample: SampleId) -> Option<Arc<[u8]>> {
        let kept = [&self.front, &self.back]
            .into_iter()
            .filter_map(|s| s.kept.as_ref());
        let mut kept = kept.filter(|shot| shot.sample == sample);
        kept.next().map(|shot| Arc::clone(&shot.jpeg))
    }
}

impl Desk {
    /// What the operator asks of the document's pictures.
    pub(super) fn card_command(&mut self, command: Command) -> Result<(), Trouble> {
        match &self.state {
            State::Identifying { consent: None, .. } => return Err(Refusal::ConsentMissing.into()),
            State::Identifying { .. } => {}
            _ => return Err(Refusal::NotNow.into()),
        }
        match command {
            Command::PhotographCard { side } => self.photograph_card(side),
            Command::KeepCard { side } => self.keep_card(side),
            Command::TurnCard { side } => self.turn_card(side),
            _ => Err(Refusal::NotNow.into()),
        }
    }

    fn photograph_card(&mut self, side: CardSide) -> Result<(), Trouble> {
        // A second key press while the first picture is on its way asks for nothing new.
        if self.cards.side(side).awaits() {
            return Ok(());
        }
        let sample = self.new_sample();
        self.cards.side_mut(side).awaited = Some(sample);
        let source = DocumentSource::Camera;
        self.around
            .watch
            .ask(self.epoch, Job::ReadDocument { sample, side, source });
        Ok(())
    }

    /// What a reader gave.
    pub(super) fn document_read(
        &mut self,
        sample: SampleId,
        side: CardSide,
        result: Result<DocumentReading, ReaderFault>,
    ) -> Result<(), Trouble> {
        let here = self.cards.side_mut(side);
        if here.awaited != Some(sample) {
            return Ok(());
        }
        here.awaited = None;
        let reading = match result {
            Ok(reading) => reading,
            Err(fault) => {
                tracing::warn!(%fault, "no picture of the document");
                self.say(Level::Fail, &format!("fault.{}", fault.code()), BTreeMap::new());
                return Ok(());
            }
        };
        let Some(picture) = reading.pictures.into_iter().next() else {
            return Ok(());
        };
        let good = picture.judgement() == Judgement::Good;
        let shot = shot(sample, picture)?;
        self.around
            .gallery
            .put(Shown::Sample, sample, Arc::clone(&shot.jpeg));
        let here = self.cards.side_mut(side);
        here.attempts += 1;
        here.asked = Some(shot);
        let outcome = if good { self.keep(side) } else { Ok(()) };
        self.forget_other_cards();
        outcome
    }

    /// The operator's tick: it can be read.
    fn keep_card(&mut self, side: CardSide) -> Result<(), Trouble> {
        let here = self.cards.side_mut(side);
        if !here.may_keep() {
            return Err(Refusal::NotNow.into());
        }
        let why = here.asked.as_ref().and_then(|shot| reason(&shot.findings));
        let word = match side {
            CardSide::Front => "front",
            CardSide::Back => "back",
        };
        let detail = format!("{word}:{}", why.map_or("not_assessed", |flaw| flaw.code()));
        let subject = self.state.enrolment().map_or("", |e| e.id.as_str()).to_string();
        // Written down first: a picture kept against the measures is somebody's decision.
        self.audit("card_kept_by_eye", &subject, &detail)?;
        if let Some(shot) = &mut self.cards.side_mut(side).asked {
            shot.by_eye = true;
        }
        self.keep(side)?;
        self.forget_other_cards();
        Ok(())
    }

    /// The newest picture of a side is the one that counts.
    fn keep(&mut self, side: CardSide) -> Result<(), Trouble> {
        let here = self.cards.side_mut(side);
        let Some(shot) = here.asked.take() else {
            return Err(Refusal::NotNow.into());
        };
        let sample = shot.sample;
        here.kept = Some(shot);
        here.attempts = 0;
        self.input(Input::CardPhotographed { side, sample })
    }

    /// The outline of a card does not tell which way up it lies; the operator sees it.
    fn turn_card(&mut self, side: CardSide) -> Result<(), Trouble> {
        let here = self.cards.side_mut(side);
        let shot = here.asked.as_mut().or(here.kept.as_mut());
        let shot = shot.filter(|shot| shot.cut_out).ok_or(Refusal::NotNow)?;
        shot.picture = Arc::new(card::turned(&shot.picture));
        shot.jpeg = jpeg(&shot.picture)?;
        shot.turns = shot.turns.wrapping_add(1);
        let (sample, jpeg) = (shot.sample, Arc::clone(&shot.jpeg));
        self.around.gallery.put(Shown::Sample, sample, jpeg);
        Ok(())
    }

    fn forget_other_cards(&self) {
        let (cards, samples) = (&self.cards, &self.samples);
        self.around
            .gallery
            .keep(|id| cards.holds(*id) || samples.contains_key(id));
    }
}

fn shot(sample: SampleId, picture: DocumentPicture) -> Result<Shot, Trouble> {
    let pixels = picture.picture.into_inner();
    Ok(Shot {
        sample,
        cut_out: picture.cut_out,
        findings: picture.findings,
        by_eye: false,
        turns: 0,
        jpeg: jpeg(&pixels)?,
        picture: Arc::new(pixels),
    })
}

/// 300 dots to the inch is what a card is cut out at; a whole still merely says so.
fn jpeg(picture: &Picture) -> Result<Arc<[u8]>, Trouble> {
    let bytes = photo::encode::jpeg(picture, 90, 300);
    bytes
        .map(Into::into)
        .map_err(|fault| Trouble::Fault(fault.code()))
}
