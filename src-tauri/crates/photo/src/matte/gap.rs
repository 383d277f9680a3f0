use super::fuse::Fused;
use super::neighbourhood::{Neighbourhood, ramp, sure_person, sure_wall};

/// Blur that gathers the wall's and the person's colour round a gap, in units: wide, for within the gap there
/// may be neither.
const AROUND: f32 = 24.0;
/// Spread of a wall's colour (colour cube of side 1) at which it is hardly plain; hairs that the network
/// missed count in it.
const SPREAD: f32 = 0.08;

/// How far the fused alpha must lie over the network's to be doubted: not at all, wholly.
const DOUBT: (f32, f32) = (0.05, 0.3);
/// How far the person's colour beside a gap must differ from the wall's, in the colour cube of side 1: cloth
/// of the wall's colour looks like a gap, and only the mask knows better there.
const APART: (f32, f32) = (0.2, 0.35);
/// How far the colour of wall seen through a gap may lie from a darker shade of the wall's.
const TINT: f32 = 0.08;
/// Brightness, as a share of the wall's, that wall in the shade of hair keeps: never less than the first,
/// surely not less than the second.
const SHADE: (f32, f32) = (0.55, 0.7);

/// Opens the gaps between curls, ear and neck that the person mask, four times coarser than the network,
/// called person: where the network sees wall, and the colour is that of the plain wall or its shade, the
/// network is right. A hole in dark cloth or in an ear shows another colour and stays filled.
pub(super) fn open(image: &[[f32; 3]], fused: &mut Fused, width: usize, height: usize, unit: f32) {
    let doubted: Vec<(usize, f32)> = fused
        .alpha
        .iter()
        .zip(&fused.network)
        .map(|(alpha, network)| ramp(alpha - network, DOUBT.0, DOUBT.1))
        .enumerate()
        .filter(|(_, doubt)| *doubt > 0.0)
        .collect();
    if doubted.is_empty() {
        return;
    }
    // A gap does not vouch for itself: only what both call wall is wall, what both call person, person.
    let least: Vec<f32> = fused
        .alpha
        .iter()
        .zip(&fused.network)
        .map(|(alpha, network)| alpha.min(*network))
        .collect();
    let (back, front) = (sure_wall(&fused.alpha, width), sure_person(&least));
    let wall = Neighbourhood::gather(image, &back, width, height, AROUND * unit);
    let person = Neighbourhood::gather(image, &front, width, height, AROUND * unit);
    for (at, doubt) in doubted {
        let (x, y) = (at % width, at / width);
        let network = fused.network[at];
        let trust = doubt * is_gap(image[at], network, wall.at(x, y), person.at(x, y));
        fused.alpha[at] += trust * (network - fused.alpha[at]);
    }
}

/// How surely a pixel that the network calls `network` person shows wall, from its colour and from the wall's
/// and the person's means, amounts and variances round it.
fn is_gap(
    colour: [f32; 3],
    network: f32,
    (back, back_there, spread): ([f32; 3], f32, f32),
    (front, front_there, _): ([f32; 3], f32, f32),
) -> f32 {
    let apart = (0..3).map(|c| (front[c] - back[c]).powi(2)).sum::<f32>().sqrt();
    let bright = back.iter().map(|v| v * v).sum::<f32>().max(1e-4);
    let shade = (0..3).map(|c| colour[c] * back[c]).sum::<f32>() / bright;
    let tint2 = (0..3).map(|c| (colour[c] - shade * back[c]).powi(2)).sum::<f32>();
    // Of the pixel's light at least the wall's part must be there.
    let least = 1.0 - network;
    (-spread / (SPREAD * SPREAD)).exp()
        * ramp(back_there, 0.005, 0.03)
        * ramp(front_there, 0.005, 0.03)
        * ramp(apart, APART.0, APART.1)
        * (-tint2 / (TINT * TINT)).exp()
        * ramp(shade, SHADE.0 * least, SHADE.1 * least)
}
