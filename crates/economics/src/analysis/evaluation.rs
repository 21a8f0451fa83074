//! One business, month by month, with everything that is known of it.

use super::measures::Measures;
use super::readouts::Readouts;
use crate::business::{Business, BusinessPlan, Ledger, Levels, Line, Sink, Timing};

/// A business evaluated over the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Which one.
    pub business: Business,
    /// When it waits, builds and runs.
    pub timing: Timing,
    /// Every line of every month.
    pub ledger: Ledger,
    /// Net flows on the basis.
    pub flows: Flows,
    /// Measures that all businesses have.
    pub measures: Measures,
    /// Figures of this business alone.
    pub readouts: Readouts,
}

/// Net cash flows `c_0..c_T` of a business.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flows {
    /// The net flow of each month, USD.
    pub net: Vec<f64>,
    /// The part of the last flow that comes only because the plan ends, USD.
    pub end_proceeds: f64,
    /// Sum of the operating cash, USD.
    pub operating_cash: f64,
}

impl Flows {
    /// The flows without end proceeds, on which payback is counted.
    pub fn without_end_proceeds(&self) -> Vec<f64> {
        let mut flows = self.net.clone();
        if let Some(last) = flows.last_mut() {
            *last -= self.end_proceeds;
        }
        flows
    }
}

/// Runs a business through a market and writes its ledger. `discount` is the factor of one month.
pub(super) fn run<P: BusinessPlan>(plan: &P, levels: &[Levels<f64>], discount: f64) -> (Ledger, Flows) {
    let horizon = levels.len() - 1;
    let mut ledger = Ledger::new(horizon);
    let mut flows = Flows { net: Vec::with_capacity(levels.len()), ..Flows::default() };
    let mut state = plan.start(0.0);
    let (mut cumulative, mut discounted, mut factor) = (0.0, 0.0, 1.0);
    for (t, level) in levels.iter().enumerate() {
        let mut month = ledger.month(t);
        let operations = plan.operate(t, level, &mut state, &mut month);
        let outlay = plan.capital().outlay(t);
        let mut net = operations.cash + outlay.total();
        flows.operating_cash += operations.cash;
        if t == horizon {
            flows.end_proceeds = plan.end_proceeds(level, &state);
            net += flows.end_proceeds;
            month.put(Line::EndProceeds, flows.end_proceeds);
        }
        cumulative += net;
        discounted += net * factor;
        factor *= discount;
        month.put(Line::Ebitda, operations.ebitda());
        month.put(Line::OtherProceeds, outlay.other_proceeds);
        month.put(Line::CapexWorks, outlay.works);
        month.put(Line::CapexHardware, outlay.hardware);
        month.put(Line::Deposit, outlay.deposit);
        month.put(Line::NetBeforeTax, net);
        month.put(Line::Cumulative, cumulative);
        month.put(Line::DiscountedCumulative, discounted);
        flows.net.push(net);
    }
    (ledger, flows)
}

/// Net present value before tax under levels that a function changes, without keeping the ledger.
pub(super) fn npv<P: BusinessPlan>(
    plan: &P,
    levels: &[Levels<f64>],
    discount: f64,
    change: impl Fn(&mut Levels<f64>),
) -> f64 {
    let mut state = plan.start(0.0);
    let (mut sum, mut factor) = (0.0, 1.0);
    let mut level = levels[0];
    for (t, original) in levels.iter().enumerate() {
        level = *original;
        change(&mut level);
        let operations = plan.operate(t, &level, &mut state, &mut ());
        sum += (operations.cash + plan.capital().outlay(t).total()) * factor;
        factor *= discount;
    }
    sum + plan.end_proceeds(&level, &state) * factor / discount
}
