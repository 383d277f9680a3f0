//! The answers to what the host asks on the control endpoint.

use crate::device::State;
use crate::model::{MJPEG, Model};
use crate::usbip::Submit;
use crate::{Set, controls, descriptors};

/// Bytes of the largest piece of a frame, its header included.
pub(crate) const PIECE: usize = 16 * 1024;

/// Requests of UVC 1.0, table A-8.
const SET_CUR: u8 = 0x01;
const GET_CUR: u8 = 0x81;
const GET_MIN: u8 = 0x82;
const GET_MAX: u8 = 0x83;
const GET_RES: u8 = 0x84;
const GET_LEN: u8 = 0x85;
const GET_INFO: u8 = 0x86;
const GET_DEF: u8 = 0x87;

/// The answer to one request; none stalls the endpoint, as USB has it for what is not understood.
pub(crate) fn answer(model: Model, state: &mut State, transfer: &Submit) -> Option<Vec<u8>> {
    let [kind, request, value_low, value_high, index_low, index_high, ..] = transfer.setup;
    match (kind, request) {
        // Descriptors.
        (0x80, 6) => match value_high {
            1 => Some(descriptors::DEVICE.to_vec()),
            2 => Some(descriptors::configuration(&model)),
            3 => Some(descriptors::string(value_low.into())),
            _ => None,
        },
        // Status, configuration, setting of an interface.
        (0x80..=0x82, 0) => Some(vec![0, 0]),
        (0x80, 8) => Some(vec![1]),
        (0x81, 10) => Some(vec![0]),
        // A bulk camera is told to stop by clearing its endpoint.
        (0x02, 1) => {
            state.streaming = false;
            Some(Vec::new())
        }
        (0x00 | 0x01, _) => Some(Vec::new()),
        (0x21 | 0xA1, _) if index_low == 1 => streaming(model, state, request, value_high, &transfer.data),
        (0x21 | 0xA1, _) => control(state, request, (index_high, value_high), &transfer.data),
        _ => None,
    }
}

/// Probe and commit: host and camera settle on format, frame and interval (UVC 1.0, 4.3.1.1).
fn streaming(model: Model, state: &mut State, request: u8, selector: u8, data: &[u8]) -> Option<Vec<u8>> {
    const COMMIT: u8 = 2;
    match request {
        SET_CUR => {
            let interval = data.get(4..8)?.try_into().ok().map(u32::from_le_bytes)?;
            state.format = (*data.get(2)?).clamp(MJPEG, model.formats());
            let sizes = model.sizes(state.format);
            state.frame = (*data.get(3)?).clamp(1, sizes.len() as u8);
            let size = sizes.get(usize::from(state.frame) - 1)?;
            let nearest = size.intervals.iter().min_by_key(|one| one.abs_diff(interval));
            state.interval = *nearest?;
            state.streaming |= selector == COMMIT;
            Some(Vec::new())
        }
        GET_INFO => Some(vec![3]),
        GET_LEN => Some(vec![26, 0]),
        GET_CUR | GET_MIN | GET_MAX | GET_RES | GET_DEF => {
            let size = model.sizes(state.format).get(usize::from(state.frame) - 1)?;
            let mut settled = vec![0; 26];
            settled[2] = state.format;
            settled[3] = state.frame;
            settled[4..8].copy_from_slice(&state.interval.to_le_bytes());
            settled[18..22].copy_from_slice(&descriptors::largest(size).to_le_bytes());
            settled[22..26].copy_from_slice(&(PIECE as u32).to_le_bytes());
            Some(settled)
        }
        _ => None,
    }
}

/// A control of a terminal or unit.
fn control(state: &mut State, request: u8, (entity, selector): (u8, u8), data: &[u8]) -> Option<Vec<u8>> {
    let control = controls::find(entity, selector)?;
    let value = match request {
        SET_CUR => {
            let mut bytes = [0; 8];
            bytes
                .get_mut(..control.length)?
                .copy_from_slice(data.get(..control.length)?);
            let value = i64::from_le_bytes(bytes);
            state.values.insert(control.name, value);
            state.sets.push(Set {
                control: control.name,
                value,
            });
            return Some(Vec::new());
        }
        GET_CUR => *state.values.get(control.name).unwrap_or(&control.default),
        GET_MIN => control.min,
        GET_MAX => control.max,
        GET_RES => control.step,
        GET_DEF => control.default,
        GET_LEN => return Some((control.length as u16).to_le_bytes().to_vec()),
        // It can be read and set.
        GET_INFO => return Some(vec![3]),
        _ => return None,
    };
    value.to_le_bytes().get(..control.length).map(<[u8]>::to_vec)
}
