//! The first page: who is best, what speaks against it, and when money is back.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::Measure;
use wattfolio_economics::results::measure::{
    CAPEX_USD, IRR, MULTIPLE, NPV_USD, PAYBACK_MONTHS, PAYBACK_TODAY_MONTHS, PEAK_EQUITY_USD,
};
use wattfolio_economics::results::verdict::{Criterion, Verdict};

use super::block::{Block, Cell, Column, Row, Style, Table};
use super::parts;
use crate::report::input::{Case, ReportInput};
use crate::view::Printed;
use crate::words::{self, verdict::Terms};

/// Most inputs that the first page lists; the table of all inputs has the others.
const MOST_LISTED: usize = 5;

pub(super) fn page(input: &ReportInput) -> Vec<Block> {
    let case = &input.cases[0];
    let criterion = input.view.criterion;
    let verdict = case.verdict(criterion);
    let sentence = words::verdict::sentence(&case.scenario, &case.comparison, &verdict);
    let conditions = words::verdict::conditions(&case.scenario, case.comparison.basis, &verdict);
    let basis = case.comparison.basis.label();
    let months = f64::from(case.scenario.horizon_months);
    let start = case.scenario.start.short_name();
    let lead = format!(
        "{conditions} {basis}, over {} from {start}. Criterion: {}.",
        words::duration(months),
        criterion.label().to_lowercase()
    );
    let mut blocks = vec![
        Block::Heading(0, "Verdict".to_owned()),
        Block::Words { id: Some("verdict".to_owned()), style: Style::Verdict, text: sentence.to_string() },
        Block::Words { id: Some("conditions".to_owned()), style: Style::Lead, text: lead },
        Block::Table(cards(input)),
    ];
    if case.comparison.evaluations().next().is_some() {
        blocks.push(Block::Heading(2, "Cumulative cash".to_owned()));
        blocks.push(Block::note(curves_note(case)));
        blocks.push(Block::Chart(Printed::Payback, chart_words(case)));
    }
    let mut right = paid_back(input).map(Block::Table).into_iter().collect::<Vec<_>>();
    let mut left = vec![Block::Table(differences_to(input, MOST_LISTED))];
    if right.is_empty() {
        blocks.append(&mut left);
    } else {
        let note = "Running cash alone; what comes because the plan ends is left out.";
        right.push(Block::note(note));
        blocks.push(Block::Columns(0.5, [left, right]));
    }
    blocks.push(Block::Callout {
        title: "Read this with care".to_owned(),
        lines: caveats(case, &verdict),
        id: "caveat".to_owned(),
    });
    blocks
}

fn curves_note(case: &Case) -> String {
    let fan = case.simulated.as_ref().map(|simulated| {
        let paths = crate::format::grouped(simulated.simulation.paths as f64, 0);
        format!(" Bands: 5th to 95th and 25th to 75th percentile of {paths} paths.")
    });
    format!("As multiples of capital where there is some.{} Dashed: baseline.", fan.unwrap_or_default())
}

/// What the payback charts show, for those who cannot see them.
fn chart_words(case: &Case) -> String {
    let of = |business: Business| {
        let cell = parts::measure(case, business, &PAYBACK_MONTHS);
        format!("{}: pays back {}", business.label(), cell.text)
    };
    format!("Cumulative cash of each business by month. {}.", Business::ALL.map(of).join("; "))
}

/// The capital of the basis: the owner's on the owner's.
fn capital(basis: Basis) -> &'static Measure {
    if basis == Basis::EquityAfterTax { &PEAK_EQUITY_USD } else { &CAPEX_USD }
}

/// The measures of the cards, with what they are called there.
pub(super) fn on_cards(case: &Case) -> [(&'static Measure, &'static str); 6] {
    [
        (&PAYBACK_MONTHS, "Payback"),
        (&NPV_USD, "NPV"),
        (&IRR, "IRR"),
        (capital(case.comparison.basis), "Capital"),
        (&MULTIPLE, "Multiple"),
        (&PAYBACK_TODAY_MONTHS, "At today’s profit"),
    ]
}

/// The figures of the cards, a row a business.
pub(super) fn cards(input: &ReportInput) -> Table {
    let case = &input.cases[0];
    let measures = on_cards(case);
    let strong = match input.view.criterion {
        Criterion::Payback => "payback_months",
        Criterion::Irr => "irr",
        Criterion::Loss => "loss",
        Criterion::Value | Criterion::ValuePerCapex => "npv_usd",
    };
    let mut columns: Vec<Column> = measures
        .iter()
        .map(|(measure, title)| {
            let share = if measure.id == PAYBACK_TODAY_MONTHS.id { 1.25 } else { 1.0 };
            Column::numbers(measure.id, *title, share)
        })
        .collect();
    if case.simulated.is_some() {
        columns.insert(5, Column::numbers("loss", "Chance of loss", 1.45));
    }
    let row = |business: Business| {
        let cells = columns.iter().map(|column| {
            let measure = measures.iter().find(|(measure, _)| measure.id == column.id);
            let cell = match measure {
                Some((measure, _)) => parts::measure(case, business, measure),
                None => parts::risk_by_id(case, business, "loss"),
            };
            Cell { is_strong: column.id == strong, ..cell }
        });
        Row {
            id: business.id().to_owned(),
            label: business.label().to_owned(),
            business: Some(business),
            note: case.comparison.business(business).err().map(words::sentence_of).unwrap_or_default(),
            cells: cells.collect(),
            is_strong: true,
            ..Row::default()
        }
    };
    let rows = Business::ALL.map(row).into();
    Table { id: "cards".to_owned(), label_share: 0.2, columns, rows, ..Table::default() }
}

/// Inputs that differ from the baseline, with their sources.
pub(super) fn differences(input: &ReportInput) -> Table {
    differences_to(input, usize::MAX)
}

fn differences_to(input: &ReportInput, most: usize) -> Table {
    let case = &input.cases[0];
    let baseline = &input.baseline;
    let is_short = most < usize::MAX;
    let differing = parts::differing(&case.scenario, &baseline.scenario);
    let listed = if differing.len() > most { most - 1 } else { differing.len() };
    let mut rows: Vec<Row> = differing[..listed]
        .iter()
        .map(|one| Row {
            id: one.id.to_owned(),
            label: one.label.to_owned(),
            unit: one.unit.symbol(),
            note: Some(parts::source(input, one, &case.scenario))
                .filter(|note| note != parts::OF_FILE)
                .unwrap_or_default(),
            cells: vec![
                shortened(parts::input_cell(one, &baseline.scenario), is_short),
                Cell { is_strong: true, ..shortened(parts::input_cell(one, &case.scenario), is_short) },
            ],
            ..Row::default()
        })
        .collect();
    if listed < differing.len() {
        rows.push(Row {
            id: "more".to_owned(),
            label: format!("and {} more", differing.len() - listed),
            cells: vec![Cell::default(), Cell::default()],
            ..Row::default()
        });
    }
    let name = parts::quoted(&baseline.name);
    let subtitle = if rows.is_empty() {
        format!("Nothing: the inputs are those of {name}")
    } else {
        let has_file = rows.iter().any(|row| row.note.is_empty() && row.id != "more");
        let of_file = if has_file { format!(". Without a note: {}", parts::OF_FILE) } else { String::new() };
        format!("Baseline: {name}{of_file}")
    };
    Table {
        id: "differences".to_owned(),
        title: "What differs from the baseline".to_owned(),
        subtitle,
        label_share: 0.44,
        columns: if rows.is_empty() {
            Vec::new()
        } else {
            vec![Column::numbers("baseline", "Baseline", 1.0), Column::numbers("here", "Here", 1.0)]
        },
        rows,
    }
}

/// A value that is too long for a column of the first page, such as the points of a path, in a word.
fn shortened(cell: Cell, is_short: bool) -> Cell {
    const MOST_LETTERS: usize = 22;
    if is_short && cell.value.is_none() && cell.text.chars().count() > MOST_LETTERS {
        return Cell { text: "see All inputs".to_owned(), ..cell };
    }
    cell
}

/// Chance of having paid back by some years; `None` without a simulation.
pub(super) fn paid_back(input: &ReportInput) -> Option<Table> {
    let case = &input.cases[0];
    let simulation = &case.simulated.as_ref()?.simulation;
    let months = case.scenario.horizon_months as usize;
    let mut years: Vec<usize> = [3, 5, 8, 10, 15].into_iter().filter(|year| year * 12 <= months).collect();
    if years.last().is_none_or(|last| last * 12 < months) {
        years.push(months / 12);
    }
    years.retain(|year| *year > 0);
    years = years.split_off(years.len().saturating_sub(4));
    let column = |year: &usize| Column::numbers(format!("year_{year}"), format!("year {year}"), 1.0);
    let row = |business: Business| {
        let paybacks = simulation.business(business).ok().map(|risk| &risk.payback);
        let cells = years.iter().map(|year| match paybacks {
            Some(Ok(paybacks)) => parts::share(&paybacks.paid_back_by(year * 12)),
            Some(Err(reason)) => Cell::reason(reason.short()),
            None => Cell::reason("–"),
        });
        Row {
            id: business.id().to_owned(),
            label: words::capitalised(business.word()),
            business: Some(business),
            cells: cells.collect(),
            ..Row::default()
        }
    };
    Some(Table {
        id: "paid-back".to_owned(),
        title: "Chance of having paid back by".to_owned(),
        subtitle: format!("Share of {} paths", crate::format::grouped(simulation.paths as f64, 0)),
        label_share: 0.25,
        columns: years.iter().map(column).collect(),
        rows: Business::ALL.map(row).into(),
    })
}

/// What speaks against the businesses, and what the figures leave out.
pub(super) fn caveats(case: &Case, verdict: &Verdict) -> Vec<String> {
    let terms = Terms::new(&case.scenario, &case.comparison);
    let mut lines = Vec::new();
    for business in Business::ALL {
        let evaluation = case.comparison.business(business).ok();
        let Some((evaluation, candidate)) = evaluation.zip(verdict.candidate(business)) else { continue };
        let note = words::card_note(&case.scenario, evaluation, candidate, &terms);
        if !note.is_empty() {
            lines.push(format!("{}: {}.", business.label(), decapitalised(&note)));
        }
    }
    if let Some(outlook) = &case.outlook {
        lines.push(format!("{}.", words::risk::markets_line(&outlook.markets)));
    }
    let left_out = match case.comparison.basis {
        Basis::ProjectBeforeTax => "Taxes and debt are left out.",
        Basis::ProjectAfterTax => "Debt is left out.",
        Basis::EquityAfterTax => "The figures are the owner’s, after tax and debt.",
    };
    lines.push(format!(
        "Figures are nominal USD. {left_out} Everything follows from the inputs; nothing is a forecast."
    ));
    lines
}

/// A sentence that goes on after a name; abbreviations and units stay as they are.
fn decapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
