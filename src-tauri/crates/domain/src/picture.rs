//! Pixels and masks, without any codec.

/// A decoded picture: 8-bit sRGB, three bytes a pixel, rows from the top, no padding.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Picture {
    /// Takes pixels over; `None` when `pixels` is not exactly `width * height * 3` bytes or a side is 0.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let expected = (width as usize).checked_mul(height as usize)?.checked_mul(3)?;
        (expected > 0 && expected == pixels.len()).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// A picture of one colour. Sides of 0 are taken as 1.
    pub fn filled(width: u32, height: u32, rgb: [u8; 3]) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self {
            width,
            height,
            pixels: rgb.repeat(width as usize * height as usize),
        }
    }

    /// Width in pixels, at least 1.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, at least 1.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// All samples, RGBRGB…, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// All samples, to be written.
    pub fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// The pixel at column `x`, row `y`; positions outside are moved to the nearest edge.
    pub fn at(&self, x: i64, y: i64) -> [u8; 3] {
        let x = x.clamp(0, i64::from(self.width) - 1) as usize;
        let y = y.clamp(0, i64::from(self.height) - 1) as usize;
        let i = (y * self.width as usize + x) * 3;
        [self.pixels[i], self.pixels[i + 1], self.pixels[i + 2]]
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

/// A map of numbers 0..=1 over a picture or a part of it: an alpha matte, a person probability.
#[derive(Clone, PartialEq)]
pub struct Mask {
    width: u32,
    height: u32,
    values: Vec<f32>,
}

impl Mask {
    /// Takes values over; `None` when their number is not `width * height` or a side is 0.
    pub fn new(width: u32, height: u32, values: Vec<f32>) -> Option<Self> {
        let expected = (width as usize).checked_mul(height as usize)?;
        (expected > 0 && expected == values.len()).then_some(Self {
            width,
            height,
            values,
        })
    }

    /// Width in cells, at least 1.
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Height in cells, at least 1.
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// All values, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// All values, to be written.
    pub fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }

    /// Bilinear sample at a cell position (cell centres lie at whole numbers); outside counts as the edge.
    pub fn sample(&self, x: f32, y: f32) -> f32 {
        let (right, bottom) = ((self.width - 1) as f32, (self.height - 1) as f32);
        if x >= 0.0 && y >= 0.0 && x < right && y < bottom {
            // Nearly every read: no border to clamp to, and no `floor`, which old processors have to call.
            let (left, top) = (x as usize, y as usize);
            let (fx, fy) = (x - left as f32, y - top as f32);
            let start = top * self.width as usize + left;
            let pair = |at: usize| Some((*self.values.get(at)?, *self.values.get(at + 1)?));
            if let (Some(upper), Some(lower)) = (pair(start), pair(start + self.width as usize)) {
                let top = upper.0 * (1.0 - fx) + upper.1 * fx;
                let bottom = lower.0 * (1.0 - fx) + lower.1 * fx;
                return top * (1.0 - fy) + bottom * fy;
            }
        }
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (x - x0, y - y0);
        let value = |dx: i64, dy: i64| {
            let x = (x0 as i64 + dx).clamp(0, i64::from(self.width) - 1) as usize;
            let y = (y0 as i64 + dy).clamp(0, i64::from(self.height) - 1) as usize;
            self.values[y * self.width as usize + x]
        };
        let top = value(0, 0) * (1.0 - fx) + value(1, 0) * fx;
        let bottom = value(0, 1) * (1.0 - fx) + value(1, 1) * fx;
        top * (1.0 - fy) + bottom * fy
    }
}

impl std::fmt::Debug for Mask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mask({}x{})", self.width, self.height)
    }
}
