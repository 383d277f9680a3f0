//! Only Linux has a virtual USB controller to plug into.

/// Says so.
pub(super) fn run() -> anyhow::Result<()> {
    anyhow::bail!("a simulated camera needs Linux")
}
