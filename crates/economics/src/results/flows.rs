//! The net flows of a business, of which every measure is computed.

/// Net cash flows `c_0..c_T` of a business.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Flows {
    /// The net flow of each month on the basis, USD.
    pub net: Vec<f64>,
    /// The owner's flow of each month, whatever the basis, USD.
    pub equity: Vec<f64>,
    /// Sum of the flows before tax, USD.
    pub profit_before_tax: f64,
    /// What comes only because the plan ends, before tax, USD.
    pub end_proceeds: f64,
    /// The part of the last flow that payback leaves out: end proceeds less the tax on them, as far as they
    /// need not repay debt, USD.
    pub beyond_payback: f64,
    /// Operating cash of each month, before tax, USD.
    pub operating_cash: Vec<f64>,
}

impl Flows {
    /// The flows without end proceeds, on which payback is counted.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let comparison = compare(&Scenario::default().validate()?);
    /// let leasing = comparison.business(Business::Leasing).unwrap();
    /// let payback = finance::payback(&leasing.flows.without_end_proceeds(), 0.0).unwrap();
    /// assert_eq!(leasing.measures.payback_months, Ok(payback.first));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn without_end_proceeds(&self) -> Vec<f64> {
        let mut flows = self.net.clone();
        if let Some(last) = flows.last_mut() {
            *last -= self.beyond_payback;
        }
        flows
    }
}
