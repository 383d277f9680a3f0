//! The picture of an identity card: where the card lies, the card cut out upright, and what is wrong with it.
//!
//! [`judge`] takes a decoded picture and gives [`Seen`]: the card as a quadrilateral, rectified to
//! [`WIDTH`] x [`HEIGHT`], and every measure with its value, its limits and a verdict. What cannot be decided
//! is said to be undecided. No IO and no clock.

mod edges;
mod find;
mod geometry;
mod homography;
mod judge;
mod limits;
mod lines;
mod measure;
mod profile;
mod quads;
mod rectify;
mod refine;

pub use find::{Found, find};
pub use geometry::{Point, Quad};
pub use homography::Homography;
pub use judge::{Seen, judge};
pub use limits::{Limits, LimitsFault};
pub use rectify::{HEIGHT, WIDTH, rectify, turned};
