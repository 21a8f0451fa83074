//! Sentences made from a simulation.

use std::fmt;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::kernel::MarketSeries;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::risk::{
    BusinessRisk, Driver, Markets, PathStory, Sampling, Share, Simulation, VarianceShares,
};
use wattfolio_economics::scenario::Scenario;
use wattfolio_economics::units::Unit;

use super::{capitalised, driver, join};
use crate::format;

/// Shares below this, or above 1 minus it, are not given in whole percent.
const ALMOST: f64 = 0.005;
/// Share of paths from which an event is called sure.
const SURE: f64 = 0.99;

/// Number of a hundred futures.
pub(super) enum Often {
    AlmostNone,
    AlmostAll,
    /// None of the paths: an upper bound.
    AtMost(f64),
    /// All of the paths: a lower bound.
    AtLeast(f64),
    About(f64),
}

impl Often {
    pub(super) fn new(share: &Share) -> Self {
        match (share.upper_95(), share.lower_95()) {
            (Some(upper), _) if upper > ALMOST => Self::AtMost((upper * 100.0 - 1e-9).ceil()),
            (_, Some(lower)) if lower < 1.0 - ALMOST => Self::AtLeast((lower * 100.0 + 1e-9).floor()),
            _ if share.value < ALMOST => Self::AlmostNone,
            _ if share.value > 1.0 - ALMOST => Self::AlmostAll,
            _ => Self::About(share.value * 100.0),
        }
    }
}

impl fmt::Display for Often {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlmostNone => f.write_str("almost none"),
            Self::AlmostAll => f.write_str("almost all"),
            Self::AtMost(count) => write!(f, "at most {count}"),
            Self::AtLeast(count) => write!(f, "at least {count}"),
            Self::About(count) => f.write_str(&format::grouped(*count, 0)),
        }
    }
}

/// The simulated businesses, the riskiest per dollar of capital first; those without capital by chance of loss behind them.
fn by_risk(simulation: &Simulation) -> Vec<(Business, &BusinessRisk)> {
    let tails = driver::by_tail(simulation).into_iter().map(|(business, risk, _)| (business, risk));
    let mut risks: Vec<_> = tails.collect();
    let has_tail: Vec<Business> = risks.iter().map(|(business, _)| *business).collect();
    risks.extend(by_loss(simulation).into_iter().filter(|(business, _)| !has_tail.contains(business)));
    risks
}

/// The simulated businesses, by decreasing chance of loss.
fn by_loss(simulation: &Simulation) -> Vec<(Business, &BusinessRisk)> {
    let mut risks: Vec<(Business, &BusinessRisk)> = Business::ALL
        .into_iter()
        .filter_map(|business| simulation.business(business).ok().map(|risk| (business, risk)))
        .collect();
    risks.sort_by(|a, b| b.1.loss.value.total_cmp(&a.1.loss.value));
    risks
}

/// The sentence of the risk page: the order of risk per dollar of capital with what drives each, where that is known, and
/// how often each loses.
pub fn risk_verdict(simulation: &Simulation, shares: Option<&PerBusiness<Option<VarianceShares>>>) -> String {
    let risks = by_risk(simulation);
    let Some(((first, risk), others)) = risks.split_first() else {
        return "Nothing could be simulated.".to_owned();
    };
    let order = driver::order_with(simulation, shares).map(|order| format!("{order}. ")).unwrap_or_default();
    order + &losses((*first, *risk), others)
}

/// How often each business loses.
fn losses((first, risk): (Business, &BusinessRisk), others: &[(Business, &BusinessRisk)]) -> String {
    let name = capitalised(first.word());
    let head = match Often::new(&risk.loss) {
        Often::AlmostNone if others.is_empty() => {
            return format!("{name} keeps its value in almost every future.");
        }
        Often::AlmostNone
            if others.iter().all(|(_, risk)| matches!(Often::new(&risk.loss), Often::AlmostNone)) =>
        {
            return "All keep their value in almost every future.".to_owned();
        }
        Often::AlmostAll => format!("{name} loses value in almost every future"),
        often => format!("{name} loses value in {often} of 100 futures"),
    };
    let others: Vec<String> = others
        .iter()
        .map(|(business, risk)| format!(", {} in {}", business.word(), Often::new(&risk.loss)))
        .collect();
    format!("{head}{}.", others.concat())
}

/// The line under the verdict: number of paths, and definition of a loss.
pub fn risk_conditions(scenario: &Scenario, simulation: &Simulation) -> String {
    let kind = match simulation.sampling {
        Sampling::Random => "simulated",
        Sampling::Quasi => "quasi-random",
    };
    format!(
        "{} {kind} paths, seed {}, of bitcoin price, network hashrate, GPU rental and electricity. {}\
         Loss: NPV below 0 at {}.",
        format::grouped(simulation.paths as f64, 0),
        format::grouped(simulation.seed as f64, 0),
        source(scenario, simulation),
        super::verdict::rates(scenario, simulation.basis),
    )
}

/// Where bitcoin and the network come from, unless from the risks of the scenario, and what the order of recorded months
/// leaves of the mean of bitcoin.
fn source(scenario: &Scenario, simulation: &Simulation) -> String {
    let Some(months) = &simulation.resampled else { return String::new() };
    let mean = format::significant(months.mean_at(scenario.horizon_months as usize), 3);
    let words =
        format!("Bitcoin and network are blocks of {} recorded months, twelve on average", months.months());
    format!("{words}; their order leaves the mean of bitcoin at the end at {mean} times the plan’s. ")
}

/// What a chance of loss rests on: where bitcoin and hashprice stand at the end, and how high the plan's price lies among
/// the simulated ones.
pub fn markets_line(markets: &Markets) -> String {
    let of = |series: MarketSeries| {
        let end = markets.end_of(series);
        end.map_or([0.0; 2], |end| [end.quantiles[2], end.planned])
            .map(|value| format::short(value, series.unit()))
    };
    let ([bitcoin, planned], [hashprice, _]) = (of(MarketSeries::BtcPrice), of(MarketSeries::Hashprice));
    format!(
        "At the end half of the paths have bitcoin below {bitcoin} and hashprice below {hashprice}; the plan’s bitcoin \
         price, {planned}, lies at P{}",
        format::grouped(markets.plan_percentile * 100.0, 0)
    )
}

/// The title of the fan of a market: where half of its paths end, and where the plan does.
pub fn market_title(markets: &Markets, series: MarketSeries) -> String {
    let Some(end) = markets.end_of(series) else { return String::new() };
    let [median, planned] = [end.quantiles[2], end.planned].map(|value| format::short(value, series.unit()));
    format!("{} {median} at the median, {planned} on plan", series.label())
}

/// Subtitle of the chart of a market: the quantiles; for the network the percentile of the plan's bitcoin price.
pub fn market_subtitle(markets: &Markets, series: MarketSeries) -> String {
    if series != MarketSeries::NetworkHashrate {
        return "P5, P25, P50, P75 and P95 by month; logarithmic".to_owned();
    }
    let price = markets.end_of(MarketSeries::BtcPrice);
    let median = price.map_or(0.0, |end| end.quantiles[2]);
    format!(
        "The plan’s bitcoin price lies at P{}; the median ends at {}",
        format::grouped(markets.plan_percentile * 100.0, 0),
        format::short(median, Unit::Usd)
    )
}

/// The title of the payback chart: the year by which each business is sure, or likely, to pay back.
pub fn payback_title(simulation: &Simulation) -> String {
    let (mut sure, mut even, mut below, mut free) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (business, risk) in by_loss(simulation).into_iter().rev() {
        let Ok(paybacks) = &risk.payback else {
            free.push((business, None));
            continue;
        };
        let months = |share: f64| paybacks.by_month.iter().position(|by| *by >= share);
        let year = |share: f64| months(share).map(|month| month.div_ceil(12).max(1));
        // Few paths cannot establish certainty, even if all of them paid back.
        let sure_year = year(SURE).filter(|_| paybacks.share.most_certain() >= SURE);
        match (sure_year, year(0.5)) {
            (Some(year), _) => sure.push((business, Some(year))),
            (None, Some(year)) => even.push((business, Some(year))),
            (None, None) => below.push((business, None)),
        }
    }
    let parts = [
        clause(&sure, "is sure", "are sure"),
        clause(&even, "reaches 50 %", "reach 50 %"),
        clause(&below, "stays below 50 %", "stay below 50 %"),
        clause(&free, "needs no capital of its own", "need no capital of their own"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    capitalised(&parts.join("; "))
}

/// `leasing is sure by year 5, hosting by year 10`.
fn clause(of: &[(Business, Option<usize>)], verb: &str, verb_of_many: &str) -> Option<String> {
    let ((first, year), others) = of.split_first()?;
    let Some(year) = year else {
        let names: Vec<&str> = of.iter().map(|(business, _)| business.word()).collect();
        let verb = if names.len() > 1 { verb_of_many } else { verb };
        return Some(format!("{} {verb}", join(&names)));
    };
    let others: Vec<String> = others
        .iter()
        .filter_map(|(business, year)| year.map(|year| format!(", {} by {year}", business.word())))
        .collect();
    Some(format!("{} {verb} by year {year}{}", first.word(), others.concat()))
}

/// The title of the histograms: the business with the widest spread of outcomes.
pub fn spread_title(simulation: &Simulation, comparison: &Comparison) -> String {
    let spread = |business| {
        let risk = simulation.business(business).ok()?;
        let usd = risk.npv.quantiles[4] - risk.npv.quantiles[0];
        Some((business, usd / comparison.capital_usd(business).ok()?))
    };
    let mut spreads: Vec<(Business, f64)> = Business::ALL.into_iter().filter_map(spread).collect();
    spreads.sort_by(|a, b| b.1.total_cmp(&a.1));
    match spreads.as_slice() {
        [] if by_loss(simulation).is_empty() => "Nothing could be simulated".to_owned(),
        [] => "There is no capital to compare with".to_owned(),
        [(widest, first), .., (narrowest, last)] if *first > 1.5 * last => {
            format!("{} spreads widest, {} least", capitalised(widest.word()), narrowest.word())
        }
        _ => "The outcomes spread alike".to_owned(),
    }
}

/// Share of a path's shortfall below which a driver is not mentioned.
const WORTH_A_WORD: f64 = 0.05;

/// Events of a path that hit a business, the costliest first: `Bitcoin fell 71 % by month 26 (−$14.2M)`.
pub fn story(story: &PathStory, business: Business) -> String {
    let Some(own) = &story.businesses[business] else { return String::new() };
    let mut causes: Vec<(Driver, f64)> = Driver::ALL.into_iter().zip(own.gain_without_usd).collect();
    causes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let worst = causes[0].1;
    let causes = causes.into_iter().filter(|(_, gain)| *gain > 0.0 && *gain >= WORTH_A_WORD * worst);
    let parts: Vec<String> = causes
        .take(3)
        .map(|(driver, gain)| {
            format!("{} ({})", event(story, business, driver), format::short(-gain, Unit::Usd))
        })
        .collect();
    if parts.is_empty() {
        return "Nothing went worse than planned.".to_owned();
    }
    format!("{}.", capitalised(&parts.join(", ")))
}

/// The worst point of a driver on a path, against its start or against the plan.
fn event(story: &PathStory, business: Business, driver: Driver) -> String {
    let percent = |share: f64| format!("{} %", format::grouped(share * 100.0, 0));
    let fall = |which: usize, name: &str| {
        let (levels, planned) = (&story.markets[which], &story.planned[which]);
        let (month, ratio) = least_ratio(levels, planned);
        let below = percent(1.0 - ratio);
        // Against a flat plan, the shortfall is a fall of the market itself.
        if (planned[month] - planned[0]).abs() < 0.05 * planned[0] {
            format!("{name} fell {below} by month {month}")
        } else {
            format!("{name} fell to {below} below its plan by month {month}")
        }
    };
    let own = story.businesses[business].as_ref();
    match driver {
        Driver::Bitcoin => fall(0, "bitcoin"),
        Driver::Rental => fall(2, "rental"),
        Driver::Network => {
            format!("the network averaged {} times its plan", format::significant(mean_ratio(story, 1), 3))
        }
        Driver::Power => {
            format!("electricity averaged {} times its plan", format::significant(mean_ratio(story, 3), 3))
        }
        Driver::Customer => match own.and_then(|own| own.default_month) {
            Some(month) => format!("the customer defaulted in month {month}"),
            // Its default may lie beyond the plan, and still cost a part of the end value.
            None => "the customer stayed for the plan".to_owned(),
        },
        Driver::Works => match own.map_or(0, |own| own.delay_months) {
            0 => "works cost more than planned".to_owned(),
            1 => "works were a month late".to_owned(),
            months => format!("works were {months} months late"),
        },
    }
}

/// The month in which a market was furthest below its plan, and its ratio to the plan.
fn least_ratio(levels: &[f64], planned: &[f64]) -> (usize, f64) {
    let ratios = levels.iter().zip(planned).map(|(level, plan)| level / plan.max(f64::MIN_POSITIVE));
    ratios.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 1.0))
}

/// Mean of a market, as a ratio to the mean of its plan.
fn mean_ratio(story: &PathStory, which: usize) -> f64 {
    let sum = |levels: &[f64]| levels.iter().skip(1).sum::<f64>();
    sum(&story.markets[which]) / sum(&story.planned[which]).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::business::PerBusiness;
    use wattfolio_economics::catalogue::DefaultSet;
    use wattfolio_economics::kernel::Basis;
    use wattfolio_economics::risk::{BusinessStory, simulate};

    use super::*;

    #[test]
    fn sentences_about_the_default_scenario() {
        // Customers who stay, works on time and a given network, so that leasing is sure to pay back.
        let mut scenario = DefaultSet::UNNAMED.scenario();
        scenario.risk.paths = 2000;
        let valid = scenario.validate().expect("valid");
        let simulation = simulate(&valid, Basis::default()).expect("threads");
        let verdict = risk_verdict(&simulation, None);
        assert!(verdict.starts_with("Per dollar of capital mining risks most, 9"), "{verdict}");
        assert!(verdict.contains(" %. Mining loses value in 7"), "{verdict}");
        assert!(verdict.contains(", leasing in almost none"), "{verdict}");
        let title = payback_title(&simulation);
        // The year in which the 99th of a hundred paths has paid back.
        let leasing = simulation.business(Business::Leasing).expect("evaluated");
        let mut paybacks = leasing.payback.as_ref().expect("needs capital").months.clone();
        paybacks.sort_by(f64::total_cmp);
        let year = (paybacks[paybacks.len() * 99 / 100 - 1] / 12.0).ceil();
        assert!(title.starts_with(&format!("Leasing is sure by year {year}, hosting by ")), "{title}");
        assert!(title.contains("; mining stays below 50 %"), "{title}");
        assert!(
            risk_conditions(&valid, &simulation).starts_with("2,000 simulated paths, seed 1, of bitcoin")
        );
    }

    #[test]
    fn few_paths_say_no_more_than_they_can() {
        let words = |hits, paths| Often::new(&Share::new(hits, paths)).to_string();
        assert_eq!([words(0, 100), words(100, 100), words(37, 100)], ["at most 3", "at least 97", "37"]);
        assert_eq!([words(0, 10_000), words(10_000, 10_000)], ["almost none", "almost all"]);
        assert_eq!([words(1, 1000), words(999, 1000)], ["almost none", "almost all"]);
        let mut scenario = DefaultSet::UNNAMED.scenario();
        scenario.risk.paths = 100;
        let simulation = simulate(&scenario.validate().expect("valid"), Basis::default()).expect("threads");
        assert!(
            simulation.business(Business::Leasing).expect("evaluated").loss.hits == 0,
            "the case that is meant"
        );
        let verdict = risk_verdict(&simulation, None);
        assert!(verdict.contains(", leasing in at most 3"), "{verdict}");
        // All of a few paths paid back, which does not make it sure.
        let title = payback_title(&simulation);
        assert!(!title.contains("sure"), "{title}");
    }

    #[test]
    fn a_story_names_what_cost_most_first() {
        let with_gains = |gains| {
            let mut story = BusinessStory::new(vec![0.0; 4], -5e6, gains);
            (story.default_month, story.delay_months) = (Some(2), 4);
            story
        };
        let gains = [
            (Business::Mining, [14.2e6, 3e6, 0.0, 1e3, 0.0, 0.0]),
            (Business::Hosting, [0.0, 0.0, 0.0, 0.0, 37.3e6, 5e6]),
            (Business::Leasing, [-1.0, 0.0, 2e6, 0.0, 0.0, 0.0]),
        ];
        let markets = [
            vec![100.0, 90.0, 40.0, 60.0],
            vec![800.0, 1600.0, 1600.0, 1600.0],
            vec![2.0, 1.8, 0.9, 1.5],
            vec![0.05; 4],
        ];
        let planned = [vec![100.0; 4], vec![800.0; 4], vec![2.0, 1.9, 1.8, 1.7], vec![0.05; 4]];
        let businesses = PerBusiness::new(|business| {
            gains.iter().find(|(of, _)| *of == business).map(|(_, gains)| with_gains(*gains))
        });
        let path = PathStory::new(3, [markets, planned], businesses);
        assert_eq!(
            story(&path, Business::Mining),
            "Bitcoin fell 60 % by month 2 (−$14.2M), the network averaged 2.00 times its plan (−$3.00M)."
        );
        assert_eq!(
            story(&path, Business::Hosting),
            "The customer defaulted in month 2 (−$37.3M), works were 4 months late (−$5.00M)."
        );
        assert_eq!(
            story(&path, Business::Leasing),
            "Rental fell to 50 % below its plan by month 2 (−$2.00M)."
        );
        let mut lucky = path;
        lucky.businesses =
            PerBusiness::new(|business| (business == Business::Mining).then(|| with_gains([-1.0; 6])));
        assert_eq!(story(&lucky, Business::Mining), "Nothing went worse than planned.");
        assert_eq!(story(&lucky, Business::Hosting), "");
    }
}
