//! Helpers of all businesses: inflation and escalators, ageing prices, discounting.

/// Number of whole machines; the factor keeps rounding from losing one at an exact fit.
pub(crate) fn whole_machines(count: f64) -> f64 {
    (count * (1.0 + 1e-12)).floor()
}

/// Yearly steps `(1 + rate)^⌊months/12⌋` of escalators and inflation.
#[derive(Clone, Debug)]
pub(crate) struct YearlySteps {
    powers: Vec<f64>,
}

impl YearlySteps {
    /// The steps of the first `months` months and the year after them.
    pub(crate) fn new(rate: f64, months: usize) -> Self {
        let years = 0..=(months / 12 + 1) as i32;
        Self { powers: years.map(|year| (1.0 + rate).powi(year)).collect() }
    }

    /// The factor after a number of whole months.
    pub(crate) fn after(&self, months: usize) -> f64 {
        self.powers[months / 12]
    }

    /// Inflation factor of month `t` on a cost in money of the start; 1 in the first year.
    pub(crate) fn of_month(&self, t: usize) -> f64 {
        self.after(t.saturating_sub(1))
    }
}

/// What is left of a price with age: `share^(age/life)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PriceLeft {
    log_share: f64,
    life_months: f64,
}

impl PriceLeft {
    /// A price of which `share` is left at the end of a life.
    pub(crate) fn new(share: f64, life_months: u32) -> Self {
        Self { log_share: share.ln(), life_months: f64::from(life_months) }
    }

    /// Share that is left at an age, fraction.
    pub(crate) fn at(self, age_months: f64) -> f64 {
        if age_months == 0.0 { 1.0 } else { (self.log_share * age_months / self.life_months).exp() }
    }
}

/// Discount factor of one month: `(1 + rate)^(−1/12)`.
pub(crate) fn monthly_discount(yearly_rate: f64) -> f64 {
    (-yearly_rate.ln_1p() / 12.0).exp()
}
