//! Correlations of the four factors: validity, and the nearest valid ones.

use crate::scenario::Correlation;

/// A 4 × 4 matrix in the order bitcoin, network, rental, power.
pub type Matrix = [[f64; 4]; 4];

/// No correlation.
pub const IDENTITY: Matrix =
    [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]];

/// Pivots of the Cholesky factor within this of 0 are 0 up to rounding.
const ROUNDING: f64 = 1e-10;

/// The full matrix.
pub fn matrix(c: &Correlation) -> Matrix {
    [
        [1.0, c.bitcoin_network, c.bitcoin_rental, c.bitcoin_power],
        [c.bitcoin_network, 1.0, c.network_rental, c.network_power],
        [c.bitcoin_rental, c.network_rental, 1.0, c.rental_power],
        [c.bitcoin_power, c.network_power, c.rental_power, 1.0],
    ]
}

fn triangle(m: &Matrix) -> Correlation {
    Correlation {
        bitcoin_network: m[0][1],
        bitcoin_rental: m[0][2],
        bitcoin_power: m[0][3],
        network_rental: m[1][2],
        network_power: m[1][3],
        rental_power: m[2][3],
    }
}

/// The lower triangle `L` with `L·Lᵀ` the correlation matrix; `None` if that is not positive semi-definite.
pub fn cholesky(correlation: &Correlation) -> Option<Matrix> {
    let m = matrix(correlation);
    let mut lower = [[0.0; 4]; 4];
    for i in 0..4 {
        for j in 0..=i {
            let rest = m[i][j] - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            if i == j {
                if rest < -ROUNDING {
                    return None;
                }
                lower[i][i] = rest.max(0.0).sqrt();
            } else if lower[j][j] > ROUNDING.sqrt() {
                lower[i][j] = rest / lower[j][j];
            } else if rest.abs() > ROUNDING.sqrt() {
                // A factor without a shock of its own has nothing left to correlate.
                return None;
            }
        }
    }
    Some(lower)
}

/// The valid correlations nearest to the given ones in the sum of squared differences (Higham, 2002: alternating
/// projections on matrices without negative eigenvalues and matrices with a diagonal of 1).
///
/// ```
/// use wattfolio_economics::scenario::correlation;
///
/// // Three markets cannot all move against each other.
/// let mut impossible = correlation::independent();
/// (impossible.bitcoin_network, impossible.bitcoin_rental, impossible.network_rental) = (-0.9, -0.9, -0.9);
/// assert!(correlation::cholesky(&impossible).is_none());
/// assert!(correlation::cholesky(&correlation::nearest_valid(&impossible)).is_some());
/// ```
pub fn nearest_valid(correlation: &Correlation) -> Correlation {
    let mut y = matrix(correlation);
    let mut correction = [[0.0; 4]; 4];
    for _ in 0..500 {
        let mut r = y;
        each(|i, j| r[i][j] -= correction[i][j]);
        let x = without_negative_eigenvalues(&r);
        each(|i, j| correction[i][j] = x[i][j] - r[i][j]);
        y = x;
        for (i, row) in y.iter_mut().enumerate() {
            row[i] = 1.0;
        }
    }
    // The last projection may leave eigenvalues slightly below 0 by rounding; shrinking the correlations corrects them.
    let mut nearest = triangle(&y);
    while cholesky(&nearest).is_none() {
        each(|i, j| {
            if i != j {
                y[i][j] *= 1.0 - 1e-6;
            }
        });
        nearest = triangle(&y);
    }
    nearest
}

/// Correlations of 0.
pub fn independent() -> Correlation {
    triangle(&IDENTITY)
}

/// The nearest valid correlations with three decimals; shrunk if rounding makes them invalid.
pub fn nearest_valid_short(correlation: &Correlation) -> Correlation {
    let nearest = matrix(&nearest_valid(correlation));
    // Shrinking raises the eigenvalues further above 0 than rounding can lower them.
    let mut shares = (0..1000).rev().map(|share| f64::from(share + 1) / 1000.0);
    let rounded = |share: f64| {
        let m = nearest.map(|row| row.map(|value| (value * share * 1000.0).round() / 1000.0 + 0.0));
        Some(triangle(&m)).filter(|rounded| cholesky(rounded).is_some())
    };
    shares.find_map(rounded).unwrap_or_else(|| triangle(&IDENTITY))
}

/// The upper triangle row by row, in the order of the catalogue.
pub fn triangle_values(c: &Correlation) -> [f64; 6] {
    [c.bitcoin_network, c.bitcoin_rental, c.bitcoin_power, c.network_rental, c.network_power, c.rental_power]
}

/// The smallest eigenvalue of the matrix: negative if it is not positive semi-definite.
pub fn smallest_eigenvalue(correlation: &Correlation) -> f64 {
    let (diagonal, _) = diagonalised(&matrix(correlation));
    (0..4).map(|k| diagonal[k][k]).fold(f64::INFINITY, f64::min)
}

fn each(mut f: impl FnMut(usize, usize)) {
    for i in 0..4 {
        for j in 0..4 {
            f(i, j);
        }
    }
}

/// Eigenvalues on a diagonal, and their eigenvectors, by Jacobi rotations.
fn diagonalised(m: &Matrix) -> (Matrix, Matrix) {
    let (mut a, mut vectors) = (*m, IDENTITY);
    for _ in 0..30 {
        for p in 0..3 {
            for q in p + 1..4 {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    (a, vectors)
}

/// The nearest matrix without negative eigenvalues.
fn without_negative_eigenvalues(m: &Matrix) -> Matrix {
    let (a, vectors) = diagonalised(m);
    let mut result = [[0.0; 4]; 4];
    for k in 0..4 {
        let eigenvalue = a[k][k].max(0.0);
        each(|i, j| result[i][j] += eigenvalue * vectors[i][k] * vectors[j][k]);
    }
    result
}

/// One Jacobi rotation that brings `a[p][q]` to zero.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    if a[p][q].abs() < 1e-300 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let t = if theta == 0.0 { 1.0 } else { t };
    let cos = 1.0 / (t * t + 1.0).sqrt();
    let sin = t * cos;
    let turn = |x: f64, y: f64| (cos * x - sin * y, sin * x + cos * y);
    for row in a.iter_mut().chain(vectors) {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    let (row_p, row_q) = (a[p], a[q]);
    for (k, (x, y)) in row_p.into_iter().zip(row_q).enumerate() {
        (a[p][k], a[q][k]) = turn(x, y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(value: f64) -> Correlation {
        Correlation {
            bitcoin_network: value,
            bitcoin_rental: value,
            bitcoin_power: value,
            network_rental: value,
            network_power: value,
            rental_power: value,
        }
    }

    #[test]
    fn the_factor_gives_the_matrix_back() {
        for correlation in [Correlation::default(), all(1.0), all(0.0), all(-1.0 / 3.0)] {
            let lower = cholesky(&correlation).expect("valid");
            let m = matrix(&correlation);
            each(|i, j| {
                let product: f64 = (0..4).map(|k| lower[i][k] * lower[j][k]).sum();
                assert!((product - m[i][j]).abs() < 1e-9, "{correlation:?} {i} {j} {product}");
            });
        }
    }

    #[test]
    fn what_cannot_hold_together_is_refused_and_the_nearest_offered() {
        let impossible =
            Correlation { bitcoin_network: 0.9, bitcoin_rental: 0.9, network_rental: -0.9, ..all(0.0) };
        for bad in [impossible, all(-0.5)] {
            assert!(cholesky(&bad).is_none());
            let nearest = nearest_valid(&bad);
            assert!(cholesky(&nearest).is_some());
            let distance = |a: &Correlation| {
                let (a, b) = (matrix(a), matrix(&bad));
                let mut sum = 0.0;
                each(|i, j| sum += (a[i][j] - b[i][j]).powi(2));
                sum
            };
            let short = nearest_valid_short(&bad);
            assert!(cholesky(&short).is_some());
            for (a, b) in triangle_values(&short).into_iter().zip(triangle_values(&nearest)) {
                assert!((a - b).abs() < 0.005, "{short:?} {nearest:?}");
            }
            assert!(smallest_eigenvalue(&bad) < 0.0 && smallest_eigenvalue(&short) > -1e-9);
            // Shrinking towards no correlation is valid as well, but further away.
            let mut shrunk = bad.clone();
            for share in (0..1000).rev().map(|i| f64::from(i) / 1000.0) {
                let m = matrix(&bad).map(|row| row.map(|value| value * share));
                shrunk = triangle(&m);
                if cholesky(&shrunk).is_some() {
                    break;
                }
            }
            assert!(distance(&nearest) <= distance(&shrunk) + 1e-6, "{nearest:?} {shrunk:?}");
        }
        let valid = Correlation::default();
        let nearest = matrix(&nearest_valid(&valid));
        each(|i, j| assert!((nearest[i][j] - matrix(&valid)[i][j]).abs() < 1e-9));
    }
}
