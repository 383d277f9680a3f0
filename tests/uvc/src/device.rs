//! A simulated camera while it is plugged in: what host and camera have agreed, and the wire between them.

use crate::usbip::{self, Command};
use crate::{Conduct, Model, Set, requests, sender};
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// One life of a camera, from plugging in to unplugging.
pub(crate) struct Device {
    pub(crate) model: Model,
    state: Mutex<State>,
    changed: Condvar,
    wire: Mutex<UnixStream>,
    /// The same wire, to be cut while somebody writes.
    knife: UnixStream,
}

/// What changes while it is plugged in.
pub(crate) struct State {
    pub(crate) conduct: Conduct,
    /// Format, frame and interval as negotiated; numbers of the descriptors.
    pub(crate) format: u8,
    pub(crate) frame: u8,
    pub(crate) interval: u32,
    pub(crate) streaming: bool,
    /// Present values of the controls that were set, by name.
    pub(crate) values: BTreeMap<&'static str, i64>,
    /// Everything that was set, in order.
    pub(crate) sets: Vec<Set>,
    /// Transfers that wait for a piece of a frame.
    waiting: VecDeque<u32>,
    /// The wire was cut.
    pub(crate) gone: bool,
}

impl Device {
    /// Begins to serve the wire. Gives the threads that do; they end when it is cut.
    pub(crate) fn start(
        model: Model,
        conduct: Conduct,
        wire: UnixStream,
    ) -> io::Result<(Arc<Self>, [JoinHandle<()>; 2])> {
        let (listening, knife) = (wire.try_clone()?, wire.try_clone()?);
        let first = model.mjpeg.first().and_then(|size| size.intervals.first());
        let state = State {
            conduct,
            format: 1,
            frame: 1,
            interval: first.copied().unwrap_or(333_333),
            streaming: false,
            values: BTreeMap::new(),
            sets: Vec::new(),
            waiting: VecDeque::new(),
            gone: false,
        };
        let device = Arc::new(Self {
            model,
            state: Mutex::new(state),
            changed: Condvar::new(),
            wire: Mutex::new(wire),
            knife,
        });
        let (listener, sender) = (Arc::clone(&device), Arc::clone(&device));
        let threads = [
            std::thread::spawn(move || listener.listen(listening)),
            std::thread::spawn(move || sender::send_frames(&sender)),
        ];
        Ok((device, threads))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change of the state.
    pub(crate) fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the wire: to the kernel the cable was pulled.
    pub(crate) fn cut(&self) {
        // It fails only when the kernel cut it before.
        let _ = self.knife.shutdown(Shutdown::Both);
    }

    /// Hands a piece of a frame to the next transfer that waits, or waits for one. False when the stream
    /// was stopped.
    pub(crate) fn hand_over(&self, piece: &[u8]) -> bool {
        let mut state = self.state();
        loop {
            if state.gone || !state.streaming {
                return false;
            }
            if let Some(number) = state.waiting.pop_front() {
                // Answered under the lock: a taking back in between would make the kernel see the answer
                // after the confirmation, and it drops the device for that.
                self.write(&usbip::answer(number, 0, piece.len() as u32, piece));
                return true;
            }
            state = self.wait(state);
        }
    }

    fn listen(&self, mut wire: UnixStream) {
        while let Ok(command) = usbip::read(&mut wire) {
            match command {
                Command::Unlink { number, victim } => {
                    let mut state = self.state();
                    let before = state.waiting.len();
                    state.waiting.retain(|waiting| *waiting != victim);
                    self.write(&usbip::taken_back(number, state.waiting.len() < before));
                }
                Command::Submit(transfer) if transfer.endpoint == 0 => {
                    let outcome = requests::answer(self.model, &mut self.state(), &transfer);
                    let reply = match outcome {
                        Some(mut data) if transfer.inwards => {
                            data.truncate(transfer.length as usize);
                            usbip::answer(transfer.number, 0, data.len() as u32, &data)
                        }
                        Some(_) => usbip::answer(transfer.number, 0, transfer.length, &[]),
                        None => usbip::answer(transfer.number, usbip::STALLED, 0, &[]),
                    };
                    self.write(&reply);
                }
                Command::Submit(transfer) => self.state().waiting.push_back(transfer.number),
            }
            self.changed.notify_all();
        }
        self.state().gone = true;
        self.changed.notify_all();
    }

    fn write(&self, bytes: &[u8]) {
        let mut wire = self.wire.lock().unwrap_or_else(PoisonError::into_inner);
        // A cut wire is noticed by the listener.
        let _ = wire.write_all(bytes);
    }
}
