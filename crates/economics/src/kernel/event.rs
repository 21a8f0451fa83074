//! Events in the plan of a business.

use super::{Ledger, Line, Timing, Venture};
use crate::scenario::Scenario;
use crate::units::Unit;

/// An event at an instant of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The block subsidy halves.
    Halving,
    /// The machines or GPUs reach the end of the life that their resale price assumes.
    EndOfLife,
    /// The GPUs leave their contract for the market.
    ContractEnds,
    /// Part of the contracted GPUs is let again.
    LetAgain,
    /// The tenant leaves.
    LeaseEnds,
    /// A renewed lease begins.
    Renewal,
    /// The customer's funding is fully credited.
    CreditUsedUp,
    /// The last scheduled payment of the loan.
    LoanPaid,
}

impl Event {
    /// The display name.
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

/// The single customer that a business depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneCustomer {
    /// Default hazard, a year; up to 0.01 counts as guaranteed.
    pub hazard_per_year: f64,
    /// Share of the revenue that it brings while its term runs, fraction.
    pub revenue_share: f64,
}

/// Hazard a year of the customer's default up to which it counts as guaranteed.
const GUARANTEED_HAZARD: f64 = 0.01;
/// Share of the revenue above which one customer is the business.
const MOST_REVENUE: f64 = 0.8;

impl OneCustomer {
    /// Whether it speaks against a business that it brings most of the revenue, and nobody guarantees for it.
    pub fn is_objection(&self) -> bool {
        self.hazard_per_year > GUARANTEED_HAZARD && self.revenue_share > MOST_REVENUE
    }
}

/// Events, size and customer of a business, for timelines and verdicts.
pub(crate) trait OnTheWay: Venture {
    /// Events as `(months since the start, event)`, in any order.
    fn events(scenario: &Scenario, timing: Timing, figures: &Self::Figures) -> Vec<(f64, Event)>;

    /// Size of the business: values with unit and noun, the main one first.
    fn size(figures: &Self::Figures) -> Vec<(f64, Unit, &'static str)>;

    /// Whether it is idle or vacant in a month after the ramp.
    fn stands_still(ledger: &Ledger, t: usize) -> bool {
        ledger.line(Line::Idle)[t] > 0.0
    }

    /// The end of the first term, agreed before the start, months since the start; it may lie beyond the plan.
    fn first_term(_: &Scenario, _: Timing) -> Option<(f64, Event)> {
        None
    }

    /// Its single customer, if a default of that customer is part of the model.
    fn one_customer(_: &Scenario, _: Timing, _: &Ledger) -> Option<OneCustomer> {
        None
    }

    /// End of the contract that runs at the end of the plan, months since the start.
    fn bound_until(_: &Scenario, _: Timing) -> Option<f64> {
        None
    }
}
