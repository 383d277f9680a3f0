//! The XWD format that Xvfb keeps its frame buffer in (X11/XWDFile.h, version 7).

use image::RgbImage;

/// Bytes of the header's numbers.
pub const HEADER: usize = 100;

/// Where the pixels of a 24-bit TrueColor screen in 32-bit pixels lie in a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Byte of the first pixel.
    first: usize,
    /// Bytes of one row.
    row: usize,
}

impl Layout {
    /// Reads the first [`HEADER`] bytes of a dump; none when it is another kind of screen.
    pub fn read(header: &[u8]) -> Option<Self> {
        let field = |i: usize| -> Option<u32> {
            Some(u32::from_be_bytes(header.get(i * 4..i * 4 + 4)?.try_into().ok()?))
        };
        let colours = field(19)? as usize;
        (field(1)? == 7 && field(11)? == 32).then_some(Self {
            width: field(4)?,
            height: field(5)?,
            first: field(0)? as usize + colours * 12,
            row: field(12)? as usize,
        })
    }

    /// The byte where a pixel begins: blue, green, red and one unused.
    pub const fn byte(&self, x: u32, y: u32) -> usize {
        self.first + y as usize * self.row + x as usize * 4
    }
}

/// Decodes a dump.
pub fn decode(dump: &[u8]) -> Option<RgbImage> {
    let layout = Layout::read(dump)?;
    let mut picture = RgbImage::new(layout.width, layout.height);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let at = layout.byte(x, y);
        let [blue, green, red] = dump.get(at..at + 3)?.try_into().ok()?;
        pixel.0 = [red, green, blue];
    }
    Some(picture)
}
