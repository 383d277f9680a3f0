//! What the tests, the demo and the benches share: sitters for the replay camera, a seeded station, a
//! central server as a process, an operator that reacts to what is on screen.

pub mod bench;
pub mod blind;
pub mod chance;
pub mod drain;
pub mod export;
pub mod kills;
pub mod mark;
pub mod numbered;
pub mod reaction;
pub mod root;
pub mod scenario;
pub mod seed;
pub mod server;
pub mod sitters;
pub mod soak;
pub mod stage;
