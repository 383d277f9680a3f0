//! The replay camera's controls: they are remembered as a camera would, forgotten with its power, and
//! change nothing in the picture. For training, and for every test that needs a camera with controls.

use domain::camera::{Control, ControlState};

/// All nine of a usual webcam.
pub(super) struct Controls(Vec<ControlState>);

impl Controls {
    /// As after power comes on.
    pub(super) fn fresh() -> Self {
        let row = |control, (min, max), step, default| ControlState {
            control,
            min,
            max,
            step,
            default,
            value: default,
        };
        // Ranges of a common webcam (UVC 1.0 units).
        Self(vec![
            row(Control::PowerLine, (0, 2), 1, 2),
            row(Control::AutoExposure, (0, 1), 1, 1),
            row(Control::Exposure, (3, 2_047), 1, 250),
            row(Control::Gain, (0, 255), 1, 0),
            row(Control::AutoWhiteBalance, (0, 1), 1, 1),
            row(Control::WhiteBalance, (2_000, 6_500), 10, 4_000),
            row(Control::AutoFocus, (0, 1), 1, 1),
            row(Control::Focus, (0, 250), 5, 0),
            row(Control::Zoom, (100, 500), 1, 100),
        ])
    }

    pub(super) fn states(&self) -> Vec<ControlState> {
        self.0.clone()
    }

    /// Takes a value, rounded to the step; refuses one whose automatic is on, as a driver does.
    pub(super) fn set(&mut self, control: Control, value: i32) -> Option<i32> {
        let automatic = control.automatic().and_then(|automatic| self.state(automatic));
        if automatic.is_some_and(|automatic| automatic.value != 0) {
            return None;
        }
        let state = self.0.iter_mut().find(|state| state.control == control)?;
        let value = value.clamp(state.min, state.max);
        state.value = state.min + (value - state.min) / state.step * state.step;
        Some(state.value)
    }

    fn state(&self, control: Control) -> Option<&ControlState> {
        self.0.iter().find(|state| state.control == control)
    }
}
