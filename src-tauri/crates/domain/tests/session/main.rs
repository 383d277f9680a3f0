//! The session rules, walked at random: whatever people press and whatever the outside answers, a
//! packet order only ever leaves with every piece of evidence.

mod exceptions;
mod fixtures;
mod inputs;
mod listed;
mod review;
mod rules;
mod vouchers;
mod walks;
