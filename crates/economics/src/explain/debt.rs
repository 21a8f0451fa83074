//! Formulas of debt: draws, interest, payments and balance.

use crate::explain::capital::capex_of_month;
use crate::explain::case::{Case, Formula, series};
use crate::explain::expr::{Expr, ONE, TWELVE, ZERO, operand, step};
use crate::explain::operand::Source;
use crate::kernel::Line;
use crate::scenario::Debt;
use crate::units::Unit;

/// Formula of the debt drawn in a month.
pub(crate) fn drawn(case: &Case<'_>, t: usize) -> Formula {
    is_borrowed(case)?;
    if t > case.live() {
        return Err("A loan is drawn with the capex, before live".to_owned());
    }
    Ok(drawn_share(case) * capex_of_month(case, t))
}

/// Formula of the interest paid in a month.
pub(crate) fn interest(case: &Case<'_>, t: usize) -> Formula {
    is_borrowed(case)?;
    if t > case.live() {
        Ok(-accrued(case, t))
    } else {
        Err("Until live interest is added to the loan".to_owned())
    }
}

/// An error if the plan has no debt, and the reason.
pub(crate) fn is_borrowed(case: &Case<'_>) -> Result<(), String> {
    if debt(case) == Debt::None {
        return Err("It is financed with own money".to_owned());
    }
    if case.evaluation.measures.capex_usd <= 0.0 {
        return Err("There is no own capex to lend on".to_owned());
    }
    Ok(())
}

pub(crate) fn debt(case: &Case<'_>) -> Debt {
    case.business().debt(case.scenario)
}

fn monthly_rate(case: &Case<'_>) -> Expr {
    case.of_loan(|loan| loan.apr) / TWELVE
}

/// Interest on the balance of the month before.
pub(crate) fn accrued(case: &Case<'_>, t: usize) -> Expr {
    if t == 0 { ZERO } else { case.line_before(Line::DebtBalance, t) * monthly_rate(case) }
}

/// Formula of the balance at the end of a month.
pub(crate) fn balance(case: &Case<'_>, t: usize) -> Formula {
    is_borrowed(case)?;
    if t == 0 {
        return Ok(case.line(Line::DebtDrawn, t));
    }
    if let Debt::SizedToDscr { term_months, .. } = debt(case)
        && t >= last_payment(case, term_months)
    {
        return Err("The last payment leaves nothing owed".to_owned());
    }
    let before = case.line_before(Line::DebtBalance, t);
    if t > case.live() {
        return Ok(before + case.line(Line::Principal, t));
    }
    let interest = step("Interest added", Unit::Usd, accrued(case, t));
    Ok(before + interest + case.line(Line::DebtDrawn, t))
}

/// Formula of the principal repaid in a month.
pub(crate) fn principal(case: &Case<'_>, t: usize) -> Formula {
    is_borrowed(case)?;
    if t <= case.live() {
        return Err("Nothing is repaid before live".to_owned());
    }
    if let Debt::Loan { .. } = debt(case)
        && t == case.horizon()
    {
        // Whatever the schedule, the rest is repaid when the plan ends.
        return Ok(-case.line_before(Line::DebtBalance, t));
    }
    let payment = step("Payment", Unit::Usd, payment(case, t)?);
    Ok(step("Interest", Unit::Usd, accrued(case, t)) - payment)
}

/// The scheduled payment of a month after live: interest and principal.
pub(crate) fn payment(case: &Case<'_>, t: usize) -> Formula {
    let since = t - case.live();
    match debt(case) {
        Debt::None => Err("It is financed with own money".to_owned()),
        Debt::Loan { term_months, grace_months, .. } => {
            let (grace, last) = (grace_months as usize, grace_months as usize + term_months as usize);
            if since > last {
                Err(format!("The loan was repaid in month {}", case.live() + last))
            } else if since == last {
                Ok(case.line_before(Line::DebtBalance, t) + accrued(case, t))
            } else if since <= grace {
                Ok(accrued(case, t))
            } else {
                Ok(level_payment(case, case.live() + grace))
            }
        }
        Debt::SizedToDscr { term_months, .. } => {
            let last = last_sized(case, term_months);
            if t > last {
                return Err(format!("The loan was repaid in month {last}"));
            }
            let sized = operating_cash(case, t).at_least(ZERO) / case.of_loan(|loan| loan.dscr);
            Ok(sized / sized_over_capex(case).at_least(ONE))
        }
    }
}

/// `B·r / (1 − (1 + r)^−n)` on the balance at the end of the grace.
fn level_payment(case: &Case<'_>, from: usize) -> Expr {
    let owed = case.value(Line::DebtBalance, from);
    let owed = operand("Owed after the grace", owed, Unit::Usd, Source::Line(Line::DebtBalance, from));
    let term = || case.of_loan(|loan| loan.term_months);
    if monthly_rate(case).evaluate() == 0.0 {
        return owed / term();
    }
    owed * monthly_rate(case) / monthly_rate(case).discounted_away(term())
}

fn last_sized(case: &Case<'_>, term_months: u32) -> usize {
    (case.live() + term_months as usize).min(case.horizon())
}

/// The month of the last payment of a sized debt: months without cash may follow it in the term.
fn last_payment(case: &Case<'_>, term_months: u32) -> usize {
    let cash = &case.evaluation.flows.operating_cash;
    let term = case.live() + 1..=last_sized(case, term_months);
    term.rev().find(|t| cash[*t] > 0.0).unwrap_or(case.live())
}

/// Operating cash of a month: EBITDA without kept coins.
pub(crate) fn operating_cash(case: &Case<'_>, t: usize) -> Expr {
    let ebitda = case.line(Line::Ebitda, t);
    let keeps_coins = Line::BtcKeptValue.belongs_to(case.business());
    if keeps_coins { ebitda - case.line(Line::BtcKeptValue, t) } else { ebitda }
}

/// Share of each month's capex that is borrowed.
fn drawn_share(case: &Case<'_>) -> Expr {
    match debt(case) {
        Debt::SizedToDscr { .. } => {
            step("Share of capex", Unit::Fraction, sized_over_capex(case).at_most(ONE))
        }
        Debt::Loan { .. } | Debt::None => case.of_loan(|loan| loan.loan_to_cost),
    }
}

/// The debt that the operating cash carries, over the capex with its interest until live.
fn sized_over_capex(case: &Case<'_>) -> Expr {
    let Debt::SizedToDscr { apr, dscr, term_months } = debt(case) else { return ONE };
    let (live, last) = (case.live(), last_sized(case, term_months));
    let cash = |t: usize| case.evaluation.flows.operating_cash[t].max(0.0) / dscr;
    let payments = (live + 1..=last).map(|t| ((t - live) as f64, cash(t)));
    let source = Source::Lines(Line::Ebitda, live + 1, last);
    let carried = series("Debt that the cash carries", Unit::Usd, source, payments, apr / 12.0);
    let draws = (0..=live).map(|t| (t as f64 - live as f64, capex_of_month(case, t).evaluate()));
    let source = Source::Lines(Line::CapexWorks, 0, live);
    let capex = series("Capex with interest until live", Unit::Usd, source, draws, apr / 12.0);
    step("Debt carried over capex", Unit::Fraction, carried / capex)
}
