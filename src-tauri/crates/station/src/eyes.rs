//! The worker that looks: live frames while the camera page is up, stills when asked.
//!
//! One thread, one set of networks: a still goes before the next live frame, and no frame is ever
//! queued. What it is to look at lies in [`Watch`], written by the station thread.

mod burst;
mod codes;
mod meter;
mod watch;

pub(crate) use watch::Watch;

use crate::event::{Event, Job, Judged, LiveSeen, Made};
use crate::marks::Marks;
use crate::parts::{Sight, SightLoader};
use burst::Burst;
use domain::face::FaceAnalysis;
use domain::frame::{Frame, FrameFormat};
use domain::picture::Picture;
use domain::port::{AnalysisFault, DocumentReader, FrameFeed, ReaderFault};
use domain::quality::Stage;
use domain::session::SampleId;
use domain::specification::{Ground, PhotoSpecification};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};
use watch::{Live, Order};

/// Widest picture the live checks look at; more costs time and gives no better angles.
const LIVE_WIDTH: u32 = 1280;
/// How long a still may take to arrive.
const STILL_PATIENCE: Duration = Duration::from_secs(2);
/// From one look at a live frame to the next: seventeen a second. More tell a sitter nothing sooner, and
/// take the processor from the picture on screen.
const LOOK_EVERY: Duration = Duration::from_millis(58);
/// How long one wait for a live frame lasts before the orders are read again.
const LIVE_PATIENCE: Duration = Duration::from_millis(100);

/// What the eyes remember from one order to the next.
#[derive(Default)]
struct Session {
    /// Number of the frame that was looked at last.
    seen: u64,
    /// When the next live frame is to be looked at.
    due: Option<Instant>,
    live: Option<(Live, quality::LiveAssessor, quality::Steady)>,
    burst: Option<Burst>,
    readers: Vec<Box<dyn DocumentReader>>,
    /// When a live frame is to be looked at for a code.
    code_due: Option<Instant>,
}

/// The eyes.
pub(crate) struct Eyes {
    pub(crate) feed: Arc<dyn FrameFeed>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) facts: Sender<Event>,
}

impl Eyes {
    /// Loads the networks, then works until the station closes.
    pub(crate) fn run(self, load: SightLoader) {
        let mut sight = match load() {
            Ok(sight) => sight,
            Err(fault) => return self.tell(Event::Sight(Err(fault))),
        };
        self.tell(Event::Sight(Ok(sight.models.clone())));
        let mut session = Session {
            readers: crate::readers::all(&self.feed),
            ..Session::default()
        };
        while let Some(order) = self.watch.next() {
            match order {
                Order::Job(epoch, job) => {
                    session.live = None;
                    self.job(&mut sight, epoch, job, &mut session);
                }
                Order::Check(order) => self.check(&mut sight, order, &mut session),
                Order::Codes(epoch) => {
                    session.live = None;
                    self.look_for_code(epoch, &mut session);
                }
                Order::Meter(rules) => {
                    session.live = None;
                    if let Some(frame) = self.feed.after(session.seen, LIVE_PATIENCE) {
                        session.seen = frame.seq;
                        let reading = meter::read(&mut sight, &frame, &rules);
                        reading
                            .into_iter()
                            .for_each(|light| self.tell(Event::Metered(light)));
                        self.watch.rest(meter::REST);
                    }
                }
            }
        }
    }

    fn check(&self, sight: &mut Sight, order: Live, session: &mut Session) {
        let Some(frame) = self.feed.after(session.seen, LIVE_PATIENCE) else {
            return;
        };
        session.seen = frame.seq;
        let begun = session.live.as_ref();
        if begun.is_none_or(|(begun, ..)| !begun.same(order.epoch, &order.rules)) {
            let specification = order.specification.as_ref().clone();
            let rules = order.rules.as_ref().clone();
            let assessor = quality::LiveAssessor::new(specification, rules);
            session.live = Some((order.clone(), assessor, quality::Steady::new()));
            sight.matting.rest();
        }
        if let Some((_, assessor, steady)) = &mut session.live
            && let Some(picture) = self.look(sight, &frame, &order, assessor, steady)
            && order.codes
        {
            self.look_beside_the_checks(order.epoch, &picture, &frame, &mut session.code_due);
        }
        // Planned from the last plan, so that waiting for a frame does not lower the rate; never caught up on.
        let now = Instant::now();
        let next = session.due.unwrap_or(now) + LOOK_EVERY;
        session.due = Some(next.max(now));
        self.watch.rest(next.saturating_duration_since(now));
    }

    /// The checks on a live frame; gives what was looked at.
    fn look(
        &self,
        sight: &mut Sight,
        frame: &Frame,
        order: &Live,
        assessor: &mut quality::LiveAssessor,
        steady: &mut quality::Steady,
    ) -> Option<Picture> {
        // A frame that cannot be decoded is no news: the next one is 33 ms away.
        let picture = photo::decode::frame_scaled(frame, LIVE_WIDTH).ok()?;
        let mut analysis = match sight.analyser.live(&picture) {
            Ok(analysis) => analysis,
            Err(fault) => {
                tracing::error!(%fault, "live analysis");
                return Some(picture);
            }
        };
        let assessment = assessor.assess(&picture, &mut analysis, frame.at);
        let guidance = steady.next(&assessment, frame.at);
        let seen = LiveSeen {
            width: picture.width(),
            height: picture.height(),
            good: guidance.good,
            instruction: Some(guidance.code),
            assessment,
            at: frame.at,
        };
        self.tell(Event::Live {
            epoch: order.epoch,
            seen: Box::new(seen),
        });
        Some(picture)
    }

    fn job(&self, sight: &mut Sight, epoch: u32, job: Job, session: &mut Session) {
        match job {
            Job::ReadDocument { sample, side, source } => {
                let reader = session
                    .readers
                    .iter_mut()
                    .find(|reader| reader.source() == source);
                let result = reader.map_or(Err(ReaderFault::Silent), |reader| reader.read(side));
                self.tell(Event::DocumentRead {
                    epoch,
                    sample,
                    side,
                    result,
                });
            }
            Job::Take { sample, burst } => {
                // The frame after the newest one there is now: never one from before the shutter.
                let newest = self
                    .feed
                    .latest()
                    .map_or(session.seen, |frame| frame.seq.max(session.seen));
                let frame = self.feed.after(newest, STILL_PATIENCE);
                self.taken(epoch, sample, frame.clone());
                // The first is on its way to the screen; the others are gathered meanwhile.
                session.burst = frame.map(|first| Burst::gather(&*self.feed, sample, first, burst));
            }
            Job::Assess {
                sample,
                frame,
                known,
                specification,
                rules,
            } => {
                let burst = session.burst.take().and_then(|burst| burst.of(sample));
                let chosen = burst.and_then(|frames| burst::best(sight, &frames, &specification, &rules));
                let frame = chosen.unwrap_or(frame);
                let result = judge(sight, frame, known, &specification, &rules);
                self.tell(Event::Assessed {
                    epoch,
                    sample,
                    result,
                });
                // While the operator looks at the still; what is wrong with it, the photo itself will say.
                if let Err(fault) = sight.matting.ready() {
                    tracing::error!(%fault, "the matting is not ready");
                }
            }
            Job::Make {
                sample,
                picture,
                analysis,
                specification,
                ground,
            } => {
                let result = make(sight, &picture, &analysis, &specification, ground);
                self.tell(Event::Made {
                    epoch,
                    sample,
                    result,
                });
            }
        }
    }

    fn taken(&self, epoch: u32, sample: SampleId, frame: Option<Arc<Frame>>) {
        self.tell(Event::Taken { epoch, sample, frame });
    }

    fn tell(&self, event: Event) {
        if self.facts.send(event).is_err() {
            tracing::debug!("the station is closing");
        }
    }
}

/// All rules on a still; one that was analysed before is only judged anew.
fn judge(
    sight: &mut Sight,
    frame: Arc<Frame>,
    known: Option<(Arc<Picture>, Arc<FaceAnalysis>)>,
    specification: &PhotoSpecification,
    rules: &quality::Rules,
) -> Result<Box<Judged>, String> {
    let (picture, analysis) = match known {
        Some(known) => known,
        None => {
            let picture = photo::decode::frame(&frame).map_err(|fault| fault.code().to_string())?;
            let analysis = sight.analyser.still(&picture);
            let analysis = analysis.map_err(|fault| fault_code(&fault))?;
            (Arc::new(picture), Arc::new(analysis))
        }
    };
    let assessment = quality::assess(Stage::Still, &picture, &analysis, specification, rules);
    let marks = Marks::of(&assessment, &analysis, rules);
    Ok(Box::new(Judged {
        frame,
        picture,
        analysis,
        assessment,
        marks,
    }))
}

fn make(
    sight: &mut Sight,
    picture: &Picture,
    analysis: &FaceAnalysis,
    specification: &PhotoSpecification,
    ground: Ground,
) -> Result<Made, Vec<String>> {
    let made = photo::standardise(
        picture,
        analysis,
        specification,
        ground,
        sight.matting.as_mut(),
        sight.analyser.as_mut(),
    )
    .map_err(|fault| match fault {
        photo::StandardiseFault::Departs(departures) => departures.codes().map(str::to_string).collect(),
        other => {
            tracing::error!(fault = %other, "no photo");
            vec!["failed".to_string()]
        }
    })?;
    // The screen shows what the photo was cut from; the photo stands without it.
    let crop = photo::cut(picture, &made.crop, specification)
        .and_then(|crop| photo::encode::preview_jpeg(&crop, 88).ok())
        .unwrap_or_default();
    Ok(Made {
        photo: Arc::new(made),
        crop: crop.into(),
    })
}

fn fault_code(fault: &AnalysisFault) -> String {
    tracing::error!(%fault, "still analysis");
    match fault {
        AnalysisFault::Model { .. } => "model_missing",
        AnalysisFault::Inference { .. } => "inference",
    }
    .to_string()
}

/// A frame as JPEG: the camera's own bytes where it sends JPEG.
pub(crate) fn as_jpeg(frame: &Frame) -> Option<Arc<[u8]>> {
    if frame.format == FrameFormat::Mjpeg {
        return Some(Arc::clone(&frame.bytes));
    }
    let picture = photo::decode::frame(frame).ok()?;
    photo::encode::preview_jpeg(&picture, 90).ok().map(Into::into)
}
