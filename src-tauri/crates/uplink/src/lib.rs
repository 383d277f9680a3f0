//! All traffic with the central server: changes, orders and packets.
//!
//! [`Uplink`] implements [`domain::port::Central`]. Its calls block, have time limits, and may be
//! repeated. Packets travel by tus 1.0, which any tus server speaks, and count as delivered only when
//! the server's signature under exactly their hash was verified.

mod answer;
mod cap;
mod certificate;
mod change;
mod checksum;
mod deliver;
mod expiry;
mod fault;
mod http;
mod join;
mod locked;
mod message;
mod offer;
mod pace;
mod roster;
mod server;
mod text;
mod tls;
mod tus;
mod unfinished;
mod uplink;

pub use answer::read_refusal;
pub use change::read_changes;
pub use fault::{Fault, Retry};
pub use join::{JoinFault, join};
pub use roster::ROSTER_CODES;
pub use server::{Server, ServerFault};
pub use tus::{Progress, Sent, Tus, Upload};
pub use uplink::Uplink;
