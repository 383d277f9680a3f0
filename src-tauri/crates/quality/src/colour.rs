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

    /// CIEDE2000 distance (Sharma, Wu and Dalal, 2005), all weights 1.
    pub(crate) fn delta_e_2000(self, other: Self) -> f32 {
        let seventh = |c: f32| (c.powi(7) / (c.powi(7) + 25_f32.powi(7))).sqrt();
        let stretch = 1.5 - 0.5 * seventh(f32::midpoint(self.chroma(), other.chroma()));
        let (p, q) = (
            Self {
                a: self.a * stretch,
                ..self
            },
            Self {
                a: other.a * stretch,
                ..other
            },
        );
        let (c1, c2) = (p.chroma(), q.chroma());
        let (h1, h2) = (p.hue(), q.hue());
        let turn = match h2 - h1 {
            _ if c1 * c2 == 0.0 => 0.0,
            d if d > 180.0 => d - 360.0,
            d if d < -180.0 => d + 360.0,
            d => d,
        };
        let hue = if c1 * c2 == 0.0 { h1 + h2 } else { h1 + turn / 2.0 };
        let (l, c) = (f32::midpoint(p.l, q.l), f32::midpoint(c1, c2));
        let cos = |degrees: f32| degrees.to_radians().cos();
        let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
            - 0.20 * cos(4.0 * hue - 63.0);
        let around = 30.0 * (-((hue.rem_euclid(360.0) - 275.0) / 25.0).powi(2)).exp();
        let rotation = -2.0 * seventh(c) * (2.0 * around).to_radians().sin();
        let dl = (q.l - p.l) / (1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt());
        let dc = (c2 - c1) / (1.0 + 0.045 * c);
        let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * c * t);
        (dl * dl + dc * dc + dh * dh + rotation * dc * dh).max(0.0).sqrt()
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

    /// Pairs of the published table (Sharma, Wu and Dalal, 2005).
    #[test]
    fn the_published_pairs_have_their_distance() {
        let lab = |l: f32, a: f32, b: f32| Lab { l, a, b };
        for (p, q, expected) in [
            (lab(50.0, 2.6772, -79.7751), lab(50.0, 0.0, -82.7485), 2.0425),
            (lab(50.0, 3.1571, -77.2803), lab(50.0, 0.0, -82.7485), 2.8615),
            (lab(50.0, -1.3802, -84.2814), lab(50.0, 0.0, -82.7485), 1.0000),
            (lab(50.0, 0.0, 0.0), lab(50.0, -1.0, 2.0), 2.3669),
            (lab(50.0, 2.49, -0.001), lab(50.0, -2.49, 0.0009), 7.1792),
            (lab(50.0, 2.49, -0.001), lab(50.0, -2.49, 0.0011), 7.2195),
            (lab(50.0, -0.001, 2.49), lab(50.0, 0.0009, -2.49), 4.8045),
            (lab(50.0, 2.5, 0.0), lab(50.0, 0.0, -2.5), 4.3065),
            (lab(50.0, 2.5, 0.0), lab(73.0, 25.0, -18.0), 27.1492),
            (lab(50.0, 2.5, 0.0), lab(61.0, -5.0, 29.0), 22.8977),
            (
                lab(60.2574, -34.0099, 36.2677),
                lab(60.4626, -34.1751, 39.4387),
                1.2644,
            ),
            (
                lab(22.7233, 20.0904, -46.694),
                lab(23.0331, 14.973, -42.5619),
                2.0373,
            ),
            (
                lab(90.8027, -2.0831, 1.441),
                lab(91.1528, -1.6435, 0.0447),
                1.4441,
            ),
            (lab(2.0776, 0.0795, -1.135), lab(0.9033, -0.0636, -0.5514), 0.9082),
        ] {
            let (there, back) = (p.delta_e_2000(q), q.delta_e_2000(p));
            assert!(
                (there - expected).abs() < 2e-3,
                "{p:?} to {q:?} is {there}, not {expected}"
            );
            assert!((there - back).abs() < 1e-3);
        }
    }

    #[test]
    fn hue_distance_goes_the_short_way() {
        assert!((hue_distance(350.0, 10.0) - 20.0).abs() < 1e-3);
        assert!((hue_distance(10.0, 350.0) - 20.0).abs() < 1e-3);
    }
}
