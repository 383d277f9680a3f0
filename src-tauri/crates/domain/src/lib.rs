//! The vocabulary of a capture station, the rules of a session, and the ports to the outside.
//!
//! Nothing here does IO, reads a clock or the environment, or knows a library of the outside world:
//! times, ids and random bytes come in as arguments.

pub mod audit;
pub mod camera;
pub mod change;
pub mod code;
pub mod consent;
pub mod day;
pub mod document;
pub mod eligibility;
pub mod enrolment;
pub mod exception;
pub mod face;
pub mod frame;
pub mod geometry;
pub mod identity;
pub mod line;
pub mod moment;
pub mod operator;
pub mod payment;
pub mod personal;
pub mod picture;
pub mod port;
pub mod quality;
pub mod queue;
pub mod roster;
pub mod session;
pub mod setup;
pub mod specification;

pub use moment::Moment;
pub use personal::Personal;
