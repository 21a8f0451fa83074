//! An input moves the businesses that it names, and no other.
//!
//! The catalogue lists the businesses that an input can move under the contracts and couplings of a scenario.

use crate::bases::plain;
use crate::support::plans::CHANGES;
use crate::support::scenarios::{any_scenario, changed};
use crate::support::soak::config;
use proptest::prelude::*;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Group, Input, Kind};
use wattfolio_economics::kernel::{Basis, LINES, Line, NotEvaluated};
use wattfolio_economics::results::{Comparison, Evaluation, compare_on};
use wattfolio_economics::risk::ToTheEnd;
use wattfolio_economics::risk::{Simulation, Simulator};
use wattfolio_economics::scenario::{Depreciation, Scenario};

/// Smallest allowed number of paths: any path shows a change.
const PATHS: u32 = 100;

/// Results of a scenario: on each basis, and simulated if requested.
struct Outcome {
    plans: [Comparison; 3],
    simulation: Option<Simulation>,
}

impl Outcome {
    fn new(scenario: &Scenario, simulator: Option<&mut Simulator>) -> Self {
        let valid = scenario.validate().expect("made valid");
        let simulate = |simulator: &mut Simulator| {
            simulator.run(&valid, Basis::EquityAfterTax, &ToTheEnd).expect("ran to the end")
        };
        Self { plans: Basis::ALL.map(|basis| compare_on(&valid, basis)), simulation: simulator.map(simulate) }
    }

    /// Whether the results of a business differ from those of another outcome.
    fn differs(&self, other: &Self, business: Business) -> bool {
        let mut plans = self.plans.iter().zip(&other.plans);
        let simulated =
            |outcome: &'_ Self| outcome.simulation.as_ref().map(|run| run.business(business).cloned().ok());
        plans.any(|(a, b)| plan_differs(a.business(business), b.business(business)))
            || simulated(self) != simulated(other)
    }
}

fn plan_differs(a: Result<&Evaluation, &NotEvaluated>, b: Result<&Evaluation, &NotEvaluated>) -> bool {
    let (Ok(a), Ok(b)) = (a, b) else { return a.err() != b.err() };
    (a.timing, a.debt_paid_month) != (b.timing, b.debt_paid_month)
        || a.flows != b.flows
        || a.measures != b.measures
        || LINES.iter().any(|&line| own(a, line) != own(b, line))
}

/// A line by month, with power billed on at cost set against the bill, since the customer pays it.
fn own(evaluation: &Evaluation, line: Line) -> Vec<f64> {
    let ledger = &evaluation.ledger;
    let billed_on = ledger.line(Line::PowerBilledOn);
    let line_is_of = |line: Line| line.belongs_to(evaluation.business);
    match line {
        Line::Power => {
            ledger.line(line).iter().zip(billed_on).map(|(power, billed)| power + billed).collect()
        }
        Line::PowerBilledOn => Vec::new(),
        // Its other parts are lines of their own.
        Line::Revenue if line_is_of(Line::PowerBilledOn) => Vec::new(),
        _ => ledger.line(line).to_vec(),
    }
}

/// Inputs that only a simulation uses.
fn is_simulated(input: &Input) -> bool {
    const PARTS: [&str; 6] = [".default_", ".wrong_way", ".termination_", ".relet_", ".delay_", ".overrun_"];
    input.group == Group::Risk || PARTS.iter().any(|part| input.id.contains(part))
}

/// A scenario with each other option of a choice, or with another value of any other input.
fn changes(scenario: &Scenario, input: &Input, position: f64, place: u8) -> Vec<Scenario> {
    match &input.kind {
        Kind::Choice(choice) => {
            let with = |option: usize| {
                let mut changed = scenario.clone();
                input.write(&mut changed, choice.options[option].start).ok()?;
                changed.validate().is_ok().then_some(changed)
            };
            (0..choice.options.len()).filter_map(with).collect()
        }
        Kind::Flag(access) => {
            let mut changed = scenario.clone();
            (access.set)(&mut changed, !(access.get)(scenario));
            vec![changed]
        }
        // A million paths would only take longer.
        Kind::Number(_) if input.id == "risk.paths" => {
            let mut changed = scenario.clone();
            changed.risk.paths = PATHS + 1 + (position * 50.0) as u32;
            vec![changed]
        }
        _ => changed(scenario, input, position, place).into_iter().collect(),
    }
}

fn named(input: &Input, scenario: &Scenario) -> PerBusiness<bool> {
    PerBusiness::new(|business| input.moved_businesses(scenario).any(|named| named == business))
}

/// Random scenarios, half of them of plans that use every part, with contracts and couplings drawn again: these decide
/// which businesses an input moves.
fn any_contracts() -> impl Strategy<Value = Scenario> {
    let plan = (0..CHANGES.len()).prop_map(|index| {
        let mut scenario = Scenario::default();
        (CHANGES[index].1)(&mut scenario);
        scenario
    });
    let contracts = [
        ("hosting.power", &["PassThrough", "Landlord"][..]),
        ("leasing.placement.power", &["PassThrough", "Included"]),
        ("coupling.power_elasticity", &["0", "0.4"]),
        ("coupling.rental_elasticity", &["0", "0.3"]),
        ("bitcoin.response_elasticity", &["0", "0.5"]),
        ("hosting.wrong_way", &["0", "1"]),
    ];
    let drawn = prop::collection::vec(0..3usize, contracts.len());
    (prop_oneof![any_scenario(), plan], drawn).prop_map(move |(mut scenario, drawn)| {
        for ((id, texts), which) in contracts.into_iter().zip(drawn) {
            let input = catalogue::find(id).expect("an input");
            // The third draw leaves it; the power of a colocation applies to one only.
            if let Some(text) = texts.get(which) {
                input.write(&mut scenario, text).ok();
            }
        }
        scenario.risk.paths = PATHS;
        scenario
    })
}

proptest! {
    #![proptest_config(config("inputs of random plans", 24, 1_500))]

    #[test]
    fn an_input_names_every_business_that_it_moves(
        scenario in any_contracts(),
        places in prop::collection::vec((0.0..=1.0f64, 0..8u8), catalogue::inputs().len()),
    ) {
        let mut simulator = Simulator::new(1).expect("a thread");
        let base = Outcome::new(&scenario, Some(&mut simulator));
        let base_plan = Outcome::new(&scenario, None);
        for (input, (position, place)) in catalogue::inputs().iter().zip(places) {
            let named_before = named(input, &scenario);
            for changed in changes(&scenario, input, position, place) {
                let simulator = is_simulated(input).then_some(&mut simulator);
                let base = if simulator.is_some() { &base } else { &base_plan };
                let outcome = Outcome::new(&changed, simulator);
                prop_assert_eq!(named(input, &changed), named_before, "{}: its own value decides", input.id);
                for (business, is_named) in named_before.iter() {
                    prop_assert!(
                        *is_named || !outcome.differs(base, business),
                        "{} = {:?} moves {:?}", input.id, input.text(&changed), business
                    );
                }
            }
        }
    }
}

/// Plans in which every used input applies, with few paths.
fn known_plans() -> Vec<Scenario> {
    let plan = |change: fn(&mut Scenario)| {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        scenario.risk.paths = PATHS;
        scenario
    };
    let straight_works: fn(&mut Scenario) =
        |scenario| scenario.finance.site_depreciation = Depreciation::StraightLine { months: 120 };
    CHANGES.iter().map(|(_, change)| *change).chain([straight_works]).map(plan).collect()
}

/// Changes that show the effect of an input, if it has any.
fn telling_changes(scenario: &Scenario, input: &Input) -> Vec<Scenario> {
    let places = [(0.2, 5), (0.8, 5), (0.3, 6), (0.5, 7), (0.0, 0), (0.0, 2)];
    places.into_iter().flat_map(|(position, place)| changes(scenario, input, position, place)).collect()
}

/// The businesses that an input is said to move in one of the plans, and moves in none of them.
fn never_moved(input: &Input, plans: &[Scenario], simulator: &mut Simulator) -> Vec<Business> {
    let mut missing = Vec::new();
    for business in Business::ALL {
        let in_which = plans.iter().filter(|scenario| named(input, scenario)[business]);
        let mut is_claimed = false;
        let is_moved = in_which.clone().any(|scenario| {
            is_claimed = true;
            let mut simulator = is_simulated(input).then_some(&mut *simulator);
            let base = Outcome::new(scenario, simulator.as_deref_mut());
            telling_changes(scenario, input)
                .iter()
                .any(|changed| Outcome::new(changed, simulator.as_deref_mut()).differs(&base, business))
        });
        if is_claimed && !is_moved {
            missing.push(business);
        }
    }
    missing
}

#[test]
fn an_input_names_no_business_that_it_never_moves() {
    let (plans, mut simulator) = (known_plans(), Simulator::new(1).expect("a thread"));
    let faults: Vec<String> = catalogue::inputs()
        .iter()
        .map(|input| (input.id, never_moved(input, &plans, &mut simulator)))
        .filter(|(_, missing)| !missing.is_empty())
        .map(|(id, missing)| format!("{id} never moves {missing:?}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_moves_nothing_is_known() {
    let nobody = |input: &&Input| known_plans().iter().all(|plan| input.moved_businesses(plan).count() == 0);
    let ids: Vec<&str> = catalogue::inputs().iter().filter(nobody).map(|input| input.id).collect();
    // Two names, and shares of a mix that nothing adds up yet.
    assert_eq!(ids, ["mining.machine.name", "leasing.gpu.name", "mix.mining", "mix.hosting", "mix.leasing"]);
}

#[test]
fn contracts_decide_whom_a_market_moves() {
    use Business::{Hosting, Leasing, Mining};
    use wattfolio_economics::business::hosting::HostingPower;

    let moved = |id: &str, scenario: &Scenario| -> Vec<Business> {
        catalogue::find(id).expect("an input").moved_businesses(scenario).collect()
    };
    let mut scenario = Scenario::default();
    assert_eq!(moved("power.price_usd_per_kwh", &scenario), [Mining, Leasing]);
    assert_eq!(moved("bitcoin.price_usd.growth_per_year", &scenario), [Mining]);
    scenario.hosting.power = HostingPower::Landlord;
    for id in ["power.price_usd_per_kwh", "coupling.power_elasticity", "risk.power.volatility"] {
        assert_eq!(moved(id, &scenario), [Mining, Hosting, Leasing], "{id}");
    }
    assert_eq!(moved("bitcoin.price_usd", &scenario), [Mining]);
    scenario.coupling.rental_elasticity = 0.2;
    for id in ["bitcoin.price_usd", "bitcoin.response_reference_usd"] {
        assert_eq!(moved(id, &scenario), [Mining, Leasing], "{id}");
    }
    // Cheap compute raises the hazard of a tenant.
    assert_eq!(moved("risk.bitcoin.jump_mean", &scenario), [Mining, Hosting, Leasing]);
    scenario.coupling.power_elasticity = 0.2;
    assert_eq!(moved("bitcoin.price_usd", &scenario), [Mining, Hosting, Leasing]);
    assert_eq!(moved("risk.network.volatility", &scenario), [Mining]);
}

#[test]
fn what_moves_the_rental_moves_a_tenant_who_fails_with_it() {
    use Business::{Hosting, Leasing, Mining};

    let moved = |id: &str, scenario: &Scenario| -> Vec<Business> {
        catalogue::find(id).expect("an input").moved_businesses(scenario).collect()
    };
    let mut scenario = plain();
    assert_eq!(moved("risk.rental.volatility", &scenario), [Leasing]);
    scenario.hosting.wrong_way = 1.0;
    assert_eq!(moved("risk.rental.volatility", &scenario), [Hosting, Leasing]);
    assert_eq!(moved("risk.bitcoin.volatility", &scenario), [Mining]);
    scenario.coupling.rental_elasticity = 0.2;
    assert_eq!(moved("risk.bitcoin.volatility", &scenario), [Mining, Hosting, Leasing]);
    // The plan's own rental is no risk.
    assert_eq!(moved("leasing.rental_usd_per_gpu_hour", &scenario), [Leasing]);
    scenario.hosting.default_hazard_per_year = 0.0;
    assert_eq!(moved("risk.rental.volatility", &scenario), [Leasing]);
}

#[test]
fn a_shared_rate_moves_those_without_a_rate_of_their_own() {
    use Business::{Hosting, Leasing, Mining};

    let shared = catalogue::find("finance.discount_rate").expect("an input");
    let mut scenario = plain();
    let moved = |scenario: &Scenario| shared.moved_businesses(scenario).collect::<Vec<_>>();
    assert_eq!(moved(&scenario), [Mining, Hosting, Leasing]);
    (scenario.mining.discount_rate, scenario.leasing.discount_rate) = (Some(0.15), Some(0.13));
    assert_eq!(moved(&scenario), [Hosting]);
    assert!(!shared.is_replaced(&scenario));
    scenario.hosting.discount_rate = Some(scenario.finance.discount_rate);
    assert!(moved(&scenario).is_empty() && shared.is_replaced(&scenario));
    let own = catalogue::find("hosting.discount_rate").expect("an input");
    own.write(&mut scenario, "None").expect("it may be unset");
    assert_eq!((moved(&scenario), own.is_replaced(&scenario)), (vec![Hosting], false));
    // A refused rate is named once, and not again where it is derived.
    scenario.finance.discount_rate = 9.0;
    let faults = scenario.validate().expect_err("out of range").0;
    assert_eq!(faults.iter().map(|fault| fault.id.as_str()).collect::<Vec<_>>(), ["finance.discount_rate"]);
}
