//! Sentences of the history page: what a plan of the past believed, and what came.

use wattfolio_economics::business::Business;
use wattfolio_economics::history::{Coverage, Driver, Gap, MachinePrice, Machines, Replay, Strip};
use wattfolio_economics::kernel::{Absent, MarketSeries, Maybe};
use wattfolio_economics::results::{Curve, Evaluation};
use wattfolio_economics::scenario::CalendarMonth;
use wattfolio_economics::units::Unit;

use super::{capitalised, duration, join};
use crate::format;

/// What a business buys, at the begin of a sentence.
const fn bought(business: Business) -> &'static str {
    match business {
        Business::Mining => "Machines",
        Business::Hosting => "Halls",
        Business::Leasing => "GPUs",
    }
}

/// When money was to be back: `in 13 months`, `never`.
fn when(payback: Maybe<f64>) -> String {
    match payback {
        Ok(months) => format!("in {}", duration(months)),
        Err(Absent::OnlyByResale) => "only by resale".to_owned(),
        Err(_) => "never".to_owned(),
    }
}

/// The sentence of the page.
pub fn verdict(replay: &Replay, business: Business) -> String {
    let start = replay.start().short_name();
    let what = bought(business);
    let (plan, came) = match (replay.plan.business(business), replay.came.business(business)) {
        (Ok(plan), Ok(came)) => (plan, came),
        (Err(reason), _) | (_, Err(reason)) => {
            return format!("{} of {start}: {reason}.", capitalised(business.word()));
        }
    };
    let (hoped, got) = (plan.measures.payback_last_months, came.measures.payback_last_months);
    if let (Err(Absent::NoCapex), _) | (_, Err(Absent::NoCapex)) = (hoped, got) {
        return format!("{what} of {start} need no capital of their own.");
    }
    let believed = match hoped {
        Ok(_) => format!("{what} of {start} were to be back {}", when(hoped)),
        Err(Absent::OnlyByResale) => format!("{what} of {start} were to be back only by resale"),
        Err(_) => format!("{what} of {start} were never to be back"),
    };
    let after = replay.last_recorded() as f64;
    let came = match got {
        Ok(months) if months > after => {
            format!("on the record and the scenario’s rules after it they are back {}", when(got))
        }
        Ok(_) => format!("they were back {}", when(got)),
        Err(Absent::OnlyByResale) => "they come back only by resale".to_owned(),
        Err(_) if hoped.is_err() => "and they never came back".to_owned(),
        Err(_) => "they never came back".to_owned(),
    };
    let joint = if got.is_err() && hoped.is_err() { ", " } else { "; " };
    format!("{believed}{joint}{came}.")
}

/// The line below it: what was bought, and what was known.
pub fn conditions(replay: &Replay, business: Business) -> String {
    let scenario = replay.believed();
    let mut parts = vec![business.label().to_owned()];
    if business == Business::Mining {
        let capacity = format::short(scenario.site.capacity_mw, Unit::Mw);
        let machine = replay.machine().map(|machine| {
            let price = format::short(machine.price_usd, Unit::UsdPerMachine);
            let of = match machine.price {
                MachinePrice::Own => "the scenario’s own price".to_owned(),
                MachinePrice::Listed { year } => format!("listed {year}"),
                MachinePrice::Estimated => "an estimate".to_owned(),
            };
            format!("{capacity} of {} at {price} ({of})", machine.name)
        });
        parts.extend(machine);
    }
    let power = scenario.power.price_usd_per_kwh.level(0);
    parts.push(format!("power {}", format::short(power, Unit::UsdPerKwh)));
    format!(
        "{}. The plan knew only what was known then; what came is the record, and the scenario’s own rules after it.",
        parts.join(", ")
    )
}

/// A value of the strip in words.
pub fn cell(strip: &Strip, start: CalendarMonth, business: Business) -> String {
    match strip.cell(start, business) {
        Some(Ok(cell)) => {
            let multiple = |value: Maybe<f64>| match value {
                Ok(value) => format::signed(format!("{}×", format::grouped(value, 2)), value),
                Err(reason) => reason.short().to_owned(),
            };
            let payback = match cell.payback_months {
                Ok(months) => format::months_as_years(months),
                Err(reason) => reason.short().to_owned(),
            };
            format!("{} NPV per $, payback {payback}", multiple(cell.npv_per_capital))
        }
        Some(Err(_)) | None => "nothing recorded".to_owned(),
    }
}

/// Which starts of a business earned their capital.
pub fn strip_title(strip: &Strip, business: Business) -> String {
    let earns = |index: usize| {
        strip.months[index][business]
            .as_ref()
            .is_ok_and(|cell| cell.npv_per_capital.is_ok_and(|npv| npv > 0.0))
    };
    let known = strip.months.iter().filter(|month| month[business].is_ok()).count();
    if known == 0 {
        return format!("Nothing is recorded of {}", business.word());
    }
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for index in (0..strip.months.len()).filter(|index| earns(*index)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == index => *last = index,
            _ => runs.push((index, index)),
        }
    }
    let name = capitalised(business.word());
    let month = |index: usize| strip.first.plus(index as u32).short_name();
    let count = runs.iter().map(|(first, last)| last - first + 1).sum::<usize>();
    match runs.as_slice() {
        [] => format!("{name}: none of {known} starts earned its capital"),
        _ if count == known => format!("{name}: each of {known} starts earned its capital"),
        _ if runs.len() <= 2 => {
            let span = |(first, last): &(usize, usize)| {
                if first == last { month(*first) } else { format!("{} to {}", month(*first), month(*last)) }
            };
            let spans: Vec<String> = runs.iter().map(span).collect();
            format!("{name}: starts of {} earned their capital, the others did not", join(&spans))
        }
        _ => format!("{name}: {count} of {known} starts earned their capital"),
    }
}

/// Where a curve stands, in multiples of its capital.
pub fn multiple(value: f64) -> String {
    format::signed(format!("{}×", format::grouped(value, 2)), value)
}

/// Plan and what came, as the title of their chart.
pub fn curve_title(plan: &Evaluation, came: &Evaluation, month: usize) -> String {
    let planned = match plan.measures.payback_last_months {
        Ok(months) => format!("Planned back in {}", duration(months)),
        Err(_) => "Not planned to be back".to_owned(),
    };
    let at = |evaluation: &Evaluation| {
        let capital = evaluation.capital_usd().ok()?;
        evaluation.curve(Curve::default()).get(month).map(|usd| usd / capital)
    };
    match at(came) {
        Some(value) => format!("{planned}; what came stands at {}", multiple(value)),
        None => planned,
    }
}

/// Which market made the difference.
pub fn gap_title(gap: &Gap) -> String {
    let total = gap.came_usd - gap.believed_usd;
    let mut shares = gap.shares.clone();
    shares.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let usd = |value: f64| format::short(value, Unit::Usd);
    match shares.as_slice() {
        [] => "What came is as planned".to_owned(),
        [(driver, share), ..] => {
            let verb = if *share < 0.0 { "took" } else { "gave" };
            let gap = format::signed(usd(total), total);
            format!("{} {verb} most: {} of {gap}", driver.label(), format::signed(usd(*share), *share))
        }
    }
}

/// Why a market has no bar in the gap.
pub const fn without_share(business: Business, driver: Driver) -> &'static str {
    match (business, driver) {
        (Business::Mining, Driver::Rental) => "does not touch mining",
        (Business::Hosting, Driver::Rental | Driver::Price | Driver::Network | Driver::Reward) => {
            "does not touch hosting: its fee is as planned"
        }
        (Business::Leasing, Driver::Price | Driver::Network | Driver::Reward) => "does not touch leasing",
        (_, Driver::Power) => "as planned: no price is recorded",
        _ => "came as planned",
    }
}

/// How far a market went, as recorded and as believed.
pub fn market_title(replay: &Replay, series: MarketSeries) -> String {
    let last = replay.last_recorded();
    let came = replay.came.network.values(series);
    let planned = replay.plan.network.values(series);
    let value = |values: &[f64]| {
        values.get(last).map_or_else(String::new, |value| format::short(*value, series.unit()))
    };
    format!("{}: {}, believed {}", series.label(), value(came), value(planned))
}

/// How often what came stayed inside.
pub fn coverage_title(coverage: &Coverage) -> String {
    let (inside, all) = (coverage.inside(), coverage.starts.len());
    if all == 0 {
        return "No start has enough record before and after it".to_owned();
    }
    let share = format::grouped(100.0 * inside as f64 / all as f64, 0);
    format!("{inside} of {all} starts, {share} %, stayed inside the 90 % band")
}

/// What is bought.
pub const fn machines(machines: Machines) -> &'static str {
    match machines {
        Machines::OfTheTime => "Machine of the time",
        Machines::Same => "Same machine",
    }
}
