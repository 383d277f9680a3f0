use super::filter;

/// Blur that gathers the wall's and the person's colour round a pixel, in units.
const WALL: f32 = 12.0;
const PERSON: f32 = 5.0;

/// Near a plain wall alpha follows from colour alone: an edge pixel lies on the line between the person's and
/// the wall's colour. Used only where the wall is plain and the two colours are far apart; elsewhere the
/// network's alpha stays.
pub(super) fn refine(image: &[[f32; 3]], alpha: &mut [f32], width: usize, height: usize, unit: f32) {
    let sure_wall = |at: usize| if alpha[at] < 0.02 { 1.0 } else { 0.0 };
    let wall_weight: Vec<f32> = eroded(width, height, sure_wall);
    let person_weight: Vec<f32> = alpha.iter().map(|a| if *a > 0.96 { 1.0 } else { 0.0 }).collect();
    let wall = Neighbourhood::gather(image, &wall_weight, width, height, WALL * unit);
    let person = Neighbourhood::gather(image, &person_weight, width, height, PERSON * unit);

    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let a = alpha[at];
            let edge = ramp(a, 0.004, 0.02) * ramp(1.0 - a, 0.002, 0.03);
            if edge > 0.0 {
                let (line, trust) = on_line(image[at], &wall, &person, x, y);
                // The line may thin the edge freely but thicken it only a little: highlights on hair look
                // like wall, dark spots on the wall look like hair.
                let mut target = line.min(a + 0.35);
                if a > 0.9 {
                    target = target.max(a - 0.25);
                }
                let trust = trust * edge;
                alpha[at] = a * (1.0 - trust) + target * trust;
            }
        }
    }
}

/// Where a colour lies between wall (0) and person (1), and how far that can be trusted.
fn on_line(colour: [f32; 3], wall: &Neighbourhood, person: &Neighbourhood, x: usize, y: usize) -> (f32, f32) {
    let (back, back_there, spread) = wall.at(x, y);
    let (front, front_there, _) = person.at(x, y);
    let across: [f32; 3] = std::array::from_fn(|c| front[c] - back[c]);
    let length2 = across.iter().map(|v| v * v).sum::<f32>();
    let dot = (0..3).map(|c| (colour[c] - back[c]) * across[c]).sum::<f32>();
    let line = (dot / (length2 + 1e-4)).clamp(0.0, 1.0);
    let off2 = (0..3)
        .map(|c| (colour[c] - back[c] - line * across[c]).powi(2))
        .sum::<f32>();
    let trust = (-spread / (0.05 * 0.05)).exp()
        * ramp(length2.sqrt(), 0.25, 0.5)
        * ramp(back_there, 0.02, 0.10)
        * ramp(front_there, 0.01, 0.05)
        * (-off2 / (0.18 * 0.18)).exp();
    (line, trust)
}

/// Weighted local mean colours, kept at half size.
struct Neighbourhood {
    width: usize,
    height: usize,
    /// Sums of weight, the three colours and the colours' squared length.
    planes: [Vec<f32>; 5],
}

impl Neighbourhood {
    fn gather(image: &[[f32; 3]], weight: &[f32], width: usize, height: usize, sigma: f32) -> Self {
        let (w, h) = (width.div_ceil(2), height.div_ceil(2));
        let planes = std::array::from_fn(|plane| {
            let full: Vec<f32> = image
                .iter()
                .zip(weight)
                .map(|(colour, weight)| match plane {
                    0 => *weight,
                    4 => weight * colour.iter().map(|v| v * v).sum::<f32>(),
                    c => weight * colour[c - 1],
                })
                .collect();
            let mut half = filter::halve(&full, width, height);
            filter::gaussian(&mut half, w, h, sigma / 2.0);
            half
        });
        Self {
            width: w,
            height: h,
            planes,
        }
    }

    /// Mean colour, how much of it there is (0..=1), and its variance.
    fn at(&self, x: usize, y: usize) -> ([f32; 3], f32, f32) {
        let value = |plane: usize| filter::at_half(&self.planes[plane], self.width, self.height, x, y);
        let there = value(0) + 1e-4;
        let mean = [value(1) / there, value(2) / there, value(3) / there];
        let variance = value(4) / there - mean.iter().map(|v| v * v).sum::<f32>();
        (mean, there, variance.max(0.0))
    }
}

/// A weight that is 1 only where all neighbours are 1 too.
fn eroded(width: usize, height: usize, weight: impl Fn(usize) -> f32) -> Vec<f32> {
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let mut least = 1.0f32;
            for ny in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                for nx in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    least = least.min(weight(ny * width + nx));
                }
            }
            out.push(least);
        }
    }
    out
}

fn ramp(value: f32, low: f32, high: f32) -> f32 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}
