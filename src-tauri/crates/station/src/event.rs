//! Everything that reaches the station thread, and everything it hands to the eyes.

use crate::audience::Listener;
use crate::contract::{Command, SitterView, StationView};
use crate::marks::Marks;
use domain::Moment;
use domain::document::{DocumentReading, DocumentSource};
use domain::eligibility::{Eligibility, EligibilityQuestion};
use domain::face::FaceAnalysis;
use domain::frame::Frame;
use domain::payment::{Order, Refund, RefundState};
use domain::picture::Picture;
use domain::port::{Carried, CentralFault, PaperFault, ReaderFault, Stick, StickFault};
use domain::quality::Assessment;
use domain::queue::Link;
use domain::session::{CardSide, SampleId};
use domain::specification::{Ground, PhotoSpecification};
use std::sync::Arc;
use std::time::Duration;

/// One look at a live frame.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveSeen {
    /// Width of the camera's picture in pixels.
    pub width: u32,
    /// Height of the camera's picture in pixels.
    pub height: u32,
    /// The checks.
    pub assessment: Assessment,
    /// The one instruction.
    pub instruction: Option<String>,
    /// All gating checks hold.
    pub good: bool,
    /// When the frame was taken, on the camera's own clock.
    pub at: Duration,
}

/// A finished photo with what was measured on it.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) photo: Arc<photo::StandardPhoto>,
    /// The crop of the still before the background was changed, JPEG.
    pub(crate) crop: Arc<[u8]>,
}

/// A still with everything found on it.
pub(crate) struct Judged {
    /// The frame that was judged: the best of the burst.
    pub(crate) frame: Arc<Frame>,
    pub(crate) picture: Arc<Picture>,
    pub(crate) analysis: Arc<FaceAnalysis>,
    pub(crate) assessment: Assessment,
    pub(crate) marks: Marks,
}

/// What the eyes are asked for.
#[derive(Debug, Clone)]
pub enum Job {
    /// The next complete frame after the one seen last, as a still.
    Take {
        /// Name of the new sample.
        sample: SampleId,
        /// Frames to choose the still from.
        burst: u32,
    },
    /// What a reader of documents says.
    ReadDocument {
        /// Name of the new picture.
        sample: SampleId,
        /// The side.
        side: CardSide,
        /// Which reader.
        source: DocumentSource,
    },
    /// All rules on a still.
    Assess {
        /// The sample.
        sample: SampleId,
        /// The frame it was; a better one of its burst may take its place.
        frame: Arc<Frame>,
        /// The decoded still and what the networks found in it, when it is judged anew.
        known: Option<(Arc<Picture>, Arc<FaceAnalysis>)>,
        /// What the photo must be.
        specification: Arc<PhotoSpecification>,
        /// The rules of the session, eased by what is known of the person.
        rules: Arc<quality::Rules>,
    },
    /// The photo from an accepted still.
    Make {
        /// The sample.
        sample: SampleId,
        /// The decoded still.
        picture: Arc<Picture>,
        /// What the networks found in it.
        analysis: Arc<FaceAnalysis>,
        /// What the photo must be.
        specification: Arc<PhotoSpecification>,
        /// What becomes of the background.
        ground: Ground,
    },
}

/// What a pull of changes brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pulled {
    /// Changes that were applied.
    pub(crate) applied: usize,
    /// The last one that could not be used (`fault.<code>`).
    pub(crate) unusable: Option<&'static str>,
    /// Sessions whose roster changed.
    pub(crate) rosters: std::collections::BTreeSet<String>,
}

/// Everything that can reach the station thread.
pub(crate) enum Event {
    Command(Command),
    /// The networks are loaded, or are not.
    Sight(Result<std::collections::BTreeMap<String, String>, domain::port::AnalysisFault>),
    Live {
        epoch: u32,
        seen: Box<LiveSeen>,
    },
    /// A picture was looked at for codes.
    Code {
        epoch: u32,
        seen: qr::Seen,
        width: u32,
        height: u32,
    },
    /// The light meter read a picture.
    Metered(quality::LightReading),
    Taken {
        epoch: u32,
        sample: SampleId,
        frame: Option<Arc<Frame>>,
    },
    /// A document was read.
    DocumentRead {
        epoch: u32,
        sample: SampleId,
        side: CardSide,
        result: Result<DocumentReading, ReaderFault>,
    },
    Assessed {
        epoch: u32,
        sample: SampleId,
        result: Result<Box<Judged>, String>,
    },
    Made {
        epoch: u32,
        sample: SampleId,
        result: Result<Made, Vec<String>>,
    },
    Order {
        asked: Order,
        answer: Result<Order, CentralFault>,
    },
    Refund {
        asked: Refund,
        answer: Result<RefundState, CentralFault>,
    },
    /// Whether somebody may be photographed.
    Eligibility {
        asked: EligibilityQuestion,
        answer: Result<Eligibility, CentralFault>,
    },
    OldPhoto {
        packet: String,
        answer: Result<Vec<u8>, CentralFault>,
    },
    /// The central server was asked what changed.
    Pulled {
        answer: Result<Pulled, CentralFault>,
        /// Whether the link works, and since when not.
        link: Link,
    },
    /// Whether the link works changed.
    Linked(Link),
    /// The sticks that are there.
    Sticks(Vec<Stick>),
    /// So many packets were written on a stick.
    Carrying(u32),
    /// A stick was written, or was not.
    Carried {
        path: String,
        outcome: Result<Carried, StickFault>,
    },
    /// The clerk found something in a roster file.
    Roster {
        ticket: u32,
        found: crate::clerk::Found,
    },
    /// Papers were made, or could not be.
    Papered(Result<Vec<String>, PaperFault>),
    /// The courier changed the queue.
    QueueChanged,
    /// The central server answered a question.
    Answered(Moment),
    /// A worker's thread panicked; nothing more comes from it.
    WorkerLost(&'static str),
    Subscribe(Listener<StationView>),
    SubscribeSitter(Listener<SitterView>),
    Stop,
}
