//! The narrow doors to the outside. Each adapter implements one of them and knows no other adapter.

mod central;
mod codes;
mod days;
mod document;
mod imports;
mod line;
mod papers;
mod sticks;
mod store;
mod till;

pub use central::{Central, CentralFault, Delivery, DeliveryProgress, Received};
pub use codes::Codes;
pub use days::Days;
pub use document::{DocumentReader, ReaderFault};
pub use imports::Imports;
pub use line::Line;
pub use papers::{Listed, PaperFault, Papers, ReceiptPaper, SheetPaper};
pub use sticks::{Carried, Stick, StickFault, Sticks};
pub use store::{ClassTally, NewPacket, PinFault, QueueTally, Store, StoreFault};
pub use till::{Settled, Till};

use crate::camera::{CameraInfo, CameraSetting, Equipment};
use crate::face::FaceAnalysis;
use crate::frame::{CameraHealth, Frame};
use crate::picture::{Mask, Picture};
use std::sync::Arc;
use std::time::Duration;

/// Frames of the camera in use: the newest one wins, nothing is ever queued.
pub trait FrameFeed: Send + Sync {
    /// The newest complete frame, if any arrived in the last two seconds.
    fn latest(&self) -> Option<Arc<Frame>>;

    /// Waits until a complete frame with `seq > after` is there, at most `patience`.
    fn after(&self, after: u64, patience: Duration) -> Option<Arc<Frame>>;

    /// What the capture layer is doing.
    fn health(&self) -> CameraHealth;
}

/// The cameras of this machine and what is set on them. Everything is carried out by the thread that
/// owns the camera; nothing here waits for it.
pub trait Cameras: Send + Sync {
    /// The cameras that were there at the last look.
    fn present(&self) -> Vec<CameraInfo>;

    /// Looks again: which cameras there are, and how the controls of the open one stand.
    fn look(&self);

    /// The open camera; `None` while none is.
    fn equipment(&self) -> Option<Equipment>;

    /// Uses another source: `auto`, `device:ID` or `replay:PATH`. `false` when the text names none.
    fn choose(&self, source: &str) -> bool;

    /// The source in use or searched for, in the same spelling.
    fn chosen(&self) -> String;

    /// Sets a camera up, now if it is open, and again whenever it is opened.
    fn configure(&self, camera: &str, setting: CameraSetting);
}

/// Why a picture could not be analysed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnalysisFault {
    /// A model or the inference library is missing or altered; `what` names the file.
    #[error("model {what} is missing or altered: run `cargo xtask models`")]
    Model {
        /// Id of the model or name of the library.
        what: String,
    },
    /// The inference library failed.
    #[error("inference failed in {what}: {detail}")]
    Inference {
        /// Id of the model.
        what: String,
        /// What the library said.
        detail: String,
    },
}

/// Finds faces, their mesh, the person and the shoulders.
pub trait FaceAnalyser: Send {
    /// Cheap analysis of a live frame; may track from one call to the next and repeat slow parts at
    /// their own slower rate.
    fn live(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault>;

    /// Full analysis of a still, independent of any earlier call.
    fn still(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault>;
}

/// Separates the person from the wall.
pub trait Matting: Send {
    /// Alpha of the person for `crop` (the photo's own aspect ratio), same size as `crop`, 0..=1.
    fn matte(&mut self, crop: &Picture) -> Result<Mask, AnalysisFault>;

    /// Gets what the next matte needs, where that is not always at hand. May be left out: a matte gets it itself.
    fn ready(&mut self) -> Result<(), AnalysisFault> {
        Ok(())
    }

    /// No matte for a while: what is not needed until then may go.
    fn rest(&mut self) {}
}
