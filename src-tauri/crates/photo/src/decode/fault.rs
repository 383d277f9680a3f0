use thiserror::Error;

/// Why bytes do not become a picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeFault {
    /// Neither JPEG, PNG, BMP, WebP nor TIFF.
    #[error("not a picture in a known format")]
    Format,
    /// The header states more pixels than allowed; nothing was allocated.
    #[error("{width}x{height} pixels is too large")]
    TooLarge {
        /// Width the header states.
        width: u32,
        /// Height the header states.
        height: u32,
    },
    /// The file itself is larger than allowed.
    #[error("the file of {bytes} bytes is too large")]
    FileTooLarge {
        /// Size of the file in bytes.
        bytes: u64,
    },
    /// The file ends before its end mark.
    #[error("the picture is cut short")]
    CutShort,
    /// The decoder found damage.
    #[error("the picture is damaged: {detail}")]
    Corrupt {
        /// What the decoder said.
        detail: String,
    },
    /// A colour model that has no faithful way to sRGB here: print colours, transparency, 12 bits.
    #[error("the picture's colours are not supported: {detail}")]
    Colour {
        /// Which.
        detail: String,
    },
    /// A colour profile that cannot be read or does not fit the picture.
    #[error("the picture's colour profile is not supported: {detail}")]
    Profile {
        /// What is wrong with it.
        detail: String,
    },
    /// A moving picture: none of its frames is the picture.
    #[error("a moving picture")]
    Animated,
    /// A frame's bytes do not fit its stated size and format.
    #[error("{bytes} bytes do not make a frame of {width}x{height}")]
    Layout {
        /// Stated width.
        width: u32,
        /// Stated height.
        height: u32,
        /// Bytes there are.
        bytes: usize,
    },
}

impl DecodeFault {
    /// Every code that [`Self::code`] can give.
    pub const CODES: [&'static str; 9] = [
        "picture_format",
        "picture_too_large",
        "picture_file_too_large",
        "picture_cut_short",
        "picture_corrupt",
        "picture_colour",
        "picture_profile",
        "picture_animated",
        "picture_layout",
    ];

    /// The code under which the UI has its message and remedy.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "picture_format",
            Self::TooLarge { .. } => "picture_too_large",
            Self::FileTooLarge { .. } => "picture_file_too_large",
            Self::CutShort => "picture_cut_short",
            Self::Corrupt { .. } => "picture_corrupt",
            Self::Colour { .. } => "picture_colour",
            Self::Profile { .. } => "picture_profile",
            Self::Animated => "picture_animated",
            Self::Layout { .. } => "picture_layout",
        }
    }
}
