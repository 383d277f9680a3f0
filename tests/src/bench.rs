//! Measurements, each beside its target.

pub mod batch;
pub mod figure;
pub mod live;
pub mod process;
pub mod quality;
pub mod standardise;
pub mod sync;

pub use figure::{Figure, Targets};
