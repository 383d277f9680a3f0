//! Mending that loses nothing, each piece with its line in the audit trail.

use crate::packet_folder::PacketFolder;
use crate::station_store::StationStore;
use crate::{audit, packets};
use domain::audit::AuditEvent;
use domain::port::StoreFault;
use rusqlite::Connection;

impl StationStore {
    /// Marks packets whose file is missing or damaged as needing attention, unless they arrived, were replaced or
    /// taken back, or are marked already; gives those it marked. The line's subject becomes the packet's id.
    pub fn mark_damaged(&self, damaged: &[String], line: &AuditEvent) -> Result<Vec<String>, StoreFault> {
        self.database().write(|t| {
            let mut marked = vec![];
            for packet in damaged {
                packets::mark_damaged(t, packet)?;
                if t.changes() > 0 {
                    audit::append(t, &about(line, packet))?;
                    marked.push(packet.clone());
                }
            }
            Ok(marked)
        })
    }

    /// Moves packet files that no row knows into `packets/unknown/`; gives those it moved. The line's subject
    /// becomes the packet's id, written down before the file moves.
    pub fn set_aside_unknown(
        &self,
        unknown: &[String],
        line: &AuditEvent,
    ) -> Result<Vec<String>, StoreFault> {
        let mut moved = vec![];
        for packet in unknown {
            let _shut = self.nothing_enters();
            if !PacketFolder::is_plain(packet) {
                return Err(StoreFault::Failed("a packet id is not a plain word".to_string()));
            }
            let known = self.database().read(|t| packets::by_id(t, packet))?.is_some();
            if known || !self.packet_folder().has(packet) {
                continue;
            }
            self.database()
                .write(|t| audit::append(t, &about(line, packet)))?;
            if self
                .packet_folder()
                .set_aside(packet)
                .map_err(|t| self.settle(t))?
            {
                moved.push(packet.clone());
            }
        }
        Ok(moved)
    }

    /// Removes files that a crash left half written. The line's subject becomes the file's name.
    pub fn remove_unfinished(&self, names: &[String], line: &AuditEvent) -> Result<(), StoreFault> {
        for name in names {
            let _shut = self.nothing_enters();
            self.database().write(|t| audit::append(t, &about(line, name)))?;
            self.packet_folder()
                .remove_unfinished(name)
                .map_err(|t| self.settle(t))?;
        }
        Ok(())
    }

    /// Makes every index again from its table.
    pub fn reindex(&self, line: &AuditEvent) -> Result<(), StoreFault> {
        self.database().write(|t| {
            t.execute_batch("REINDEX")?;
            audit::append(t, line)
        })
    }

    /// Writes the log of the latest transactions into the database file itself and empties it; gives how many
    /// pages it held, or `None` when somebody who is reading holds it up.
    pub fn checkpoint(&self) -> Result<Option<u64>, StoreFault> {
        self.database().apart(|connection: &Connection| {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            let answer: (bool, i64) = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(match answer {
                (false, pages) => Some(pages.unsigned_abs()),
                (true, _) => None,
            })
        })
    }
}

fn about(line: &AuditEvent, packet: &str) -> AuditEvent {
    AuditEvent {
        subject: packet.to_string(),
        ..line.clone()
    }
}
