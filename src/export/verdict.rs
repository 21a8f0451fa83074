//! The verdict in JSON: a list of fields, which also `docs/OUTPUTS.md` is made from.

use serde_json::{Value, json};
use wattfolio_economics::kernel::MarketSeries;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::results::verdict::{Against, Ranked, Verdict};
use wattfolio_economics::risk::{Judgement, Markets};
use wattfolio_economics::scenario::Scenario;

use super::json::{absent, maybe};
use crate::words;

/// A verdict and what it is of.
pub(super) struct Told<'a> {
    scenario: &'a Scenario,
    comparison: &'a Comparison,
    judgement: &'a Judgement,
}

impl Told<'_> {
    const fn verdict(&self) -> &Verdict {
        &self.judgement.verdict
    }
}

/// A field of `verdict`: its name, its meaning, and how it is read.
type Field = (&'static str, &'static str, fn(&Told<'_>) -> Value);

/// The fields of `verdict`, in order.
pub(super) const FIELDS: [Field; 8] = [
    ("criterion", "What the ranking goes by", |told| json!(told.verdict().criterion.id())),
    (
        "paths",
        "Number of simulated paths that it rests on; absent where it rests on the plan alone",
        |told| told.verdict().paths().map_or_else(|| absent("not simulated"), |paths| json!(paths)),
    ),
    (
        "markets",
        "Where those paths end: the median `p50` of `btc_price_usd` and `hashprice_usd_ph_day` at `T`, the `plan` \
      beside it, and `plan_percentile`, the share of the simulated bitcoin prices below the plan’s own",
        |told| told.judgement.markets.as_ref().map_or_else(|| absent("not simulated"), markets),
    ),
    ("winner", "The first of the ranking", |told| {
        let winner = told.verdict().winner().map(|winner| json!(winner.business.id()));
        winner.unwrap_or_else(|| absent("no business has a value of the criterion"))
    }),
    ("ranking", "Every business with its `value` of the criterion, the best first", |told| {
        let ranked = |ranked: &Ranked| json!({ "business": ranked.business.business.id(), "value": maybe(ranked.value) });
        told.verdict().ranking.iter().map(ranked).collect()
    }),
    (
        "about_equal",
        "The businesses whose value differs too little from the winner’s to rank them",
        |told| told.verdict().about_equal.iter().map(|business| business.id()).collect(),
    ),
    (
        "against",
        "What speaks against the winner, in order, each with its `kind` and `value`; a value is absent where only \
      a simulation could tell",
        |told| {
            let held =
                |against: &Against| json!({ "kind": against.caveat.id(), "value": maybe(against.value) });
            told.verdict().against.iter().map(held).collect()
        },
    ),
    ("sentence", "All of it in words", |told| {
        json!(words::verdict::sentence(told.scenario, told.comparison, told.verdict()).to_string())
    }),
];

/// The ranking by the criterion, what speaks against its first, and the sentence.
pub(super) fn verdict_json(scenario: &Scenario, comparison: &Comparison, judgement: &Judgement) -> Value {
    let told = Told { scenario, comparison, judgement };
    let fields = FIELDS.iter().map(|(name, _, read)| ((*name).to_owned(), read(&told)));
    Value::Object(fields.collect())
}

/// Where bitcoin and hashprice end on the simulated paths.
fn markets(markets: &Markets) -> Value {
    let end = |series: MarketSeries| {
        markets.end_of(series).map_or_else(
            || absent("not simulated"),
            |end| json!({ "p50": end.quantiles[2], "plan": end.planned }),
        )
    };
    let mut ends = json!({ "plan_percentile": markets.plan_percentile });
    for series in [MarketSeries::BtcPrice, MarketSeries::Hashprice] {
        ends[series.id()] = end(series);
    }
    ends
}
