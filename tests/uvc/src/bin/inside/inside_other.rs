//! Only Linux has the VM's drivers.

/// Says so.
pub(super) fn run() -> std::process::ExitCode {
    eprintln!("these tests run in the VM that tests/kernel.rs boots on Linux");
    std::process::ExitCode::FAILURE
}
