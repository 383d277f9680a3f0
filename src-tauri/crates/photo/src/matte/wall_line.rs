use super::neighbourhood::{Neighbourhood, ramp, sure_person, sure_wall};

/// Blur that gathers the wall's and the person's colour round a pixel, in units.
const WALL: f32 = 12.0;
const PERSON: f32 = 5.0;
/// Near a plain wall alpha follows from colour alone: an edge pixel lies on the line between the person's and
/// the wall's colour. Used only where the wall is plain and the two colours are far apart; elsewhere the
/// fused alpha stays.
pub(super) fn refine(image: &[[f32; 3]], alpha: &mut [f32], width: usize, height: usize, unit: f32) {
    let wall = Neighbourhood::gather(image, &sure_wall(alpha, width), width, height, WALL * unit);
    let person = Neighbourhood::gather(image, &sure_person(alpha), width, height, PERSON * unit);

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
