//! What comes back from the workers.

use super::{Desk, Sample, Sighted, Trouble};
use crate::contract::Level;
use crate::event::{Event, Made};
use crate::gallery::Shown;
use crate::marks::Marks;
use domain::frame::Frame;
use domain::port::CentralFault;
use domain::session::{FreshPhoto, Input, SampleId, State};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Desk {
    pub(super) fn fact(&mut self, event: Event) {
        let outcome = match event {
            Event::Sight(loaded) => {
                self.sight(loaded);
                Ok(())
            }
            Event::Live { epoch, seen } => {
                if epoch == self.epoch && matches!(self.state, State::Capturing { .. }) {
                    let now = self.now();
                    if self.shutter.see(*seen, now) {
                        self.touch();
                    }
                }
                Ok(())
            }
            Event::Taken { epoch, sample, frame } => self.taken(epoch, sample, frame),
            Event::DocumentRead {
                epoch,
                sample,
                side,
                result,
            } => match result {
                _ if epoch != self.epoch => Ok(()),
                result => self.document_read(sample, side, result),
            },
            Event::Assessed {
                epoch,
                sample,
                result,
            } => match result {
                _ if epoch != self.epoch => Ok(()),
                Ok(judged) => {
                    let assessment = judged.assessment;
                    self.replace_still(sample, &judged.frame);
                    if let Some(known) = self.samples.get_mut(&sample) {
                        known.picture = Some(judged.picture);
                        known.analysis = Some(judged.analysis);
                        known.marks = judged.marks;
                    }
                    self.input(Input::StillAssessed { sample, assessment })
                }
                Err(code) => {
                    self.say(Level::Fail, &format!("fault.{code}"), BTreeMap::new());
                    self.input(Input::Retake)
                }
            },
            Event::Made {
                epoch,
                sample,
                result,
            } => self.made(epoch, sample, result),
            Event::Code {
                epoch,
                seen,
                width,
                height,
            } => self.code_seen(epoch, seen, (width, height)),
            Event::Metered(light) => {
                self.metered(light);
                Ok(())
            }
            Event::Order { asked, answer } => self.order(&asked, answer),
            Event::Refund { asked, answer } => self.refund_answered(&asked, answer),
            Event::Eligibility { asked, answer } => {
                self.eligibility_answered(&asked, answer);
                Ok(())
            }
            Event::OldPhoto { packet, answer } => {
                self.old_photo(&packet, answer);
                Ok(())
            }
            Event::Papered(outcome) => {
                self.papered(outcome);
                Ok(())
            }
            Event::Pulled { answer, link } => self.pulled(answer, link),
            Event::Linked(link) => {
                self.sync.link = link;
                Ok(())
            }
            Event::Sticks(sticks) => {
                self.sync.sticks = sticks;
                Ok(())
            }
            Event::Carrying(written) => {
                self.sync.writing = Some(written);
                Ok(())
            }
            Event::Carried { path, outcome } => {
                self.carried(path, outcome);
                Ok(())
            }
            Event::Roster { ticket, found } => self.roster_found(ticket, found),
            Event::QueueChanged => {
                self.uncounted = true;
                Ok(())
            }
            Event::Answered(at) => {
                self.last_answer = self.last_answer.max(Some(at));
                Ok(())
            }
            Event::WorkerLost(worker) => {
                tracing::error!(worker, "a worker panicked");
                let what = BTreeMap::from([("what".to_string(), worker.to_string())]);
                self.say(Level::Fail, "fault.worker_lost", what);
                Ok(())
            }
            Event::Command(_) | Event::Subscribe(_) | Event::SubscribeSitter(_) | Event::Stop => Ok(()),
        };
        if let Err(trouble) = outcome
            && let Some(notice) = trouble.notice()
        {
            tracing::warn!(%trouble, "a fact met trouble");
            self.notice = Some(notice);
        }
    }

    fn sight(&mut self, loaded: Result<BTreeMap<String, String>, domain::port::AnalysisFault>) {
        self.sighted = match loaded {
            Ok(models) => Sighted::Ready(models),
            Err(fault) => {
                tracing::error!(%fault, "no networks");
                let (code, what) = match &fault {
                    domain::port::AnalysisFault::Model { what } => ("fault.model_missing", what.clone()),
                    domain::port::AnalysisFault::Inference { what, .. } => ("fault.inference", what.clone()),
                };
                self.say(Level::Fail, code, BTreeMap::from([("what".to_string(), what)]));
                Sighted::Blind
            }
        };
    }

    pub(super) fn answered(&mut self) {
        self.refreshing = false;
        self.last_answer = Some(self.now());
    }

    /// Offline is a place: the work goes on with what is here, and the queue chip says since when. Only who
    /// asked is told, and what no waiting mends.
    pub(super) fn no_news(&mut self, fault: &CentralFault) {
        tracing::info!(code = fault.code(), %fault, "no news from the central server");
        let level = match (fault.temporary(), std::mem::take(&mut self.refreshing)) {
            (false, _) => Level::Fail,
            (true, true) => Level::Offline,
            (true, false) => return,
        };
        self.say(level, &format!("fault.{}", fault.code()), BTreeMap::new());
    }

    fn taken(&mut self, epoch: u32, sample: SampleId, frame: Option<Arc<Frame>>) -> Result<(), Trouble> {
        if epoch != self.epoch {
            return Ok(());
        }
        self.shutter.release();
        let Some(frame) = frame else {
            self.say(Level::Fail, "fault.camera_stalled", BTreeMap::new());
            return Ok(());
        };
        let jpeg = crate::eyes::as_jpeg(&frame).ok_or(Trouble::Fault("picture_unreadable"))?;
        self.forget_earlier_stills();
        self.around.gallery.put(Shown::Sample, sample, jpeg);
        let taken_at = self.now();
        let fresh = Sample {
            frame,
            training: self.training(),
            taken_at,
            picture: None,
            analysis: None,
            marks: Marks::default(),
            made: None,
        };
        self.samples.insert(sample, fresh);
        self.input(Input::StillTaken(sample))
    }

    /// A better frame of the burst takes the first one's place; what was shown until now is forgotten.
    fn replace_still(&mut self, sample: SampleId, frame: &Arc<Frame>) {
        let Some(known) = self
            .samples
            .get_mut(&sample)
            .filter(|known| known.frame.seq != frame.seq)
        else {
            return;
        };
        match crate::eyes::as_jpeg(frame) {
            Some(jpeg) => {
                self.around.gallery.put(Shown::Sample, sample, jpeg);
                known.frame = Arc::clone(frame);
            }
            // It was decoded a moment ago, so this cannot be; the first frame is no worse a picture.
            None => tracing::error!("a frame that was judged cannot be shown"),
        }
    }

    /// Of all pictures only the sides of the document outlive the next still.
    fn forget_earlier_stills(&mut self) {
        self.samples.clear();
        let cards = &self.cards;
        self.around.gallery.keep(|id| cards.holds(*id));
    }

    fn made(
        &mut self,
        epoch: u32,
        sample: SampleId,
        result: Result<Made, Vec<String>>,
    ) -> Result<(), Trouble> {
        let awaited =
            matches!(&self.state, State::Standardising { accepted, .. } if accepted.sample() == sample);
        if epoch != self.epoch || !awaited {
            return Ok(());
        }
        match result {
            Ok(made) => {
                let jpeg: Arc<[u8]> = made.photo.bytes.as_slice().into();
                let size = u32::try_from(jpeg.len()).unwrap_or(u32::MAX);
                let fresh = FreshPhoto {
                    sample,
                    sha256: made.photo.sha256.clone(),
                    size,
                };
                self.around.gallery.put(Shown::Photo, sample, jpeg);
                self.around
                    .gallery
                    .put(Shown::Crop, sample, Arc::clone(&made.crop));
                if let Some(known) = self.samples.get_mut(&sample) {
                    known.made = Some(made);
                }
                self.input(Input::Standardised(fresh))
            }
            Err(codes) => {
                let first = codes.first().cloned().unwrap_or_default();
                self.say(Level::Warn, &format!("departure.{first}"), BTreeMap::new());
                self.input(Input::Departed { codes })
            }
        }
    }
}
