//! A drawn sitter with known truth: where the head is, and the exact alpha.
//!
//! The scene draws a head, two irises of a colour of their own and a body on a wall. Its adapters are real
//! ones for such pictures: they look at pixels, never at what the test expects.

use domain::face::{DetectedFace, Face, FaceAnalysis, HeadPose, Landmark, PersonMask};
use domain::geometry::{Point, Rect};
use domain::picture::{Mask, Picture};
use domain::port::{AnalysisFault, FaceAnalyser, Matting};

const WALL: [u8; 3] = [205, 208, 205];
const HAIR: [u8; 3] = [45, 35, 30];
const SKIN: [u8; 3] = [208, 160, 130];
const SHIRT: [u8; 3] = [90, 40, 60];
const EYE: [u8; 3] = [20, 140, 40];

/// A sitter in a sample.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Width between the cheeks in pixels; everything else follows.
    pub(crate) face: f32,
    /// Middle between the eyes.
    pub(crate) eyes: Point,
}

impl Scene {
    /// True where the person is.
    fn person(&self, x: f32, y: f32) -> bool {
        self.head(x, y) || self.body(x, y)
    }

    fn head(&self, x: f32, y: f32) -> bool {
        let (dx, dy) = (
            (x - self.eyes.x) / (0.54 * self.face),
            (y - self.eyes.y) / self.face,
        );
        let dy = if dy < 0.0 { dy / 0.84 } else { dy / 0.95 };
        dx * dx + dy * dy < 1.0
    }

    fn body(&self, x: f32, y: f32) -> bool {
        let (dx, dy) = ((x - self.eyes.x).abs() / self.face, (y - self.eyes.y) / self.face);
        dy > 0.6 && (dx < 0.3 || (dy > 1.05 && dx < 0.4 + 1.2 * (dy - 1.05).min(0.5)))
    }

    fn colour(&self, x: f32, y: f32) -> [u8; 3] {
        let (dx, dy) = ((x - self.eyes.x) / self.face, (y - self.eyes.y) / self.face);
        let eye = (dx.abs() - 0.22).hypot(dy) < 0.05;
        if eye {
            EYE
        } else if self.head(x, y) {
            // A little texture: a flat drawing would not reach the smallest file size.
            let grain = ((x * 0.9).sin() * (y * 1.1).cos() * 9.0) as i16;
            let base = if dy < -0.3 || dx.abs() > 0.5 { HAIR } else { SKIN };
            base.map(|v| (i16::from(v) + grain).clamp(0, 255) as u8)
        } else if self.body(x, y) {
            let weave = ((x * 0.7).sin() + (y * 0.8).sin()) * 12.0;
            SHIRT.map(|v| (f32::from(v) + weave).clamp(0.0, 255.0) as u8)
        } else {
            WALL
        }
    }

    /// The sample, four samples a pixel.
    pub(crate) fn draw(&self) -> Picture {
        let mut pixels = Vec::with_capacity((self.width * self.height * 3) as usize);
        for y in 0..self.height {
            for x in 0..self.width {
                let mut sum = [0u16; 3];
                for (ox, oy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                    let colour = self.colour(x as f32 + ox, y as f32 + oy);
                    (0..3).for_each(|c| sum[c] += u16::from(colour[c]));
                }
                pixels.extend(sum.map(|v| (v / 4) as u8));
            }
        }
        Picture::new(self.width, self.height, pixels).unwrap()
    }

    /// What the networks would say, exactly.
    pub(crate) fn analysis(&self) -> FaceAnalysis {
        let side = 4.4 * self.face;
        let region = Rect::new(
            self.eyes.x - side / 2.0,
            self.eyes.y - 1.6 * self.face,
            side,
            side,
        );
        let cells = 256;
        let cell = side / cells as f32;
        let (width, height) = (self.width as f32, self.height as f32);
        let values = (0..cells * cells)
            .map(|at| {
                let x = region.x + ((at % cells) as f32 + 0.5) * cell;
                let y = region.y + ((at / cells) as f32 + 0.5) * cell;
                let inside = x >= 0.0 && y >= 0.0 && x < width && y < height;
                if inside && self.person(x, y) { 1.0 } else { 0.0 }
            })
            .collect();
        let mask = Mask::new(cells as u32, cells as u32, values).unwrap();
        let face = face(self.eyes, self.face);
        FaceAnalysis {
            width: self.width,
            height: self.height,
            faces: vec![DetectedFace {
                bounds: face.bounds,
                score: 0.95,
                keypoints: [self.eyes; 6],
            }],
            face: Some(face),
            person: Some(PersonMask { mask, region }),
            shoulders: None,
            limbs: None,
        }
    }
}

/// A face whose landmarks lie where the scene's proportions put them.
fn face(eyes: Point, width: f32) -> Face {
    let at = |dx: f32, dy: f32| Landmark {
        x: eyes.x + dx * width,
        y: eyes.y + dy * width,
        z: 0.0,
    };
    let mut landmarks = vec![at(0.0, 0.3); 478];
    for (index, dx, dy) in [
        (33, -0.30, 0.0),
        (133, -0.14, 0.0),
        (362, 0.14, 0.0),
        (263, 0.30, 0.0),
        (152, 0.0, 0.95),
        (168, 0.0, 0.0),
        (234, -0.5, 0.2),
        (454, 0.5, 0.2),
    ] {
        landmarks[index] = at(dx, dy);
    }
    let bounds = Rect::new(eyes.x - width / 2.0, eyes.y - width / 2.0, width, 1.5 * width);
    Face {
        bounds,
        presence: 1.0,
        landmarks,
        blendshapes: Vec::new(),
        pose: HeadPose::default(),
    }
}

/// Finds the drawn irises by their colour, and from them the face.
pub(crate) struct DrawnFaces;

impl FaceAnalyser for DrawnFaces {
    fn live(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        self.still(picture)
    }

    fn still(&mut self, picture: &Picture) -> Result<FaceAnalysis, AnalysisFault> {
        let (width, height) = (picture.width(), picture.height());
        let mut found = FaceAnalysis {
            width,
            height,
            ..FaceAnalysis::default()
        };
        let mut green = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let [r, g, b] = picture.at(i64::from(x), i64::from(y)).map(i32::from);
                if g > r + 60 && g > b + 60 {
                    green.push(Point::new(x as f32 + 0.5, y as f32 + 0.5));
                }
            }
        }
        if green.len() < 20 {
            return Ok(found);
        }
        let mean = |points: &[Point]| {
            let n = points.len() as f32;
            Point::new(
                points.iter().map(|p| p.x).sum::<f32>() / n,
                points.iter().map(|p| p.y).sum::<f32>() / n,
            )
        };
        let middle = mean(&green);
        let (left, right): (Vec<Point>, Vec<Point>) = green.iter().partition(|p| p.x < middle.x);
        let (left, right) = (mean(&left), mean(&right));
        found.face = Some(face(left.middle(right), left.distance(right) / 0.44));
        // The person is what differs from the corner, be it wall or backdrop.
        let corner = picture.at(0, 0);
        let values = picture.pixels().chunks_exact(3).map(|p| {
            let apart = (0..3).map(|c| p[c].abs_diff(corner[c])).max();
            if apart > Some(40) { 1.0 } else { 0.0 }
        });
        found.person = Mask::new(width, height, values.collect()).map(|mask| PersonMask {
            mask,
            region: Rect::new(0.0, 0.0, width as f32, height as f32),
        });
        Ok(found)
    }
}

/// Separates the drawn sitter from the drawn wall by the wall's colour.
pub(crate) struct DrawnWall;

impl Matting for DrawnWall {
    fn matte(&mut self, crop: &Picture) -> Result<Mask, AnalysisFault> {
        let apart = |p: &[u8]| {
            (0..3)
                .map(|c| f32::from(p[c].abs_diff(WALL[c])))
                .fold(0.0, f32::max)
        };
        let values = crop
            .pixels()
            .chunks_exact(3)
            .map(|p| (apart(p) / 60.0).clamp(0.0, 1.0))
            .collect();
        Ok(Mask::new(crop.width(), crop.height(), values).unwrap())
    }
}
