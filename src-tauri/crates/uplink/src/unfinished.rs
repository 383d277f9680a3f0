//! Uploads that were begun and not finished, so that they can be dropped when their packet is withdrawn.

use std::collections::VecDeque;

/// How many are remembered; the server drops forgotten ones by itself when they expire.
const MOST: usize = 64;

/// Addresses of unfinished uploads by packet, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Unfinished(VecDeque<(String, String)>);

impl Unfinished {
    /// Remembers where the packet's upload lies, or that there is none any more.
    pub(crate) fn note(&mut self, packet: &str, address: Option<String>) {
        let _ = self.take(packet);
        if let Some(address) = address {
            if self.0.len() == MOST {
                let _ = self.0.pop_front();
            }
            self.0.push_back((packet.to_owned(), address));
        }
    }

    /// Where the packet's upload lies; it is forgotten by this.
    pub(crate) fn take(&mut self, packet: &str) -> Option<String> {
        let place = self.0.iter().position(|(known, _)| known == packet)?;
        self.0.remove(place).map(|(_, address)| address)
    }
}
