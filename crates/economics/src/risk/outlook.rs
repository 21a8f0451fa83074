//! What is found of a scenario beside the figures of its businesses, in runs of their own.

use super::control::Control;
use super::markets::over_time::Markets;
use super::room::Unfinished;
use super::simulate::Simulator;
use super::variance::VarianceShares;
use crate::business::PerBusiness;
use crate::kernel::Basis;
use crate::scenario::ValidScenario;

/// Where the markets of a scenario go, and what the value of each business varies with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outlook {
    /// Where the markets go.
    pub markets: Markets,
    /// What each business varies with; `None` where it is absent or nothing varies.
    pub shares: PerBusiness<Option<VarianceShares>>,
}

impl Simulator {
    /// The outlook of a scenario, on the basis of its flows.
    ///
    /// # Errors
    /// If the control ended it, or its memory cannot be had.
    pub fn outlook(
        &mut self,
        scenario: &ValidScenario,
        basis: Basis,
        control: &impl Control,
    ) -> Result<Outlook, Unfinished> {
        let markets = self.markets(scenario, control)?;
        let shares = self.variance_shares(scenario, basis, control)?;
        Ok(Outlook { markets, shares })
    }
}
