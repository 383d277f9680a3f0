//! A camera's controls: the kernel's numbers for them, and their values in this station's words.
//!
//! Source of numbers and menus: V4L2 API, "Camera Control Reference" and "User Controls".

use super::ask::{self, Range};
use crate::CameraFault;
use domain::camera::{Control, ControlState};
use std::ffi::c_int;
use std::io;

/// V4L2_CID_EXPOSURE_AUTO: a menu.
const EXPOSURE_AUTO: u32 = 0x9a_0901;
/// V4L2_CID_EXPOSURE_AUTO_PRIORITY: the camera may lower its rate for a longer exposure.
const EXPOSURE_AUTO_PRIORITY: u32 = 0x9a_0903;
/// V4L2_EXPOSURE_MANUAL.
const MANUAL: i32 = 1;
/// V4L2_EXPOSURE_APERTURE_PRIORITY (what nearly every webcam calls automatic), V4L2_EXPOSURE_AUTO.
const AUTOMATIC: [i32; 2] = [3, 0];

/// V4L2_CTRL_FLAG_DISABLED.
const DISABLED: u32 = 1;

/// The kernel's number of a control.
fn id(control: Control) -> u32 {
    match control {
        Control::PowerLine => 0x98_0918,
        Control::AutoExposure => EXPOSURE_AUTO,
        Control::Exposure => 0x9a_0902,
        Control::Gain => 0x98_0913,
        Control::AutoWhiteBalance => 0x98_090c,
        Control::WhiteBalance => 0x98_091a,
        Control::AutoFocus => 0x9a_090c,
        Control::Focus => 0x9a_090a,
        Control::Zoom => 0x9a_090d,
    }
}

/// The controls the camera has; those whose automatic is on are among them.
pub(super) fn all(fd: c_int) -> Result<Vec<ControlState>, CameraFault> {
    let mut states = Vec::new();
    for control in Control::ALL {
        match state(fd, control) {
            Ok(state) => states.extend(state),
            Err(error) if gone(&error) => return Err(CameraFault::Gone),
            Err(error) => tracing::debug!(?control, %error, "the control does not tell its state"),
        }
    }
    Ok(states)
}

/// Sets a control to the nearest value it can take and gives what the camera then has; `None` when there
/// is no such control or the camera refused.
pub(super) fn set(fd: c_int, control: Control, value: i32) -> Result<Option<i32>, CameraFault> {
    match try_set(fd, control, value) {
        Ok(taken) => Ok(taken),
        Err(error) if gone(&error) => Err(CameraFault::Gone),
        Err(error) => {
            tracing::debug!(?control, value, %error, "the control was refused");
            Ok(None)
        }
    }
}

fn try_set(fd: c_int, control: Control, value: i32) -> io::Result<Option<i32>> {
    let Some(range) = range(fd, control)? else {
        return Ok(None);
    };
    if control != Control::AutoExposure {
        ask::set(fd, id(control), nearest(&range, value))?;
        return ask::value(fd, id(control)).map(Some);
    }
    let wanted = if value == 0 { Some(MANUAL) } else { automatic(fd) };
    let Some(item) = wanted.filter(|item| ask::has_item(fd, EXPOSURE_AUTO, *item)) else {
        return Ok(None);
    };
    ask::set(fd, EXPOSURE_AUTO, item)?;
    if item == MANUAL
        && let Err(error) = ask::set(fd, EXPOSURE_AUTO_PRIORITY, 0)
    {
        // Many cameras have no such control: then they keep their rate anyway.
        tracing::debug!(%error, "no priority of the exposure over the rate to switch off");
    }
    ask::value(fd, EXPOSURE_AUTO).map(|item| Some(i32::from(item != MANUAL)))
}

fn state(fd: c_int, control: Control) -> io::Result<Option<ControlState>> {
    let Some(range) = range(fd, control)? else {
        return Ok(None);
    };
    let value = ask::value(fd, id(control))?;
    if control == Control::AutoExposure {
        return Ok(Some(ControlState {
            control,
            min: 0,
            max: 1,
            step: 1,
            default: i32::from(range.default_value != MANUAL),
            value: i32::from(value != MANUAL),
        }));
    }
    Ok(Some(ControlState {
        control,
        min: range.minimum,
        max: range.maximum,
        step: range.step.max(1),
        default: range.default_value,
        value,
    }))
}

/// The control's range; none where the camera lacks it or its driver disabled it.
fn range(fd: c_int, control: Control) -> io::Result<Option<Range>> {
    match ask::range(fd, id(control)) {
        Ok(range) if range.flags & DISABLED == 0 => Ok(Some(range)),
        Ok(_) => Ok(None),
        Err(error) if matches!(error.raw_os_error(), Some(libc::EINVAL | libc::ENOTTY)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The item of the exposure's menu that this camera calls automatic.
fn automatic(fd: c_int) -> Option<i32> {
    AUTOMATIC
        .into_iter()
        .find(|item| ask::has_item(fd, EXPOSURE_AUTO, *item))
}

/// The value within the range and on its steps that is nearest to the wanted one.
fn nearest(range: &Range, wanted: i32) -> i32 {
    let (min, max) = (i64::from(range.minimum), i64::from(range.maximum));
    let step = i64::from(range.step.max(1));
    let steps = (i64::from(wanted).clamp(min, max.max(min)) - min + step / 2) / step;
    let most = (max - min).max(0) / step;
    i32::try_from(min + steps.min(most) * step).unwrap_or(range.minimum)
}

fn gone(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ENODEV | libc::ENXIO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range_of(minimum: i32, maximum: i32, step: i32) -> Range {
        let mut range = ask::tests::none();
        (range.minimum, range.maximum, range.step) = (minimum, maximum, step);
        range
    }

    #[test]
    fn values_are_rounded_to_the_steps() {
        let focus = range_of(0, 250, 5);
        assert_eq!(
            [12, 13, 300, -4].map(|wanted| nearest(&focus, wanted)),
            [10, 15, 250, 0]
        );
        assert_eq!(nearest(&range_of(2000, 6503, 10), 9000), 6500, "on the steps");
        assert_eq!(nearest(&range_of(3, 2047, 0), 120), 120, "a step of 0 is none");
    }

    proptest! {
        #[test]
        fn nothing_the_range_allows_is_nearer(min: i32, max: i32, step: i32, wanted: i32) {
            let near = nearest(&range_of(min, max, step), wanted);
            prop_assume!(min <= max);
            let (min, max, step) = (i64::from(min), i64::from(max), i64::from(step.max(1)));
            let (near, wanted) = (i64::from(near), i64::from(wanted));
            prop_assert!((min..=max).contains(&near) && (near - min) % step == 0);
            for other in [near - step, near + step].into_iter().filter(|other| (min..=max).contains(other)) {
                prop_assert!((near - wanted).abs() <= (other - wanted).abs());
            }
        }
    }
}
