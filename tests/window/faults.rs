//! The camera fails every few seconds.

use acceptance::chance::{Chance, seeded};
use acceptance::soak;
use anyhow::{Result, ensure};
use std::io::Write;
use std::time::Duration;

const LENGTH: Duration = Duration::from_secs(120);
/// Most growth of all processes together, as a factor; `cargo xtask soak` is stricter, for it has time.
const WITH_WEB_VIEW: f64 = 1.15;

/// After two minutes the picture is live and nothing has grown. `cargo xtask soak` does the same for longer.
#[test]
fn under_a_failing_camera_the_preview_comes_back_and_nothing_grows() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    seeded(|chance, seed| runtime.block_on(two_minutes(chance, seed)))
}

async fn two_minutes(mut chance: Chance, seed: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    writeln!(std::io::stderr(), "faults with STATION_SEED={seed}")?;
    let mut lines = vec![];
    let outcome = soak::soak(folder.path(), LENGTH, &mut chance, |standing| {
        lines.push(standing.to_string());
    })
    .await?;
    writeln!(std::io::stderr(), "{}", lines.join("\n"))?;
    let complaints = outcome.complaints(WITH_WEB_VIEW);
    ensure!(complaints.is_empty(), "{}", complaints.join("; "));
    Ok(())
}
