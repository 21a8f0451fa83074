//! Every explanation gives its number back.

use super::*;
use crate::analysis::{MEASURES, compare_on};
use crate::business::{Basis, LINES};
use crate::scenario::{
    ColocationPower, Debt, Depreciation, EndValue, Fleet, HostingPower, Path, Placement, PowerContract,
    Scenario, Treasury,
};

/// A change of the default scenario under a name.
type Change = (&'static str, fn(&mut Scenario));

fn with_debt(scenario: &mut Scenario, debt: Debt) {
    scenario.mining.debt = debt;
    scenario.hosting.debt = debt;
    scenario.leasing.debt = debt;
}

fn wholesale(scenario: &mut Scenario, hourly_sigma: f64) {
    scenario.power.contract = PowerContract::Wholesale { hourly_sigma };
    scenario.power.curtailment = true;
}

fn colocated(power: ColocationPower) -> Placement {
    Placement::Colocated { fee_usd_per_kw_month: 175.0, pue: 1.4, deposit_months: 2.0, power }
}

const CHANGES: &[Change] = &[
    ("default", |_| ()),
    ("cheap power, dear bitcoin", |s| {
        s.power.price_usd_per_kwh =
            Path { points: vec![(24.0, 0.02), (60.0, 0.0)], ..Path::growing(0.03, 0.0) };
        s.bitcoin.price_usd.value = 200_000.0;
        s.horizon_months = 77;
    }),
    ("queues and a short plan", |s| {
        s.mining.queue_months = 7;
        s.mining.build_months = 0;
        s.mining.ramp_months = 0;
        s.hosting.queue_months = 5;
        s.leasing.queue_months = 3;
        s.leasing.build_months = 1;
        s.site.legacy_resale_usd = 3e6;
        s.horizon_months = 40;
    }),
    ("wholesale, demand response, hold", |s| {
        wholesale(s, 0.6);
        s.power.demand_response_usd_per_mw_month = 5_000.0;
        s.mining.treasury = Treasury::Hold { share: 0.4 };
        s.mining.resale_hashprice_elasticity = 0.8;
    }),
    ("one wholesale price, coins cover costs", |s| {
        wholesale(s, 0.0);
        s.mining.treasury = Treasury::SellToCoverCosts;
        s.mining.idle_when_unprofitable = false;
        s.bitcoin.price_usd.growth_per_year = 0.3;
    }),
    ("coins cover costs, no curtailment, free power", |s| {
        s.mining.treasury = Treasury::SellToCoverCosts;
        s.power.price_usd_per_kwh = Path::growing(0.0, 0.0);
        s.mining.degradation_per_year = 0.0;
    }),
    ("loan with grace", |s| {
        with_debt(s, Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 48, grace_months: 6 });
        s.finance.bonus_depreciation = 0.4;
        s.risk.cash_reserve_usd = 1e6;
    }),
    ("loan beyond the plan, free of interest", |s| {
        with_debt(s, Debt::Loan { loan_to_cost: 0.8, apr: 0.0, term_months: 300, grace_months: 0 });
        s.finance.hardware_depreciation = Depreciation::StraightLine { months: 36 };
        s.finance.site_depreciation = Depreciation::None;
    }),
    ("debt sized to its cover", |s| {
        with_debt(s, Debt::SizedToDscr { dscr: 1.4, apr: 0.08, term_months: 84 });
        s.finance.hardware_depreciation = Depreciation::Macrs15;
        s.horizon_months = 66;
    }),
    ("little debt cover wanted", |s| {
        with_debt(s, Debt::SizedToDscr { dscr: 1.0, apr: 0.05, term_months: 300 });
        s.finance.nol_limit = 0.5;
        s.bitcoin.price_usd.value = 300_000.0;
    }),
    ("colocated with power, a count, prepaid", |s| {
        s.leasing.placement = colocated(ColocationPower::PassThrough);
        s.leasing.fleet = Fleet::Count(1_000);
        s.leasing.prepaid_share = 0.25;
        s.leasing.revenue_share = 0.1;
    }),
    ("colocated, power in the fee, idle at the end", |s| {
        s.leasing.placement = colocated(ColocationPower::Included);
        s.leasing.contract_share = 0.0;
        s.leasing.rental_usd_per_gpu_hour = Path::growing(2.0, -0.7);
        s.leasing.warranty_months = 0;
    }),
    ("short leases, landlord, credit, prepaid", |s| {
        s.hosting.power = HostingPower::Landlord;
        s.hosting.customer_capex_share = 0.5;
        s.hosting.credit_limit = 0.9;
        s.hosting.prepaid_months = 6;
        s.hosting.term_months = 30;
        s.hosting.renewal_factor = 0.8;
        s.horizon_months = 100;
    }),
    ("everything funded by the customer", |s| {
        s.hosting.customer_capex_share = 1.0;
        s.hosting.credit_limit = 0.3;
        s.leasing.prepaid_share = 1.0;
        s.leasing.resale_share = 0.0;
    }),
    ("works at the end, vacancy at the end, couplings", |s| {
        s.hosting.end_value = EndValue::Works;
        s.hosting.term_months = 100;
        s.hosting.vacancy_months = 20;
        s.coupling.power_elasticity = 0.3;
        s.coupling.rental_elasticity = 0.2;
        s.bitcoin.response_elasticity = 0.5;
        s.bitcoin.price_usd.value = 60_000.0;
    }),
    ("a fleet larger than the network", |s| {
        s.bitcoin.network_hashrate_eh_s = Path::growing(0.5, 0.0);
        wholesale(s, 0.3);
    }),
    ("worthless coins", |s| {
        s.bitcoin.price_usd = Path { points: vec![(30.0, 1.0)], ..Path::growing(84_700.0, 0.0) };
        s.bitcoin.fees_btc_per_block.value = 0.0;
        s.bitcoin.block_subsidy_btc = Some(0.0);
        wholesale(s, 0.4);
    }),
];

/// A spread of months: the start, construction, ramp, tax months, ends of terms, and the end.
fn months(horizon: usize) -> impl Iterator<Item = usize> {
    (0..=horizon).filter(move |t| *t <= 20 || t % 7 == 0 || t % 12 == 0 || *t + 2 >= horizon)
}

/// 1e-9 relative; where terms cancel, 1e-12 of what cancels.
fn agrees(found: f64, known: f64, size: f64) -> bool {
    size.is_finite() && (found - known).abs() <= 1e-9 * known.abs() + 1e-12 * size
}

/// What does not give its number back.
fn faults(explanation: &Explanation, what: &str) -> Vec<String> {
    let steps = explanation.steps();
    let wrong = steps.iter().filter(|step| !agrees(step.recompute(), step.value, step.expr.size()));
    let mut faults: Vec<String> = wrong.map(|step| format!("{what}: step {}", step.name)).collect();
    if let (Some(expr), Ok(result)) = (&explanation.expr, explanation.result) {
        let found = expr.evaluate();
        if !agrees(found, result, expr.size()) {
            let formula = explanation.formula();
            faults.push(format!("{what}: {formula:?} is {found}, the ledger says {result}"));
        }
    }
    faults
}

fn each_evaluation(mut check: impl FnMut(&str, &ValidScenario, &Comparison, &Evaluation)) {
    for (name, change) in CHANGES {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let scenario = scenario.validate().expect("made valid");
        for basis in Basis::ALL {
            let comparison = compare_on(&scenario, basis);
            for evaluation in comparison.evaluations() {
                let name = format!("{name}, {}, {}", basis.id(), evaluation.business.id());
                check(&name, &scenario, &comparison, evaluation);
            }
        }
    }
}

/// The first few of many.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(25)].join("\n"));
}

#[test]
fn every_line_is_what_its_formula_gives() {
    let mut wrong = Vec::new();
    each_evaluation(|name, scenario, comparison, evaluation| {
        let horizon = evaluation.flows.net.len() - 1;
        for line in LINES.into_iter().filter(|line| line.belongs_to(evaluation.business)) {
            // The owner's line needs a comparison of its own where the basis is another.
            let every = if line == Line::Equity { 23 } else { 1 };
            for t in months(horizon).step_by(every) {
                let explanation = explain_line(scenario, comparison, evaluation, line, t);
                wrong.extend(faults(&explanation, &format!("{name}, {}, month {t}", line.id())));
            }
        }
    });
    assert_none(&wrong);
}

#[test]
fn every_measure_that_exists_is_what_its_formula_gives() {
    let (mut wrong, mut unexplained) = (Vec::new(), Vec::new());
    each_evaluation(|name, scenario, comparison, evaluation| {
        for measure in MEASURES.iter().filter(|measure| measure.applies_to(evaluation.business)) {
            let explanation = explain_measure(scenario, comparison, evaluation, measure)
                .expect("the business has the measure");
            wrong.extend(faults(&explanation, &format!("{name}, {}", measure.id)));
            if explanation.expr.is_none() && explanation.result.is_ok() {
                unexplained.push(format!("{name}, {}", measure.id));
            }
        }
    });
    assert_none(&wrong);
    assert_none(&unexplained);
}

#[test]
fn formulas_read_as_the_model_writes_them() {
    let scenario = Scenario::default().validate().expect("the default is valid");
    let comparison = compare_on(&scenario, Basis::ProjectBeforeTax);
    let formula = |business, line, t| {
        let evaluation = comparison.business(business).expect("evaluated");
        explain_line(&scenario, &comparison, evaluation, line, t).formula().expect("a formula")
    };
    assert_eq!(
        formula(Business::Leasing, Line::ContractRental, 40),
        "GPUs · availability · 730.5 h · ramp · contracted share · contract rental · (1 − operator's share)"
    );
    assert_eq!(
        formula(Business::Mining, Line::BtcMined, 10),
        "4,383 blocks · (subsidy + fees) · fleet hashrate / max(network hashrate, fleet hashrate) · (1 − pool fee)"
    );
    assert_eq!(
        formula(Business::Mining, Line::BtcMined, 100),
        "0, because result if running < result standing still"
    );
}
