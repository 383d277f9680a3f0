//! The wire between the kernel's virtual host controller and the camera: 48 bytes of header in network
//! order, then data.

use std::io::{self, Read};

/// Direct answers to requests: stalled endpoint (`-EPIPE`).
pub(crate) const STALLED: i32 = -32;
/// The answer to a taken-back request that had not been answered (`-ECONNRESET`).
const TAKEN_BACK: i32 = -104;

/// What the host asks.
#[derive(Debug)]
pub(crate) enum Command {
    /// A transfer.
    Submit(Submit),
    /// The transfer with the number `victim` is taken back.
    Unlink { number: u32, victim: u32 },
}

/// A transfer the host asks for.
#[derive(Debug)]
pub(crate) struct Submit {
    /// Counts all commands.
    pub(crate) number: u32,
    /// From the device to the host.
    pub(crate) inwards: bool,
    /// 0 is for control.
    pub(crate) endpoint: u32,
    /// Bytes the host takes or gives.
    pub(crate) length: u32,
    /// The setup packet, for endpoint 0.
    pub(crate) setup: [u8; 8],
    /// What the host gives.
    pub(crate) data: Vec<u8>,
}

/// Waits for the next command. Fails when the wire was cut.
pub(crate) fn read(wire: &mut impl Read) -> io::Result<Command> {
    let mut header = [0; 48];
    wire.read_exact(&mut header)?;
    let word = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    let number = word(4);
    if word(0) == 2 {
        let victim = word(20);
        return Ok(Command::Unlink { number, victim });
    }
    let (inwards, length) = (word(12) == 1, word(24));
    let mut data = Vec::new();
    if !inwards {
        data.resize(usize::try_from(length).map_err(io::Error::other)?, 0);
        wire.read_exact(&mut data)?;
    }
    let mut setup = [0; 8];
    setup.copy_from_slice(&header[40..48]);
    Ok(Command::Submit(Submit {
        number,
        inwards,
        endpoint: word(16),
        length,
        setup,
        data,
    }))
}

/// The answer to a transfer: `data` to the host, `moved` bytes in whichever direction.
pub(crate) fn answer(number: u32, status: i32, moved: u32, data: &[u8]) -> Vec<u8> {
    let mut reply = header(3, number, status);
    reply[24..28].copy_from_slice(&moved.to_be_bytes());
    reply.extend_from_slice(data);
    reply
}

/// The answer to a taking back; `open` when the transfer had not been answered.
pub(crate) fn taken_back(number: u32, open: bool) -> Vec<u8> {
    header(4, number, if open { TAKEN_BACK } else { 0 })
}

fn header(command: u32, number: u32, status: i32) -> Vec<u8> {
    let mut header = vec![0; 48];
    header[0..4].copy_from_slice(&command.to_be_bytes());
    header[4..8].copy_from_slice(&number.to_be_bytes());
    header[20..24].copy_from_slice(&status.to_be_bytes());
    header
}
