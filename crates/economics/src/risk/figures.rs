//! The catalogue of a simulation's figures: every one with its stable id, label and unit.

use super::share::Share;
use super::simulate::BusinessRisk;
use super::statistics::{Estimate, Paybacks};
use crate::kernel::{Absent, Better, Maybe};
use crate::units::Unit;

/// A figure of a business over all paths, described once.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RiskFigure {
    /// Stable name, such as `npv_mean_usd`.
    pub id: &'static str,
    /// Label for users.
    pub label: &'static str,
    /// Unit of the value and of its standard error; a share is a fraction.
    pub unit: Unit,
    /// Meaning in one line.
    pub meaning: &'static str,
    /// Topic; the figures of a topic are adjacent.
    pub topic: RiskTopic,
    /// Which of two values is the better one, as beside another scenario.
    pub better: Better,
    /// Whether the value is a loss, so that a negative one is a gain.
    pub is_loss: bool,
    read: fn(&BusinessRisk) -> RiskValue,
}

/// Subject of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RiskTopic {
    /// Mean and spread of the net present value.
    Mean,
    /// Quantiles of the net present value.
    Quantiles,
    /// Chance and size of a loss.
    Loss,
    /// Time to payback.
    Payback,
    /// Internal rates of return.
    Returns,
}

/// The value of a figure, in the unit of the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RiskValue {
    /// A number without a standard error of its own.
    Number(f64),
    /// A number with its standard error.
    Estimate(Estimate),
    /// A share of paths with its count.
    Share(Share),
    /// No value, with the reason.
    Absent(Absent),
    /// Not known yet: rates of return are found after the run.
    Pending,
}

impl RiskFigure {
    /// The value for a business.
    pub fn read(&self, risk: &BusinessRisk) -> RiskValue {
        (self.read)(risk)
    }

    const fn loss(self) -> Self {
        Self { is_loss: true, ..self }
    }
}

impl RiskValue {
    /// Standard error of the value over other seeds; none where the paths do not support one.
    pub fn standard_error(&self) -> Option<f64> {
        match self {
            Self::Estimate(estimate) => Some(estimate.standard_error),
            Self::Share(share) => share.standard_error(),
            Self::Number(_) | Self::Absent(_) | Self::Pending => None,
        }
    }
}

/// Topic and unit of figures.
#[derive(Clone, Copy)]
struct Kind(RiskTopic, Unit);

impl Kind {
    const fn figure(
        self,
        id: &'static str,
        label: &'static str,
        better: Better,
        meaning: &'static str,
        read: fn(&BusinessRisk) -> RiskValue,
    ) -> RiskFigure {
        RiskFigure { id, label, unit: self.1, better, meaning, topic: self.0, is_loss: false, read }
    }
}

/// Every figure in order.
pub const RISK_FIGURES: [RiskFigure; 27] = {
    use Better::{Less, More};
    use RiskValue::{Estimate, Number, Pending, Share};
    const MEAN: Kind = Kind(RiskTopic::Mean, Unit::Usd);
    const QUANTILE: Kind = Kind(RiskTopic::Quantiles, Unit::Usd);
    const LOSS: Kind = Kind(RiskTopic::Loss, Unit::Usd);
    const LOSS_SHARE: Kind = Kind(RiskTopic::Loss, Unit::Fraction);
    const LOSS_PER_CAPEX: Kind = Kind(RiskTopic::Loss, Unit::Ratio);
    const DELAY: Kind = Kind(RiskTopic::Loss, Unit::Months);
    const PAYBACK: Kind = Kind(RiskTopic::Payback, Unit::Months);
    const PAYBACK_SHARE: Kind = Kind(RiskTopic::Payback, Unit::Fraction);
    const RATE: Kind = Kind(RiskTopic::Returns, Unit::FractionPerYear);
    const RATE_SHARE: Kind = Kind(RiskTopic::Returns, Unit::Fraction);
    [
        MEAN.figure("npv_mean_usd", "Mean NPV", More, "Net present value, averaged over all paths", |r| {
            Estimate(r.npv.mean)
        }),
        MEAN.figure(
            "npv_sd_usd",
            "Std. deviation",
            Less,
            "How far the net present values of the paths spread",
            |r| Number(r.npv.standard_deviation),
        ),
        QUANTILE.figure("npv_p5_usd", "P5", More, "NPV that 5 % of paths stay below", |r| {
            Number(r.npv.quantiles[0])
        }),
        QUANTILE.figure("npv_p25_usd", "P25", More, "NPV that a quarter of paths stays below", |r| {
            Number(r.npv.quantiles[1])
        }),
        QUANTILE.figure("npv_p50_usd", "Median", More, "NPV that half of the paths stays below", |r| {
            Number(r.npv.quantiles[2])
        }),
        QUANTILE.figure("npv_p75_usd", "P75", More, "NPV that a quarter of paths exceeds", |r| {
            Number(r.npv.quantiles[3])
        }),
        QUANTILE.figure("npv_p95_usd", "P95", More, "NPV that 5 % of paths exceed", |r| {
            Number(r.npv.quantiles[4])
        }),
        LOSS_SHARE.figure(
            "loss",
            "Chance of loss",
            Less,
            "Share of paths whose net present value is negative",
            |r| Share(r.loss),
        ),
        LOSS_SHARE.figure(
            "capital_not_returned",
            "Capital not returned",
            Less,
            "Share of paths whose flows add up to less than 0, undiscounted and with end proceeds",
            |r| of_capital(r, || Share(r.capital_not_returned)),
        ),
        LOSS.figure(
            "var_usd",
            "VaR 95 %",
            Less,
            "What is lost at least in the worst 5 % of paths; a gain is earned at least in 95 of 100",
            |r| Estimate(r.tail.value_at_risk),
        )
        .loss(),
        LOSS.figure(
            "cvar_usd",
            "CVaR 95 %",
            Less,
            "What is lost on average in the worst 5 % of paths; a gain is earned on average even there",
            |r| Estimate(r.tail.conditional_value_at_risk),
        )
        .loss(),
        LOSS_PER_CAPEX
            .figure(
                "cvar_per_capex",
                "CVaR per dollar",
                Less,
                "CVaR over own capex, on the equity basis over peak equity: what ranks businesses by risk",
                |r| maybe(r.cvar_per_capex, Estimate),
            )
            .loss(),
        LOSS_SHARE.figure(
            "runs_dry",
            "Cash runs out",
            Less,
            "Share of paths in which reserve and cash since the end of the ramp fall below 0",
            |r| Share(r.runs_dry),
        ),
        LOSS.figure(
            "shortfall_p50_usd",
            "Shortfall, median",
            Less,
            "What half of the paths that run dry lack at least beside the reserve",
            |r| maybe(r.shortfall_usd, |[half, _]| Number(half)),
        )
        .loss(),
        LOSS.figure(
            "shortfall_p5_usd",
            "Shortfall, worst 5 %",
            Less,
            "What 5 % of the paths that run dry lack at least beside the reserve",
            |r| maybe(r.shortfall_usd, |[_, worst]| Number(worst)),
        )
        .loss(),
        LOSS_SHARE.figure(
            "customer_defaults",
            "Customer defaults",
            Less,
            "Share of paths on which a customer leaves before its term ends, within the plan",
            |r| maybe(r.customer_defaults, Share),
        ),
        LOSS_SHARE.figure(
            "loss_given_default",
            "Loss given default",
            Less,
            "Share of the paths with a customer's default whose net present value is negative",
            |r| maybe(r.loss_given_default, Share),
        ),
        DELAY.figure(
            "delay_mean_months",
            "Mean delay",
            Less,
            "Months by which works are late, averaged over all paths",
            |r| maybe(r.delay_months, |[mean, _]| Number(mean)),
        ),
        DELAY.figure(
            "delay_p95_months",
            "Delay P95",
            Less,
            "Months by which works of 5 % of paths are later",
            |r| maybe(r.delay_months, |[_, late]| Number(late)),
        ),
        PAYBACK_SHARE.figure(
            "pays_back",
            "Pays back",
            More,
            "Share of paths that pay back within the plan",
            |r| payback(r, |paybacks| Share(paybacks.share)),
        ),
        PAYBACK.figure(
            "payback_p5_months",
            "Payback P5",
            Less,
            "The fastest 5 % of paths pay back sooner",
            |r| payback_at(r, 0),
        ),
        PAYBACK.figure(
            "payback_p50_months",
            "Payback median",
            Less,
            "Half of the paths pay back sooner",
            |r| payback_at(r, 2),
        ),
        PAYBACK.figure(
            "payback_p95_months",
            "Payback P95",
            Less,
            "All but 5 % of paths pay back sooner",
            |r| payback_at(r, 4),
        ),
        RATE.figure(
            "irr_p5",
            "IRR P5",
            More,
            "Of the paths with a rate of return, 5 % earn less a year",
            |r| rate(r, 0),
        ),
        RATE.figure(
            "irr_p50",
            "IRR median",
            More,
            "Of the paths with a rate of return, half earn less a year",
            |r| rate(r, 2),
        ),
        RATE.figure(
            "irr_p95",
            "IRR P95",
            More,
            "Of the paths with a rate of return, 5 % earn more a year",
            |r| rate(r, 4),
        ),
        RATE_SHARE.figure(
            "without_irr",
            "Without IRR",
            Less,
            "Share of paths whose flows have no meaningful rate of return",
            |r| of_capital(r, || r.irr.map_or(Pending, |irr| Share(irr.without))),
        ),
    ]
};

fn maybe<T>(value: Maybe<T>, read: impl FnOnce(T) -> RiskValue) -> RiskValue {
    value.map_or_else(RiskValue::Absent, read)
}

/// A figure of the capital: absent, like the payback, where none is spent.
fn of_capital(risk: &BusinessRisk, read: impl FnOnce() -> RiskValue) -> RiskValue {
    payback(risk, |_| read())
}

fn payback(risk: &BusinessRisk, read: impl FnOnce(&Paybacks) -> RiskValue) -> RiskValue {
    risk.payback.as_ref().map_or_else(|reason| RiskValue::Absent(*reason), read)
}

fn payback_at(risk: &BusinessRisk, quantile: usize) -> RiskValue {
    payback(risk, |paybacks| {
        let months = paybacks.quantiles[quantile];
        if months.is_finite() { RiskValue::Number(months) } else { RiskValue::Absent(Absent::Never) }
    })
}

fn rate(risk: &BusinessRisk, quantile: usize) -> RiskValue {
    let Some(irr) = risk.irr else { return RiskValue::Pending };
    irr.quantiles.map_or_else(RiskValue::Absent, |rates| RiskValue::Number(rates[quantile]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Basis;
    use crate::scenario::Scenario;

    #[test]
    fn every_figure_has_a_name_of_its_own_and_topics_stand_together() {
        use RiskTopic::{Loss, Mean, Payback, Quantiles, Returns};

        let mut ids = RISK_FIGURES.map(|figure| figure.id).to_vec();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RISK_FIGURES.len());
        let mut topics: Vec<RiskTopic> = RISK_FIGURES.map(|figure| figure.topic).to_vec();
        topics.dedup();
        assert_eq!(topics, [Mean, Quantiles, Loss, Payback, Returns]);
    }

    #[test]
    fn values_are_those_of_the_run_and_rates_wait_for_theirs() {
        let mut scenario = Scenario::default();
        scenario.risk.paths = 100;
        let scenario = scenario.validate().unwrap();
        let simulation = super::super::simulate(&scenario, Basis::ProjectBeforeTax).unwrap();
        let risk = simulation.business(crate::business::Business::Mining).unwrap();
        let value = |id: &str| RISK_FIGURES.iter().find(|figure| figure.id == id).unwrap().read(risk);
        assert_eq!(value("npv_mean_usd"), RiskValue::Estimate(risk.npv.mean));
        assert_eq!(value("npv_mean_usd").standard_error(), Some(risk.npv.mean.standard_error));
        assert_eq!(value("loss").standard_error(), risk.loss.standard_error());
        assert_eq!(value("npv_p5_usd"), RiskValue::Number(risk.npv.quantiles[0]));
        assert_eq!((value("irr_p5"), value("irr_p5").standard_error()), (RiskValue::Pending, None));
        // A payback that most paths never reach is a reason, not an infinite number of months.
        let months = risk.payback.as_ref().unwrap().quantiles[4];
        assert!(months.is_infinite() && value("payback_p95_months") == RiskValue::Absent(Absent::Never));
    }
}
