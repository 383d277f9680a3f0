//! What a simulated camera says of itself when it is plugged in (USB 2.0 chapter 9, UVC 1.0 chapter 3).

use crate::model::{MJPEG, Model, Size, YUYV};

/// A composite device of high speed, with strings 1 to 3 for maker, product and serial number.
pub(crate) const DEVICE: [u8; 18] = [
    18, 1, 0, 2, 0xEF, 2, 1, 64, 0x09, 0x12, 0x01, 0x00, 0, 1, 1, 2, 3, 1,
];

/// A string descriptor by its number.
pub(crate) fn string(number: u16) -> Vec<u8> {
    let text = match number {
        0 => return vec![4, 3, 0x09, 0x04],
        1 => "Capture Station",
        // As long as cheap cameras' names are: the kernel cuts it, and not at a character's end.
        2 => "Simulated Camera 仿真高清摄像头",
        _ => "0001",
    };
    let mut bytes = vec![0, 3];
    for unit in text.encode_utf16() {
        bytes.extend(unit.to_le_bytes());
    }
    with_length(bytes)
}

/// The configuration: a control interface and a streaming interface with a bulk endpoint.
pub(crate) fn configuration(model: &Model) -> Vec<u8> {
    let mut all = vec![9, 2, 0, 0, 2, 1, 0, 0x80, 250];
    // Both interfaces belong to one function.
    all.extend([8, 0x0B, 0, 2, 0x0E, 3, 0, 2]);
    all.extend([9, 4, 0, 0, 0, 0x0E, 1, 0, 2]);
    all.extend(control_interface());
    all.extend([9, 4, 1, 0, 1, 0x0E, 2, 0, 0]);
    all.extend(streaming_interface(model));
    all.extend([7, 5, 0x81, 2, 0x00, 0x02, 0]);
    let total = (all.len() as u16).to_le_bytes();
    all[2..4].copy_from_slice(&total);
    all
}

fn control_interface() -> Vec<u8> {
    let mut units = Vec::new();
    // Camera terminal 1: exposure's mode, priority and time, focus by value and by itself, zoom.
    units.extend([
        18, 0x24, 2, 1, 0x01, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0x2E, 0x02, 0x02,
    ]);
    // Processing unit 2 behind it: gain, mains frequency, white balance by value and by itself.
    units.extend([11, 0x24, 5, 2, 1, 0, 0, 2, 0x40, 0x16, 0]);
    // Output terminal 3 behind that: to the host.
    units.extend([9, 0x24, 3, 3, 0x01, 0x01, 0, 2, 0]);
    let mut all = vec![13, 0x24, 1, 0x00, 0x01];
    all.extend((13 + units.len() as u16).to_le_bytes());
    all.extend(48_000_000_u32.to_le_bytes());
    all.extend([1, 1]);
    all.extend(units);
    all
}

fn streaming_interface(model: &Model) -> Vec<u8> {
    /// BT.601 in every respect.
    const COLOURS: [u8; 6] = [6, 0x24, 0x0D, 1, 1, 4];
    let mut formats = vec![11, 0x24, 6, MJPEG, model.mjpeg.len() as u8, 1, 1, 0, 0, 0, 0];
    formats.extend(frames(7, model.mjpeg));
    formats.extend(COLOURS);
    if !model.yuyv.is_empty() {
        formats.extend([27, 0x24, 4, YUYV, model.yuyv.len() as u8]);
        formats.extend(*b"YUY2\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71");
        formats.extend([16, 1, 0, 0, 0, 0]);
        formats.extend(frames(5, model.yuyv));
        formats.extend(COLOURS);
    }
    let head = 13 + model.formats();
    let mut all = vec![head, 0x24, 1, model.formats()];
    all.extend((u16::from(head) + formats.len() as u16).to_le_bytes());
    all.extend([0x81, 0, 3, 0, 0, 0, 1]);
    all.extend(std::iter::repeat_n(0, model.formats().into()));
    all.extend(formats);
    all
}

fn frames(kind: u8, sizes: &[Size]) -> Vec<u8> {
    let mut all = Vec::new();
    for (number, size) in (1..).zip(sizes) {
        let bytes = largest(size);
        let mut frame = vec![0, 0x24, kind, number, 0];
        frame.extend(size.width.to_le_bytes());
        frame.extend(size.height.to_le_bytes());
        frame.extend((bytes * 8).to_le_bytes());
        frame.extend((bytes * 8 * 30).to_le_bytes());
        frame.extend(bytes.to_le_bytes());
        frame.extend(size.intervals.first().unwrap_or(&0).to_le_bytes());
        frame.push(size.intervals.len() as u8);
        frame.extend(size.intervals.iter().flat_map(|interval| interval.to_le_bytes()));
        all.extend(with_length(frame));
    }
    all
}

/// Bytes of the largest frame of a size.
pub(crate) fn largest(size: &Size) -> u32 {
    u32::from(size.width) * u32::from(size.height) * 2
}

/// Writes a descriptor's length into its first byte.
fn with_length(mut descriptor: Vec<u8>) -> Vec<u8> {
    descriptor[0] = descriptor.len() as u8;
    descriptor
}
