//! Every input moved on its own, ranked by what that does to a figure of the simulation.
//!
//! Each run has the random numbers of the scenario's seed, so that a difference is of the input. What is left of chance in it is
//! its standard error, from groups of paths that are compared each for itself.

use super::asked::Missing;
use super::lever::Lever;
use super::tornado::{Bar, BarEnd, effect};
use crate::business::Business;
use crate::input::{Group, Input};
use crate::kernel::{Absent, Basis};
use crate::risk::{Control, Part, RiskFigure, RiskTopic, RiskValue, Simulation, Simulator, Unfinished};
use crate::scenario::ValidScenario;

/// Groups of paths from which the standard error of a difference is found.
const GROUPS: usize = 20;
/// Paths of a group come in multiples of this many: so many share a delay of their works.
const TOGETHER: usize = 8;
/// Standard errors within which a difference may be chance.
const NOISE: f64 = 2.0;
/// The value of a figure that there is not.
const NONE: RiskValue = RiskValue::Absent(Absent::NotApplicable);

/// What every input does to a figure of the simulation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SimulatedTornado {
    /// The business.
    pub of: Business,
    /// The figure.
    pub figure: &'static RiskFigure,
    /// Basis of the flows.
    pub basis: Basis,
    /// Paths of each run.
    pub paths: usize,
    /// Its value now.
    pub now: Result<f64, Missing>,
    /// The same with the count of its paths or its standard error.
    pub now_value: RiskValue,
    /// The inputs that change it, by effect, the largest first.
    pub bars: Vec<SimulatedBar>,
    /// Inputs that were moved and do not change it.
    pub without_effect: usize,
}

/// An input, the figure at its ends, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SimulatedBar {
    /// The input with the results at its ends.
    pub bar: Bar,
    /// The figure at each end with the count of its paths or its standard error.
    pub values: Vec<RiskValue>,
    /// Standard error of the difference of each end from today, with the same draws in both; `None` where the figure supports
    /// none.
    pub errors: Vec<Option<f64>>,
    /// Whether every difference is within two of its standard errors, so that it may be chance.
    pub is_noise: bool,
}

/// Why a figure is not moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} is not moved: a rate for every path of every run would take minutes; take npv_mean_usd or npv_p5_usd"
)]
pub struct NotMoved(pub &'static str);

impl SimulatedTornado {
    /// Whether inputs can be moved for a figure.
    ///
    /// # Errors
    /// For rates of return, which a run does not have by itself.
    pub fn check(figure: &RiskFigure) -> Result<(), NotMoved> {
        if figure.topic == RiskTopic::Returns { Err(NotMoved(figure.id)) } else { Ok(()) }
    }

    /// Moves every input of a scenario on its own, those of the risk among them, and simulates each end.
    ///
    /// # Errors
    /// If the control ended a run, or there is too little memory.
    ///
    /// ```
    /// # use wattfolio_economics::answers::SimulatedTornado;
    /// # use wattfolio_economics::{prelude::*, risk::{RISK_FIGURES, ToTheEnd}};
    /// let scenario = Scenario::default().with("risk.paths", 200)?.validate()?;
    /// let figure = RISK_FIGURES.iter().find(|figure| figure.id == "npv_p5_usd").unwrap();
    /// let (mut simulator, asked) = (Simulator::new(0)?, (Business::Mining, figure));
    /// let basis = Basis::ProjectBeforeTax;
    /// let tornado = SimulatedTornado::new(&scenario, basis, asked, &mut simulator, &ToTheEnd)?;
    /// let volatility = tornado.bars.iter().find(|bar| bar.bar.input.id == "risk.bitcoin.volatility");
    /// assert!(volatility.unwrap().bar.effect > 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        scenario: &ValidScenario,
        basis: Basis,
        (of, figure): (Business, &'static RiskFigure),
        simulator: &mut Simulator,
        control: &impl Control,
    ) -> Result<Self, Unfinished> {
        let moves = |input: &Input| input.moved_businesses(scenario).any(|one| one == of);
        let (mut moving, idle): (Vec<Lever>, Vec<Lever>) =
            Lever::all_simulated(scenario).into_iter().partition(|lever| moves(lever.input));
        // Markets are kept from run to run as long as none of their risks moves.
        moving.sort_by_key(|lever| lever.input.group == Group::Risk);
        let runs = 1 + moving.iter().map(|lever| lever.ends.len()).sum::<usize>();
        let mut run = Runs { basis, of, figure, simulator, control, done: 0, all: runs };
        let now = run.of(scenario)?;
        let mut all = Vec::with_capacity(moving.len());
        for lever in &moving {
            all.push(run.bar(scenario, &now, lever)?);
        }
        let (mut bars, same): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.bar.effect > 0.0);
        bars.sort_by(|a, b| b.bar.effect.total_cmp(&a.bar.effect));
        let paths = scenario.risk.paths as usize;
        let without_effect = same.len() + idle.len();
        let (now, now_value) = (now.result, now.value);
        Ok(Self { of, figure, basis, paths, now, now_value, bars, without_effect })
    }

    /// Number of inputs that were moved.
    pub const fn moved(&self) -> usize {
        self.bars.len() + self.without_effect
    }
}

/// A figure of one run.
struct Found {
    result: Result<f64, Missing>,
    value: RiskValue,
    /// The figure of each group of paths alone, where it is one of their net present values.
    groups: Vec<f64>,
}

/// Runs one after the other.
struct Runs<'a, C> {
    basis: Basis,
    of: Business,
    figure: &'static RiskFigure,
    simulator: &'a mut Simulator,
    control: &'a C,
    /// Runs that are done, and all of them.
    done: usize,
    all: usize,
}

impl<C: Control> Runs<'_, C> {
    fn of(&mut self, scenario: &ValidScenario) -> Result<Found, Unfinished> {
        let part = Part::new(self.control, self.done, self.all);
        self.done += 1;
        let simulation = self.simulator.run(scenario, self.basis, &part)?;
        let found = read(&simulation, self.of, self.figure);
        self.simulator.give_back(simulation);
        Ok(found)
    }

    fn bar(
        &mut self,
        scenario: &ValidScenario,
        now: &Found,
        lever: &Lever,
    ) -> Result<SimulatedBar, Unfinished> {
        let (mut ends, mut values, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for &value in &lever.ends {
            let Some(given) = value.given(lever.input) else { continue };
            let (result, value_at, error) = match scenario.with(lever.input, given) {
                Err(faults) => (Err(Missing::NotAllowed(faults)), NONE, None),
                Ok(moved) => {
                    let found = self.of(&moved)?;
                    let error = error_of_difference(now, &found);
                    (found.result, found.value, error)
                }
            };
            ends.push(BarEnd { value, result });
            values.push(value_at);
            errors.push(error);
        }
        let is_noise = is_noise(&now.result, &ends, &errors);
        let effect = effect(&now.result, &ends);
        let bar = Bar { input: lever.input, now: lever.now, ends, reason: lever.reason, effect };
        Ok(SimulatedBar { bar, values, errors, is_noise })
    }
}

fn read(simulation: &Simulation, of: Business, figure: &RiskFigure) -> Found {
    let risk = match simulation.business(of) {
        Ok(risk) => risk,
        Err(reason) => {
            let result = Err(Missing::NotEvaluated(of, reason.clone()));
            return Found { result, value: NONE, groups: Vec::new() };
        }
    };
    let value = figure.read(risk);
    let result = value.number().unwrap_or(Err(Absent::NotApplicable)).map_err(Missing::from);
    let groups = figure.of_npvs().map(|of_npvs| {
        let size = (risk.npv_usd.len() / GROUPS / TOGETHER).max(1) * TOGETHER;
        risk.npv_usd.chunks_exact(size).map(of_npvs).collect()
    });
    Found { result, value, groups: groups.unwrap_or_default() }
}

/// Standard error of a difference: from the groups of paths, in which chance is the same on both sides; else as if both sides
/// were drawn apart, which is too much.
fn error_of_difference(now: &Found, other: &Found) -> Option<f64> {
    let differences: Vec<f64> =
        other.groups.iter().zip(&now.groups).map(|(other, now)| other - now).collect();
    if differences.len() < 2 {
        return Some(now.value.standard_error()?.hypot(other.value.standard_error()?));
    }
    let count = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / count;
    let squares = differences.iter().map(|one| (one - mean).powi(2)).sum::<f64>();
    Some((squares / (count - 1.0) / count).sqrt())
}

/// Whether every difference that exists may be chance.
fn is_noise(now: &Result<f64, Missing>, ends: &[BarEnd], errors: &[Option<f64>]) -> bool {
    let Ok(now) = now else { return false };
    ends.iter().zip(errors).all(|(end, error)| match (&end.result, error) {
        (Ok(value), Some(error)) => (value - now).abs() <= NOISE * error,
        (Ok(value), None) => value == now,
        (Err(Missing::NotAllowed(_)), _) => true,
        (Err(_), _) => false,
    })
}

/// Whether an input is moved for the simulation: not what only draws other paths, or more of them.
pub(super) fn is_risk(input: &Input) -> bool {
    !["risk.seed", "risk.paths"].contains(&input.id) && input.group == Group::Risk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Moved;
    use crate::risk::{RISK_FIGURES, ToTheEnd};
    use crate::scenario::Scenario;

    fn figure(id: &str) -> &'static RiskFigure {
        RISK_FIGURES.iter().find(|figure| figure.id == id).expect("a figure")
    }

    fn tornado(of: Business, id: &str) -> (ValidScenario, SimulatedTornado) {
        let mut scenario = Scenario::default();
        scenario.risk.paths = 400;
        let scenario = scenario.validate().expect("valid");
        let mut simulator = Simulator::new(0).expect("threads");
        let basis = Basis::ProjectBeforeTax;
        let found = SimulatedTornado::new(&scenario, basis, (of, figure(id)), &mut simulator, &ToTheEnd);
        (scenario, found.expect("to the end"))
    }

    #[test]
    fn bars_are_the_simulations_with_the_input_moved() {
        let (scenario, tornado) = tornado(Business::Mining, "npv_p5_usd");
        assert!(tornado.bars.windows(2).all(|pair| pair[0].bar.effect >= pair[1].bar.effect));
        let mut checked = 0;
        for one in tornado.bars.iter().step_by(6) {
            for end in &one.bar.ends {
                let (Ok(result), Some(value)) = (&end.result, end.value.number()) else { continue };
                let moved = scenario.with(one.bar.input, value).expect("allowed");
                let run = crate::risk::simulate(&moved, Basis::ProjectBeforeTax).expect("to the end");
                let risk = run.business(Business::Mining).expect("evaluated");
                assert_eq!(*result, risk.npv.quantiles[0], "{} at {value}", one.bar.input.id);
                checked += 1;
            }
        }
        assert!(checked > 8, "{checked}");
    }

    #[test]
    fn risks_are_moved_and_what_only_draws_other_paths_is_not() {
        let (_, tornado) = tornado(Business::Hosting, "loss");
        let find = |id: &str| tornado.bars.iter().find(|one| one.bar.input.id == id);
        let hazard = find("hosting.default_hazard_per_year").expect("a default is a loss");
        assert!(hazard.bar.ends.iter().all(|end| end.value.number().is_some_and(|value| value > 0.0)));
        assert!(find("risk.seed").is_none() && find("risk.paths").is_none());
        assert!(find("mining.pue").is_none(), "another business");
    }

    #[test]
    fn with_the_same_draws_a_difference_is_surer_than_both_sides() {
        let (_, tornado) = tornado(Business::Leasing, "npv_mean_usd");
        let price =
            tornado.bars.iter().find(|one| one.bar.input.id == "leasing.gpu_price_usd").expect("a bar");
        let now = tornado.now_value.standard_error().expect("a mean has one");
        // GPUs cost the same in every future, so that only their later replacement differs by path.
        assert!(price.errors.iter().all(|error| error.is_some_and(|error| error < 0.1 * now)), "{price:?}");
        assert!(!price.is_noise);
    }

    #[test]
    fn a_difference_of_chance_alone_is_noise() {
        let end = |result: f64| BarEnd { value: Moved::Number(1.0), result: Ok(result) };
        let noise = |results: [f64; 2], error| is_noise(&Ok(10.0), &results.map(end), &[Some(error); 2]);
        assert!(noise([9.0, 11.0], 0.6) && !noise([9.0, 11.0], 0.4) && !noise([10.0, 11.0], 0.4));
        // Three groups whose differences are 1, 2 and 3: mean 2, standard deviation 1.
        let found = |groups: &[f64]| Found { result: Ok(0.0), value: NONE, groups: groups.to_vec() };
        let error = error_of_difference(&found(&[5.0, 5.0, 5.0]), &found(&[6.0, 7.0, 8.0]));
        assert!((error.expect("an error") - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(error_of_difference(&found(&[]), &found(&[])), None);
    }

    #[test]
    fn a_run_that_is_ended_gives_nothing() {
        struct Ends;
        impl Control for Ends {
            fn proceed(&self, done: f64) -> bool {
                done < 0.1
            }
        }
        let mut scenario = Scenario::default();
        scenario.risk.paths = 100;
        let scenario = scenario.validate().expect("valid");
        let mut simulator = Simulator::new(1).expect("threads");
        let asked = (Business::Mining, figure("loss"));
        let ended = SimulatedTornado::new(&scenario, Basis::default(), asked, &mut simulator, &Ends);
        assert_eq!(ended.expect_err("ended"), Unfinished::Ended);
        assert!(
            SimulatedTornado::check(figure("irr_p5")).is_err()
                && SimulatedTornado::check(figure("loss")).is_ok()
        );
    }
}
