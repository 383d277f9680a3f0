//! What must stay unseen: names and numbers in the log, anything in clear in the data folder.

use crate::booth::Booth;
use crate::rehearsal::{command, confirmed, run};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn neither_log_nor_data_folder_tells_who_was_there() -> Result<()> {
    let mut booth = Booth::open()?;
    let secrets = secrets()?;
    let mut log = String::new();
    let mut session = |booth: &Booth, student: &str, drain: bool| -> Result<()> {
        let mut command = command(booth, &[student.to_string()]);
        command
            .env("STATION_LOG", "debug")
            .args(drain.then_some("--drain"));
        let (out, err, ended_well) = run(&mut command)?;
        ensure!(ended_well && confirmed(&out).len() == 1, "{out}\n{err}");
        log.push_str(&out);
        log.push_str(&err);
        Ok(())
    };
    session(&booth, "24010001", true)?;
    // The second packet stays in the queue, where it can be looked at.
    booth.stop_central();
    session(&booth, "24020001", false)?;

    ensure!(
        log.lines().count() > 10,
        "a log that says nothing proves nothing:\n{log}"
    );
    for secret in &secrets {
        ensure!(!log.contains(secret.as_str()), "the log tells {secret}");
    }
    let mut sealed = 0;
    for file in files(&booth.settings.data)? {
        let bytes = fs::read(&file)?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        ensure!(!holds_a_picture(&bytes), "{name} holds a picture in clear");
        sealed += usize::from(bytes.starts_with(b"age-encryption.org/v1"));
        if name.starts_with("station.sqlite") {
            continue; // the roster has to be somewhere
        }
        for secret in &secrets {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            ensure!(!found, "{name} tells {secret}");
        }
    }
    ensure!(
        sealed >= 1,
        "the waiting packet is not in the data folder as a sealed file"
    );
    Ok(())
}

/// Every name and every document number of the sample school.
fn secrets() -> Result<Vec<String>> {
    let file = acceptance::root::root().join("tests/central/sample/roster.csv");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let fields = text
        .lines()
        .skip(1)
        .flat_map(|line| line.split(',').skip(1).take(2));
    let secrets: Vec<String> = fields
        .map(str::to_string)
        .filter(|field| !field.is_empty())
        .collect();
    ensure!(secrets.len() > 50, "the sample roster has become short");
    Ok(secrets)
}

/// The start of a JPEG file as cameras and encoders write it; four such bytes in a row do not come by
/// chance in a megabyte of sealed bytes.
fn holds_a_picture(bytes: &[u8]) -> bool {
    let starts =
        |window: &[u8]| window[..3] == [0xff, 0xd8, 0xff] && matches!(&window[6..10], b"JFIF" | b"Exif");
    bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.windows(10).any(starts)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
