//! Simulated markets and variance shares of a scenario, computed in runs of their own.

use super::control::Control;
use super::markets::over_time::Markets;
use super::room::Unfinished;
use super::simulate::Simulator;
use super::variance::VarianceShares;
use crate::business::PerBusiness;
use crate::kernel::Basis;
use crate::scenario::ValidScenario;

/// Simulated markets of a scenario, and the shares of the variance of each NPV.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outlook {
    /// Simulated markets.
    pub markets: Markets,
    /// Shares of the variance of the NPV; `None` where a business is absent or nothing varies.
    pub shares: PerBusiness<Option<VarianceShares>>,
}

impl Simulator {
    /// The outlook of a scenario; `basis` is that of the flows.
    ///
    /// # Errors
    /// If the control ended it, or there is too little memory.
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
