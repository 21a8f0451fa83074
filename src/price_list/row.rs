//! The rows of the lists, and the validation of their CSV lines.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::date::PriceDate;

/// A row of a list.
pub(super) trait Listed: TryFrom<Self::Raw, Error = String> {
    /// The unvalidated CSV line.
    type Raw: DeserializeOwned;
}

/// A mining machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Asic {
    /// Model name.
    pub name: String,
    /// Hashrate, TH/s.
    pub hashrate_th_s: f64,
    /// Power at the wall, W.
    pub watts: f64,
    /// Energy per hash as quoted, J/TH.
    pub joules_per_th: f64,
    /// Price of a machine, USD.
    pub price_usd: Option<f64>,
    /// Date of that price.
    pub price_date: Option<PriceDate>,
    /// Year in which it came out.
    pub release_year: Option<u32>,
    /// Source of the figures.
    pub source: String,
    /// Remarks.
    pub remark: String,
}

/// A GPU with its share of server and network.
#[derive(Clone, Debug, PartialEq)]
pub struct GpuModel {
    /// Model name.
    pub name: String,
    /// IT power per GPU, kW; includes network and cooling if `is_all_in_power`.
    pub kw_per_gpu: f64,
    /// True if the power includes network and cooling.
    pub is_all_in_power: bool,
    /// All-in price per GPU, USD.
    pub price_usd: Option<f64>,
    /// Rental, USD per GPU-hour.
    pub rental_usd_per_hour: Option<f64>,
    /// Date of that rental; the price has the date of the source.
    pub rental_date: Option<PriceDate>,
    /// Source of the figures.
    pub source: String,
    /// Remarks.
    pub remark: String,
}

/// An AI lease of a bitcoin miner.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// Parties and date.
    pub name: String,
    /// IT power, MW.
    pub it_mw: f64,
    /// First term, years.
    pub term_years: f64,
    /// Value of the first term, USD.
    pub total_usd: Option<f64>,
    /// Fee as listed, USD per IT kW and month.
    pub listed_usd_per_kw_month: Option<f64>,
    /// Growth of the fee a year, fraction.
    pub escalator: Option<f64>,
    /// Cost of the fit-out in words, M USD per IT MW: `8-10`.
    pub capex_musd_per_mw: String,
    /// Party that pays the power.
    pub power: String,
    /// Party that pays the fit-out.
    pub capex: String,
    /// Share of the fee that is left to the landlord, percent in words: `80-85`.
    pub noi_margin_percent: String,
    /// Source of the figures.
    pub source: String,
    /// Remarks.
    pub remark: String,
}

/// A fee with its escalator and kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fee {
    /// USD per IT kW and month.
    pub usd_per_kw_month: f64,
    /// The escalator that belongs to it, fraction a year.
    pub escalator: f64,
    /// Kind of the fee.
    pub kind: FeeKind,
}

/// Kind of a fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeKind {
    /// That of the first year, as published.
    FirstYear,
    /// That of the first year, computed from total, term and escalator.
    FirstYearComputed,
    /// The average over the term.
    Average,
}

impl FeeKind {
    /// Description.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FirstYear => "first year",
            Self::FirstYearComputed => "first year, computed",
            Self::Average => "average of the term",
        }
    }
}

/// Mean of `(1 + escalator)^k` over the years of a term.
fn mean_growth(escalator: f64, years: f64) -> f64 {
    let years = years.max(1.0).round() as i32;
    (0..years).map(|k| (1.0 + escalator).powi(k)).sum::<f64>() / f64::from(years)
}

impl Deal {
    /// Total over term and IT power, USD per kW and month.
    fn average(&self) -> Option<f64> {
        let months_times_kw = self.term_years * 12.0 * self.it_mw * 1000.0;
        self.total_usd.filter(|_| months_times_kw > 0.0).map(|total| total / months_times_kw)
    }

    /// The fee for a plan.
    pub fn fee(&self) -> Option<Fee> {
        match (self.listed_usd_per_kw_month, self.average()) {
            // A listed fee beside a total is the average over the term, escalator included.
            (Some(listed), Some(_)) => {
                Some(Fee { usd_per_kw_month: listed, escalator: 0.0, kind: FeeKind::Average })
            }
            (Some(listed), None) => Some(Fee {
                usd_per_kw_month: listed,
                escalator: self.escalator.unwrap_or(0.0),
                kind: FeeKind::FirstYear,
            }),
            (None, Some(average)) => {
                let escalator = self.escalator.unwrap_or(0.0);
                let first = average / mean_growth(escalator, self.term_years);
                // Rounded to a tenth of a dollar, like the listed fees.
                let first = (first * 10.0).round() / 10.0;
                Some(Fee { usd_per_kw_month: first, escalator, kind: FeeKind::FirstYearComputed })
            }
            (None, None) => None,
        }
    }
}

/// A required number above zero.
fn positive(name: &str, value: Option<f64>) -> Result<f64, String> {
    match value {
        Some(value) if value.is_finite() && value > 0.0 => Ok(value),
        Some(value) => Err(format!("{name} is {value}; allowed: above 0")),
        None => Err(format!("{name} is missing")),
    }
}

/// An optional number; if present, it must be plausible.
fn perhaps(name: &str, value: Option<f64>) -> Result<Option<f64>, String> {
    value.map(|value| positive(name, Some(value))).transpose()
}

fn named(name: String, source: &str) -> Result<String, String> {
    if name.trim().is_empty() {
        return Err("a row has no name".to_owned());
    }
    if source.trim().is_empty() { Err(format!("{name} has no source")) } else { Ok(name) }
}

#[derive(Debug, Deserialize)]
pub struct RawAsic {
    model: String,
    th_s: Option<f64>,
    watts: Option<f64>,
    j_per_th: Option<f64>,
    price_usd: Option<f64>,
    price_date: String,
    release_year: Option<u32>,
    source: String,
    remark: String,
}

impl Listed for Asic {
    type Raw = RawAsic;
}

/// Largest relative difference of quoted and computed J/TH; quoted values are rounded to a half.
const EFFICIENCY_TOLERANCE: f64 = 0.03;

impl TryFrom<RawAsic> for Asic {
    type Error = String;

    fn try_from(raw: RawAsic) -> Result<Self, String> {
        let hashrate_th_s = positive("th_s", raw.th_s)?;
        let watts = positive("watts", raw.watts)?;
        let joules_per_th = positive("j_per_th", raw.j_per_th)?;
        if (watts / hashrate_th_s / joules_per_th - 1.0).abs() > EFFICIENCY_TOLERANCE {
            return Err(format!(
                "{watts} W over {hashrate_th_s} TH/s are not the {joules_per_th} J/TH of the same row"
            ));
        }
        // Mock prices in a source are placeholders.
        let is_placeholder = raw.price_date.contains("mock");
        let price_usd = perhaps("price_usd", raw.price_usd)?.filter(|_| !is_placeholder);
        Ok(Self {
            name: named(raw.model, &raw.source)?,
            hashrate_th_s,
            watts,
            joules_per_th,
            price_date: price_usd.and_then(|_| PriceDate::read(&raw.price_date)),
            price_usd,
            release_year: raw.release_year,
            source: raw.source,
            remark: raw.remark,
        })
    }
}

#[derive(Debug, Deserialize)]
pub struct RawGpu {
    model: String,
    it_kw_per_gpu: Option<f64>,
    all_in_kw_per_gpu: Option<f64>,
    price_usd_per_gpu_all_in: Option<f64>,
    rental_usd_per_hour: Option<f64>,
    rental_date: String,
    sources: String,
    remark: String,
}

impl Listed for GpuModel {
    type Raw = RawGpu;
}

impl TryFrom<RawGpu> for GpuModel {
    type Error = String;

    fn try_from(raw: RawGpu) -> Result<Self, String> {
        let it_kw = perhaps("it_kw_per_gpu", raw.it_kw_per_gpu)?;
        Ok(Self {
            name: named(raw.model, &raw.sources)?,
            kw_per_gpu: match it_kw {
                Some(kw) => kw,
                None => positive("all_in_kw_per_gpu", raw.all_in_kw_per_gpu)?,
            },
            is_all_in_power: it_kw.is_none(),
            price_usd: perhaps("price_usd_per_gpu_all_in", raw.price_usd_per_gpu_all_in)?,
            rental_usd_per_hour: perhaps("rental_usd_per_hour", raw.rental_usd_per_hour)?,
            rental_date: PriceDate::read(&raw.rental_date),
            source: raw.sources,
            remark: raw.remark,
        })
    }
}

#[derive(Debug, Deserialize)]
pub struct RawDeal {
    deal: String,
    it_mw: Option<f64>,
    term_years: Option<f64>,
    total_usd: Option<f64>,
    usd_per_kw_month: Option<f64>,
    capex_musd_per_mw: String,
    who_pays_power: String,
    who_pays_capex: String,
    noi_margin_pct: String,
    escalator_pct: Option<f64>,
    source: String,
    remark: String,
}

impl Listed for Deal {
    type Raw = RawDeal;
}

impl TryFrom<RawDeal> for Deal {
    type Error = String;

    fn try_from(raw: RawDeal) -> Result<Self, String> {
        let deal = Self {
            name: named(raw.deal, &raw.source)?,
            it_mw: positive("it_mw", raw.it_mw)?,
            // Model leases have no term.
            term_years: perhaps("term_years", raw.term_years)?.unwrap_or(0.0),
            total_usd: perhaps("total_usd", raw.total_usd)?,
            listed_usd_per_kw_month: perhaps("usd_per_kw_month", raw.usd_per_kw_month)?,
            escalator: perhaps("escalator_pct", raw.escalator_pct)?.map(|percent| percent / 100.0),
            capex_musd_per_mw: raw.capex_musd_per_mw,
            power: raw.who_pays_power,
            capex: raw.who_pays_capex,
            noi_margin_percent: raw.noi_margin_pct,
            source: raw.source,
            remark: raw.remark,
        };
        if let (Some(listed), Some(average)) = (deal.listed_usd_per_kw_month, deal.average())
            && (listed / average - 1.0).abs() > 0.01
        {
            return Err(format!("{listed} USD per kW-month is not the average {average:.1} of the total"));
        }
        Ok(deal)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::rows;
    use super::super::{asics, deals, find_asic, find_gpu, gpus};
    use super::*;

    #[test]
    fn the_bundled_lists_are_whole() {
        assert_eq!((asics().len(), gpus().len(), deals().len()), (25, 9, 15));
        let xp = find_asic("Antminer S21 XP").unwrap();
        assert_eq!((xp.hashrate_th_s, xp.watts, xp.price_usd), (270.0, 3645.0, Some(3454.0)));
        assert_eq!(xp.price_date.as_ref().unwrap().words(), "Oct 2026 (reseller)");
        assert_eq!(find_asic("Whatsminer M60S").unwrap().price_usd, None, "a mock value is no price");
        let b200 = find_gpu("B200").unwrap();
        assert_eq!((b200.kw_per_gpu, b200.price_usd, b200.is_all_in_power), (1.79, Some(54_000.0), false));
        assert!(find_gpu("GB300 NVL72").unwrap().is_all_in_power);
    }

    #[test]
    fn every_deal_has_a_fee_and_says_which() {
        for deal in deals() {
            let fee = deal.fee().unwrap();
            assert!((100.0..200.0).contains(&fee.usd_per_kw_month), "{}", deal.name);
        }
        let fee = |name: &str| deals().iter().find(|deal| deal.name.contains(name)).unwrap().fee().unwrap();
        assert_eq!(fee("Helios").kind, FeeKind::Average);
        assert_eq!(fee("Core42").kind, FeeKind::FirstYear);
        let river_bend = fee("River Bend");
        assert_eq!(
            (river_bend.usd_per_kw_month, river_bend.escalator, river_bend.kind),
            (128.0, 0.03, FeeKind::FirstYearComputed)
        );
    }

    #[test]
    fn faults_name_list_and_line() {
        let head = "model,th_s,watts,j_per_th,price_usd,price_date,release_year,source,remark\n";
        let list = |text: &str| rows::<RawAsic, Asic>("x.csv", text, Asic::try_from);
        let read = |line: &str| list(&format!("{head}{line}\n")).unwrap_err();
        assert_eq!(read("M,0,10,1,,,,s,"), "x.csv:2: th_s is 0; allowed: above 0");
        assert_eq!(read("M,,10,1,,,,s,"), "x.csv:2: th_s is missing");
        assert_eq!(read("M,10,10,1,,,,,"), "x.csv:2: M has no source");
        assert!(read("M,10,100,1,,,,s,").contains("not the 1 J/TH"));
        assert_eq!(read("M,ten,10,1,,,,s,"), "x.csv:2: th_s: “ten” is no number");
        assert!(read("M,10").contains("x.csv"));
        assert_eq!(list(head).unwrap_err(), "x.csv: no rows");
    }
}
