//! sRGB to linear light and to CIELAB (D65).

use std::sync::LazyLock;

/// A CIELAB colour: lightness 0..=100, then the green-red and the blue-yellow axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lab {
    pub(crate) l: f32,
    pub(crate) a: f32,
    pub(crate) b: f32,
}

impl Lab {
    /// Chroma C*.
    pub(crate) fn chroma(self) -> f32 {
        self.a.hypot(self.b)
    }

    /// Hue angle in degrees, 0..360.
    pub(crate) fn hue(self) -> f32 {
        self.b.atan2(self.a).to_degrees().rem_euclid(360.0)
    }

    /// CIE76 distance.
    pub(crate) fn distance(self, other: Self) -> f32 {
        ((self.l - other.l).powi(2) + (self.a - other.a).powi(2) + (self.b - other.b).powi(2)).sqrt()
    }
}

/// Converts one sRGB pixel.
pub(crate) fn lab(rgb: [u8; 3]) -> Lab {
    let [r, g, b] = linear(rgb);
    let x = root((0.412_453 * r + 0.357_58 * g + 0.180_423 * b) / 0.950_456);
    let y = root(0.212_671 * r + 0.715_16 * g + 0.072_169 * b);
    let z = root((0.019_334 * r + 0.119_193 * g + 0.950_227 * b) / 1.088_754);
    Lab {
        l: 116.0 * y - 16.0,
        a: 500.0 * (x - y),
        b: 200.0 * (y - z),
    }
}

/// Linear light of one sRGB pixel, each channel 0..=1.
pub(crate) fn linear(rgb: [u8; 3]) -> [f32; 3] {
    rgb.map(|v| LINEAR[usize::from(v)])
}

/// Relative luminance Y of one sRGB pixel, 0..=1.
pub(crate) fn luminance(rgb: [u8; 3]) -> f32 {
    let [r, g, b] = linear(rgb);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Lightness L* of a relative luminance.
pub(crate) fn lightness(luminance: f32) -> f32 {
    116.0 * root(luminance) - 16.0
}

/// Luma of the encoded values with the BT.709 weights, 0..=255.
pub(crate) fn luma(rgb: [u8; 3]) -> f32 {
    0.2126 * f32::from(rgb[0]) + 0.7152 * f32::from(rgb[1]) + 0.0722 * f32::from(rgb[2])
}

/// The smaller angle between two hues, in degrees.
pub(crate) fn hue_distance(p: f32, q: f32) -> f32 {
    let d = (p - q).rem_euclid(360.0);
    d.min(360.0 - d)
}

static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let v = i as f32 / 255.0;
        if v <= 0.040_45 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    })
});

const ROOT_STEPS: usize = 4096;

/// CIELAB's cube root with its linear foot, as a table: the cube root is what a Lab conversion costs.
static ROOT: LazyLock<Vec<f32>> = LazyLock::new(|| {
    (0..=ROOT_STEPS + 1)
        .map(|i| {
            let t = i as f32 / ROOT_STEPS as f32;
            if t > 0.008_856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        })
        .collect()
});

fn root(t: f32) -> f32 {
    let place = t.clamp(0.0, 1.0) * ROOT_STEPS as f32;
    let i = place as usize;
    let part = place - i as f32;
    ROOT[i] + (ROOT[i + 1] - ROOT[i]) * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_convert() {
        // Reference values of the sRGB primaries and the national backdrop under D65.
        for (rgb, l, a, b) in [
            ([255, 255, 255], 100.0, 0.0, 0.0),
            ([255, 0, 0], 53.24, 80.09, 67.20),
            ([0, 0, 255], 32.30, 79.19, -107.86),
            ([119, 119, 119], 50.03, 0.0, 0.0),
        ] {
            let c = lab(rgb);
            assert!(
                (c.l - l).abs() < 0.3 && (c.a - a).abs() < 0.3 && (c.b - b).abs() < 0.3,
                "{rgb:?} became {c:?}"
            );
        }
        let backdrop = lab([100, 197, 255]);
        assert!(
            (backdrop.hue() - 250.0).abs() < 5.0,
            "the national backdrop's hue is {}",
            backdrop.hue()
        );
    }

    #[test]
    fn hue_distance_goes_the_short_way() {
        assert!((hue_distance(350.0, 10.0) - 20.0).abs() < 1e-3);
        assert!((hue_distance(10.0, 350.0) - 20.0).abs() < 1e-3);
    }
}
