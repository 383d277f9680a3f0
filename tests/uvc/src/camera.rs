//! The simulated camera as its owner handles it.

use crate::device::Device;
use crate::{Conduct, Model, Set, port};
use anyhow::{Context, Result};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

/// A USB camera in software. Dropping it unplugs it.
pub struct SimulatedCamera {
    model: Model,
    port: u32,
    conduct: Conduct,
    plugged: Option<Arc<Device>>,
    /// Threads of this life and of earlier ones.
    threads: Vec<JoinHandle<()>>,
}

impl SimulatedCamera {
    /// Plugs a camera into the first free port. The kernel finds it within a second or two.
    ///
    /// # Errors
    /// When there is no virtual controller, or this is not root.
    pub fn plug_in(model: Model) -> Result<Self> {
        let mut camera = Self {
            model,
            port: port::first_free()?,
            conduct: Conduct::Clean,
            plugged: None,
            threads: Vec::new(),
        };
        camera.plug()?;
        Ok(camera)
    }

    /// Plugs it in again, into the same port. It has forgotten all that was set, as cameras do.
    ///
    /// # Errors
    /// As [`SimulatedCamera::plug_in`].
    pub fn plug(&mut self) -> Result<()> {
        self.end();
        let (ours, theirs) = UnixStream::pair().context("no wire")?;
        let (device, threads) = Device::start(self.model, self.conduct, ours)?;
        self.plugged = Some(device);
        self.threads.extend(threads);
        port::attach(self.port, &theirs)
    }

    /// Pulls its cable, and gives the moment at which that was done. Nothing happens when it is out.
    pub fn unplug(&mut self) -> Instant {
        let moment = Instant::now();
        if let Some(device) = self.plugged.take() {
            device.cut();
        }
        moment
    }

    /// Unplugs it and waits for its threads.
    fn end(&mut self) {
        self.unplug();
        for thread in self.threads.drain(..) {
            // One that panicked has said so, and there is nothing to save.
            let _ = thread.join();
        }
    }

    /// Changes how it behaves, now and after it is plugged in again.
    pub fn behave(&mut self, conduct: Conduct) {
        self.conduct = conduct;
        if let Some(device) = &self.plugged {
            device.state().conduct = conduct;
        }
    }

    /// What the host has set on its controls since it was plugged in, in order.
    pub fn sets(&self) -> Vec<Set> {
        self.plugged
            .as_ref()
            .map(|device| device.state().sets.clone())
            .unwrap_or_default()
    }
}

impl Drop for SimulatedCamera {
    fn drop(&mut self) {
        self.end();
    }
}
