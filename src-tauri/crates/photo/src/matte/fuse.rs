use super::filter;
use domain::picture::Mask;

/// Distances in units (eyes to chin / 120): how far inside the mask is surely person, and how far outside
/// surely not.
const CORE: f32 = 14.0;
const NEAR: f32 = 22.0;

/// The network's alpha joined with the person mask.
pub(super) struct Fused {
    /// Alpha of the person.
    pub(super) alpha: Vec<f32>,
    /// The network's part of it, without what the mask's core and the filling of holes added: where it is much
    /// lower, network and mask contradict each other.
    pub(super) network: Vec<f32>,
}

/// Joins the network's alpha with the person mask: the mask's core fills holes in shoulders, white shirts and
/// ears; nothing far from the mask counts. Then only the person's piece stays, with its small holes filled.
/// `None` when nothing is left.
pub(super) fn fuse(network: &Mask, person: &Mask, unit: f32) -> Option<Fused> {
    let (width, height) = (network.width() as usize, network.height() as usize);
    if person.width() != network.width() || person.height() != network.height() {
        return None;
    }
    let person = person.values();
    let half = halved(person, width, height);
    let core = grown(&half, width, height, |v| v <= 0.9, CORE * unit, 3.0 * unit, true);
    let near = grown(&half, width, height, |v| v > 0.12, NEAR * unit, 4.0 * unit, false);
    let network: Vec<f32> = network
        .values()
        .iter()
        .zip(&near)
        .map(|(network, near)| (network * near).clamp(0.0, 1.0))
        .collect();
    let mut alpha: Vec<f32> = network
        .iter()
        .zip(core.iter().zip(&near))
        .map(|(network, (core, near))| network.max(core * near))
        .collect();
    keep_person(&mut alpha, width, height, unit)?;
    fill_holes(&mut alpha, person, width, height, unit);
    Some(Fused { alpha, network })
}

fn halved(plane: &[f32], width: usize, height: usize) -> Vec<[f32; 1]> {
    let (cells, _) = plane.as_chunks::<1>();
    filter::halve(cells, width, height)
}

/// A soft mask of the cells further than `radius` from `set` (`outside`) or nearer than that (not
/// `outside`), blurred. Worked out at half size: the person mask itself is four times coarser.
fn grown(
    half: &[[f32; 1]],
    width: usize,
    height: usize,
    set: impl Fn(f32) -> bool,
    radius: f32,
    blur: f32,
    outside: bool,
) -> Vec<f32> {
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let inside: Vec<bool> = half.iter().map(|[v]| set(*v)).collect();
    let far = filter::distance(&inside, w, h);
    let mut plane: Vec<f32> = far
        .iter()
        .map(|d| if (*d > radius / 2.0) == outside { 1.0 } else { 0.0 })
        .collect();
    filter::gaussian(&mut plane, w, h, blur / 2.0);
    filter::doubled(&plane, width, height)
}

/// Keeps the largest piece above a quarter and the soft edge round it.
fn keep_person(alpha: &mut [f32], width: usize, height: usize, unit: f32) -> Option<()> {
    let solid: Vec<bool> = alpha.iter().map(|v| *v > 0.25).collect();
    let mut found = filter::pieces(&solid, width, height);
    let largest = (0..found.len()).max_by_key(|i| found[*i].cells.len())?;
    let person = found.swap_remove(largest);
    // At half size: the reach is several cells, and what lies at its end is faint.
    let (w, h) = (width.div_ceil(2), height.div_ceil(2));
    let mut mine = vec![false; w * h];
    for at in person.cells {
        mine[at / width / 2 * w + at % width / 2] = true;
    }
    let reach = 5.0 * unit / 2.0 - 0.25;
    let to_person = filter::distance(&mine, w, h);
    for (y, row) in alpha.chunks_exact_mut(width).enumerate() {
        let distances = &to_person[y / 2 * w..][..w];
        for (pair, distance) in row.chunks_mut(2).zip(distances) {
            if *distance > reach {
                pair.fill(0.0);
            }
        }
    }
    Some(())
}

/// Fills closed holes smaller than 25 units square where the person mask is sure.
fn fill_holes(alpha: &mut [f32], person: &[f32], width: usize, height: usize, unit: f32) {
    let open: Vec<bool> = alpha.iter().map(|v| *v < 0.75).collect();
    let largest = (25.0 * unit).powi(2);
    for hole in filter::pieces(&open, width, height) {
        let size = hole.cells.len() as f32;
        if hole.at_edge || size >= largest {
            continue;
        }
        let sure = hole.cells.iter().map(|at| person[*at]).sum::<f32>() / size;
        if sure > 0.8 {
            hole.cells.iter().for_each(|at| alpha[*at] = 1.0);
        }
    }
}
