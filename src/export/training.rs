//! The cost of known training runs in a scenario, and the energy of a query.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};
use wattfolio_economics::answers::training_cost::{
    Against, NotCosted, Prices, RunCost, TrainingCost, query_usd,
};
use wattfolio_economics::scenario::{CalendarMonth, ValidScenario};
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::json::{OUTPUT_SCHEMA, absent};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use crate::market_data::recorded::{Certainty, QueryEnergy, TrainingRun, query_energies, training_runs};
use crate::words::training as words;
use crate::{format, market_data};

/// Training runs priced in a scenario.
#[derive(Clone, Debug)]
pub struct TrainingCosts {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
}

/// Steps of the curves on either side of the scenario's own value, and steps to a factor of 2.
const STEPS: (i32, i32) = (8, 4);

/// Reads one cost of a run.
type Read = fn(&RunCost) -> &Result<f64, NotCosted>;

/// Names and readers of the costs of a run.
const COSTS: [(&str, Read); 4] = [
    ("rental_usd", |cost| &cost.rental_usd),
    ("own_usd", |cost| &cost.own_usd),
    ("own_at_miners_usd", |cost| &cost.own_at_miners_usd),
    ("own_answered_usd", |cost| &cost.own_answered_usd),
];

impl Exported for TrainingCosts {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: each run, and the energy of a query"),
            (Shape::Value, "Everything, with curves against bitcoin, rental and power"),
            (Shape::Table, "One row a run, as the scenario is and with a doubled bitcoin"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(Priced::new(&self.scenario).words(&self.title))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(Priced::new(&self.scenario).json(&self.title))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        Priced::new(&self.scenario).rows(sink)
    }
}

/// Everything that the forms have in common.
struct Priced {
    start: CalendarMonth,
    cost: TrainingCost,
    now: Prices,
    /// The markets at twice the bitcoin price; `None` where that is not allowed.
    doubled: Option<Prices>,
}

impl Priced {
    fn new(scenario: &ValidScenario) -> Self {
        let cost = market_data::training_cost(scenario);
        let (now, doubled) = (cost.now(), cost.at_bitcoin_times(2.0).ok());
        Self { start: scenario.start, cost, now, doubled }
    }

    /// Each run with its costs now and with a doubled bitcoin.
    fn runs(&self) -> impl Iterator<Item = (&'static TrainingRun, RunCost, Option<RunCost>)> {
        training_runs().iter().enumerate().filter_map(|(index, run)| {
            let doubled = self.doubled.as_ref().and_then(|prices| self.cost.cost(index, prices));
            Some((run, self.cost.cost(index, &self.now)?, doubled))
        })
    }

    fn words(&self, title: &str) -> String {
        let mut text = format!("{}\n", format::visible_line(title));
        // Writing to a string cannot fail.
        let drawn = self.runs().find(|(_, cost, _)| cost.own_usd.is_ok());
        if let Some((run, now, doubled)) = &drawn {
            writeln!(text, "{} ({})", words::verdict(now, doubled.as_ref()), run.model).ok();
        }
        writeln!(text, "{}\n", words::conditions(&self.cost, self.start)).ok();
        let answer_months = self.cost.answer_months();
        let mut head = vec!["run", "GPU", "hours", "rental", "own GPUs", "miner’s power"];
        // A network that does not answer leaves nothing for that column.
        head.extend(answer_months.map(|_| "answered"));
        head.extend(["bitcoin ×2", "hours known"]);
        let mut rows = vec![head.into_iter().map(str::to_owned).collect::<Vec<String>>()];
        for (run, now, doubled) in self.runs() {
            let doubled =
                doubled.map_or_else(|| "beyond".to_owned(), |cost| words::cost(&cost.own_at_miners_usd));
            let mut row = vec![run.model.clone(), run.gpu.clone(), words::hours(run.gpu_hours)];
            let shown = if answer_months.is_some() { &COSTS[..] } else { &COSTS[..COSTS.len() - 1] };
            row.extend(shown.iter().map(|(_, read)| words::cost(read(&now))));
            row.extend([doubled, certainty(run.certainty).to_owned()]);
            rows.push(row);
        }
        text.push_str(&Grid(rows).render());
        let answered = match answer_months {
            Some(months) => format!(
                "Miner’s power, answered and bitcoin ×2 are on own GPUs; answered is after {months} months."
            ),
            None => "Miner’s power and bitcoin ×2 are on own GPUs; this plan’s network does not answer."
                .to_owned(),
        };
        writeln!(text, "\n{answered} {}", self.power_words()).ok();
        text.push('\n');
        let mut rows =
            vec![["query", "date", "energy", "beside a web search", "source"].map(str::to_owned).to_vec()];
        for energy in query_energies() {
            rows.push(vec![
                energy.service.clone(),
                date_words(energy),
                format!("{} Wh", format::significant(energy.wh_per_query, 2)),
                searches_of(energy).map_or_else(String::new, words::searches),
                energy.source.clone(),
            ]);
        }
        text.push_str(&Grid(rows).render());
        text
    }

    /// What power costs the site, and what a miner could pay for it.
    fn power_words(&self) -> String {
        let site = format::short(self.now.site_usd_per_mwh, Unit::UsdPerMwh);
        match &self.now.miner_usd_per_mwh {
            Ok(usd) => format!(
                "Power costs the site {site}; a miner could pay {}.",
                format::short(*usd, Unit::UsdPerMwh)
            ),
            Err(reason) => format!("Power costs the site {site}; no miner: {reason}."),
        }
    }

    fn json(&self, title: &str) -> Value {
        let runs = self.runs().enumerate().map(|(index, (run, now, doubled))| {
            let mut value = json!({
                "model": run.model,
                "gpu": run.gpu,
                "gpu_hours": run.gpu_hours,
                "source": run.source,
                "certainty": certainty_id(run.certainty),
                "remark": run.remark,
                "bitcoin_doubled": doubled.as_ref().map_or_else(|| absent("beyond what is allowed"), cost_json),
            });
            for (name, read) in COSTS {
                value[name] = usd_json(read(&now));
            }
            for against in Against::ALL {
                value["against"][against.id()] = self.curve_json(index, against);
            }
            value
        });
        json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "title": title,
            "rental_elasticity": self.cost.strength(),
            "answer_months": self.cost.answer_months().map_or_else(|| absent(&NotCosted::NoAnswer.to_string()), |months| json!(months)),
            "now": prices_json(&self.now),
            "bitcoin_doubled": self.doubled.as_ref().map_or_else(|| absent("beyond what is allowed"), prices_json),
            "runs": runs.collect::<Vec<Value>>(),
            "queries": query_energies().iter().map(|energy| self.query_json(energy)).collect::<Vec<Value>>(),
        })
    }

    /// A run along an axis, in equal factors around the scenario's own value.
    fn curve_json(&self, run: usize, against: Against) -> Value {
        let own = self.cost.value(against);
        let point = |step: i32| {
            let value = own * 2f64.powf(f64::from(step) / f64::from(STEPS.1));
            let prices = self.cost.at(against, value).ok()?;
            let mut point = cost_json(&self.cost.cost(run, &prices)?);
            point[against.input()] = json!(value);
            Some(point)
        };
        (-STEPS.0..=STEPS.0).filter_map(point).collect()
    }

    fn query_json(&self, energy: &QueryEnergy) -> Value {
        let mut value = json!({
            "service": energy.service,
            "wh_per_query": energy.wh_per_query,
            "date": date_words(energy),
            "source": energy.source,
            "remark": energy.remark,
            "usd_at_the_site": query_usd(energy.wh_per_query, self.now.site_usd_per_mwh),
            "usd_at_a_miner": self.now.miner_usd_per_mwh.as_ref().map_or_else(
                |reason| absent(&reason.to_string()),
                |usd| json!(query_usd(energy.wh_per_query, *usd)),
            ),
        });
        if let Some(searches) = searches_of(energy) {
            value["web_searches"] = json!(searches);
        }
        value
    }

    fn rows(&self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let number =
            |name: String| Column { name: name.into(), kind: ColumnKind::Number, is_required: false };
        let mut columns = vec![
            Column::required("model", ColumnKind::Text),
            Column::required("gpu", ColumnKind::Text),
            Column::required("gpu_hours", ColumnKind::Number),
        ];
        columns.extend(COSTS.map(|(name, _)| number(name.to_owned())));
        columns.extend(COSTS.map(|(name, _)| number(format!("bitcoin_doubled_{name}"))));
        columns
            .extend(["certainty", "source", "without"].map(|name| Column::optional(name, ColumnKind::Text)));
        let about = about(None, &[("rental_elasticity", self.cost.strength().to_string())]);
        sink.begin(&Table { name: "training_cost", columns, about })?;
        for (run, now, doubled) in self.runs() {
            let cell =
                |usd: &Result<f64, NotCosted>| usd.as_ref().map_or(Cell::Empty, |usd| Cell::Number(*usd));
            let mut cells = vec![
                Cell::Text(run.model.as_str().into()),
                Cell::Text(run.gpu.as_str().into()),
                Cell::Number(run.gpu_hours),
            ];
            cells.extend(COSTS.map(|(_, read)| cell(read(&now))));
            cells
                .extend(COSTS.map(|(_, read)| doubled.as_ref().map_or(Cell::Empty, |cost| cell(read(cost)))));
            let reasons: Vec<String> = COSTS
                .iter()
                .filter_map(|(_, read)| read(&now).as_ref().err().map(ToString::to_string))
                .collect();
            let reason = reasons.first().cloned();
            cells.push(Cell::Text(certainty_id(run.certainty).into()));
            cells.push(Cell::Text(run.source.as_str().into()));
            cells.push(reason.map_or(Cell::Empty, |reason| Cell::Text(reason.into())));
            sink.row(&cells)?;
        }
        Ok(())
    }
}

fn usd_json<E: std::fmt::Display>(usd: &Result<f64, E>) -> Value {
    usd.as_ref().map_or_else(|reason| absent(&reason.to_string()), |usd| json!(usd))
}

fn cost_json(cost: &RunCost) -> Value {
    COSTS
        .iter()
        .map(|(name, read)| ((*name).to_owned(), usd_json(read(cost))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn prices_json(prices: &Prices) -> Value {
    json!({
        "btc_price_usd": prices.btc_price_usd,
        "rental_usd_per_gpu_hour": prices.rental_usd_per_gpu_hour,
        "site_usd_per_mwh": prices.site_usd_per_mwh,
        "miner_usd_per_mwh": usd_json(&prices.miner_usd_per_mwh),
        "answered_usd_per_mwh": usd_json(&prices.answered_usd_per_mwh),
    })
}

const fn certainty_id(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Read => "read",
        Certainty::Weak => "weak",
        Certainty::Estimate => "estimate",
    }
}

/// How well the hours of a run are known.
pub const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Read => "stated",
        Certainty::Weak => "weak",
        Certainty::Estimate => "estimate",
    }
}

/// The date of a figure as it was published: a month, or a year.
pub fn date_words(energy: &QueryEnergy) -> String {
    let (first, last) = (energy.date.first, energy.date.last);
    let text = first.format(if first.format("%Y-%m").to_string() == last.format("%Y-%m").to_string() {
        "%b %Y"
    } else {
        "%Y"
    });
    text.to_string()
}

/// Energy of a query over that of a web search; `None` for the search itself.
pub fn searches_of(energy: &QueryEnergy) -> Option<f64> {
    let search = query_energies().first()?;
    (energy != search).then(|| energy.wh_per_query / search.wh_per_query)
}
