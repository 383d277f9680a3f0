//! `station backup`, `station restore` and `station doctor`.

use crate::telling::Telling;
use clap::Args;
use compose::{Settings, doctor, station_clock};
use std::path::{Path, PathBuf};
use std::process::exit;
use store::backup::{self, BackupFault, Index};

/// Printed below the options.
const BACKUP_HELP: &str = "\
    The database as of one moment, every packet that has not arrived, and the settings with the station's \
    key: keep the folder where nobody else can read it. While it is made the folder's name ends in \
    .part.\n\nEnds with 0 when the backup is whole, 1 when the machine or the database failed, 2 when the \
    folder cannot be used.";

#[derive(Args)]
#[command(after_help = BACKUP_HELP)]
pub(crate) struct Backup {
    /// The folder to make; it must not be there.
    folder: PathBuf,
}

/// Printed below the options.
const RESTORE_HELP: &str = "\
    All hashes and the database are proved first. What the central server acknowledged after the backup \
    is sent once more; the server knows every packet by its id, takes none twice and acknowledges it \
    again. What was captured after the backup is not in it. Let only one station run that comes from a \
    backup: all have the same key.\n\nEnds with 0 when it is restored, 1 when the backup is damaged or \
    the machine failed, 2 when a folder cannot be used.";

#[derive(Args)]
#[command(after_help = RESTORE_HELP)]
pub(crate) struct Restore {
    /// The backup.
    folder: PathBuf,
}

/// Printed below the options.
const DOCTOR_HELP: &str = "\
    Database, audit trail, every packet, stray files, disk, server, clock, camera, models. Beside a \
    running station it only looks. A damaged database is never touched.\n\nEnds with 0 when all is well, \
    1 when something needs a hand, 2 when there is nothing to look at.";

#[derive(Args)]
#[command(after_help = DOCTOR_HELP)]
pub(crate) struct Doctor {
    /// Mend what can be mended without losing anything, and write it into the audit trail.
    #[arg(long)]
    mend: bool,
    /// JSON instead of text.
    #[arg(long)]
    json: bool,
}

pub(crate) fn backup(data: &Path, arguments: &Backup) -> anyhow::Result<()> {
    let mut telling = Telling::new();
    let made = backup::back_up(data, &arguments.folder, station_clock(), &mut |done, of| {
        telling.tell("packets copied", done as u64, of as u64);
    });
    telling.end();
    let index = or_exit(made);
    for packet in &index.lacking {
        println!("packet {packet} is missing or damaged and is not in the backup (packet_damaged)");
    }
    println!("{}: {}", arguments.folder.display(), contents(&index));
    Ok(())
}

pub(crate) fn restore(data: &Path, arguments: &Restore) -> anyhow::Result<()> {
    let index = or_exit(backup::restore(&arguments.folder, data));
    println!("{}: {}", data.display(), contents(&index));
    println!(
        "What arrived after the backup was made is sent once more, and the central server takes nothing twice."
    );
    Ok(())
}

pub(crate) fn doctor(settings: &Settings, arguments: &Doctor) -> anyhow::Result<()> {
    let mut telling = Telling::new();
    let mut told = |done, of| telling.tell("packets read", done as u64, of as u64);
    let run = if arguments.mend {
        doctor::mend
    } else {
        doctor::examine
    };
    let report = run(settings, station_clock(), &mut told).unwrap_or_else(|fault| {
        eprintln!("{fault}");
        exit(2)
    });
    telling.end();
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{report}");
    }
    if report.needs_a_hand() {
        exit(1);
    }
    Ok(())
}

fn contents(index: &Index) -> String {
    let packets = index
        .files
        .iter()
        .filter(|kept| kept.path.starts_with("packets/"))
        .count();
    let megabytes = index.files.iter().map(|kept| kept.size).sum::<u64>() / 1_000_000;
    format!(
        "{packets} packets and {} other files, {megabytes} MB",
        index.files.len() - packets
    )
}

fn or_exit(outcome: Result<Index, BackupFault>) -> Index {
    outcome.unwrap_or_else(|fault| {
        eprintln!("{fault} ({})\n{}", fault.code(), fault.remedy());
        exit(if fault.is_usage() { 2 } else { 1 })
    })
}
