//! Where things lie in a checkout.

use std::path::{Path, PathBuf};

/// The top of the checkout these tests were built from.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Pictures fetched at set-up, and what is made from them.
pub fn sitters() -> PathBuf {
    root().join("target/sitters")
}

/// The networks.
pub fn models() -> PathBuf {
    root().join("models/files")
}

/// A program built with the tests.
pub fn program(name: &str) -> PathBuf {
    root()
        .join("target/release")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
