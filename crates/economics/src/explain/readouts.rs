//! Formulas of the figures that only one kind of business has.

use super::case::Case;
use super::expr::{Expr, operand, step};
use super::measures::{Told, zero};
use super::operand::Source;
use crate::catalogue::{finance, site};
use crate::input::{Input, Number};
use crate::kernel::{Levels, Line, Market, Maybe, Venture, finite, monthly_discount, npv};
use crate::units::Unit;

/// Present value of every cost line and of what is left at the end, over the present value of what is sold.
pub(crate) fn levelised(case: &Case<'_>, costs: &[Line], left: Option<Expr>, sold: Line) -> Told {
    let present = |line: &Line| case.present_value(line.label(), *line);
    let has = |line: &&Line| case.evaluation.ledger.has(**line);
    let flows = costs.iter().filter(has).map(present).chain(left).collect();
    let costs = step(
        "Present value of costs",
        Unit::Usd,
        -step("Present value of flows", Unit::Usd, Expr::Sum(flows)),
    );
    let sold = case.present_value(&format!("Present value of {}", super::small(sold.label())), sold);
    Told::of(costs / sold).beside([case.input(&finance::DISCOUNT_RATE)])
}

/// A break-even: the value at which the net present value before tax changes its sign.
pub(crate) struct BreakEven<W> {
    /// What is broken even.
    pub words: &'static str,
    /// The input that it stands for.
    pub input: &'static Input<Number>,
    /// The value of the plan as it stands.
    pub now: f64,
    /// The net present value before tax at a value.
    pub worth: W,
}

impl<W: Fn(f64) -> f64> BreakEven<W> {
    pub(crate) fn explain(self, case: &Case<'_>, result: Maybe<f64>) -> Told {
        let source = Source::Plan("the plan as it stands, before tax".to_owned());
        let now = operand("NPV before tax of the plan", (self.worth)(self.now), Unit::Usd, source);
        let told = match result {
            Ok(place) => {
                let source = Source::Plan("the plan run again at this value".to_owned());
                let names = (self.words, "NPV before tax");
                zero(names, (place, place), &source, |place| finite((self.worth)(place)))
            }
            Err(_) => Told::default(),
        };
        told.beside([case.input(self.input), now])
    }
}

/// The market of the plan, and the discount factor of a month.
pub(crate) fn market(case: &Case<'_>) -> (Vec<Levels<f64>>, f64) {
    let levels = Market::compile(case.scenario).deterministic();
    (levels, monthly_discount(case.scenario.finance.discount_rate))
}

/// The break-even power price at the start of a business that pays for power.
pub(crate) fn break_even_power<P: Venture>(case: &Case<'_>, result: Maybe<f64>) -> Told {
    let Ok(plan) = P::compile(case.scenario) else { return Told::default() };
    let (levels, discount) = market(case);
    let start = levels[0].power_usd_per_kwh;
    let input = &site::POWER_PRICE_USD_PER_KWH;
    let worth = |price: f64| {
        // The plan as it stands, even where power is free and no price can be scaled.
        let factor = if price == start { 1.0 } else { price / start };
        npv(&plan, &levels, discount, |level| level.power_usd_per_kwh *= factor)
    };
    let now = case.input(input).evaluate();
    BreakEven { words: "electricity price at the start", input, now, worth }.explain(case, result)
}
