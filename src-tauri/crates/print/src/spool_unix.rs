//! Printing by CUPS, whose programs Linux and macOS have alike.

use crate::spool::{PrintJob, SpoolFault, Spooler, not_started, words};
use std::io::Write;
use std::process::{Command, Stdio};

pub(crate) const LIST: &str = "lpstat";
pub(crate) const SUBMIT: &str = "lp";
pub(crate) const NO_SYSTEM_REMEDY: &str =
    "install and start CUPS (Debian: cups and cups-client), or write a PDF and print it elsewhere";

/// `lpstat -e`: one name a line.
pub(crate) fn printers(spooler: &Spooler) -> Result<Vec<String>, SpoolFault> {
    let output = Command::new(&spooler.list)
        .arg("-e")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| not_started(&spooler.list, &e))?;
    if !output.status.success() {
        return Err(SpoolFault::NoSystem {
            detail: words(&output.stderr),
        });
    }
    let names = words(&output.stdout);
    Ok(names
        .lines()
        .map(|line| line.trim().to_string())
        .filter(|line| !line.is_empty())
        .collect())
}

/// `lp`, the document on its standard input: no plain picture reaches a disk of ours.
pub(crate) fn submit(spooler: &Spooler, job: &PrintJob<'_>, pdf: &[u8]) -> Result<String, SpoolFault> {
    let copies = job.copies.max(1).to_string();
    let media = format!("media={}", job.media);
    let mut child = Command::new(&spooler.submit)
        .args(["-d", job.printer, "-n", &copies, "-t", "sheet", "-o", &media])
        // The first is of CUPS's older filters, the second of IPP; each ignores the other's.
        .args(["-o", "fit-to-page=false", "-o", "print-scaling=none"])
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(&spooler.submit, &e))?;
    // A program that refuses its arguments closes its input unread; what it says then counts, not the broken pipe.
    let written = child
        .stdin
        .take()
        .map_or(Ok(()), |mut input| input.write_all(pdf));
    let output = child
        .wait_with_output()
        .map_err(|e| not_started(&spooler.submit, &e))?;
    if !output.status.success() {
        return Err(SpoolFault::Refused {
            words: words(&output.stderr),
        });
    }
    written.map_err(|e| SpoolFault::Refused { words: e.to_string() })?;
    Ok(words(&output.stdout))
}
