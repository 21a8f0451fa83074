//! The catalogue of a simulation's figures: every one with its stable id, label and unit.

use super::share::Share;
use super::simulate::BusinessRisk;
use super::statistics::{Distribution, Estimate, Paybacks, Tail, read};
use crate::kernel::{Absent, Better, Maybe};
use crate::results::Blocks;
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
    /// The figure of net present values alone, if nothing else enters it.
    of_npvs: Option<fn(&[f64]) -> f64>,
}

/// A figure is one of the catalogue.
impl PartialEq for RiskFigure {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
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

    /// The figure of some net present values, USD; `None` if more than these enters it.
    pub(crate) fn of_npvs(&self) -> Option<fn(&[f64]) -> f64> {
        self.of_npvs
    }

    const fn loss(self) -> Self {
        Self { is_loss: true, ..self }
    }

    const fn npvs(self, of_npvs: fn(&[f64]) -> f64) -> Self {
        Self { of_npvs: Some(of_npvs), ..self }
    }
}

impl RiskValue {
    /// The number in the unit of the figure, or the reason why there is none; `None` while it is not known yet.
    pub const fn number(self) -> Option<Maybe<f64>> {
        match self {
            Self::Number(value) => Some(Ok(value)),
            Self::Estimate(estimate) => Some(Ok(estimate.value)),
            Self::Share(share) => Some(Ok(share.value)),
            Self::Absent(reason) => Some(Err(reason)),
            Self::Pending => None,
        }
    }

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
        RiskFigure {
            id,
            label,
            unit: self.1,
            better,
            meaning,
            topic: self.0,
            is_loss: false,
            read,
            of_npvs: None,
        }
    }
}

/// Every figure in order.
pub const RISK_FIGURES: [RiskFigure; 27] =
    {
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
        })
        .npvs(|npvs| Distribution::new(npvs, Blocks::default()).mean.value),
        MEAN.figure(
            "npv_sd_usd",
            "Std. deviation",
            Less,
            "How far the net present values of the paths spread",
            |r| Number(r.npv.standard_deviation),
        )
        .npvs(|npvs| Distribution::new(npvs, Blocks::default()).standard_deviation),
        QUANTILE.figure("npv_p5_usd", "P5", More, "NPV that 5 % of paths stay below", |r| {
            Number(r.npv.quantiles[0])
        })
        .npvs(|npvs| read(npvs)[0]),
        QUANTILE.figure("npv_p25_usd", "P25", More, "NPV that a quarter of paths stays below", |r| {
            Number(r.npv.quantiles[1])
        })
        .npvs(|npvs| read(npvs)[1]),
        QUANTILE.figure("npv_p50_usd", "Median", More, "NPV that half of the paths stays below", |r| {
            Number(r.npv.quantiles[2])
        })
        .npvs(|npvs| read(npvs)[2]),
        QUANTILE.figure("npv_p75_usd", "P75", More, "NPV that a quarter of paths exceeds", |r| {
            Number(r.npv.quantiles[3])
        })
        .npvs(|npvs| read(npvs)[3]),
        QUANTILE.figure("npv_p95_usd", "P95", More, "NPV that 5 % of paths exceed", |r| {
            Number(r.npv.quantiles[4])
        })
        .npvs(|npvs| read(npvs)[4]),
        LOSS_SHARE.figure(
            "loss",
            "Chance of loss",
            Less,
            "Share of paths whose net present value is negative",
            |r| Share(r.loss),
        )
        .npvs(|npvs| npvs.iter().filter(|npv| **npv < 0.0).count() as f64 / npvs.len() as f64),
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
        .npvs(|npvs| Tail::new(npvs, Blocks::default()).value_at_risk.value)
        .loss(),
        LOSS.figure(
            "cvar_usd",
            "CVaR 95 %",
            Less,
            "What is lost on average in the worst 5 % of paths; a gain is earned on average even there",
            |r| Estimate(r.tail.conditional_value_at_risk),
        )
        .npvs(|npvs| Tail::new(npvs, Blocks::default()).conditional_value_at_risk.value)
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
mod tests;
