//! Formulas of the measures that every business has.

use crate::catalogue::{debt as loans, finance as rates, site};
use crate::explain::case::{Case, series};
use crate::explain::derivation::Derivation;
use crate::explain::expr::{Expr, HOURS, ONE, TWELVE, ZERO, Zero, operand, step};
use crate::explain::operand::{Operand, Source};
use crate::explain::payback::{Paid, Which};
use crate::explain::sums::net_line;
use crate::explain::{capital, debt, own};
use crate::finance;
use crate::kernel::{Absent, Basis, Line, Maybe, finite};
use crate::results::reserve;
use crate::units::Unit;

/// Explains a measure that has a value. Its row holds this function beside its reader.
pub(crate) type Explain = fn(&Case<'_>, Maybe<f64>) -> Derivation;

pub(crate) fn npv(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Derivation::of(present_value(case)).beside([case.discount_rate()])
}

pub(crate) fn profit(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Derivation::of(profit_usd(case))
}

pub(crate) fn multiple(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Derivation::of(ONE + step("Profit", Unit::Usd, profit_usd(case)) / peak_funding_usd(case))
}

pub(crate) fn capex(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Derivation::of(capital::capex(case))
}

pub(crate) fn payback(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Paid::of(case, 0.0).derivation(Which::First)
}

pub(crate) fn payback_last(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Paid::of(case, 0.0).derivation(Which::Last)
}

pub(crate) fn discounted_payback(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Paid::of(case, case.monthly_discount_rate()).derivation(Which::First).beside([case.discount_rate()])
}

pub(crate) fn discounted_payback_last(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Paid::of(case, case.monthly_discount_rate()).derivation(Which::Last).beside([case.discount_rate()])
}

pub(crate) fn discount_rate(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    Derivation::of(case.discount_rate())
}

pub(crate) fn end_proceeds(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    match capital::end_proceeds(case, case.horizon()) {
        Ok(expr) => Derivation::of(expr),
        Err(reason) => Derivation::of(ZERO).noting(reason),
    }
}

/// The flows of the basis: those above zero, or those below with their sign turned.
fn flows<'a>(case: &'a Case<'_>, is_in: bool) -> impl Iterator<Item = (usize, f64)> + 'a {
    let sign = if is_in { 1.0 } else { -1.0 };
    case.evaluation.flows.net.iter().map(move |flow| (sign * flow).max(0.0)).enumerate()
}

fn flow_source(case: &Case<'_>) -> Source {
    Source::Lines(net_line(case.evaluation.basis), 0, case.horizon())
}

fn present_value(case: &Case<'_>) -> Expr {
    let present = |name: &str, is_in: bool| {
        let terms = flows(case, is_in).map(|(t, flow)| (t as f64, flow));
        series(name, Unit::Usd, flow_source(case), terms, case.monthly_discount_rate())
    };
    present("Present value of inflows", true) - present("Present value of outflows", false)
}

fn profit_usd(case: &Case<'_>) -> Expr {
    inflows(case) - outflows(case)
}

fn inflows(case: &Case<'_>) -> Expr {
    series("Inflows", Unit::Usd, flow_source(case), flows(case, true).map(|(_, flow)| (0.0, flow)), 0.0)
}

fn outflows(case: &Case<'_>) -> Expr {
    series("Outflows", Unit::Usd, flow_source(case), flows(case, false).map(|(_, flow)| (0.0, flow)), 0.0)
}

pub(crate) fn npv_per_capital(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let capital = match case.evaluation.basis {
        Basis::EquityAfterTax => most_in(case).map_or(ZERO, |(_, expr)| expr),
        Basis::ProjectBeforeTax | Basis::ProjectAfterTax => capital::capex(case),
    };
    let name = if case.evaluation.basis == Basis::EquityAfterTax { "Peak equity" } else { "Own capex" };
    Derivation::of(step("NPV", Unit::Usd, present_value(case)) / step(name, Unit::Usd, capital))
        .beside([case.discount_rate()])
}

pub(crate) fn irr(case: &Case<'_>, result: Maybe<f64>) -> Derivation {
    let roots = &case.evaluation.measures.irr_roots;
    let listed = roots.iter().enumerate().map(|(index, root)| {
        let name = format!("Rate {} with NPV 0", index + 1);
        operand(name, *root, Unit::FractionPerYear, Source::Plan("all rates above −99 %".to_owned()))
    });
    let Ok(rate) = result else {
        return Derivation::default().beside([inflows(case), outflows(case)]).beside(listed);
    };
    let others: Vec<Expr> = if roots.len() > 1 { listed.collect() } else { Vec::new() };
    let worth = |rate: f64| {
        if rate <= -1.0 {
            return Err(Absent::BelowTotalLoss);
        }
        finite(finance::npv(finance::monthly_rate(rate), &case.evaluation.flows.net))
    };
    // A rate is a yearly growth factor less one: neighbours and rounding are relative to the factor.
    let source = flow_source(case);
    zero(("rate", "NPV"), (rate, 1.0 + rate), &source, worth).beside(others)
}

/// Distance of the neighbours of a place, relative to `size`.
fn neighbourhood(place: f64, size: f64) -> f64 {
    // Neighbours that are the same number would show nothing.
    (1e-10 * size).max(4.0 * f64::EPSILON * place.abs()).max(f64::MIN_POSITIVE)
}

/// The place of a zero between two close neighbours, with the values one percent away as context; no formula if the
/// function does not change its sign there. `size` is the scale of the place.
pub(crate) fn zero(
    (of, name): (&str, &str),
    (place, size): (f64, f64),
    source: &Source,
    at: impl Fn(f64) -> Maybe<f64>,
) -> Derivation {
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
    Derivation { expr: expr.evaluate().is_finite().then_some(expr), context, ..Derivation::default() }
}

pub(crate) fn mirr(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let end = case.horizon();
    let finance = &case.scenario.finance;
    let earned = flows(case, true).map(|(t, flow)| (t as f64 - end as f64, flow));
    let reinvest = finance::monthly_rate(finance.reinvest_rate);
    let earned = series("Inflows reinvested to the end", Unit::Usd, flow_source(case), earned, reinvest);
    let paid = flows(case, false).map(|(t, flow)| (t as f64, flow));
    let financing = finance::monthly_rate(finance.finance_rate);
    let paid = series("Outflows financed from the start", Unit::Usd, flow_source(case), paid, financing);
    Derivation::of((earned / paid).raised_to(TWELVE / case.input(&site::HORIZON_MONTHS)) - ONE)
        .beside([case.input(&rates::REINVEST_RATE), case.input(&rates::FINANCE_RATE)])
}

fn lowest_month(values: &[f64]) -> usize {
    // The first of several equal ones.
    (0..values.len()).min_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(0)
}

/// Largest deficit of the cumulative flow on the basis; `None` if there is none.
fn most_out(case: &Case<'_>) -> Option<Expr> {
    let t = lowest_month(case.evaluation.ledger.line(Line::Cumulative));
    (case.value(Line::Cumulative, t) < 0.0).then(|| -case.line(Line::Cumulative, t))
}

fn peak_funding_usd(case: &Case<'_>) -> Expr {
    step("Peak funding", Unit::Usd, most_out(case).unwrap_or(ZERO))
}

pub(crate) fn peak_funding(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    match most_out(case) {
        Some(expr) => Derivation::of(expr),
        None => Derivation::of(ZERO).noting("The cumulative flow is never below zero"),
    }
}

pub(crate) fn peak_funding_month(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let t = lowest_month(case.evaluation.ledger.line(Line::Cumulative));
    let month = operand("Month of the lowest cumulative cash", t as f64, Unit::Months, flow_source(case));
    Derivation::of(month).beside([case.line(Line::Cumulative, t)])
}

pub(crate) fn payback_today(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let cash = step("Monthly cash at start levels", Unit::Usd, own::own(case).cash_today(case));
    Derivation::of(step("Own capex", Unit::Usd, capital::capex(case)) / cash.clone()).beside([cash])
}

fn operating_cash(case: &Case<'_>) -> Expr {
    let ebitda = case.over_the_plan("EBITDA", Line::Ebitda);
    if !Line::BtcKeptValue.belongs_to(case.business()) {
        return ebitda;
    }
    ebitda - case.over_the_plan("Bitcoin kept", Line::BtcKeptValue)
}

pub(crate) fn annualised_total_return(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let mut total = operating_cash(case) + case.line(Line::EndProceeds, case.horizon());
    if let Ok(deposit) = own::own(case).deposit(case) {
        total = total - step("Deposit", Unit::Usd, deposit);
    }
    let total = step("Cash and end proceeds", Unit::Usd, total);
    let capex = step("Own capex", Unit::Usd, capital::capex(case));
    Derivation::of((total / capex).raised_to(TWELVE / case.input(&site::HORIZON_MONTHS)) - ONE)
}

pub(crate) fn profit_per_mwh(case: &Case<'_>, result: Maybe<f64>) -> Derivation {
    if result.is_err() {
        return Derivation::default().noting("The fleet stands in somebody else’s data centre");
    }
    let months = (case.horizon() - case.live()) as f64;
    let months = operand("Months live", months, Unit::Months, case.live_source());
    let profit = case.over_the_plan("Profit before tax", Line::NetBeforeTax);
    let energy = case.input(&site::CAPACITY_MW) * HOURS * months;
    Derivation::of(profit / step("Energy that the site could use", Unit::Mwh, energy))
}

pub(crate) fn npv_per_mwh(case: &Case<'_>, result: Maybe<f64>) -> Derivation {
    if result.is_err() {
        return Derivation::default().noting("The fleet stands in somebody else’s data centre");
    }
    let last = case.horizon() + own::own(case).months_after_end(case);
    let months = (case.live() + 1..=last).map(|t| (t as f64, 1.0));
    let months =
        series("Discounted months", Unit::Months, case.live_source(), months, case.monthly_discount_rate());
    let energy = case.input(&site::CAPACITY_MW) * HOURS * months;
    let npv = step("NPV", Unit::Usd, present_value(case));
    Derivation::of(npv / step("Discounted energy that the site could use", Unit::Mwh, energy))
        .beside([case.discount_rate()])
}

/// Present value of the end proceeds after tax and debt.
pub(crate) fn end_proceeds_npv(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let horizon = case.horizon();
    let beyond = [(horizon as f64, case.evaluation.flows.beyond_payback)].into_iter();
    let rate = case.monthly_discount_rate();
    let source = Source::Lines(Line::EndProceeds, horizon, horizon);
    let derivation =
        Derivation::of(series("Present value of the end proceeds", Unit::Usd, source, beyond, rate));
    match case.evaluation.basis {
        Basis::ProjectBeforeTax => derivation,
        Basis::ProjectAfterTax => derivation.noting("Less the tax on them"),
        Basis::EquityAfterTax => derivation.noting("Less the tax on them and what they repay of the loan"),
    }
    .beside([case.discount_rate()])
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

pub(crate) fn min_dscr(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let from = case.timing().first_full_month();
    let all = covers(case).into_iter().filter(|(t, _)| *t >= from);
    let Some((t, _)) = all.min_by(|a, b| a.1.total_cmp(&b.1)) else {
        return Derivation::default().noting("Nothing is paid to a lender from full operation on");
    };
    let Some(payment) = debt_payment(case, t) else { return Derivation::default() };
    let cash = step("Operating cash", Unit::Usd, debt::operating_cash(case, t));
    Derivation::of(cash / step("Debt service", Unit::Usd, payment)).noting(format!("Lowest in month {t}"))
}

pub(crate) fn avg_dscr(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let covers = covers(case);
    let (Some(first), Some(last)) = (covers.first(), covers.last()) else {
        return Derivation::default().noting("Nothing is paid to a lender");
    };
    let source = Source::Lines(Line::DebtBalance, first.0, last.0);
    let count = operand("Months of debt service", covers.len() as f64, Unit::Count, source.clone());
    let terms = covers.iter().map(|(_, cover)| (0.0, *cover));
    let sum = series("Sum of the months’ DSCR", Unit::Multiple, source, terms, 0.0);
    Derivation::of(sum / count)
}

/// Largest sum of the owner's money in the project, with its month; `None` if there is none.
fn most_in(case: &Case<'_>) -> Option<(usize, Expr)> {
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
    let is_in = sums.get(t).is_some_and(|lowest| *lowest < 0.0);
    is_in.then(|| (t, -case.lines("Cash to equity until then", Line::Equity, 0, t)))
}

pub(crate) fn peak_equity(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    match most_in(case) {
        Some((t, expr)) => Derivation::of(expr).noting(format!("Lowest in month {t}")),
        None => Derivation::of(ZERO).noting("The owner’s cumulative cash is never below zero"),
    }
}

/// The reserve: cash, and months of operating costs and debt service after the ramp.
fn reserve(case: &Case<'_>) -> Expr {
    let cash = case.input(&loans::CASH_RESERVE_USD);
    let (from, to) = (case.timing().ramp_end() + 1, case.horizon());
    if case.scenario.risk.reserve_months == 0.0 || from > to {
        return cash;
    }
    let costs = |t: usize| -reserve::costs().map(|line| case.value(line, t)).sum::<f64>();
    let spent =
        (from..=to).map(|t| costs(t) + debt_payment(case, t).map_or(0.0, |payment| payment.evaluate()));
    let source = Source::Lines(Line::Ebitda, from, to);
    let words = "Operating costs and debt service after the ramp";
    let sum = series(words, Unit::Usd, source.clone(), spent.map(|usd| (0.0, usd)), 0.0);
    let months = operand("Months after the ramp", (to + 1 - from) as f64, Unit::Count, source);
    cash + case.input(&loans::RESERVE_MONTHS) * sum / months
}

pub(crate) fn short_months(case: &Case<'_>, _: Maybe<f64>) -> Derivation {
    let (from, to) = (case.timing().ramp_end() + 1, case.horizon());
    let reserve = reserve(case);
    let mut cash = reserve.evaluate();
    let terms: Vec<(f64, f64)> = (from..=to)
        .map(|t| {
            cash += case.value(Line::Equity, t);
            (0.0, if cash < 0.0 { 1.0 } else { 0.0 })
        })
        .collect();
    let source = Source::Lines(Line::Equity, from, to);
    let words = "Months in which reserve and cash to equity since the end of the ramp are below zero";
    Derivation::of(series(words, Unit::Count, source, terms.into_iter(), 0.0)).beside([step(
        "Reserve",
        Unit::Usd,
        reserve,
    )])
}
