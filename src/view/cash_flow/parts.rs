//! Revenue and cost lines as stacked parts with their colours.

use egui::Color32;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Basis, Line, operating_costs};
use wattfolio_economics::results::Evaluation;

use crate::theme::Theme;

/// Parts of the revenue, from the axis upwards.
const REVENUE: [Line; 7] = [
    Line::BtcSales,
    Line::BtcKeptValue,
    Line::DemandResponse,
    Line::ContractRental,
    Line::MarketRental,
    Line::Fees,
    Line::PowerBilledOn,
];
/// Cost lines, from the axis downwards.
fn costs() -> impl Iterator<Item = Line> {
    operating_costs().chain([Line::CreditToCustomer])
}

/// Lines below the operating costs of a basis: what the state and the bank get.
const fn below_costs(basis: Basis) -> &'static [Line] {
    match basis {
        Basis::ProjectBeforeTax => &[],
        Basis::ProjectAfterTax => &[Line::Tax],
        Basis::EquityAfterTax => &[Line::Tax, Line::Interest, Line::Principal],
    }
}

/// Whether the revenue of a business is shown by its parts; whoever earns in one way has its revenue alone.
pub(super) fn has_parts(business: Business) -> bool {
    REVENUE.into_iter().any(|line| line.belongs_to(business))
}

/// A line that is drawn, with its colour.
pub(super) struct Part {
    pub line: Line,
    pub name: &'static str,
    pub colour: Color32,
    /// Sum over each period, USD.
    pub values: Vec<f64>,
}

/// Sums of a series over periods; month 0 belongs to the first.
pub(super) fn by_period(values: &[f64], months: usize) -> Vec<f64> {
    let periods = (values.len() - 1).div_ceil(months);
    let mut sums = vec![0.0; periods.max(1)];
    for (month, value) in values.iter().enumerate() {
        sums[month.saturating_sub(1) / months] += value;
    }
    sums
}

/// Revenue parts from the axis upwards, cost parts downwards.
pub(super) fn parts(theme: &Theme, evaluation: &Evaluation, months: usize) -> (Vec<Part>, Vec<Part>) {
    let palette = &theme.palette;
    let mark = theme.mark(evaluation.business);
    let present = |lines: &[Line]| -> Vec<Line> {
        lines.iter().copied().filter(|line| evaluation.ledger.has(*line)).collect()
    };
    let shades = [0.92, 0.58, 0.36];
    let mut revenue: Vec<Part> = Vec::new();
    let earned = if has_parts(evaluation.business) { &REVENUE[..] } else { &[Line::Revenue] };
    for (index, line) in present(earned).into_iter().enumerate() {
        let colour = blend(palette.app, mark, shades[index.min(2)]);
        let values = by_period(evaluation.ledger.line(line), months);
        revenue.push(Part { line, name: line.label(), colour, values });
    }
    let mut spent: Vec<Part> = Vec::new();
    let below: Vec<Line> = costs().chain(below_costs(evaluation.basis).iter().copied()).collect();
    for (index, line) in present(&below).into_iter().enumerate() {
        let colour = palette.costs[index.min(3)];
        let values = by_period(evaluation.ledger.line(line), months);
        spent.push(Part { line, name: line.label(), colour, values });
    }
    if evaluation.ledger.has(Line::Prepayment) {
        // Received it stands above the line, credited below.
        let values = by_period(evaluation.ledger.line(Line::Prepayment), months);
        let part =
            |values, colour| Part { line: Line::Prepayment, name: Line::Prepayment.label(), colour, values };
        revenue.push(part(values.iter().map(|v| v.max(0.0)).collect(), blend(palette.app, mark, 0.25)));
        spent.push(part(values.iter().map(|v| v.min(0.0)).collect(), palette.costs[3]));
    }
    (revenue, spent)
}

/// Cash of operations in each period: without bitcoin that is kept, of which nothing is paid.
pub(super) fn operating_cash(evaluation: &Evaluation, months: usize) -> Vec<f64> {
    let ledger = &evaluation.ledger;
    let lines = ledger.line(Line::Ebitda).iter().zip(ledger.line(Line::BtcKeptValue));
    by_period(&lines.map(|(earned, kept)| earned - kept).collect::<Vec<f64>>(), months)
}

/// A colour between two.
pub(super) fn blend(back: Color32, front: Color32, share: f32) -> Color32 {
    back.lerp_to_gamma(front, share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn month_zero_belongs_to_the_first_period() {
        assert_eq!(by_period(&[1.0, 2.0, 3.0, 4.0], 1), [3.0, 3.0, 4.0]);
        assert_eq!(by_period(&[1.0, 2.0, 3.0, 4.0], 2), [6.0, 4.0]);
        assert_eq!(by_period(&[5.0], 12), [5.0]);
    }

    #[test]
    fn equity_pays_tax_and_debt_service() {
        use wattfolio_economics::results::compare_on;
        use wattfolio_economics::scenario::Scenario;
        let mut scenario = Scenario::default();
        let debt = wattfolio_economics::catalogue::find("leasing.debt").unwrap();
        debt.write(&mut scenario, "Loan(loan_to_cost:0.6,apr:0.09,term_months:48,grace_months:6)").unwrap();
        let valid = scenario.validate().unwrap();
        let theme = Theme::get(crate::theme::PaletteChoice::Standard, true);
        let has = |basis: Basis, line: Line| {
            let comparison = compare_on(&valid, basis);
            let (_, costs) = parts(&theme, comparison.business(Business::Leasing).unwrap(), 12);
            costs.iter().any(|part| part.line == line && part.values.iter().sum::<f64>() < 0.0)
        };
        assert!(has(Basis::EquityAfterTax, Line::Interest) && has(Basis::EquityAfterTax, Line::Principal));
        assert!(!has(Basis::ProjectAfterTax, Line::Interest) && !has(Basis::ProjectBeforeTax, Line::Tax));
        assert!(has(Basis::EquityAfterTax, Line::Tax) && has(Basis::ProjectAfterTax, Line::Tax));
    }

    #[test]
    fn every_revenue_and_cost_line_is_drawn() {
        use wattfolio_economics::kernel::LINES;
        for line in LINES.into_iter().take_while(|line| *line != Line::Ebitda) {
            let drawn = REVENUE.contains(&line) || costs().any(|cost| cost == line);
            assert!(drawn || matches!(line, Line::Revenue | Line::Prepayment), "{}", line.id());
        }
    }
}
