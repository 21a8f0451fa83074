//! The sheet of a business: its rates, tax, loan and measures as live formulas, and its curve.

use rust_xlsxwriter::Workbook;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Line, Maybe};
use wattfolio_economics::results::MEASURES;

use super::WorkbookError;
use super::books::Books;
use super::chart;
use super::measures;
use super::names::{Names, TERMS_COLUMN};
use super::page::Page;
use super::style::{Role, Shown, Styles, symbol};
use super::value::Value;

/// A row: a heading, or a cell with a name.
pub(super) enum Row {
    Section(&'static str),
    Cell(Term),
}

/// A named cell of the sheet.
pub(super) struct Term {
    /// The name in formulas; of a measure its id.
    pub id: &'static str,
    pub label: String,
    pub shown: Shown,
    /// Its formula; `None` where wattfolio alone computes it.
    pub formula: Option<String>,
    pub value: Value,
    pub unit: &'static str,
    pub note: String,
}

/// A term whose value is in the books.
fn term(books: &Books<'_>, id: &'static str, (label, shown): (&str, Shown), formula: Option<String>) -> Row {
    let value = books.terms.get(id).cloned().unwrap_or(Value::Number(0.0));
    Row::Cell(Term { id, label: label.to_owned(), shown, formula, value, unit: "", note: String::new() })
}

fn live(books: &Books<'_>, id: &'static str, about: (&str, Shown), formula: impl Into<String>) -> Row {
    term(books, id, about, Some(formula.into()))
}

/// The negative sum of a line over all months; 0 where the business has no such line.
fn spent(books: &Books<'_>, line: Line) -> String {
    if line.belongs_to(books.business) { format!("-SUM([!{}*])", line.id()) } else { "0".to_owned() }
}

fn plan(books: &Books<'_>) -> Vec<Row> {
    let fixed = |id, label| term(books, id, (label, Shown::Count), None);
    let monthly = |yearly: &str| format!("(1+{yearly})^(1/12)-1");
    let rate = Shown::Percent;
    vec![
        Row::Section("Plan"),
        live(
            books,
            "basis",
            ("Basis: 1 project before tax, 2 after tax, 3 equity", Shown::Count),
            "{#basis}",
        ),
        fixed("horizon", "Last month"),
        fixed("live", "Month before the first live one"),
        fixed("ramp_end", "Last month of the ramp"),
        fixed("months_after_end", "Months of a lease after the plan"),
        Row::Section("Rates"),
        live(
            books,
            "yearly_rate",
            ("Discount rate a year", rate),
            format!("{{#{}}}", rate_id(books.business)),
        ),
        live(books, "monthly_rate", ("Discount rate a month", Shown::Factor), monthly("{yearly_rate}")),
        live(
            books,
            "finance_monthly",
            ("Finance rate a month", Shown::Factor),
            monthly("{#finance.finance_rate}"),
        ),
        live(
            books,
            "reinvest_monthly",
            ("Reinvestment rate a month", Shown::Factor),
            monthly("{#finance.reinvest_rate}"),
        ),
    ]
}

/// The input of the discount rate of a business.
pub(super) fn rate_id(business: Business) -> &'static str {
    business.rate_row().id
}

/// Terms of one class of depreciation, with the ids of its terms and inputs.
fn class(
    books: &Books<'_>,
    ids: [&'static str; 5],
    labels: [&str; 5],
    (line, input, bonus): (Line, &str, &str),
) -> [Row; 5] {
    let chosen = format!(
        "IF({{#{input}}}=\"Macrs5\",1,IF({{#{input}}}=\"Macrs15\",2,IF({{#{input}}}=\"StraightLine\",3,4)))"
    );
    let [basis, class, months, bonus_id, left] = ids;
    let rest = format!(
        "{{{basis}}}+SUM([{}*])",
        if line == Line::CapexWorks { "works_depreciation" } else { "hardware_depreciation" }
    );
    [
        live(books, basis, (labels[0], Shown::Money), spent(books, line)),
        live(books, class, (labels[1], Shown::Count), chosen),
        live(books, months, (labels[2], Shown::Count), format!("MAX(1,{{#{input}.months}})")),
        live(books, bonus_id, (labels[3], Shown::Percent), format!("{{#{bonus}}}")),
        live(books, left, (labels[4], Shown::Money), format!("IF({rest}>1E-12*{{{basis}}},{rest},0)")),
    ]
}

fn tax(books: &Books<'_>) -> Vec<Row> {
    let hardware = class(
        books,
        ["hardware_basis", "hardware_class", "hardware_months", "hardware_bonus", "hardware_left"],
        [
            "Hardware, cost",
            "Hardware, class: 1 MACRS 5, 2 MACRS 15, 3 straight line, 4 none",
            "Hardware, months of a straight line",
            "Hardware, bonus share",
            "Hardware, left at the end",
        ],
        (Line::CapexHardware, "finance.hardware_depreciation", "finance.bonus_depreciation"),
    );
    let works = class(
        books,
        ["works_basis", "works_class", "works_months", "works_bonus", "works_left"],
        [
            "Works, cost",
            "Works, class, as above",
            "Works, months of a straight line",
            "Works, bonus share",
            "Works, left at the end",
        ],
        (Line::CapexWorks, "finance.site_depreciation", "finance.site_bonus_depreciation"),
    );
    let kept = if Line::BtcKeptValue.belongs_to(books.business) { "SUM([!btc_kept_value*])" } else { "0" };
    let money = Shown::Money;
    let last = books.horizon - 1;
    // The year's income without the gain, and the tax on it; what remains is the tax on the end.
    let on_end = |year: &str, losses: &str, tax: &str| {
        let income = format!("MAX([{year}$]-{{gain}},0)");
        format!("-[{tax}$]-({income}-MIN([{losses}@{last}],{income}*{{loss_limit}}))*{{tax_rate}}")
    };
    let mut rows = vec![
        Row::Section("Tax"),
        live(books, "tax_rate", ("Tax rate", Shown::Percent), "{#finance.tax_rate}"),
        live(books, "loss_limit", ("Loss offset limit", Shown::Percent), "{#finance.nol_limit}"),
    ];
    rows.extend(hardware.into_iter().chain(works));
    rows.extend([
        live(books, "deposit", ("Deposit", money), spent(books, Line::Deposit)),
        live(books, "kept_coins", ("Kept coins, income when mined", money), kept),
        live(books, "end_proceeds", ("End proceeds", money), "SUM([end*])"),
        live(
            books,
            "gain",
            ("Taxable gain at the end", money),
            "{end_proceeds}-{kept_coins}-{deposit}-{hardware_left}-{works_left}",
        ),
        live(books, "project_end_tax", ("Project’s tax on the end", money), on_end("year", "losses", "tax")),
        live(
            books,
            "owner_end_tax",
            ("Owner’s tax on the end", money),
            on_end("owner_year", "owner_losses", "owner_tax"),
        ),
    ]);
    rows
}

fn loan(books: &Books<'_>) -> Vec<Row> {
    let id = books.business.id();
    let input = |name: &str| format!("{{#{id}.debt.{name}}}");
    let money = Shown::Money;
    let worth = |column: &str| format!("SUMPRODUCT([{column}*],(1+{{loan_monthly}})^({{live}}-[t*]))");
    let share = "CHOOSE({loan_kind}+1,0,IF({capitalised}>0,{loan_to_cost},0),MIN(1,{coverage}))";
    let level = "IF(AND({loan_kind}=1,{term}>0),-PMT({loan_monthly},{term},{loan_share}*{capitalised}),0)";
    let kind = format!("IF({{#{id}.debt}}=\"Loan\",1,IF({{#{id}.debt}}=\"SizedToDscr\",2,0))");
    vec![
        Row::Section("Loan"),
        live(books, "loan_kind", ("Kind: 0 none, 1 on cost, 2 sized to DSCR", Shown::Count), kind),
        live(books, "loan_to_cost", ("Loan to cost", Shown::Percent), input("loan_to_cost")),
        live(books, "dscr", ("DSCR that it is sized to", Shown::Multiple), input("dscr")),
        live(books, "apr", ("Interest a year", Shown::Percent), input("apr")),
        live(books, "term", ("Months of payments", Shown::Count), input("term_months")),
        live(books, "grace", ("Months of interest alone", Shown::Count), input("grace_months")),
        live(books, "loan_monthly", ("Interest a month", Shown::Factor), "{apr}/12"),
        live(books, "capitalised", ("All capex with interest until live", money), worth("capex")),
        live(
            books,
            "sculpted_value",
            ("Payments of cash over DSCR, worth when live", money),
            worth("sculpted"),
        ),
        live(
            books,
            "coverage",
            ("Share of capex that cash carries", Shown::Percent),
            "IF({capitalised}>0,{sculpted_value}/{capitalised},0)",
        ),
        live(books, "loan_share", ("Share of capex that is drawn", Shown::Percent), share),
        live(books, "level", ("Level payment", money), level),
        live(books, "balloon", ("Balloon at the end", money), "[balance$]"),
        live(
            books,
            "covered",
            ("Balloon that end proceeds repay", money),
            "MIN(MAX({end_proceeds}-{owner_end_tax},0),{balloon})",
        ),
        live(
            books,
            "beyond",
            ("Left out of payback", money),
            "CHOOSE({basis},{end_proceeds},{end_proceeds}-{project_end_tax},{end_proceeds}-{owner_end_tax}-{covered})",
        ),
        live(books, "reserve", ("Cash reserve", money), reserve(books)),
    ]
}

/// The reserve, with months of mean operating costs and debt service after the ramp.
fn reserve(books: &Books<'_>) -> String {
    let (first, last) = (books.evaluation.timing.ramp_end() + 1, books.horizon);
    if first > last {
        return "{#risk.cash_reserve_usd}".to_owned();
    }
    let count = last - first + 1;
    let spent = format!("SUM([payment@{first}:{last}])-SUM([costs@{first}:{last}])");
    format!("{{#risk.cash_reserve_usd}}+{{#risk.reserve_months}}*({spent})/{count}")
}

/// The measures: live where the workbook can compute them.
fn figures(books: &Books<'_>, capacity_mw: Option<f64>) -> Vec<Row> {
    let of = |measure: &wattfolio_economics::results::Measure, value: Maybe<f64>| {
        let formula = measures::formula(books, measure.id, capacity_mw);
        let reason = value.err().map(|reason| format!("{reason}; "));
        let whose = if formula.is_some() { "" } else { "changes in wattfolio only; " };
        Row::Cell(Term {
            id: measure.id,
            label: measure.label.to_owned(),
            shown: Shown::of(measure.unit),
            formula,
            value: Value::from(value),
            unit: symbol(measure.unit),
            note: format!("{whose}{}{}", reason.unwrap_or_default(), measure.meaning),
        })
    };
    let mut rows = vec![Row::Section("Measures")];
    rows.extend(
        measures::helpers()
            .into_iter()
            .map(|(id, label, shown, formula)| term(books, id, (label, shown), formula.map(str::to_owned))),
    );
    rows.extend(MEASURES.iter().filter_map(|measure| Some(of(measure, measure.read(books.evaluation)?))));
    rows
}

/// All rows in order.
pub(super) fn rows(books: &Books<'_>, capacity_mw: Option<f64>) -> Vec<Row> {
    [plan(books), tax(books), loan(books), figures(books, capacity_mw)].into_iter().flatten().collect()
}

/// Row of the chart, from 0.
const CHART_ROW: u32 = 3;
/// Row of the first section, from 0.
const FIRST_ROW: u32 = CHART_ROW + chart::ROWS;

/// Notes the cells of the sheet under their names.
pub(super) fn name_cells(rows: &[Row], names: &mut Names) {
    for (row, index) in rows.iter().zip(FIRST_ROW..) {
        if let Row::Cell(term) = row {
            names.terms.insert(term.id, index);
        }
    }
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    styles: &Styles,
    books: &Books<'_>,
    names: &Names,
    rows: &[Row],
) -> Result<(), WorkbookError> {
    let mut page = Page::new(&names.terms_sheet, styles)?;
    page.title(
        books.business.label(),
        "Black cells are live formulas; grey values change in wattfolio only",
    )?;
    for (row, index) in rows.iter().zip(FIRST_ROW..) {
        match row {
            Row::Section(heading) => {
                for column in 0..4 {
                    page.text(index, column, if column == 0 { heading } else { "" }, styles.section())?;
                }
            }
            Row::Cell(term) => write_term(&mut page, names, term, index)?,
        }
    }
    for (column, letters) in [(0, 46.0), (TERMS_COLUMN, 20.0), (2, 15.0), (3, 90.0)] {
        page.width(column, letters)?;
    }
    page.sheet.insert_chart(CHART_ROW, 0, &chart::of_business(styles, books, names)?)?;
    page.sheet.set_freeze_panes(2, 1)?;
    page.sheet.set_print_area(0, 0, FIRST_ROW + rows.len() as u32, 3)?;
    page.finish(workbook, 4);
    Ok(())
}

fn write_term(page: &mut Page<'_>, names: &Names, term: &Term, row: u32) -> Result<(), WorkbookError> {
    page.text(row, 0, &term.label, page.styles.label())?;
    match &term.formula {
        Some(formula) => {
            let formula = names.expand(formula, 0, &names.terms_sheet)?;
            let format = page.styles.number(term.shown, Role::Formula);
            page.formula(row, TERMS_COLUMN, &formula, &term.value, &format)?;
        }
        None => page.value(row, TERMS_COLUMN, &term.value, (term.shown, Role::Fixed))?,
    }
    page.text(row, 2, term.unit, page.styles.note())?;
    page.text(row, 3, &term.note, page.styles.note())
}
