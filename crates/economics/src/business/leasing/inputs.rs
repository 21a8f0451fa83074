//! Own GPUs rented by the hour.

use serde::{Deserialize, Serialize};

use crate::scenario::money::Debt;
use crate::scenario::trajectory::Trajectory;

/// Own GPUs rented by the hour, on the own site or in a third-party data centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Inputs {
    /// Number of GPUs.
    pub fleet: Fleet,
    /// Location of the GPUs.
    pub placement: Placement,
    /// GPU model.
    pub gpu: Gpu,
    /// IT power of the whole system per GPU, kW.
    pub kw_per_gpu: f64,
    /// All-in price per GPU (server, network, storage) in the month in which it is paid, USD.
    pub gpu_price_usd: Trajectory,
    /// Facility power over IT power on the own site.
    pub pue: f64,
    /// Fit-out of the own site, USD per MW of IT power used.
    pub fit_out_usd_per_it_mw: Trajectory,
    /// Months of waiting for the grid before anything is spent.
    pub queue_months: u32,
    /// Months of construction.
    pub build_months: u32,
    /// Months from the first rack to full operation.
    pub ramp_months: u32,
    /// Mean delay of the works (simulation only), months.
    pub delay_mean_months: f64,
    /// Standard deviation of the delay (simulation only), months.
    pub delay_sd_months: f64,
    /// Standard deviation of the logarithm of the overrun of the works (simulation only).
    pub overrun_sd: f64,
    /// Whether the fleet idles in months in which running would lose more.
    pub idle_when_unprofitable: bool,
    /// Share of opex and maintenance that is paid while idle, fraction.
    pub idle_opex_share: f64,
    /// Market rental, USD per GPU-hour.
    pub rental_usd_per_gpu_hour: Trajectory,
    /// Share of the uncontracted hours that are rented, fraction.
    pub utilisation: f64,
    /// Share of the hours in which GPUs work, fraction.
    pub availability: f64,
    /// Share of the fleet under contract, fraction.
    pub contract_share: f64,
    /// Contract rental, USD per GPU-hour.
    pub contract_usd_per_gpu_hour: f64,
    /// Length of the contract from live, months.
    pub contract_months: u32,
    /// Share of a term's contracted GPUs that is let again when it ends, fraction.
    pub recontract_share: f64,
    /// Discount of a later term on the market rental of its first month, fraction.
    pub recontract_discount: f64,
    /// Length of a later term, months.
    pub recontract_months: u32,
    /// Premium of local rentals over the market at the start, fraction.
    pub local_premium: f64,
    /// Half-life of the local premium, months.
    pub local_premium_half_life_months: f64,
    /// Elasticity by which a local premium lowers utilisation.
    pub utilisation_price_elasticity: f64,
    /// Default hazard of the contract customer, a year (simulation only).
    pub default_hazard_per_year: f64,
    /// Elasticity of the hazard to the contract rental over the market's (simulation only).
    pub wrong_way: f64,
    /// Termination payment of a defaulting customer, in months of contract revenue (simulation only).
    pub termination_months: u32,
    /// Share of the contract revenue that is paid when the fleet goes live, fraction.
    pub prepaid_share: f64,
    /// Share of the revenue that a marketplace or operator keeps, fraction.
    pub revenue_share: f64,
    /// Power draw of an idle GPU over that of a busy one, fraction.
    pub idle_power_share: f64,
    /// Operating cost, USD per installed GPU-hour, in money of the start.
    pub opex_usd_per_gpu_hour: f64,
    /// Maintenance a year, fraction of the hardware price.
    pub maintenance_per_year: f64,
    /// Share of the fleet replaced a year after the warranty, fraction.
    pub replacement_per_year: f64,
    /// Months of warranty.
    pub warranty_months: u32,
    /// Share of the GPU price left at the end of its life, fraction.
    pub resale_share: f64,
    /// Life of a GPU, months.
    pub life_months: u32,
    /// Life of the fit-out, years.
    pub site_life_years: f64,
    /// Share of the book value of the works that a buyer pays at the end, fraction.
    pub works_resale_share: f64,
    /// Discount rate a year, fraction; `None` uses the shared one.
    pub discount_rate: Option<f64>,
    /// Financing.
    pub debt: Debt,
}

impl Inputs {
    /// The highest market rental that is allowed, USD per GPU-hour.
    pub const HIGHEST_RENTAL_USD_PER_GPU_HOUR: f64 = 1000.0;
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            fleet: Fleet::FillSite,
            placement: Placement::OwnSite,
            gpu: Gpu::default(),
            kw_per_gpu: 1.79,
            gpu_price_usd: Trajectory::growing(54_000.0, -0.15),
            pue: 1.25,
            fit_out_usd_per_it_mw: Trajectory::growing(11_500_000.0, 0.0),
            queue_months: 0,
            build_months: 12,
            ramp_months: 3,
            delay_mean_months: 3.0,
            delay_sd_months: 4.0,
            overrun_sd: 0.10,
            idle_when_unprofitable: true,
            idle_opex_share: 0.25,
            rental_usd_per_gpu_hour: Trajectory { floor: 0.30, ..Trajectory::growing(3.70, -0.18) },
            utilisation: 0.88,
            availability: 0.975,
            contract_share: 0.8,
            contract_usd_per_gpu_hour: 3.00,
            contract_months: 60,
            recontract_share: 0.5,
            recontract_discount: 0.15,
            recontract_months: 24,
            local_premium: 0.0,
            local_premium_half_life_months: 12.0,
            utilisation_price_elasticity: 0.0,
            default_hazard_per_year: 0.05,
            wrong_way: 1.0,
            termination_months: 6,
            prepaid_share: 0.0,
            revenue_share: 0.0,
            idle_power_share: 0.3,
            opex_usd_per_gpu_hour: 0.12,
            maintenance_per_year: 0.02,
            replacement_per_year: 0.04,
            warranty_months: 36,
            resale_share: 0.12,
            life_months: 60,
            site_life_years: 20.0,
            works_resale_share: 0.5,
            discount_rate: Some(0.13),
            debt: Debt::None,
        }
    }
}

impl Inputs {
    /// Whether the owner of the GPUs pays for their power.
    pub const fn pays_power(&self) -> bool {
        !matches!(self.placement, Placement::Colocated { power: ColocationPower::Included, .. })
    }
}

/// GPU model; its power and price are separate inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Gpu {
    /// Model name.
    pub name: String,
}

impl Default for Gpu {
    fn default() -> Self {
        Self { name: "B200".to_owned() }
    }
}

/// Size of the fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fleet {
    /// As many GPUs as fit the IT power of the site.
    FillSite,
    /// A number of GPUs.
    Count(u32),
}

/// Location of the GPUs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Placement {
    /// On the own site: fit-out and own power.
    OwnSite,
    /// In a third-party data centre.
    Colocated {
        /// Fee, USD per kW of IT power and month, in money of the start.
        fee_usd_per_kw_month: f64,
        /// Facility power over IT power of that data centre.
        pue: f64,
        /// Deposit in months of the fee.
        deposit_months: f64,
        /// Payer of the power bill.
        power: ColocationPower,
    },
}

/// Payer of the power bill in a colocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColocationPower {
    /// Billed on to the owner of the GPUs.
    PassThrough,
    /// Included in the fee.
    Included,
}
