//! The worker that looks: live frames while the camera page is up, stills when asked.
//!
//! One thread, one set of networks: a still goes before the next live frame, and no frame is ever
//! queued. What it is to look at lies in [`Watch`], written by the station thread.

use crate::event::{Event, Job, Judged, LiveSeen, Made};
use crate::marks::Marks;
use crate::parts::{Sight, SightLoader};
use domain::face::FaceAnalysis;
use domain::frame::{Frame, FrameFormat};
use domain::picture::Picture;
use domain::port::{AnalysisFault, FrameFeed};
use domain::quality::Stage;
use domain::session::CardSide;
use domain::session::SampleId;
use domain::specification::{Ground, PhotoSpecification};
use std::collections::VecDeque;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Widest picture the live checks look at; more costs time and gives no better angles.
const LIVE_WIDTH: u32 = 1280;
/// How long a still may take to arrive.
const STILL_PATIENCE: Duration = Duration::from_secs(2);
/// How long one wait for a live frame lasts before the orders are read again.
const LIVE_PATIENCE: Duration = Duration::from_millis(100);

/// What the eyes are to look at.
#[derive(Default)]
pub(crate) struct Watch {
    orders: Mutex<Orders>,
    bell: Condvar,
}

#[derive(Default)]
struct Orders {
    jobs: VecDeque<(u32, Job)>,
    live: Option<Live>,
    stopped: bool,
}

#[derive(Clone)]
struct Live {
    epoch: u32,
    specification: Arc<PhotoSpecification>,
    rules: Arc<quality::Rules>,
}

impl Live {
    /// True when the same person is looked at under the same rules.
    fn same(&self, epoch: u32, rules: &Arc<quality::Rules>) -> bool {
        self.epoch == epoch && Arc::ptr_eq(&self.rules, rules)
    }
}

impl Watch {
    /// Adds a job; jobs go before live frames.
    pub(crate) fn ask(&self, epoch: u32, job: Job) {
        self.lock().jobs.push_back((epoch, job));
        self.bell.notify_all();
    }

    /// Live checks from now on.
    pub(crate) fn look_live(
        &self,
        epoch: u32,
        specification: Arc<PhotoSpecification>,
        rules: Arc<quality::Rules>,
    ) {
        let mut orders = self.lock();
        let running = orders.live.as_ref().is_some_and(|l| l.same(epoch, &rules));
        if !running {
            orders.live = Some(Live {
                epoch,
                specification,
                rules,
            });
            self.bell.notify_all();
        }
    }

    /// No live checks any more.
    pub(crate) fn look_away(&self) {
        self.lock().live = None;
    }

    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
        self.bell.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something to do; `None` when the station closes.
    fn next(&self) -> Option<Result<(u32, Job), Live>> {
        let mut orders = self.lock();
        loop {
            if orders.stopped {
                return None;
            }
            if let Some(job) = orders.jobs.pop_front() {
                return Some(Ok(job));
            }
            if let Some(live) = orders.live.clone() {
                return Some(Err(live));
            }
            orders = self.bell.wait(orders).unwrap_or_else(PoisonError::into_inner);
        }
    }
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
        let mut seen = 0;
        let mut live: Option<(Live, quality::LiveAssessor, quality::Steady)> = None;
        while let Some(order) = self.watch.next() {
            match order {
                Ok((epoch, job)) => {
                    live = None;
                    self.job(&mut sight, epoch, job, &mut seen);
                }
                Err(order) => {
                    let Some(frame) = self.feed.after(seen, LIVE_PATIENCE) else {
                        continue;
                    };
                    seen = frame.seq;
                    let begun = live.as_ref();
                    if begun.is_none_or(|(begun, ..)| !begun.same(order.epoch, &order.rules)) {
                        let specification = order.specification.as_ref().clone();
                        let rules = order.rules.as_ref().clone();
                        let assessor = quality::LiveAssessor::new(specification, rules);
                        live = Some((order.clone(), assessor, quality::Steady::new()));
                    }
                    if let Some((_, assessor, steady)) = &mut live {
                        self.look(&mut sight, &frame, &order, assessor, steady);
                    }
                }
            }
        }
    }

    fn look(
        &self,
        sight: &mut Sight,
        frame: &Frame,
        order: &Live,
        assessor: &mut quality::LiveAssessor,
        steady: &mut quality::Steady,
    ) {
        // A frame that cannot be decoded is no news: the next one is 33 ms away.
        let Ok(picture) = photo::decode::frame_scaled(frame, LIVE_WIDTH) else {
            return;
        };
        let analysis = match sight.analyser.live(&picture) {
            Ok(analysis) => analysis,
            Err(fault) => return tracing::error!(%fault, "live analysis"),
        };
        let assessment = assessor.assess(&picture, &analysis, frame.at);
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
    }

    fn job(&self, sight: &mut Sight, epoch: u32, job: Job, seen: &mut u64) {
        match job {
            Job::Take { sample, card } => {
                // The frame after the newest one there is now: never one from before the shutter.
                let newest = self.feed.latest().map_or(*seen, |frame| frame.seq.max(*seen));
                let frame = self.feed.after(newest, STILL_PATIENCE);
                *seen = frame.as_ref().map_or(*seen, |frame| frame.seq);
                self.taken(epoch, sample, card, frame);
            }
            Job::Assess {
                sample,
                frame,
                known,
                specification,
                rules,
            } => {
                let result = judge(sight, &frame, known, &specification, &rules);
                self.tell(Event::Assessed {
                    epoch,
                    sample,
                    result,
                });
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

    fn taken(&self, epoch: u32, sample: SampleId, card: Option<CardSide>, frame: Option<Arc<Frame>>) {
        self.tell(Event::Taken {
            epoch,
            sample,
            card,
            frame,
        });
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
    frame: &Frame,
    known: Option<(Arc<Picture>, Arc<FaceAnalysis>)>,
    specification: &PhotoSpecification,
    rules: &quality::Rules,
) -> Result<Box<Judged>, String> {
    let (picture, analysis) = match known {
        Some(known) => known,
        None => {
            let picture = photo::decode::frame(frame).map_err(|fault| fault.code().to_string())?;
            let analysis = sight.analyser.still(&picture);
            let analysis = analysis.map_err(|fault| fault_code(&fault))?;
            (Arc::new(picture), Arc::new(analysis))
        }
    };
    let assessment = quality::assess(Stage::Still, &picture, &analysis, specification, rules);
    let marks = Marks::of(&assessment, &analysis, rules);
    Ok(Box::new(Judged {
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
