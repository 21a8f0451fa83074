//! Back-test of the network rule: errors of its hashrate against the record, beside two simple forecasts.
//!
//! From every month of the record a plan is made with the recorded price, and its network compared with the recorded
//! one. Months that are estimates are left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use wattfolio_economics::kernel::Market;
use wattfolio_economics::scenario::{CalendarMonth, NetworkRule, Scenario, Trajectory};

use crate::data;

/// The first months of the windows; each goes on to the end of the record.
const WINDOWS: [&str; 3] = ["2016-01", "2020-06", "2022-01"];
/// Months ahead.
const AHEAD: [u32; 4] = [6, 12, 24, 60];

/// A column of a recorded file by month; what is marked as an estimate is left out.
pub fn recorded(file: &str, month: &str, column: &str, with_estimates: bool) -> BTreeMap<CalendarMonth, f64> {
    let text = std::fs::read_to_string(data::path("../../assets/market").join(file)).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = |name: &str| names.iter().position(|column| *column == name);
    let (month, value, estimate) = (at(month).unwrap(), at(column).unwrap(), at("estimate"));
    let mut values = BTreeMap::new();
    for line in lines {
        // Only later columns may contain a comma.
        let cells: Vec<&str> = line.split(',').collect();
        if with_estimates || estimate.is_none_or(|estimate| cells[estimate] != "yes") {
            values.insert(cells[month].parse().unwrap(), cells[value].parse().unwrap());
        }
    }
    values
}

/// Recorded data, by month.
struct Record {
    /// Price at the end of the month, USD.
    close_usd: BTreeMap<CalendarMonth, f64>,
    /// Hashrate of the month's mean difficulty, EH/s.
    network_eh_s: BTreeMap<CalendarMonth, f64>,
    /// Height at the start of the month.
    height: BTreeMap<CalendarMonth, f64>,
    /// Fees as a share of the subsidy, from this month on.
    fees: BTreeMap<CalendarMonth, f64>,
}

impl Record {
    fn read() -> Self {
        Self {
            close_usd: recorded("btc_monthly.csv", "month", "close_usd", false),
            network_eh_s: recorded("difficulty_monthly.csv", "month", "implied_hashrate_ehs", false),
            height: recorded("heights_monthly.csv", "month", "height", true),
            fees: recorded("fees_by_era.csv", "from_month", "fees_share_of_subsidy", true),
        }
    }

    /// Mean subsidy and fees of the blocks of a month, BTC.
    fn reward_btc(&self, month: CalendarMonth) -> Option<f64> {
        let (from, until) = (*self.height.get(&month)?, *self.height.get(&month.plus(1))?);
        let subsidy = |height: f64| 50.0 / 2.0_f64.powf((height / 210_000.0).floor());
        let cut = until.min(((from / 210_000.0).floor() + 1.0) * 210_000.0);
        let mean = ((cut - from) * subsidy(from) + (until - cut) * subsidy(until - 1.0)) / (until - from);
        let fees = self.fees.range(..=month).next_back().map_or(0.0, |(_, share)| *share);
        Some(mean * (1.0 + fees))
    }

    /// The plan of a month with the recorded price and reward, as far as the record goes.
    fn scenario(&self, start: CalendarMonth, months: u32) -> Option<Scenario> {
        let before = start.before()?;
        let mut scenario = Scenario { start, horizon_months: months, ..Scenario::default() };
        let bitcoin = &mut scenario.bitcoin;
        bitcoin.network = NetworkRule::RESPONSIVE;
        bitcoin.network_hashrate_eh_s = (*self.network_eh_s.get(&before)?).into();
        let (mut prices, mut rewards) = (Vec::new(), Vec::new());
        for t in 1..=months {
            let month = start.plus(t - 1);
            let (open, close) = (self.close_usd.get(&month.before()?)?, self.close_usd.get(&month)?);
            prices.push((f64::from(t) - 0.5, (open * close).sqrt()));
            rewards.push((f64::from(t) - 0.5, self.reward_btc(month)?));
        }
        let path = |value, points| Trajectory { points, ..Trajectory::growing(value, 0.0) };
        bitcoin.price_usd = path(*self.close_usd.get(&before)?, prices);
        // The whole reward as fees, so that a halving falls on its recorded day.
        bitcoin.block_subsidy_btc = Some(0.0);
        bitcoin.fees_btc_per_block = path(self.reward_btc(start)?, rewards);
        Some(scenario)
    }
}

/// Root mean square errors of ln H of the rule, of +10 % a year and of no change, and the number of starts.
fn errors(record: &Record, window: CalendarMonth, ahead: u32) -> ([f64; 3], usize) {
    let (mut squares, mut count) = ([0.0; 3], 0);
    for start in (0..).map(|months| window.plus(months)).take_while(|start| start.year() < 2027) {
        let Some(came) = record.network_eh_s.get(&start.plus(ahead - 1)) else { continue };
        let Some(scenario) = record.scenario(start, ahead) else { continue };
        let levels = Market::compile(&scenario.validate().unwrap()).deterministic();
        let first = levels[0].network_eh_s;
        let years = (f64::from(ahead) - 0.5) / 12.0;
        let guesses = [levels[ahead as usize].network_eh_s, first * 1.1_f64.powf(years), first];
        for (square, guess) in squares.iter_mut().zip(guesses) {
            *square += (guess / came).ln().powi(2);
        }
        count += 1;
    }
    (squares.map(|square| (square / f64::from(count)).sqrt()), count as usize)
}

/// The chapter of `docs/VALIDATION.md`.
pub fn markdown() -> String {
    let record = Record::read();
    let mut text = "## The network rule on the recorded network\n\nFrom each month of a window a plan starts with the \
recorded hashrate of the month before and the prices and rewards that came; its network under \
`bitcoin.network` with the default numbers is compared with the recorded one. Root mean square error of ln H, \
beside \"+10 % a year\" and \"no change\". Months marked as estimates are left out; windows go on to June 2026. \
The rule was fitted to these years: grids fitted to data up to 2021 score .16 / .23 / .33 on 2022 to 2026, as \
its author found.\n\n| Starts from | Months ahead | Starts | The rule | +10 % a year | No change |\n\
| --- | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for window in WINDOWS {
        for ahead in AHEAD {
            let ([rule, growth, same], starts) = errors(&record, window.parse().unwrap(), ahead);
            if starts == 0 {
                continue;
            }
            writeln!(text, "| {window} | {ahead} | {starts} | {rule:.3} | {growth:.3} | {same:.3} |")
                .unwrap();
        }
    }
    text
}

#[test]
fn the_rule_beats_plain_guesses_two_years_ahead_in_every_window() {
    let record = Record::read();
    for (window, starts) in WINDOWS.into_iter().zip([103, 50, 31]) {
        let ([rule, growth, same], count) = errors(&record, window.parse().unwrap(), 24);
        assert_eq!(count, starts, "{window}");
        assert!(rule < growth && rule < same, "{window}: {rule} {growth} {same}");
    }
}
