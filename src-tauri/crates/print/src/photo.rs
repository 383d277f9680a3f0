//! A photo to be printed.

use crate::crop::Crop;
use crate::size::Size;
use domain::picture::Picture;
use thiserror::Error;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_jpeg::JpegDecoder;

/// Why a file cannot be put on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhotoFault {
    /// The file's header cannot be read.
    #[error("the photo is no JPEG that can be printed: {detail}")]
    Header {
        /// What the reader said.
        detail: String,
    },
    /// Neither grey nor three colours.
    #[error("the photo has colours for a press, not for a photo printer")]
    Colours,
    /// The pixels that came with the file are another picture's.
    #[error("the photo is {file} in its file and {picture} as it is shown")]
    Turned {
        /// Sides in the file.
        file: String,
        /// Sides of the decoded picture.
        picture: String,
    },
}

impl PhotoFault {
    /// Names the fault for messages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Header { .. } => "print_photo_header",
            Self::Colours => "print_photo_colours",
            Self::Turned { .. } => "print_photo_turned",
        }
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        "make a standard photo of it first: station standardise"
    }
}

/// A photo as a file and as pixels.
#[derive(Debug, Clone)]
pub struct Photo {
    jpeg: Vec<u8>,
    grey: bool,
    picture: Picture,
}

impl Photo {
    /// Takes a JPEG file and what it decodes to. The file is what a PDF carries, so it must not count on an
    /// orientation or a profile, which no PDF obeys.
    ///
    /// # Errors
    /// [`PhotoFault`] when the file's header does not go with the picture.
    pub fn new(jpeg: Vec<u8>, picture: Picture) -> Result<Self, PhotoFault> {
        let header = |detail: String| PhotoFault::Header { detail };
        let mut decoder = JpegDecoder::new(ZCursor::new(jpeg.as_slice()));
        decoder.decode_headers().map_err(|e| header(e.to_string()))?;
        let (width, height) = decoder
            .dimensions()
            .ok_or_else(|| header("it has no size".into()))?;
        let grey = match decoder.input_colorspace() {
            Some(ColorSpace::Luma) => true,
            Some(ColorSpace::YCbCr | ColorSpace::RGB) => false,
            _ => return Err(PhotoFault::Colours),
        };
        if (width, height) != (picture.width() as usize, picture.height() as usize) {
            return Err(PhotoFault::Turned {
                file: format!("{width}×{height}"),
                picture: format!("{}×{}", picture.width(), picture.height()),
            });
        }
        Ok(Self { jpeg, grey, picture })
    }

    /// The part that a print of a size shows.
    pub fn crop(&self, print: Size) -> Crop {
        Crop::to(self.picture.width(), self.picture.height(), print)
    }

    /// The file.
    pub fn jpeg(&self) -> &[u8] {
        &self.jpeg
    }

    /// The pixels.
    pub const fn picture(&self) -> &Picture {
        &self.picture
    }

    /// True when the file holds one component.
    pub(crate) const fn grey(&self) -> bool {
        self.grey
    }
}
