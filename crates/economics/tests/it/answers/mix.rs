//! Mixes against simulations, against each other, and the frontier against a linear program.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettings, DefaultSolver, IPSolver as _, SolverStatus,
    SupportedConeT::{self, NonnegativeConeT, ZeroConeT},
};
use wattfolio_economics::answers::mix::{
    Mixed, Mixes, NoPortfolio, Per, PlanOfMix, Portfolio, STEPS, Site, WholeSite, ranks_mixes,
};
use wattfolio_economics::business::leasing::Fleet;
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::{Control, ToTheEnd, Unfinished};
use wattfolio_economics::scenario::Debt;

fn with_paths(paths: u32) -> Scenario {
    let mut scenario = Scenario::default();
    scenario.risk.paths = paths;
    scenario
}

fn mixed(scenario: &mut Scenario, shares: [f64; 3]) {
    (scenario.mix.mining, scenario.mix.hosting, scenario.mix.leasing) = (shares[0], shares[1], shares[2]);
}

fn mixes_of(scenario: &Scenario) -> Mixes {
    let scenario = scenario.validate().unwrap();
    Mixes::new(&scenario, Basis::default(), &mut Simulator::new(2).unwrap(), &ToTheEnd).unwrap()
}

fn close(found: f64, expected: f64, tolerance: f64) {
    let size = found.abs().max(expected.abs()).max(1e-12);
    assert!((found - expected).abs() <= tolerance * size, "{found} is not {expected}");
}

#[test]
fn a_mix_of_one_business_is_its_simulation() {
    for business in Business::ALL {
        let mut scenario = with_paths(500);
        let mut shares = [0.0; 3];
        shares[business as usize] = 1.0;
        mixed(&mut scenario, shares);
        let mixes = mixes_of(&scenario);
        let valid = scenario.validate().unwrap();
        let simulation = simulate(&valid, Basis::ProjectBeforeTax).unwrap();
        let risk = simulation.business(business).unwrap();
        let capital = compare(&valid).capital_usd(business).unwrap();
        let alone = mixes.grid.iter().find(|mixed| mixed.shares[business] == 1.0).unwrap();
        for mixed in [alone, mixes.now.as_ref().unwrap(), mixes.exact.simulated.as_ref().unwrap()] {
            assert_eq!(mixed.npv_usd.value, risk.npv.mean.value);
            close(mixed.npv_usd.standard_error, risk.npv.mean.standard_error, 1e-12);
            assert_eq!(mixed.cvar_usd, risk.tail.conditional_value_at_risk);
            assert_eq!((mixed.loss.hits, mixed.capital_usd), (risk.loss.hits, capital));
        }
        assert_eq!(mixes.exact_minus_scaled_usd(), Some(0.0));
    }
}

#[test]
fn the_plan_of_one_business_is_its_own_on_every_basis() {
    let mut scenario = Scenario::default();
    let loan = Debt::Loan { loan_to_cost: 0.6, apr: 0.08, term_months: 90, grace_months: 6 };
    (scenario.hosting.debt, scenario.leasing.debt) = (loan, loan);
    for business in Business::ALL {
        let mut shares = [0.0; 3];
        shares[business as usize] = 1.0;
        mixed(&mut scenario, shares);
        let valid = scenario.validate().unwrap();
        for basis in Basis::ALL {
            let plan = PlanOfMix::new(&valid, basis);
            let comparison = compare_on(&valid, basis);
            let alone = comparison.business(business).unwrap();
            close(plan.npv_usd, alone.measures.npv_usd, 1e-9);
            close(plan.capital_usd, alone.capital_usd().unwrap(), 1e-12);
            let same = |found: Maybe<f64>, expected: Maybe<f64>| match (found, expected) {
                (Ok(found), Ok(expected)) => close(found, expected, 1e-9),
                (found, expected) => assert_eq!(found, expected, "{business:?} {basis:?}"),
            };
            same(plan.irr, alone.measures.irr);
            same(plan.mirr, alone.measures.mirr);
            same(plan.payback_last_months, alone.measures.payback_last_months);
            same(plan.discounted_payback_last_months, alone.measures.discounted_payback_last_months);
            same(plan.npv_per_capital, alone.measures.npv_per_capex);
        }
    }
}

#[test]
fn a_mix_is_the_sum_of_its_parts_and_pays_one_tax() {
    let mut scenario = Scenario::default();
    mixed(&mut scenario, [0.5, 0.0, 0.5]);
    let valid = scenario.validate().unwrap();
    let half = |business| {
        let half = Scenario { site: valid.site.clone(), ..scenario.clone() };
        let half = half.with("site.capacity_mw", valid.site.capacity_mw / 2.0).unwrap();
        move |basis| {
            let comparison = compare_on(&half.validate().unwrap(), basis);
            comparison.business(business).unwrap().measures.npv_usd
        }
    };
    let (mining, leasing) = (half(Business::Mining), half(Business::Leasing));
    let plan = |basis| PlanOfMix::new(&valid, basis).npv_usd;
    let before = Basis::ProjectBeforeTax;
    close(plan(before), mining(before) + leasing(before), 1e-12);
    // Mining's losses spare tax on what leasing earns, so that the mix is worth more than its parts apart.
    let after = Basis::ProjectAfterTax;
    let apart = mining(after) + leasing(after);
    assert!(mining(after) < 0.0 && plan(after) > apart, "{} {apart}", plan(after));
    assert!(plan(after) < plan(before));
    let flows = PlanOfMix::new(&valid, before).flows;
    assert_eq!(flows.len(), valid.horizon_months as usize + 1);
}

#[test]
fn counted_gpus_are_whole_ones_of_their_share() {
    let mut scenario = with_paths(200);
    scenario.leasing.fleet = Fleet::Count(101);
    mixed(&mut scenario, [0.0, 0.5, 0.5]);
    let mixes = mixes_of(&scenario);
    // 50 of 101 GPUs are a little less than a half, which is what scaling takes.
    let difference = mixes.exact_minus_scaled_usd().unwrap();
    let scaled = mixes.now.as_ref().unwrap();
    let exact = mixes.exact.simulated.as_ref().unwrap();
    assert!(difference != 0.0 && difference.abs() < 0.02 * scaled.cvar_usd.value.abs(), "{difference}");
    assert!(exact.capital_usd < scaled.capital_usd);
    // A share on which not one fits adds nothing, and says so.
    scenario.leasing.fleet = Fleet::Count(1);
    let valid = scenario.validate().unwrap();
    let plan = PlanOfMix::new(&valid, Basis::default());
    assert!(plan.parts.iter().any(|part| part.business == Business::Leasing && part.npv_usd.is_err()));
}

#[test]
fn what_cannot_be_mixed_is_left_out_with_its_reason() {
    let mut scenario = with_paths(200);
    scenario.hosting.customer_capex_share = 1.0;
    let mixes = mixes_of(&scenario);
    assert_eq!(mixes.parts, [Business::Mining, Business::Leasing]);
    assert_eq!(mixes.grid.len(), STEPS + 1);
    assert_eq!(mixes.left_out[Business::Hosting].as_ref().unwrap().to_string(), "no capex");
    assert_eq!(mixes.now, None);
    scenario.horizon_months = 1;
    let nothing = mixes_of(&scenario);
    assert!(nothing.parts.is_empty() && nothing.grid.is_empty() && nothing.frontier.is_empty());
    assert!(nothing.hedge.is_none() && nothing.exact.simulated.is_none());
}

/// Dollars in which a linear program counts a site: with larger numbers it ends less exactly.
const SITE_UNIT_USD: f64 = 1e8;

/// NPVs of each business per dollar, or of the whole site in units of its own.
fn returns_of(site: &WholeSite, per: Per) -> Vec<Vec<f64>> {
    let unit = |capital_usd: f64| match per {
        Per::Dollar => capital_usd,
        Per::Site => SITE_UNIT_USD,
    };
    let of = |npvs: &[f64], unit: f64| npvs.iter().map(|npv| npv / unit).collect();
    site.parts().iter().map(|part| of(&part.npv_usd, unit(part.capital_usd))).collect()
}

/// The least CVaR at an expected value of at least `value`, by the linear program of Rockafellar and Uryasev: the division
/// among the businesses, the value at risk, and for each path what lies beyond it.
fn least_risk(returns: &[Vec<f64>], value: Option<f64>) -> f64 {
    let (parts, paths) = (returns.len(), returns[0].len());
    let variables = parts + 1 + paths;
    let mut cost = vec![0.0; variables];
    cost[parts] = 1.0;
    cost[parts + 1..].fill(1.0 / (0.05 * paths as f64));
    // Rows A·x + s = b, s ≥ 0 but for the first, where s = 0.
    let (mut rows, mut columns, mut entries, mut bounds) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut row = |terms: &[(usize, f64)], bound: f64| {
        for (column, entry) in terms {
            rows.push(bounds.len());
            columns.push(*column);
            entries.push(*entry);
        }
        bounds.push(bound);
    };
    row(&(0..parts).map(|part| (part, 1.0)).collect::<Vec<_>>(), 1.0);
    for part in 0..parts {
        row(&[(part, -1.0)], 0.0);
    }
    if let Some(value) = value {
        let mean = |part: usize| returns[part].iter().sum::<f64>() / paths as f64;
        row(&(0..parts).map(|part| (part, -mean(part))).collect::<Vec<_>>(), -value);
    }
    for path in 0..paths {
        row(&[(parts + 1 + path, -1.0)], 0.0);
        let of_path = returns.iter().map(|of_part| -of_part[path]);
        let mut terms: Vec<(usize, f64)> = of_path.enumerate().collect();
        terms.extend([(parts, -1.0), (parts + 1 + path, -1.0)]);
        row(&terms, 0.0);
    }
    let count = bounds.len();
    let matrix = CscMatrix::new_from_triplets(count, variables, rows, columns, entries);
    let cones: Vec<SupportedConeT<f64>> = vec![ZeroConeT(1), NonnegativeConeT(count - 1)];
    let settings = DefaultSettings { verbose: false, ..DefaultSettings::default() };
    let none = CscMatrix::zeros((variables, variables));
    let mut solver = DefaultSolver::new(&none, &cost, &matrix, &bounds, &cones, settings).unwrap();
    solver.solve();
    assert_eq!(solver.solution.status, SolverStatus::Solved);
    solver.solution.obj_val
}

#[test]
fn the_frontier_is_that_of_a_linear_program() {
    for (seed, fee, per) in
        [(1, 130.0, Per::Dollar), (2, 125.0, Per::Dollar), (1, 130.0, Per::Site), (2, 125.0, Per::Site)]
    {
        let mut scenario = with_paths(503);
        scenario.risk.seed = seed;
        scenario.hosting.fee_usd_per_kw_month.value = fee;
        let valid = scenario.validate().unwrap();
        let site = WholeSite::simulate(&valid, &mut Simulator::new(1).unwrap(), &ToTheEnd).unwrap();
        let frontier = site.frontier(per);
        assert!(frontier.len() > 5, "{} at {fee}", frontier.len());
        let unit = if per == Per::Dollar { 1.0 } else { SITE_UNIT_USD };
        let risk = |mixed: &Mixed| mixed.risk(per).value / unit;
        let returns = returns_of(&site, per);
        // The end with the least risk is found by a search in the value, so that it is good to its step.
        let least = least_risk(&returns, None);
        assert!(
            risk(&frontier[0]) >= least - 1e-7 && risk(&frontier[0]) <= least + 1e-4,
            "{} {least}",
            risk(&frontier[0])
        );
        for mixed in &frontier {
            let expected = least_risk(&returns, Some(mixed.value(per).value / unit));
            assert!((risk(mixed) - expected).abs() < 1e-6, "{} {expected}", risk(mixed));
        }
    }
}

#[test]
fn no_mix_of_the_grid_surpasses_the_frontier() {
    let mixes = mixes_of(&with_paths(1000));
    assert_eq!(mixes.grid.len(), 231);
    for per in [Per::Dollar, Per::Site] {
        let unit = if per == Per::Dollar { 1.0 } else { SITE_UNIT_USD };
        let (value, risk) =
            (|mixed: &Mixed| mixed.value(per).value / unit, |mixed: &Mixed| mixed.risk(per).value / unit);
        assert_unsurpassed(&mixes.grid, mixes.frontier_of(per), value, risk);
    }
    let now = mixes.now.as_ref().unwrap();
    for per in [Per::Dollar, Per::Site] {
        let same = mixes.same_risk_of(per).unwrap();
        let (value, risk) = (|mixed: &Mixed| mixed.value(per).value, |mixed: &Mixed| mixed.risk(per).value);
        assert!(risk(same) <= risk(now) + 1e-9 * risk(now).abs() && value(same) >= value(now), "{per:?}");
    }
}

#[test]
fn the_best_mix_is_that_of_its_criterion_and_criteria_of_plans_rank_none() {
    let mixes = mixes_of(&with_paths(1000));
    let best = |criterion| mixes.best_by(criterion).unwrap();
    assert!(mixes.grid.iter().all(|mixed| mixed.npv_usd.value <= best(Criterion::Value).npv_usd.value));
    let per_dollar = |mixed: &Mixed| mixed.npv_per_capital().value;
    assert!(mixes.grid.iter().all(|mixed| per_dollar(mixed) <= per_dollar(best(Criterion::ValuePerCapex))));
    let least = best(Criterion::Loss);
    for mixed in &mixes.grid {
        let is_level = mixed.loss.value == least.loss.value;
        assert!(mixed.loss.value >= least.loss.value, "{mixed:?}");
        assert!(!is_level || mixed.cvar_per_capital().value >= least.cvar_per_capital().value, "{mixed:?}");
    }
    for criterion in [Criterion::Payback, Criterion::Irr] {
        assert!(!ranks_mixes(criterion) && mixes.best_by(criterion).is_none());
    }
}

fn assert_unsurpassed(
    grid: &[Mixed],
    frontier: &[Mixed],
    value: impl Fn(&Mixed) -> f64,
    risk: impl Fn(&Mixed) -> f64,
) {
    for pair in frontier.windows(2) {
        assert!(value(&pair[0]) <= value(&pair[1]) && risk(&pair[0]) <= risk(&pair[1]) + 1e-12);
    }
    for mixed in grid {
        // The frontier at the value of the mix, on the chord between its points, above which no risk is needed.
        let Some(above) = frontier.iter().position(|point| value(point) >= value(mixed)) else {
            assert!(value(mixed) <= value(frontier.last().unwrap()) + 1e-12);
            continue;
        };
        let least = if above == 0 { risk(&frontier[0]) - 1e-4 } else { risk(&frontier[above - 1]) };
        assert!(risk(mixed) >= least - 1e-12, "{:?}", mixed.shares);
    }
}

#[test]
fn the_hedge_is_the_best_of_all_shares() {
    let mixes = mixes_of(&with_paths(1000));
    for per in [Per::Dollar, Per::Site] {
        let hedge = mixes.hedge_of(per).unwrap();
        assert!(hedge.per == per && mixes.alone(hedge.of) == Some(&hedge.alone));
        close(hedge.hedged.shares[hedge.of] + hedge.share, 1.0, 1e-12);
        let (value, risk) = (hedge.alone.value(per).value, hedge.alone.risk(per).value);
        assert!(Business::ALL.iter().all(|one| mixes.alone(*one).unwrap().value(per).value <= value));
        let gain = |hedged: &Mixed| {
            let cost = (value - hedged.value(per).value) / if value > 0.0 { value } else { risk };
            1.0 - hedged.risk(per).value / risk - cost
        };
        close(hedge.risk_cut(), 1.0 - hedge.hedged.risk(per).value / risk, 1e-12);
        let pairs = mixes.grid.iter().filter(|mixed| {
            let others =
                Business::ALL.into_iter().filter(|one| *one != hedge.of && mixed.shares[*one] > 0.0).count();
            mixed.shares[hedge.of] > 0.0 && others == 1
        });
        let best = gain(&hedge.hedged);
        assert!(best > 0.0 && pairs.map(gain).all(|other| other <= best + 1e-12), "{per:?}");
    }
    // The share that is best per dollar costs more of the dollars.
    let (per_dollar, in_dollars) = (mixes.hedge.unwrap(), mixes.hedge_usd.unwrap());
    assert!(per_dollar.hedged.npv_usd.value < in_dollars.hedged.npv_usd.value);
}

#[test]
fn the_same_seed_gives_the_same_mixes_on_any_number_of_threads() {
    let scenario = with_paths(300).validate().unwrap();
    let of = |threads| {
        Mixes::new(&scenario, Basis::default(), &mut Simulator::new(threads).unwrap(), &ToTheEnd).unwrap()
    };
    assert_eq!(of(1), of(3));
}

#[test]
fn mixes_that_nobody_waits_for_end() {
    struct Cancelled;
    impl Control for Cancelled {
        fn proceed(&self, _: f64) -> bool {
            false
        }
    }
    let scenario = with_paths(300).validate().unwrap();
    let mut simulator = Simulator::new(1).unwrap();
    let ended = Mixes::new(&scenario, Basis::default(), &mut simulator, &Cancelled);
    assert_eq!(ended.unwrap_err(), Unfinished::Ended);
}

fn site(name: &str, change: impl FnOnce(&mut Scenario)) -> Site {
    let mut scenario = with_paths(400);
    change(&mut scenario);
    Site { name: name.to_owned(), scenario: scenario.validate().unwrap() }
}

#[test]
fn a_portfolio_adds_its_sites_path_by_path() {
    let mut simulator = Simulator::new(2).unwrap();
    let sites = [
        site("a", |scenario| mixed(scenario, [1.0, 0.0, 0.0])),
        site("b", |scenario| mixed(scenario, [0.0, 0.0, 1.0])),
        site("c", |scenario| {
            mixed(scenario, [0.0, 1.0, 0.0]);
            (scenario.site.capacity_mw, scenario.power.price_usd_per_kwh.value) = (7.0, 0.03);
        }),
    ];
    let portfolio = Portfolio::new(&sites, &mut simulator, &ToTheEnd).unwrap();
    let of = |site: &Site, business| {
        let simulation = simulate(&site.scenario, Basis::ProjectBeforeTax).unwrap();
        simulation.business(business).unwrap().npv_usd.clone()
    };
    let all =
        [of(&sites[0], Business::Mining), of(&sites[1], Business::Leasing), of(&sites[2], Business::Hosting)];
    let sums: Vec<f64> = (0..400).map(|path| all.iter().map(|npvs| npvs[path]).sum()).collect();
    close(portfolio.total.npv_usd.value, sums.iter().sum::<f64>() / 400.0, 1e-12);
    let mut sorted = sums;
    sorted.sort_by(f64::total_cmp);
    close(portfolio.total.cvar_usd.value, -sorted[..20].iter().sum::<f64>() / 20.0, 1e-12);
    assert!(portfolio.diversified_usd() > 0.0 && portfolio.correlations.len() == 3);
    assert_eq!(portfolio.sites[2].name, "c");
    assert_eq!(portfolio.sites[2].shares, Some([0.0, 1.0, 0.0].into()));
    assert_eq!(portfolio.total.shares, None);
    // A site that stands alone is its own mix.
    let one = Portfolio::new(&sites[..1], &mut simulator, &ToTheEnd).unwrap();
    assert_eq!(one.total.cvar_usd, one.sites[0].cvar_usd);
    close(one.diversified_usd(), 0.0, 1e-12);
}

#[test]
fn sites_in_other_markets_are_refused_with_their_names() {
    let mut simulator = Simulator::new(1).unwrap();
    let mut refuse = |change: fn(&mut Scenario)| {
        let sites = [site("Here", |_| ()), site("There", change)];
        Portfolio::new(&sites, &mut simulator, &ToTheEnd).unwrap_err().to_string()
    };
    let words = refuse(|scenario| {
        scenario.bitcoin.network_hashrate_eh_s.value = 900.0;
        scenario.leasing.rental_usd_per_gpu_hour.value = 3.0;
    });
    let ids = words.contains("bitcoin.network_hashrate_eh_s");
    assert!(words.contains("There has other markets than Here") && ids, "{words}");
    assert!(words.contains("leasing.rental_usd_per_gpu_hour") && words.contains("differ;"), "{words}");
    let later = refuse(|scenario| scenario.start = CalendarMonth::known(2027, 1));
    assert!(later.contains("start differs; ") && later.ends_with(" has months of queue"), "{later}");
    assert!(refuse(|scenario| scenario.risk.seed = 9).contains("risk.seed"));
    assert_eq!(Portfolio::new(&[], &mut simulator, &ToTheEnd), Err(NoPortfolio::Empty));
}
