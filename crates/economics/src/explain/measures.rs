//! Formulas of the measures that every business has.

use crate::explain::case::{Case, series};
use crate::explain::expr::{Expr, HOURS, ONE, TWELVE, ZERO, Zero, operand, step};
use crate::explain::operand::{Operand, Source};
use crate::explain::payback::{Paid, Which};
use crate::explain::sums::net_line;
use crate::explain::{capital, debt, own, readouts};
use crate::finance;
use crate::kernel::{Absent, Basis, Line, Maybe, finite};
use crate::units::Unit;

/// What can be told of a measure.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub expr: Option<Expr>,
    pub note: Option<String>,
    pub context: Vec<Operand>,
}

impl Told {
    pub(crate) fn of(expr: Expr) -> Self {
        Self { expr: Some(expr), ..Self::default() }
    }

    /// With a sentence.
    #[must_use]
    pub(crate) fn noting(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// With values that do not stand in the formula.
    #[must_use]
    pub(crate) fn beside(mut self, exprs: impl IntoIterator<Item = Expr>) -> Self {
        self.context.extend(exprs.into_iter().flat_map(|expr| expr.operands()));
        self
    }
}

/// What can be told of a measure with the value `result`.
pub(crate) fn tell(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Told {
    let monthly = case.monthly_discount_rate();
    match id {
        "npv_usd" => Told::of(npv(case)).beside([discount_rate(case)]),
        "npv_per_capex" => npv_per_capital(case),
        "irr" => irr(case, result),
        "mirr" => mirr(case),
        "profit_usd" => Told::of(profit(case)),
        "multiple" => Told::of(ONE + step("Profit", Unit::Usd, profit(case)) / peak_funding(case)),
        "peak_funding_usd" => peak(case),
        "peak_funding_month" => peak_month(case),
        "capex_usd" => Told::of(capital::capex(case)),
        "payback_months" => Paid::of(case, 0.0).tell(Which::First),
        "payback_last_months" => Paid::of(case, 0.0).tell(Which::Last),
        "discounted_payback_months" => {
            Paid::of(case, monthly).tell(Which::First).beside([discount_rate(case)])
        }
        "discounted_payback_last_months" => {
            Paid::of(case, monthly).tell(Which::Last).beside([discount_rate(case)])
        }
        "payback_today_months" => at_todays_profit(case),
        "annualised_total_return" => total_return(case),
        "profit_usd_per_mwh" => profit_per_mwh(case, result),
        "end_proceeds_usd" => match super::line_formula(case, Line::EndProceeds, case.horizon()) {
            Ok(expr) => Told::of(expr),
            Err(reason) => Told::of(ZERO).noting(reason),
        },
        "min_dscr" => lowest_dscr(case),
        "avg_dscr" => mean_dscr(case),
        "peak_equity_usd" => peak_equity(case),
        "short_months" => short_months(case),
        _ => readouts::tell(case, id, result),
    }
}

fn discount_rate(case: &Case<'_>) -> Expr {
    case.input("finance.discount_rate")
}

/// The flows of the basis: those above zero, or those below with their sign turned.
fn flows<'a>(case: &'a Case<'_>, is_in: bool) -> impl Iterator<Item = (usize, f64)> + 'a {
    let sign = if is_in { 1.0 } else { -1.0 };
    case.evaluation.flows.net.iter().map(move |flow| (sign * flow).max(0.0)).enumerate()
}

fn flow_source(case: &Case<'_>) -> Source {
    Source::Lines(net_line(case.evaluation.basis), 0, case.horizon())
}

fn npv(case: &Case<'_>) -> Expr {
    let present = |name: &str, is_in: bool| {
        let terms = flows(case, is_in).map(|(t, flow)| (t as f64, flow));
        series(name, Unit::Usd, flow_source(case), terms, case.monthly_discount_rate())
    };
    present("Present value of inflows", true) - present("Present value of outflows", false)
}

fn profit(case: &Case<'_>) -> Expr {
    inflows(case) - outflows(case)
}

fn inflows(case: &Case<'_>) -> Expr {
    series("Inflows", Unit::Usd, flow_source(case), flows(case, true).map(|(_, flow)| (0.0, flow)), 0.0)
}

fn outflows(case: &Case<'_>) -> Expr {
    series("Outflows", Unit::Usd, flow_source(case), flows(case, false).map(|(_, flow)| (0.0, flow)), 0.0)
}

fn npv_per_capital(case: &Case<'_>) -> Told {
    let capital = match case.evaluation.basis {
        Basis::EquityAfterTax => peak_equity(case).expr.unwrap_or(ZERO),
        Basis::ProjectBeforeTax | Basis::ProjectAfterTax => capital::capex(case),
    };
    let name = if case.evaluation.basis == Basis::EquityAfterTax { "Peak equity" } else { "Own capex" };
    Told::of(step("NPV", Unit::Usd, npv(case)) / step(name, Unit::Usd, capital)).beside([discount_rate(case)])
}

fn irr(case: &Case<'_>, result: &Maybe<f64>) -> Told {
    let roots = &case.evaluation.measures.irr_roots;
    let listed = roots.iter().enumerate().map(|(index, root)| {
        let name = format!("Rate {} with NPV 0", index + 1);
        operand(name, *root, Unit::FractionPerYear, Source::Plan("all real roots".to_owned()))
    });
    let listed: Vec<Expr> = if roots.len() > 1 { listed.collect() } else { Vec::new() };
    let Ok(rate) = *result else {
        return Told::default().beside([inflows(case), outflows(case)]).beside(listed);
    };
    let net = &case.evaluation.flows.net;
    let late: Vec<f64> = net.iter().rev().copied().collect();
    let worth = |is_at_end: bool, rate: f64| match finance::monthly_rate(rate) {
        monthly if rate <= -1.0 || monthly <= -1.0 => Err(Absent::BelowTotalLoss),
        monthly if is_at_end => finite(finance::npv(1.0 / (1.0 + monthly) - 1.0, &late)),
        monthly => finite(finance::npv(monthly, net)),
    };
    // Where hardly anything is left of a dollar, what the flows are worth at the start is beyond any number.
    let is_at_end = [rate - neighbourhood(rate, 1.0 + rate), rate * 1.01, rate * 0.99]
        .into_iter()
        .any(|rate| worth(false, rate) == Err(Absent::TooLarge));
    let name = if is_at_end { "Worth at the end" } else { "NPV" };
    // A rate is what a year leaves of a dollar, less one: neighbours and rounding are measured by what it leaves.
    let source = flow_source(case);
    let told =
        zero(("rate", name), (rate, 1.0 + rate), &source, |rate| worth(is_at_end, rate)).beside(listed);
    if told.expr.is_some() {
        return told;
    }
    told.noting("So close to −100 % that the rates around it cannot be told apart")
}

/// How far the neighbours of a place are from it, that is measured by `size`.
fn neighbourhood(place: f64, size: f64) -> f64 {
    // Neighbours that are the same number would tell nothing.
    (1e-10 * size).max(4.0 * f64::EPSILON * place.abs()).max(f64::MIN_POSITIVE)
}

/// The place of a zero between two close neighbours, with the values a percent away for the eye; no formula if
/// the function does not change its sign there. `size` is what the place is measured by.
pub(crate) fn zero(
    (of, name): (&str, &str),
    (place, size): (f64, f64),
    source: &Source,
    at: impl Fn(f64) -> Maybe<f64>,
) -> Told {
    let near = neighbourhood(place, size);
    let value = |words: &str, place: f64| Operand {
        name: format!("{name} {words}"),
        value: at(place),
        unit: Unit::Usd,
        source: source.clone(),
    };
    let neighbour = |words: &str, place: f64| (place, value(words, place));
    let below = neighbour("just below it", place - near);
    let above = neighbour("just above it", place + near);
    let words = format!("{of} at which {name} = 0");
    let expr = Expr::Zero(Box::new(Zero { words, size, below, above }));
    let percent = place.abs() / 100.0;
    let context =
        vec![value("at 1 % less of it", place - percent), value("at 1 % more of it", place + percent)];
    Told { expr: expr.evaluate().is_finite().then_some(expr), context, ..Told::default() }
}

fn mirr(case: &Case<'_>) -> Told {
    let end = case.horizon();
    let rates = &case.scenario.finance;
    let earned = flows(case, true).map(|(t, flow)| (t as f64 - end as f64, flow));
    let reinvest = finance::monthly_rate(rates.reinvest_rate);
    let earned = series("Inflows reinvested to the end", Unit::Usd, flow_source(case), earned, reinvest);
    let paid = flows(case, false).map(|(t, flow)| (t as f64, flow));
    let financing = finance::monthly_rate(rates.finance_rate);
    let paid = series("Outflows financed from the start", Unit::Usd, flow_source(case), paid, financing);
    Told::of((earned / paid).raised_to(TWELVE / case.input("horizon_months")) - ONE)
        .beside([case.input("finance.reinvest_rate"), case.input("finance.finance_rate")])
}

/// The most money that is out on the basis.
fn peak_funding(case: &Case<'_>) -> Expr {
    step("Peak funding", Unit::Usd, peak(case).expr.unwrap_or(ZERO))
}

fn lowest_month(values: &[f64]) -> usize {
    // The first of several equal ones.
    (0..values.len()).min_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(0)
}

fn peak(case: &Case<'_>) -> Told {
    let t = lowest_month(case.evaluation.ledger.line(Line::Cumulative));
    if case.value(Line::Cumulative, t) >= 0.0 {
        return Told::of(ZERO).noting("The cumulative flow is never below zero");
    }
    Told::of(-case.line(Line::Cumulative, t))
}

fn peak_month(case: &Case<'_>) -> Told {
    let t = lowest_month(case.evaluation.ledger.line(Line::Cumulative));
    let month = operand("Month of the lowest cumulative cash", t as f64, Unit::Months, flow_source(case));
    Told::of(month).beside([case.line(Line::Cumulative, t)])
}

fn at_todays_profit(case: &Case<'_>) -> Told {
    let cash = step("Monthly cash at start levels", Unit::Usd, own(case).cash_today(case));
    Told::of(step("Own capex", Unit::Usd, capital::capex(case)) / cash.clone()).beside([cash])
}

fn operating_cash(case: &Case<'_>) -> Expr {
    let ebitda = case.lines("EBITDA", Line::Ebitda, 0, case.horizon());
    if !Line::BtcKeptValue.belongs_to(case.business()) {
        return ebitda;
    }
    ebitda - case.lines("Bitcoin kept", Line::BtcKeptValue, 0, case.horizon())
}

fn total_return(case: &Case<'_>) -> Told {
    let mut total = operating_cash(case) + case.line(Line::EndProceeds, case.horizon());
    if let Ok(deposit) = own(case).deposit(case) {
        total = total - step("Deposit", Unit::Usd, deposit);
    }
    let total = step("Cash and end proceeds", Unit::Usd, total);
    let capex = step("Own capex", Unit::Usd, capital::capex(case));
    Told::of((total / capex).raised_to(TWELVE / case.input("horizon_months")) - ONE)
}

fn profit_per_mwh(case: &Case<'_>, result: &Maybe<f64>) -> Told {
    if result.is_err() {
        return Told::default().noting("The fleet stands in somebody else’s data centre");
    }
    let months = (case.horizon() - case.live()) as f64;
    let months = operand("Months live", months, Unit::Months, case.live_source());
    let profit = case.lines("Profit before tax", Line::NetBeforeTax, 0, case.horizon());
    let energy = case.input("site.capacity_mw") * HOURS * months;
    Told::of(profit / step("Energy that the site could use", Unit::Mwh, energy))
}

/// Operating cash over the scheduled payment, in the months with one.
fn covers(case: &Case<'_>) -> Vec<(usize, f64)> {
    (case.live() + 1..=case.horizon())
        .filter_map(|t| {
            let payment = debt_payment(case, t)?.evaluate();
            (payment > 0.0).then(|| (t, case.evaluation.flows.operating_cash[t] / payment))
        })
        .collect()
}

fn debt_payment(case: &Case<'_>, t: usize) -> Option<Expr> {
    debt::is_borrowed(case).ok()?;
    debt::payment(case, t).ok()
}

fn lowest_dscr(case: &Case<'_>) -> Told {
    let from = case.timing().first_full_month();
    let all = covers(case).into_iter().filter(|(t, _)| *t >= from);
    let Some((t, _)) = all.min_by(|a, b| a.1.total_cmp(&b.1)) else {
        return Told::default().noting("Nothing is paid to a lender from full operation on");
    };
    let Some(payment) = debt_payment(case, t) else { return Told::default() };
    let cash = step("Operating cash", Unit::Usd, debt::operating_cash(case, t));
    Told::of(cash / step("Debt service", Unit::Usd, payment)).noting(format!("Lowest in month {t}"))
}

fn mean_dscr(case: &Case<'_>) -> Told {
    let covers = covers(case);
    let (Some(first), Some(last)) = (covers.first(), covers.last()) else {
        return Told::default().noting("Nothing is paid to a lender");
    };
    let source = Source::Lines(Line::DebtBalance, first.0, last.0);
    let count = operand("Months of debt service", covers.len() as f64, Unit::Count, source.clone());
    let terms = covers.iter().map(|(_, cover)| (0.0, *cover));
    let sum = series("Sum of the months’ DSCR", Unit::Multiple, source, terms, 0.0);
    Told::of(sum / count)
}

fn peak_equity(case: &Case<'_>) -> Told {
    let mut sum = 0.0;
    let sums: Vec<f64> = case
        .evaluation
        .flows
        .equity
        .iter()
        .map(|flow| {
            sum += flow;
            sum
        })
        .collect();
    let t = lowest_month(&sums);
    if sums.get(t).is_none_or(|lowest| *lowest >= 0.0) {
        return Told::of(ZERO).noting("The owner’s cumulative cash is never below zero");
    }
    Told::of(-case.lines("Cash to equity until then", Line::Equity, 0, t))
        .noting(format!("Lowest in month {t}"))
}

fn short_months(case: &Case<'_>) -> Told {
    let (from, to) = (case.live() + 1, case.horizon());
    let mut cash = case.scenario.risk.cash_reserve_usd;
    let terms: Vec<(f64, f64)> = (from..=to)
        .map(|t| {
            cash += case.value(Line::Equity, t);
            (0.0, if cash < 0.0 { 1.0 } else { 0.0 })
        })
        .collect();
    let source = Source::Lines(Line::Equity, from, to);
    let words = "Months in which reserve and cash to equity since live are below zero";
    Told::of(series(words, Unit::Count, source, terms.into_iter(), 0.0))
        .beside([case.input("risk.cash_reserve_usd")])
}
