//! What nobody may override: the geometry of the photo.

use crate::booth::Booth;
use crate::desk::{drive, give, refused, reviewed};
use acceptance::reaction::Sitter;
use acceptance::root;
use acceptance::seed::SUPERVISOR;
use anyhow::{Context, Result, bail};
use compose::picture::{self, Finished, Refused};
use domain::quality::{Force, Verdict};
use station::contract::{Command, Screen};

#[test]
fn a_face_too_small_passes_no_supervisor() -> Result<()> {
    let booth = Booth::open()?;
    let desktop = booth.desktop()?;
    let sitter = Sitter::Rostered {
        student_number: "24010001".into(),
    };
    booth.camera("play biden-small")?;
    drive(&booth, &desktop, &sitter, |view| {
        matches!(view.screen, Screen::Capture(_))
    })?;
    for attempt in 1..=3 {
        let view = give(&desktop, Command::Shutter, "the checks", reviewed)?;
        let Screen::Review(page) = view.screen else {
            bail!("no review")
        };
        assert_eq!(page.attempt, attempt);
        let absolute = page
            .results
            .iter()
            .find(|r| r.verdict == Verdict::Fail && r.force == Force::Absolute);
        assert!(absolute.is_some(), "a face of 150 px: {:?}", page.results);
        assert!(!page.acceptable && !page.overridable, "attempt {attempt}");
        let command = Command::Override {
            reason: "无论如何都要通过".into(),
            supervisor: SUPERVISOR.0.into(),
            pin: SUPERVISOR.1.into(),
        };
        refused(&desktop, command, "refusal.not_overridable")?;
        refused(&desktop, Command::Accept, "refusal.not_acceptable")?;
        give(&desktop, Command::Retake, "the camera", |view| {
            matches!(view.screen, Screen::Capture(_))
        })?;
    }
    assert_eq!(desktop.store().queue(10)?, [], "nothing was stored");
    Ok(())
}

#[test]
fn a_face_of_ninety_pixels_is_refused_by_name() -> Result<()> {
    match standardise(&root::sitters().join("astronaut.png"))? {
        Err(Refused::Checks { codes }) => assert!(codes.iter().any(|code| code == "too_small"), "{codes:?}"),
        Err(other) => bail!("refused for another reason: {other}"),
        Ok(_) => bail!("it became a photo"),
    }
    Ok(())
}

#[test]
fn a_face_of_266_pixels_is_large_enough_for_a_standard_photo() -> Result<()> {
    let finished = standardise(&root::sitters().join("obama3.jpg"))??;
    let inspection = &finished.photo.inspection;
    assert!(inspection.accepted(), "{inspection:?}");
    let results = &finished.assessment.results;
    let size = results
        .iter()
        .find(|r| r.check == "face_width")
        .context("no size")?;
    assert_eq!(size.verdict, Verdict::Pass, "{size:?}");
    // What would stop it at the desk is the office behind it.
    let stopping: Vec<_> = finished.assessment.stopping().collect();
    assert!(
        stopping
            .iter()
            .any(|r| r.code.as_deref() == Some("backdrop_uneven")),
        "{stopping:?}"
    );
    Ok(())
}

/// One picture file through the whole photo path.
pub(crate) fn standardise(file: &std::path::Path) -> Result<Result<Finished, Refused>> {
    let bytes = std::fs::read(file)
        .with_context(|| format!("{} is missing: `cargo xtask models` brings it", file.display()))?;
    let specifications = photo::specification::builtin()?;
    let specification = specifications.first().context("no specification")?;
    let mut sight = compose::open_sight(&root::models())?;
    Ok(picture::standardise(
        &bytes,
        specification,
        &quality::Rules::strict()?,
        &mut sight,
    ))
}
