//! Formulas of results: EBITDA, net cash, the owner's cash, and running sums.

use crate::explain::case::Case;
use crate::explain::expr::{Expr, ONE, TWELVE, maybe, operand};
use crate::explain::operand::Source;
use crate::kernel::{Absent, Basis, Line};
use crate::results::compare_on;
use crate::units::Unit;

/// The line whose values are the flows of a basis.
pub(crate) const fn net_line(basis: Basis) -> Line {
    match basis {
        Basis::ProjectBeforeTax => Line::NetBeforeTax,
        Basis::ProjectAfterTax => Line::NetAfterTax,
        Basis::EquityAfterTax => Line::Equity,
    }
}

/// Formula of a line that adds up other lines.
pub(crate) fn line(case: &Case<'_>, line: Line, t: usize) -> Expr {
    let sum = |lines: &[Line]| {
        let own = lines.iter().filter(|line| line.belongs_to(case.business()));
        Expr::Sum(own.map(|line| case.line(*line, t)).collect())
    };
    match line {
        Line::Ebitda => sum(&[
            Line::Revenue,
            Line::Power,
            Line::Opex,
            Line::Maintenance,
            Line::Replacement,
            Line::Colocation,
        ]),
        Line::NetBeforeTax => {
            let flows = sum(&[
                Line::Ebitda,
                Line::OtherProceeds,
                Line::CapexWorks,
                Line::CapexHardware,
                Line::Deposit,
                Line::EndProceeds,
            ]);
            // Coins that are kept are earned, but no cash.
            if Line::BtcKeptValue.belongs_to(case.business()) {
                flows - case.line(Line::BtcKeptValue, t)
            } else {
                flows
            }
        }
        Line::NetAfterTax => sum(&[Line::NetBeforeTax, Line::Tax]),
        Line::Equity => equity(case, t),
        Line::DiscountedCumulative => running(case, line, discounted(case, t), t),
        _ => running(case, line, case.line(net_line(case.evaluation.basis), t), t),
    }
}

fn running(case: &Case<'_>, line: Line, flow: Expr, t: usize) -> Expr {
    if t == 0 { flow } else { case.line_before(line, t) + flow }
}

/// The flow of a month at the start.
fn discounted(case: &Case<'_>, t: usize) -> Expr {
    let flow = case.line(net_line(case.evaluation.basis), t);
    let months = operand("Months", t as f64, Unit::Months, Source::Plan("since the start".to_owned()));
    flow / (ONE + case.input("finance.discount_rate")).raised_to(months / TWELVE)
}

/// On the other bases the ledger holds the project's tax, and the owner's is computed for the purpose.
fn equity(case: &Case<'_>, t: usize) -> Expr {
    let after_tax = if case.evaluation.basis == Basis::EquityAfterTax {
        case.line(Line::NetAfterTax, t)
    } else {
        let owner = compare_on(case.scenario, Basis::EquityAfterTax);
        let tax = match owner.business(case.business()) {
            Ok(owner) => Ok(owner.ledger.line(Line::Tax)[t]),
            Err(_) => Err(Absent::TooLarge),
        };
        let source = Source::Plan("the line Tax on the basis equity after tax".to_owned());
        case.line(Line::NetBeforeTax, t) + maybe("Owner’s tax", tax, Unit::Usd, source)
    };
    after_tax + case.line(Line::DebtDrawn, t) + case.line(Line::Interest, t) + case.line(Line::Principal, t)
}
