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
    /// Share of each month's fee that may be credited against what the customer funded, fraction.
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
    /// Fee of a renewed lease over the fee that would have gone on.
    pub renewal_factor: f64,
    /// Fees of this many first live months are paid when the site goes live.
    pub prepaid_months: u32,
    /// Who pays for power.
    pub power: HostingPower,
    /// Average draw over IT power, fraction.
    pub load_factor: f64,
    /// Operating cost besides power, USD per kW of IT power and month, in money of the start.
    pub opex_usd_per_kw_month: f64,
    /// What the site is worth at the end.
    pub end_value: EndValue,
    /// Life of the fit-out, years.
    pub site_life_years: f64,
    /// Share of the book value of the works that a buyer pays at the end, fraction.
    pub works_resale_share: f64,
    /// Hazard of the customer's default, a year (simulation only).
    pub default_hazard_per_year: f64,
    /// Elasticity of the hazard to the plan's GPU rental over the path's (simulation only).
    pub wrong_way: f64,
    /// Months of the fee that a defaulting customer still pays (simulation only).
    pub termination_months: u32,
    /// Months until a defaulted hall is let again (simulation only).
    pub relet_months: u32,
    /// Discount on the fee after a default, fraction (simulation only).
    pub relet_discount: f64,
    /// Discount rate a year, fraction; unset, the one that businesses share.
    pub discount_rate: Option<f64>,
    /// How it is financed.
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

/// Who pays for the power of a hosted customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HostingPower {
    /// Billed on to the customer at cost.
    PassThrough,
    /// Included in the fee.
    Landlord,
}

/// What a hosting site is worth at the end of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndValue {
    /// The present value of the rest of the running lease, and the works at its end.
    RunningTerm,
    /// The works alone.
    Works,
}
