//! The tests of the camera layer against the kernel's own driver, as one program that runs inside the VM.
//! `tests/kernel.rs` boots the VM and reads what is printed here.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

#[cfg_attr(target_os = "linux", path = "inside_linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "inside_other.rs")]
mod inside;

fn main() -> std::process::ExitCode {
    inside::run()
}
