//! Pulling the payback of a business to a month: an input follows.

use wattfolio_economics::answers::{Asked, Axis, NotSolvable, Quantity, Solved, key_numbers, solve};
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::Measure;
use wattfolio_economics::results::measure::{DISCOUNTED_PAYBACK_MONTHS, PAYBACK_MONTHS};
use wattfolio_economics::scenario::ValidScenario;

/// Which inputs follow, and the latest pull.
#[derive(Debug, Default)]
pub struct PaybackView {
    /// The input of each business that follows its payback; the one that decides most unless chosen.
    pub follows: PerBusiness<Option<&'static Input>>,
    /// The latest pull, until the hand lets go; of a typed target until the next change.
    pub pulled: Option<Pulled>,
}

/// A payback that is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pull {
    /// Whose.
    pub business: Business,
    /// The input that follows.
    pub input: &'static Input,
    /// When the curve is to be back at zero, months.
    pub target_months: f64,
    /// Whether the curve is of discounted cash.
    pub is_discounted: bool,
}

/// A pull, and how far it went.
#[derive(Clone, Debug)]
pub struct Pulled {
    /// What was asked for.
    pub pull: Pull,
    /// What was found.
    pub solved: Solved,
}

impl PaybackView {
    /// The input that follows the payback of a business: the chosen one while it applies, else the one that decides most; `None`
    /// if no key driver moves it.
    pub fn follower(
        &self,
        business: Business,
        scenario: &ValidScenario,
        basis: Basis,
    ) -> Option<&'static Input> {
        let chosen = self.follows[business].filter(|input| can_follow(input, business, scenario));
        chosen.or_else(|| key_numbers(scenario, business, basis).first().copied())
    }
}

/// Whether an input is a number of the plan that moves a business.
pub fn can_follow(input: &'static Input, business: Business, scenario: &ValidScenario) -> bool {
    Axis::of(scenario, input).is_ok() && input.moved_businesses(scenario).any(|one| one == business)
}

/// The measure by which a curve is back at zero.
pub const fn payback_measure(is_discounted: bool) -> &'static Measure {
    if is_discounted { &DISCOUNTED_PAYBACK_MONTHS } else { &PAYBACK_MONTHS }
}

impl Pulled {
    /// Solves for the input that follows.
    ///
    /// # Errors
    /// If it is no number of the plan, or the target is not finite.
    pub fn new(pull: Pull, scenario: &ValidScenario, basis: Basis) -> Result<Self, NotSolvable> {
        let quantity = Quantity::of(pull.business, payback_measure(pull.is_discounted));
        let solved = solve(scenario, Asked::new(quantity, basis), pull.input, pull.target_months)?;
        Ok(Self { pull, solved })
    }

    /// The value that the input takes: the solution nearest to the value now, else that which comes closest to the target;
    /// `None` where the business is never back.
    pub fn value(&self) -> Option<f64> {
        let nearest = self.solved.nearest().map(|root| root.value);
        nearest.or_else(|| self.solved.closest.map(|(value, _)| value))
    }

    /// Whether a scenario is what the pull has made of it: nothing has moved its input since.
    pub fn is_of(&self, scenario: &ValidScenario) -> bool {
        let Kind::Number(number) = &self.pull.input.kind else { return false };
        self.value().is_none_or(|value| (number.get)(scenario) == Some(value))
    }
}
