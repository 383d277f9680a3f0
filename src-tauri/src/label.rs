//! The two windows and who of them may do what. The capabilities say the same to Tauri; this holds without them.

use serde::Serialize;

/// The operator's window.
pub(crate) const OPERATOR: &str = "operator";
/// The sitter's window.
pub(crate) const SITTER: &str = "sitter";

/// A window called what is another window's.
#[derive(Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("not for this window")]
pub(crate) struct NotForThisWindow;

/// Refuses every window but the one named.
pub(crate) fn only(allowed: &str, caller: &str) -> Result<(), NotForThisWindow> {
    if caller == allowed {
        return Ok(());
    }
    tracing::warn!(caller, "called what is another window's");
    Err(NotForThisWindow)
}

/// True when a window may fetch this: the sitter's gets its own view and the live picture, all else is the operator's.
pub(crate) fn may_fetch(caller: &str, path: &str) -> bool {
    match caller {
        OPERATOR => true,
        SITTER => matches!(path, "live" | "sitter-view"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_one_windows_alone() {
        assert_eq!(only(OPERATOR, OPERATOR), Ok(()));
        for caller in [SITTER, "", "Operator", "operator-2"] {
            assert_eq!(only(OPERATOR, caller), Err(NotForThisWindow), "{caller}");
        }
        assert_eq!(only(SITTER, OPERATOR), Err(NotForThisWindow));
    }

    #[test]
    fn the_sitter_fetches_the_live_picture_and_no_other() {
        assert!(may_fetch(SITTER, "live") && may_fetch(SITTER, "sitter-view"));
        assert!(!may_fetch(SITTER, "view"), "the operator's own view names people");
        for path in [
            "sample/1",
            "photo/1",
            "crop/1",
            "old/1",
            "live/1",
            "",
            "live/../sample/1",
        ] {
            assert!(!may_fetch(SITTER, path), "{path}");
            assert!(may_fetch(OPERATOR, path), "{path}");
            assert!(!may_fetch("other", path), "{path}");
        }
    }
}
