//! The few questions to the kernel that the `v4l` crate asks in a way that can panic (a name that is no
//! UTF-8, a step of 0) or asks for every control at once, which costs a camera a second.
//!
//! Names and meanings: the kernel's V4L2 API, "Function Reference".

#![allow(unsafe_code)]

use std::ffi::c_int;
use std::io;
use v4l::capability::Flags;
use v4l::v4l_sys::{v4l2_capability, v4l2_control, v4l2_querymenu};
use v4l::v4l2::vidioc;

pub(super) use v4l::v4l_sys::v4l2_queryctrl as Range;

/// What this node (not the whole device) can do.
pub(super) fn capabilities(fd: c_int) -> io::Result<Flags> {
    let mut answer: v4l2_capability = zeroed();
    ask(fd, vidioc::VIDIOC_QUERYCAP, &mut answer)?;
    let own = answer.capabilities & Flags::DEVICE_CAPS.bits() != 0;
    Ok(Flags::from(if own {
        answer.device_caps
    } else {
        answer.capabilities
    }))
}

/// A control's range and flags; EINVAL when the camera has no such control.
pub(super) fn range(fd: c_int, id: u32) -> io::Result<Range> {
    let mut answer: Range = zeroed();
    answer.id = id;
    ask(fd, vidioc::VIDIOC_QUERYCTRL, &mut answer)?;
    Ok(answer)
}

/// Whether a menu has this item; a menu may have gaps.
pub(super) fn has_item(fd: c_int, id: u32, item: i32) -> bool {
    let mut answer: v4l2_querymenu = zeroed();
    answer.id = id;
    let Ok(index) = u32::try_from(item) else {
        return false;
    };
    answer.index = index;
    ask(fd, vidioc::VIDIOC_QUERYMENU, &mut answer).is_ok()
}

/// A control's present value.
pub(super) fn value(fd: c_int, id: u32) -> io::Result<i32> {
    let mut answer = v4l2_control { id, value: 0 };
    ask(fd, vidioc::VIDIOC_G_CTRL, &mut answer)?;
    Ok(answer.value)
}

/// Sets a control.
pub(super) fn set(fd: c_int, id: u32, value: i32) -> io::Result<()> {
    ask(fd, vidioc::VIDIOC_S_CTRL, &mut v4l2_control { id, value })
}

/// The structures of the kernel's interface: C structures of integers, for which all zeroes is a value.
trait Plain {}
impl Plain for v4l2_capability {}
impl Plain for v4l2_control {}
impl Plain for v4l2_querymenu {}
impl Plain for Range {}

fn zeroed<T: Plain>() -> T {
    // SAFETY: `Plain` is implemented only for C structures of integers, see there.
    unsafe { std::mem::zeroed() }
}

fn ask<T: Plain>(fd: c_int, request: vidioc::_IOC_TYPE, with: &mut T) -> io::Result<()> {
    // SAFETY: each caller above pairs the request with the structure it is defined for, whose size is part
    // of the request's number; it outlives the call, and none of them holds a pointer.
    unsafe { v4l::v4l2::ioctl(fd, request, std::ptr::from_mut(with).cast()) }
}

#[cfg(test)]
pub(super) mod tests {
    /// A range of nothing, to be filled in.
    pub(in super::super) fn none() -> super::Range {
        super::zeroed()
    }
}
