//! Ordinary least squares with a handful of columns.

/// A fit of a linear model.
#[derive(Clone, Debug)]
pub(super) struct Fit<const N: usize> {
    pub coefficients: [f64; N],
    /// Covariance of the coefficients.
    pub covariance: [[f64; N]; N],
    /// What is left of each observation.
    pub residuals: Vec<f64>,
}

/// Smallest pivot over the largest number of its matrix; below it the columns say the same.
const SINGULAR: f64 = 1e-12;

/// Fits `y` by columns; `None` where the columns depend on each other, or there are no more observations than columns.
pub(super) fn fit<const N: usize>(rows: &[[f64; N]], y: &[f64]) -> Option<Fit<N>> {
    let spare = rows.len().checked_sub(N).filter(|spare| *spare > 0)?;
    let mut products = [[0.0; N]; N];
    let mut with_y = [0.0; N];
    for (row, y) in rows.iter().zip(y) {
        for (i, value) in row.iter().enumerate() {
            with_y[i] += value * y;
            for (product, other) in products[i].iter_mut().zip(row) {
                *product += value * other;
            }
        }
    }
    let inverse = inverse(products)?;
    let times = |row: &[f64; N], by: &[f64; N]| row.iter().zip(by).map(|(a, b)| a * b).sum::<f64>();
    let coefficients: [f64; N] = std::array::from_fn(|i| times(&inverse[i], &with_y));
    let residuals: Vec<f64> = rows.iter().zip(y).map(|(row, y)| y - times(row, &coefficients)).collect();
    let variance = residuals.iter().map(|residual| residual * residual).sum::<f64>() / spare as f64;
    let covariance = inverse.map(|row| row.map(|value| value * variance));
    Some(Fit { coefficients, covariance, residuals })
}

impl<const N: usize> Fit<N> {
    /// Standard error of a function of the coefficients with a given gradient.
    pub(super) fn error_along(&self, gradient: [f64; N]) -> f64 {
        let mut variance = 0.0;
        for (row, left) in self.covariance.iter().zip(gradient) {
            variance += left * row.iter().zip(gradient).map(|(value, right)| value * right).sum::<f64>();
        }
        variance.max(0.0).sqrt()
    }
}

/// The inverse by Gauss and Jordan with pivots, on a matrix scaled to a diagonal of 1.
fn inverse<const N: usize>(mut matrix: [[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let scale: [f64; N] = std::array::from_fn(|i| matrix[i][i].sqrt());
    if scale.iter().any(|scale| *scale <= 0.0 || !scale.is_finite()) {
        return None;
    }
    let mut inverse = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..N {
            matrix[i][j] /= scale[i] * scale[j];
        }
        inverse[i][i] = 1.0;
    }
    for column in 0..N {
        let pivot =
            (column..N).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        if matrix[pivot][column].abs() < SINGULAR {
            return None;
        }
        matrix.swap(column, pivot);
        inverse.swap(column, pivot);
        let by = matrix[column][column];
        matrix[column].iter_mut().chain(&mut inverse[column]).for_each(|value| *value /= by);
        for row in (0..N).filter(|row| *row != column) {
            let times = matrix[row][column];
            for j in 0..N {
                matrix[row][j] -= times * matrix[column][j];
                inverse[row][j] -= times * inverse[column][j];
            }
        }
    }
    Some(std::array::from_fn(|i| std::array::from_fn(|j| inverse[i][j] / (scale[i] * scale[j]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_noise_is_found_and_one_through_a_cloud_has_its_textbook_error() {
        let rows: Vec<[f64; 2]> = (0..5).map(|x| [1.0, f64::from(x)]).collect();
        let exact: Vec<f64> = rows.iter().map(|row| 2.0 - 0.5 * row[1]).collect();
        let line = fit(&rows, &exact).unwrap();
        assert!((line.coefficients[0] - 2.0).abs() < 1e-12 && (line.coefficients[1] + 0.5).abs() < 1e-12);
        let cloud = fit(&rows, &[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap();
        // Slope 0.8; residual variance 3.6/3, sum of squared distances 10.
        assert!((cloud.coefficients[1] - 0.8).abs() < 1e-12);
        assert!((cloud.error_along([0.0, 1.0]) - (1.2_f64 / 10.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn columns_that_say_the_same_have_no_fit() {
        let rows: Vec<[f64; 2]> = (1..6).map(|x| [f64::from(x), 2.0 * f64::from(x)]).collect();
        assert!(fit(&rows, &[1.0; 5]).is_none());
        assert!(fit(&[[1.0, 0.0], [1.0, 1.0]], &[0.0, 1.0]).is_none(), "nothing is left for an error");
    }
}
