//! Tax and debt: the lines that they may change, and those that they must not.

use proptest::prelude::*;
use wattfolio_economics::kernel::{Absent, Basis, LINES, Line};
use wattfolio_economics::results::{Evaluation, compare_on};
use wattfolio_economics::scenario::{Debt, Scenario};

use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

const LOAN: Debt = Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 48, grace_months: 6 };
const SIZED: Debt = Debt::SizedToDscr { dscr: 1.4, apr: 0.08, term_months: 84 };

fn financed(debt: Debt) -> Scenario {
    with_debt(Scenario::default(), debt)
}

fn with_debt(mut scenario: Scenario, debt: Debt) -> Scenario {
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
fn a_debt_that_takes_all_leaves_the_owner_exactly_nothing() {
    let all_of_the_capex = Debt::Loan { loan_to_cost: 1.0, apr: 0.07, term_months: 48, grace_months: 6 };
    for evaluation in evaluate(&financed(all_of_the_capex), Basis::EquityAfterTax) {
        let live = evaluation.timing.live();
        assert!(live > 0 && evaluation.ledger.sum(Line::DebtDrawn) > 0.0);
        assert_eq!(evaluation.flows.equity[..=live], vec![0.0; live + 1]);
    }
    let all_of_the_cash = Debt::SizedToDscr { dscr: 1.0, apr: 0.08, term_months: 12 };
    let mut scenario = financed(all_of_the_cash);
    scenario.finance.tax_rate = 0.0;
    for evaluation in evaluate(&scenario, Basis::EquityAfterTax) {
        let first = evaluation.timing.live() + 1;
        let cash = &evaluation.flows.operating_cash[first..first + 12];
        assert!(cash.iter().all(|cash| *cash > 0.0), "{cash:?}");
        assert_eq!(evaluation.flows.equity[first..first + 12], [0.0; 12]);
    }
}

proptest! {
    #![proptest_config(config("owners of random plans", 150, 10_000))]

    /// A rounding remainder would count as income or as a shortfall, and give false rates of return.
    #[test]
    fn what_an_owner_gets_is_exactly_nothing_or_more_than_rounding(
        scenario in any_scenario(),
        (apr, term_months, grace_months) in (0.0..0.3f64, 1..300u32, 0..24u32),
        takes_all in any::<bool>(),
    ) {
        let debt = if takes_all {
            Debt::Loan { loan_to_cost: 1.0, apr, term_months, grace_months }
        } else {
            Debt::SizedToDscr { dscr: 1.0, apr, term_months }
        };
        for evaluation in evaluate(&with_debt(scenario, debt), Basis::EquityAfterTax) {
            let line = |line: Line| evaluation.ledger.line(line);
            // A tiny amount of any of these is really paid.
            let beside =
                [Line::Tax, Line::OtherProceeds, Line::Deposit, Line::Prepayment, Line::EndProceeds];
            let is_all = |t: &usize| beside.iter().all(|&beside| line(beside)[*t] == 0.0);
            for t in (0..evaluation.flows.equity.len()).filter(is_all) {
                let flow = evaluation.flows.equity[t];
                let repaid = line(Line::Interest)[t] + line(Line::Principal)[t];
                let size = line(Line::NetAfterTax)[t].abs() + line(Line::DebtDrawn)[t] + repaid.abs();
                prop_assert!(flow == 0.0 || flow.abs() > 1e-12 * size, "month {t}: {flow} of {size}");
            }
        }
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
