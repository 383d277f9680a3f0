//! The camera's page: what is chosen there reaches the camera, survives a replug and a restart, and a
//! recording for training never leaves the desk.

use crate::booth::{Booth, PATIENCE, wait_for};
use crate::desk::{drive, give, refused, watch};
use acceptance::reaction::Sitter;
use acceptance::{seed, sitters};
use anyhow::{Context, Result};
use compose::Desktop;
use domain::camera::Control;
use domain::frame::CameraState;
use station::contract::{CameraScreen, Command, Screen, StationView};

fn page(view: &StationView) -> Option<&CameraScreen> {
    match &view.screen {
        Screen::Camera(page) => Some(page),
        _ => None,
    }
}

fn value(page: &CameraScreen, control: Control) -> Option<i32> {
    let controls = &page.equipment.as_ref()?.controls;
    controls
        .iter()
        .find(|state| state.control == control)
        .map(|state| state.value)
}

fn notice(view: &StationView) -> Option<&str> {
    view.notice.as_ref().map(|notice| notice.code.as_str())
}

/// Starts the station once more: the workers of the one before let go of its folder a moment after it was closed.
fn again(booth: &Booth) -> Result<Desktop> {
    wait_for("the data folder", PATIENCE, || match booth.desktop() {
        Err(fault) if fault.to_string().contains("another instance") => Ok(None),
        desktop => desktop.map(Some),
    })
}

fn open(desktop: &Desktop) -> Result<StationView> {
    give(desktop, Command::OpenCamera, "the camera's page", |view| {
        page(view).is_some_and(|page| page.equipment.is_some() && page.light.is_some())
    })
}

/// The page asks for no session, only for somebody who answers for it.
fn sign_in(desktop: &Desktop) -> Result<()> {
    watch(desktop, "the operators", |view| {
        matches!(view.screen, Screen::SignIn { .. })
    })?;
    let (operator, pin) = (seed::OPERATOR.0.into(), seed::OPERATOR.1.into());
    give(desktop, Command::SignIn { operator, pin }, "signed in", |view| {
        view.operator.is_some()
    })
    .map(drop)
}

#[test]
fn locks_survive_a_replug_and_a_restart_and_are_measured_on_a_face() -> Result<()> {
    let booth = Booth::open()?;
    booth.camera("play wall")?;
    let desktop = booth.desktop()?;
    sign_in(&desktop)?;
    let view = open(&desktop)?;
    let light = page(&view)
        .and_then(|page| page.light.as_ref())
        .context("light")?;
    assert!(
        (light.histogram.iter().sum::<f32>() - 1.0).abs() < 0.01,
        "{light:?}"
    );
    assert!(light.face.is_none(), "nobody is there");
    refused(&desktop, Command::MeasureAndLock, "fault.no_face_to_measure")?;

    booth.camera("play biden-right")?;
    watch(&desktop, "a face in the meter", |view| {
        page(view)
            .and_then(|p| p.light.as_ref())
            .is_some_and(|light| light.face.is_some())
    })?;
    desktop.station().dispatch(Command::MeasureAndLock);
    let locked = watch(&desktop, "everything locked", |view| {
        page(view).is_some_and(|page| page.locking.is_none() && value(page, Control::AutoFocus) == Some(0))
            && notice(view).is_some_and(|code| code.starts_with("fault.camera_locked"))
    })?;
    let there = page(&locked).context("page")?;
    for control in [Control::AutoExposure, Control::AutoWhiteBalance] {
        assert_eq!(value(there, control), Some(0), "{control:?}");
    }
    let exposure = value(there, Control::Exposure);
    assert!(there.locked.contains(&Control::Exposure) && exposure.is_some());

    // A value by hand, then the plug is pulled.
    let by_hand = Command::SetControl {
        control: Control::WhiteBalance,
        value: Some(5_200),
    };
    let warm = |view: &StationView| page(view).and_then(|p| value(p, Control::WhiteBalance)) == Some(5_200);
    give(&desktop, by_hand, "the white balance", warm)?;
    booth.camera("vanish")?;
    watch(&desktop, "the loss", |view| {
        view.camera.state == CameraState::Lost
    })?;
    booth.camera("return")?;
    watch(&desktop, "the same values", |view| {
        view.camera.state == CameraState::Live && warm(view)
    })?;

    drop(desktop);
    let desktop = again(&booth)?;
    sign_in(&desktop)?;
    let again = open(&desktop)?;
    let there = page(&again).context("page")?;
    assert_eq!(
        (
            value(there, Control::Exposure),
            value(there, Control::WhiteBalance)
        ),
        (exposure, Some(5_200))
    );
    give(
        &desktop,
        Command::UnlockCamera,
        "the camera's own choice",
        |view| {
            page(view)
                .is_some_and(|page| page.locked.is_empty() && value(page, Control::AutoExposure) == Some(1))
        },
    )?;
    Ok(())
}

#[test]
fn a_recording_for_training_is_chosen_and_never_sent() -> Result<()> {
    let mut booth = Booth::open()?;
    let recording = booth.folder().join("practice");
    sitters::stage(
        &sitters::scenes(&acceptance::root::sitters(), &acceptance::root::models())?,
        &recording,
    )?;
    sitters::tell(&recording, "play biden-right")?;
    booth.settings.camera.training = recording.display().to_string();
    let desktop = booth.desktop()?;
    sign_in(&desktop)?;
    let view = open(&desktop)?;
    let rows = &page(&view).context("page")?.cameras;
    let source = rows
        .iter()
        .find(|row| row.training)
        .context("a training row")?
        .source
        .clone();
    give(
        &desktop,
        Command::ChooseCamera {
            source: source.clone(),
        },
        "the recording",
        |view| page(view).is_some_and(|page| page.chosen == source),
    )?;
    desktop.station().dispatch(Command::ClosePage);
    let sitter = Sitter::Rostered {
        student_number: "24010001".into(),
    };
    drive(&booth, &desktop, &sitter, |view| {
        matches!(view.screen, Screen::LastLook(_))
    })?;
    refused(&desktop, Command::Confirm, "fault.training_picture")?;
    assert_eq!(desktop.store().queue(10)?, vec![]);
    drop(desktop);
    // The next start begins with a camera, not with the recording.
    let desktop = again(&booth)?;
    sign_in(&desktop)?;
    let view = open(&desktop)?;
    assert_ne!(page(&view).context("page")?.chosen, source);
    Ok(())
}
