//! Elsewhere a thread that is blocked in a driver's call cannot be freed; it is given up and replaced.

/// The thread to free; nothing can be done for it here.
pub(crate) struct Blocked;

impl Blocked {
    /// Names the calling thread.
    pub(crate) fn this_thread() -> Self {
        Self
    }

    /// Does nothing.
    pub(crate) fn interrupt(&self) {}

    /// Does nothing.
    pub(crate) fn ended(&self) {}
}
