//! The crossing of a cumulative flow, with the month in which it happens.

use crate::explain::case::{Case, series};
use crate::explain::derivation::Derivation;
use crate::explain::expr::operand;
use crate::explain::operand::{Operand, Source};
use crate::explain::sums::net_line;
use crate::kernel::Line;
use crate::units::Unit;

/// Tolerance of a sum of undiscounted flows, relative to all absolute flows: less is rounding.
pub(crate) const PLAIN: f64 = 1e-12;

/// The crossing that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    First,
    Last,
}

/// Flows that are paid back, and their name.
pub(crate) struct Paid {
    /// Flows, discounted if the payback is.
    pub flows: Vec<f64>,
    /// A sum below this, relative to all absolute flows, is zero.
    pub rounding: f64,
    pub unit: Unit,
    /// The line of the flows.
    pub flow: Line,
    /// Name of a flow.
    pub name: &'static str,
}

impl Paid {
    /// The flows on which payback is counted, discounted at a monthly rate.
    pub(crate) fn of(case: &Case<'_>, rate: f64) -> Self {
        let flows = case.evaluation.flows.without_end_proceeds();
        let growth = rate.ln_1p();
        let discounted = flows.iter().enumerate().map(|(t, flow)| flow * (-growth * t as f64).exp());
        Self {
            flows: if rate == 0.0 { flows.clone() } else { discounted.collect() },
            rounding: if rate == 0.0 { PLAIN } else { 0.0 },
            unit: Unit::Usd,
            flow: net_line(case.evaluation.basis),
            name: if rate == 0.0 { "Flow of the month" } else { "Discounted flow of the month" },
        }
    }

    /// `months before − cumulative before / flow of the month`, at most the month itself.
    pub(crate) fn derivation(&self, which: Which) -> Derivation {
        let mut crossings = Vec::new();
        let (mut sum, mut flowed, mut is_below) = (0.0, 0.0, false);
        for (t, flow) in self.flows.iter().enumerate() {
            let before: f64 = sum;
            sum += flow;
            flowed += flow.abs();
            if sum < -self.rounding * flowed {
                is_below = true;
            } else if is_below {
                is_below = false;
                crossings.push((t, before));
            }
        }
        let crossing = match which {
            Which::First => crossings.first(),
            Which::Last => crossings.last(),
        };
        match crossing {
            Some(&(t, _)) => self.crossing(t),
            None if is_below => Derivation { context: self.obstacles(), ..Derivation::default() },
            None => Derivation::of(super::expr::ZERO).noting("The cumulative flow is never below zero"),
        }
    }

    fn crossing(&self, t: usize) -> Derivation {
        let whole = operand("Whole months", t as f64 - 1.0, Unit::Months, Source::Plan("before".to_owned()));
        let terms = self.flows.iter().take(t).map(|flow| (0.0, *flow));
        let before = series("Cumulative before", self.unit, Source::Lines(self.flow, 0, t - 1), terms, 0.0);
        let flow = operand(self.name, self.flows[t], self.unit, Source::Line(self.flow, t));
        let crossing = whole - before / flow;
        if crossing.evaluate() <= t as f64 {
            return Derivation::of(crossing);
        }
        let month =
            operand("Month", t as f64, Unit::Months, Source::Plan("the end of that month".to_owned()));
        Derivation::of(crossing.at_most(month))
            .noting("What is missing then is only the rounding of the sums")
    }

    /// Extremes of the cumulative flow, for a missing payback.
    fn obstacles(&self) -> Vec<Operand> {
        let mut sums: Vec<f64> = Vec::with_capacity(self.flows.len());
        let mut sum = 0.0;
        for flow in &self.flows {
            sum += flow;
            sums.push(sum);
        }
        let lowest = (0..sums.len()).min_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(0);
        let best = (lowest..sums.len()).max_by(|a, b| sums[*a].total_cmp(&sums[*b])).unwrap_or(lowest);
        let at = |name: &str, t: usize| Operand {
            name: name.to_owned(),
            value: Ok(sums[t]),
            unit: self.unit,
            source: Source::Lines(self.flow, 0, t),
        };
        vec![
            at("Lowest cumulative flow", lowest),
            at("Highest after that", best),
            at("Cumulative flow at the end, without end proceeds", sums.len() - 1),
        ]
    }
}
