//! The reference of inputs and results as Markdown, from the catalogues, so that the documents cannot drift.

use std::fmt::Write as _;

use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Group;
use wattfolio_economics::kernel::{Basis, LINES, MarketSeries};
use wattfolio_economics::results::MEASURES;
use wattfolio_economics::results::verdict::{Caveat, Criterion};
use wattfolio_economics::risk::{RISK_FIGURES, VarianceFactor};
use wattfolio_economics::scenario::Scenario;

use super::comparison::BESIDE_MEASURES;
use super::json::OUTPUT_SCHEMA;
use super::paths::columns_markdown;
use super::verdict::FIELDS;
use crate::words::driver;

/// Every input with default, range, meaning, formula and source: `docs/INPUTS.md`.
pub fn inputs_markdown() -> String {
    let defaults = Scenario::default();
    let mut text = String::from(
        "# Inputs\n\n\
         The ids are the stable names: `--set ID=VALUE`, the fields of a preset, JSON keys and CSV headers. \
         Fractions are stored as such (`0.18`) and shown as percent. ★ marks the key drivers.\n\n\
         This file is made from the catalogue; `UPDATE=1 cargo test reference` writes it anew.\n",
    );
    for group in Group::all() {
        let inputs: Vec<_> =
            catalogue::inputs().iter().filter(|input| input.shown && input.group == group).collect();
        if inputs.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        writeln!(text, "\n## {}\n", group.label()).ok();
        text.push_str(
            "| id | label | also called | default | allowed | meaning | enters | source of the default |\n",
        );
        text.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for input in inputs {
            let star = if input.key_driver { " ★" } else { "" };
            let default = input.text(&defaults).unwrap_or_else(|| "–".to_owned());
            let cells = [
                format!("`{}`{star}", input.id),
                input.label.to_string(),
                input.synonyms.join(", "),
                format!("`{default}`"),
                input.allowed(),
                input.meaning.to_string(),
                input.formula.to_string(),
                input.source.to_string(),
            ];
            row(&mut text, &cells);
        }
    }
    text
}

/// Every measure and ledger line: `docs/OUTPUTS.md`.
pub fn outputs_markdown() -> String {
    let mut text = String::from(
        "# Results\n\n\
         Stable names of measures and ledger lines, as in `wattfolio compare --format json` and `--format csv`. \
         What does not exist is `{\"absent\": \"reason\"}` in JSON and an empty cell in CSV.\n\n\
         This file is made from the catalogue; `UPDATE=1 cargo test reference` writes it anew.\n\n",
    );
    format_markdown(&mut text);
    text.push_str(
        "## Measures\n\n\
         | id | label | unit | of | meaning |\n| --- | --- | --- | --- | --- |\n",
    );
    for measure in MEASURES.iter() {
        let of = owners(|business| measure.applies_to(business));
        let cells = [
            format!("`{}`", measure.id),
            measure.label.to_owned(),
            measure.unit.symbol().to_owned(),
            of,
            measure.meaning.to_owned(),
        ];
        row(&mut text, &cells);
    }
    verdict_markdown(&mut text);
    text.push_str(
        "\n## Ledger lines\n\n\
         Monthly values over `t = 0…T`; lines are USD a month with costs negative.\n\n\
         | id | label | of |\n| --- | --- | --- |\n",
    );
    for line in LINES {
        let of = owners(|business| line.belongs_to(business));
        row(&mut text, &[format!("`{}`", line.id()), line.label().to_owned(), of]);
    }
    text.push_str(
        "\n## Market series\n\nMonthly values over `t = 0…T`, in `network` and wherever a market is named.\n\n\
         | id | meaning |\n| --- | --- |\n",
    );
    for series in MarketSeries::ALL {
        row(&mut text, &[format!("`{series}`"), series.meaning().to_owned()]);
    }
    text.push_str(
        "\n## Measures of a simulation\n\n\
         As in `wattfolio simulate --format json`, of each business. What has a standard error says it. A share has \
         the `count` of its paths; if that is none of them or all, `upper_95` or `lower_95` stands in place of a \
         standard error: the bound that so many paths support at 95 % (3 over their number).\n\n\
         | id | label | unit | meaning |\n| --- | --- | --- | --- |\n",
    );
    for figure in RISK_FIGURES {
        let cells = [
            format!("`{}`", figure.id),
            figure.label.to_owned(),
            figure.unit.symbol().to_owned(),
            figure.meaning.to_owned(),
        ];
        row(&mut text, &cells);
    }
    text.push_str(
        "\nBeside them stand `reserve_usd`, the reserve that was used, and `variance_shares`: of each factor the share of \
         the variance of the NPV that it explains alone, with its `standard_error`, and `interaction`, what is left.\n\n\
         | id | factor |\n| --- | --- |\n",
    );
    for factor in VarianceFactor::ALL {
        row(&mut text, &[format!("`{}`", factor.id()), driver::factor(factor).to_owned()]);
    }
    text.push_str(
        "\nOnce for all, under `markets`: `mean`, `p5`, `p50`, `p95` and `plan` of a market at `T`, the `fan` by month of \
         `network_hashrate_eh_s` and `hashprice_usd_ph_day`, and `plan_percentile` of `btc_price_usd`, the share of the \
         simulated prices at `T` below the plan’s own.\n",
    );
    text.push_str(
        "\n## Paths of a simulation\n\nAs in `wattfolio simulate --format csv` and `--format parquet`. ",
    );
    text.push_str(&columns_markdown());
    text
}

/// What stands beside the measures in JSON, and the verdict with its kinds.
fn verdict_markdown(text: &mut String) {
    text.push_str("\nIn JSON stand among them, of all:\n\n| id | meaning |\n| --- | --- |\n");
    for (id, meaning, _) in BESIDE_MEASURES {
        row(text, &[format!("`{id}`"), meaning.to_owned()]);
    }
    text.push_str(
        "\n## Verdict\n\nUnder `verdict` in `wattfolio compare --format json`.\n\n| id | meaning |\n| --- | --- |\n",
    );
    for (id, meaning, _) in FIELDS {
        row(text, &[format!("`{id}`"), meaning.to_owned()]);
    }
    text.push_str("\n`criterion`, there and in options, is one of:\n\n");
    for criterion in Criterion::ALL {
        writeln!(text, "- `{}`: {}", criterion.id(), criterion.label()).ok();
    }
    text.push_str(
        "\nThe `kind` of what speaks against the winner is one of, in the order in which they are said:\n\n",
    );
    for caveat in Caveat::ALL {
        writeln!(text, "- `{}`: {}", caveat.id(), caveat.meaning()).ok();
    }
}

/// Rules of every file.
fn format_markdown(text: &mut String) {
    writeln!(
        text,
        "`schema` of JSON, and of Parquet’s metadata, is {OUTPUT_SCHEMA}; it rises when a name or a form changes, and \
         is counted apart from the schema of preset files. `basis`, there and in options, is one of:\n"
    )
    .ok();
    for basis in Basis::ALL {
        writeln!(text, "- `{}`: {}", basis.id(), basis.meaning()).ok();
    }
    text.push('\n');
}

/// `all`, or the businesses by name.
fn owners(has: impl Fn(Business) -> bool) -> String {
    let names: Vec<&str> =
        Business::ALL.into_iter().filter(|business| has(*business)).map(Business::word).collect();
    if names.len() == Business::ALL.len() { "all".to_owned() } else { names.join(", ") }
}

fn row(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    writeln!(text, "| {} |", cells.join(" | ")).ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_current(path: &str, text: &str) {
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            std::fs::write(path, text).unwrap();
        }
        let stands = std::fs::read_to_string(path).unwrap();
        assert!(stands == text, "{path} is out of date: UPDATE=1 cargo test reference");
    }

    #[test]
    fn the_documents_say_what_the_catalogues_say() {
        is_current("docs/INPUTS.md", &inputs_markdown());
        is_current("docs/OUTPUTS.md", &outputs_markdown());
    }
}
