//! A replay: what a plan of the past believed, what came, and every other start.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::business::Business;
use wattfolio_economics::history::{Gap, MachinePrice, Machines, Replay, Strip};
use wattfolio_economics::kernel::{Basis, MarketSeries};
use wattfolio_economics::results::measure::{self, Measure};
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::results::{Comparison, Curve, Evaluation};
use wattfolio_economics::scenario::{CalendarMonth, Scenario, ValidScenario};
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::json::{OUTPUT_SCHEMA, absent, maybe};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use crate::words::history as words;
use crate::{format, market_data};

/// A plan of the past that is replayed on the bundled record.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Whose flows are counted.
    pub basis: Basis,
    /// What the verdicts go by.
    pub criterion: Criterion,
    /// Which machine is bought.
    pub machines: Machines,
    /// First month of the plan.
    pub start: CalendarMonth,
}

/// The measures of plan and what came.
const FIGURES: [&Measure; 5] = [
    &measure::NPV_USD,
    &measure::PAYBACK_LAST_MONTHS,
    &measure::MULTIPLE,
    &measure::MIN_DSCR,
    &measure::SHORT_MONTHS,
];
/// Markets that are recorded, and power, which is not.
const SERIES: [MarketSeries; 5] = [
    MarketSeries::BtcPrice,
    MarketSeries::NetworkHashrate,
    MarketSeries::Hashprice,
    MarketSeries::PowerPrice,
    MarketSeries::Rental,
];

impl Exported for Replayed {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: both verdicts, figures, the gap by market, and sources"),
            (Shape::Value, "Everything, with every other start"),
            (Shape::Table, "One row a month: markets and cumulative cash, believed and as it came"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(self.words(&self.replay()?))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let strip = Strip::new(market_data::record(), &self.scenario, self.machines, self.basis)?;
        Ok(self.json(&self.replay()?, &strip))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        months_table(&self.replay()?, self.basis, sink)
    }
}

impl Replayed {
    fn replay(&self) -> Result<Replay, ExportError> {
        let record = market_data::record();
        Ok(Replay::new(record, &self.scenario, self.start, self.machines, self.basis)?)
    }

    /// The verdicts of the plan and of what came.
    fn verdicts(&self, replay: &Replay) -> [String; 2] {
        let sentence = |scenario: &Scenario, comparison: &Comparison| {
            let verdict = Verdict::new(scenario, comparison, None, self.criterion);
            crate::words::verdict::sentence(scenario, comparison, &verdict).to_string()
        };
        [sentence(replay.believed(), &replay.plan), sentence(replay.came_scenario(), &replay.came)]
    }

    fn words(&self, replay: &Replay) -> String {
        let [plan, came] = self.verdicts(replay);
        let mut text = format!("{}\n", format::visible_line(&self.title));
        // Writing to a string cannot fail.
        for business in Business::ALL {
            writeln!(text, "{}", words::verdict(replay, business)).ok();
        }
        writeln!(text, "\nThe plan’s verdict: {plan}\nWhat came: {came}\n{}.\n", self.basis.label()).ok();
        let mut rows = vec![vec![String::new(), "believed".to_owned(), "what came".to_owned()]];
        for business in Business::ALL {
            let (Ok(plan), Ok(came)) = (replay.plan.business(business), replay.came.business(business))
            else {
                continue;
            };
            for measure in FIGURES {
                let cell = |evaluation: &Evaluation| match measure.read(evaluation) {
                    Some(Ok(value)) => format::short(value, measure.unit),
                    Some(Err(reason)) => reason.to_string().split(':').next().unwrap_or_default().to_owned(),
                    None => String::new(),
                };
                rows.push(vec![format!("{}, {}", business.label(), measure.label), cell(plan), cell(came)]);
            }
        }
        text.push_str(&Grid(rows).render());
        for business in Business::ALL {
            let Some(gap) = replay.gap(business) else { continue };
            let share = |(driver, usd): &(wattfolio_economics::history::Driver, f64)| {
                format!("{} {}", driver.label(), format::signed(format::short(*usd, Unit::Usd), *usd))
            };
            let shares: Vec<String> = gap.shares.iter().map(share).collect();
            if !shares.is_empty() {
                writeln!(text, "\n{}, gap in NPV: {}", business.label(), shares.join(", ")).ok();
            }
            let both = replay.plan.business(business).ok().zip(replay.came.business(business).ok());
            if let Some(loan) = both.and_then(|(plan, came)| words::loan(plan, came, self.start)) {
                writeln!(text, "{loan}").ok();
            }
        }
        text.push('\n');
        for line in market_data::replay_sources(replay) {
            writeln!(text, "{line}").ok();
        }
        text
    }

    fn json(&self, replay: &Replay, strip: &Strip) -> Value {
        let [plan, came] = self.verdicts(replay);
        let mut root = json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "title": self.title,
            "basis": self.basis.id(),
            "start": self.start,
            "machines": self.machines.id(),
            "machine": replay.machine().map_or_else(|| absent("none was sold yet"), |machine| json!({
                "name": machine.name,
                "price_usd": machine.price_usd,
                "price": match machine.price {
                    MachinePrice::Own => "own".to_owned(),
                    MachinePrice::Listed { year } => format!("listed {year}"),
                    MachinePrice::Estimated => "estimate".to_owned(),
                },
            })),
            "last_recorded": calendar(replay, replay.last_recorded()),
            "estimates_from": replay.estimates_from().map_or_else(
                || absent("no month is an estimate"),
                |month| json!(calendar(replay, month)),
            ),
            "verdict": { "plan": plan, "came": came },
            "sources": market_data::replay_sources(replay),
        });
        for business in Business::ALL {
            root[business.id()] = business_json(replay, business);
        }
        root["months"] = months_json(replay);
        root["starts"] = starts_json(strip);
        root
    }
}

/// The calendar month of a month of the plan: month 0 is its begin.
fn calendar(replay: &Replay, month: usize) -> CalendarMonth {
    replay.start().plus((month as u32).saturating_sub(1))
}

/// What a month of the plan rests on.
fn standing(replay: &Replay, month: usize) -> &'static str {
    if month > replay.last_recorded() {
        "own_rules"
    } else if replay.estimates_from().is_some_and(|from| month >= from) {
        "estimate"
    } else {
        "recorded"
    }
}

fn business_json(replay: &Replay, business: Business) -> Value {
    let (plan, came) = match (replay.plan.business(business), replay.came.business(business)) {
        (Ok(plan), Ok(came)) => (plan, came),
        (Err(reason), _) | (_, Err(reason)) => return absent(&reason.to_string()),
    };
    let figures = |evaluation: &Evaluation| -> Map<String, Value> {
        let read = |measure: &&Measure| Some((measure.id.to_owned(), maybe(measure.read(evaluation)?)));
        FIGURES.iter().filter_map(read).collect()
    };
    let gap = |gap: Gap| {
        let shares: Map<String, Value> =
            gap.shares.iter().map(|(driver, usd)| (driver.id().to_owned(), json!(usd))).collect();
        json!({ "believed_usd": gap.believed_usd, "came_usd": gap.came_usd, "shares_usd": shares })
    };
    json!({
        "plan": figures(plan),
        "came": figures(came),
        "gap": replay.gap(business).map_or_else(|| absent("not evaluated"), gap),
        "plan_cumulative_usd": plan.curve(Curve::default()),
        "came_cumulative_usd": came.curve(Curve::default()),
    })
}

fn months_json(replay: &Replay) -> Value {
    let months = 0..=replay.believed().horizon_months as usize;
    let month = |t: usize| {
        let mut value =
            json!({ "month": t, "calendar": calendar(replay, t), "standing": standing(replay, t) });
        for series in SERIES {
            value[series.id()] = json!({
                "plan": replay.plan.network.values(series)[t],
                "came": replay.came.network.values(series)[t],
            });
        }
        value
    };
    months.map(month).collect()
}

fn starts_json(strip: &Strip) -> Value {
    let starts = (0..).map(|ahead| strip.first.plus(ahead)).zip(&strip.months);
    let start = |(start, month): (CalendarMonth, &wattfolio_economics::business::PerBusiness<_>)| {
        let mut value = json!({ "start": start });
        for business in Business::ALL {
            value[business.id()] = match &month[business] {
                Ok(wattfolio_economics::history::Cell {
                    npv_per_capital,
                    payback_months,
                    worst_drawdown,
                    ..
                }) => json!({
                    "npv_per_capital": maybe(*npv_per_capital),
                    "payback_months": maybe(*payback_months),
                    "worst_drawdown_per_capital": maybe(*worst_drawdown),
                }),
                Err(reason) => {
                    let reason: &wattfolio_economics::kernel::NotEvaluated = reason;
                    absent(&reason.to_string())
                }
            };
        }
        value
    };
    starts.map(start).collect()
}

fn months_table(replay: &Replay, basis: Basis, sink: &mut dyn TableSink) -> Result<(), ExportError> {
    let number =
        |name: String, is_required| Column { name: name.into(), kind: ColumnKind::Number, is_required };
    let mut columns = vec![
        Column::required("month", ColumnKind::Whole),
        Column::required("calendar", ColumnKind::Text),
        Column::required("standing", ColumnKind::Text),
    ];
    for series in SERIES {
        columns.extend(["plan", "came"].map(|side| number(format!("{side}_{}", series.id()), true)));
    }
    for business in Business::ALL {
        columns.extend(
            ["plan", "came"].map(|side| number(format!("{side}_{}_cumulative_usd", business.id()), false)),
        );
    }
    let start = vec![("start", replay.start().to_string())];
    sink.begin(&Table { name: "history", columns, about: about(Some(basis), &start) })?;
    let sides = [&replay.plan, &replay.came];
    let curve = |side: &Comparison, business| {
        side.business(business).ok().map(|found: &Evaluation| found.curve(Curve::default()))
    };
    let curves: Vec<Option<Vec<f64>>> =
        Business::ALL.into_iter().flat_map(|business| sides.map(|side| curve(side, business))).collect();
    let mut cells = Vec::new();
    for t in 0..=replay.believed().horizon_months as usize {
        cells.clear();
        cells.extend([
            Cell::Whole(t as u64),
            Cell::Text(calendar(replay, t).to_string().into()),
            Cell::Text(standing(replay, t).into()),
        ]);
        for series in SERIES {
            cells.extend(sides.map(|side| Cell::Number(side.network.values(series)[t])));
        }
        cells.extend(
            curves.iter().map(|curve| curve.as_ref().map_or(Cell::Empty, |curve| Cell::Number(curve[t]))),
        );
        sink.row(&cells)?;
    }
    Ok(())
}
