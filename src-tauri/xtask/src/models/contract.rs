//! The Python environment of schemathesis, which holds the central server against its API document.

use std::path::Path;

use anyhow::Result;

use super::python::Python;

/// Makes `target/venv-contract` as `tests/central/contract/requirements.txt` says; does nothing when it is.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn ensure(root: &Path) -> Result<()> {
    Python::ensure(root, "venv-contract", "tests/central/contract/requirements.txt").map(drop)
}
