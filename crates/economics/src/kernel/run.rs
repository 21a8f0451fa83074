//! The loop over the months of a plan, and the net present value before tax.

use super::{Levels, Line, Operations, Sink, Venture};

/// Runs a business through the markets of a plan and returns its end proceeds, USD.
///
/// `change` may change the market of month `t`, `sink` receives the lines of its operations, `each` their result.
#[inline(always)]
pub(crate) fn run_months<P: Venture, S: Sink<f64>>(
    plan: &P,
    levels: &[Levels<f64>],
    change: impl Fn(usize, &mut Levels<f64>),
    sink: &mut S,
    mut each: impl FnMut(usize, Operations<f64>),
) -> f64 {
    let mut state = plan.start(0.0);
    let mut level = levels[0];
    for (t, original) in levels.iter().enumerate() {
        level = *original;
        change(t, &mut level);
        sink.turn_to(t);
        let operations = plan.operate(t, &level, &mut state, sink);
        sink.put(Line::Ebitda, operations.ebitda());
        each(t, operations);
    }
    plan.end_proceeds(&level, &state)
}

/// The net flow of every month before tax and debt, USD, without a ledger: what [`Line::NetBeforeTax`] has, to the last bit.
pub(crate) fn net_before_tax<P: Venture>(plan: &P, levels: &[Levels<f64>]) -> Vec<f64> {
    let mut net = Vec::with_capacity(levels.len());
    let take = |t: usize, operations: Operations<f64>| {
        net.push(operations.cash + plan.capital().outlay(t).total());
    };
    let end_proceeds = run_months(plan, levels, |_, _| (), &mut (), take);
    if let Some(last) = net.last_mut() {
        *last += end_proceeds;
    }
    net
}

/// Net present value before tax, USD, with levels that `change` modifies, without a ledger.
pub(crate) fn npv<P: Venture>(
    plan: &P,
    levels: &[Levels<f64>],
    discount: f64,
    change: impl Fn(usize, &mut Levels<f64>),
) -> f64 {
    let (mut sum, mut factor) = (0.0, 1.0);
    let end_proceeds = run_months(plan, levels, change, &mut (), |t, operations| {
        sum += (operations.cash + plan.capital().outlay(t).total()) * factor;
        factor *= discount;
    });
    sum + end_proceeds * factor / discount
}
