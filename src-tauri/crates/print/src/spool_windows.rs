//! Printing by the PDF program that Windows has for the `PrintTo` verb, started through PowerShell.
//!
//! Not tried: no Windows machine was at hand. The verb takes neither paper nor scale, so these are the printer's own settings; the
//! document asks for no scaling by its viewer preferences. A system whose PDF program lacks the verb (Edge) refuses.

use crate::spool::{PrintJob, SpoolFault, Spooler, not_started, words};
use std::io::Write;
use std::process::{Command, Output, Stdio};

pub(crate) const LIST: &str = "powershell.exe";
pub(crate) const SUBMIT: &str = "powershell.exe";
pub(crate) const NO_SYSTEM_REMEDY: &str =
    "start the print spooler in the system's services, or write a PDF and print it elsewhere";

const LIST_SCRIPT: &str = "$ErrorActionPreference = 'Stop'; \
    [Console]::OutputEncoding = [Text.Encoding]::UTF8; \
    Get-Printer | ForEach-Object { $_.Name }";

// Names come in through variables of the child, so that none is read as a part of the script.
const SUBMIT_SCRIPT: &str = "$ErrorActionPreference = 'Stop'; \
    [Console]::OutputEncoding = [Text.Encoding]::UTF8; \
    foreach ($n in 1..[int]$env:SHEET_COPIES) { \
    Start-Process -FilePath $env:SHEET_FILE -Verb PrintTo -ArgumentList ('\"' + $env:SHEET_PRINTER + '\"') \
    -WindowStyle Hidden -Wait }";

fn powershell(
    program: &std::path::Path,
    script: &str,
    variables: &[(&str, &str)],
) -> Result<Output, SpoolFault> {
    Command::new(program)
        .args(["-NoProfile", "-NonInteractive", "-Command", script])
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .map_err(|e| not_started(program, &e))
}

pub(crate) fn printers(spooler: &Spooler) -> Result<Vec<String>, SpoolFault> {
    let output = powershell(&spooler.list, LIST_SCRIPT, &[])?;
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

/// The verb wants a file: a private one that is gone when the program has printed it.
pub(crate) fn submit(spooler: &Spooler, job: &PrintJob<'_>, pdf: &[u8]) -> Result<String, SpoolFault> {
    let refused = |e: std::io::Error| SpoolFault::Refused { words: e.to_string() };
    let mut file = tempfile::Builder::new()
        .suffix(".pdf")
        .tempfile()
        .map_err(refused)?;
    file.write_all(pdf).map_err(refused)?;
    // Closed, or the other program could not open it; still removed at the end.
    let path = file.into_temp_path();
    let (copies, name) = (job.copies.max(1).to_string(), path.to_string_lossy());
    let variables = [
        ("SHEET_FILE", name.as_ref()),
        ("SHEET_PRINTER", job.printer),
        ("SHEET_COPIES", copies.as_str()),
    ];
    let output = powershell(&spooler.submit, SUBMIT_SCRIPT, &variables)?;
    if output.status.success() {
        Ok(words(&output.stdout))
    } else {
        Err(SpoolFault::Refused {
            words: words(&output.stderr),
        })
    }
}
