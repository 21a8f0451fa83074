//! The sizes of everything in the window, in steps like those of a browser.

/// Zoom factors that keys and menu step through.
const STEPS: [f32; 13] = [0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0];
/// Relative difference below which two factors are the same.
const SAME: f32 = 1e-3;

/// The next larger step, or the factor itself at the end.
pub(super) fn larger(factor: f32) -> f32 {
    STEPS.into_iter().find(|step| *step > factor * (1.0 + SAME)).unwrap_or(factor)
}

/// The next smaller step, or the factor itself at the end.
pub(super) fn smaller(factor: f32) -> f32 {
    STEPS.into_iter().rev().find(|step| *step < factor * (1.0 - SAME)).unwrap_or(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_through_every_usual_size_and_end() {
        let mut factor = 0.5;
        for expected in &STEPS[1..] {
            factor = larger(factor);
            assert_eq!(factor, *expected);
        }
        assert_eq!(larger(factor), 3.0);
        for expected in STEPS.iter().rev().skip(1) {
            factor = smaller(factor);
            assert_eq!(factor, *expected);
        }
        assert_eq!(smaller(factor), 0.5);
        // From a factor between two steps.
        assert_eq!((larger(1.2), smaller(1.2)), (1.25, 1.1));
    }
}
