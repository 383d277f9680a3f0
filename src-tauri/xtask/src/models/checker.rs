//! The Python environment of the independent photo checker, `tests/checker/check_photo.py`.

use std::path::Path;

use anyhow::Result;

use super::python::Python;

/// Makes `target/venv-checker` as `tests/checker/requirements.txt` says; does nothing when it is.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn ensure(root: &Path) -> Result<()> {
    Python::ensure(root, "venv-checker", "tests/checker/requirements.txt").map(drop)
}
