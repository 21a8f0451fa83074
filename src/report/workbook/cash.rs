//! The sheet of monthly formulas of a business: from its ledger to cash, tax, debt and payback.

use rust_xlsxwriter::Workbook;
use wattfolio_economics::kernel::{Line, operating_costs};

use super::WorkbookError;
use super::books::{Books, CAPITAL};
use super::names::{FIRST_MONTH_ROW, Names};
use super::page::Page;
use super::style::{Role, Shown, Styles};

/// A column: the name in formulas, its head, how it is shown, and its formula in month 0, between, and in month `T`.
struct Column {
    id: &'static str,
    head: &'static str,
    shown: Shown,
    formulas: [String; 3],
}

/// A column with one formula for all months.
fn same(id: &'static str, head: &'static str, shown: Shown, formula: impl Into<String>) -> Column {
    let formula = formula.into();
    Column { id, head, shown, formulas: [formula.clone(), formula.clone(), formula] }
}

/// A column that begins with a formula of its own.
fn from_first(
    id: &'static str,
    head: &'static str,
    shown: Shown,
    [first, formula]: [impl Into<String>; 2],
) -> Column {
    let [first, formula] = [first.into(), formula.into()];
    Column { id, head, shown, formulas: [first, formula.clone(), formula] }
}

/// Lines of the ledger added up in the row of the month; 0 without any.
fn added(lines: &[Line]) -> String {
    let names: Vec<String> = lines.iter().map(|line| format!("[!{}]", line.id())).collect();
    if names.is_empty() { "0".to_owned() } else { names.join("+") }
}

/// The share of a class that is deducted in a month since live, for each kind of class.
fn class_share(class: &str) -> String {
    let since = "[t]-{live}";
    let year = format!("INT(({since}-1)/12)+1");
    let bonus = format!("IF({since}<=12,{{{class}_bonus}},0)");
    let by_table = |column: char| {
        format!("({bonus}+(1-{{{class}_bonus}})*INDEX(Tables!${column}$5:${column}$54,{year}))/12")
    };
    let line =
        format!("{bonus}/12+(1-{{{class}_bonus}})*IF({since}<={{{class}_months}},1/{{{class}_months}},0)");
    format!(
        "IF([t]>{{live}},-{{{class}_basis}}*CHOOSE({{{class}_class}},{},{},{line},0),0)",
        by_table('B'),
        by_table('C')
    )
}

const IS_TAX_MONTH: &str = "AND([t]>0,OR(MOD([t],12)=0,[t]={horizon}))";

fn operations(books: &Books<'_>) -> Vec<Column> {
    let costs = books.own(&operating_costs().collect::<Vec<_>>());
    let earned: Vec<Line> = std::iter::once(Line::Revenue).chain(costs.iter().copied()).collect();
    let billed = books.own(&[Line::PowerBilledOn]);
    let spent: Vec<Line> = billed.into_iter().chain(costs).collect();
    let kept = books.own(&[Line::BtcKeptValue]);
    let cash = if kept.is_empty() { "[ebitda]".to_owned() } else { format!("[ebitda]-{}", added(&kept)) };
    let capex = books.own(&CAPITAL[..2]);
    vec![
        same("ebitda", "EBITDA", Shown::Money, added(&earned)),
        same("cash", "Operating cash", Shown::Money, cash),
        same("costs", "Operating costs", Shown::Money, added(&spent)),
        same("capital", "Capital and deposit", Shown::Money, added(&books.own(CAPITAL))),
        same("end", "End proceeds", Shown::Money, "[!end_proceeds]"),
        same("before_tax", "Net cash before tax", Shown::Money, "[cash]+[capital]+[end]"),
        same("hardware_depreciation", "Depreciation, hardware", Shown::Money, class_share("hardware")),
        same("works_depreciation", "Depreciation, works", Shown::Money, class_share("works")),
        same("depreciation", "Depreciation", Shown::Money, "[hardware_depreciation]+[works_depreciation]"),
        same("capex", "Own capex", Shown::Money, format!("-({})", added(&capex))),
    ]
}

fn debt() -> Vec<Column> {
    let payment = "IF(OR([t]<={live},{loan_share}=0),0,CHOOSE({loan_kind}+1,0,\
        IF([t]-{live}<={grace},[interest],IF([t]-{live}>{grace}+{term},0,\
        IF([t]-{live}={grace}+{term},[balance-]+[interest],{level}))),\
        [sculpted]/MAX(1,{coverage})))";
    let balance = "IF(OR(AND({loan_kind}=1,[t]-{live}={grace}+{term}),\
        AND({loan_kind}=2,[t]>{live},[later]=0)),0,[balance-]+[interest]+[drawn]-[payment])";
    let sculpted = "IF(AND({loan_kind}=2,[t]>{live},[t]<={live}+{term}),MAX([cash],0)/{dscr},0)";
    // A sum, since LibreOffice does not follow a chain of 600 cells from the end.
    let later = "SUM([sculpted>])".to_owned();
    vec![
        same("sculpted", "Operating cash over DSCR", Shown::Money, sculpted),
        Column {
            id: "later",
            head: "The same of later months",
            shown: Shown::Money,
            formulas: [later.clone(), later, "0".to_owned()],
        },
        same("drawn", "Debt drawn", Shown::Money, "IF([t]<={live},{loan_share}*[capex],0)"),
        from_first("interest", "Interest accrued", Shown::Money, ["0", "[balance-]*{loan_monthly}"]),
        from_first("payment", "Debt service", Shown::Money, ["0", payment]),
        from_first("balance", "Debt owed before the balloon", Shown::Money, ["[drawn]", balance]),
        same("dscr", "DSCR", Shown::Multiple, "IF([payment]>0,[cash]/[payment],\"–\")"),
    ]
}

/// A tax return: taxable income, income of the tax year so far, losses carried forward and tax.
fn tax_return(ids: [&'static str; 4], heads: [&'static str; 4], income: String) -> [Column; 4] {
    let [income_id, year_id, losses_id, tax_id] = ids;
    let used = format!("MIN([{losses_id}-],MAX([{year_id}],0)*{{loss_limit}})");
    let year = format!("IF(AND([t-]>0,MOD([t-],12)=0),0,[{year_id}-])+[{income_id}]");
    let losses = format!("IF({IS_TAX_MONTH},[{losses_id}-]-{used}-MIN([{year_id}],0),[{losses_id}-])");
    let tax = format!("IF({IS_TAX_MONTH},-(MAX([{year_id}],0)-{used})*{{tax_rate}},0)");
    [
        same(income_id, heads[0], Shown::Money, income),
        from_first(year_id, heads[1], Shown::Money, [format!("[{income_id}]"), year]),
        from_first(losses_id, heads[2], Shown::Money, ["0".to_owned(), losses]),
        from_first(tax_id, heads[3], Shown::Money, ["0".to_owned(), tax]),
    ]
}

/// The project's tax, and its flow after it.
fn project_tax(books: &Books<'_>) -> Vec<Column> {
    let proceeds = books.own(&[Line::OtherProceeds]);
    let other = if proceeds.is_empty() { String::new() } else { format!("+{}", added(&proceeds)) };
    let project = tax_return(
        ["income", "year", "losses", "tax"],
        ["Taxable income", "Income of the tax year so far", "Losses carried forward", "Tax"],
        format!("[ebitda]{other}+[depreciation]+IF([t]={{horizon}},{{gain}},0)"),
    );
    let after = same("after_tax", "Net cash after tax", Shown::Money, "[before_tax]+[tax]");
    project.into_iter().chain([after]).collect()
}

/// The owner's tax, and the cash that is left.
fn owner() -> Vec<Column> {
    let owner = tax_return(
        ["owner_income", "owner_year", "owner_losses", "owner_tax"],
        [
            "Owner’s taxable income",
            "Owner’s income of the tax year so far",
            "Owner’s losses carried forward",
            "Owner’s tax",
        ],
        "[income]-[interest]".to_owned(),
    );
    let money = Shown::Money;
    let equity = "[before_tax]+[owner_tax]+[drawn]-[payment]-IF([t]={horizon},[balance],0)";
    let left = [
        "IF([t]>{ramp_end},{reserve}+[equity],{reserve})",
        "IF([t]>{ramp_end},[reserve_left-]+[equity],[reserve_left-])",
    ];
    let flows = [
        same("equity", "Cash to equity", money, equity),
        from_first("equity_sum", "Cumulative equity", money, ["[equity]", "[equity_sum-]+[equity]"]),
        from_first("reserve_left", "Reserve and cash since the ramp", money, left),
    ];
    owner.into_iter().chain(flows).collect()
}

fn measures() -> Vec<Column> {
    let money = Shown::Money;
    let running = |id, head, [first, rest]: [&'static str; 2]| from_first(id, head, money, [first, rest]);
    let sign = |id, head, [first, rest]: [&'static str; 2]| from_first(id, head, Shown::Count, [first, rest]);
    let crossing = "IF(AND([kept_sum]>=-1E-12*[kept_size],[kept_sum-]<-1E-12*[kept_size-]),\
        MIN([t],[t]-1-[kept_sum-]/[kept]),\"–\")";
    let discounted_crossing = "IF(AND([kept_discounted_sum]>=0,[kept_discounted_sum-]<0),\
        MIN([t],[t]-1-[kept_discounted_sum-]/([kept]*[factor])),\"–\")";
    let last_sign = "IF([net]<>0,SIGN([net]),[last_sign-])";
    let changes = "[sign_changes-]+IF(AND([net]<>0,[last_sign-]<>0,SIGN([net])<>[last_sign-]),1,0)";
    vec![
        same("net", "Net cash of the basis", money, "CHOOSE({basis},[before_tax],[after_tax],[equity])"),
        running("cumulative", "Cumulative cash", ["[net]", "[cumulative-]+[net]"]),
        same("factor", "Discount factor", Shown::Factor, "1/(1+{monthly_rate})^[t]"),
        same("discounted", "Discounted", money, "[net]*[factor]"),
        running(
            "discounted_cumulative",
            "Discounted cumulative cash",
            ["[discounted]", "[discounted_cumulative-]+[discounted]"],
        ),
        same("kept", "Net cash without end proceeds", money, "[net]-IF([t]={horizon},{beyond},0)"),
        running("kept_sum", "Cumulative, without end proceeds", ["[kept]", "[kept_sum-]+[kept]"]),
        running("kept_size", "Sum of absolute flows", ["ABS([kept])", "[kept_size-]+ABS([kept])"]),
        from_first("crossing", "Paid back at month", Shown::Months, ["\"–\"", crossing]),
        running(
            "kept_discounted_sum",
            "Discounted, without end proceeds",
            ["[kept]*[factor]", "[kept_discounted_sum-]+[kept]*[factor]"],
        ),
        from_first(
            "discounted_crossing",
            "Paid back at month, discounted",
            Shown::Months,
            ["\"–\"", discounted_crossing],
        ),
        sign(
            "first_sign",
            "First sign of the flows",
            ["SIGN([net])", "IF([first_sign-]<>0,[first_sign-],SIGN([net]))"],
        ),
        sign("last_sign", "Last sign so far", ["SIGN([net])", last_sign]),
        sign("sign_changes", "Changes of sign so far", ["0", changes]),
    ]
}

/// Every column in the order of the sheet, without the month and its date: debt stands between project and owner.
fn columns(books: &Books<'_>) -> Vec<Column> {
    [operations(books), project_tax(books), debt(), owner(), measures()].into_iter().flatten().collect()
}

/// Notes the columns of the sheet under their names.
pub(super) fn name_columns(books: &Books<'_>, names: &mut Names) {
    names.cash.insert("t", 0);
    let ids = columns(books);
    names.cash.extend(ids.iter().zip(2_u16..).map(|(column, index)| (column.id, index)));
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    styles: &Styles,
    books: &Books<'_>,
    names: &Names,
) -> Result<(), WorkbookError> {
    let mut page = Page::new(&names.cash_sheet, styles)?;
    let title = format!("{}, month by month", books.business.label());
    page.title(
        &title,
        "Formulas over the ledger and the terms of the sheet before; black is live, grey is fixed",
    )?;
    page.months(books.scenario.start, books.horizon)?;
    for (column, index) in columns(books).iter().zip(2_u16..) {
        page.head(FIRST_MONTH_ROW - 1, index, column.head)?;
        let format = styles.number(column.shown, Role::Formula);
        let values = books.columns.get(column.id).map_or(&[][..], Vec::as_slice);
        for (t, value) in values.iter().enumerate() {
            let formula = &column.formulas[usize::from(t > 0) + usize::from(t == books.horizon)];
            let formula = names.expand(formula, t, &names.cash_sheet)?;
            page.formula(FIRST_MONTH_ROW + t as u32, index, &formula, value, &format)?;
        }
        let width = if matches!(column.shown, Shown::Money) { 15.0 } else { 12.0 };
        page.width(index, width)?;
    }
    page.finish(workbook, 2 + names.cash.len() as u16);
    Ok(())
}
