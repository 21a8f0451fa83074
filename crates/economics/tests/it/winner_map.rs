//! Maps of winners, each cell against the verdict of a whole comparison at its pair.

use std::sync::atomic::{AtomicUsize, Ordering};

use wattfolio_economics::answers::{
    Asked, Axis, Border, Cell, Field, Filmstrip, Leader, NotMapped, Quantity, Reign, Segment, Takeover,
    WinnerMap, solve,
};
use wattfolio_economics::prelude::*;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::risk::{Control, ToTheEnd};

use crate::support::plans::CHANGES;

const MAPPED: [Criterion; 4] =
    [Criterion::Value, Criterion::ValuePerCapex, Criterion::Payback, Criterion::Irr];

/// Pairs of inputs that move all, some and none of the businesses together, and one that couples them.
const PAIRS: [(&str, &str); 5] = [
    ("bitcoin.price_usd", "leasing.rental_usd_per_gpu_hour.growth_per_year"),
    ("bitcoin.price_usd", "power.price_usd_per_kwh"),
    ("hosting.fee_usd_per_kw_month", "horizon_months"),
    ("bitcoin.block_subsidy_btc", "finance.discount_rate"),
    ("coupling.rental_elasticity", "bitcoin.price_usd"),
];

fn axis(scenario: &ValidScenario, id: &str) -> Option<Axis> {
    Axis::of(scenario, catalogue::find(id).unwrap_or_else(|| panic!("no input {id}"))).ok()
}

fn map(
    scenario: &ValidScenario,
    ids: (&str, &str),
    how: (Basis, Criterion),
    cells: usize,
) -> Option<WinnerMap> {
    let axes = (axis(scenario, ids.0)?, axis(scenario, ids.1)?);
    Some(WinnerMap::new(scenario, axes, how, cells, &ToTheEnd).expect("a map"))
}

/// What a verdict says of a pair, in the words of a field.
fn expected(scenario: &ValidScenario, (basis, criterion): (Basis, Criterion)) -> (Field, Verdict) {
    let verdict = Verdict::new(scenario, &compare_on(scenario, basis), None, criterion);
    let field = match verdict.winner().map(|winner| winner.business) {
        None => Field::NoValue,
        Some(first) if verdict.nothing_earns_its_capital() => Field::NoneEarns(first),
        Some(first) if verdict.candidate(first).unwrap().npv_usd < 0.0 => Field::LosesValue(first),
        Some(first) if !verdict.about_equal.is_empty() => Field::AboutEqual(first),
        Some(first) => Field::Best(first),
    };
    (field, verdict)
}

fn check(cell: &Cell, scenario: &ValidScenario, how: (Basis, Criterion), what: &str) {
    let (field, verdict) = expected(scenario, how);
    assert_eq!(cell.field, field, "{what}");
    for business in Business::ALL {
        let value = verdict.candidate(business).and_then(|candidate| candidate.value(how.1).ok());
        let npv = verdict.candidate(business).map(|candidate| candidate.npv_usd);
        assert_eq!(cell.values[business].ok(), value, "{what}: {business:?}");
        assert_eq!(cell.npv_usd[business].ok(), npv, "{what}: {business:?}");
    }
    let two: Vec<f64> = verdict.ranking.iter().take(2).filter_map(|one| one.value.ok()).collect();
    let lead = (two.len() == 2).then(|| (two[0] - two[1]).abs());
    assert_eq!(cell.lead, lead, "{what}");
    let second = verdict.ranking.get(1).map(|second| second.business.business);
    assert_eq!(cell.second, second.filter(|_| lead.is_some()), "{what}");
}

#[test]
fn every_cell_is_the_verdict_of_a_whole_comparison_at_its_pair() {
    let (mut checked, mut refused) = (0, 0);
    for (index, (name, change)) in CHANGES.iter().enumerate() {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let scenario = scenario.validate().unwrap();
        for (turn, ids) in PAIRS.into_iter().enumerate() {
            // Every plan, basis, criterion and pair, but not each with every other.
            let how = (Basis::ALL[(index + turn) % 3], MAPPED[(index + turn) % 4]);
            let Some(map) = map(&scenario, ids, how, 4) else { continue };
            for (row, y) in map.rows.iter().enumerate() {
                for (column, x) in map.columns.iter().enumerate() {
                    let cell = map.cell(column, row).unwrap();
                    let what = format!("{name}: {}={x}, {}={y}, {how:?}", ids.0, ids.1);
                    let at = scenario.with(map.x.input, *x).and_then(|at| at.with(map.y.input, *y));
                    if let Ok(at) = at {
                        check(cell, &at, how, &what);
                    } else {
                        refused += 1;
                        assert_eq!(cell.field, Field::NotAllowed, "{what}");
                    }
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 1000 && refused < checked / 2, "{checked}, {refused}");
}

#[test]
fn todays_cell_is_judged_as_the_verdict_of_today() {
    let scenario = Scenario::default().validate().unwrap();
    for how in Basis::ALL.into_iter().flat_map(|basis| MAPPED.map(|criterion| (basis, criterion))) {
        check(&WinnerMap::judged(&scenario, how.0, how.1), &scenario, how, "today");
    }
}

#[test]
fn a_line_of_level_value_goes_through_the_solved_pair() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let map = map(&scenario, PAIRS[0], how, 48).expect("a map");
    let lines = map.level_lines();
    assert!(!lines.is_empty());
    let mut found = 0;
    for ((a, b), segments) in &lines {
        let asked = Asked::new(Quantity::npv(*a).less(*b), how.0);
        for Segment { from, to } in segments.iter().step_by(5) {
            let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
            let at = scenario.with(map.y.input, map.y.at(middle[1])).unwrap();
            let Ok(solved) = solve(&at, asked, map.x.input, 0.0) else { continue };
            let near = solved.roots.iter().map(|root| (map.x.share(root.value) - middle[0]).abs());
            // Along a line that runs with the axis the solution in it says nothing.
            let is_steep = (to[1] - from[1]).abs() > (to[0] - from[0]).abs();
            if is_steep {
                let nearest = near.fold(f64::INFINITY, f64::min);
                assert!(nearest < 1.0 / 48.0, "{a:?}, {b:?} at {middle:?}: {nearest} away");
                found += 1;
            }
        }
    }
    assert!(found > 0);
}

#[test]
fn lines_of_no_value_part_gains_from_losses() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let map = map(&scenario, PAIRS[1], how, 24).expect("a map");
    let lines = map.zero_lines();
    for business in Business::ALL {
        let gains = |cell: &Cell| cell.npv_usd[business].is_ok_and(|npv| npv >= 0.0);
        let some = map.cells.iter().filter(|cell| gains(cell)).count();
        assert_eq!(lines[business].is_empty(), some == 0 || some == map.cells.len(), "{business:?}");
    }
    assert!(lines.iter().any(|(_, line)| !line.is_empty()));
}

struct EndsAfter(usize, AtomicUsize);

impl Control for EndsAfter {
    fn proceed(&self, _: f64) -> bool {
        self.1.fetch_add(1, Ordering::Relaxed) < self.0
    }
}

#[test]
fn what_has_no_map_is_refused_and_a_map_can_be_cancelled() {
    let scenario = Scenario::default().validate().unwrap();
    let axes = Axis::usual(&scenario).unwrap();
    let how = |criterion| (Basis::ProjectBeforeTax, criterion);
    let new = |axes, criterion| WinnerMap::new(&scenario, axes, how(criterion), 4, &ToTheEnd);
    let refused = new(axes.clone(), Criterion::Loss).unwrap_err();
    assert!(refused.to_string().contains("needs a simulation") && refused.to_string().contains("payback"));
    let twice = (axes.0.clone(), axes.0.clone());
    assert_eq!(new(twice, Criterion::Value), Err(NotMapped::SameInput("bitcoin.price_usd")));
    let control = EndsAfter(2, AtomicUsize::new(0));
    let cancelled = WinnerMap::new(&scenario, axes.clone(), how(Criterion::Value), 24, &control);
    assert_eq!(cancelled, Err(NotMapped::Cancelled));
    assert!(new(axes, Criterion::Value).is_ok());
}

#[test]
fn every_frame_is_the_map_of_its_value() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectAfterTax, Criterion::Value);
    for id in ["hosting.fee_usd_per_kw_month", "bitcoin.block_subsidy_btc", "coupling.rental_elasticity"] {
        let (axes, z) = (Axis::usual(&scenario).unwrap(), axis(&scenario, id).unwrap());
        let values = z.spread(5, z.now(&scenario));
        let strip = Filmstrip::new(&scenario, &axes, (z.clone(), &values), how, 6, &ToTheEnd).unwrap();
        assert_eq!(strip.frames.iter().map(|frame| frame.value).collect::<Vec<_>>(), values);
        assert!(values.contains(&z.now(&scenario).unwrap()));
        for frame in &strip.frames {
            let at = scenario.with(z.input, frame.value).unwrap();
            let map = WinnerMap::new(&at, axes.clone(), how, 6, &ToTheEnd).unwrap();
            assert_eq!(frame.map, map, "{id}: {}", frame.value);
        }
        let differ = strip.frames.windows(2).any(|pair| pair[0].map.cells != pair[1].map.cells);
        assert!(differ, "{id} changes no map");
    }
    let axes = Axis::usual(&scenario).unwrap();
    let (twice, control) = (axes.0.clone(), EndsAfter(3, AtomicUsize::new(0)));
    let strip = |z, control: &EndsAfter| Filmstrip::new(&scenario, &axes, (z, &[1.0, 2.0]), how, 6, control);
    assert_eq!(strip(twice, &control), Err(NotMapped::ThirdIsAxis("bitcoin.price_usd")));
    let fee = axis(&scenario, "hosting.fee_usd_per_kw_month").unwrap();
    assert_eq!(strip(fee, &control), Err(NotMapped::Cancelled));
}

#[test]
fn a_value_that_contradicts_the_scenario_allows_no_pair() {
    let scenario = Scenario::default().validate().unwrap();
    let axes = Axis::usual(&scenario).unwrap();
    let fee = axis(&scenario, "hosting.fee_usd_per_kw_month").unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let strip = Filmstrip::new(&scenario, &axes, (fee, &[f64::NAN, 130.0]), how, 4, &ToTheEnd).unwrap();
    let allowed =
        |frame: usize| strip.frames[frame].map.cells.iter().any(|cell| cell.field != Field::NotAllowed);
    assert!(!allowed(0) && allowed(1));
    assert_eq!(strip.frames[0].map.cells.len(), strip.frames[1].map.cells.len());
}

/// Who leads with an input at a value, by the judge of maps.
fn leader_at(
    scenario: &ValidScenario,
    border: &Border,
    value: f64,
    how: (Basis, Criterion),
) -> Option<Leader> {
    let at = scenario.with(border.input, value).ok()?;
    Leader::of(WinnerMap::judged(&at, how.0, how.1).field)
}

/// Puts both sides of a border back in.
fn check_takeover(
    scenario: &ValidScenario,
    border: &Border,
    takeover: Takeover,
    how: (Basis, Criterion),
    what: &str,
) {
    let Takeover { before, value, to, .. } = takeover;
    assert_eq!(leader_at(scenario, border, before, how), Some(border.leader), "{what}: {takeover:?}");
    assert_eq!(leader_at(scenario, border, value, how), Some(to), "{what}: {takeover:?}");
    assert_ne!(to, border.leader, "{what}");
    assert!((before - border.now) * (value - before) >= 0.0 && value != before, "{what}: {takeover:?}");
    let is_discrete = before.fract() == 0.0 && value.fract() == 0.0;
    let is_stop = border.input.id == "bitcoin.block_subsidy_btc";
    let gap = (value - before).abs() / value.abs().max(before.abs());
    assert!(gap <= 1e-12 || is_discrete || is_stop, "{what}: {takeover:?}");
}

#[test]
fn another_business_leads_just_beyond_a_border_and_none_before_it() {
    let ids = [
        "bitcoin.price_usd",
        "power.price_usd_per_kwh",
        "leasing.rental_usd_per_gpu_hour.growth_per_year",
        "leasing.rental_usd_per_gpu_hour",
        "hosting.fee_usd_per_kw_month",
        "bitcoin.block_subsidy_btc",
        "horizon_months",
    ];
    let (mut found, mut without) = (0, 0);
    for (index, (name, change)) in CHANGES.iter().enumerate() {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        let scenario = scenario.validate().unwrap();
        for (turn, id) in ids.into_iter().enumerate() {
            let how = (Basis::ALL[(index + turn) % 3], MAPPED[(index + turn) % 4]);
            let Ok(border) = Border::new(&scenario, catalogue::find(id).unwrap(), how) else { continue };
            let what = format!("{name}, {id}, {how:?}");
            let today = Leader::of(WinnerMap::judged(&scenario, how.0, how.1).field);
            assert_eq!(today, Some(border.leader), "{what}");
            for takeover in [border.below, border.above].into_iter().flatten() {
                check_takeover(&scenario, &border, takeover, how, &what);
                found += 1;
            }
            without += usize::from(border.below.is_none()) + usize::from(border.above.is_none());
        }
    }
    assert!(found > 50 && without > 50, "{found} found, {without} without");
}

#[test]
fn a_border_of_value_is_where_the_solver_finds_both_level() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let rental = catalogue::find("leasing.rental_usd_per_gpu_hour").unwrap();
    let border = Border::new(&scenario, rental, how).unwrap();
    let below = border.below.expect("hosting takes over");
    let (Leader::Business(from), Leader::Business(to)) = (border.leader, below.to) else {
        panic!("{border:?}")
    };
    let asked = Asked::new(Quantity::npv(from).less(to), how.0);
    let level = solve(&scenario, asked, rental, 0.0).unwrap().nearest().unwrap().value;
    assert!((level - below.value).abs() < 1e-9 * level, "{level} {below:?}");
    assert!((below.away - (border.now - below.value) / border.now).abs() < 1e-12);
    // The worst case for all is where none earns its capital.
    let capex = catalogue::find("leasing.gpu_price_usd").unwrap();
    let poor = scenario.with(catalogue::find("hosting.fee_usd_per_kw_month").unwrap(), 60.0).unwrap();
    let border = Border::new(&poor, capex, how).unwrap();
    assert_eq!(border.above.map(|above| above.to), Some(Leader::NoneEarns), "{border:?}");
    assert!(Border::new(&scenario, catalogue::find("risk.paths").unwrap(), how).is_err());
}

#[test]
fn where_the_first_begins_to_lose_value_is_a_border() {
    let scenario = Scenario::default().validate().unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Payback);
    let growth = catalogue::find("leasing.rental_usd_per_gpu_hour.growth_per_year").unwrap();
    let border = Border::new(&scenario, growth, how).unwrap();
    assert_eq!(border.leader, Leader::Business(Business::Leasing));
    let below = border.below.expect("leasing loses value further down");
    assert_eq!(below.to, Leader::Losing(Business::Leasing));
    check_takeover(&scenario, &border, below, how, "growth");
    // Another business earns plenty there.
    let at = WinnerMap::judged(&scenario.with(growth, below.value).unwrap(), how.0, how.1);
    assert_eq!(at.field, Field::LosesValue(Business::Leasing));
    assert!(at.npv_usd[Business::Leasing].unwrap() < 0.0 && at.npv_usd[Business::Hosting].unwrap() > 1e6);
}

#[test]
fn reigns_meet_at_the_solved_borders_and_cover_the_range() {
    let scenario = Scenario::default().validate().unwrap();
    let of = |id: &str| catalogue::find(id).unwrap();
    let price = of("leasing.gpu_price_usd");
    let growth = of("leasing.rental_usd_per_gpu_hour.growth_per_year");
    let dear = scenario.with(of("bitcoin.price_usd"), 537_000.0).unwrap().with(growth, -0.43).unwrap();
    let how = (Basis::ProjectBeforeTax, Criterion::Value);
    let reigns = Reign::all(&dear, price, (1_000.0, 120_000.0), how).unwrap();
    let [leasing, mining] = reigns[..] else { panic!("{reigns:?}") };
    assert_eq!((leasing.from, mining.to), (1_000.0, 120_000.0));
    let asked = Asked::new(Quantity::npv(Business::Leasing).less(Business::Mining), how.0);
    let level = solve(&dear, asked, price, 0.0).unwrap().nearest().unwrap().value;
    assert!(leasing.to < mining.from && (leasing.to - level).abs() < 1e-6 * level, "{level} {reigns:?}");
    // Stops have no values between them, whole numbers no fractions.
    for id in ["bitcoin.block_subsidy_btc", "horizon_months", "power.price_usd_per_kwh"] {
        let axis = Axis::of(&scenario, of(id)).unwrap();
        let reigns = Reign::all(&scenario, axis.input, (axis.from, axis.to), how).unwrap();
        for reign in &reigns {
            let middle = axis.at(f64::midpoint(axis.share(reign.from), axis.share(reign.to)));
            for value in [reign.from, middle, reign.to] {
                let at = scenario.with(axis.input, value).ok();
                let leader = at.and_then(|at| Leader::of(WinnerMap::judged(&at, how.0, how.1).field));
                assert_eq!(leader, reign.leader, "{id}={value}: {reigns:?}");
            }
        }
        assert!(reigns.windows(2).all(|pair| pair[0].leader != pair[1].leader), "{id}: {reigns:?}");
    }
}
