//! Tax and debt: what they may change, and what they must leave alone.

use wattfolio_economics::kernel::{Absent, Basis, LINES, Line};
use wattfolio_economics::results::{Evaluation, compare_on};
use wattfolio_economics::scenario::{Debt, Scenario};

const LOAN: Debt = Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 48, grace_months: 6 };
const SIZED: Debt = Debt::SizedToDscr { dscr: 1.4, apr: 0.08, term_months: 84 };

fn financed(debt: Debt) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.mining.debt = debt;
    scenario.hosting.debt = debt;
    scenario.leasing.debt = debt;
    scenario
}

fn evaluate(scenario: &Scenario, basis: Basis) -> Vec<Evaluation> {
    let comparison = compare_on(&scenario.validate().unwrap(), basis);
    comparison.evaluations().cloned().collect()
}

#[test]
fn the_basis_leaves_operations_alone() {
    let scenario = financed(LOAN);
    let before = evaluate(&scenario, Basis::ProjectBeforeTax);
    // Lines that belong to a taxpayer, or add up the flows of the basis.
    let of_the_basis =
        [Line::TaxableIncome, Line::Tax, Line::NetAfterTax, Line::Cumulative, Line::DiscountedCumulative];
    for basis in [Basis::ProjectAfterTax, Basis::EquityAfterTax] {
        for (before, after) in before.iter().zip(evaluate(&scenario, basis)) {
            for line in LINES.into_iter().filter(|line| !of_the_basis.contains(line)) {
                assert_eq!(before.ledger.line(line), after.ledger.line(line), "{} on {basis:?}", line.id());
            }
            assert_eq!(before.measures.profit_usd_per_mwh, after.measures.profit_usd_per_mwh);
            assert_eq!(before.measures.service, after.measures.service);
            assert_ne!(before.measures.npv_usd, after.measures.npv_usd);
        }
    }
}

#[test]
fn without_debt_and_tax_the_owner_gets_what_the_project_earns() {
    let mut scenario = Scenario::default();
    scenario.finance.tax_rate = 0.0;
    let project = evaluate(&scenario, Basis::ProjectBeforeTax);
    for basis in [Basis::ProjectAfterTax, Basis::EquityAfterTax] {
        for (project, other) in project.iter().zip(evaluate(&scenario, basis)) {
            for (a, b) in project.flows.net.iter().zip(&other.flows.net) {
                assert!((a - b).abs() < 0.005, "{a} {b}");
            }
            assert_eq!(project.measures.payback_months, other.measures.payback_months);
        }
    }
}

#[test]
fn a_loan_gives_back_what_it_lent_with_interest() {
    let longer_than_the_plan = Debt::Loan { loan_to_cost: 0.5, apr: 0.07, term_months: 300, grace_months: 0 };
    for debt in [LOAN, SIZED, longer_than_the_plan] {
        for evaluation in evaluate(&financed(debt), Basis::EquityAfterTax) {
            let ledger = &evaluation.ledger;
            let (drawn, repaid) = (ledger.sum(Line::DebtDrawn), -ledger.sum(Line::Principal));
            // Interest until live is added to the loan, so that more principal is repaid than was drawn.
            assert!(drawn > 0.0 && repaid > drawn, "{drawn} {repaid}");
            let balance = ledger.line(Line::DebtBalance);
            assert!(balance[balance.len() - 1].abs() < 1e-6 * drawn, "{balance:?}");
            let live = evaluation.timing.live();
            for t in live + 1..balance.len() {
                let step = balance[t - 1] + ledger.line(Line::Principal)[t] - balance[t];
                assert!(step.abs() < 1e-12 * drawn, "month {t}: {step}");
            }
            let paid = evaluation.debt_paid_month;
            assert_eq!(paid.is_some(), debt != longer_than_the_plan);
            assert!(paid.is_none_or(|month| balance[month] == 0.0 && balance[month - 1] > 0.0));
        }
    }
}

#[test]
fn sized_debt_keeps_its_cover_and_a_loan_reports_its_own() {
    // A cover that leaves the debt below the capex everywhere.
    let thin = Debt::SizedToDscr { dscr: 3.0, apr: 0.08, term_months: 60 };
    for evaluation in evaluate(&financed(thin), Basis::EquityAfterTax) {
        let service = &evaluation.measures.service;
        assert!((service.min_dscr.unwrap() - 3.0).abs() < 1e-9, "{service:?}");
        assert!((service.avg_dscr.unwrap() - 3.0).abs() < 1e-9, "{service:?}");
    }
    for evaluation in evaluate(&financed(Debt::None), Basis::EquityAfterTax) {
        assert_eq!(evaluation.measures.service.min_dscr, Err(Absent::NoDebtService));
    }
}

#[test]
fn a_reserve_bridges_months_that_are_short_of_cash() {
    let dear = Debt::Loan { loan_to_cost: 1.0, apr: 0.15, term_months: 24, grace_months: 0 };
    let mut scenario = financed(dear);
    let short = |scenario: &Scenario| {
        evaluate(scenario, Basis::EquityAfterTax)[2].measures.service.short_months.clone()
    };
    let without = short(&scenario);
    assert!(without.len() > 12 && without[0] > 12, "{without:?}");
    scenario.risk.cash_reserve_usd = 1e12;
    assert!(short(&scenario).is_empty());
}

#[test]
fn cheap_debt_raises_the_return_on_equity_of_a_good_project() {
    let cheap = Debt::Loan { loan_to_cost: 0.7, apr: 0.03, term_months: 96, grace_months: 0 };
    let alone = evaluate(&financed(Debt::None), Basis::EquityAfterTax);
    let levered = evaluate(&financed(cheap), Basis::EquityAfterTax);
    for (alone, levered) in alone.iter().zip(&levered).skip(1) {
        assert!(levered.measures.irr.unwrap() > alone.measures.irr.unwrap());
        assert!(levered.measures.service.peak_equity_usd < alone.measures.service.peak_equity_usd);
    }
}
