//! Formulas of the figures that only one kind of business has.

use super::case::Case;
use super::expr::{Expr, operand, step};
use super::measures::{Told, zero};
use super::operand::Source;
use super::own::own;
use crate::business::AnyPlan;
use crate::kernel::{Levels, Line, Market, Maybe, Venture, finite, monthly_discount, npv};
use crate::units::Unit;

/// What can be told of a figure with the value `result`.
pub(crate) fn tell(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Told {
    if let Some(told) = break_even(case, id, result) {
        return told;
    }
    own(case).figure(case, id, result)
}

/// Present value of every cost line, over the present value of what is sold.
pub(crate) fn levelised(case: &Case<'_>, costs: &[Line], sold: Line) -> Told {
    let present = |line: &Line| case.present_value(line.label(), *line);
    let has = |line: &&Line| case.evaluation.ledger.has(**line);
    let costs = step(
        "Present value of costs",
        Unit::Usd,
        -step(
            "Present value of flows",
            Unit::Usd,
            Expr::Sum(costs.iter().filter(has).map(present).collect()),
        ),
    );
    let sold = case.present_value(&format!("Present value of {}", super::small(sold.label())), sold);
    Told::of(costs / sold).beside([case.input("finance.discount_rate")])
}

/// Break-evens: the value at which the net present value before tax changes its sign.
fn break_even(case: &Case<'_>, id: &str, result: &Maybe<f64>) -> Option<Told> {
    let (words, today) = match id {
        "break_even_power_usd_per_kwh" => ("electricity price at the start", "power.price_usd_per_kwh"),
        "break_even_rental_factor" => ("factor on the market rental", "leasing.rental_usd_per_gpu_hour"),
        "break_even_utilisation" => ("utilisation", "leasing.utilisation"),
        _ => return None,
    };
    let worth = worth(case, id)?;
    let now = match id {
        "break_even_rental_factor" => 1.0,
        _ => case.input(today).evaluate(),
    };
    let source = Source::Plan("the plan as it stands, before tax".to_owned());
    let context = [case.input(today), operand("NPV before tax of the plan", worth(now), Unit::Usd, source)];
    let told = match result {
        Ok(place) => {
            let source = Source::Plan("the plan run again at this value".to_owned());
            zero((words, "NPV before tax"), (*place, *place), &source, |place| finite(worth(place)))
        }
        Err(_) => Told::default(),
    };
    Some(told.beside(context))
}

/// The net present value before tax at a value of what is broken even.
fn worth<'a>(case: &Case<'a>, id: &str) -> Option<Box<dyn Fn(f64) -> f64 + 'a>> {
    let levels = Market::compile(case.scenario).deterministic();
    let discount = monthly_discount(case.scenario.finance.discount_rate);
    let plan = AnyPlan::compile(case.business(), case.scenario).ok()?;
    match (id, plan) {
        ("break_even_rental_factor", AnyPlan::Leasing(plan)) => Some(Box::new(move |factor| {
            npv(&plan, &levels, discount, |level| level.rental_usd_per_gpu_hour *= factor)
        })),
        ("break_even_utilisation", AnyPlan::Leasing(plan)) => Some(Box::new(move |utilisation| {
            let mut changed = plan.clone();
            changed.set_utilisation(utilisation);
            npv(&changed, &levels, discount, |_| ())
        })),
        (_, AnyPlan::Mining(plan)) => Some(at_power_price(plan, levels, discount)),
        (_, AnyPlan::Hosting(plan)) => Some(at_power_price(plan, levels, discount)),
        (_, AnyPlan::Leasing(_)) => None,
    }
}

fn at_power_price<'a, P: Venture + 'a>(
    plan: P,
    levels: Vec<Levels<f64>>,
    discount: f64,
) -> Box<dyn Fn(f64) -> f64 + 'a> {
    let start = levels[0].power_usd_per_kwh;
    Box::new(move |price| {
        // The plan as it stands, even where power is free and no price can be scaled.
        let factor = if price == start { 1.0 } else { price / start };
        npv(&plan, &levels, discount, |level| level.power_usd_per_kwh *= factor)
    })
}
