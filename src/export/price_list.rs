//! The price lists, for people and with sources and remarks for programs.

use serde_json::{Value, json};
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::json::absent;
use super::objects;
use super::table::{Column, ColumnKind, Table, TableSink, about};
use crate::format;
use crate::price_list::{self, Asic, Deal, GpuModel, PriceDate, PriceList};

/// The columns in order; the keys of an entry in JSON.
fn columns(list: PriceList) -> Vec<Column> {
    let text = |name| Column::required(name, ColumnKind::Text);
    let number = |name| Column::required(name, ColumnKind::Number);
    let known_text = |name| Column::optional(name, ColumnKind::Text);
    let known_number = |name| Column::optional(name, ColumnKind::Number);
    let own = match list {
        PriceList::Asics => vec![
            number("hashrate_th_s"),
            number("watts"),
            number("joules_per_th"),
            known_number("price_usd"),
            known_text("price_date"),
        ],
        PriceList::Gpus => vec![
            number("kw_per_gpu"),
            text("power_includes_cooling"),
            known_number("gpu_price_usd"),
            known_number("rental_usd_per_gpu_hour"),
            known_text("rental_date"),
        ],
        PriceList::Deals => vec![
            number("it_mw"),
            known_number("term_years"),
            known_number("total_usd"),
            known_number("fee_usd_per_kw_month"),
            known_text("fee_is"),
            known_number("fee_escalator"),
            known_number("published_escalator"),
            text("capex_musd_per_mw"),
            text("who_pays_power"),
            text("who_pays_capex"),
            text("noi_margin_percent"),
        ],
    };
    [text("name")].into_iter().chain(own).chain([text("source"), text("remark")]).collect()
}

/// One of the lists, or all of them.
#[derive(Clone, Copy, Debug)]
pub struct PriceLists(pub Option<PriceList>);

impl Exported for PriceLists {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people"),
            (Shape::Value, "With sources and remarks"),
            (Shape::Table, "One list with sources and remarks"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let tables: Vec<String> = match self.0 {
            Some(list) => vec![price_table(list)],
            None => PriceList::ALL.map(price_table).into(),
        };
        Ok(tables.join("\n") + "\n`--format json` adds sources and remarks.\n")
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let all = || PriceList::ALL.map(|list| (list.id().to_owned(), Value::Array(entries(list))));
        Ok(self.0.map_or_else(|| all().into_iter().collect(), |list| Value::Array(entries(list))))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let what = "one list: name asics, gpus or deals";
        let list = self.0.ok_or(ExportError::SeveralTables { format: sink.label(), what })?;
        let table = Table { name: list.id(), columns: columns(list), about: about(None, &[]) };
        Ok(objects::write(&table, &entries(list), sink)?)
    }
}

fn amount(value: Option<f64>, unit: Unit) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format::full(value, unit))
}

fn date(date: Option<&PriceDate>) -> String {
    date.map_or_else(|| "–".to_owned(), PriceDate::words)
}

/// A list as a table of words, one row a line.
fn price_table(list: PriceList) -> String {
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

/// What no source says.
const UNPUBLISHED: &str = "not published";

fn known(value: Option<impl Into<Value>>) -> Value {
    value.map_or_else(|| absent(UNPUBLISHED), Into::into)
}

fn known_date(date: Option<&PriceDate>) -> Value {
    known(date.map(PriceDate::words))
}

/// The entries of a list with sources and remarks. What is not published is `{"absent": "reason"}`.
fn entries(list: PriceList) -> Vec<Value> {
    match list {
        PriceList::Asics => price_list::asics().iter().map(asic_json).collect(),
        PriceList::Gpus => price_list::gpus().iter().map(gpu_json).collect(),
        PriceList::Deals => price_list::deals().iter().map(deal_json).collect(),
    }
}

fn asic_json(asic: &Asic) -> Value {
    json!({
        "name": asic.name,
        "hashrate_th_s": asic.hashrate_th_s,
        "watts": asic.watts,
        "joules_per_th": asic.joules_per_th,
        "price_usd": known(asic.price_usd),
        "price_date": known_date(asic.price_date.as_ref()),
        "source": asic.source,
        "remark": asic.remark,
    })
}

fn gpu_json(gpu: &GpuModel) -> Value {
    json!({
        "name": gpu.name,
        "kw_per_gpu": gpu.kw_per_gpu,
        "power_includes_cooling": gpu.is_all_in_power,
        "gpu_price_usd": known(gpu.price_usd),
        "rental_usd_per_gpu_hour": known(gpu.rental_usd_per_hour),
        "rental_date": known_date(gpu.rental_date.as_ref()),
        "source": gpu.source,
        "remark": gpu.remark,
    })
}

fn deal_json(deal: &Deal) -> Value {
    let fee = deal.fee();
    json!({
        "name": deal.name,
        "it_mw": deal.it_mw,
        "term_years": known((deal.term_years > 0.0).then_some(deal.term_years)),
        "total_usd": known(deal.total_usd),
        "fee_usd_per_kw_month": known(fee.map(|fee| fee.usd_per_kw_month)),
        "fee_is": known(fee.map(|fee| fee.kind.words())),
        "fee_escalator": known(fee.map(|fee| fee.escalator)),
        "published_escalator": known(deal.escalator),
        "capex_musd_per_mw": deal.capex_musd_per_mw,
        "who_pays_power": deal.power,
        "who_pays_capex": deal.capex,
        "noi_margin_percent": deal.noi_margin_percent,
        "source": deal.source,
        "remark": deal.remark,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_the_keys() {
        for list in PriceList::ALL {
            for entry in entries(list) {
                let keys: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
                let mut columns: Vec<_> = columns(list).into_iter().map(|column| column.name).collect();
                columns.sort_unstable();
                assert_eq!(columns, keys, "{}", list.id());
            }
        }
    }
}
