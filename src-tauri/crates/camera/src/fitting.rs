//! Carries a setting out on an open camera.

use crate::{CameraFault, Stream};
use domain::camera::{CameraInfo, CameraSetting, Control, ControlState, Equipment};

/// Sets what the setting locks, automatics before the values they would hide, and reads everything back.
/// A control that the camera lacks or takes otherwise is named in [`Equipment::refused`]; that is no
/// fault, for another camera of the same place may have none of them.
pub(crate) fn fit(
    stream: &mut dyn Stream,
    camera: &CameraInfo,
    setting: &CameraSetting,
) -> Result<Equipment, CameraFault> {
    let mut refused = vec![];
    let mut known = stream.controls()?;
    let mut changed = false;
    for control in Control::ALL {
        let Some(value) = setting.controls.get(&control).copied() else {
            continue;
        };
        let Some(state) = known.iter().find(|state| state.control == control) else {
            refused.push(control);
            continue;
        };
        // What is hidden behind an automatic moves by itself, so its reading says nothing. What stands already is not
        // set again with every look: each set is a message to the camera between two of its frames.
        let automatic = control
            .automatic()
            .and_then(|automatic| known.iter().find(|state| state.control == automatic));
        if near(state.value, value, state) && automatic.is_none_or(|automatic| automatic.value == 0) {
            continue;
        }
        let taken = stream.set(control, value)?;
        changed = true;
        if !taken.is_some_and(|taken| near(taken, value, state)) {
            tracing::warn!(?control, value, ?taken, "the camera did not take a setting");
            refused.push(control);
        }
    }
    if changed {
        known = stream.controls()?;
    }
    Ok(Equipment {
        camera: camera.clone(),
        modes: stream.modes(),
        mode: stream.mode(),
        controls: known,
        refused,
        reading: 0,
    })
}

/// Rounded to the camera's step, it is what was asked for.
fn near(taken: i32, asked: i32, state: &ControlState) -> bool {
    taken.abs_diff(asked.clamp(state.min, state.max)) < state.step.unsigned_abs().max(1)
}
