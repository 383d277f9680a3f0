//! From an accepted sample to a photo that obeys a specification, and the proof on the finished file.
//!
//! Pure: no IO, no clock, no environment. The doors: [`decode`] for everything that comes in,
//! [`standardise`] for the photo, [`inspect`] for the proof, [`encode`] for JPEG.

pub mod decode;
mod departure;
pub mod encode;
mod inspect;
mod lab;
mod matte;
pub mod outline;
mod scale;
pub mod specification;
mod standardise;
mod thumbnail;

pub use departure::{Departure, DepartureCode, Departures};
pub use framing::CropPlan;
pub use inspect::{Inspection, Made, Measured, inspect};
pub use matte::EdgeQuality;
pub use standardise::{StandardPhoto, StandardiseFault, cut, standardise};
pub use thumbnail::{Thumbnail, thumbnail};
