//! The rental thresholds of Eugene Cheah's “$2 H100s”, and the true rates of return.

use super::{gpus, of_leasing};
use crate::business::Business;
use crate::kernel::{Line, find_zero};
use crate::published::plans::{evaluate, number, read, yearly_irr};
use crate::published::{Expectation, Published, Row, Source};
use crate::results::Evaluation;
use crate::scenario::Trajectory;
use crate::units::HOURS_PER_MONTH;

const CHEAH: Source = Source {
    name: "Eugene Cheah, $2 H100s: How the GPU Bubble Burst, latent.space/p/gpu-bubble",
    date: "2024-10-11",
};

/// The price falls to a half over five years, in yearly steps.
const STEPS: [f64; 5] = [1.0, 0.875, 0.75, 0.625, 0.5];

/// A GPU of $50,000 rented for five years, with $840 of power a year, at a rental that starts here.
fn h100(usd_per_hour: f64) -> Option<Evaluation> {
    let mut scenario = gpus(1, 60);
    scenario.leasing.gpu_price_usd = 50_000.0.into();
    scenario.leasing.opex_usd_per_gpu_hour = 840.0 / 8_760.0;
    let mut rental = Trajectory::growing(usd_per_hour, 0.0);
    for (year, steps) in (1..).zip(STEPS.windows(2)) {
        let month = 12.0 * f64::from(year);
        rental.points.extend([(month - 0.01, usd_per_hour * steps[0]), (month, usd_per_hour * steps[1])]);
    }
    scenario.leasing.rental_usd_per_gpu_hour = rental;
    evaluate(&scenario, Business::Leasing)
}

/// The article's “IRR”, %.
fn total_return(usd_per_hour: f64) -> f64 {
    read(h100(usd_per_hour).as_ref(), |run| number(&run.measures.annualised_total_return) * 100.0)
}

/// The plan's internal rate of return, %.
fn irr(usd_per_hour: f64) -> f64 {
    read(h100(usd_per_hour).as_ref(), |run| number(&run.measures.irr) * 100.0)
}

/// The internal rate of return of the yearly flows, %.
fn irr_of_years(usd_per_hour: f64) -> f64 {
    yearly_irr(h100(usd_per_hour).as_ref())
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = thresholds();
    rows.extend(true_rates());
    rows.extend(cash());
    rows
}

fn row(case: &'static str, published: Published, unit: &'static str) -> Row {
    Row::new("CHEAH", case, published, unit, CHEAH)
}

fn thresholds() -> Vec<Row> {
    const FORMULA: &str = "(Σ operating cash / capex)^(1/5) − 1";
    let factor = of_leasing(h100(1.65).as_ref(), |readouts| number(&readouts.break_even_rental_factor));
    vec![
        row("“IRR” at $4.50 an hour", Published::Words("20+ %", Some(20.0)), "%")
            .plan(FORMULA, total_return(4.50), Expectation::Between(20.0, 25.0))
            .remark(
                "$50,000 a GPU, 5 years, always rented, price falling to a half; power of $840 a year is \
                 assumed. The annualised total return fits all three thresholds; the reading is ours.",
            ),
        row("“IRR” at $2.85 an hour", Published::Words("barely above 10 %", Some(10.0)), "%").plan(
            FORMULA,
            total_return(2.85),
            Expectation::Between(10.0, 13.5),
        ),
        row("Rental below which the money is lost", Published::Printed(1.65), "USD/h").plan(
            "rental at which the plan's NPV is zero (at a discount rate of 0)",
            1.65 * factor,
            Expectation::Absolute(1.5e-3),
        ),
    ]
}

fn true_rates() -> Vec<Row> {
    const YEARLY: &str = "rate at which the flows of 5 years are worth nothing";
    const MONTHLY: &str = "rate at which the flows of 60 months are worth nothing";
    let gap = |rent: f64| irr(rent) - 10.0;
    let ten_percent = find_zero(gap, (1.7, gap(1.7)), (2.85, gap(2.85)));
    let called = |words, value| Published::Words(words, Some(value));
    vec![
        row("True IRR at $4.50, flows by year", called("20+ %", 20.0), "%").plan(
            YEARLY,
            irr_of_years(4.50),
            Expectation::Wrong { right: 59.5, within: 0.005 },
        ),
        row("True IRR at $2.85, flows by year", called("barely above 10 %", 10.0), "%")
            .plan(YEARLY, irr_of_years(2.85), Expectation::Wrong { right: 26.94, within: 0.005 })
            .remark("What the article calls IRR is not one: the rate of return is more than two and a half times as high."),
        row("True IRR at $4.50, flows by month", called("20+ %", 20.0), "%").plan(
            MONTHLY,
            irr(4.50),
            Expectation::Wrong { right: MONTHLY_IRR_450, within: 0.002 },
        ),
        row("True IRR at $2.85, flows by month", called("barely above 10 %", 10.0), "%").plan(
            MONTHLY,
            irr(2.85),
            Expectation::Wrong { right: MONTHLY_IRR_285, within: 0.002 },
        ),
        row("Rental at which the IRR is 10 %", Published::Words("2.85", Some(2.85)), "USD/h")
            .plan(
                "rental at which the plan's IRR is 10 % a year",
                ten_percent,
                Expectation::Wrong { right: TEN_PERCENT_RENTAL, within: 0.002 },
            )
            .remark("An investor who asks for 10 % can rent 30 % below the article's threshold."),
    ]
}

/// Independent solutions on flows of 730.5 hours a month, %.
const MONTHLY_IRR_450: f64 = 89.138_599;
const MONTHLY_IRR_285: f64 = 35.609_516;
/// Rental of 10 % a year on the same flows, USD/h.
const TEN_PERCENT_RENTAL: f64 = 1.984_787;

fn cash() -> Vec<Row> {
    let mut scenario = gpus(1, 60);
    scenario.leasing.gpu_price_usd = 50_000.0.into();
    scenario.leasing.rental_usd_per_gpu_hour = Trajectory::growing(4.70, 0.0);
    let flat = evaluate(&scenario, Business::Leasing);
    let per_year = read(flat.as_ref(), |run| run.ledger.line(Line::Revenue)[1] * 8_760.0 / HOURS_PER_MONTH);
    vec![
        row("Payback at $4.70", Published::Words("< 1.5 years", Some(1.5)), "years").plan(
            "first month at which cumulative cash is zero",
            read(flat.as_ref(), |run| number(&run.measures.payback_months) / 12.0),
            Expectation::Between(1.0, 1.5),
        ),
        row("Revenue of a GPU in a year at $4.70", Published::Words("over $100k", Some(100_000.0)), "USD")
            .plan("rental · 8,760 h", per_year, Expectation::Wrong { right: 41_172.0, within: 1e-9 })
            .remark("Inconsistent with the article's own rental by a factor of 2.4."),
    ]
}
