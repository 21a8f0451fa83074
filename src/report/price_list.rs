//! The price lists as tables for people and as JSON.

use serde_json::{Value, json};
use wattfolio_economics::catalogue::Unit;

use super::table::Grid;
use crate::format;
use crate::price_list::{self, Asic, Deal, GpuModel, PriceDate};

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceList {
    /// Mining machines.
    Asics,
    /// GPUs.
    Gpus,
    /// AI leases.
    Deals,
}

impl PriceList {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Asics, Self::Gpus, Self::Deals];

    /// The name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asics => "asics",
            Self::Gpus => "gpus",
            Self::Deals => "deals",
        }
    }
}

fn amount(value: Option<f64>, unit: Unit) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format::full(value, unit))
}

fn date(date: Option<&PriceDate>) -> String {
    date.map_or_else(|| "–".to_owned(), PriceDate::words)
}

/// A list as a table of words, one row a line.
pub fn price_table(list: PriceList) -> String {
    let head = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut rows = match list {
        PriceList::Asics => vec![head(&["Machine", "Hashrate", "Power", "Efficiency", "Price", "Seen"])],
        PriceList::Gpus => vec![head(&["GPU", "Power", "Price all-in", "Rental", "Rental seen"])],
        PriceList::Deals => vec![head(&["Lease", "IT power", "Term", "Fee", "Escalator", "Fee is"])],
    };
    match list {
        PriceList::Asics => rows.extend(price_list::asics().iter().map(asic_row)),
        PriceList::Gpus => rows.extend(price_list::gpus().iter().map(gpu_row)),
        PriceList::Deals => rows.extend(price_list::deals().iter().map(deal_row)),
    }
    Grid(rows).render()
}

fn asic_row(asic: &Asic) -> Vec<String> {
    vec![
        asic.name.clone(),
        format::full(asic.hashrate_th_s, Unit::ThPerSecond),
        format::full(asic.watts, Unit::Watt),
        format!("{} J/TH", format::plain(asic.joules_per_th)),
        amount(asic.price_usd, Unit::UsdPerMachine),
        date(asic.price_date.as_ref()),
    ]
}

fn gpu_row(gpu: &GpuModel) -> Vec<String> {
    let power = format::full(gpu.kw_per_gpu, Unit::Kw);
    vec![
        gpu.name.clone(),
        if gpu.is_all_in_power { format!("{power} with cooling") } else { power },
        amount(gpu.price_usd, Unit::UsdPerGpu),
        gpu.rental_usd_per_hour
            .map_or_else(|| "–".to_owned(), |rental| format::short(rental, Unit::UsdPerGpuHour)),
        date(gpu.rental_date.as_ref()),
    ]
}

fn deal_row(deal: &Deal) -> Vec<String> {
    let fee = deal.fee();
    let term = (deal.term_years > 0.0).then_some(deal.term_years);
    vec![
        deal.name.clone(),
        format::full(deal.it_mw, Unit::Mw),
        amount(term, Unit::Years),
        amount(fee.map(|fee| fee.usd_per_kw_month), Unit::UsdPerKwMonth),
        amount(deal.escalator, Unit::FractionPerYear),
        fee.map_or("–", |fee| fee.kind.words()).to_owned(),
    ]
}

/// A list as JSON, with the sources and remarks.
pub fn price_json(list: PriceList) -> Value {
    let words = |date: Option<&PriceDate>| date.map(PriceDate::words);
    match list {
        PriceList::Asics => price_list::asics()
            .iter()
            .map(|asic| {
                json!({
                    "name": asic.name,
                    "hashrate_th_s": asic.hashrate_th_s,
                    "watts": asic.watts,
                    "joules_per_th": asic.joules_per_th,
                    "price_usd": asic.price_usd,
                    "price_date": words(asic.price_date.as_ref()),
                    "source": asic.source,
                    "remark": asic.remark,
                })
            })
            .collect(),
        PriceList::Gpus => price_list::gpus()
            .iter()
            .map(|gpu| {
                json!({
                    "name": gpu.name,
                    "kw_per_gpu": gpu.kw_per_gpu,
                    "power_includes_cooling": gpu.is_all_in_power,
                    "gpu_price_usd": gpu.price_usd,
                    "rental_usd_per_gpu_hour": gpu.rental_usd_per_hour,
                    "rental_date": words(gpu.rental_date.as_ref()),
                    "source": gpu.source,
                    "remark": gpu.remark,
                })
            })
            .collect(),
        PriceList::Deals => price_list::deals().iter().map(deal_json).collect(),
    }
}

fn deal_json(deal: &Deal) -> Value {
    let fee = deal.fee();
    json!({
        "name": deal.name,
        "it_mw": deal.it_mw,
        "term_years": (deal.term_years > 0.0).then_some(deal.term_years),
        "total_usd": deal.total_usd,
        "fee_usd_per_kw_month": fee.map(|fee| fee.usd_per_kw_month),
        "fee_is": fee.map(|fee| fee.kind.words()),
        "fee_escalator": fee.map(|fee| fee.escalator),
        "published_escalator": deal.escalator,
        "capex_musd_per_mw": deal.capex_musd_per_mw,
        "who_pays_power": deal.power,
        "who_pays_capex": deal.capex,
        "noi_margin_percent": deal.noi_margin_percent,
        "source": deal.source,
        "remark": deal.remark,
    })
}
