//! The same picture of a person with brighter or darker skin.

use domain::face::Face;
use domain::geometry::Point;
use domain::picture::Picture;

// Landmarks in MediaPipe order.
const OUTLINE: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const RIGHT_EYE: [usize; 16] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246,
];
const LEFT_EYE: [usize; 16] = [
    263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466,
];
const RIGHT_BROW: [usize; 10] = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46];
const LEFT_BROW: [usize; 10] = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276];
const LIPS: [usize; 20] = [
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
];
/// Width of the soft edge, inter-eye distances.
const FEATHER: f32 = 0.06;

/// A part of a picture with a weight 0..=1 for each pixel.
struct Weights {
    left: usize,
    top: usize,
    width: usize,
    values: Vec<f32>,
}

/// Multiplies the luminance of the face's skin in linear light; eyes, brows and lips stay, the edge is soft and lies
/// inside the outline. `None` when the mesh is not whole or the face lies outside the picture.
pub fn skin_times(picture: &Picture, face: &Face, factor: f32) -> Option<Picture> {
    let weights = skin(picture, face)?;
    let mut out = picture.clone();
    let stride = picture.width() as usize * 3;
    let rows = out.pixels_mut().chunks_exact_mut(stride).skip(weights.top);
    for (row, weights_row) in rows.zip(weights.values.chunks_exact(weights.width)) {
        let pixels = row.chunks_exact_mut(3).skip(weights.left);
        for (pixel, weight) in pixels.zip(weights_row) {
            if *weight > 0.0 {
                let times = 1.0 + weight * (factor - 1.0);
                for sample in pixel {
                    *sample = encoded(linear(*sample) * times);
                }
            }
        }
    }
    Some(out)
}

fn skin(picture: &Picture, face: &Face) -> Option<Weights> {
    let outline = corners(face, &OUTLINE)?;
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let bound = |pick: fn(&Point) -> f32, most: f32| {
        let least = outline.iter().map(pick).fold(f32::MAX, f32::min).floor() - 1.0;
        let largest = outline.iter().map(pick).fold(f32::MIN, f32::max).ceil() + 1.0;
        (least.clamp(0.0, most) as usize, largest.clamp(0.0, most) as usize)
    };
    let (left, right) = bound(|p| p.x, width);
    let (top, bottom) = bound(|p| p.y, height);
    if right <= left || bottom <= top {
        return None;
    }
    let mut weights = Weights {
        left,
        top,
        width: right - left,
        values: vec![0.0; (right - left) * (bottom - top)],
    };
    let radius = ((face.inter_eye_distance() * FEATHER / 2.0).round() as usize).max(1);
    let mut features = weights.blank();
    weights.fill(&outline);
    weights.blur(radius);
    for numbers in [&RIGHT_EYE[..], &LEFT_EYE, &RIGHT_BROW, &LEFT_BROW, &LIPS] {
        features.fill(&corners(face, numbers)?);
    }
    features.blur(radius);
    for (weight, feature) in weights.values.iter_mut().zip(&features.values) {
        // A blurred edge is a half where the edge was: nothing outside the outline, nothing inside a feature.
        *weight = (2.0 * *weight - 1.0).max(0.0) * (1.0 - 2.0 * feature).max(0.0);
    }
    Some(weights)
}

fn corners(face: &Face, numbers: &[usize]) -> Option<Vec<Point>> {
    numbers
        .iter()
        .map(|number| face.landmarks.get(*number).map(domain::face::Landmark::point))
        .collect()
}

impl Weights {
    fn blank(&self) -> Self {
        Self {
            values: vec![0.0; self.values.len()],
            ..*self
        }
    }

    /// Sets a polygon to 1, by the centres of the pixels.
    fn fill(&mut self, corners: &[Point]) {
        let (left, top) = (self.left as f32, self.top as f32);
        for (index, row) in self.values.chunks_exact_mut(self.width).enumerate() {
            let y = top + index as f32 + 0.5;
            let next = corners.iter().cycle().skip(1);
            let mut crossings: Vec<f32> = corners
                .iter()
                .zip(next)
                .filter(|(p, q)| (p.y <= y) != (q.y <= y))
                .map(|(p, q)| p.x + (y - p.y) / (q.y - p.y) * (q.x - p.x) - left)
                .collect();
            crossings.sort_by(f32::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let [from, to] = pair else { continue };
                for (x, value) in row.iter_mut().enumerate() {
                    let x = x as f32 + 0.5;
                    if x >= *from && x < *to {
                        *value = 1.0;
                    }
                }
            }
        }
    }

    /// Two passes of a box of `2 * radius + 1` pixels in each direction; outside is 0.
    fn blur(&mut self, radius: usize) {
        for _ in 0..2 {
            let mut line = Vec::new();
            for row in self.values.chunks_exact_mut(self.width) {
                line.clear();
                line.extend_from_slice(row);
                boxed(&line, radius, row.iter_mut());
            }
            for x in 0..self.width {
                line.clear();
                line.extend(self.values.iter().skip(x).step_by(self.width));
                boxed(&line, radius, self.values.iter_mut().skip(x).step_by(self.width));
            }
        }
    }
}

/// Means of a line over a sliding box.
fn boxed<'a>(line: &[f32], radius: usize, out: impl Iterator<Item = &'a mut f32>) {
    let size = (2 * radius + 1) as f32;
    let at = |index: Option<usize>| index.and_then(|i| line.get(i)).copied().unwrap_or(0.0);
    let mut sum: f32 = line.iter().take(radius).sum();
    for (index, value) in out.enumerate() {
        sum += at(Some(index + radius)) - at(index.checked_sub(radius + 1));
        *value = (sum / size).clamp(0.0, 1.0);
    }
}

fn linear(sample: u8) -> f32 {
    let v = f32::from(sample) / 255.0;
    if v <= 0.040_45 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

fn encoded(light: f32) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let v = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (v * 255.0).round() as u8
}
