//! A USB camera in software and the small VM it is plugged in, so that what runs on Linux's camera path is
//! the kernel's own driver for USB cameras and a real disconnect.
//!
//! The camera speaks USB/IP to the kernel's virtual host controller (`vhci_hcd`); `uvcvideo` binds to it as
//! to any webcam. It uses a bulk endpoint, as the UVC specification allows, so isochronous transfer itself
//! is not exercised. [`SimulatedCamera`] runs inside the VM, [`vm`] outside.
//!
//! Sources: USB Device Class Definition for Video Devices 1.0 (descriptors, requests, payloads), the
//! kernel's `Documentation/usb/usbip_protocol.rst`.

#![cfg(target_os = "linux")]

mod camera;
mod conduct;
mod controls;
mod descriptors;
mod device;
mod model;
mod picture;
mod port;
mod requests;
mod sender;
mod usbip;
pub mod vm;

pub use camera::SimulatedCamera;
pub use conduct::Conduct;
pub use controls::Set;
pub use model::{Model, Size};
pub use picture::{PICTURES, jpeg, yuyv};
