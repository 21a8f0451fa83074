use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::kernel::{Absent, OneCustomer};
use wattfolio_economics::results::verdict::{Candidate, Odds, SimulatedNpv};
use wattfolio_economics::results::{Blocks, compare};

use super::terms::{Rates, Term};
use super::*;

const M: f64 = 1e6;

/// A plan of a net present value in millions of dollars on a capital of 100.
fn plan(business: Business, npv: f64) -> Candidate {
    Candidate {
        business,
        npv_usd: npv * M,
        end_proceeds_npv_usd: 0.0,
        capital_usd: Ok(100.0 * M),
        npv_per_capex: Ok(npv / 100.0),
        irr: Ok(0.15),
        payback_months: Err(Absent::Never),
        payback_last_months: Err(Absent::Never),
        min_dscr: Err(Absent::NoDebtService),
        customer: None,
        odds: None,
    }
}

fn mining(npv: f64) -> Candidate {
    plan(Business::Mining, npv)
}

fn hosting(npv: f64) -> Candidate {
    plan(Business::Hosting, npv)
}

fn leasing(npv: f64) -> Candidate {
    plan(Business::Leasing, npv)
}

/// With mean and tail loss in millions, and chance of loss.
fn with_odds(candidate: Candidate, mean: f64, loss: f64, cvar: f64) -> Candidate {
    let odds = Odds { paths: 10_000, mean_usd: mean * M, loss, cvar_usd: cvar * M, bitcoin_percentile: None };
    Candidate { odds: Some(odds), ..candidate }
}

/// Paid back after so many years, first and for good.
fn paid(candidate: Candidate, years: f64) -> Candidate {
    Candidate { payback_months: Ok(12.0 * years), payback_last_months: Ok(12.0 * years), ..candidate }
}

/// A value for some businesses, and one for all others.
fn of_each<T: Copy>(others: T, own: &[(Business, T)]) -> PerBusiness<T> {
    PerBusiness::new(|business| own.iter().find(|(of, _)| *of == business).map_or(others, |(_, own)| *own))
}

/// Ten years at 15, 9 and 13 %; a five-year contract of GPUs that ends in year six, a lease beyond the plan.
fn terms() -> Terms {
    let contract = Term { ends: 72.0, months: 60.0, is_contract: true };
    let lease = Term { ends: 192.0, months: 180.0, is_contract: false };
    Terms {
        horizon_months: 120,
        rates: Rates(of_each(0.13, &[(Business::Mining, 0.15), (Business::Hosting, 0.09)])),
        first_terms: of_each(None, &[(Business::Hosting, Some(lease)), (Business::Leasing, Some(contract))]),
        ends: of_each(EndWords::Resale, &[(Business::Hosting, EndWords::Lease)]),
        missing: Vec::new(),
    }
}

fn sentence_by(criterion: Criterion, candidates: &[Candidate]) -> String {
    // No paths: means tie by the share of the smaller capital alone.
    let paths = |one: &Candidate| {
        one.odds.map(|odds| SimulatedNpv {
            blocks: Blocks::default(),
            npv_usd: &[],
            loss: odds.loss,
            mean_usd: odds.mean_usd,
            cvar_usd: odds.cvar_usd,
            bitcoin_percentile: odds.bitcoin_percentile,
        })
    };
    let all = candidates.iter().map(|one| (*one, paths(one))).collect();
    sentence_under(&Verdict::of(criterion, all), &terms()).to_string()
}

fn by_value(candidates: &[Candidate]) -> String {
    sentence_by(Criterion::Value, candidates)
}

#[test]
fn a_loss_in_two_of_five_futures_stands_beside_the_best() {
    let hosting = Candidate { end_proceeds_npv_usd: 65.8 * M, ..with_odds(hosting(8.0), -2.8, 0.51, 52.0) };
    let leasing = with_odds(leasing(60.4), 20.0, 0.40, 289.0);
    let mining = with_odds(mining(-18.2), -14.9, 0.9, 28.0);
    assert_eq!(
        by_value(&[mining, hosting, leasing]),
        "Leasing is worth most, $60M on plan and $20M on average; a loss in 40 of 100 futures. \
         Hosting’s value is all in the lease after year ten."
    );
}

/// The defaults of the review: what they are worth, and what they risk.
fn of_the_review(leasing_mean: f64) -> Vec<Candidate> {
    let mining = with_odds(mining(-19.3), -17.2, 0.96, 97.0);
    let hosting =
        Candidate { capital_usd: Ok(184.0 * M), ..with_odds(hosting(22.9), 11.0, 0.29, 0.22 * 184.0) };
    let leasing = Candidate {
        capital_usd: Ok(603.0 * M),
        ..with_odds(leasing(93.5), leasing_mean, 0.30, 0.40 * 603.0)
    };
    vec![mining, hosting, leasing]
}

#[test]
fn the_risk_per_dollar_stands_beside_the_best() {
    assert_eq!(
        by_value(&of_the_review(42.8)),
        "Leasing is worth most, $94M on plan and $43M on average; \
         it loses as often as hosting and twice as much per dollar."
    );
}

#[test]
fn plan_and_mean_are_both_said_where_they_differ() {
    let tied = "Leasing is worth most on plan, $94M; on average about equal with hosting ($9.5M and $11M); \
                leasing ties up 3.3 times the capital; leasing loses as often as hosting and twice as much per dollar.";
    assert_eq!(by_value(&of_the_review(9.5)), tied);
    assert_eq!(
        by_value(&of_the_review(-30.0)),
        "Leasing is worth most on plan, $94M; on average hosting is worth most, $11M against −$30M; \
         leasing loses as often as hosting and twice as much per dollar."
    );
}

#[test]
fn one_business_alone_loses_neither_least_nor_most() {
    let alone = [paid(mining(-50.0), 9.9)];
    assert_eq!(
        by_value(&alone),
        "Mining does not earn its cost of capital; it loses $50M. Payback in 9.9 years does not change that."
    );
    for criterion in Criterion::ALL {
        let text = sentence_by(criterion, &alone);
        assert!(
            !text.contains("Nothing earns") && !text.contains("least") && !text.contains("most"),
            "{text}"
        );
    }
}

#[test]
fn where_nothing_earns_its_capital_who_loses_least_is_named() {
    assert_eq!(
        by_value(&[mining(-16.0), paid(hosting(-3.0), 9.9), leasing(-40.0)]),
        "Nothing earns its cost of capital; hosting loses least ($3M). Payback in 9.9 years does not change that."
    );
    let all = [mining(-16.0), paid(hosting(-3.0), 9.9), leasing(-40.0)];
    for criterion in Criterion::ALL {
        let text = sentence_by(criterion, &all);
        assert!(!text.contains("worth most") && !text.contains("first") && !text.contains("best"), "{text}");
    }
}

#[test]
fn one_business_alone_is_worth_a_figure() {
    assert_eq!(by_value(&[paid(mining(12.4), 2.1)]), "Mining is worth $12M.");
    assert_eq!(by_value(&[mining(12.4), hosting(-1.0)]), "Only mining earns its cost of capital, $12M.");
}

#[test]
fn a_value_that_is_all_end_says_what_is_left_without_it() {
    let lease = Candidate { end_proceeds_npv_usd: 1117.0 * M, ..hosting(254.0) };
    assert_eq!(
        by_value(&[lease]),
        "Hosting is worth $254M; all of it is the lease after year ten; without it −$863M."
    );
    let guarantor = OneCustomer { hazard_per_year: 0.005, revenue_share: 1.0 };
    let river_bend =
        Candidate { end_proceeds_npv_usd: 1399.0 * M, customer: Some(guarantor), ..hosting(939.0) };
    assert_eq!(
        by_value(&[river_bend]),
        "Hosting is worth $939M; all of it is the lease after year ten, owed by a guaranteed tenant; without it −$460M."
    );
    let most = Candidate { end_proceeds_npv_usd: 60.0 * M, ..leasing(100.0) };
    assert_eq!(by_value(&[most]), "Leasing is worth $100M; 60 % of it is what is sold at the end.");
}

#[test]
fn a_payback_that_does_not_hold_is_none() {
    let early = Candidate { payback_months: Ok(9.0), ..mining(0.65) };
    assert_eq!(
        sentence_by(Criterion::Payback, &[early]),
        "Nothing pays back for good within 10.0 years; mining is back after 9.0 months and does not stay so."
    );
    assert_eq!(
        by_value(&[early]),
        "Mining is worth $650k; it is back after 9.0 months and does not stay so."
    );
}

#[test]
fn a_return_below_the_cost_of_capital_is_said_as_that() {
    let leasing = Candidate { irr: Ok(0.115), ..leasing(-0.8) };
    let hosting = Candidate { irr: Ok(0.10), ..hosting(2.0) };
    assert_eq!(
        sentence_by(Criterion::Irr, &[leasing, hosting]),
        "Leasing returns 11.5 %, less than the 13 % its capital costs."
    );
    let least = Candidate { irr: Ok(0.02), ..mining(-9.0) };
    assert_eq!(
        sentence_by(Criterion::Irr, &[least, leasing]),
        "Nothing earns its cost of capital; leasing returns most, 11.5 % of the 13 % its capital costs."
    );
    assert_eq!(
        sentence_by(Criterion::Irr, &[leasing]),
        "Leasing does not earn its cost of capital; it returns 11.5 % of the 13 % its capital costs."
    );
}

#[test]
fn by_payback_the_order_and_the_contract_are_said() {
    assert_eq!(
        sentence_by(Criterion::Payback, &[mining(-5.0), paid(hosting(20.0), 8.8), paid(leasing(90.0), 4.6)]),
        "By payback leasing comes first, at 4.6 years, within its five-year contract; \
         hosting follows at 8.8; mining never does."
    );
    assert_eq!(
        sentence_by(Criterion::Payback, &[paid(mining(-5.0), 2.1), paid(leasing(90.0), 6.5)]),
        "Mining is back soonest, after 2.1 years, and still loses value (NPV −$5M); leasing follows at 6.5."
    );
    assert_eq!(
        sentence_by(Criterion::Payback, &[paid(leasing(90.0), 6.5)]),
        "By payback leasing comes first, at 6.5 years, after the contract ends."
    );
}

#[test]
fn months_and_years_are_never_mixed_without_a_unit() {
    let months = |candidate: Candidate, months: f64| paid(candidate, months / 12.0);
    assert_eq!(
        sentence_by(Criterion::Payback, &[months(mining(5.0), 7.1), months(leasing(90.0), 56.2)]),
        "By payback mining comes first, at 7.1 months; leasing follows after 4.7 years."
    );
    let all = [months(mining(5.0), 7.1), months(leasing(90.0), 56.2), months(hosting(20.0), 109.0)];
    assert_eq!(
        sentence_by(Criterion::Payback, &all),
        "By payback mining comes first, at 7.1 months; leasing follows after 4.7 years and hosting at 9.1."
    );
    let all = [months(mining(5.0), 4.0), months(leasing(90.0), 8.5), months(hosting(20.0), 109.0)];
    assert_eq!(
        sentence_by(Criterion::Payback, &all),
        "By payback mining comes first, at 4.0 months; leasing follows after 8.5 months and hosting after 9.1 years."
    );
}

#[test]
fn equals_are_named_together() {
    assert_eq!(
        by_value(&[hosting(24.0), leasing(27.0)]),
        "Leasing and hosting are about equal, $27M and $24M."
    );
    let pair = [with_odds(hosting(24.0), 12.0, 0.2, 30.0), with_odds(leasing(27.0), 1.0, 0.2, 30.0)];
    assert_eq!(
        by_value(&pair),
        "Leasing and hosting are about equal, $27M and $24M; on average hosting is ahead, $1M and $12M."
    );
    assert_eq!(
        sentence_by(Criterion::Loss, &pair),
        "Hosting and leasing lose about as often, in 20 and 20 of 100 futures; hosting loses least per dollar."
    );
}

#[test]
fn rates_are_one_or_one_a_business() {
    let words = terms().rates.words();
    assert!(words.starts_with("15 / 9 / 13") && words.ends_with(" %"), "{words}");
    assert_eq!(Rates(PerBusiness::new(|_| 0.075)).words(), "7.5 %");
}

#[test]
fn amounts_are_said_with_few_digits() {
    let cases = [
        (93.5, "$94M"),
        (-863.0, "−$863M"),
        (9.49, "$9.5M"),
        (3.0, "$3M"),
        (1399.0, "$1.4B"),
        (1146.0, "$1.1B"),
        (999.6, "$1B"),
    ];
    assert_eq!(cases.map(|(millions, _)| money(millions * M)), cases.map(|(_, words)| words.to_owned()));
}

#[test]
fn the_worked_example_reads_like_a_sentence() {
    let scenario = Scenario::default();
    let valid = scenario.validate().unwrap();
    let comparison = compare(&valid);
    let of = |criterion| {
        sentence(&valid, &comparison, &Verdict::new(&valid, &comparison, None, criterion)).to_string()
    };
    assert_eq!(
        of(Criterion::Value),
        "Leasing is worth most, $93M; 88 % of its revenue is one customer’s. Hosting’s value is all in the lease after \
         year ten."
    );
    assert_eq!(
        of(Criterion::ValuePerCapex),
        "Leasing and hosting are about equal per dollar, 0.15 and 0.12; 88 % of leasing’s revenue is one customer’s."
    );
    assert_eq!(
        of(Criterion::Payback),
        "By payback leasing comes first, at 4.3 years, within its five-year contract; hosting follows at 8.8; \
         mining never does; 88 % of leasing’s revenue is one customer’s."
    );
    assert_eq!(
        of(Criterion::Irr),
        "Leasing returns most, 19.5 % a year against the 13 % its capital costs; 88 % of its revenue is one customer’s."
    );
    assert_eq!(of(Criterion::Loss), "Chances of loss are being simulated.");
}

#[test]
fn what_leaves_nothing_at_the_end_is_all_operation() {
    let one = Candidate { end_proceeds_npv_usd: 0.0, ..leasing(24.0) };
    assert_eq!(crate::words::end_words(&one, &terms()), ("operation $24.0M".to_owned(), None, false));
}
