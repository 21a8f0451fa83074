//! What markets quote of the business: the hour of one GPU model.

use crate::scenario::{Scenario, Trajectory};

/// Input that holds the rental, $ per GPU-hour.
pub const RENTAL_INPUT: &str = "leasing.rental_usd_per_gpu_hour";
/// Input that holds the share of hours in which the GPUs are rented.
pub const UTILISATION_INPUT: &str = "leasing.utilisation";

impl Scenario {
    /// Name of the GPU model that is rented out, as the price list has it.
    pub fn gpu_name(&self) -> &str {
        &self.leasing.gpu.name
    }

    /// The rental of that model, $ per GPU-hour.
    pub fn gpu_rental(&self) -> &Trajectory {
        &self.leasing.rental_usd_per_gpu_hour
    }
}
