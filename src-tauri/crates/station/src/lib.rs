//! Owns the session in one thread: a closed enum in, effects as data out, a full view snapshot up.

pub mod contract;
