//! A simulated camera by hand: plugs one into this machine's kernel and obeys lines on standard input,
//! `unplug`, `plug`, `stall`, `resume`, `half`, `junk`, `tiny`, `flagged`, `clean`, `sets`. Wants root and the kernel's
//! modules vhci_hcd and uvcvideo; with the argument `grabber` it sends 29.97 frames a second.

#[cfg_attr(target_os = "linux", path = "camera_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "camera_other.rs")]
mod by_hand;

fn main() -> anyhow::Result<()> {
    by_hand::run()
}
