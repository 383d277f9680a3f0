//! The set-up that the commands share. Each part does nothing when its result is there.

use std::path::Path;

use anyhow::Result;

use crate::system::Purpose;
use crate::{camera_vm, models, progress, system, tools, ui};

/// What a build of the station needs: tools, system packages for `purposes`, the built UI, the models.
///
/// # Errors
/// When a part cannot be had; the message says what to do.
pub(crate) fn station(root: &Path, purposes: &[Purpose]) -> Result<()> {
    progress::step("set-up: tools, system packages, npm packages, models");
    tools::check(root)?;
    system::ensure(root, purposes)?;
    ui::ensure_packages(root)?;
    models::ensure(root)?;
    ui::ensure_built(root)
}

/// Fetches, converts and verifies the models, every file anew.
///
/// # Errors
/// As [`station`].
pub(crate) fn verified_models(root: &Path) -> Result<()> {
    tools::check(root)?;
    system::ensure(root, &[Purpose::Models])?;
    models::verify(root)
}

/// All that any command needs, the tests' own parts included.
///
/// # Errors
/// As [`station`].
pub(crate) fn everything(root: &Path) -> Result<()> {
    station(
        root,
        &[Purpose::Build, Purpose::Models, Purpose::Window, Purpose::Check],
    )?;
    models::ensure_checker(root)?;
    models::ensure_contract(root)?;
    ui::ensure_tus_server(root)?;
    // Where it cannot be had, its one test fails and says so; the others need not wait for it.
    if let Err(error) = camera_vm::ensure(root) {
        progress::note(&format!(
            "the VM for the camera's tests could not be prepared: {error:#}"
        ));
    }
    progress::step("set-up is complete");
    Ok(())
}
