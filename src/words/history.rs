//! Sentences of the history page: what a plan of the past believed, and what came.

use wattfolio_economics::business::Business;
use wattfolio_economics::history::{Cell, Coverage, Driver, Gap, MachinePrice, Machines, Replay, Strip};
use wattfolio_economics::kernel::{Absent, MarketSeries, Maybe};
use wattfolio_economics::results::{Curve, Evaluation};
use wattfolio_economics::scenario::{CalendarMonth, Scenario};
use wattfolio_economics::units::Unit;

use super::{capitalised, duration, join};
use crate::format;

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
    let what = business.bought();
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
        "{}. The plan knew only what was known then, but for fees, an estimate made since; what came is the record, and the scenario’s own rules after it.",
        parts.join(", ")
    )
}

/// Multiple of the capital from which a loss is more than it: rounding is none.
const BEYOND: f64 = 1.005;

/// What it means that a curve falls below the capital; nothing where it does not.
pub fn beyond_capital(realised: &[f64]) -> &'static str {
    if realised.iter().any(|multiple| *multiple < -BEYOND) {
        "; below −1× more had to be paid in than the plan asked for"
    } else {
        ""
    }
}

/// A start of the strip in words.
pub fn cell(strip: &Strip, start: CalendarMonth, business: Business) -> String {
    match strip.cell(start, business) {
        Some(Ok(cell)) => {
            let of_capital = |value: Maybe<f64>, words: fn(f64) -> String| match value {
                Ok(value) => words(value),
                Err(reason) => reason.short().to_owned(),
            };
            let payback = match cell.payback_months {
                Ok(months) => format!("back in {}", duration(months)),
                Err(Absent::Never) => "never back".to_owned(),
                Err(reason) => reason.short().to_owned(),
            };
            let more = if cell.worst_drawdown.is_ok_and(|depth| depth > BEYOND) {
                ": more had to be paid in than planned"
            } else {
                ""
            };
            format!(
                "NPV {} per $, {payback}, worst drawdown {} of the capital{more}",
                of_capital(cell.npv_per_capital, multiple),
                of_capital(cell.worst_drawdown, |value| format!("{}×", format::grouped(value, 2)))
            )
        }
        Some(Err(reason)) => reason.to_string(),
        None => "nothing recorded".to_owned(),
    }
}

/// The starts of a business that have figures, by month.
fn known(strip: &Strip, business: Business) -> impl Iterator<Item = (CalendarMonth, &Cell)> {
    let months = (0..).map(|ahead| strip.first.plus(ahead)).zip(&strip.months);
    months.filter_map(move |(start, month)| Some((start, month[business].as_ref().ok()?)))
}

/// Which starts of a business earned their capital.
pub fn value_title(strip: &Strip, business: Business) -> String {
    let count = known(strip, business).count();
    let earns = |cell: &Cell| cell.npv_per_capital.is_ok_and(|npv| npv > 0.0);
    let starts: Vec<CalendarMonth> =
        known(strip, business).filter(|(_, cell)| earns(cell)).map(|(start, _)| start).collect();
    let runs = runs(&starts);
    let name = capitalised(business.word());
    match runs.as_slice() {
        _ if count == 0 => format!("No start of {} can be replayed", business.word()),
        [] => format!("{name}: none of {count} starts earned its capital"),
        _ if starts.len() == count => format!("{name}: each of {count} starts earned its capital"),
        _ if runs.len() <= 2 => {
            let span = |(first, last): &(CalendarMonth, CalendarMonth)| {
                if first == last {
                    first.short_name()
                } else {
                    format!("{} to {}", first.short_name(), last.short_name())
                }
            };
            let spans: Vec<String> = runs.iter().map(span).collect();
            format!("{name}: starts of {} earned their capital, the others did not", join(&spans))
        }
        _ => format!("{name}: {} of {count} starts earned their capital", starts.len()),
    }
}

/// Months in a row as their first and last.
fn runs(months: &[CalendarMonth]) -> Vec<(CalendarMonth, CalendarMonth)> {
    let mut runs: Vec<(CalendarMonth, CalendarMonth)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if last.plus(1) == *month => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    runs
}

/// Which starts of a business were paid back, and which soonest.
pub fn payback_title(strip: &Strip, business: Business) -> String {
    let count = known(strip, business).count();
    let back: Vec<(CalendarMonth, f64)> =
        known(strip, business).filter_map(|(start, cell)| Some((start, cell.payback_months.ok()?))).collect();
    let name = capitalised(business.word());
    match back.iter().min_by(|a, b| a.1.total_cmp(&b.1)) {
        _ if count == 0 => format!("No start of {} can be replayed", business.word()),
        None => format!("{name}: none of {count} starts was ever paid back"),
        Some((start, months)) => format!(
            "{name}: {} of {count} starts were paid back, that of {} soonest, in {}",
            back.len(),
            start.short_name(),
            duration(*months)
        ),
    }
}

/// Which start of a business fell deepest.
pub fn drawdown_title(strip: &Strip, business: Business) -> String {
    let depths = known(strip, business).filter_map(|(start, cell)| Some((start, cell.worst_drawdown.ok()?)));
    match depths.max_by(|a, b| a.1.total_cmp(&b.1)) {
        None => format!("No start of {} can be replayed", business.word()),
        Some((start, depth)) => format!(
            "{}: the start of {} fell deepest, by {} of its capital",
            capitalised(business.word()),
            start.short_name(),
            format::short(depth, Unit::Fraction)
        ),
    }
}

/// Where a curve stands, in multiples of its capital.
pub fn multiple(value: f64) -> String {
    format::signed(format!("{}×", format::grouped(value, 2)), value)
}

/// Plan and what came, as the title of their chart. What came stands in month `at` in multiples of the capital of the plan.
pub fn curve_title(plan: &Evaluation, came: &Evaluation, (start, at): (CalendarMonth, usize)) -> String {
    let planned = match plan.measures.payback_last_months {
        Ok(months) => {
            format!("Planned back in {}, by {}", duration(months), start.plus(months as u32).short_name())
        }
        Err(_) => "Not planned to be back".to_owned(),
    };
    let (month, name) = (at, calendar_month(start, at));
    let stands = plan.capital_usd().ok().zip(came.curve(Curve::default()).get(month).copied());
    match stands {
        Some((capital, usd)) => {
            format!("{planned}; in {name} what came stands at {}", multiple(usd / capital))
        }
        None => planned,
    }
}

/// What became of the loan of a business; `None` without one.
pub fn loan(plan: &Evaluation, came: &Evaluation, start: CalendarMonth) -> Option<String> {
    let hoped = plan.measures.service.min_dscr.ok()?;
    let got = came.measures.service.min_dscr.ok()?;
    // As the verdict says it.
    let cover = |value: f64| format!("{}×", format::significant(value, 2));
    let name = capitalised(plan.business.word());
    let short = &came.measures.service.short_months;
    let Some(first) = short.first() else {
        return Some(format!(
            "{name}’s loan was to be covered at least {}; it was served, covered at least {}.",
            cover(hoped),
            cover(got)
        ));
    };
    let month = calendar_month(start, *first);
    let months = came.flows.net.len() - 1;
    Some(format!(
        "{name}’s loan was to be covered at least {}; what came covered it {} at worst. From {month} on the reserve is gone and cash is short in {} of {months} months: without more of the owner’s money the loan is not served, which is bankruptcy.",
        cover(hoped),
        cover(got),
        short.len()
    ))
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
pub fn without_share(business: Business, driver: Driver, scenario: &Scenario) -> String {
    if driver == Driver::Power {
        return "as planned: no price is recorded".to_owned();
    }
    if driver.touches(business, scenario) {
        return "came as planned".to_owned();
    }
    let is_recorded = |driver: &Driver| *driver != Driver::Power && driver.touches(business, scenario);
    let earns = if Driver::ALL.iter().any(is_recorded) { "" } else { ": its revenue is as planned" };
    format!("does not touch {}{earns}", business.word())
}

/// The calendar month of month `t` of a plan.
fn calendar_month(start: CalendarMonth, t: usize) -> String {
    start.plus((t as u32).saturating_sub(1)).short_name()
}

/// How far a market went, as recorded and as believed.
pub fn market_title(replay: &Replay, series: MarketSeries) -> String {
    let last = replay.last_recorded();
    let is_estimate = replay.estimates_from().is_some_and(|from| from <= last);
    let estimate = if is_estimate { " (estimate)" } else { "" };
    let came = replay.came.network.values(series);
    let planned = replay.plan.network.values(series);
    let value = |values: &[f64]| {
        values.get(last).map_or_else(String::new, |value| format::short(*value, series.unit()))
    };
    let (name, month) = (series.label(), calendar_month(replay.start(), last));
    format!("{name} in {month}: {}{estimate}, believed {}", value(came), value(planned))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_without_a_share_says_which_business_it_does_not_touch() {
        let scenario = Scenario::default();
        for business in Business::ALL {
            for driver in Driver::ALL {
                let words = without_share(business, driver, &scenario);
                let touches = driver == Driver::Power || driver.touches(business, &scenario);
                assert_eq!(!words.contains(&format!("touch {}", business.word())), touches, "{words}");
            }
        }
        let words = |business, driver| without_share(business, driver, &scenario);
        assert_eq!(words(Business::Mining, Driver::Rental), "does not touch mining");
        assert_eq!(
            words(Business::Hosting, Driver::Price),
            "does not touch hosting: its revenue is as planned"
        );
        assert_eq!(words(Business::Hosting, Driver::Power), "as planned: no price is recorded");
        assert_eq!(words(Business::Leasing, Driver::Rental), "came as planned");
    }
}
