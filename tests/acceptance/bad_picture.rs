//! Pictures that are none.

use crate::booth::scenes;
use anyhow::{Context, Result};
use compose::picture::{Refused, standardise};
use std::fs;

#[test]
fn each_bad_picture_is_refused_by_its_own_name() -> Result<()> {
    let good = fs::read(scenes()?.join("biden-right/0.jpg"))?;
    let mut corrupt = good.clone();
    // A Huffman table with more codes than there can be.
    let table = good
        .windows(2)
        .position(|marker| marker == [0xff, 0xc4])
        .context("no Huffman table")?;
    corrupt[table + 5..table + 21].fill(0xff);
    let cases = [
        ("damaged", corrupt, "picture_corrupt"),
        (
            "forty thousand pixels square",
            resized(&good, 40_000)?,
            "picture_too_large",
        ),
        (
            "cut short",
            good[..good.len() * 2 / 3].to_vec(),
            "picture_cut_short",
        ),
        ("empty", vec![], "picture_format"),
        (
            "a text",
            b"<!doctype html><p>no picture".to_vec(),
            "picture_format",
        ),
    ];
    let specifications = photo::specification::builtin()?;
    let specification = specifications.first().context("no specification")?;
    let rules = quality::Rules::strict()?;
    let mut sight = compose::open_sight(&acceptance::root::models())?;
    for (what, bytes, code) in cases {
        match standardise(&bytes, specification, &rules, &mut sight) {
            Err(refused @ Refused::Decode(_)) => assert_eq!(refused.codes(), [code], "{what}"),
            Err(other) => anyhow::bail!("{what}: {other}"),
            Ok(_) => anyhow::bail!("{what} became a photo"),
        }
    }
    // Damage in the coded data may leave a picture; what comes out of it is measured like any other.
    let mut scratched = good.clone();
    let middle = scratched.len() / 2;
    scratched[middle..middle + 2_000].fill(0x55);
    match standardise(&scratched, specification, &rules, &mut sight) {
        Ok(finished) => assert!(finished.photo.inspection.accepted()),
        Err(refused) => assert!(!refused.codes().is_empty()),
    }
    assert!(
        standardise(&good, specification, &rules, &mut sight).is_ok(),
        "the undamaged one becomes a photo"
    );
    Ok(())
}

/// The same file with another size in its frame header.
fn resized(jpeg: &[u8], side: u16) -> Result<Vec<u8>> {
    let mut bytes = jpeg.to_vec();
    let frame = |marker: &[u8]| marker[0] == 0xff && matches!(marker[1], 0xc0 | 0xc2) && marker[2] == 0;
    let at = bytes.windows(3).position(frame).context("no frame header")?;
    bytes[at + 5..at + 7].copy_from_slice(&side.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&side.to_be_bytes());
    Ok(bytes)
}
