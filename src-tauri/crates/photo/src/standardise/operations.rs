//! What was done to the sample, in words that a report keeps.

use super::Background;
use domain::specification::PhotoSpecification;
use framing::Solution;

/// Every operation on the pixels with its parameters, in order. `hair_out` is how far the hair reaches beyond the
/// photo's upper edge, photo pixels.
pub(super) fn list(
    solution: &Solution,
    hair_out: f32,
    background: Background,
    spec: &PhotoSpecification,
) -> Vec<String> {
    let plan = &solution.plan;
    let (width, height) = (
        spec.width_px as f32 / plan.scale,
        spec.height_px as f32 / plan.scale,
    );
    let mut list = vec![
        format!(
            "crop left={:.2} top={:.2} width={width:.2} height={height:.2}",
            plan.left, plan.top
        ),
        format!("scale {:.4} catmull-rom linear-light", plan.scale),
    ];
    for (edge, pixels) in [
        ("top", plan.extended_top_px),
        ("left", plan.extended_left_px),
        ("right", plan.extended_right_px),
    ] {
        if pixels > 0 {
            list.push(format!("extend {edge}={pixels}px"));
        }
    }
    for band in &solution.gave_way {
        list.push(format!("gave way {}", band.name()));
    }
    if hair_out >= 1.0 {
        list.push(format!("hair above the crown left out={hair_out:.0}px"));
    }
    list.push(match background {
        Background::Untouched => "background untouched".to_owned(),
        Background::Replaced([r, g, b]) => format!("background rgb={r},{g},{b} matting"),
    });
    list
}
