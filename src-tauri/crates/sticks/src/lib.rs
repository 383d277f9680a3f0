//! Packets that travel by hand: removable disks, sealed files beside a signed index, and the acknowledgements that
//! come back the same way. The layout is that of [`packet::bundle`].
//!
//! Nothing here believes a stick: names are made from ids, sizes are bounded, the index is proved by its signature
//! and every file by its hash.

mod bundle;
mod carrier;
#[cfg_attr(target_os = "linux", path = "drives_linux.rs")]
#[cfg_attr(target_os = "macos", path = "drives_macos.rs")]
#[cfg_attr(not(any(target_os = "linux", target_os = "macos")), path = "drives_other.rs")]
mod drives;
mod durable;

pub use bundle::{Bundle, Found, bundles};
pub use carrier::Carrier;
