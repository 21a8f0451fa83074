//! Formulas of the level of a drifting price in a month.

use super::case::{Case, series};
use super::expr::{Expr, ONE, TWELVE, operand, step};
use super::operand::Source;
use crate::input::{Input, Number, TrajectoryParts};
use crate::scenario::{Trajectory, mid_month};
use crate::units::Unit;

impl Case<'_> {
    /// The level of a trajectory in a month; the plain input where it stays.
    pub(crate) fn level(&self, input: &Input<Number>, t: usize) -> Expr {
        let Some(access) = input.kind.trajectory else { return self.input(input) };
        let trajectory = (access.get)(self.scenario);
        if trajectory.is_constant() && trajectory.floor <= trajectory.value {
            return self.input(input);
        }
        let level = drifted(input, trajectory, access.parts, mid_month(t));
        let floor = operand("Floor", trajectory.floor, input.unit, Source::Input(access.parts.floor.0));
        let level = if trajectory.floor > 0.0 { level.at_least(floor) } else { level };
        step(format!("{} in month {t}", input.label), input.unit, level)
    }

    /// Costs at drifting prices, spread evenly over the construction; `usd` gives all of them at the price of a month.
    pub(crate) fn built_evenly(&self, input: &Input<Number>, usd: impl Fn(usize) -> Expr) -> Expr {
        let timing = self.timing();
        let months = || timing.queue..timing.queue + timing.build.max(1);
        let stays = input.kind.trajectory.is_none_or(|access| (access.get)(self.scenario).is_constant());
        if stays || months().len() == 1 {
            return usd(timing.queue);
        }
        let terms = months().map(|t| (0.0, usd(t).evaluate()));
        let sum = series("Sum at each month’s price", Unit::Usd, Source::of(input), terms, 0.0);
        sum / self.construction_months()
    }
}

/// The level before its floor, `at` months since the start: log-linear between points, linear next to a zero, growth
/// after the last.
fn drifted(input: &Input<Number>, trajectory: &Trajectory, parts: TrajectoryParts, at: f64) -> Expr {
    let start = (0.0, trajectory.value);
    let is_over = |point: &&(f64, f64)| point.0 <= at;
    let before = trajectory.points.iter().rfind(is_over).copied();
    let (from, level) = before.unwrap_or(start);
    let named = |name: String, level: f64, is_point: bool| {
        let source = if is_point { Source::Input(parts.points) } else { Source::of(input) };
        operand(name, level, input.unit, source)
    };
    let name = match before {
        Some(_) => format!("{} at month {from}", input.label),
        None => input.label.to_owned(),
    };
    let first = named(name, level, before.is_some());
    let months = |name: &str, months: f64| {
        operand(name, months, Unit::Months, Source::Plan("read at mid-month".to_owned()))
    };
    let elapsed = months("Months of drift", at - from);
    let Some(&(until, next)) = trajectory.points.iter().find(|point| point.0 > at) else {
        let growth = operand(
            "Growth a year",
            trajectory.growth_per_year,
            Unit::FractionPerYear,
            Source::Input(parts.growth.0),
        );
        return first * (ONE + growth).raised_to(elapsed / TWELVE);
    };
    let last = named(format!("{} at month {until}", input.label), next, true);
    let share = elapsed / months("Months between the points", until - from);
    if level > 0.0 && next > 0.0 {
        first.clone() * (last / first).raised_to(share)
    } else {
        first.clone() + (last - first) * share
    }
}
