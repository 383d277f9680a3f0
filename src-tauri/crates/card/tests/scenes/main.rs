//! Drawn scenes: cards in many poses on many desks, spoilt pictures, and desks without a card.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod finding;
mod homography;
mod scene;
mod spoilt;

use card::Limits;

fn limits() -> Limits {
    Limits::builtin().unwrap()
}
