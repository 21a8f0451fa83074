//! The mixes of a site, and a portfolio of sites.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use wattfolio_economics::answers::mix::{Mixed, Mixes, Per, PlanOfMix, Portfolio, SiteRisk};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::{Estimate, Share};
use wattfolio_economics::scenario::ValidScenario;
use wattfolio_economics::units::Unit;

use super::exported::{ExportError, Exported, Shape};
use super::grid::Grid;
use super::json::{OUTPUT_SCHEMA, absent, maybe};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};
use crate::format;
use crate::words::mix as words;

/// The mixes of a scenario.
#[derive(Clone, Debug)]
pub struct MixReport {
    /// Title of the scenario.
    pub title: String,
    /// The scenario.
    pub scenario: Arc<ValidScenario>,
    /// Its mixes.
    pub mixes: Arc<Mixes>,
    /// What the best mix is best by.
    pub criterion: Criterion,
    /// Whether the words are per dollar or of the whole site.
    pub per: Per,
    /// Sites that stand beside it, if there are any.
    pub portfolio: Option<Portfolio>,
}

impl Exported for MixReport {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: mixes that matter, the hedge, and the plan of the scenario's own mix"),
            (Shape::Value, "Everything, with every mix in steps of 5 % and the frontiers"),
            (
                Shape::Table,
                "One row a mix: the grid, the frontiers, the scenario's own, and the best; sites beside it, and all together",
            ),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(self.words())
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(self.json())
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        self.rows(sink)
    }
}

/// Mixes that have names, in their order on the page, per dollar or of the whole site; the one that is best by a criterion
/// among them.
pub fn named_mixes(mixes: &Mixes, per: Per, criterion: Criterion) -> Vec<(&'static str, &Mixed)> {
    let frontier = mixes.frontier_of(per);
    let most = match per {
        Per::Dollar => Criterion::ValuePerCapex,
        Per::Site => Criterion::Value,
    };
    let best = if criterion == most { None } else { mixes.best_by(criterion) };
    let named = [
        ("Now", mixes.now.as_ref()),
        ("Same risk", mixes.same_risk_of(per)),
        ("Least risk", frontier.first()),
        (words::best(most), frontier.last()),
        (words::best(criterion), best),
    ];
    named.into_iter().filter_map(|(name, mixed)| Some((name, mixed?))).collect()
}

impl MixReport {
    fn words(&self) -> String {
        let (mixes, per) = (&self.mixes, self.per);
        let mut text = format!("{}\n{}\n", format::visible_line(&self.title), words::verdict(mixes, per));
        // Writing to a string cannot fail.
        writeln!(text, "{}", words::conditions(&self.scenario, mixes, per)).ok();
        let left_out = words::left_out(mixes);
        if !left_out.is_empty() {
            writeln!(text, "{left_out}").ok();
        }
        let mut rows = vec![vec![String::new()]];
        rows[0].extend(Business::ALL.map(|business| business.word().to_owned()));
        let figures: &[&str] = match per {
            Per::Dollar => &["capital", "NPV", "NPV per $", "worst 5 %, mean per $", "error", "loss"],
            Per::Site => &["capital", "NPV", "worst 5 %, mean", "error", "loss"],
        };
        rows[0].extend(figures.iter().map(|head| (*head).to_owned()));
        let exact = mixes.exact.simulated.as_ref().map(|mixed| ("Now, exactly", mixed));
        for (name, mixed) in named_mixes(mixes, per, self.criterion).into_iter().chain(exact) {
            rows.push(row(name, mixed, per));
        }
        for business in &mixes.parts {
            if let Some(alone) = mixes.alone(*business) {
                rows.push(row(&format!("{} alone", business.label()), alone, per));
            }
        }
        text.push('\n');
        text.push_str(&Grid(rows).render());
        if let Some(difference) = words::difference(mixes) {
            writeln!(text, "\n{difference}").ok();
        }
        for (first, second, correlation) in &mixes.correlations {
            writeln!(text, "{}", words::correlation(first.word(), second.word(), *correlation)).ok();
        }
        text.push_str(&plan_words(&mixes.exact.plan));
        if let Some(portfolio) = &self.portfolio {
            text.push_str(&portfolio_words(portfolio));
        }
        text
    }

    fn json(&self) -> Value {
        let mixes = &self.mixes;
        let optional = |mixed: Option<&Mixed>, why: &str| mixed.map_or_else(|| absent(why), mixed_json);
        let left_out: Map<String, Value> = mixes
            .left_out
            .iter()
            .filter_map(|(business, reason)| {
                Some((business.id().to_owned(), json!(reason.as_ref()?.to_string())))
            })
            .collect();
        let correlation = |(first, second, value): &(Business, Business, f64)| json!({ "of": [first.id(), second.id()], "value": value });
        let mut root = json!({
            "schema": OUTPUT_SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "title": self.title,
            "paths": mixes.paths,
            "left_out": left_out,
            "grid": mixes.grid.iter().map(mixed_json).collect::<Vec<Value>>(),
            "frontier": mixes.frontier.iter().map(mixed_json).collect::<Vec<Value>>(),
            "frontier_usd": mixes.frontier_usd.iter().map(mixed_json).collect::<Vec<Value>>(),
            "now": optional(mixes.now.as_ref(), "a business of the mix is left out"),
            "now_exact": optional(mixes.exact.simulated.as_ref(), "nothing of the mix can be simulated"),
            "same_risk": optional(mixes.same_risk.as_ref(), "the frontier has more risk everywhere"),
            "same_risk_usd": optional(mixes.same_risk_usd.as_ref(), "the frontier has more risk everywhere"),
            "criterion": self.criterion.id(),
            "best": optional(mixes.best_by(self.criterion), words::NOT_RANKED),
            "correlations": mixes.correlations.iter().map(correlation).collect::<Vec<Value>>(),
            "plan": plan_json(&mixes.exact.plan),
            "hedge": hedge_json(mixes, Per::Dollar),
            "hedge_usd": hedge_json(mixes, Per::Site),
        });
        if let Some(portfolio) = &self.portfolio {
            root["portfolio"] = json!({
                "sites": portfolio.sites.iter().map(site_json).collect::<Vec<Value>>(),
                "total": site_json(&portfolio.total),
                "diversified_usd": portfolio.diversified_usd(),
                "correlations": portfolio.correlations.iter().map(|(a, b, value)| json!({
                    "of": [portfolio.sites[*a].name, portfolio.sites[*b].name], "value": value,
                })).collect::<Vec<Value>>(),
            });
        }
        root
    }

    fn rows(&self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let number =
            |name: String| Column { name: name.into(), kind: ColumnKind::Number, is_required: false };
        let mut columns = vec![Column::required("kind", ColumnKind::Text)];
        // All sites together have no shares.
        columns.extend(Business::ALL.map(|business| Column {
            is_required: self.portfolio.is_none(),
            ..number(format!("{}_share", business.id()))
        }));
        columns.extend(FIGURES.map(|name| number(name.to_owned())));
        if self.portfolio.is_some() {
            columns.push(Column { is_required: false, ..Column::required("site", ColumnKind::Text) });
        }
        let about = about(None, &[("paths", self.mixes.paths.to_string())]);
        sink.begin(&Table { name: "mix", columns, about })?;
        let mixes = &self.mixes;
        let all = mixes.grid.iter().map(|mixed| ("grid", mixed));
        let all = all.chain(mixes.frontier.iter().map(|mixed| ("frontier", mixed)));
        let all = all.chain(mixes.frontier_usd.iter().map(|mixed| ("frontier_usd", mixed)));
        let all = all.chain(mixes.now.iter().map(|mixed| ("now", mixed)));
        let best = mixes.best_by(self.criterion);
        let all = all.chain(best.into_iter().map(|mixed| ("best", mixed)));
        for (kind, mixed) in all.chain(mixes.exact.simulated.iter().map(|mixed| ("now_exact", mixed))) {
            let Mixed { capital_usd, npv_usd, cvar_usd, ref loss, .. } = *mixed;
            let mut cells = cells(kind, Some(&mixed.shares), capital_usd, [npv_usd, cvar_usd], loss);
            cells.extend(self.portfolio.iter().map(|_| Cell::Empty));
            sink.row(&cells)?;
        }
        for (kind, site) in self.portfolio.iter().flat_map(sites_of) {
            let SiteRisk { capital_usd, npv_usd, cvar_usd, ref loss, .. } = *site;
            let mut cells = cells(kind, site.shares.as_ref(), capital_usd, [npv_usd, cvar_usd], loss);
            cells.push(Cell::Text(site.name.as_str().into()));
            sink.row(&cells)?;
        }
        Ok(())
    }
}

/// Columns of a row behind its shares.
const FIGURES: [&str; 8] = [
    "capital_usd",
    "npv_usd",
    "npv_error_usd",
    "cvar_usd",
    "cvar_error_usd",
    "npv_per_capital",
    "cvar_per_capital",
    "loss",
];

/// Each site and all together, with the kind of its row.
fn sites_of(portfolio: &Portfolio) -> impl Iterator<Item = (&'static str, &SiteRisk)> {
    let sites = portfolio.sites.iter().map(|site| ("site", site));
    sites.chain([("all_sites", &portfolio.total)])
}

fn cells(
    kind: &'static str,
    shares: Option<&PerBusiness<f64>>,
    capital_usd: f64,
    [npv_usd, cvar_usd]: [Estimate; 2],
    loss: &Share,
) -> Vec<Cell<'static>> {
    let mut cells = vec![Cell::Text(kind.into())];
    cells.extend(
        Business::ALL.map(|business| shares.map_or(Cell::Empty, |shares| Cell::Number(shares[business]))),
    );
    let values = [
        capital_usd,
        npv_usd.value,
        npv_usd.standard_error,
        cvar_usd.value,
        cvar_usd.standard_error,
        npv_usd.value / capital_usd,
        cvar_usd.value / capital_usd,
        loss.value,
    ];
    // Without capital there is nothing per dollar.
    cells.extend(values.map(|value| if value.is_finite() { Cell::Number(value) } else { Cell::Empty }));
    cells
}

fn row(name: &str, mixed: &Mixed, per: Per) -> Vec<String> {
    let mut row = vec![name.to_owned()];
    row.extend(words::percents(&mixed.shares).into_iter().map(|percent| format!("{percent} %")));
    let risk = mixed.risk(per);
    row.extend([mixed.capital_usd, mixed.npv_usd.value].map(|usd| format::short(usd, Unit::Usd)));
    if per == Per::Dollar {
        row.push(words::per_dollar(mixed.npv_per_capital().value));
    }
    row.extend([
        words::signed(-risk.value, per),
        format!("±{}", words::signed(risk.standard_error, per).trim_start_matches('+')),
        format::probability(&mixed.loss),
    ]);
    row
}

/// The plan of the scenario's own mix on the basis that was asked for.
fn plan_words(plan: &PlanOfMix) -> String {
    let mut text =
        format!("\n{} Its capital is {}.\n", words::plan(plan), format::short(plan.capital_usd, Unit::Usd));
    for part in &plan.parts {
        let npv = match &part.npv_usd {
            Ok(usd) => format!("NPV {}", format::short(*usd, Unit::Usd)),
            Err(reason) => reason.to_string(),
        };
        let share = format::grouped(100.0 * part.share, 1);
        writeln!(text, "  {} on {share} % of the site: {npv}", part.business.label()).ok();
    }
    text
}

fn portfolio_words(portfolio: &Portfolio) -> String {
    let mut rows = vec![["site", "capital", "NPV", "worst 5 %, mean", "loss"].map(str::to_owned).to_vec()];
    for site in portfolio.sites.iter().chain([&portfolio.total]) {
        rows.push(vec![
            format::visible_line(&site.name).into_owned(),
            format::short(site.capital_usd, Unit::Usd),
            format::short(site.npv_usd.value, Unit::Usd),
            format::short(-site.cvar_usd.value, Unit::Usd),
            format::probability(&site.loss),
        ]);
    }
    format!("\n{}\n{}\n", Grid(rows).render(), words::together(portfolio))
}

/// The hedge per dollar or of the whole site, with what it costs of a dollar of capital or in dollars.
fn hedge_json(mixes: &Mixes, per: Per) -> Value {
    let Some(hedge) = mixes.hedge_of(per) else {
        return absent("no share of another business is worth its cost");
    };
    let cost = match per {
        Per::Dollar => "cost_per_capital",
        Per::Site => "cost_usd",
    };
    json!({
        "of": hedge.of.id(),
        "by": hedge.by.id(),
        "share": hedge.share,
        "risk_cut": hedge.risk_cut(),
        cost: hedge.cost(),
        "alone_npv_usd": hedge.alone.npv_usd.value,
        "hedged_npv_usd": hedge.hedged.npv_usd.value,
        "words": words::hedge(hedge),
    })
}

fn estimate_json(estimate: Estimate) -> Value {
    if estimate.value.is_finite() {
        json!({ "value": estimate.value, "standard_error": estimate.standard_error })
    } else {
        absent("no capex")
    }
}

fn mixed_json(mixed: &Mixed) -> Value {
    json!({
        "shares": shares_json(&mixed.shares),
        "capital_usd": mixed.capital_usd,
        "npv_usd": estimate_json(mixed.npv_usd),
        "cvar_usd": estimate_json(mixed.cvar_usd),
        "npv_per_capital": estimate_json(mixed.npv_per_capital()),
        "cvar_per_capital": estimate_json(mixed.cvar_per_capital()),
        "loss": mixed.loss.value,
    })
}

fn shares_json(shares: &PerBusiness<f64>) -> Map<String, Value> {
    shares.iter().map(|(business, share)| (business.id().to_owned(), json!(share))).collect()
}

fn site_json(site: &SiteRisk) -> Value {
    json!({
        "name": site.name,
        "shares": site.shares.as_ref().map_or_else(|| absent("each site has its own"), |shares| json!(shares_json(shares))),
        "capital_usd": site.capital_usd,
        "npv_usd": estimate_json(site.npv_usd),
        "cvar_usd": estimate_json(site.cvar_usd),
        "loss": site.loss.value,
    })
}

fn plan_json(plan: &PlanOfMix) -> Value {
    let parts = plan.parts.iter().map(|part| {
        json!({
            "business": part.business.id(),
            "share": part.share,
            "capex_usd": part.capex_usd,
            "npv_usd": part.npv_usd.as_ref().map_or_else(|reason| absent(&reason.to_string()), |usd| json!(usd)),
        })
    });
    json!({
        "basis": plan.basis.id(),
        "npv_usd": plan.npv_usd,
        "capital_usd": plan.capital_usd,
        "npv_per_capital": maybe(plan.npv_per_capital),
        "irr": maybe(plan.irr),
        "mirr": maybe(plan.mirr),
        "payback_last_months": maybe(plan.payback_last_months),
        "discounted_payback_last_months": maybe(plan.discounted_payback_last_months),
        "parts": parts.collect::<Vec<Value>>(),
        "flows_usd": plan.flows,
    })
}
