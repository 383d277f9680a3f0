//! All traffic with the central server: sessions, rosters, orders, packets and verdicts.
//!
//! [`Uplink`] implements [`domain::port::Central`]. Its calls block, have time limits, and may be
//! repeated. Packets travel by tus 1.0, which any tus server speaks, and count as delivered only when
//! the server's signature under exactly their hash was verified.

mod answer;
mod deliver;
mod fault;
mod http;
mod message;
mod roster;
mod server;
mod tus;
mod uplink;

pub use fault::{Fault, Retry};
pub use roster::ROSTER_CODES;
pub use server::{Server, ServerFault};
pub use tus::{Progress, Tus, UploadState};
pub use uplink::Uplink;
