use super::SheetFault;
use photo::decode::{self, Limits};
use photo::encode;
use photo::outline::Outline;
use print::Photo;
use std::path::Path;

/// Quality of a photo that must be encoded again.
const QUALITY: u8 = 95;

/// A photo for a sheet.
pub(super) struct Read {
    pub(super) photo: Photo,
    /// True when the sheet carries other bytes than the file's.
    pub(super) rewritten: bool,
}

/// Reads a photo. The bytes stay as they are unless only their statements on orientation, colours or tables
/// make them the picture, which no program heeds in a PDF.
pub(super) fn photo(path: &Path) -> Result<Read, SheetFault> {
    let bytes = std::fs::read(path).map_err(|source| SheetFault::Unreadable {
        path: path.to_path_buf(),
        source,
    })?;
    let outline = Outline::read(&bytes).ok_or_else(|| SheetFault::NotJpeg(path.to_path_buf()))?;
    let decoded = decode::picture(&bytes, Limits::default()).map_err(|source| SheetFault::Decode {
        path: path.to_path_buf(),
        source,
    })?;
    let profile = outline.metadata.iter().any(|name| name == "icc");
    let rewritten = decoded.orientation != 1 || profile || !outline.has_huffman;
    let jpeg = if rewritten {
        encode::jpeg(&decoded.picture, QUALITY, u32::from(print::jpeg::DPI))?
    } else {
        bytes
    };
    let photo = Photo::new(jpeg, decoded.picture).map_err(|source| SheetFault::Photo {
        path: path.to_path_buf(),
        source,
    })?;
    Ok(Read { photo, rewritten })
}
