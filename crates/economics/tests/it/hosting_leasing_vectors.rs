//! The worked examples of `tests/vectors/hosting_leasing.json` that the model can express, through the model.
//!
//! Not here: T4, T7, T8 and T18 (sums of given parts without capital over time; the training-run arithmetic
//! belongs to the page on training cost).

use serde_json::Value;
use wattfolio_economics::business::hosting::EndValue;
use wattfolio_economics::business::leasing::Fleet;
use wattfolio_economics::business::{Business, hosting, leasing};
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Line;
use wattfolio_economics::results::{Evaluation, Readouts, compare};
use wattfolio_economics::scenario::{Scenario, Trajectory};

use crate::data::vectors;

use crate::bases::plain;

struct Example(Value);

impl Example {
    fn get(id: &str) -> Self {
        let vectors = vectors("hosting_leasing.json");
        let examples = vectors["examples"].as_array().unwrap();
        assert_eq!(examples.len(), 12, "a new example needs a test");
        Self(examples.iter().find(|example| example["id"] == id).unwrap().clone())
    }

    fn input(&self, name: &str) -> f64 {
        self.0["inputs"][name].as_f64().unwrap_or_else(|| panic!("{name}"))
    }

    fn published(&self, name: &str) -> f64 {
        self.0["published"][name].as_f64().unwrap_or_else(|| panic!("{name}"))
    }
}

fn evaluate(scenario: &Scenario, business: Business) -> Evaluation {
    let comparison = compare(&scenario.validate().expect("the example is valid"));
    comparison.business(business).expect("the example can be evaluated").clone()
}

fn leasing(evaluation: &Evaluation) -> &leasing::Figures {
    let Readouts::Leasing(readouts) = &evaluation.readouts else { panic!("leasing") };
    readouts
}

fn hosting(evaluation: &Evaluation) -> &hosting::Figures {
    let Readouts::Hosting(readouts) = &evaluation.readouts else { panic!("hosting") };
    readouts
}

/// GPUs on an own site that costs nothing, live at once, everything at the market and always on.
fn bare_gpus(count: u32, horizon_months: u32) -> Scenario {
    let mut scenario = Scenario { horizon_months, ..plain() };
    let leasing = &mut scenario.leasing;
    leasing.fleet = Fleet::Count(count);
    (leasing.build_months, leasing.ramp_months) = (0, 0);
    (leasing.fit_out_usd_per_it_mw, leasing.contract_share) = (0.0.into(), 0.0);
    (leasing.opex_usd_per_gpu_hour, leasing.maintenance_per_year, leasing.replacement_per_year) =
        (0.0, 0.0, 0.0);
    (leasing.availability, leasing.utilisation, leasing.resale_share) = (1.0, 1.0, 0.0);
    leasing.idle_when_unprofitable = false;
    scenario.finance.inflation = 0.0;
    scenario.finance.discount_rate = 0.0;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.0, 0.0);
    scenario
}

#[test]
fn t1_an_owned_server_breaks_even_at_the_published_utilisation() {
    let example = Example::get("T1");
    let break_even = |years: f64, rent: f64| {
        let mut scenario = bare_gpus(example.input("gpus") as u32, (years * 12.0) as u32);
        let capex = example.input("gpus") * example.input("usd_per_gpu") + example.input("host_usd");
        let leasing = &mut scenario.leasing;
        leasing.gpu_price_usd = (capex / example.input("gpus")).into();
        leasing.kw_per_gpu = example.input("kw") / example.input("gpus");
        leasing.pue = example.input("pue");
        // The source's server draws its power whether it is rented or not.
        leasing.idle_power_share = 1.0;
        leasing.rental_usd_per_gpu_hour = Trajectory::growing(rent, 0.0);
        let colocation = example.input("kw") * example.input("colo_usd_per_kw_month");
        leasing.opex_usd_per_gpu_hour = colocation / example.input("gpus") / 730.5;
        scenario.power.price_usd_per_kwh = Trajectory::growing(example.input("usd_per_kwh"), 0.0);
        leasing_break_even(&scenario)
    };
    let rent = example.input("rent_usd_per_gpu_hour");
    let check = |computed: f64, published: f64| {
        // Years of 8,766 hours here and of 8,760 there move the third digit by less than one.
        assert!((computed - published).abs() < 0.0006, "{computed} against {published}");
    };
    check(break_even(5.0, rent), example.published("breakeven_utilisation"));
    for (years, published) in example.0["published"]["breakeven_by_life"].as_object().unwrap() {
        check(break_even(years.parse().unwrap(), rent), published.as_f64().unwrap());
    }
    for (rent, published) in example.0["published"]["breakeven_by_rent"].as_object().unwrap() {
        check(break_even(5.0, rent.parse().unwrap()), published.as_f64().unwrap());
    }
}

fn leasing_break_even(scenario: &Scenario) -> f64 {
    leasing(&evaluate(scenario, Business::Leasing)).break_even_utilisation.expect("there is one")
}

#[test]
fn t5_static_payback_of_a_server() {
    let example = Example::get("T5");
    let mut scenario = bare_gpus(example.input("gpus") as u32, 60);
    scenario.leasing.gpu_price_usd = (example.input("price_rmb") / example.input("gpus")).into();
    scenario.leasing.utilisation = example.input("utilisation");
    // Months of 720 hours there.
    let rate = example.input("rmb_per_gpu_hour") * 24.0 * example.input("days_per_month") / 730.5;
    scenario.leasing.rental_usd_per_gpu_hour = Trajectory::growing(rate, 0.0);
    let computed = evaluate(&scenario, Business::Leasing).measures.payback_today_months.unwrap();
    let published = example.published("static_payback_months");
    assert!((computed - published).abs() < 0.05, "{computed}");
    assert!((computed - example.0["computed"]["static_payback_months"].as_f64().unwrap()).abs() < 1e-9);
}

#[test]
fn t6_cost_per_system_and_per_gpu_hour() {
    let example = Example::get("T6");
    // 43,800 hours are 60 months of 730 hours.
    let mut scenario = bare_gpus(example.input("gpus") as u32, 60);
    scenario.leasing.gpu_price_usd = (example.input("price_usd") / example.input("gpus")).into();
    scenario.leasing.kw_per_gpu = example.input("kw") / example.input("gpus");
    scenario.leasing.pue = 1.0;
    scenario.power.price_usd_per_kwh = Trajectory::growing(example.input("usd_per_kwh"), 0.0);
    let levelised = leasing(&evaluate(&scenario, Business::Leasing)).levelised_usd_per_gpu_hour.unwrap();
    assert!((levelised - example.published("total_usd_per_gpu_hour")).abs() < 0.005, "{levelised}");
    let per_system = levelised * example.input("gpus");
    assert!((per_system - example.published("total_usd_per_system_hour")).abs() < 0.005, "{per_system}");
}

#[test]
fn t9_all_in_cost_of_a_server_rented_by_the_month() {
    let example = Example::get("T9");
    let monthly_rate: f64 = 0.13 / 12.0;
    let months = 48;
    // Capital of 7,025 a month at 13 % over four years is this much today.
    let annuity = (1.0 - (1.0 + monthly_rate).powi(-months)) / monthly_rate;
    let mut scenario = bare_gpus(example.input("gpus") as u32, months as u32);
    scenario.leasing.gpu_price_usd =
        (example.input("capital_usd_per_month") * annuity / example.input("gpus")).into();
    let hosting_per_gpu = example.input("hosting_usd_per_month") / example.input("gpus");
    scenario.leasing.opex_usd_per_gpu_hour = hosting_per_gpu / 730.5;
    scenario.finance.discount_rate = (1.0 + monthly_rate).powi(12) - 1.0;
    let levelised = leasing(&evaluate(&scenario, Business::Leasing)).levelised_usd_per_gpu_hour.unwrap();
    let published = example.published("usd_per_gpu_hour");
    assert!((levelised / published - 1.0).abs() <= 0.002, "{levelised} against {published}");
}

#[test]
fn t11_a_wrong_page_is_not_reproduced() {
    let example = Example::get("T11");
    let (gpus, hours) = (example.input("gpus"), example.input("hours_per_month"));
    let mut scenario = bare_gpus(gpus as u32, 60);
    let leasing = &mut scenario.leasing;
    leasing.gpu_price_usd = (example.input("usd_per_gpu") * example.input("system_factor")).into();
    leasing.kw_per_gpu = example.input("kw_per_gpu");
    leasing.pue = example.input("pue");
    leasing.idle_power_share = 0.0;
    leasing.utilisation = hours / 730.5;
    leasing.rental_usd_per_gpu_hour = Trajectory::growing(example.input("cloud_usd_per_gpu_hour"), 0.0);
    leasing.opex_usd_per_gpu_hour = example.input("datacentre_usd_per_month") / gpus / 730.5;
    scenario.power.price_usd_per_kwh = Trajectory::growing(example.input("usd_per_kwh"), 0.0);
    let evaluation = evaluate(&scenario, Business::Leasing);
    let payback = evaluation.measures.payback_today_months.unwrap();
    let computed = &example.0["computed"];
    assert!((payback - computed["correct_cash_payback_months"].as_f64().unwrap()).abs() < 1e-9, "{payback}");
    assert!((payback - computed["payback_by_the_page_formula_months"].as_f64().unwrap()).abs() > 100.0);
    assert!((-evaluation.ledger.line(Line::Power)[1] - example.published("energy_usd")).abs() < 0.01);
    assert!(
        (evaluation.ledger.line(Line::Revenue)[1] - example.published("cloud_usd_per_month")).abs() < 0.01
    );
}

/// A lease without end effects, live at once.
fn bare_lease(it_mw: f64, horizon_months: u32) -> Scenario {
    let mut scenario = Scenario { horizon_months, ..plain() };
    let hosting = &mut scenario.hosting;
    (hosting.build_months, hosting.ramp_months) = (0, 0);
    hosting.end_value = EndValue::Works;
    scenario.site.capacity_mw = it_mw * hosting.pue;
    scenario
}

#[test]
fn t16_a_customer_has_its_money_back_in_the_twenty_fifth_month() {
    let example = Example::get("T16");
    let it_mw = 200.0;
    let years = example.input("term_years");
    let mut scenario = bare_lease(it_mw, 144);
    let hosting_inputs = &mut scenario.hosting;
    hosting_inputs.fit_out_usd_per_it_mw = (example.input("tenant_capex_usd") / it_mw).into();
    hosting_inputs.customer_capex_share = 1.0;
    hosting_inputs.credit_limit = example.input("credit_share_of_fees");
    hosting_inputs.fee_usd_per_kw_month =
        (example.input("contract_usd") / years / 12.0 / (it_mw * 1000.0)).into();
    hosting_inputs.fee_escalator = 0.0;
    let evaluation = evaluate(&scenario, Business::Hosting);
    let fees_musd = evaluation.ledger.line(Line::Fees)[1] * 12.0 / 1e6;
    assert!((fees_musd / example.published("fees_musd_per_year") - 1.0).abs() < 0.001, "{fees_musd}");
    let credits = evaluation.ledger.line(Line::CreditToCustomer);
    let months = credits.iter().sum::<f64>() / credits[1];
    assert!(
        (months - example.0["computed"]["months_until_credited"].as_f64().unwrap()).abs() < 1e-9,
        "{months}"
    );
    assert_eq!(hosting(&evaluation).credit_used_up_month, Ok(25.0));
}

#[test]
fn t21_a_lower_pue_saves_what_is_published() {
    let example = Example::get("T21");
    let facility = |pue: f64| {
        let mut scenario = bare_lease(example.input("it_mw"), 12);
        scenario.site.capacity_mw = example.input("it_mw") * pue;
        scenario.hosting.pue = pue;
        scenario.hosting.load_factor = 1.0;
        let evaluation = evaluate(&scenario, Business::Hosting);
        assert!((hosting(&evaluation).it_mw - example.input("it_mw")).abs() < 1e-9);
        evaluation.ledger.sum(Line::EnergyMwh)
    };
    let saved = facility(example.input("pue_high")) - facility(example.input("pue_low"));
    assert!((saved / example.published("saved_mwh_per_year") - 1.0).abs() < 0.001, "{saved}");
}

/// The owner of an H100 of "$2 H100s", with the rental falling in yearly steps to a half.
fn h100(example: &Example, usd_per_hour: f64) -> Evaluation {
    let mut scenario = bare_gpus(1, 60);
    let leasing = &mut scenario.leasing;
    leasing.gpu_price_usd = example.input("capex_usd_per_gpu").into();
    leasing.opex_usd_per_gpu_hour = example.input("opex_usd_per_gpu_year") / example.input("hours_per_year");
    let multipliers = example.0["inputs"]["price_multipliers_by_year"].as_array().unwrap();
    let level = |year: usize| usd_per_hour * multipliers[year].as_f64().unwrap();
    leasing.rental_usd_per_gpu_hour = Trajectory::growing(usd_per_hour, 0.0);
    for year in 1..5 {
        let month = 12.0 * year as f64;
        let points = &mut leasing.rental_usd_per_gpu_hour.points;
        points.extend([(month - 0.01, level(year - 1)), (month, level(year))]);
    }
    evaluate(&scenario, Business::Leasing)
}

#[test]
fn cheah_s_thresholds_are_annualised_total_returns() {
    let example = Example::get("CHEAH");
    let total_return = |rent: f64| h100(&example, rent).measures.annualised_total_return.unwrap();
    assert!(total_return(4.50) > 0.20);
    assert!((0.10..=0.135).contains(&total_return(2.85)));
    let capex = example.input("capex_usd_per_gpu");
    let at_the_threshold = h100(&example, 1.65);
    assert!(at_the_threshold.measures.profit_usd.abs() < 0.01 * capex, "{:?}", at_the_threshold.measures);
    // The break-even rent: years of 8,766 hours move it by less than a thousandth.
    let factor = leasing(&at_the_threshold).break_even_rental_factor.unwrap();
    assert!((1.65 * factor - 1.65).abs() < 0.0015, "{}", 1.65 * factor);
    for row in example.0["computed"]["table"].as_array().unwrap() {
        let number = |name: &str| row[name].as_f64().unwrap();
        let evaluation = h100(&example, number("usd_per_hour"));
        let computed = evaluation.measures.annualised_total_return.unwrap();
        assert!((computed - number("annualised_total_return")).abs() < 0.002, "{row} {computed}");
    }
    let flat = bare_flat_payback(&example, 4.70);
    assert!(flat < 18.0 && (flat / 12.0 - 1.2144).abs() < 0.03, "{flat}");
}

/// Payback in months at a rental that stays.
fn bare_flat_payback(example: &Example, usd_per_hour: f64) -> f64 {
    let mut scenario = bare_gpus(1, 60);
    scenario.leasing.gpu_price_usd = example.input("capex_usd_per_gpu").into();
    let rental = catalogue::find("leasing.rental_usd_per_gpu_hour").unwrap();
    rental.write(&mut scenario, &usd_per_hour.to_string()).unwrap();
    scenario.leasing.rental_usd_per_gpu_hour.growth_per_year = 0.0;
    evaluate(&scenario, Business::Leasing).measures.payback_months.unwrap()
}

#[test]
fn a_true_rate_of_return_is_far_above_what_the_press_calls_one() {
    let example = Example::get("CHEAH");
    for (rent, irr) in [(4.50, 0.595), (2.85, 0.2694)] {
        let computed = h100(&example, rent).measures.irr.unwrap();
        // Monthly flows come in half a year earlier than the yearly ones of the table.
        assert!(computed > irr && computed < 1.6 * irr, "{rent}: {computed}");
    }
}
