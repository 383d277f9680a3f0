//! Order statistics of small samples.

/// The value below which the share `q` (0..=1) of `values` lies; reorders them. `None` when empty.
pub(crate) fn quantile(values: &mut [f32], q: f32) -> Option<f32> {
    let last = values.len().checked_sub(1)?;
    let place = (q.clamp(0.0, 1.0) * last as f32).round() as usize;
    let (_, value, _) = values.select_nth_unstable_by(place.min(last), f32::total_cmp);
    Some(*value)
}

/// The middle value; reorders `values`. `None` when empty.
pub(crate) fn median(values: &mut [f32]) -> Option<f32> {
    quantile(values, 0.5)
}
