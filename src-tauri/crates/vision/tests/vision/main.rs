//! The networks on real portraits, through the same doors the station uses.

mod bench;
mod faces;
mod live;
mod matte;
mod models;
