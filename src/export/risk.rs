//! The figures of a simulation: one list for the risk page, the terminal and files.

use std::fmt::Write as _;

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Absent;
use wattfolio_economics::risk::{BusinessRisk, Estimate, Paybacks, Share, Simulation};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::table::Grid;
use crate::format;
use crate::words::risk as words;

/// A figure of a business over all paths.
#[derive(Clone, Copy, Debug)]
pub struct RiskFigure {
    /// Stable name.
    pub id: &'static str,
    /// What people read.
    pub label: &'static str,
    /// One line: what it means.
    pub meaning: &'static str,
    /// Whether a line above sets it apart.
    pub starts_block: bool,
    /// Reads it.
    pub read: fn(&BusinessRisk) -> RiskValue,
}

/// The value of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RiskValue {
    /// Dollars.
    Usd(f64),
    /// Dollars with a standard error.
    UsdEstimate(Estimate),
    /// A loss in dollars with a standard error; a negative one is a gain.
    LossEstimate(Estimate),
    /// A share of paths with its count.
    Share(Share),
    /// Months; infinite for never.
    Months(f64),
    /// A rate a year, a fraction.
    Rate(f64),
    /// What does not exist, as in the plan.
    Absent(Absent),
    /// Not known yet.
    Pending,
}

impl RiskValue {
    /// The value in words.
    pub fn words(self) -> String {
        match self {
            Self::Usd(usd) => format::short(usd, Unit::Usd),
            Self::UsdEstimate(estimate) => format::short(estimate.value, Unit::Usd),
            Self::LossEstimate(loss) if loss.value < 0.0 => {
                format!("gain {}", format::short(-loss.value, Unit::Usd))
            }
            Self::LossEstimate(loss) => format::short(loss.value, Unit::Usd),
            Self::Share(share) => format::probability(&share),
            Self::Months(months) if months.is_finite() => format::months_as_years(months),
            Self::Months(_) => "never".to_owned(),
            Self::Rate(rate) => format::short(rate, Unit::Fraction),
            Self::Absent(reason) => reason.short().to_owned(),
            Self::Pending => "…".to_owned(),
        }
    }

    /// Whether there is no number to show.
    pub fn is_absent(self) -> bool {
        match self {
            Self::Months(months) => months.is_infinite(),
            Self::Absent(_) => true,
            Self::Usd(_)
            | Self::UsdEstimate(_)
            | Self::LossEstimate(_)
            | Self::Share(_)
            | Self::Rate(_)
            | Self::Pending => false,
        }
    }

    /// The standard error in words, if it has one: `± $52.1k`.
    pub fn error_words(self) -> Option<String> {
        match self {
            Self::UsdEstimate(estimate) | Self::LossEstimate(estimate) => {
                Some(format!("± {}", format::short(estimate.standard_error, Unit::Usd)))
            }
            Self::Share(share) => share.standard_error().map(format::share_error),
            _ => None,
        }
    }

    /// What stands in place of a standard error where the paths do not tell one.
    pub fn bound_words(self) -> Option<String> {
        match self {
            Self::Share(share) => format::bound(&share),
            _ => None,
        }
    }
}

const fn figure(
    id: &'static str,
    label: &'static str,
    meaning: &'static str,
    read: fn(&BusinessRisk) -> RiskValue,
) -> RiskFigure {
    RiskFigure { id, label, meaning, starts_block: false, read }
}

const fn first(figure: RiskFigure) -> RiskFigure {
    RiskFigure { starts_block: true, ..figure }
}

/// Every figure in order.
pub const RISK_FIGURES: [RiskFigure; 19] = {
    use RiskValue::{LossEstimate, Pending, Share, Usd, UsdEstimate};
    [
        figure("npv_mean_usd", "Mean NPV", "Net present value, averaged over all paths", |r| {
            UsdEstimate(r.npv.mean)
        }),
        figure("npv_sd_usd", "Std. deviation", "How far the net present values of the paths spread", |r| {
            Usd(r.npv.standard_deviation)
        }),
        first(figure("npv_p5_usd", "P5", "NPV that 5 % of paths stay below", |r| Usd(r.npv.quantiles[0]))),
        figure("npv_p25_usd", "P25", "NPV that a quarter of paths stays below", |r| Usd(r.npv.quantiles[1])),
        figure(
            "npv_p50_usd",
            "Median",
            "NPV that half of the paths stays below",
            |r| Usd(r.npv.quantiles[2]),
        ),
        figure("npv_p75_usd", "P75", "NPV that a quarter of paths exceeds", |r| Usd(r.npv.quantiles[3])),
        figure("npv_p95_usd", "P95", "NPV that 5 % of paths exceed", |r| Usd(r.npv.quantiles[4])),
        first(figure("loss", "Chance of loss", "Share of paths whose net present value is negative", |r| {
            Share(r.loss)
        })),
        figure(
            "var_usd",
            "VaR 95 %",
            "What is lost at least in the worst 5 % of paths; a gain is earned at least in 95 of 100",
            |r| LossEstimate(r.tail.value_at_risk),
        ),
        figure(
            "cvar_usd",
            "CVaR 95 %",
            "What is lost on average in the worst 5 % of paths; a gain is earned on average even there",
            |r| LossEstimate(r.tail.conditional_value_at_risk),
        ),
        figure(
            "runs_dry",
            "Cash runs out",
            "Share of paths in which reserve and cash since live fall below 0",
            |r| Share(r.runs_dry),
        ),
        first(figure("pays_back", "Pays back", "Share of paths that pay back within the plan", |r| {
            payback(r, |paybacks| Share(paybacks.share))
        })),
        figure("payback_p5_months", "Payback P5", "The fastest 5 % of paths pay back sooner", |r| {
            payback_at(r, 0)
        }),
        figure("payback_p50_months", "Payback median", "Half of the paths pay back sooner", |r| {
            payback_at(r, 2)
        }),
        figure("payback_p95_months", "Payback P95", "All but 5 % of paths pay back sooner", |r| {
            payback_at(r, 4)
        }),
        first(figure("irr_p5", "IRR P5", "Of the paths with a rate of return, 5 % earn less a year", |r| {
            rate(r, 0)
        })),
        figure("irr_p50", "IRR median", "Of the paths with a rate of return, half earn less a year", |r| {
            rate(r, 2)
        }),
        figure("irr_p95", "IRR P95", "Of the paths with a rate of return, 5 % earn more a year", |r| {
            rate(r, 4)
        }),
        figure(
            "without_irr",
            "Without IRR",
            "Share of paths whose flows have no meaningful rate of return",
            |r| r.irr.map_or(Pending, |irr| Share(irr.without)),
        ),
    ]
};

fn payback(risk: &BusinessRisk, read: impl FnOnce(&Paybacks) -> RiskValue) -> RiskValue {
    risk.payback.as_ref().map_or_else(|reason| RiskValue::Absent(*reason), read)
}

fn payback_at(risk: &BusinessRisk, quantile: usize) -> RiskValue {
    payback(risk, |paybacks| RiskValue::Months(paybacks.quantiles[quantile]))
}

fn rate(risk: &BusinessRisk, quantile: usize) -> RiskValue {
    let Some(irr) = risk.irr else { return RiskValue::Pending };
    irr.quantiles.map_or_else(RiskValue::Absent, |rates| RiskValue::Rate(rates[quantile]))
}

/// Whether a share is shown as a bound.
fn rests_on_none_or_all(simulation: &Simulation) -> bool {
    let risks = Business::ALL.into_iter().filter_map(|business| simulation.business(business).ok());
    risks
        .flat_map(|risk| RISK_FIGURES.map(|figure| (figure.read)(risk)))
        .any(|value| value.bound_words().is_some())
}

/// The figures for a terminal.
pub fn simulation_table(title: &str, scenario: &Scenario, simulation: &Simulation) -> String {
    let mut text = format!(
        "{}\n{}\n{} {}.\n\n",
        format::visible_line(title),
        words::risk_verdict(simulation),
        words::risk_conditions(scenario, simulation),
        simulation.basis.label(),
    );
    let header = std::iter::once(String::new()).chain(Business::ALL.map(|b| b.label().to_owned())).collect();
    let mut rows = vec![header];
    for figure in RISK_FIGURES {
        let cell = |business| match simulation.business(business) {
            Ok(risk) => {
                let value = (figure.read)(risk);
                let error = value.error_words().map(|error| format!(" {error}")).unwrap_or_default();
                format!("{}{error}", value.words())
            }
            Err(_) => "–".to_owned(),
        };
        rows.push(std::iter::once(figure.label.to_owned()).chain(Business::ALL.map(cell)).collect());
    }
    text.push_str(&Grid(rows).render());
    if rests_on_none_or_all(simulation) {
        text.push_str("\n< and >: no path, or every one; the bound is what so many paths support at 95 %.\n");
    }
    for business in Business::ALL {
        if let Err(reason) = simulation.business(business) {
            // Writing to a string cannot fail.
            write!(text, "\n{}: not simulated, {reason}\n", business.label()).ok();
        }
    }
    text
}
