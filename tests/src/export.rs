//! What the demo leaves behind: the photos with originals and reports, the packets as the server holds
//! them, and the refusal of a picture with too few pixels.

use crate::root;
use anyhow::{Context, Result, bail, ensure};
use central::{Central, Config};
use compose::{open_sight, picture};
use domain::port::Store;
use std::fs;
use std::path::Path;

/// One packet of the server: its id and the hash it was acknowledged with.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Packet id.
    pub packet: String,
    /// SHA-256 of the sealed bytes.
    pub sha256: String,
}

/// Opens the server's folder and writes every packet's photo, original, report and manifest.
pub fn packets(out: &Path) -> Result<Vec<Kept>> {
    let central = Central::start(&Config::sample(out.join("central")))?;
    let (photos, sealed) = (out.join("photos"), out.join("packets"));
    fs::create_dir_all(&photos)?;
    fs::create_dir_all(&sealed)?;
    let mut kept = vec![];
    for (number, held) in central.packets()?.iter().enumerate() {
        let id = held.id.to_string();
        let opened = central.open_packet(&id)?;
        let name = |what: &str| photos.join(format!("{}-{what}", number + 1));
        for file in ["photo.jpg", "original.jpg", "report.json", "report.svg"] {
            let bytes = opened
                .files
                .get(file)
                .with_context(|| format!("packet {id} has no {file}"))?;
            fs::write(name(file), bytes)?;
        }
        fs::write(sealed.join(format!("{id}.age")), central.sealed_packet(&id)?)?;
        fs::write(
            sealed.join(format!("{id}.json")),
            serde_json::to_vec_pretty(held)?,
        )?;
        kept.push(Kept {
            packet: id,
            sha256: held.sha256.clone(),
        });
    }
    Ok(kept)
}

/// The server holds exactly what the station recorded, each packet once.
pub fn compare(kept: &[Kept], data: &Path) -> Result<()> {
    let store = crate::seed::open_store(data)?;
    let mut recorded: Vec<(String, String)> = store
        .queue(100)?
        .into_iter()
        .map(|entry| (entry.packet, entry.sha256))
        .collect();
    let mut held: Vec<(String, String)> = kept
        .iter()
        .map(|k| (k.packet.clone(), k.sha256.clone()))
        .collect();
    recorded.sort();
    held.sort();
    ensure!(
        recorded == held,
        "the server holds {held:?}, the station recorded {recorded:?}"
    );
    Ok(())
}

/// A picture with too few pixels must be refused, and says so in a file.
pub fn refusal(file: &Path, out: &Path) -> Result<()> {
    let specifications = photo::specification::builtin()?;
    let specification = specifications.first().context("no specification")?;
    let mut sight = open_sight(&root::models())?;
    let rules = quality::Rules::strict()?;
    match picture::standardise(&fs::read(file)?, specification, &rules, &mut sight) {
        Ok(_) => bail!(
            "{} became a photo although its face has too few pixels",
            file.display()
        ),
        Err(refused) => {
            let name = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let line = format!("{name}: {}\n", refused.codes().join(", "));
            Ok(fs::write(out.join("refused.txt"), line)?)
        }
    }
}
