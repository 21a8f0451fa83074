//! Formulas of AI hosting.

use super::{EndValue, HostingPower, rows};
use crate::catalogue::site;
use crate::explain::capital;
use crate::explain::case::{Case, Formula, Moment, series, thousands, yearly_steps};
use crate::explain::expr::{Expr, HOURS, ONE, THOUSAND, TWELVE, ZERO, literal, operand, step};
use crate::explain::operand::Source;
use crate::explain::own::Explained;
use crate::kernel::{Line, MarketSeries};
use crate::units::Unit;

/// Formula of a line in a month after live.
fn live_line(case: &Case<'_>, line: Line, t: usize) -> Formula {
    case.is_live(t)?;
    match line {
        Line::Revenue => {
            let parts = [Line::Fees, Line::PowerBilledOn, Line::CreditToCustomer, Line::Prepayment];
            Ok(Expr::Sum(parts.into_iter().map(|part| case.line(part, t)).collect()))
        }
        Line::Fees => fee(case, t),
        Line::PowerBilledOn if case.scenario.hosting.power == HostingPower::Landlord => {
            Err("The landlord pays for power".to_owned())
        }
        Line::PowerBilledOn => Ok(case.line(Line::EnergyMwh, t) * case.power_price(t)),
        Line::CreditToCustomer => credit(case, t),
        Line::Power => Ok(-(case.line(Line::EnergyMwh, t) * case.power_price(t))),
        Line::Opex => Ok(-opex(case, Moment::Month(t))),
        Line::EnergyMwh => energy(case, t),
        Line::KwMonthsLet => kw_let(case, t),
        _ => Err(case.has_no_line()),
    }
}

/// IT power, kW.
fn it_kw(case: &Case<'_>) -> Expr {
    step("IT power", Unit::Kw, it_mw(case) * THOUSAND)
}

/// IT power, MW.
pub(super) fn it_mw(case: &Case<'_>) -> Expr {
    case.input(&site::CAPACITY_MW) * case.input(&site::CONVERTIBLE_SHARE) / case.input(&rows::PUE)
}

/// Whole fit-out at the price of month `t`.
fn fit_out_at(case: &Case<'_>, t: usize) -> Expr {
    case.level(&rows::FIT_OUT_USD_PER_IT_MW, t) * step("IT power", Unit::Mw, it_mw(case))
}

fn fit_out(case: &Case<'_>) -> Expr {
    case.built_evenly(&rows::FIT_OUT_USD_PER_IT_MW, |t| fit_out_at(case, t))
}

/// Works paid by the business itself.
fn works(case: &Case<'_>) -> Expr {
    fit_out(case) * (ONE - case.input(&rows::CUSTOMER_CAPEX_SHARE))
}

/// Position of a live month in the cycle of leases and vacancies.
struct Lease {
    since_live: usize,
    renewals: usize,
    /// Months left in the running lease, this one included; 0 in a vacancy.
    months_left: usize,
}

fn lease(case: &Case<'_>, t: usize) -> Lease {
    let hosting = &case.scenario.hosting;
    let since_live = t.saturating_sub(case.live() + 1);
    let (term, vacancy) = (hosting.term_months as usize, hosting.vacancy_months as usize);
    let within = since_live % (term + vacancy);
    Lease { since_live, renewals: since_live / (term + vacancy), months_left: term.saturating_sub(within) }
}

fn let_lease(case: &Case<'_>, t: usize) -> Result<Lease, String> {
    let lease = lease(case, t);
    if lease.months_left > 0 { Ok(lease) } else { Err("Nothing is let between two leases".to_owned()) }
}

/// The fee earned in a live month, which may lie beyond the plan.
fn fee(case: &Case<'_>, t: usize) -> Formula {
    let lease = let_lease(case, t)?;
    let years = lease.since_live / 12;
    let escalation = yearly_steps("Escalation so far", case.input(&rows::FEE_ESCALATOR), years, "since live");
    let signed = case.level(&rows::FEE_USD_PER_KW_MONTH, case.timing().queue);
    let fee = it_kw(case) * case.input(&rows::OCCUPANCY) * signed * escalation;
    let renewed = if lease.renewals > 0 {
        let renewals = lease.renewals as f64;
        let renewals = operand("Renewals", renewals, Unit::Count, Source::of(&rows::TERM_MONTHS));
        fee * case.input(&rows::RENEWAL_FACTOR).raised_to(renewals)
    } else {
        fee
    };
    Ok(renewed * case.ramp(Moment::Month(t)))
}

fn fee_usd(case: &Case<'_>, t: usize) -> f64 {
    fee(case, t).map_or(0.0, |fee| fee.evaluate())
}

/// Fee due in a month after its prepayment, USD.
fn fee_due_usd(case: &Case<'_>, t: usize) -> f64 {
    if is_prepaid(case, t) { 0.0 } else { fee_usd(case, t) }
}

fn is_prepaid(case: &Case<'_>, t: usize) -> bool {
    lease(case, t).since_live < case.scenario.hosting.prepaid_months as usize
}

fn prepayment(case: &Case<'_>, t: usize) -> Formula {
    let (live, months) = (case.live(), case.scenario.hosting.prepaid_months as usize);
    if months == 0 {
        return Err("No fees are paid in advance".to_owned());
    }
    if t < live {
        return Err(format!("Fees in advance come in month {live}"));
    }
    if t == live {
        let fees = (live + 1..=live + months).map(|month| (0.0, fee_usd(case, month)));
        let source = Source::of(&rows::PREPAID_MONTHS);
        return Ok(series("Fees of the prepaid months", Unit::Usd, source, fees, 0.0));
    }
    if !is_prepaid(case, t) {
        return Err("The fee of this month was not paid in advance".to_owned());
    }
    Ok(-case.line(Line::Fees, t))
}

/// Capex funded by the customer.
fn funded(case: &Case<'_>) -> Expr {
    step("Customer’s funding", Unit::Usd, fit_out(case) * case.input(&rows::CUSTOMER_CAPEX_SHARE))
}

/// Credit left before month `t`.
fn credit_left(case: &Case<'_>, t: usize) -> Expr {
    let credited = case.lines("Credited so far", Line::CreditToCustomer, 0, t - 1);
    step("Credit left", Unit::Usd, funded(case) + credited)
}

fn has_first_tenant(case: &Case<'_>, t: usize) -> bool {
    lease(case, t).since_live < case.scenario.hosting.term_months as usize
}

fn credit(case: &Case<'_>, t: usize) -> Formula {
    if case.scenario.hosting.customer_capex_share <= 0.0 {
        return Err("The customer funds nothing".to_owned());
    }
    if !has_first_tenant(case, t) {
        return Err("The customer who funded the fit-out has left".to_owned());
    }
    let due = case.line(Line::Fees, t) + case.line(Line::Prepayment, t);
    let limit = case.input(&rows::CREDIT_LIMIT) * step("Fee due", Unit::Usd, due);
    Ok(-credit_left(case, t).at_most(limit))
}

fn let_share(case: &Case<'_>, t: usize) -> Formula {
    let_lease(case, t)?;
    Ok(case.input(&rows::OCCUPANCY) * case.ramp(Moment::Month(t)))
}

fn energy(case: &Case<'_>, t: usize) -> Formula {
    let drawn = it_kw(case) * case.input(&rows::PUE) * case.input(&rows::LOAD_FACTOR);
    Ok(thousands(drawn * let_share(case, t)? * HOURS))
}

fn kw_let(case: &Case<'_>, t: usize) -> Formula {
    Ok(it_kw(case) * let_share(case, t)?)
}

fn opex(case: &Case<'_>, moment: Moment) -> Expr {
    it_kw(case) * case.input(&rows::OPEX_USD_PER_KW_MONTH) * case.inflation(moment)
}

pub(super) fn months_after_end(case: &Case<'_>) -> Expr {
    let months = counted_months(case) as f64;
    operand("Months left of the lease", months, Unit::Months, Source::of(&rows::TERM_MONTHS))
}

fn end_proceeds(case: &Case<'_>) -> Expr {
    let horizon = case.horizon();
    let works = step("Own works", Unit::Usd, works(case));
    let remaining = counted_months(case);
    let end = horizon + remaining;
    let owed = owed(case, end);
    if remaining == 0 {
        let left = case.works_value(horizon, works);
        return match owed {
            Some(owed) => left - owed,
            None => left,
        };
    }
    let mut worth = term_worth(case, end);
    if let Some(owed) = owed {
        worth = worth - owed;
    }
    let periods = operand("Months left", remaining as f64, Unit::Months, Source::of(&rows::TERM_MONTHS));
    let rate = step(
        "Monthly discount rate",
        Unit::Fraction,
        (ONE + case.discount_rate()).raised_to(ONE / TWELVE) - ONE,
    );
    let works = case.works_value(end, works) / (ONE + rate).raised_to(periods);
    worth + step("Present value of the works then", Unit::Usd, works)
}

/// Present value at the start of the works' left value at `T`.
pub(super) fn works_left_at_start(case: &Case<'_>) -> Expr {
    let horizon = case.horizon();
    let works = case.works_value(horizon, step("Own works", Unit::Usd, works(case)));
    let term = (horizon as f64, works.evaluate());
    let source = Source::of(&rows::WORKS_RESALE_SHARE);
    let rate = case.monthly_discount_rate();
    series("Works’ left value at the end", Unit::Usd, source, std::iter::once(term), rate)
}

/// Months after the plan that the end value counts: those left of the first term.
fn counted_months(case: &Case<'_>) -> usize {
    let lease = lease(case, case.horizon());
    match case.scenario.hosting.end_value {
        EndValue::RunningTerm if lease.renewals == 0 => lease.months_left.saturating_sub(1),
        EndValue::RunningTerm | EndValue::Works => 0,
    }
}

/// Present value at `T` of fees prepaid for months after `from`; `None` if there are none.
fn owed(case: &Case<'_>, from: usize) -> Option<Expr> {
    let horizon = case.horizon();
    let last = case.live() + case.scenario.hosting.prepaid_months as usize;
    let fees = (from + 1..=last).map(|t| ((t - horizon) as f64, fee_usd(case, t)));
    let source = Source::of(&rows::PREPAID_MONTHS);
    let rate = case.monthly_discount_rate();
    (last > from).then(|| series("Fees paid in advance for months after it", Unit::Usd, source, fees, rate))
}

/// Present value at `T` of the remaining cash flow of the running lease.
fn term_worth(case: &Case<'_>, end: usize) -> Expr {
    let horizon = case.horizon();
    let months = || horizon + 1..=end;
    let present = |name: &str, source: Source, value: &dyn Fn(usize) -> f64| {
        let terms = months().map(|t| ((t - horizon) as f64, value(t)));
        series(name, Unit::Usd, source, terms, case.monthly_discount_rate())
    };
    let fees = present("Fees due after the plan", Source::of(&rows::FEE_USD_PER_KW_MONTH), &|t| {
        fee_due_usd(case, t)
    });
    let opex = present("Opex after the plan", Source::of(&rows::OPEX_USD_PER_KW_MONTH), &|t| {
        opex(case, Moment::Month(t)).evaluate()
    });
    let mut worth = fees - opex;
    if case.scenario.hosting.power == HostingPower::Landlord {
        let price = case.power_price(horizon).evaluate();
        let source = Source::Network(MarketSeries::PowerPrice, horizon);
        worth = worth
            - present("Electricity after the plan", source, &|t| {
                energy(case, t).map_or(0.0, |energy| energy.evaluate()) * price
            });
    }
    if case.scenario.hosting.customer_capex_share > 0.0 {
        let credits = credits_after(case, end);
        let source = Source::of(&rows::CREDIT_LIMIT);
        worth = worth - present("Credit after the plan", source, &|t| credits[t - horizon - 1]);
    }
    worth
}

/// The credits that fall due after the plan, month by month.
fn credits_after(case: &Case<'_>, end: usize) -> Vec<f64> {
    let horizon = case.horizon();
    let mut left = credit_left(case, horizon + 1).evaluate();
    let credit = |t: usize| {
        let credit = left.min(case.scenario.hosting.credit_limit * fee_due_usd(case, t));
        left -= credit;
        credit
    };
    (horizon + 1..=end).map(credit).collect()
}

/// Month in which the rest of the customer's funding is credited.
pub(super) fn credit_used_up(case: &Case<'_>, t: usize) -> Expr {
    let missing = step("Credit left a month before", Unit::Usd, credit_left(case, t));
    let month = operand("Month", t as f64, Unit::Months, Source::Line(Line::CreditToCustomer, t));
    let credited = -case.line(Line::CreditToCustomer, t);
    let tolerance = funded(case) * literal(1e-12, "0.000000000001");
    credited.if_less(missing - tolerance, ZERO, month)
}

/// A line of the first twelve months at full ramp, added up.
fn first_year(case: &Case<'_>, line: Line, name: &str) -> Expr {
    let first = case.timing().first_full_month();
    case.lines(name, line, first, first + 11)
}

/// Net operating income of the first twelve months at full ramp.
fn first_year_noi(case: &Case<'_>) -> Expr {
    let parts = [Line::Fees, Line::PowerBilledOn, Line::Power, Line::Opex];
    let parts = parts.into_iter().map(|line| first_year(case, line, line.label()));
    step("NOI of the first full year", Unit::Usd, Expr::Sum(parts.collect()))
}

/// NOI of the first full year over own capex.
pub(super) fn yield_on_cost(case: &Case<'_>) -> Expr {
    first_year_noi(case) / step("Own capex", Unit::Usd, capital::capex(case))
}

/// NOI over fees of the first full year.
pub(super) fn noi_margin(case: &Case<'_>) -> Expr {
    first_year_noi(case) / first_year(case, Line::Fees, "Fees of the first full year")
}

/// The formulas of AI hosting.
pub(crate) struct Formulas;

impl Explained for Formulas {
    fn operations(&self, case: &Case<'_>, line: Line, t: usize) -> Formula {
        match line {
            Line::Prepayment => prepayment(case, t),
            Line::Revenue if t == case.live() => Ok(case.line(Line::Prepayment, t)),
            _ => live_line(case, line, t),
        }
    }

    fn months_after_end(&self, case: &Case<'_>) -> usize {
        counted_months(case)
    }

    fn end_proceeds(&self, case: &Case<'_>) -> Expr {
        end_proceeds(case)
    }

    fn works(&self, case: &Case<'_>) -> Formula {
        Ok(works(case))
    }

    fn works_at(&self, case: &Case<'_>, t: usize) -> Formula {
        Ok(fit_out_at(case, t) * (ONE - case.input(&rows::CUSTOMER_CAPEX_SHARE)))
    }

    fn hardware(&self, _: &Case<'_>) -> Formula {
        Err("The customers bring their own machines".to_owned())
    }

    fn cash_today(&self, case: &Case<'_>) -> Expr {
        let kw = it_kw(case) * case.input(&rows::OCCUPANCY);
        let fee = step("Fee", Unit::Usd, kw.clone() * case.level(&rows::FEE_USD_PER_KW_MONTH, 0));
        let opex = step("Opex", Unit::Usd, it_kw(case) * case.input(&rows::OPEX_USD_PER_KW_MONTH));
        if case.scenario.hosting.power == HostingPower::PassThrough {
            return fee - opex;
        }
        let energy = thousands(kw * case.input(&rows::PUE) * case.input(&rows::LOAD_FACTOR) * HOURS);
        let power = step("Energy", Unit::Mwh, energy) * case.power_price(0);
        fee - step("Electricity", Unit::Usd, power) - opex
    }
}
