//! The capture layer through its public door: with the replay camera, and with cameras that misbehave.

mod misbehaving;
mod replaying;
mod stage;
