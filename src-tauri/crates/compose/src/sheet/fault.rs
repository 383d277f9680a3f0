use photo::decode::DecodeFault;
use photo::encode::EncodeFault;
use print::jpeg::DrawFault;
use print::{LayoutFault, PaperFault, PhotoFault, SizeFault, SpoolFault};
use std::path::PathBuf;

/// Why no sheet was made or printed.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    /// No such paper.
    #[error(transparent)]
    Paper(#[from] PaperFault),
    /// The size of the print is none.
    #[error(transparent)]
    Size(#[from] SizeFault),
    /// The photos do not fit.
    #[error(transparent)]
    Layout(#[from] LayoutFault),
    /// A photo's file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A photo's file is no JPEG.
    #[error("{0} is not a JPEG")]
    NotJpeg(PathBuf),
    /// A photo's file is damaged or cannot be decoded.
    #[error("{path}: {source}")]
    Decode {
        /// The file.
        path: PathBuf,
        /// Why.
        source: DecodeFault,
    },
    /// A photo cannot be put on a sheet.
    #[error("{path}: {source}")]
    Photo {
        /// The file.
        path: PathBuf,
        /// Why.
        source: PhotoFault,
    },
    /// A photo could not be encoded again.
    #[error(transparent)]
    Encode(#[from] EncodeFault),
    /// The file to write is named like none that can be written.
    #[error("{0} is neither .pdf nor .jpg")]
    Kind(PathBuf),
    /// The folder to write to is not there.
    #[error("there is no folder {0}")]
    NoFolder(PathBuf),
    /// The file to write is there.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// The file to write is one of the photos.
    #[error("{0} is one of the photos")]
    OutIsPhoto(PathBuf),
    /// A file could not be written.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A sheet could not be drawn.
    #[error(transparent)]
    Draw(#[from] DrawFault),
    /// The printer got nothing.
    #[error(transparent)]
    Spool(#[from] SpoolFault),
}

impl SheetFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Paper(fault) => fault.code(),
            Self::Size(fault) => fault.code(),
            Self::Layout(fault) => fault.code(),
            Self::Unreadable { .. } => "sheet_photo_unreadable",
            Self::NotJpeg(_) => "sheet_not_jpeg",
            Self::Decode { source, .. } => source.code(),
            Self::Photo { source, .. } => source.code(),
            Self::Encode(fault) => fault.code(),
            Self::Kind(_) => "sheet_kind",
            Self::NoFolder(_) => "sheet_no_folder",
            Self::Exists(_) => "sheet_exists",
            Self::OutIsPhoto(_) => "sheet_out_is_photo",
            Self::Write { .. } => "sheet_not_written",
            Self::Draw(fault) => fault.code(),
            Self::Spool(fault) => fault.code(),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        let words = match self {
            Self::Paper(fault) => return fault.remedy(),
            Self::Layout(fault) => return fault.remedy(),
            Self::Spool(fault) => return fault.remedy(),
            Self::Size(fault) => fault.remedy(),
            Self::Photo { source, .. } => source.remedy(),
            Self::Draw(fault) => fault.remedy(),
            Self::Unreadable { .. } => "name a photo that is there and can be read",
            Self::NotJpeg(_) => "make a standard photo of it first: station standardise",
            Self::Decode { .. } => "use an undamaged copy of the photo",
            Self::Encode(_) => "use a smaller photo",
            Self::Kind(_) => "name a file that ends in .pdf or .jpg",
            Self::NoFolder(_) => "make the folder first, or name one that is there",
            Self::Exists(_) => "name another file, or replace it with --force",
            Self::OutIsPhoto(_) => "name another file",
            Self::Write { .. } => "make room on the disk, or write to a folder of yours",
        };
        words.into()
    }

    /// True when the caller named the wrong thing, and false when the machine failed.
    pub const fn is_usage(&self) -> bool {
        match self {
            Self::Write { .. } | Self::Draw(_) | Self::Encode(_) => false,
            Self::Spool(fault) => matches!(fault, SpoolFault::UnknownPrinter { .. }),
            _ => true,
        }
    }
}
