//! All of `tests/vectors/finance.json`: certified roots, 50-digit values, loans, MACRS, debt sizing.

use serde_json::Value;
use wattfolio_economics::finance::{
    self, Loan, MACRS_5, MACRS_15, Payback, When, annualised, capital_recovery_factor, cumulative, irr_roots,
    mirr, monthly_rate, npv, payback, sculpted_debt, sign_changes,
};
use wattfolio_economics::kernel::depreciation_schedule;
use wattfolio_economics::results::internal_rate;
use wattfolio_economics::scenario::Depreciation;

use crate::data::vectors;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// Every cash flow of the vectors with its name.
fn cash_flows(vectors: &Value) -> Vec<(String, Vec<f64>, &Value)> {
    let cases = vectors["vectors"].as_array().unwrap();
    assert_eq!(cases.len(), 50);
    cases
        .iter()
        .map(|case| (case["name"].as_str().unwrap().to_owned(), numbers(&case["flows"]), case))
        .collect()
}

#[test]
fn net_present_values_hold_to_fourteen_digits_of_the_flows() {
    let vectors = vectors("finance.json");
    let mut checked = 0;
    for (name, flows, case) in cash_flows(&vectors) {
        let size: f64 = flows.iter().map(|flow| flow.abs()).sum();
        for (rate, expected) in case["npv"].as_object().unwrap() {
            let computed = npv(rate.parse().unwrap(), &flows);
            let error = (computed - number(expected)).abs();
            assert!(error <= 1e-14 * size, "{name} at {rate}: {computed:?}, not {expected}");
            checked += 1;
        }
    }
    assert!(checked >= 50);
}

#[test]
fn every_internal_rate_of_return_is_found_and_none_is_invented() {
    let vectors = vectors("finance.json");
    for (name, flows, case) in cash_flows(&vectors) {
        let expected = case["irr_roots"].as_array().unwrap();
        let found = irr_roots(&flows);
        assert_eq!(found.len(), expected.len(), "{name}: found {found:?}, certified {expected:?}");
        for (root, certified) in found.iter().zip(expected) {
            let (rate, multiplicity) =
                (number(&certified["rate"]), certified["multiplicity"].as_u64().unwrap());
            let tolerance = if multiplicity > 1 { 1e-6 } else { 1e-9 * rate.abs().max(1.0) };
            assert!((root.rate - rate).abs() <= tolerance, "{name}: {} is not {rate}", root.rate);
            assert_eq!(u64::from(root.multiplicity), multiplicity, "{name}");
        }
    }
}

#[test]
fn the_internal_rate_of_return_is_the_one_that_an_investor_has() {
    let vectors = vectors("market_and_contracts.json");
    let cases = vectors["irr"].as_array().unwrap();
    assert_eq!(cases.len(), 16);
    let close = |ours: f64, theirs: f64| (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0);
    for case in cases {
        let (irr, rates) = internal_rate(&numbers(&case["flows"]));
        let (certified, title) = (numbers(&case["irr_roots"]), &case["title"]);
        assert_eq!(rates.len(), certified.len(), "{title}: {rates:?}, certified {certified:?}");
        for (ours, theirs) in rates.iter().zip(&certified) {
            assert!(close(*ours, *theirs), "{title}: {ours} is not {theirs}");
        }
        match (irr, case["irr"].as_f64()) {
            (Ok(ours), Some(theirs)) => assert!(close(ours, theirs), "{title}: {ours} is not {theirs}"),
            (Err(_), None) => {}
            (ours, theirs) => panic!("{title}: {ours:?} against {theirs:?}"),
        }
    }
}

#[test]
fn modified_rates_agree() {
    let vectors = vectors("finance.json");
    for (name, flows, case) in cash_flows(&vectors) {
        for (rates, expected) in case["mirr"].as_object().unwrap() {
            let (finance, reinvest) = rates.split_once(",reinvest=").unwrap();
            let finance = finance.strip_prefix("finance=").unwrap();
            let computed = mirr(&flows, finance.parse().unwrap(), reinvest.parse().unwrap());
            match (computed, expected.as_f64()) {
                (Some(computed), Some(expected)) => {
                    let tolerance = 1e-9 * expected.abs().max(1e-6);
                    assert!(
                        (computed - expected).abs() <= tolerance,
                        "{name} {rates}: {computed} {expected}"
                    );
                }
                (None, None) => {}
                (computed, expected) => panic!("{name} {rates}: {computed:?} against {expected:?}"),
            }
        }
    }
}

#[test]
fn first_and_last_paybacks_agree() {
    let vectors = vectors("finance.json");
    for (name, flows, case) in cash_flows(&vectors) {
        for (kind, expected) in case["payback"].as_object().unwrap() {
            let rate = kind.strip_prefix("discounted_").map_or(0.0, |rate| rate.parse().unwrap());
            let computed = payback(&flows, rate);
            let (first, last) = (expected["first"].as_f64(), expected["last"].as_f64());
            let close = |ours: Option<f64>, theirs: Option<f64>| match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-9,
                (None, None) => true,
                _ => false,
            };
            let fits = close(computed.map(|p| p.first), first) && close(computed.and_then(|p| p.last), last);
            assert!(fits, "{name} {kind}: {computed:?}, not {first:?} {last:?}");
        }
    }
}

#[test]
fn money_that_is_returned_to_the_cent_is_paid_back_in_that_month() {
    let vectors = vectors("market_and_contracts.json");
    let cases = vectors["cases"].as_array().unwrap().iter();
    let exact = cases.filter(|case| case["id"].as_str().unwrap().starts_with("payback-exact"));
    let mut checked = 0;
    for case in exact {
        let expected = &case["expected"];
        let flows = numbers(&expected["leasing.ledger"]["net_before_tax"]);
        let months = number(&expected["leasing.measures"]["payback_months"]);
        assert_eq!(months, (flows.len() - 1) as f64);
        assert_eq!(payback(&flows, 0.0), payback(&[&flows[..], &[1.0]].concat(), 0.0), "{case}");
        let Some(Payback { first, last, .. }) = payback(&flows, 0.0) else { panic!("pays back: {flows:?}") };
        assert_eq!((first, last), (months, Some(months)));
        checked += 1;
    }
    assert_eq!(checked, 2);
}

#[test]
fn changes_of_sign_agree() {
    let vectors = vectors("finance.json");
    for (name, flows, case) in cash_flows(&vectors) {
        let of_flows = sign_changes(flows.iter().copied()) as u64;
        assert_eq!(of_flows, case["sign_changes_flows"].as_u64().unwrap(), "{name}");
        let of_sums = sign_changes(cumulative(&flows)) as u64;
        assert_eq!(of_sums, case["sign_changes_cumulative"].as_u64().unwrap(), "{name}");
    }
}

fn loan(case: &Value) -> Loan {
    Loan {
        principal: number(&case["principal"]),
        rate: number(&case["rate_per_period"]),
        periods: case["n"].as_u64().unwrap() as u32,
        balloon: -number(&case["fv"]),
        when: if case["when"] == "begin" { When::Begin } else { When::End },
    }
}

#[test]
fn loans_agree_to_nine_digits_of_the_payment() {
    let vectors = vectors("finance.json");
    let loans = vectors["loans"].as_array().unwrap();
    assert_eq!(loans.len(), 22);
    for case in loans {
        let loan = loan(case);
        let pmt = -number(&case["pmt"]);
        assert!((loan.payment() - pmt).abs() <= 1e-9 * pmt, "{case}: {}", loan.payment());
        let schedule = loan.schedule();
        let periods = case["periods"].as_array().unwrap();
        for ((period, interest), principal) in
            periods.iter().zip(numbers(&case["ipmt"])).zip(numbers(&case["ppmt"]))
        {
            let row = schedule[period.as_u64().unwrap() as usize - 1];
            assert!((row.interest + interest).abs() <= 1e-9 * pmt, "{case} {period}: {row:?}");
            assert!((row.principal + principal).abs() <= 1e-9 * pmt, "{case} {period}: {row:?}");
        }
    }
}

#[test]
fn amortisation_schedules_agree_row_by_row() {
    let vectors = vectors("finance.json");
    let schedules = vectors["amortisation_schedules"].as_array().unwrap();
    assert_eq!(schedules.len(), 4);
    for case in schedules {
        let kind = case["kind"].as_str().unwrap();
        let rows: Vec<Vec<f64>> = case["rows"].as_array().unwrap().iter().map(numbers).collect();
        let rate = number(&case["apr"]) / 12.0;
        let principal = number(&case["principal"]);
        // Grace months bear interest only; the balloon is the balance of the last row.
        let grace = rows.iter().take_while(|row| row[3].abs() < 1e-6 * principal).count();
        let level = &rows[grace..];
        let loan = Loan {
            principal,
            rate,
            periods: level.len() as u32,
            balloon: level.last().unwrap()[4],
            when: When::End,
        };
        for row in &rows[..grace] {
            assert!((row[2] - principal * rate).abs() <= 1e-9 * principal, "{kind}");
        }
        for (computed, row) in loan.schedule().iter().zip(level) {
            let payment = row[1];
            assert!((computed.interest - row[2]).abs() <= 1e-9 * payment, "{kind} {row:?} {computed:?}");
            assert!((computed.principal - row[3]).abs() <= 1e-9 * payment, "{kind} {row:?} {computed:?}");
            assert!((computed.balance - row[4]).abs() <= 1e-9 * principal, "{kind} {row:?} {computed:?}");
        }
    }
}

#[test]
fn time_value_of_money_agrees() {
    let vectors = vectors("finance.json");
    let tvm = &vectors["tvm"];
    for case in tvm["crf"].as_array().unwrap() {
        let periods = case["n"].as_u64().unwrap() as u32;
        let computed = capital_recovery_factor(number(&case["rate"]), periods);
        assert!((computed / number(&case["crf"]) - 1.0).abs() < 1e-12, "{case}");
    }
    for case in tvm["monthly_from_annual"].as_array().unwrap() {
        let annual = number(&case["annual"]);
        let monthly = monthly_rate(annual);
        assert!((monthly - number(&case["effective_monthly"])).abs() < 1e-15, "{case}");
        assert!((annualised(monthly) - annual).abs() < 1e-14, "{case}");
    }
    // The rate of an annuity is the root of its flows; its length follows from the payment.
    for case in tvm["rate"].as_array().unwrap() {
        let mut flows = vec![number(&case["pmt"]); case["nper"].as_u64().unwrap() as usize + 1];
        flows[0] = number(&case["pv"]);
        let roots = irr_roots(&flows);
        assert_eq!(roots.len(), 1);
        assert!((roots[0].rate - number(&case["rate"])).abs() < 1e-12, "{case} {roots:?}");
    }
    for case in tvm["nper"].as_array().unwrap() {
        let (rate, nper) = (number(&case["rate"]), number(&case["nper"]));
        let growth = (nper * rate.ln_1p()).exp_m1();
        let payment = rate * (number(&case["pv"]) * (1.0 + 1.0 / growth));
        assert!((payment + number(&case["pmt"])).abs() < 1e-9, "{case}");
    }
}

#[test]
fn macrs_tables_are_the_published_ones_and_spread_over_the_months() {
    let vectors = vectors("finance.json");
    let macrs = &vectors["macrs"];
    assert_eq!(numbers(&macrs["tables_irs_pub946_A1"]["5"]), MACRS_5);
    assert_eq!(numbers(&macrs["tables_irs_pub946_A1"]["15"]), MACRS_15);
    for (table, name) in [(&MACRS_5[..], "5"), (&MACRS_15[..], "15")] {
        for (printed, exact) in table.iter().zip(numbers(&macrs["unrounded_formula"][name])) {
            assert!((printed - exact).abs() <= 5.1e-5 + f64::EPSILON, "{name} {printed} {exact}");
        }
    }
    for case in macrs["bonus_examples"].as_array().unwrap() {
        let class = if case["cls"] == "5" { Depreciation::Macrs5 } else { Depreciation::Macrs15 };
        let yearly = numbers(&case["schedule"]);
        let months = depreciation_schedule(class, number(&case["bonus"]), yearly.len() * 12);
        for (year, share) in months.chunks(12).zip(&yearly) {
            assert!((year.iter().sum::<f64>() - share).abs() < 1e-12, "{case}");
        }
    }
}

#[test]
fn debt_sized_to_a_dscr_agrees_with_the_reference_runs() {
    let vectors = vectors("finance.json");
    let runs = vectors["sam"]["singleowner"].as_array().unwrap();
    assert_eq!(runs.len(), 4);
    for run in runs {
        let debt = &run["debt"];
        let rate = number(&debt["term_int_rate_pct"]) / 100.0;
        let tenor = number(&debt["term_tenor"]) as usize;
        let cash = numbers(&debt["cafds"]);
        let (size, payments) = sculpted_debt(&cash[1..=tenor], number(&run["dscr"]), rate);
        let published = number(&debt["size_of_debt"]);
        assert!((size / published - 1.0).abs() < 1e-6, "{size} against {published}");
        assert_eq!(payments.len(), tenor);
        // Paying interest and these amounts brings the balance to zero.
        let left = payments.iter().fold(size, |balance, payment| balance * (1.0 + rate) - payment);
        assert!(left.abs() < 1e-9 * size, "{left}");
    }
}

#[test]
fn project_finance_runs_have_the_certified_value_and_roots() {
    let vectors = vectors("finance.json");
    for run in vectors["sam"]["singleowner"].as_array().unwrap() {
        let flows = numbers(&run["cf_project_return_aftertax"]);
        let value = npv(number(&run["nominal_discount"]), &flows);
        let published = number(&run["sam_npv"]);
        assert!((value / published - 1.0).abs() < 1e-6, "{value} {published}");
        let found: Vec<f64> = irr_roots(&flows).iter().map(|root| root.rate).collect();
        let certified = run["roots"].as_array().unwrap().iter().map(|root| number(&root["r"]));
        let certified: Vec<f64> = certified.collect();
        assert_eq!(found.len(), certified.len());
        for (root, certified) in found.iter().zip(&certified) {
            assert!((root - certified).abs() < 1e-9, "{root} {certified}");
        }
        if let Some(percent) = run["sam_irr_pct"].as_f64() {
            assert!((found[0] - percent / 100.0).abs() < 1e-5);
        }
    }
}

#[test]
fn levelised_costs_of_the_reference_are_a_ratio_of_present_values() {
    let vectors = vectors("finance.json");
    for run in vectors["sam"]["lcoefcr"].as_array().unwrap() {
        let fixed = number(&run["fcr"]) * number(&run["capital_cost"]) + number(&run["fixed_om"]);
        let lcoe = fixed / number(&run["annual_energy_kwh"]) + number(&run["variable_om"]);
        assert!((lcoe / number(&run["lcoe"]) - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_payback_in_the_last_period_is_found() {
    let vectors = vectors("finance.json");
    for run in vectors["sam"]["payback_final_year_defect"]["runs"].as_array().unwrap() {
        let (before, after) = (number(&run["cum_24"]), number(&run["cum_25"]));
        let mut flows = vec![0.0; 26];
        flows[0] = before.min(-1.0);
        flows[24] = before - flows[0];
        flows[25] = after - before;
        let Some(Payback { first, .. }) = payback(&flows, 0.0) else { panic!("pays back: {run}") };
        let correct = number(&run["correct"]);
        if before < 0.0 {
            assert!((first - correct).abs() < 1e-3, "{first} {correct}");
        } else {
            assert!(first <= 24.0);
        }
    }
}

#[test]
fn the_rate_of_return_makes_the_value_zero() {
    let vectors = vectors("finance.json");
    for (name, flows, _) in cash_flows(&vectors) {
        let size: f64 = flows.iter().map(|flow| flow.abs()).sum();
        for root in finance::irr_roots(&flows) {
            let factor = 1.0 / (1.0 + root.rate);
            let scale = flows.iter().rev().fold(0.0, |sum: f64, flow| sum * factor + flow.abs());
            let value = npv(root.rate, &flows);
            assert!(value.abs() <= 1e-11 * scale.max(size), "{name}: {value}");
        }
    }
}
