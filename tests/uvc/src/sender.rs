//! Sends frames at the agreed rate for as long as the host wants them.

use crate::device::Device;
use crate::model::YUYV;
use crate::requests::PIECE;
use crate::{Conduct, picture};
use std::time::{Duration, Instant};

/// Header of a piece: its length, then bits (UVC 1.0, 2.4.3.2).
const HEADER: usize = 2;
const END_OF_HEADER: u8 = 0x80;
const END_OF_FRAME: u8 = 0x02;
const FAULTY: u8 = 0x40;

/// Runs until the wire is cut.
pub(crate) fn send_frames(device: &Device) {
    let mut number = 0;
    let mut due = Instant::now();
    while let Some(next) = await_stream(device) {
        let period = Duration::from_nanos(u64::from(next.interval) * 100);
        // An emulated processor may fall behind: then the rate suffers, and frames do not pile up.
        due = (due + period).max(Instant::now());
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        number += 1;
        let frame = if next.format == YUYV {
            picture::yuyv(next.width, next.height, number)
        } else {
            picture::jpeg(next.width, next.height, number).to_vec()
        };
        let conduct = device.state().conduct;
        if let Some(frame) = conduct.spoil(frame) {
            send(device, &frame, number, conduct == Conduct::Flagged);
        }
    }
}

/// What the next frame is to be.
struct Next {
    format: u8,
    width: u16,
    height: u16,
    interval: u32,
}

/// Waits until the host wants frames; none when the wire was cut.
fn await_stream(device: &Device) -> Option<Next> {
    let mut state = device.state();
    while !state.streaming && !state.gone {
        state = device.wait(state);
    }
    let size = device
        .model
        .sizes(state.format)
        .get(usize::from(state.frame) - 1)?;
    (!state.gone).then_some(Next {
        format: state.format,
        width: size.width,
        height: size.height,
        interval: state.interval,
    })
}

/// Sends a frame in pieces. The lowest bit of their headers tells one frame from the next.
fn send(device: &Device, frame: &[u8], number: usize, faulty: bool) {
    let pieces = frame.chunks(PIECE - HEADER);
    let last = pieces.len();
    for (at, data) in (1..).zip(pieces) {
        let mut bits = END_OF_HEADER | (number % 2) as u8;
        if at == last {
            bits |= END_OF_FRAME;
        }
        if faulty {
            bits |= FAULTY;
        }
        let mut piece = Vec::with_capacity(HEADER + data.len());
        piece.extend([HEADER as u8, bits]);
        piece.extend_from_slice(data);
        if !device.hand_over(&piece) {
            return;
        }
    }
}
