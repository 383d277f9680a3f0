//! The eigenvector of the largest eigenvalue of a small symmetric matrix.

/// Jacobi's method; converges in four or five sweeps. The vector has length 1, its sign is arbitrary.
pub(crate) fn dominant_eigenvector<const N: usize>(mut matrix: [[f64; N]; N]) -> [f64; N] {
    let mut vectors = [[0.0; N]; N];
    for (index, row) in vectors.iter_mut().enumerate() {
        row[index] = 1.0;
    }
    for _ in 0..32 {
        let off: f64 = (0..N)
            .flat_map(|p| (p + 1..N).map(move |q| (p, q)))
            .map(|(p, q)| matrix[p][q].abs())
            .sum();
        let on: f64 = (0..N).map(|p| matrix[p][p].abs()).sum();
        if off <= 1e-15 * on || off == 0.0 {
            break;
        }
        for p in 0..N {
            for q in p + 1..N {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let largest = (0..N)
        .max_by(|&a, &b| matrix[a][a].total_cmp(&matrix[b][b]))
        .unwrap_or(0);
    vectors.map(|row| row[largest])
}

/// Turns columns and rows `p` and `q` so that their common element becomes 0.
fn rotate<const N: usize>(matrix: &mut [[f64; N]; N], vectors: &mut [[f64; N]; N], p: usize, q: usize) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cos = 1.0 / tangent.hypot(1.0);
    let sin = tangent * cos;
    for row in matrix.iter_mut().chain(vectors.iter_mut()) {
        (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
    }
    let (upper, lower) = (matrix[p], matrix[q]);
    for column in 0..N {
        matrix[p][column] = cos * upper[column] - sin * lower[column];
        matrix[q][column] = sin * upper[column] + cos * lower[column];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_direction_is_stretched_more(
            entries in proptest::array::uniform10(-5.0f64..5.0),
            probe in proptest::array::uniform4(-1.0f64..1.0),
        ) {
            let mut matrix = [[0.0; 4]; 4];
            let places = (0..4).flat_map(|p| (p..4).map(move |q| (p, q)));
            for ((p, q), value) in places.zip(entries) {
                matrix[p][q] = value;
                matrix[q][p] = value;
            }
            let stretch = |v: [f64; 4]| {
                let length: f64 = v.iter().map(|x| x * x).sum();
                let form: f64 = (0..4).flat_map(|p| (0..4).map(move |q| (p, q)))
                    .map(|(p, q)| v[p] * matrix[p][q] * v[q]).sum();
                form / length
            };
            prop_assume!(probe.iter().any(|x| x.abs() > 0.1));
            let best = dominant_eigenvector(matrix);
            prop_assert!((best.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(stretch(best) >= stretch(probe) - 1e-9);
        }
    }
}
