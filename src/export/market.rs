//! What sources say of the market: the figures they agree on, each quote, and who was asked.

use std::fmt::Write as _;
use std::io;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::exported::{ExportError, Exported, Shape};
use super::json::{OUTPUT_SCHEMA, absent};
use super::objects;
use super::table::{Column, ColumnKind, Table, TableSink, about};
use crate::format::{grouped, visible_line};
use crate::market_data::live::{
    Age, Agreed, Answer, Figure, Quote, Regions, Rule, SOURCES, Source, Standing, age_words, bundled, figures,
};
use crate::store::Taken;

/// What is known of the market at a time.
#[derive(Clone, Debug)]
pub struct MarketReport {
    /// The time.
    pub now: DateTime<Utc>,
    /// What sources answered.
    pub answers: Vec<Answer>,
    /// The GPU of the plan.
    pub gpu_name: String,
    /// The regions whose power prices are meant.
    pub regions: Regions,
    /// What else is to be said: who was not asked and why.
    pub notes: Vec<String>,
    /// What was taken over into a file.
    pub taken: Vec<Taken>,
}

impl MarketReport {
    /// The figures that follow from the answers.
    pub fn figures(&self) -> Vec<Figure> {
        figures(&self.answers, &self.gpu_name, &self.regions, self.now)
    }
}

impl Exported for MarketReport {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people: figures, quotes, and why some are refused"),
            (Shape::Value, "Everything, with sources, times and licences"),
            (Shape::Table, "One row a figure and source"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(report_text(self))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(report_json(self))
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        Ok(report_table(self, sink)?)
    }
}

/// A spread beside its limit: `0.18 % apart`.
pub fn spread_words(figure: &Figure) -> Option<String> {
    let spread = figure.spread?;
    Some(format!("{} % apart", grouped(spread * 100.0, if spread < 0.1 { 2 } else { 0 })))
}

fn report_text(report: &MarketReport) -> String {
    let mut text = String::new();
    for figure in report.figures() {
        let label = figure.rule.label();
        // Writing to a string cannot fail.
        match &figure.agreed {
            _ if !figure.is_asked() => bundled_line(&mut text, figure.rule, &label),
            Ok(agreed) => {
                let (value, words) =
                    (figure.rule.text(agreed.value), agreed_words(&figure, agreed, report.now));
                writeln!(text, "{label:<22} {value:>14}  {words}").ok();
            }
            Err(why) => {
                writeln!(text, "{label:<22} {:>14}  {why}", "refused").ok();
            }
        }
        for quote in &figure.quotes {
            quote_line(&mut text, quote, report.now);
        }
    }
    for answer in &report.answers {
        if let Some(ahead) = answer.clock_ahead_s {
            writeln!(
                text,
                "The clock of {} is {} min ahead of this computer's",
                answer.source.label,
                ahead / 60
            )
            .ok();
        }
    }
    if report.answers.is_empty() {
        text.push_str("No source was asked: name one with --source, or allow it on the Market page\n");
    }
    for note in &report.notes {
        writeln!(text, "{}", visible_line(note)).ok();
    }
    for taken in &report.taken {
        writeln!(text, "Taken over: {} = {} ({})", taken.input, taken.value, visible_line(&taken.from)).ok();
    }
    for source in report.answers.iter().map(|answer| answer.source) {
        writeln!(text, "{}: {}; {}", source.label, source.attribution, source.licence).ok();
    }
    text
}

/// Longest source of a bundled value in a line for people, characters.
const LONGEST_SOURCE: usize = 90;

fn bundled_line(text: &mut String, rule: Rule, label: &str) {
    if let Some(bundled) = bundled(rule) {
        let value = rule.text(bundled.value);
        let source: String = bundled.source.chars().take(LONGEST_SOURCE).collect();
        let end = if source.len() < bundled.source.len() { "…" } else { "" };
        writeln!(text, "{label:<22} {value:>14}  bundled, {}: {source}{end}", bundled.date).ok();
    }
}

fn agreed_words(figure: &Figure, agreed: &Agreed, now: DateTime<Utc>) -> String {
    let spread = spread_words(figure).map(|spread| {
        let differ = figure.spread.is_some_and(|spread| spread > figure.rule.shown_spread());
        if differ { format!("{spread}: they differ") } else { spread }
    });
    let age = age_words(agreed.at, now);
    let age = if agreed.age == Age::Stale { format!("{age}, STALE") } else { age };
    let unfit = figure.unfit.as_ref().map(|why| format!("not offered: {why}"));
    let parts = [Some(agreed.how.clone()), spread, Some(age), unfit];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn quote_line(text: &mut String, quote: &Quote, now: DateTime<Utc>) {
    let value = quote.value.map_or_else(|| "–".to_owned(), |(what, value)| what.text(value));
    let standing = match &quote.standing {
        Standing::Counts => String::new(),
        Standing::TooFar => "does not count: more than 2 % from the median".to_owned(),
        Standing::TooOld => "does not count: older than the others".to_owned(),
        Standing::Missing(why) => why.clone(),
    };
    let age = quote.at.map(|at| age_words(at, now)).unwrap_or_default();
    let words: Vec<&str> = [age.as_str(), standing.as_str(), quote.note.as_str()]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    writeln!(text, "  {:<20} {value:>14}  {}", quote.source.label, visible_line(&words.join("; "))).ok();
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A value, or why there is none.
fn or_absent(value: Option<impl Into<Value>>, reason: &str) -> Value {
    value.map_or_else(|| absent(reason), Into::into)
}

fn report_json(report: &MarketReport) -> Value {
    let figures: Vec<Value> = report.figures().iter().map(|figure| figure_json(figure, report.now)).collect();
    let sources: Vec<Value> = SOURCES
        .iter()
        .map(|source| source_json(source, report.answers.iter().find(|answer| answer.source == *source)))
        .collect();
    let taken = |taken: &Taken| {
        json!({
            "input": taken.input, "value": taken.value, "from": taken.from,
            "observed_at": time(taken.observed_at),
        })
    };
    json!({
        "schema": OUTPUT_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        // Without an answer nothing has an age.
        "now": or_absent((!report.answers.is_empty()).then(|| time(report.now)), NOT_ASKED),
        "figures": figures,
        "sources": sources,
        "notes": report.notes,
        "taken": report.taken.iter().map(taken).collect::<Vec<_>>(),
    })
}

const NOT_ASKED: &str = "not asked";

/// Why a quote does not count.
fn why_not(quote: &Quote) -> &str {
    match &quote.standing {
        Standing::Counts => "",
        Standing::TooFar => "too far from the median",
        Standing::TooOld => "older than the others",
        Standing::Missing(why) => why,
    }
}

fn figure_json(figure: &Figure, now: DateTime<Utc>) -> Value {
    let quote = |quote: &Quote| {
        json!({
            "source": quote.source.id,
            "value": or_absent(quote.value.map(|(_, value)| value), why_not(quote)),
            "counts": quote.standing == Standing::Counts,
            "why_not": why_not(quote),
            "observed_at": or_absent(quote.at.map(time), why_not(quote)),
            "note": quote.note,
        })
    };
    let agreed = figure.agreed.as_ref().ok();
    let refusal = figure.agreed.as_ref().err().map(ToString::to_string).unwrap_or_default();
    let of_agreed = |value: Option<Value>| or_absent(value, &refusal);
    let known = bundled(figure.rule);
    let known =
        known.map(|known| json!({ "value": known.value, "date": known.date, "source": known.source }));
    json!({
        "id": figure.rule.id(),
        "label": figure.rule.label(),
        "region": or_absent(figure.rule.what().region().map(|region| region.id), "of no region"),
        "value": of_agreed(agreed.map(|agreed| json!(agreed.value))),
        "how": of_agreed(agreed.map(|agreed| json!(agreed.how))),
        "observed_at": of_agreed(agreed.map(|agreed| json!(time(agreed.at)))),
        "age_s": of_agreed(agreed.map(|agreed| json!((now - agreed.at).num_seconds()))),
        "age": of_agreed(agreed.map(|agreed| json!(age_id(agreed.age)))),
        "rule": figure.rule.sentence(),
        "spread": or_absent(figure.spread, "fewer than two values"),
        "spread_limit": or_absent(figure.rule.most_spread(), "one source, or a limit of another kind"),
        "input": or_absent(figure.rule.input().map(|input| input.id), "no input takes it"),
        "is_offered": figure.offered().is_some(),
        "not_offered_because": figure.unfit.clone().unwrap_or(refusal),
        "quotes": figure.quotes.iter().map(quote).collect::<Vec<_>>(),
        "bundled": or_absent(known, "none"),
    })
}

const fn age_id(age: Age) -> &'static str {
    match age {
        Age::Fresh => "fresh",
        Age::Ageing => "ageing",
        Age::Stale => "stale",
    }
}

fn source_json(source: &Source, answer: Option<&Answer>) -> Value {
    let faults: Vec<Value> = answer
        .iter()
        .flat_map(|answer| &answer.parts)
        .filter_map(|part| Some(json!({ "part": part.part, "fault": part.fault.as_ref()? })))
        .collect();
    let of_answer = |value: Option<Value>| or_absent(value, NOT_ASKED);
    let ahead = answer.and_then(|answer| answer.clock_ahead_s);
    json!({
        "id": source.id,
        "label": source.label,
        "gives": source.gives,
        "host": of_answer(answer.map(|answer| json!(answer.host))),
        "tried_at": of_answer(answer.map(|answer| json!(time(answer.tried_at)))),
        "not_before": of_answer(answer.map(|answer| json!(time(answer.not_before)))),
        "clock_ahead_s": or_absent(ahead, "less than five minutes, or not told"),
        "faults": faults,
        "licence": source.licence,
        "attribution": source.attribution,
    })
}

/// A row for what is agreed on or bundled, and one for each quote.
fn report_table(report: &MarketReport, sink: &mut dyn TableSink) -> io::Result<()> {
    let text = |name| Column::required(name, ColumnKind::Text);
    let columns = vec![
        text("figure"),
        text("source"),
        Column::optional("value", ColumnKind::Number),
        Column::optional("observed_at", ColumnKind::Text),
        text("counts"),
        text("why_not"),
        text("note"),
    ];
    let mut rows = Vec::new();
    for figure in report.figures() {
        let mut json = figure_json(&figure, report.now);
        let id = figure.rule.id();
        let head = match (bundled(figure.rule), figure.is_asked()) {
            (Some(known), false) => json!({
                "figure": id, "source": "bundled", "value": known.value, "observed_at": absent(known.date),
                "counts": false, "why_not": NOT_ASKED, "note": known.source,
            }),
            _ => json!({
                "figure": id, "source": "agreed", "value": json["value"], "observed_at": json["observed_at"],
                "counts": figure.agreed.is_ok(), "why_not": json["not_offered_because"],
                "note": figure.agreed.as_ref().map_or("", |agreed| agreed.how.as_str()),
            }),
        };
        rows.push(head);
        for quote in json["quotes"].as_array_mut().into_iter().flatten() {
            quote["figure"] = Value::from(id.clone());
            rows.push(quote.take());
        }
    }
    objects::write(&Table { name: "market", columns, about: about(None, &[]) }, &rows, sink)
}
