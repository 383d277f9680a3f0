//! The controls of a simulated camera, and what was set on it.

/// A control: where UVC addresses it, how long and how large its values are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Control {
    /// The name in [`Set`].
    pub(crate) name: &'static str,
    /// Terminal or unit, as numbered in the descriptors.
    entity: u8,
    /// Selector within it.
    selector: u8,
    /// Bytes of a value.
    pub(crate) length: usize,
    pub(crate) min: i64,
    pub(crate) max: i64,
    /// Distance of the values; for the exposure's mode a bit for each mode the camera has.
    pub(crate) step: i64,
    pub(crate) default: i64,
}

/// A value the host set, in the camera's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// `exposure_mode` (1 manual, 8 aperture priority), `exposure_priority`, `exposure` (100 µs), `focus`,
    /// `auto_focus`, `zoom`, `gain`, `power_line`, `white_balance` (kelvin), `auto_white_balance`.
    pub control: &'static str,
    /// The value.
    pub value: i64,
}

/// The camera terminal and the processing unit of the descriptors.
const CAMERA: u8 = 1;
const PROCESSING: u8 = 2;

const fn control(
    name: &'static str,
    (entity, selector): (u8, u8),
    length: usize,
    (min, max, step, default): (i64, i64, i64, i64),
) -> Control {
    Control {
        name,
        entity,
        selector,
        length,
        min,
        max,
        step,
        default,
    }
}

/// All of them; selectors from UVC 1.0, tables.
pub(crate) const CONTROLS: [Control; 10] = [
    control("exposure_mode", (CAMERA, 0x02), 1, (0, 0, 0b1001, 8)),
    control("exposure_priority", (CAMERA, 0x03), 1, (0, 1, 1, 1)),
    control("exposure", (CAMERA, 0x04), 4, (3, 2047, 1, 250)),
    control("focus", (CAMERA, 0x06), 2, (0, 250, 5, 0)),
    control("auto_focus", (CAMERA, 0x08), 1, (0, 1, 1, 1)),
    control("zoom", (CAMERA, 0x0B), 2, (100, 500, 1, 100)),
    control("gain", (PROCESSING, 0x04), 2, (0, 255, 1, 0)),
    control("power_line", (PROCESSING, 0x05), 1, (0, 2, 1, 2)),
    control("white_balance", (PROCESSING, 0x0A), 2, (2000, 6500, 10, 4000)),
    control("auto_white_balance", (PROCESSING, 0x0B), 1, (0, 1, 1, 1)),
];

/// The control at an address.
pub(crate) fn find(entity: u8, selector: u8) -> Option<&'static Control> {
    CONTROLS
        .iter()
        .find(|control| (control.entity, control.selector) == (entity, selector))
}
