//! Caveats about the winner of a ranking.

use crate::kernel::{Absent, Maybe};

use super::Candidate;

/// Chance of loss above which it is a caveat.
const MOST_LOSS: f64 = 1.0 / 3.0;
/// Cover of the debt service below which it is a caveat.
const LEAST_COVER: f64 = 1.05;
/// Share of the simulated bitcoin prices at `T` above which the plan's is called high.
const MOST_PERCENTILE: f64 = 0.7;

/// Kind of a caveat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caveat {
    /// The net present value is negative. Value: NPV, USD.
    NegativeNpv,
    /// A loss is likelier than one in three. Value: share of paths.
    LossChance,
    /// The value is mostly end proceeds. Value: their NPV, USD.
    EndProceeds,
    /// The money comes back and is lost again. Value: first payback, months.
    PaybackNotKept,
    /// Only end proceeds bring the money back. Value: their NPV, USD.
    OnlyByResale,
    /// One customer without a guarantor brings most of the revenue. Value: share of the revenue.
    OneCustomer,
    /// Operating cash hardly covers the debt service. Value: lowest DSCR.
    Cover,
    /// The plan's bitcoin price is high among those simulated. Value: share of paths below it at `T`.
    PricePercentile,
}

impl Caveat {
    /// All caveats, in the order of the sentence.
    pub const ALL: [Self; 8] = [
        Self::NegativeNpv,
        Self::LossChance,
        Self::EndProceeds,
        Self::PaybackNotKept,
        Self::OnlyByResale,
        Self::OneCustomer,
        Self::Cover,
        Self::PricePercentile,
    ];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NegativeNpv => "negative_npv",
            Self::LossChance => "loss_chance",
            Self::EndProceeds => "end_proceeds",
            Self::PaybackNotKept => "payback_not_kept",
            Self::OnlyByResale => "only_by_resale",
            Self::OneCustomer => "one_customer",
            Self::Cover => "cover",
            Self::PricePercentile => "price_percentile",
        }
    }

    /// What it objects, and what its value is, for the reference of results.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NegativeNpv => "The net present value is negative; value: NPV, USD",
            Self::LossChance => "A loss is likelier than one in three; value: share of paths",
            Self::EndProceeds => {
                "The value is mostly end proceeds, or nothing without them; value: their NPV, USD"
            }
            Self::PaybackNotKept => "The money comes back and is lost again; value: first payback, months",
            Self::OnlyByResale => "Only what comes at the end brings the money back; value: its NPV, USD",
            Self::OneCustomer => {
                "One customer without a guarantor brings most of the revenue; value: share of the revenue"
            }
            Self::Cover => "Operating cash hardly covers the debt service; value: lowest DSCR",
            Self::PricePercentile => {
                "The plan's bitcoin price is high among those simulated; value: share of paths below it at `T`"
            }
        }
    }

    /// Its value if it holds; an error if that needs a simulation.
    fn of(self, candidate: &Candidate) -> Option<Maybe<f64>> {
        let simulated = |value: Option<f64>, most: f64| match value {
            Some(value) => (value > most).then_some(Ok(value)),
            None => Some(Err(Absent::NotSimulated)),
        };
        let holds = |value: f64, holds: bool| holds.then_some(Ok(value));
        match self {
            Self::NegativeNpv => holds(candidate.npv_usd, candidate.npv_usd < 0.0),
            Self::LossChance => simulated(candidate.odds.map(|odds| odds.loss), MOST_LOSS),
            Self::EndProceeds => holds(candidate.end_proceeds_npv_usd, candidate.is_mostly_end()),
            Self::PaybackNotKept => {
                let first = candidate.payback_months.ok()?;
                holds(first, candidate.payback_last_months != Ok(first))
            }
            Self::OnlyByResale => {
                let is_so = candidate.payback_months == Err(Absent::OnlyByResale);
                holds(candidate.end_proceeds_npv_usd, is_so)
            }
            Self::OneCustomer => {
                let customer = candidate.customer?;
                holds(customer.revenue_share, customer.is_objection())
            }
            Self::Cover => {
                let cover = candidate.min_dscr.ok()?;
                holds(cover, cover < LEAST_COVER)
            }
            Self::PricePercentile if candidate.business.is_paid_in_bitcoin() => {
                simulated(candidate.odds.and_then(|odds| odds.bitcoin_percentile), MOST_PERCENTILE)
            }
            Self::PricePercentile => None,
        }
    }
}

/// A caveat and its value; an error if it needs a simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// The kind.
    pub caveat: Caveat,
    /// Its value.
    pub value: Maybe<f64>,
}

/// Caveats about a business, in order.
pub(super) fn against(candidate: &Candidate) -> Vec<Against> {
    let each = Caveat::ALL.into_iter();
    each.filter_map(|caveat| Some(Against { caveat, value: caveat.of(candidate)? })).collect()
}
