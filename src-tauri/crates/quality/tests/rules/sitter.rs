//! A drawn sitter whose landmarks, mask and pixels are known exactly.

use domain::face::{
    BLENDSHAPES, DetectedFace, Face, FaceAnalysis, HeadPose, Joint, Landmark, Limbs, PersonMask, Shoulders,
};
use domain::geometry::{Point, Rect};
use domain::picture::{Mask, Picture};

/// Lengths are in inter-eye distances with the origin between the eyes, x to the picture's right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sitter {
    pub(crate) size: (u32, u32),
    /// Inter-eye distance in pixels.
    pub(crate) ied: f32,
    /// The point between the eyes, in pixels.
    pub(crate) eyes: Point,
    pub(crate) pose: HeadPose,
    pub(crate) skin: [u8; 3],
    pub(crate) wall: [u8; 3],
    pub(crate) shirt: [u8; 3],
    /// Half height of the eye's opening.
    pub(crate) opening: f32,
    /// Shift of both irises.
    pub(crate) look: f32,
    /// Gap of the inner lips.
    pub(crate) gap: f32,
    /// Light on the picture's left half of the head, factor on linear light.
    pub(crate) left_light: f32,
    /// Light on everything.
    pub(crate) light: f32,
    /// Box blur of the whole picture, pixels to each side.
    pub(crate) blur: usize,
    /// Rise of the subject's left shoulder line, degrees.
    pub(crate) shoulder_tilt: f32,
    /// A dark frame hangs on the wall.
    pub(crate) frame_on_wall: bool,
    /// Width of a shadow beside the head on the picture's right.
    pub(crate) shadow: f32,
    /// Hair falls over the forehead.
    pub(crate) fringe: bool,
    /// Nothing is seen of the ears.
    pub(crate) ears_covered: bool,
}

impl Default for Sitter {
    fn default() -> Self {
        Self {
            size: (720, 960),
            ied: 145.0,
            eyes: Point::new(360.0, 370.0),
            pose: HeadPose {
                yaw: 0.0,
                pitch: -2.0,
                roll: 0.0,
            },
            skin: [214, 170, 145],
            wall: [222, 222, 220],
            shirt: [52, 50, 48],
            opening: 0.075,
            look: 0.0,
            gap: 0.0,
            left_light: 1.0,
            light: 1.0,
            blur: 0,
            shoulder_tilt: 0.0,
            frame_on_wall: false,
            shadow: 0.0,
            fringe: false,
            ears_covered: false,
        }
    }
}

const RIGHT_EYE: [usize; 16] = [
    33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246,
];
const LEFT_EYE: [usize; 16] = [
    362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398,
];
const OUTLINE: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const INNER_LIPS: [usize; 20] = [
    78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
];
const LIPS: [usize; 20] = [
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
];
const CHEEKS: [[usize; 6]; 2] = [[117, 118, 101, 36, 205, 50], [346, 347, 330, 266, 425, 280]];
const BROWS: [[usize; 5]; 2] = [[70, 63, 105, 66, 107], [300, 293, 334, 296, 336]];

/// Half width of an eye, of the lips; the mouth's row; the top of the hair.
const EYE: f32 = 0.22;
const MOUTH: (f32, f32) = (0.35, 0.8);
const HAIR_TOP: f32 = -1.55;
const HAIR_LINE: f32 = -1.1;
const CHIN: f32 = 1.2;

impl Sitter {
    /// Seen in a mirror.
    pub(crate) fn mirrored(&self) -> Self {
        Self {
            eyes: Point::new(self.size.0 as f32 - self.eyes.x, self.eyes.y),
            pose: HeadPose {
                yaw: -self.pose.yaw,
                roll: -self.pose.roll,
                ..self.pose
            },
            look: -self.look,
            left_light: 1.0 / self.left_light,
            light: self.light * self.left_light,
            shoulder_tilt: -self.shoulder_tilt,
            ..self.clone()
        }
    }

    /// The same scene in more or fewer pixels.
    pub(crate) fn scaled(&self, k: f32) -> Self {
        Self {
            size: ((self.size.0 as f32 * k) as u32, (self.size.1 as f32 * k) as u32),
            ied: self.ied * k,
            eyes: Point::new(self.eyes.x * k, self.eyes.y * k),
            ..self.clone()
        }
    }

    pub(crate) fn picture(&self) -> Picture {
        let (width, height) = self.size;
        let mut picture = Picture::filled(width, height, [0; 3]);
        for (i, pixel) in picture.pixels_mut().chunks_exact_mut(3).enumerate() {
            let (x, y) = ((i as u32 % width) as f32, (i as u32 / width) as f32);
            let mut sum = [0.0_f32; 3];
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let at = Point::new(
                    (x + dx - self.eyes.x) / self.ied,
                    (y + dy - self.eyes.y) / self.ied,
                );
                sum.iter_mut()
                    .zip(self.colour(at))
                    .for_each(|(s, v)| *s += v / 4.0);
            }
            pixel
                .iter_mut()
                .zip(sum)
                .for_each(|(p, v)| *p = v.clamp(0.0, 255.0).round() as u8);
        }
        if self.blur > 0 {
            blurred(&picture, self.blur)
        } else {
            picture
        }
    }

    pub(crate) fn analysis(&self) -> FaceAnalysis {
        let at = |p: Point| Point::new(self.eyes.x + p.x * self.ied, self.eyes.y + p.y * self.ied);
        let face_width = 2.17 * self.ied;
        let corner = at(Point::new(0.0, 0.0));
        let side = 4.4 * face_width;
        let region = Rect::new(corner.x - side / 2.0, corner.y - 1.6 * face_width, side, side);
        let cells = (0..256 * 256).map(|i| {
            let (x, y) = (((i % 256) as f32 + 0.5) / 256.0, ((i / 256) as f32 + 0.5) / 256.0);
            let (px, py) = (region.x + x * side, region.y + y * side);
            let p = Point::new((px - self.eyes.x) / self.ied, (py - self.eyes.y) / self.ied);
            f32::from(self.is_person(p))
        });
        let found = |x: f32, y: f32| at(Point::new(x, y));
        let joint = |x: f32, y: f32| Joint {
            at: found(x, y),
            visibility: 0.9,
        };
        FaceAnalysis {
            width: self.size.0,
            height: self.size.1,
            faces: vec![DetectedFace {
                bounds: Rect::new(
                    corner.x - self.ied,
                    corner.y - self.ied,
                    2.0 * self.ied,
                    2.2 * self.ied,
                ),
                score: 0.95,
                keypoints: [
                    found(-0.5, 0.0),
                    found(0.5, 0.0),
                    found(0.0, 0.5),
                    found(0.0, 0.8),
                    found(-1.1, self.ear_height()),
                    found(1.1, self.ear_height()),
                ],
            }],
            face: Some(Face {
                bounds: region,
                presence: 1.0,
                landmarks: self
                    .landmarks()
                    .iter()
                    .map(|p| at(*p))
                    .map(|p| Landmark {
                        x: p.x,
                        y: p.y,
                        z: 0.0,
                    })
                    .collect(),
                blendshapes: vec![0.0; BLENDSHAPES.len()],
                pose: self.pose,
            }),
            person: Mask::new(256, 256, cells.collect()).map(|mask| PersonMask { mask, region }),
            shoulders: Some(Shoulders {
                right: found(-1.5, 2.1 - 1.5 * self.shoulder_tilt.to_radians().tan()),
                left: found(1.5, 2.1 + 1.5 * self.shoulder_tilt.to_radians().tan()),
                visibility: 0.95,
            }),
            limbs: Some(Limbs {
                elbows: [-1.9, 1.9].map(|x| joint(x, 4.2)),
                hands: [-0.4, 0.4, -0.3, 0.3, -0.3, 0.3, -0.2, 0.2].map(|x| joint(x, 5.0)),
            }),
        }
    }

    /// The ears follow the nod, as the detector sees it.
    fn ear_height(&self) -> f32 {
        0.33 + 0.016 * (self.pose.pitch + 2.0)
    }

    fn landmarks(&self) -> Vec<Point> {
        let mut all = canonical();
        for (ring, centre) in [(RIGHT_EYE, -0.5), (LEFT_EYE, 0.5)] {
            for (i, landmark) in ring.into_iter().enumerate() {
                let angle = i as f32 / 16.0 * std::f32::consts::TAU;
                all[landmark] = Point::new(centre - EYE * angle.cos(), self.opening * angle.sin());
            }
        }
        for (iris, centre) in [(468, -0.5), (473, 0.5)] {
            for (i, (dx, dy)) in [(0.0, 0.0), (0.09, 0.0), (0.0, -0.09), (-0.09, 0.0), (0.0, 0.09)]
                .iter()
                .enumerate()
            {
                all[iris + i] = Point::new(centre + self.look + dx, *dy);
            }
        }
        for (i, landmark) in OUTLINE.into_iter().enumerate() {
            let angle = (i as f32 * 10.0).to_radians();
            all[landmark] = Point::new(1.1 * angle.sin(), 0.25 - 0.95 * angle.cos());
        }
        for (ring, a, b) in [
            (INNER_LIPS, 0.28, self.gap / 2.0),
            (LIPS, MOUTH.0, 0.11 + self.gap / 2.0),
        ] {
            for (i, landmark) in ring.into_iter().enumerate() {
                let angle = (i as f32 * 18.0).to_radians();
                all[landmark] = Point::new(-a * angle.cos(), MOUTH.1 - b * angle.sin());
            }
        }
        for (cheek, side) in CHEEKS.into_iter().zip([-1.0, 1.0]) {
            for (i, landmark) in cheek.into_iter().enumerate() {
                let angle = (i as f32 * 60.0).to_radians();
                all[landmark] = Point::new(side * (0.6 + 0.18 * angle.cos()), 0.5 + 0.16 * angle.sin());
            }
        }
        for (brow, sign) in BROWS.into_iter().zip([-1.0, 1.0]) {
            for (i, landmark) in brow.into_iter().enumerate() {
                all[landmark] = Point::new(sign * (0.75 - 0.12 * i as f32), -0.28);
            }
        }
        all
    }

    fn is_person(&self, p: Point) -> bool {
        self.is_head(p) || self.is_forehead(p) || self.is_ear(p) || self.is_hair(p) || self.is_body(p)
    }

    fn is_head(&self, p: Point) -> bool {
        ellipse(p, (0.0, 0.25), (1.1, 0.95))
    }

    fn is_hair(&self, p: Point) -> bool {
        let hair = ellipse(p, (0.0, -0.25), (1.2, -0.25 - HAIR_TOP)) && p.y < -0.45;
        let fringe = if self.fringe { -0.45 } else { HAIR_LINE };
        let curtain = self.ears_covered && p.x.abs() > 1.02 && p.x.abs() < 1.6 && p.y > -0.6 && p.y < 1.0;
        curtain || (hair && !(p.y > fringe && p.x.abs() < 0.95))
    }

    /// The forehead between the head's ellipse and the hair line.
    fn is_forehead(&self, p: Point) -> bool {
        !self.fringe && p.x.abs() < 0.95 && p.y > HAIR_LINE && p.y < 0.0
    }

    fn is_ear(&self, p: Point) -> bool {
        let ear = |side: f32| ellipse(p, (side * 1.14, 0.32), (0.22, 0.38));
        !self.ears_covered && (ear(-1.0) || ear(1.0))
    }

    fn is_body(&self, p: Point) -> bool {
        let neck = p.x.abs() < 0.5 && p.y > 0.9;
        let line = 1.75 + 0.15 * p.x * p.x + p.x * self.shoulder_tilt.to_radians().tan();
        neck || (p.x.abs() < 2.3 && p.y > line)
    }

    fn is_shirt(&self, p: Point) -> bool {
        self.is_body(p) && p.y > 1.75 && !(p.x.abs() < 0.45 && p.y < 1.9)
    }

    fn colour(&self, p: Point) -> [f32; 3] {
        let base = self.surface(p).map(f32::from);
        let side = if self.is_person(p) && p.x < 0.0 {
            self.left_light
        } else {
            1.0
        };
        let shadow = !self.is_person(p) && p.x > 0.0 && p.x < 1.2 + self.shadow && p.y.abs() < 1.2;
        let light = self.light * side * if shadow && self.shadow > 0.0 { 0.5 } else { 1.0 };
        // A factor on linear light is a power law's factor on the encoded value.
        base.map(|v| v * light.powf(1.0 / 2.4))
    }

    fn surface(&self, p: Point) -> [u8; 3] {
        let eye = |centre: f32| ellipse(p, (centre, 0.0), (EYE, self.opening.max(0.004)));
        let iris = |centre: f32| ellipse(p, (centre + self.look, 0.0), (0.09, 0.09));
        let brow = p.y > -0.31 && p.y < -0.25 && p.x.abs() > 0.27 && p.x.abs() < 0.75;
        if self.is_hair(p) || brow {
            [38, 32, 30]
        } else if eye(-0.5) || eye(0.5) {
            if iris(-0.5) || iris(0.5) {
                [44, 34, 30]
            } else {
                [206, 202, 200]
            }
        } else if self.gap > 0.0 && ellipse(p, (0.0, MOUTH.1), (0.28, self.gap / 2.0)) {
            [228, 224, 214]
        } else if ellipse(p, (0.0, MOUTH.1), (MOUTH.0, 0.11 + self.gap / 2.0)) {
            [
                self.skin[0] - self.skin[0] / 10,
                self.skin[1] / 2,
                self.skin[2] / 2,
            ]
        } else if self.is_head(p) || self.is_forehead(p) || self.is_ear(p) {
            self.skin
        } else if self.is_shirt(p) {
            self.shirt
        } else if self.is_body(p) {
            self.skin
        } else if self.frame_on_wall && p.x > 1.35 && p.x < 2.3 && p.y > -1.9 && p.y < -0.5 {
            [90, 60, 40]
        } else {
            self.wall
        }
    }
}

/// The landmarks of the canonical face, eyes half an inter-eye distance from the middle; its chin lies lower than
/// the drawn one's, so what lies below the eyes is pulled up.
fn canonical() -> Vec<Point> {
    let path = super::root().join("models/files/canonical_face.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let face: serde_json::Value = serde_json::from_str(&text).unwrap();
    let vertices: Vec<[f32; 3]> = serde_json::from_value(face["vertices"].clone()).unwrap();
    let centre = |p: usize, q: usize| {
        (
            vertices[p][0].midpoint(vertices[q][0]),
            vertices[p][1].midpoint(vertices[q][1]),
        )
    };
    let (right, left) = (centre(33, 133), centre(362, 263));
    let unit = left.0 - right.0;
    let place = |v: &[f32; 3]| Point::new(v[0] / unit, (right.1 - v[1]) / unit);
    let mut all: Vec<Point> = vertices.iter().map(place).collect();
    let chin = all[152].y;
    all.iter_mut()
        .filter(|p| p.y > 0.0)
        .for_each(|p| p.y *= CHIN / chin);
    all.resize(478, Point::new(0.0, 0.0));
    all
}

fn ellipse(p: Point, centre: (f32, f32), half: (f32, f32)) -> bool {
    ((p.x - centre.0) / half.0).powi(2) + ((p.y - centre.1) / half.1).powi(2) <= 1.0
}

fn blurred(picture: &Picture, reach: usize) -> Picture {
    let n = reach as i64;
    let mut out = picture.clone();
    for (dx, dy) in [(1, 0), (0, 1), (1, 0), (0, 1)] {
        let from = out.clone();
        let width = from.width();
        for (i, pixel) in out.pixels_mut().chunks_exact_mut(3).enumerate() {
            let (x, y) = (i64::from(i as u32 % width), i64::from(i as u32 / width));
            let mut sum = [0_u32; 3];
            for k in -n..=n {
                let rgb = from.at(x + dx * k, y + dy * k);
                sum.iter_mut().zip(rgb).for_each(|(s, v)| *s += u32::from(v));
            }
            pixel
                .iter_mut()
                .zip(sum)
                .for_each(|(p, s)| *p = (s / (2 * reach as u32 + 1)) as u8);
        }
    }
    out
}
