//! Formulas of the figures that only one kind of business has.

use super::case::Case;
use super::derivation::Derivation;
use super::expr::{Expr, operand, step};
use super::measures::zero_from;
use super::operand::Source;
use crate::catalogue::site;
use crate::input::{Input, Number};
use crate::kernel::{
    BreakEvens, Line, Market, Maybe, PowerPrice, Run, Variant, Venture, finite, monthly_discount,
};
use crate::units::Unit;

/// Present value of every cost line and of the residual value, over the present value of the quantity sold.
pub(crate) fn levelised(
    case: &Case<'_>,
    costs: impl IntoIterator<Item = Line>,
    left: Option<Expr>,
    sold: Line,
) -> Derivation {
    let present = |line: Line| case.present_value(line.label(), line);
    let has = |line: &Line| case.evaluation.ledger.has(*line);
    let flows = costs.into_iter().filter(has).map(present).chain(left).collect();
    let costs = step(
        "Present value of costs",
        Unit::Usd,
        -step("Present value of flows", Unit::Usd, Expr::Sum(flows)),
    );
    let sold = case.present_value(&format!("Present value of {}", super::small(sold.label())), sold);
    Derivation::of(costs / sold).beside([case.discount_rate()])
}

/// A break-even: the value at which the net present value before tax changes its sign.
pub(crate) struct BreakEven<W> {
    /// Name of the varied value.
    pub words: &'static str,
    pub unit: Unit,
    /// The varied input.
    pub input: &'static Input<Number>,
    /// The value in the plan.
    pub now: f64,
    /// All break-even values.
    pub values: BreakEvens,
    /// The net present value before tax at a value.
    pub worth: W,
}

impl<W: Fn(f64) -> f64> BreakEven<W> {
    pub(crate) fn explain(self, case: &Case<'_>, result: Maybe<f64>) -> Derivation {
        let source = Source::Plan("the plan as it stands, before tax".to_owned());
        let now = operand("NPV before tax of the plan", (self.worth)(self.now), Unit::Usd, source);
        let derivation = match result {
            Ok(place) => {
                let source = Source::Plan("the plan run again at this value".to_owned());
                let names = (self.words, "NPV before tax");
                zero_from(0.0, names, (place, place), &source, |place| finite((self.worth)(place)))
            }
            Err(_) => Derivation::default(),
        };
        let others = self.values.unwrap_or_default().into_iter().filter(|value| Ok(*value) != result);
        let others = others.map(|value| {
            let source = Source::Plan("farther from the value of today".to_owned());
            operand("NPV before tax is 0 at this value too", value, self.unit, source)
        });
        derivation.beside([case.input(self.input), now]).beside(others)
    }
}

/// Explains a figure of a business that is compiled once more, with the market of the plan.
pub(crate) fn with_run<P: Venture>(
    case: &Case<'_>,
    explain: impl FnOnce(&P, &Run<'_>) -> Derivation,
) -> Derivation {
    let Ok(plan) = P::compile(case.scenario, Variant::default()) else { return Derivation::default() };
    let market = Market::compile(case.scenario);
    let run = Run {
        ledger: &case.evaluation.ledger,
        scenario: case.scenario,
        market: &market,
        levels: &market.deterministic(),
        discount: monthly_discount(case.business().discount_rate(case.scenario)),
    };
    explain(&plan, &run)
}

/// The break-even power price of a business that pays for power.
pub(crate) fn break_even_power<P: Venture>(case: &Case<'_>, result: Maybe<f64>) -> Derivation {
    with_run(case, |plan: &P, run| {
        let price = PowerPrice { plan, run };
        BreakEven {
            words: "electricity price to be put in",
            unit: Unit::UsdPerKwh,
            input: &site::POWER_PRICE_USD_PER_KWH,
            now: price.place().now,
            // A host who bills power to the customer has none.
            values: result.and_then(|_| price.values()),
            worth: |usd_per_kwh: f64| price.worth(usd_per_kwh),
        }
        .explain(case, result)
    })
}
