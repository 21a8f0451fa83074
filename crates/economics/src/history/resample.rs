//! The recorded months as they are put in the place of drawn ones.

use super::record::Record;
use super::rule::{Held, Months};
use crate::risk::{FEWEST_MONTHS, Resampled};
use crate::scenario::{NetworkRule, Scenario};

/// Why there are no months to put in the place of drawn ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the record has {months} months of price and network; allowed: at least {FEWEST_MONTHS}")]
#[non_exhaustive]
pub struct TooShort {
    /// Recorded months.
    pub months: usize,
}

/// What every recorded month did beside what a scenario expects of it: the change of the close, and of the network what
/// the scenario's rule does not explain; where the network is given, its growth. Estimates are left out.
///
/// # Errors
/// If too few months are recorded.
pub fn resample(record: &Record, scenario: &Scenario) -> Result<Resampled, TooShort> {
    let last = record.last_recorded().unwrap_or(record.first_start());
    let months = Months::new(record, record.first_start(), last);
    let network: Vec<f64> = match scenario.bitcoin.network {
        NetworkRule::Given => months.network(),
        NetworkRule::Responsive {
            response_per_month,
            breakeven_hashprice_usd,
            breakeven_decline_per_year,
            same_month,
            inertia,
            max_fall,
            max_rise,
        } => {
            let need = (breakeven_hashprice_usd, breakeven_decline_per_year);
            months.unexplained(response_per_month, need, inertia, Held { same_month, max_fall, max_rise })
        }
    };
    let changes = months.closes().into_iter().zip(network).map(|(price, network)| [price, network]);
    let changes: Vec<[f64; 2]> = changes.collect();
    Resampled::new(&changes).ok_or(TooShort { months: changes.len() })
}
