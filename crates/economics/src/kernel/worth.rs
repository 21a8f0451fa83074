//! The net present value of a business before tax, without its ledger.

use super::{Levels, Venture};

/// Net present value before tax under levels that a function of the month changes, without keeping the ledger.
pub(crate) fn npv<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    discount: f64,
    change: impl Fn(usize, &mut Levels<f64>),
) -> f64 {
    let mut state = plan.start(0.0);
    let (mut sum, mut factor) = (0.0, 1.0);
    let mut level = levels[0];
    for (t, original) in levels.iter().enumerate() {
        level = *original;
        change(t, &mut level);
        let operations = plan.operate(t, &level, &mut state, &mut ());
        sum += (operations.cash + plan.capital().outlay(t).total()) * factor;
        factor *= discount;
    }
    sum + plan.end_proceeds(&level, &state) * factor / discount
}
