//! Space and power let to AI customers.

use serde::{Deserialize, Serialize};

use crate::scenario::money::Debt;
use crate::scenario::trajectory::Trajectory;

/// Space and power let to AI customers who bring their GPUs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inputs {
    /// Facility power over IT power.
    pub pue: f64,
    /// Fit-out, USD per MW of IT power.
    pub fit_out_usd_per_it_mw: Trajectory,
    /// Share of the fit-out that the customer funds, fraction.
    pub customer_capex_share: f64,
    /// Share of each month's fee that may be credited against the customer's funding, fraction.
    pub credit_limit: f64,
    /// Months of waiting for the grid before anything is spent.
    pub queue_months: u32,
    /// Months of construction.
    pub build_months: u32,
    /// Months from the first hall to full operation.
    pub ramp_months: u32,
    /// Mean delay of the works (simulation only), months.
    pub delay_mean_months: f64,
    /// Standard deviation of the delay (simulation only), months.
    pub delay_sd_months: f64,
    /// Standard deviation of the logarithm of the overrun of the works (simulation only).
    pub overrun_sd: f64,
    /// Fee, USD per kW of IT power and month.
    pub fee_usd_per_kw_month: Trajectory,
    /// Growth of the fee a year, in yearly steps, fraction.
    pub fee_escalator: f64,
    /// Share of the IT power that is let, fraction.
    pub occupancy: f64,
    /// Length of a lease, months.
    pub term_months: u32,
    /// Months without a tenant between two leases.
    pub vacancy_months: u32,
    /// Factor on the escalated fee at each renewal.
    pub renewal_factor: f64,
    /// First live months whose fees are paid when the site goes live.
    pub prepaid_months: u32,
    /// Payer of the power bill.
    pub power: HostingPower,
    /// Average draw over IT power, fraction.
    pub load_factor: f64,
    /// Operating cost besides power, USD per kW of IT power and month, in money of the start.
    pub opex_usd_per_kw_month: f64,
    /// Valuation of the site at the end.
    pub end_value: EndValue,
    /// Life of the fit-out, years.
    pub site_life_years: f64,
    /// Share of the book value of the works that a buyer pays at the end, fraction.
    pub works_resale_share: f64,
    /// Default hazard of the customer, a year (simulation only).
    pub default_hazard_per_year: f64,
    /// Elasticity of the hazard to the plan's GPU rental over the path's (simulation only).
    pub wrong_way: f64,
    /// Termination payment of a defaulting customer, in months of the fee (simulation only).
    pub termination_months: u32,
    /// Months until the hall is let again after a default (simulation only).
    pub relet_months: u32,
    /// Discount on the fee after a default, fraction (simulation only).
    pub relet_discount: f64,
    /// Discount rate a year, fraction; `None` uses the shared one.
    pub discount_rate: Option<f64>,
    /// Financing.
    pub debt: Debt,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            pue: 1.25,
            fit_out_usd_per_it_mw: Trajectory::growing(11_500_000.0, 0.0),
            customer_capex_share: 0.0,
            credit_limit: 0.5,
            queue_months: 0,
            build_months: 12,
            ramp_months: 3,
            delay_mean_months: 4.0,
            delay_sd_months: 4.0,
            overrun_sd: 0.10,
            fee_usd_per_kw_month: Trajectory::growing(130.0, 0.0),
            fee_escalator: 0.03,
            occupancy: 1.0,
            term_months: 180,
            vacancy_months: 6,
            renewal_factor: 1.0,
            prepaid_months: 0,
            power: HostingPower::PassThrough,
            load_factor: 0.8,
            opex_usd_per_kw_month: 18.0,
            end_value: EndValue::RunningTerm,
            site_life_years: 20.0,
            works_resale_share: 0.5,
            default_hazard_per_year: 0.03,
            wrong_way: 1.0,
            termination_months: 6,
            relet_months: 9,
            relet_discount: 0.15,
            discount_rate: Some(0.09),
            debt: Debt::None,
        }
    }
}

/// Payer of the power bill of a hosted customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HostingPower {
    /// Billed on to the customer at cost.
    PassThrough,
    /// Included in the fee.
    Landlord,
}

/// Valuation of a hosting site at the end of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndValue {
    /// The present value of the rest of the first lease, and of the works at its end.
    RunningTerm,
    /// The works alone.
    Works,
}
