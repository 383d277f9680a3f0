//! Where a head lies in the photo to be, and which crop of the sample obeys a specification.
//!
//! The live guide, the rules on the still and the finished file all ask here, so that they never contradict one
//! another. Pure: no pixels, no IO, no clock.

pub mod crown;
mod head;
mod line;
mod plan;
mod refusal;
mod sample;
mod solve;

pub use crown::Crown;
pub use head::{Head, axis, crowns};
pub use plan::{CropPlan, Room};
pub use refusal::{Refusal, Shortage, Unmet};
pub use sample::plan;
pub use solve::{Solution, solve};
