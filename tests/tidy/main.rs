//! Rules of the house that a compiler cannot see.

mod arrows;
mod bindings;
mod messages;
mod shape;
mod unknown_keys;
