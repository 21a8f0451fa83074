//! Every input of a scenario, with those that formulas of the workbook read in blue.

use std::collections::BTreeMap;

use rust_xlsxwriter::Workbook;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Choice, Input, Kind, Number};
use wattfolio_economics::scenario::Scenario;

use super::names::Cell;
use super::page::Page;
use super::style::{Role, Shown, Styles, symbol};
use super::terms::rate_id;
use super::value::Value;
use super::{Case, WorkbookError};

/// Inputs that formulas read for every business.
const SHARED: [&str; 12] = [
    "finance.finance_rate",
    "finance.reinvest_rate",
    "finance.tax_rate",
    "finance.nol_limit",
    "finance.bonus_depreciation",
    "finance.site_bonus_depreciation",
    "finance.hardware_depreciation",
    "finance.hardware_depreciation.months",
    "finance.site_depreciation",
    "finance.site_depreciation.months",
    "risk.cash_reserve_usd",
    "risk.reserve_months",
];
/// The shared rate, which stands in for a rate that a business does not have.
const SHARED_RATE: &str = "finance.discount_rate";

/// Row of the first input, from 0.
const FIRST_ROW: u32 = 4;
/// Columns: id, label, group, value, unit, default, changed, in this workbook, source, meaning.
const VALUE: u16 = 3;
const DEFAULT: u16 = 5;

/// Whether formulas of the workbook read an input, with these businesses in it.
fn is_live(input: &Input, businesses: &[Business], scenario: &Scenario) -> bool {
    let loans = |business: &Business| {
        input.id.strip_prefix(business.id()).is_some_and(|rest| rest == ".debt" || rest.starts_with(".debt."))
    };
    let is_rate = |business: &Business| rate_id(*business) == input.id;
    let is_shared_rate = input.id == SHARED_RATE
        && businesses.iter().any(|business| business.own_discount_rate(scenario).is_none());
    is_shared_rate
        || SHARED.contains(&input.id)
        || businesses.iter().any(|business| loans(business) || is_rate(business))
}

/// The name of the chosen option without its numbers, which have cells of their own.
fn option(choice: &Choice, scenario: &Scenario) -> &'static str {
    choice.current(scenario).map_or("None", |index| choice.options[index].name)
}

/// The value cells of the inputs by id.
pub(super) fn cells(sheet: &str) -> BTreeMap<&'static str, Cell> {
    let cell = |row: u32| Cell { sheet: sheet.to_owned(), row, column: VALUE };
    catalogue::inputs().iter().zip(FIRST_ROW..).map(|(input, row)| (input.id, cell(row))).collect()
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    styles: &Styles,
    case: &Case<'_>,
    sheet: &str,
    businesses: &[Business],
) -> Result<(), WorkbookError> {
    let mut page = Page::new(sheet, styles)?;
    page.title("Inputs", "Blue inputs feed formulas of this workbook; grey ones change in wattfolio only")?;
    let heads = [
        "Id",
        "Input",
        "Group",
        "Value",
        "Unit",
        "Default",
        "Changed",
        "In this workbook",
        "Source",
        "Meaning",
    ];
    let widths = [34.0, 30.0, 18.0, 18.0, 13.0, 18.0, 9.0, 24.0, 60.0, 70.0];
    for (column, (head, width)) in (0..).zip(heads.into_iter().zip(widths)) {
        let is_number = column == VALUE || column == DEFAULT;
        if is_number {
            page.head(FIRST_ROW - 1, column, head)?;
        } else {
            page.head_of_words(FIRST_ROW - 1, column, head)?;
        }
        page.width(column, width)?;
    }
    let default = Scenario::default();
    for (input, row) in catalogue::inputs().iter().zip(FIRST_ROW..) {
        let is_live = is_live(input, businesses, case.scenario);
        write_input(&mut page, case, (input, row), (&default, is_live))?;
    }
    page.sheet.set_freeze_panes(FIRST_ROW, 2)?;
    page.sheet.set_repeat_rows(FIRST_ROW - 1, FIRST_ROW - 1)?;
    page.sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW + catalogue::inputs().len() as u32 - 1, 9)?;
    page.finish(workbook, 10);
    Ok(())
}

fn write_input(
    page: &mut Page<'_>,
    case: &Case<'_>,
    (input, row): (&Input, u32),
    (default, is_live): (&Scenario, bool),
) -> Result<(), WorkbookError> {
    let styles = page.styles;
    let role = if is_live { Role::Input } else { Role::Fixed };
    page.text(row, 0, input.id, styles.note())?;
    page.text(row, 1, input.label, styles.label())?;
    page.text(row, 2, input.group.label(), styles.note())?;
    write_value(page, (row, VALUE), input, case.scenario, role)?;
    page.text(row, 4, symbol(input.unit), styles.note())?;
    write_value(page, (row, DEFAULT), input, default, Role::Fixed)?;
    let is_changed = input.text(case.scenario) != input.text(default);
    let word = if is_changed { "changed" } else { "–" };
    let both =
        |scenario: &Scenario| matches!(&input.kind, Kind::Number(number) if (number.get)(scenario).is_some());
    if is_live && both(case.scenario) && both(default) && !is_automatic(input, case.scenario) {
        let formula = format!("IF(D{0}=F{0},\"–\",\"changed\")", row + 1);
        page.formula(row, 6, &formula, &Value::Word(word), &styles.label())?;
    } else {
        page.text(row, 6, word, styles.label())?;
    }
    let place = if is_live { "feeds formulas" } else { "changes in wattfolio only" };
    page.text(row, 7, place, styles.note())?;
    page.text(row, 8, &source(case, input, is_changed), styles.note())?;
    page.text(row, 9, input.meaning, styles.note())
}

/// Where a value comes from.
fn source(case: &Case<'_>, input: &Input, is_changed: bool) -> String {
    match case.about.origin(input, case.scenario) {
        Some(taken) => format!("{}, {}", taken.from, taken.observed_at.format("%Y-%m-%d")),
        None if is_changed => "set in this scenario; its sources are on the first sheet".to_owned(),
        None => input.source.to_owned(),
    }
}

/// Whether an input follows another one until it is set.
fn is_automatic(input: &Input, scenario: &Scenario) -> bool {
    match &input.kind {
        Kind::Number(Number { automatic: Some(automatic), .. }) => (automatic.is)(scenario),
        _ => false,
    }
}

fn write_value(
    page: &mut Page<'_>,
    (row, column): (u32, u16),
    input: &Input,
    scenario: &Scenario,
    role: Role,
) -> Result<(), WorkbookError> {
    let (styles, shown) = (page.styles, Shown::of(input.unit));
    match &input.kind {
        Kind::Number(number) => match (number.get)(scenario) {
            // A rate that is not set is the shared one, live.
            Some(value) if role == Role::Input && is_automatic(input, scenario) => {
                let shared =
                    catalogue::inputs().iter().zip(FIRST_ROW..).find(|(one, _)| one.id == SHARED_RATE);
                let address = shared.map_or_else(|| value.to_string(), |(_, row)| format!("$D${}", row + 1));
                page.formula(row, column, &address, &Value::from(value), &styles.number(shown, role))
            }
            Some(value) => page.value(row, column, &Value::from(value), (shown, role)),
            // An empty cell counts as 0 in formulas.
            None => {
                page.sheet.write_blank(row, column, &styles.number(shown, role))?;
                Ok(())
            }
        },
        Kind::Choice(choice) if role == Role::Input => {
            let names: Vec<&str> = choice.options.iter().map(|option| option.name).collect();
            let list = rust_xlsxwriter::DataValidation::new().allow_list_strings(&names)?;
            page.sheet.add_data_validation(row, column, row, column, &list)?;
            page.text(row, column, option(choice, scenario), styles.word(role))
        }
        _ => page.text(row, column, &input.text(scenario).unwrap_or_default(), styles.word(role)),
    }
}
