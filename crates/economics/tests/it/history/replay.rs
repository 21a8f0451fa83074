//! Plans of the past beside what came.

use wattfolio_economics::bitcoin;
use wattfolio_economics::history::{Driver, MachinePrice, Machines, NotReplayed, Replay, Strip};
use wattfolio_economics::kernel::{MarketSeries, ReplayedOn};
use wattfolio_economics::prelude::*;
use wattfolio_economics::scenario::{Debt, NetworkRule, mid_month};

use super::record::{month, of_bitcoin};

const PROJECT: Basis = Basis::ProjectBeforeTax;

fn replay(scenario: &Scenario, start: &str, machines: Machines, basis: Basis) -> Replay {
    Replay::new(&of_bitcoin(), &scenario.validate().unwrap(), month(start), machines, basis).unwrap()
}

/// S19 Pros at $100 per TH, three fifths on credit: the buyers of November 2021.
fn of_the_top() -> Scenario {
    let mut scenario = Scenario { horizon_months: 60, ..Scenario::default() };
    scenario.power.price_usd_per_kwh = 0.05.into();
    let machine = &mut scenario.mining.machine;
    (machine.hashrate_th_s, machine.watts, machine.price_usd) = (110.0, 3250.0, 11_000.0.into());
    scenario.mining.debt = Debt::Loan { loan_to_cost: 0.6, apr: 0.13, term_months: 24, grace_months: 0 };
    scenario
}

/// Every series of what came against the files, as the model's document has it.
#[test]
fn what_came_is_the_record_at_mid_month_and_at_the_start_the_month_before() {
    let record = of_bitcoin();
    for rule in [NetworkRule::RESPONSIVE, NetworkRule::Given] {
        let mut scenario = of_the_top();
        scenario.bitcoin.network = rule;
        let replay = replay(&scenario, "2021-11", Machines::Same, PROJECT);
        let network = &replay.came.network;
        assert_eq!((replay.start(), replay.last_recorded()), (month("2021-11"), 59));
        // July 2026 is the first month with an estimate, the 57th of the plan.
        assert_eq!(replay.estimates_from(), Some(57));
        assert_eq!(network.btc_price_usd[0], 61_318.96);
        for t in 0..=59 {
            let calendar = if t == 0 { month("2021-10") } else { month("2021-11").plus(t as u32 - 1) };
            let close = |month| record.close_usd.get(month).unwrap().value;
            let price = if t == 0 {
                close(calendar)
            } else {
                (close(calendar.before().unwrap()) * close(calendar)).sqrt()
            };
            assert_eq!(network.btc_price_usd[t], price, "{calendar}");
            let hashrate = record.network_eh_s.get(calendar).unwrap().value;
            assert!((network.network_hashrate_eh_s[t] / hashrate - 1.0).abs() < 1e-12, "{rule:?} {calendar}");
            if t > 0 {
                let (from, until) = (bitcoin::height_at(calendar), bitcoin::height_at(calendar.plus(1)));
                let sum: u64 = (from..until).map(bitcoin::subsidy_satoshi).sum();
                let mean = sum as f64 / f64::from(until - from) / bitcoin::SATOSHI_PER_BTC;
                assert!((network.subsidy_btc[t] / mean - 1.0).abs() < 1e-12, "{calendar}");
                let share = record.fee_share.get(calendar).unwrap().value;
                assert!((network.fees_btc[t] / (share * mean) - 1.0).abs() < 1e-12, "{calendar}");
            }
        }
        // The plan knew what was known: the close of October and its own growth.
        let plan = &replay.plan.network;
        assert_eq!(plan.btc_price_usd[0], network.btc_price_usd[0]);
        let grown = plan.btc_price_usd[0] * 1.1_f64.powf(mid_month(60) / 12.0);
        assert!((plan.btc_price_usd[60] / grown - 1.0).abs() < 1e-12);
    }
}

/// The same flows from a scenario that says the whole record by hand, with the reward in the place of the fees.
#[test]
fn a_replay_is_the_plan_with_the_record_written_into_it() {
    let mut scenario = of_the_top();
    (scenario.horizon_months, scenario.bitcoin.network) = (48, NetworkRule::Given);
    let replay = replay(&scenario, "2021-11", Machines::Same, Basis::EquityAfterTax);
    let network = &replay.came.network;
    let path = |levels: &dyn Fn(usize) -> f64| Trajectory {
        points: (1..=48).map(|t| (mid_month(t), levels(t))).collect(),
        ..levels(0).into()
    };
    let mut by_hand = scenario.clone();
    by_hand.start = month("2021-11");
    let bitcoin = &mut by_hand.bitcoin;
    bitcoin.price_usd = path(&|t| network.btc_price_usd[t]);
    bitcoin.network_hashrate_eh_s = path(&|t| network.network_hashrate_eh_s[t]);
    bitcoin.block_subsidy_btc = Some(0.0);
    bitcoin.fees_btc_per_block = path(&|t| network.subsidy_btc[t] + network.fees_btc[t]);
    let by_hand = compare_on(&by_hand.validate().unwrap(), Basis::EquityAfterTax);
    let flows = |comparison: &Comparison| comparison.business(Business::Mining).unwrap().flows.net.clone();
    let (expected, found) = (flows(&by_hand), flows(&replay.came));
    let size: f64 = expected.iter().map(|flow| flow.abs()).sum();
    for (t, (expected, found)) in expected.iter().zip(&found).enumerate() {
        assert!((expected - found).abs() < 1e-9 * size, "{t}: {expected} {found}");
    }
}

#[test]
fn after_the_last_record_paths_and_rule_go_on_from_there() {
    let mut scenario = of_the_top();
    scenario.horizon_months = 120;
    let replay = replay(&scenario, "2024-01", Machines::Same, PROJECT);
    let network = &replay.came.network;
    let last = replay.last_recorded();
    assert_eq!(month("2024-01").plus(last as u32 - 1), month("2026-09"));
    let price = network.btc_price_usd[last] * 1.1_f64.powf(12.0 / 12.0);
    assert!((network.btc_price_usd[last + 12] / price - 1.0).abs() < 1e-12);
    assert!(
        (network.fees_btc[last + 12] / network.fees_btc[last] - 1.0).abs() < 1e-12,
        "fees stay as they are"
    );
    // The rule by hand: the hashprice of the last record, its growth, and the price of the next month.
    let h = &network.network_hashrate_eh_s;
    let before = month("2024-01").years_since(month("2026-11")) + mid_month(last) / 12.0;
    let need = 25.0 * 0.9_f64.powf(before);
    let growth = 0.03 * (network.hashprice_usd_ph_day[last] / need).ln()
        + 0.25 * (h[last] / h[last - 1]).ln()
        + 0.10 * (network.btc_price_usd[last + 1] / network.btc_price_usd[last]).ln();
    assert!((h[last + 1] / h[last] - growth.exp()).abs() < 1e-12);
    // The halving of 2028 still comes.
    assert_eq!(network.subsidy_btc[last + 60], 1.5625);
    let series = replay.plan.network.values(MarketSeries::Subsidy);
    assert_eq!(series.len(), 121);
}

/// The crash of 2022, on the owner's basis: what was planned and what became of it.
#[test]
fn machines_bought_in_november_2021_never_come_back_and_their_loan_is_not_paid() {
    let mut scenario = of_the_top();
    // Nobody reckoned with a network that answers.
    scenario.bitcoin.network = NetworkRule::Given;
    let replay = replay(&scenario, "2021-11", Machines::Same, Basis::EquityAfterTax);
    let of = |comparison: &Comparison| comparison.business(Business::Mining).unwrap().clone();
    let (plan, came) = (of(&replay.plan), of(&replay.came));
    let text = format!(
        "plan {:.1} mo, NPV {:.1}M, DSCR {:.2}, short {}; came {:?}, NPV {:.1}M, DSCR {:.2}, short {} from {}",
        plan.measures.payback_months.unwrap(),
        plan.measures.npv_usd / 1e6,
        plan.measures.service.min_dscr.unwrap(),
        plan.measures.service.short_months.len(),
        came.measures.payback_last_months,
        came.measures.npv_usd / 1e6,
        came.measures.service.min_dscr.unwrap(),
        came.measures.service.short_months.len(),
        came.measures.service.short_months[0],
    );
    let expected = "plan 9.9 mo, NPV 100.4M, DSCR 3.14, short 0; \
came Err(Never), NPV -46.1M, DSCR 0.18, short 49 from 12";
    assert_eq!(text, expected);
    // Bitcoin fell from $61,319 to $17,000 at the end of 2022 while the network grew by three fifths.
    let network = &replay.came.network;
    assert!((16_000.0..18_000.0).contains(&network.btc_price_usd[14]));
    assert!(network.network_hashrate_eh_s[14] > 1.6 * network.network_hashrate_eh_s[0]);
    let gap = replay.gap(Business::Mining).unwrap();
    assert!(gap.share(Driver::Price).unwrap() < -1e7 && gap.share(Driver::Network).unwrap() < -1e7);
}

#[test]
fn a_sized_debt_is_that_of_the_plan() {
    let mut scenario = of_the_top();
    scenario.mining.debt = Debt::SizedToDscr { dscr: 1.3, apr: 0.1, term_months: 24 };
    let replay = replay(&scenario, "2021-11", Machines::Same, Basis::EquityAfterTax);
    let paid = |comparison: &Comparison| {
        comparison.business(Business::Mining).unwrap().ledger.line(Line::Principal).to_vec()
    };
    assert_eq!(paid(&replay.plan), paid(&replay.came));
    assert!(replay.came.business(Business::Mining).unwrap().measures.service.min_dscr.unwrap() < 1.0);
}

#[test]
fn shares_of_the_gap_add_up_and_are_the_mean_over_all_orders() {
    let mut scenario = of_the_top();
    scenario.mining.debt = Debt::None;
    let replay = replay(&scenario, "2021-11", Machines::OfTheTime, PROJECT);
    let gap = replay.gap(Business::Mining).unwrap();
    let drivers: Vec<Driver> = gap.shares.iter().map(|(driver, _)| *driver).collect();
    assert_eq!(drivers, [Driver::Price, Driver::Network, Driver::Reward], "power is as planned");
    let npv = |comparison: &Comparison| comparison.business(Business::Mining).unwrap().measures.npv_usd;
    assert!((gap.believed_usd / npv(&replay.plan) - 1.0).abs() < 1e-12);
    assert!((gap.came_usd / npv(&replay.came) - 1.0).abs() < 1e-12);
    let sum: f64 = gap.shares.iter().map(|(_, usd)| usd).sum();
    assert!((sum - (gap.came_usd - gap.believed_usd)).abs() < 1e-9 * gap.believed_usd.abs());
    // Nobody rents GPUs of 2021.
    assert!(replay.gap(Business::Leasing).is_none());
}

#[test]
fn what_is_not_recorded_is_absent_with_the_month_in_which_it_begins() {
    let reasons = |start: &str, machines| {
        let replay = replay(&Scenario::default(), start, machines, PROJECT);
        PerBusiness::new(|business| replay.came.business(business).err().map(ToString::to_string))
    };
    let of_three = |start: &str, machines| {
        let reasons = reasons(start, machines);
        [Business::Mining, Business::Hosting, Business::Leasing].map(|business| reasons[business].clone())
    };
    let none_before = |month: &str| Some(format!("nothing is recorded of it before {month}"));
    assert_eq!(
        of_three("2015-01", Machines::OfTheTime),
        [none_before("Jun 2016"), none_before("Jun 2024"), none_before("Apr 2023")]
    );
    assert_eq!(reasons("2015-01", Machines::Same)[Business::Mining], None);
    assert_eq!(of_three("2023-04", Machines::Same), [None, none_before("Jun 2024"), None]);
    for (business, reason) in reasons("2024-06", Machines::Same).iter() {
        let is_recorded = business.replayed_on() != ReplayedOn::Nothing;
        assert_eq!(reason.clone(), (!is_recorded).then(|| "the record has nothing of it".to_owned()));
    }
    let valid = Scenario::default().validate().unwrap();
    let outside = Replay::new(&of_bitcoin(), &valid, month("2014-09"), Machines::Same, PROJECT).unwrap_err();
    assert_eq!(outside.to_string(), "2014-09 cannot be replayed; allowed: 2014-10…2026-09");
    assert!(matches!(outside, NotReplayed::OutsideOfRecord { .. }));
}

#[test]
fn the_rental_that_came_is_a_ratio_to_that_of_today_and_grows_on() {
    let mut scenario = Scenario::default();
    scenario.leasing.rental_usd_per_gpu_hour.value = 4.0;
    let replay = replay(&scenario, "2024-06", Machines::Same, PROJECT);
    let (plan, came) =
        (&replay.plan.network.rental_usd_per_gpu_hour, &replay.came.network.rental_usd_per_gpu_hour);
    // May 2024 is 13 months after April 2023, September 2026 41.
    assert!((came[0] - 4.0 * 0.98_f64.powi(13 - 41)).abs() < 1e-9 && plan[0] == came[0]);
    assert!((came[28] - 4.0).abs() < 1e-9, "September 2026");
    assert!((came[40] - 4.0 * 0.82).abs() < 1e-9, "a year later at its own growth");
    let gap = replay.gap(Business::Leasing).unwrap();
    assert_eq!(gap.shares.len(), 1);
    assert!(gap.share(Driver::Rental).is_some());
}

#[test]
fn the_machine_of_the_time_is_the_most_efficient_one_at_a_price_of_its_year() {
    let machine = |start: &str| {
        let replay = replay(&Scenario::default(), start, Machines::OfTheTime, PROJECT);
        let machine = replay.machine().unwrap().clone();
        assert_eq!(replay.believed().mining.machine.name, machine.name);
        (machine, replay.plan.network.hashprice_usd_ph_day[0])
    };
    let (of_2021, _) = machine("2021-11");
    assert_eq!((of_2021.name.as_str(), of_2021.price_usd), ("listed", 17_000.0));
    assert_eq!(of_2021.price, MachinePrice::Listed { year: 2021 });
    let (of_2023, _) = machine("2023-02");
    assert_eq!((of_2023.name.as_str(), of_2023.price_usd), ("dated", 2_000.0));
    // No price of that year: today's $15 a TH/s, moved with the hashprice.
    let (of_2020, hashprice) = machine("2020-12");
    assert_eq!((of_2020.name.as_str(), of_2020.price), ("listed", MachinePrice::Estimated));
    assert!((of_2020.price_usd - 110.0 * 15.0 * hashprice / 39.88).abs() < 1e-6);
    assert_eq!(machine("2016-06").0.name, "old");
}

/// Points that lie in the record say what came: the plan of that month did not know them.
#[test]
fn recorded_points_of_a_scenario_are_not_believed_and_others_move_along() {
    let mut scenario = of_the_top();
    scenario.start = month("2021-11");
    scenario.bitcoin.price_usd.points = vec![(14.0, 17_000.0), (59.0, 83_560.0)];
    let recorded = replay(&scenario, "2021-11", Machines::Same, PROJECT);
    assert!(recorded.believed().bitcoin.price_usd.points.is_empty());
    scenario.start = month("2026-11");
    let believed = replay(&scenario, "2021-11", Machines::Same, PROJECT);
    let path = &believed.believed().bitcoin.price_usd;
    let factor = path.value / scenario.bitcoin.price_usd.value;
    assert_eq!(path.points[0].0, 14.0);
    assert!((path.points[0].1 / (17_000.0 * factor) - 1.0).abs() < 1e-12);
}

#[test]
fn the_strip_has_the_figures_of_each_replay() {
    let (record, valid) = (of_bitcoin(), of_the_top().validate().unwrap());
    for basis in [PROJECT, Basis::EquityAfterTax] {
        let strip = Strip::new(&record, &valid, Machines::OfTheTime, basis).unwrap();
        assert_eq!((strip.first, strip.months.len()), (month("2014-10"), 144));
        for start in ["2016-06", "2020-10", "2021-11", "2024-06", "2026-09"] {
            let replay = Replay::new(&record, &valid, month(start), Machines::OfTheTime, basis).unwrap();
            for business in Business::ALL {
                let cell = strip.cell(month(start), business).unwrap();
                match replay.came.business(business) {
                    Err(reason) => assert_eq!(cell.as_ref().unwrap_err(), reason),
                    Ok(came) => {
                        let cell = cell.as_ref().unwrap();
                        // Of the capital that the plan asked for; before debt what came asks for the same.
                        let capital = replay.plan.business(business).unwrap().capital_usd().unwrap();
                        let npv = came.measures.npv_usd / capital;
                        let gap = cell.npv_per_capital.unwrap() - npv;
                        assert!(gap.abs() < 1e-12, "{start} {business:?}: {gap}");
                        if basis == PROJECT {
                            assert_eq!(capital, came.capital_usd().unwrap(), "{start} {business:?}");
                        }
                        assert_eq!(
                            cell.payback_months, came.measures.payback_last_months,
                            "{start} {business:?}"
                        );
                        let curve = came.curve(Curve::default());
                        let lowest = curve.iter().copied().fold(0.0, f64::min);
                        let drawdown = cell.worst_drawdown.unwrap() * capital;
                        assert!(drawdown >= -lowest - 1e-6, "{start} {business:?}: {drawdown} {lowest}");
                    }
                }
            }
        }
    }
}
