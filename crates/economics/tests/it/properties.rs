//! Properties of every scenario.

use proptest::prelude::*;
use wattfolio_economics::business::Business;
use wattfolio_economics::business::mining::Treasury;
use wattfolio_economics::kernel::{Basis, LINES, Line};
use wattfolio_economics::results::{Comparison, Evaluation, MEASURES, compare, compare_on};
use wattfolio_economics::scenario::{NetworkRule, Scenario};
use wattfolio_economics::{catalogue, finance};

use crate::support::scenarios::any_scenario;
use crate::support::soak::config;

fn evaluate(scenario: &Scenario) -> Comparison {
    compare(&scenario.validate().expect("made valid"))
}

fn assert_consistent(evaluation: &Evaluation, basis: Basis) {
    let ledger = &evaluation.ledger;
    for line in LINES {
        for (t, value) in ledger.line(line).iter().enumerate() {
            assert!(value.is_finite(), "{}[{t}] = {value}", line.id());
        }
    }
    for measure in MEASURES.iter() {
        if let Some(Ok(value)) = measure.read(evaluation) {
            assert!(value.is_finite(), "{} = {value}", measure.id);
        }
    }
    for t in 0..ledger.line(Line::Revenue).len() {
        let at = |line: Line| ledger.line(line)[t];
        let sum = |lines: &[Line]| lines.iter().map(|&line| at(line)).sum::<f64>();
        let size: f64 = LINES.iter().filter(|line| !line.is_series()).map(|&line| at(line).abs()).sum();
        let close =
            |what: &str, a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * size, "{what}[{t}]: {a} {b}");
        let parts = [
            Line::BtcSales,
            Line::BtcKeptValue,
            Line::DemandResponse,
            Line::Fees,
            Line::PowerBilledOn,
            Line::CreditToCustomer,
            Line::Prepayment,
            Line::ContractRental,
            Line::MarketRental,
        ];
        close("revenue", at(Line::Revenue), sum(&parts));
        close(
            "ebitda",
            at(Line::Ebitda),
            sum(&[
                Line::Revenue,
                Line::Power,
                Line::Opex,
                Line::Maintenance,
                Line::Replacement,
                Line::Colocation,
            ]),
        );
        let capital = sum(&[
            Line::OtherProceeds,
            Line::CapexWorks,
            Line::CapexHardware,
            Line::Deposit,
            Line::EndProceeds,
        ]);
        close("net", at(Line::NetBeforeTax), at(Line::Ebitda) - at(Line::BtcKeptValue) + capital);
        close("after tax", at(Line::NetAfterTax), sum(&[Line::NetBeforeTax, Line::Tax]));
        if basis == Basis::EquityAfterTax {
            let debt = sum(&[Line::DebtDrawn, Line::Interest, Line::Principal]);
            close("equity", at(Line::Equity), at(Line::NetAfterTax) + debt);
        }
        assert!(at(Line::Tax) <= 0.0 && at(Line::DebtBalance) >= -1e-6 * size, "tax and debt[{t}]");
    }
}

proptest! {
    #![proptest_config(config("random plans", 400, 20_000))]

    #[test]
    fn every_result_is_finite_and_every_ledger_adds_up(scenario in any_scenario()) {
        let valid = scenario.validate().expect("made valid");
        for basis in Basis::ALL {
            for evaluation in compare_on(&valid, basis).evaluations() {
                assert_consistent(evaluation, basis);
            }
        }
        let comparison = compare(&valid);
        for (series, values) in comparison.network.series() {
            prop_assert!(values.iter().all(|value| value.is_finite()), "{series}");
        }
        if let Some(hold) = &comparison.buy_and_hold {
            prop_assert!(hold.value_usd.iter().chain(&hold.net_usd).all(|value| value.is_finite()));
        }
    }

    #[test]
    fn net_present_value_is_zero_at_every_rate_of_return(scenario in any_scenario()) {
        for evaluation in evaluate(&scenario).evaluations() {
            let flows = &evaluation.flows.net;
            for root in finance::irr_roots(flows) {
                let factor = 1.0 / (1.0 + root.rate);
                let scale = flows.iter().rev().fold(0.0, |sum: f64, flow| sum * factor + flow.abs());
                let value = finance::npv(root.rate, flows);
                // Very negative rates make the last flows overflow.
                prop_assert!(!scale.is_finite() || value.abs() <= 1e-9 * scale, "{value} {scale}");
            }
        }
    }

    #[test]
    fn dearer_power_never_helps_a_miner(scenario in any_scenario(), raise in 1.0..3.0f64) {
        let mut dearer = scenario.clone();
        // Kept coins and a credit for standing by may turn the sign; sold coins do not.
        let mut base = scenario;
        for scenario in [&mut base, &mut dearer] {
            scenario.mining.treasury = Treasury::SellAll;
        }
        let price = catalogue::find("power.price_usd_per_kwh").unwrap();
        let value = dearer.power.price_usd_per_kwh.value * raise;
        if price.write_number(&mut dearer, value).is_err() || dearer.validate().is_err() {
            return Ok(());
        }
        let (base, dearer) = (evaluate(&base), evaluate(&dearer));
        if let (Ok(base), Ok(dearer)) = (base.business(Business::Mining), dearer.business(Business::Mining)) {
            let size = base.measures.peak_funding_usd.max(base.measures.npv_usd.abs());
            prop_assert!(dearer.measures.npv_usd <= base.measures.npv_usd + 1e-9 * size);
        }
    }

    #[test]
    fn a_dearer_bitcoin_never_harms_a_miner_who_sells_all(scenario in any_scenario(), raise in 1.0..3.0f64) {
        let mut base = scenario;
        base.mining.treasury = Treasury::SellAll;
        // The network's answer and the coupling of power work the other way.
        (base.bitcoin.network, base.bitcoin.response_elasticity) = (NetworkRule::Given, 0.0);
        base.coupling.power_elasticity = 0.0;
        // Resale prices compare the last hashprice with the first.
        base.mining.resale_hashprice_elasticity = 0.0;
        let mut dearer = base.clone();
        let price = catalogue::find("bitcoin.price_usd").unwrap();
        let value = dearer.bitcoin.price_usd.value * raise;
        if price.write_number(&mut dearer, value).is_err() || dearer.validate().is_err() {
            return Ok(());
        }
        if let (Ok(base), Ok(dearer)) = (evaluate(&base).business(Business::Mining), evaluate(&dearer).business(Business::Mining)) {
            let size = base.measures.peak_funding_usd.max(base.measures.npv_usd.abs());
            prop_assert!(dearer.measures.npv_usd >= base.measures.npv_usd - 1e-9 * size);
        }
    }

    #[test]
    fn roots_of_products_are_all_found(rates in prop::collection::vec(-0.6..1.5f64, 1..6)) {
        let mut rates = rates;
        rates.sort_by(f64::total_cmp);
        rates.dedup_by(|a, b| (*a - *b).abs() < 0.02);
        let found = finance::irr_roots(&flows_with_roots(&rates));
        prop_assert_eq!(found.len(), rates.len(), "{:?} {:?}", found, rates);
        for (root, rate) in found.iter().zip(&rates) {
            prop_assert!((root.rate - rate).abs() < 1e-7, "{} {}", root.rate, rate);
        }
    }
}

/// Flows whose present value is a product of factors with known roots.
fn flows_with_roots(rates: &[f64]) -> Vec<f64> {
    let mut flows = vec![1.0];
    for rate in rates {
        let mut next = vec![0.0; flows.len() + 1];
        for (k, flow) in flows.iter().enumerate() {
            next[k] += flow;
            next[k + 1] -= flow * (1.0 + rate);
        }
        flows = next;
    }
    flows
}

#[test]
fn a_root_is_not_counted_again_beside_itself() {
    // Between such roots the present value hardly leaves its rounding.
    let rates = [
        0.932_047_862_122_108_1,
        0.962_619_377_026_115_2,
        1.012_694_603_897_461,
        1.077_225_055_082_766,
        1.184_309_270_443_768_3,
    ];
    let found = finance::irr_roots(&flows_with_roots(&rates));
    assert_eq!(found.len(), rates.len(), "{found:?}");
    for (root, rate) in found.iter().zip(rates) {
        assert!((root.rate - rate).abs() < 1e-7 && root.multiplicity == 1, "{root:?} {rate}");
    }
}

#[test]
fn the_hosting_value_does_not_depend_on_the_horizon_inside_a_lease() {
    let value = |horizon_months: u32| {
        let mut scenario = Scenario { horizon_months, ..Scenario::default() };
        scenario.hosting.customer_capex_share = 0.6;
        scenario.hosting.prepaid_months = 9;
        evaluate(&scenario).business(Business::Hosting).unwrap().measures.npv_usd
    };
    let long = value(190);
    for horizon in [24, 60, 100, 150] {
        assert!((value(horizon) / long - 1.0).abs() < 1e-11, "{horizon}: {} {long}", value(horizon));
    }
}

#[test]
fn buying_bitcoin_instead_is_the_same_dollars() {
    let comparison = evaluate(&Scenario::default());
    let hold = comparison.buy_and_hold.as_ref().unwrap();
    let mining = comparison.business(Business::Mining).unwrap();
    assert!((hold.spent_usd / mining.measures.capex_usd - 1.0).abs() < 1e-12);
    let price = &comparison.network.btc_price_usd;
    let capex =
        |t: usize| -mining.ledger.line(Line::CapexWorks)[t] - mining.ledger.line(Line::CapexHardware)[t];
    let coins: f64 = (0..price.len()).map(|t| capex(t) / price[t]).sum();
    assert!((hold.end_value_usd() / (coins * price[120]) - 1.0).abs() < 1e-12);
}

#[test]
fn a_business_that_cannot_be_live_in_time_leaves_the_others() {
    let mut scenario = Scenario::default();
    scenario.leasing.queue_months = 200;
    let comparison = evaluate(&scenario);
    assert!(
        comparison
            .business(Business::Leasing)
            .is_err_and(|reason| reason.to_string().contains("after the plan ends"))
    );
    assert!(comparison.business(Business::Mining).is_ok() && comparison.business(Business::Hosting).is_ok());
}
