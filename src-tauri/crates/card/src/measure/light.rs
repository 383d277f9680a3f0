//! How bright the card is.

/// The median level.
pub(crate) fn median(brightness: &[f32]) -> f64 {
    let mut counts = [0_usize; 256];
    for level in brightness {
        counts[level.clamp(0.0, 255.0) as usize] += 1;
    }
    let mut left = brightness.len() / 2;
    for (level, count) in counts.into_iter().enumerate() {
        if count > left {
            return level as f64;
        }
        left -= count;
    }
    255.0
}
