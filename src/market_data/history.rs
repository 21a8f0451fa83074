//! The recorded files as the record that history judges plans by.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::Datelike as _;
use wattfolio_economics::history::{NotARecord, Record, Recorded, RecordedMachine, Series, resample};
use wattfolio_economics::risk::{FactorSource, Resampled};
use wattfolio_economics::scenario::{CalendarMonth, Scenario};

use super::recorded::{self, DateSpan, Estimate, RentalKind};
use crate::price_list::{self, Asic};

/// The month of the first published AI lease (Core Scientific and CoreWeave, `hosting_deals.csv`).
const FIRST_LEASE: CalendarMonth = CalendarMonth::known(2024, 6);
/// First month whose rentals are dated by more than a year.
const FIRST_RENTAL: CalendarMonth = CalendarMonth::known(2023, 4);
/// The month whose rental a scenario's rental stands for.
const RENTAL_NOW: CalendarMonth = CalendarMonth::known(2026, 9);
/// Prices of a month below which their median is an estimate.
const FEWEST_PRICES: usize = 3;
/// The month of the top of bitcoin before the crash of 2022.
const TOP: CalendarMonth = CalendarMonth::known(2021, 11);
/// What the remark of a price says that is far from all others.
const OUTLIER: &str = "outlier";

/// The record of the bundled files.
///
/// # Panics
/// If a bundled file is invalid, which a test rules out.
pub fn record() -> &'static Record {
    static RECORD: LazyLock<Record> = LazyLock::new(|| match read() {
        Ok(record) => record,
        Err(fault) => panic!("the bundled record: {fault}"),
    });
    &RECORD
}

/// The recorded months that a scenario is simulated from; `None` for its own risks.
///
/// # Panics
/// If the bundled record is too short, which a test rules out.
pub fn resampled(factors: FactorSource, scenario: &Scenario) -> Option<Arc<Resampled>> {
    match factors {
        FactorSource::Parametric => None,
        FactorSource::Bootstrap => match resample(record(), scenario) {
            Ok(resampled) => Some(Arc::new(resampled)),
            Err(fault) => panic!("the bundled record: {fault}"),
        },
    }
}

fn read() -> Result<Record, NotARecord> {
    let closes = recorded::btc_months();
    let close =
        Series::new(closes[0].month, closes.iter().map(|row| of(row.close_usd, row.estimate)).collect())?;
    let difficulties = recorded::difficulty_months();
    let network = Series::new(
        difficulties[0].month,
        difficulties.iter().map(|row| of(row.implied_hashrate_ehs, row.estimate)).collect(),
    )?;
    let rental = rental()?;
    let now = rental.get(RENTAL_NOW).map_or(1.0, |rental| rental.value);
    let fees = fees(close.last())?;
    let machines = price_list::asics().iter().filter_map(machine).collect();
    Ok(Record::new((close, network, fees), (rental, now), FIRST_LEASE, machines))
}

fn of(value: f64, estimate: Estimate) -> Recorded {
    let is_estimate = match estimate {
        Estimate::No | Estimate::Partly => false,
        Estimate::Proxy | Estimate::Rounded | Estimate::Yes => true,
    };
    Recorded { value, is_estimate }
}

/// The share of fees of each month, which holds until the next row; all of them are estimates.
fn fees(last: CalendarMonth) -> Result<Series, NotARecord> {
    let eras = recorded::fee_eras();
    let first = eras[0].from_month;
    let share = |month: CalendarMonth| {
        let era = eras.iter().rfind(|era| era.from_month <= month).unwrap_or(&eras[0]);
        of(era.fees_share_of_subsidy, era.estimate)
    };
    let months = (0..=last.months_since(first)).map(|ahead| share(first.plus(ahead)));
    Series::new(first, months.collect())
}

/// Medians of the hourly list prices of H100s by month, carried on where a month has none.
fn rental() -> Result<Series, NotARecord> {
    let mut months: BTreeMap<CalendarMonth, Vec<f64>> = BTreeMap::new();
    for point in recorded::rental_points() {
        let is_listed = point.kind == RentalKind::OnDemand && point.gpu.starts_with("H100");
        let month = month_of(point.date).filter(|month| *month >= FIRST_RENTAL);
        if let Some(month) = month.filter(|_| is_listed && !point.remark.contains(OUTLIER)) {
            months.entry(month).or_default().push(point.usd_per_gpu_hour);
        }
    }
    let last = months.keys().next_back().copied().unwrap_or(FIRST_RENTAL);
    let mut carried = None;
    let mut values = Vec::new();
    for month in (0..=last.months_since(FIRST_RENTAL)).map(|ahead| FIRST_RENTAL.plus(ahead)) {
        let prices = months.get(&month).map_or(&[][..], Vec::as_slice);
        carried = median(prices).or(carried);
        values.extend(carried.map(|value| Recorded { value, is_estimate: prices.len() < FEWEST_PRICES }));
    }
    Series::new(FIRST_RENTAL, values)
}

/// The month of a date that gives one.
fn month_of(date: DateSpan) -> Option<CalendarMonth> {
    let month = |date: chrono::NaiveDate| CalendarMonth::new(date.year().try_into().ok()?, date.month());
    month(date.first).filter(|first| month(date.last) == Some(*first))
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some((low + high) / 2.0)
}

/// A machine from July of the year in which it came out, or from the month of its price if that is earlier. A price of an
/// all-time high has no date, and is none.
fn machine(asic: &Asic) -> Option<RecordedMachine> {
    let july = CalendarMonth::new(asic.release_year?, 7)?;
    let date = asic.price_date.as_ref();
    let of_price = date.and_then(price_list::PriceDate::month);
    Some(RecordedMachine {
        name: asic.name.clone(),
        hashrate_th_s: asic.hashrate_th_s,
        watts: asic.watts,
        joules_per_th: asic.joules_per_th,
        sold_from: of_price.map_or(july, |month| month.min(july)),
        price: asic.price_usd.zip(date.and_then(price_list::PriceDate::year)),
    })
}

/// The start of a replay that nobody has chosen: that of the scenario, or the top of 2021 where that lies after the record.
pub fn usual_start(scenario: &Scenario) -> CalendarMonth {
    if scenario.start > record().last() { TOP } else { scenario.start.max(record().first_start()) }
}

/// A recorded series with its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordSource {
    /// Closes of bitcoin.
    Close,
    /// Difficulty of the network.
    Network,
    /// Fees of blocks.
    Fees,
    /// Hourly list prices of H100s.
    Rental,
}

/// Who recorded a value of a month.
pub fn source_of(series: RecordSource, month: CalendarMonth) -> Option<&'static str> {
    let text = match series {
        RecordSource::Close => recorded::btc_months().iter().find(|row| row.month == month)?.source.as_str(),
        RecordSource::Network => {
            recorded::difficulty_months().iter().find(|row| row.month == month)?.source.as_str()
        }
        RecordSource::Fees => {
            recorded::fee_eras().iter().rfind(|era| era.from_month <= month)?.source.as_str()
        }
        RecordSource::Rental => {
            let of_month =
                |point: &&recorded::RentalPoint| month_of(point.date).is_some_and(|of| of <= month);
            recorded::rental_points().iter().rfind(of_month)?.source.as_str()
        }
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> CalendarMonth {
        text.parse().unwrap()
    }

    #[test]
    fn the_bundled_record_goes_from_2014_to_september_2026() {
        let record = record();
        assert_eq!((record.first_start(), record.last()), (month("2014-10"), month("2026-09")));
        assert_eq!(record.last_recorded(), Some(month("2026-06")));
        assert_eq!(record.close_usd.get(month("2021-10")).unwrap().value.round(), 61_319.0);
        assert!(record.fee_share.get(month("2021-11")).unwrap().is_estimate);
        let months = |factors| resampled(factors, &Scenario::default()).map(|resampled| resampled.months());
        assert_eq!(FactorSource::ALL.map(months), [None, Some(139)]);
    }

    #[test]
    fn the_rental_of_a_month_is_the_median_of_its_list_prices() {
        let rental = |text: &str| record().rental_usd.get(month(text)).unwrap();
        // 5.08 and 4.85: two prices make no recorded median.
        assert_eq!(rental("2023-04"), Recorded { value: 4.965, is_estimate: true });
        // 1.99, 2.80 and 2.99.
        assert_eq!(rental("2023-06"), Recorded { value: 2.80, is_estimate: false });
        assert_eq!(rental("2023-07"), Recorded { value: 2.80, is_estimate: true }, "carried on");
        // Without the outlier of $0.69.
        assert_eq!(rental("2024-02").value, f64::midpoint(4.78, 4.29));
        assert_eq!(record().rental_now_usd, 3.82);
        assert!(record().rental_usd.get(month("2023-03")).is_none());
    }

    #[test]
    fn a_machine_is_sold_from_july_or_from_the_month_of_its_price() {
        let machine = |name: &str| {
            let mut all = record().machines.iter();
            all.find(|machine| machine.name == name).unwrap_or_else(|| panic!("{name}")).clone()
        };
        let s9 = machine("Antminer S9");
        assert_eq!((s9.sold_from, s9.price), (month("2016-06"), Some((2100.0, 2016))));
        let s19 = machine("Antminer S19 Pro");
        assert_eq!((s19.sold_from, s19.price), (month("2020-07"), Some((17_000.0, 2021))));
        assert_eq!(machine("Whatsminer M60S").price, None, "a mock value");
        assert_eq!(machine("SEALMINER A2").price, None, "an all-time high");
    }

    #[test]
    fn every_series_names_who_recorded_it() {
        for series in [RecordSource::Close, RecordSource::Network, RecordSource::Fees, RecordSource::Rental] {
            assert!(!source_of(series, month("2024-06")).unwrap().is_empty(), "{series:?}");
        }
        assert_eq!(source_of(RecordSource::Close, month("2030-01")), None);
    }
}
