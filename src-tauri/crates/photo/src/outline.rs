//! The segments of a JPEG file, read without decoding a pixel.

/// What the segments of a JPEG file say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Width in pixels from the frame header; 0 when there is none.
    pub width: u32,
    /// Height in pixels from the frame header; 0 when there is none.
    pub height: u32,
    /// Bits a sample.
    pub precision: u8,
    /// Number of colour components: 1 grey, 3 colour, 4 print.
    pub components: u8,
    /// True for baseline sequential coding (SOF0).
    pub baseline: bool,
    /// True when chroma has the resolution of luminance (4:4:4).
    pub full_chroma: bool,
    /// Dots per inch of a JFIF segment that comes first, when it states them.
    pub density_dpi: Option<(u32, u32)>,
    /// Names of segments that carry metadata: `exif`, `xmp`, `icc`, `iptc`, `comment`, `app<n>`.
    pub metadata: Vec<String>,
    /// The luminance quantisation table in the order of the file.
    pub luminance_table: Option<[u16; 64]>,
    /// Number of scans (start-of-scan segments).
    pub scans: u32,
    /// True when the file brings Huffman tables; cameras leave the standard ones out.
    pub has_huffman: bool,
    /// True when the segments run without a break to the end mark (FFD9).
    pub complete: bool,
}

impl Outline {
    /// Reads the segments; `None` when the bytes do not begin like a JPEG file. Damage later on shows as
    /// `complete == false`.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.get(..3)? != [0xFF, 0xD8, 0xFF] {
            return None;
        }
        let mut outline = Self::default();
        let mut at = 2;
        let mut first = true;
        while let Some((marker, start)) = next_marker(bytes, at) {
            at = start;
            match marker {
                0xD9 => {
                    outline.complete = outline.width > 0;
                    break;
                }
                0x01 | 0xD0..=0xD8 => continue,
                _ => {}
            }
            let Some(length) = word(bytes, at).filter(|length| *length >= 2) else {
                break;
            };
            let Some(body) = bytes.get(at + 2..at + length) else {
                break;
            };
            outline.segment(marker, body, first);
            first = false;
            at += length;
        }
        Some(outline)
    }

    fn segment(&mut self, marker: u8, body: &[u8], first: bool) {
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => self.frame_header(marker, body),
            0xC4 => self.has_huffman = true,
            0xDA => self.scans += 1,
            0xDB => self.tables(body),
            0xE0 if body.starts_with(b"JFIF\0") && first => self.density_dpi = density(body),
            0xE0 if body.starts_with(b"JFIF\0") => {}
            // Adobe's marker only names the colour transform, and AVI1 the field order: no metadata.
            0xEE if body.starts_with(b"Adobe") => {}
            0xE0 if body.starts_with(b"AVI1") => {}
            0xE1 if body.starts_with(b"Exif") => self.metadata.push("exif".into()),
            0xE1 if body.starts_with(b"http://ns.adobe.com") => self.metadata.push("xmp".into()),
            0xE2 if body.starts_with(b"ICC_PROFILE") => self.metadata.push("icc".into()),
            0xED => self.metadata.push("iptc".into()),
            0xE0..=0xEF => self.metadata.push(format!("app{}", marker - 0xE0)),
            0xFE => self.metadata.push("comment".into()),
            _ => {}
        }
    }

    fn frame_header(&mut self, marker: u8, body: &[u8]) {
        if body.len() < 6 || self.width > 0 {
            return;
        }
        self.baseline = marker == 0xC0;
        self.precision = body[0];
        self.height = word(body, 1).unwrap_or(0) as u32;
        self.width = word(body, 3).unwrap_or(0) as u32;
        self.components = body[5];
        let sampling: Vec<u8> = body[6..].chunks_exact(3).map(|component| component[1]).collect();
        self.full_chroma = sampling.windows(2).all(|pair| pair[0] == pair[1]);
    }

    fn tables(&mut self, mut body: &[u8]) {
        while let Some((&head, rest)) = body.split_first() {
            let size = if head >> 4 == 0 { 64 } else { 128 };
            let Some(table) = rest.get(..size) else { return };
            if head & 15 == 0 && self.luminance_table.is_none() {
                let mut values = [0u16; 64];
                for (i, value) in values.iter_mut().enumerate() {
                    *value = if size == 64 {
                        u16::from(table[i])
                    } else {
                        word(table, i * 2).unwrap_or(0) as u16
                    };
                }
                self.luminance_table = Some(values);
            }
            body = &rest[size..];
        }
    }

    /// The quality 1..=100 on the scale of the Independent JPEG Group whose luminance table comes nearest
    /// in sum (ITU-T T.81 K.1 scaled); `None` without a table.
    pub fn quality(&self) -> Option<u8> {
        let sum: i64 = self.luminance_table?.iter().map(|v| i64::from(*v)).sum();
        (1..=100u8)
            .rev()
            .min_by_key(|quality| (standard_sum(*quality) - sum).abs())
    }
}

/// Dots per inch of a JFIF segment; `None` when it only states the shape of a pixel.
fn density(jfif: &[u8]) -> Option<(u32, u32)> {
    let (x, y) = (word(jfif, 8)? as u32, word(jfif, 10)? as u32);
    match jfif[7] {
        1 => Some((x, y)),
        2 => Some(((x * 254 + 50) / 100, (y * 254 + 50) / 100)),
        _ => None,
    }
}

/// Sum of the standard luminance table at a quality.
fn standard_sum(quality: u8) -> i64 {
    const TABLE: [i64; 64] = [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14,
        17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49,
        64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];
    let quality = i64::from(quality);
    let scale = if quality < 50 {
        5000 / quality
    } else {
        200 - quality * 2
    };
    TABLE.iter().map(|v| ((v * scale + 50) / 100).clamp(1, 255)).sum()
}

/// The next marker at or after `at`, with the position behind it; skips entropy-coded data.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        if marker != 0 {
            return Some((marker, at));
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(*bytes.get(at)?) << 8 | usize::from(*bytes.get(at + 1)?))
}
