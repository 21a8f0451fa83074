//! Tornado, slopes, solutions and break-evens, each against whole comparisons of changed scenarios.

use wattfolio_economics::answers::{
    Asked, BreakEvens, Moved, Quantity, RootKind, Shape, Stays, Tornado, slope, slopes, solve,
};
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::prelude::*;

use crate::support::plans::CHANGES;

fn plans() -> impl Iterator<Item = (&'static str, ValidScenario)> {
    CHANGES.iter().map(|(name, change)| {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        (*name, scenario.validate().unwrap())
    })
}

fn input(id: &str) -> &'static Input {
    catalogue::find(id).unwrap()
}

fn npv(scenario: &ValidScenario, business: Business) -> f64 {
    compare(scenario).business(business).unwrap().measures.npv_usd
}

/// The size of the flows behind a value, USD: what rounding errors are relative to.
fn size(scenario: &ValidScenario, business: Business) -> f64 {
    compare(scenario).business(business).unwrap().flows.net.iter().map(|flow| flow.abs()).sum()
}

#[test]
fn every_quantity_is_that_of_a_whole_comparison() {
    for (name, scenario) in plans() {
        for basis in Basis::ALL {
            let comparison = compare_on(&scenario, basis);
            for business in Business::ALL {
                let measures = MEASURES.iter().filter(|measure| measure.applies_to(business));
                for measure in measures.step_by(3).chain(find_measure(business, "npv_usd")) {
                    let value = Asked::new(Quantity::of(business, measure), basis).value(&scenario).ok();
                    let compared = comparison.business(business).ok().and_then(|one| measure.read(one)?.ok());
                    assert_eq!(value, compared, "{name}: {} of {business:?}", measure.id);
                }
            }
        }
    }
}

#[test]
fn the_bars_of_a_tornado_are_the_plans_with_the_input_moved() {
    let mut checked = 0;
    for (name, scenario) in plans().step_by(4) {
        for business in Business::ALL {
            let asked = Asked::new(Quantity::npv(business), Basis::ProjectBeforeTax);
            let tornado = Tornado::new(&scenario, asked);
            assert!(tornado.bars.windows(2).all(|pair| pair[0].effect >= pair[1].effect), "{name}");
            for bar in tornado.bars.iter().step_by(5) {
                for end in &bar.ends {
                    let (Ok(result), Moved::Number(value)) = (&end.result, end.value) else { continue };
                    let moved = scenario.with(bar.input, value).unwrap();
                    assert_eq!(*result, npv(&moved, business), "{name}: {} at {value}", bar.input.id);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn what_a_tornado_leaves_out_changes_nothing() {
    let scenario = Scenario::default().validate().unwrap();
    let asked = Asked::new(Quantity::parse("hosting-leasing.npv_usd").unwrap(), Basis::EquityAfterTax);
    let tornado = Tornado::new(&scenario, asked);
    let has_bar = |id: &str| tornado.bars.iter().any(|bar| bar.input.id == id);
    assert!(has_bar("hosting.fee_usd_per_kw_month") && has_bar("leasing.gpu_price_usd"));
    let now = asked.value(&scenario).unwrap();
    let mut counted = 0;
    for input in catalogue::inputs() {
        let Some(lever) = wattfolio_economics::answers::Lever::of(&scenario, input) else { continue };
        if has_bar(input.id) {
            continue;
        }
        counted += 1;
        for end in lever.ends {
            let Some(value) = end.number() else { continue };
            let moved = scenario.with(input, value).map(|moved| asked.value(&moved).unwrap());
            assert!(moved.is_err() || moved == Ok(now), "{} at {value}", input.id);
        }
    }
    assert_eq!(counted, tornado.without_effect);
}

#[test]
fn slopes_are_finite_differences_with_another_step() {
    let (mut smooth, mut rough, mut kinks) = (0, 0, 0);
    for (name, scenario) in plans() {
        for business in Business::ALL {
            let asked = Asked::new(Quantity::npv(business), Basis::ProjectBeforeTax).continuous();
            if asked.value(&scenario).is_err() {
                continue;
            }
            let size = size(&scenario, business);
            for slope in slopes(&scenario, asked) {
                let Kind::Number(number) = &slope.input.kind else { panic!("a number") };
                let now = (number.get)(&scenario).unwrap();
                let run = number.slider.1 - number.slider.0;
                let step = if slope.shape == Shape::Whole { 1.0 } else { 2.3e-5 * now.abs().max(1e-2 * run) };
                let at =
                    |value: f64| scenario.with(slope.input, value).map(|moved| asked.value(&moved).unwrap());
                let (Ok(below), Ok(above)) = (at(now - step), at(now + step)) else { continue };
                let other = (above - below) / (2.0 * step);
                match slope.shape {
                    Shape::Smooth | Shape::Whole => {
                        let allowed = 1e-6 * other.abs() + 1e-11 * size / step;
                        let gap = (slope.value() - other).abs();
                        smooth += 1;
                        if gap > allowed {
                            // Kinks nearer to today's value than the longer of both steps: months in which machines stand
                            // still, limits of the network's growth.
                            let words =
                                format!("{name}: {business:?} to {}: {slope:?} {other}", slope.input.id);
                            assert!(gap <= 1e-3 * other.abs() + allowed, "{words}");
                            rough += 1;
                        }
                    }
                    Shape::Kink => {
                        let (below, above) = (slope.below.unwrap(), slope.above.unwrap());
                        assert!(below != above, "{name}: {slope:?}");
                        kinks += 1;
                    }
                    Shape::Jump => {}
                }
            }
        }
    }
    let words = format!("{smooth} smooth, {rough} of them between kinks, {kinks} kinks");
    assert!(smooth > 1000 && rough < smooth / 50 && kinks < smooth / 10, "{words}");
}

#[test]
fn a_slope_holds_the_count_of_machines_continuous() {
    let scenario = Scenario::default().validate().unwrap();
    let asked = Asked::new(Quantity::npv(Business::Mining), Basis::ProjectBeforeTax);
    let pue = slopes(&scenario, asked).into_iter().find(|slope| slope.input.id == "mining.pue").unwrap();
    assert_eq!(pue.shape, Shape::Smooth);
    // A tenth of a percent changes the whole number of machines several times; the slope over it is the same but for that.
    let at = |value: f64| asked.value(&scenario.with(input("mining.pue"), value).unwrap()).unwrap();
    let now = scenario.mining.pue;
    let wide = (at(now * 1.02) - at(now * 0.98)) / (0.04 * now);
    assert!((pue.value() / wide - 1.0).abs() < 0.05, "{} {wide}", pue.value());
}

#[test]
fn solutions_hold_when_they_are_put_back_in() {
    let inputs = [
        "power.price_usd_per_kwh",
        "bitcoin.price_usd",
        "bitcoin.price_usd.growth_per_year",
        "hosting.fee_usd_per_kw_month",
        "leasing.contract_usd_per_gpu_hour",
        "leasing.rental_usd_per_gpu_hour",
        "leasing.utilisation",
        "finance.discount_rate",
        "site.capacity_mw",
        "mining.machine.price_usd",
    ];
    let quantities =
        ["mining.npv_usd", "leasing.npv_usd", "hosting-leasing.npv_usd", "hosting.payback_months"];
    let mut found = 0;
    for (name, scenario) in plans() {
        for asked in
            quantities.map(|text| Asked::new(Quantity::parse(text).unwrap(), Basis::ProjectBeforeTax))
        {
            let target = if asked.quantity.measure.id == "payback_months" { 84.5 } else { 0.0 };
            for input in inputs.map(input) {
                let Ok(solved) = solve(&scenario, asked, input, target) else { continue };
                assert_eq!(solved.roots.is_empty(), solved.stays.is_some(), "{name} {}", input.id);
                let at = |value: f64| asked.value(&scenario.with(input, value).ok()?).ok();
                for root in &solved.roots {
                    let distance = |value: f64| at(value).map(|value| value - target);
                    let left = distance(root.value).unwrap();
                    match root.kind {
                        RootKind::Equal | RootKind::Touches => {
                            // Measured by what half and twice the value do, and not by the ends of the range.
                            let near = [0.5, 2.0].map(|factor| distance(factor * root.value).unwrap_or(0.0));
                            let scale = near.iter().fold(1.0, |scale: f64, near| scale.max(near.abs()));
                            assert!(left.abs() <= 1e-9 * scale, "{name}: {} {root:?} {left}", input.id);
                        }
                        RootKind::Tips => {
                            let hair = 1e-9 * root.value.abs();
                            let (below, above) = (distance(root.value - hair), distance(root.value + hair));
                            let jumps = below.unwrap() * above.unwrap() <= 0.0;
                            assert!(jumps, "{name}: {} {root:?} {below:?} {above:?}", input.id);
                        }
                    }
                    found += 1;
                }
            }
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn at_an_indifference_price_both_are_worth_the_same() {
    let scenario = Scenario::default().validate().unwrap();
    for (one, other, id) in [
        (Business::Hosting, Business::Mining, "hosting.fee_usd_per_kw_month"),
        (Business::Hosting, Business::Leasing, "leasing.contract_usd_per_gpu_hour"),
        (Business::Leasing, Business::Mining, "leasing.rental_usd_per_gpu_hour.growth_per_year"),
    ] {
        let asked = Asked::new(Quantity::npv(one).less(other), Basis::ProjectBeforeTax);
        let solved = solve(&scenario, asked, input(id), 0.0).unwrap();
        let root = solved.nearest().unwrap_or_else(|| panic!("{id}: {:?}", solved.stays));
        let level = scenario.with(input(id), root.value).unwrap();
        let (a, b) = (npv(&level, one), npv(&level, other));
        assert!((a - b).abs() <= 1e-6 * a.abs().max(b.abs()), "{id} {}: {a} {b}", root.value);
    }
}

#[test]
fn converting_is_measured_against_going_on_with_the_fleet() {
    use wattfolio_economics::results::{Incremental, Side, going_on};
    let scenario = Scenario::default().validate().unwrap();
    let asked = Asked::new(Quantity::parse("hosting-going_on.npv_usd").unwrap(), Basis::ProjectBeforeTax);
    let difference = |scenario: &ValidScenario| {
        let comparison = compare(scenario);
        let (on, results) = going_on(scenario, Basis::ProjectBeforeTax).unwrap();
        let of = Side { scenario, comparison: &comparison, business: Business::Hosting };
        let minus = Side { scenario: &on, comparison: &results, business: Business::Mining };
        Incremental::new(of, minus).unwrap().npv_usd
    };
    assert_eq!(asked.value(&scenario).unwrap(), difference(&scenario));
    let price = input("bitcoin.price_usd");
    let solved = solve(&scenario, asked, price, 0.0).unwrap();
    let root = solved.nearest().expect("a dear bitcoin keeps a miner");
    let gap = difference(&scenario.with(price, root.value).unwrap());
    assert!(gap.abs() < 1.0, "{root:?}: {gap}");
}

#[test]
fn whole_numbers_tip_at_the_first_beyond_the_target() {
    let scenario = Scenario::default().validate().unwrap();
    let months = input("leasing.contract_months");
    let asked = Asked::new(Quantity::npv(Business::Leasing), Basis::ProjectBeforeTax);
    let now = npv(&scenario, Business::Leasing);
    let solved = solve(&scenario, asked, months, 0.9 * now).unwrap();
    let root = solved.nearest().expect("a shorter contract is worth less");
    assert_eq!(root.value.fract(), 0.0);
    let at = |value: f64| npv(&scenario.with(months, value).unwrap(), Business::Leasing);
    let toward = if root.value < solved.now { 1.0 } else { -1.0 };
    assert!((at(root.value) - 0.9 * now) * (at(root.value + toward) - 0.9 * now) <= 0.0, "{root:?}");
}

#[test]
fn what_has_no_solution_says_why() {
    let scenario = Scenario::default().validate().unwrap();
    let of = |text: &str, id: &str, target: f64| {
        let asked = Asked::new(Quantity::parse(text).unwrap(), Basis::ProjectBeforeTax);
        solve(&scenario, asked, input(id), target)
    };
    assert_eq!(of("mining.npv_usd", "hosting.pue", 0.0).unwrap().stays, Some(Stays::Unmoved));
    assert_eq!(of("mining.npv_usd", "mining.pool_fee", 1e12).unwrap().stays, Some(Stays::Below));
    assert_eq!(of("mining.npv_usd", "mining.pool_fee", -1e12).unwrap().stays, Some(Stays::Above));
    for (text, id, target) in [
        ("mining.npv_usd", "mining.treasury", 0.0),
        ("mining.npv_usd", "mining.treasury.share", 0.0),
        ("mining.npv_usd", "risk.seed", 0.0),
        ("mining.npv_usd", "mining.pue", f64::NAN),
    ] {
        assert!(of(text, id, target).is_err(), "{id}");
    }
}

#[test]
fn break_evens_are_the_solutions_of_each_alone() {
    let scenario = Scenario::default().validate().unwrap();
    let basis = Basis::ProjectBeforeTax;
    for business in Business::ALL {
        let asked = Asked::new(Quantity::npv(business), basis);
        let tornado = Tornado::new(&scenario, asked);
        let inputs = BreakEvens::deciding(&scenario, &tornado, 11);
        assert!(inputs.len() == 11, "{business:?}");
        let rival = BreakEvens::rival_of(&scenario, business, basis);
        let table = BreakEvens::new(&scenario, (business, basis), rival, &inputs);
        assert!(table.rows.windows(2).all(|pair| pair[0].distance() <= pair[1].distance()));
        for row in &table.rows {
            assert_eq!(row.zero, solve(&scenario, asked, row.input(), 0.0).unwrap(), "{}", row.input().id);
            let level = Asked::new(Quantity::npv(business).less(rival.unwrap()), basis);
            assert_eq!(row.level, solve(&scenario, level, row.input(), 0.0).ok(), "{}", row.input().id);
        }
    }
}

#[test]
fn a_rate_that_only_dips_is_not_reached() {
    let scenario = Scenario::default().validate().unwrap();
    let asked = Asked::new(Quantity::parse("mining.irr").unwrap(), Basis::ProjectBeforeTax);
    let solved = solve(&scenario, asked, input("bitcoin.price_usd"), 0.15).unwrap();
    // The rate has a dip of −33 % at $14.4k, and grows beyond all bounds at the high end of the range.
    assert_eq!(solved.roots.len(), 1, "{:?}", solved.roots);
    let there = asked.value(&scenario.with(input("bitcoin.price_usd"), solved.roots[0].value).unwrap());
    assert!((there.unwrap() - 0.15).abs() < 1e-9);
}

#[test]
fn rounding_is_no_effect_and_no_kink() {
    let scenario = Scenario::default().validate().unwrap();
    for text in ["hosting.npv_per_capex", "hosting.irr", "leasing.irr"] {
        let asked = Asked::new(Quantity::parse(text).unwrap(), Basis::ProjectBeforeTax);
        let tornado = Tornado::new(&scenario, asked);
        let size = tornado.now.clone().unwrap().abs();
        let least = tornado.bars.iter().map(|bar| bar.effect).fold(f64::INFINITY, f64::min);
        assert!(tornado.bars.len() > 10 && least > 1e-9 * size, "{text}: {least}");
    }
    // The reward of each halving is rounded to whole satoshis.
    let asked = Asked::new(Quantity::npv(Business::Mining), Basis::ProjectBeforeTax);
    let reward = slope(&scenario, asked, input("bitcoin.block_subsidy_btc")).unwrap();
    assert_eq!(reward.shape, Shape::Smooth, "{reward:?}");
}

#[test]
fn a_lone_end_stands_on_its_side_of_today() {
    let scenario = Scenario::default().validate().unwrap();
    let asked = Asked::new(Quantity::npv(Business::Leasing), Basis::ProjectBeforeTax);
    let tornado = Tornado::new(&scenario, asked);
    let (mut below, mut above) = (0, 0);
    for bar in &tornado.bars {
        let (Moved::Number(now), [low, high]) = (bar.now, bar.below_and_above()) else { continue };
        let value = |end: usize| bar.ends[end].value.number().unwrap();
        assert!(low.is_none_or(|low| value(low) < now) && high.is_none_or(|high| value(high) > now));
        (below, above) = (below + usize::from(low.is_none()), above + usize::from(high.is_none()));
    }
    assert!(below > 0, "an input at the low end of its range has no end below: {below}, {above}");
}
