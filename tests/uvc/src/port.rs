//! The ports of the kernel's virtual host controller.

use anyhow::{Context, Result, bail};
use std::fs;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// Where the controller is governed; `modprobe vhci_hcd` makes it.
const CONTROLLER: &str = "/sys/devices/platform/vhci_hcd.0";
/// The state of a port that nothing is plugged into (`VDEV_ST_NULL`).
const FREE: &str = "004";
/// `USB_SPEED_HIGH`.
const HIGH_SPEED: u32 = 3;
/// The kernel takes a while to let go of what was unplugged.
const PATIENCE: Duration = Duration::from_secs(10);

/// The first port of high speed that is free.
///
/// # Errors
/// When there is no controller or no free port.
pub(crate) fn first_free() -> Result<u32> {
    ports()?
        .into_iter()
        .find_map(|(port, free)| free.then_some(port))
        .context("every port of the virtual controller is in use")
}

/// Gives the kernel's end of the wire to a port, once that is free.
///
/// # Errors
/// When the port does not become free, or this is not root.
pub(crate) fn attach(port: u32, wire: &UnixStream) -> Result<()> {
    let began = Instant::now();
    while !ports()?.contains(&(port, true)) {
        if began.elapsed() > PATIENCE {
            bail!("port {port} does not become free");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    // The device number stands for bus 1, device 2 of a remote machine that is not there.
    let line = format!("{port} {} {} {HIGH_SPEED}", wire.as_raw_fd(), 0x1_0002);
    fs::write(Path::new(CONTROLLER).join("attach"), line).context("the port takes no device; are you root?")
}

/// The ports of high speed, and whether each is free. Lines are `hs  0000 004 …`.
fn ports() -> Result<Vec<(u32, bool)>> {
    let text = fs::read_to_string(Path::new(CONTROLLER).join("status"))
        .context("no virtual USB controller; `modprobe vhci_hcd` makes one")?;
    Ok(text
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let ("hs", port, state) = (words.next()?, words.next()?, words.next()?) else {
                return None;
            };
            Some((port.parse().ok()?, state == FREE))
        })
        .collect())
}
