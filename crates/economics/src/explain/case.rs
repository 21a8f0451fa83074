//! The explained plan, and its values as operands of formulas.

use std::sync::Arc;

use crate::business::Business;
use crate::catalogue::own::{Construction, LoanRows};
use crate::catalogue::{finance, rates};
use crate::explain::expr::{Expr, ONE, THOUSAND, TWELVE, maybe, operand, step};
use crate::explain::operand::{Series, Source};
use crate::input::{Input, Number};
use crate::kernel::{Absent, Line, MarketSeries, Timing};
use crate::results::{Comparison, Evaluation};
use crate::scenario::ValidScenario;
use crate::units::Unit;

/// A formula, or the reason for a zero line in the month.
pub(crate) type Formula = Result<Expr, String>;

/// A business of a scenario with its results.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    pub scenario: &'a ValidScenario,
    pub comparison: &'a Comparison,
    pub evaluation: &'a Evaluation,
}

/// Time at which a fleet or a site is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Month `t` of the plan.
    Month(usize),
    /// New machines at full ramp in the market of month `t`, in money of the start.
    New(usize),
}

impl Moment {
    /// The month of its market.
    pub(crate) const fn market_month(self) -> usize {
        match self {
            Self::Month(t) | Self::New(t) => t,
        }
    }
}

impl Case<'_> {
    pub(crate) const fn business(&self) -> Business {
        self.evaluation.business
    }

    pub(crate) const fn timing(&self) -> Timing {
        self.evaluation.timing
    }

    pub(crate) fn live(&self) -> usize {
        self.timing().live()
    }

    /// Last month, `T`.
    pub(crate) fn horizon(&self) -> usize {
        self.evaluation.horizon()
    }

    /// The value of an input; absent where it does not apply.
    pub(crate) fn input(&self, input: &Input<Number>) -> Expr {
        let value = (input.kind.get)(self.scenario).ok_or(Absent::NotApplicable);
        // `Interest, mining` is plain `Interest` within mining.
        let name = input.label.split(", ").next().unwrap_or(input.label);
        maybe(name, value, input.unit, Source::of(input))
    }

    /// Input rows of its construction, if it builds.
    const fn construction(&self) -> Option<Construction> {
        self.business().own_rows().construction
    }

    /// An input of its loan; absent without a loan.
    pub(crate) fn of_loan(&self, row: fn(LoanRows) -> &'static Input<Number>) -> Expr {
        let none =
            || maybe("Loan", Err(Absent::NotApplicable), Unit::Usd, Source::Plan("no loan".to_owned()));
        self.business().own_rows().loan.map_or_else(none, |rows| self.input(row(rows)))
    }

    /// A line of the ledger in a month.
    pub(crate) fn line(&self, line: Line, t: usize) -> Expr {
        operand(line.label(), self.value(line, t), line.unit(), Source::Line(line, t))
    }

    /// A line of the ledger in a month, named by the month.
    pub(crate) fn line_in_month(&self, line: Line, t: usize) -> Expr {
        operand(format!("Month {t}"), self.value(line, t), line.unit(), Source::Line(line, t))
    }

    /// A line of the ledger in the month before: the previous value of a running sum.
    pub(crate) fn line_before(&self, line: Line, t: usize) -> Expr {
        let name = format!("{} before", line.label());
        operand(name, self.value(line, t - 1), line.unit(), Source::Line(line, t - 1))
    }

    pub(crate) fn value(&self, line: Line, t: usize) -> f64 {
        self.evaluation.ledger.line(line)[t]
    }

    /// A line of the ledger added up over months, first and last included.
    pub(crate) fn lines(&self, name: &str, line: Line, from: usize, to: usize) -> Expr {
        let values = (from..=to).map(|t| self.value(line, t));
        series(name, line.unit(), Source::Lines(line, from, to), values.map(|value| (0.0, value)), 0.0)
    }

    /// A line of the ledger added up over the plan.
    pub(crate) fn over_the_plan(&self, name: &str, line: Line) -> Expr {
        self.lines(name, line, 0, self.horizon())
    }

    /// The present value at the discount rate of a line of the ledger.
    pub(crate) fn present_value(&self, name: &str, line: Line) -> Expr {
        let values = self.evaluation.ledger.line(line).iter().enumerate();
        let terms = values.map(|(t, value)| (t as f64, *value));
        series(name, line.unit(), Source::Lines(line, 0, self.horizon()), terms, self.monthly_discount_rate())
    }

    /// The discount rate a year: that of the business, or the shared one.
    pub(crate) fn discount_rate(&self) -> Expr {
        let has_own = self.business().own_discount_rate(self.scenario).is_some();
        self.input(if has_own { self.business().rate_row() } else { &rates::DISCOUNT_RATE })
    }

    /// The effective monthly discount rate.
    pub(crate) fn monthly_discount_rate(&self) -> f64 {
        crate::finance::monthly_rate(self.business().discount_rate(self.scenario))
    }

    /// A series of the market in a month.
    pub(crate) fn market(&self, series: MarketSeries, t: usize) -> Expr {
        let value = self.comparison.network.values(series)[t];
        operand(series.label(), value, series.unit(), Source::Network(series, t))
    }

    /// The price of electricity, USD/MWh.
    pub(crate) fn power_price(&self, t: usize) -> Expr {
        let series = MarketSeries::PowerPrice;
        let price = self.comparison.network.values(series)[t] * crate::units::KWH_PER_MWH;
        operand(series.label(), price, Unit::UsdPerMwh, Source::Network(series, t))
    }

    /// Share of full operation.
    pub(crate) fn ramp(&self, moment: Moment) -> Expr {
        let timing = self.timing();
        match (moment, self.construction()) {
            (Moment::Month(t), Some(rows)) if timing.share(t) < 1.0 => {
                let since = t.saturating_sub(self.live()) as f64;
                let since = operand("Months since live", since, Unit::Months, self.live_source());
                step("Ramp", Unit::Fraction, since / self.input(rows.ramp_months))
            }
            (Moment::Month(_), _) => {
                let words = format!("in full operation from month {}", timing.first_full_month());
                operand("Ramp", 1.0, Unit::Fraction, Source::Plan(words))
            }
            (Moment::New(_), _) => {
                operand("Ramp", 1.0, Unit::Fraction, Source::Plan("full operation".to_owned()))
            }
        }
    }

    /// Age of machines at mid-month, years.
    pub(crate) fn age_years(&self, moment: Moment) -> Expr {
        let months = match moment {
            Moment::Month(t) => (t as f64 - 0.5 - self.live() as f64).max(0.0),
            Moment::New(_) => 0.0,
        };
        operand("Age in years", months / 12.0, Unit::Years, Source::Plan("mid-month since live".to_owned()))
    }

    /// Age of machines at mid-month, months.
    pub(crate) fn age_months(&self, moment: Moment) -> f64 {
        match moment {
            Moment::Month(t) => (t as f64 - 0.5 - self.live() as f64).max(0.0),
            Moment::New(_) => 0.0,
        }
    }

    /// Yearly steps of inflation since the start.
    pub(crate) fn inflation(&self, moment: Moment) -> Expr {
        let years = match moment {
            Moment::Month(t) => t.saturating_sub(1) / 12,
            Moment::New(_) => 0,
        };
        yearly_steps("Inflation so far", self.input(&finance::INFLATION), years, "since the start")
    }

    pub(crate) fn live_source(&self) -> Source {
        Source::Plan(format!("live from month {}", self.live() + 1))
    }

    /// Reason for a missing line, which belongs to another business.
    pub(crate) fn has_no_line(&self) -> String {
        format!("{} has no such line", self.business().label())
    }

    /// An error until the business is live.
    pub(crate) fn is_live(&self, t: usize) -> Result<(), String> {
        if t > self.live() {
            Ok(())
        } else {
            Err(format!("{} is live only from month {}", self.business().label(), self.live() + 1))
        }
    }

    /// Number of months of construction.
    pub(crate) fn construction_months(&self) -> Expr {
        match self.construction() {
            Some(rows) if self.timing().build > 1 => self.input(rows.build_months),
            rows => {
                let nothing = || Source::Plan("nothing is built".to_owned());
                let source = rows.map_or_else(nothing, |rows| Source::of(rows.build_months));
                operand("Months of construction", 1.0, Unit::Months, source)
            }
        }
    }

    /// Share of a price left at an age: `share^(age/life)`.
    pub(crate) fn price_left(&self, age_months: f64, [share, life]: [&Input<Number>; 2]) -> Expr {
        if age_months == 0.0 {
            return operand("Price left", 1.0, Unit::Fraction, Source::Plan("new".to_owned()));
        }
        let age = operand("Age", age_months, Unit::Months, self.live_source());
        let left = self.input(share).raised_to(age / self.input(life));
        step("Price left", Unit::Fraction, left)
    }

    /// Straight-line value of the own works in a month, times the share that a buyer pays.
    pub(crate) fn works_value(&self, t: usize, works: Expr) -> Expr {
        let Some(rows) = self.construction() else { return super::expr::ZERO };
        let age = t.saturating_sub(self.live()) as f64;
        let age = operand("Age of the works", age, Unit::Months, self.live_source());
        let left = ONE - age / (self.input(rows.site_life_years) * TWELVE);
        let worth = self.input(rows.works_resale_share) * works * left.at_least(super::expr::ZERO);
        step("Works’ left value", Unit::Usd, worth)
    }
}

/// Yearly steps `(1 + rate)^years`.
pub(crate) fn yearly_steps(name: &str, rate: Expr, years: usize, since: &str) -> Expr {
    let years = operand("Full years", years as f64, Unit::Years, Source::Plan(since.to_owned()));
    step(name, Unit::Ratio, (ONE + rate).raised_to(years))
}

/// A sum over months: periods of discounting and value of each term, and the rate per period.
pub(crate) fn series(
    name: impl Into<String>,
    unit: Unit,
    source: Source,
    terms: impl Iterator<Item = (f64, f64)>,
    rate: f64,
) -> Expr {
    Expr::Series(Arc::new(Series { name: name.into(), unit, source, terms: terms.collect(), rate }))
}

/// Division by `1,000`, as from kilowatts to megawatts.
pub(crate) fn thousands(expr: Expr) -> Expr {
    expr / THOUSAND
}
