//! Months of a listed miner: coins and power by its own report against the plan.

use super::miner::{Chain, miner, of_mining};
use crate::business::Business;
use crate::kernel::Line;
use crate::published::plans::{evaluate, first, number};
use crate::published::{Expectation, Published, Row, Source};
use crate::scenario::{Scenario, Trajectory};
use crate::units::DAYS_PER_MONTH;

/// A month by IREN's report, with the mean difficulty of that month.
struct Month {
    name: &'static str,
    days: f64,
    /// Average operating hashrate, EH/s.
    eh_s: f64,
    difficulty: f64,
    btc: f64,
    source: Source,
    remark: &'static str,
}

const fn month(
    (name, days): (&'static str, f64),
    eh_s: f64,
    difficulty: f64,
    btc: f64,
    source: &'static str,
) -> Month {
    Month { name, days, eh_s, difficulty, btc, source: Source { name: source, date: name }, remark: "" }
}

const RELEASE: &str = "IREN monthly company release";

const MONTHS: [Month; 9] = [
    month(("2024-11", 30.0), 19.7, 101.130e12, 379.0, RELEASE),
    month(("2024-12", 31.0), 28.1, 106.294e12, 529.0, RELEASE),
    month(("2025-01", 31.0), 29.0, 109.826e12, 521.0, "fr.advfn.com (company release)"),
    month(("2025-02", 28.0), 28.7, 111.692e12, 459.0, "goldea.capital and ih.advfn.com (company release)"),
    Month {
        remark: "A second miner is quoted with the same hashrate and coins: do not rely on this month alone.",
        ..month(("2025-03", 31.0), 30.3, 112.153e12, 533.0, RELEASE)
    },
    month(("2025-04", 30.0), 36.6, 121.001e12, 579.0, "todaysstocks.com (company release)"),
    month(("2025-05", 31.0), 38.4, 120.853e12, 627.0, "livenews.co.nz (company release)"),
    month(("2025-07", 31.0), 45.4, 123.176e12, 728.0, RELEASE),
    month(("2025-08", 31.0), 44.0, 129.055e12, 668.0, "utahbusinesspress.com (company release)"),
];

/// The fleet at 15 J/TH, in blocks of 10 PH/s so that any hashrate is a whole number of them.
fn fleet(month: &Month) -> Scenario {
    let chain =
        Chain { difficulty: month.difficulty, subsidy_btc: 3.125, fees_btc: 0.0, price_usd: 100_000.0 };
    miner(chain, month.eh_s * 100.0, 10_000.0, 150_000.0)
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = MONTHS.iter().map(coins).collect();
    rows.push(power_per_coin());
    rows
}

fn coins(month: &Month) -> Row {
    let run = evaluate(&fleet(month), Business::Mining);
    let computed = first(run.as_ref(), Line::BtcMined) * month.days / DAYS_PER_MONTH;
    let case = format!("IREN's coins of {} with {} EH/s, without fees", month.name, month.eh_s);
    Row::new("FLEET", case, Published::Printed(month.btc), "BTC", month.source)
        .plan(
            "4,383 · subsidy · fleet / network, times days / 30.4375",
            computed,
            Expectation::Ratio(1.0, 1.035),
        )
        .remark(month.remark)
}

fn power_per_coin() -> Row {
    let january = &MONTHS[2];
    let mut scenario = fleet(january);
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.038, 0.0);
    let run = evaluate(&scenario, Business::Mining);
    Row::new(
        "FLEET",
        "IREN's electricity per coin of 2025-01",
        Published::Printed(24_683.0),
        "USD/BTC",
        january.source,
    )
    .plan(
        "power bill / coins at 15 J/TH and 3.8 c/kWh",
        of_mining(run.as_ref(), |readouts| number(&readouts.power_cost_per_btc_usd)),
        Expectation::Relative(0.05),
    )
    .remark("3.8 c/kWh is the company's mean of the fiscal year; this month's figure implies 3.9 c/kWh.")
}
