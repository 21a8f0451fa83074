//! What happens to a business on the way.

use super::{Ledger, Line, Timing, Venture};
use crate::scenario::Scenario;
use crate::units::Unit;

/// Something that happens at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The block subsidy halves.
    Halving,
    /// The machines or GPUs reach the end of the life that their resale price reckons with.
    EndOfLife,
    /// The GPUs leave their contract for the market.
    ContractEnds,
    /// A part of what a contract held is let again.
    LetAgain,
    /// The tenant leaves.
    LeaseEnds,
    /// A renewed lease begins.
    Renewal,
    /// The customer has back what it funded.
    CreditUsedUp,
    /// The last scheduled payment of the loan.
    LoanPaid,
}

impl Event {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Halving => "halving",
            Self::EndOfLife => "end of life",
            Self::ContractEnds => "contract ends",
            Self::LetAgain => "let again",
            Self::LeaseEnds => "lease ends",
            Self::Renewal => "renewal",
            Self::CreditUsedUp => "credit used up",
            Self::LoanPaid => "loan paid",
        }
    }
}

/// One customer on whom a business rests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneCustomer {
    /// Hazard of its default, a year; up to 0.01 stands for a guarantor.
    pub hazard_per_year: f64,
    /// Share of the revenue that it brings while its term runs, fraction.
    pub revenue_share: f64,
}

/// What a business says of its way through the plan.
pub(crate) trait OnTheWay: Venture {
    /// Events as `(months since the start, what)`, in any order.
    fn events(scenario: &Scenario, timing: Timing, figures: &Self::Figures) -> Vec<(f64, Event)>;

    /// How large it is: values with what they count, the leading one first.
    fn size(figures: &Self::Figures) -> Vec<(f64, Unit, &'static str)>;

    /// Whether it stands still in a month after the ramp.
    fn stands_still(ledger: &Ledger, t: usize) -> bool {
        ledger.line(Line::Idle)[t] > 0.0
    }

    /// The end of the first term that was agreed on before the start, months since the start; it may lie beyond the plan.
    fn first_term(_: &Scenario, _: Timing) -> Option<(f64, Event)> {
        None
    }

    /// The one customer that it has, where a default of that customer is part of the model.
    fn one_customer(_: &Scenario, _: Timing, _: &Ledger) -> Option<OneCustomer> {
        None
    }

    /// Where a contract that runs at the end of the plan ends, months since the start.
    fn bound_until(_: &Scenario, _: Timing) -> Option<f64> {
        None
    }
}
