//! The XWD format that Xvfb keeps its frame buffer in (X11/XWDFile.h, version 7).

use image::RgbImage;

/// Decodes a dump of a 24-bit TrueColor screen in 32-bit pixels.
pub fn decode(dump: &[u8]) -> Option<RgbImage> {
    let field =
        |i: usize| -> Option<u32> { Some(u32::from_be_bytes(dump.get(i * 4..i * 4 + 4)?.try_into().ok()?)) };
    let (header, width, height) = (field(0)? as usize, field(4)?, field(5)?);
    let (bits, row, colours) = (field(11)?, field(12)? as usize, field(19)? as usize);
    if field(1)? != 7 || bits != 32 {
        return None;
    }
    let pixels = dump.get(header + colours * 12..)?;
    let mut picture = RgbImage::new(width, height);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let at = y as usize * row + x as usize * 4;
        let [blue, green, red] = pixels.get(at..at + 3)?.try_into().ok()?;
        pixel.0 = [red, green, blue];
    }
    Some(picture)
}
