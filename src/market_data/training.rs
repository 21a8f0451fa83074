//! The recorded training runs and the listed GPUs, as the plain data that their costs are computed from.

use std::sync::LazyLock;

use wattfolio_economics::answers::training_cost::{KnownGpu, KnownRun, TrainingCost};
use wattfolio_economics::scenario::ValidScenario;

use super::recorded;
use crate::price_list;

/// The known training runs priced in a scenario, with the rentals and prices of the bundled list.
pub fn training_cost(scenario: &ValidScenario) -> TrainingCost {
    static KNOWN: LazyLock<(Vec<KnownRun>, Vec<KnownGpu>)> = LazyLock::new(|| {
        let run = |run: &recorded::TrainingRun| KnownRun {
            model: run.model.clone(),
            gpu: run.gpu.clone(),
            gpu_hours: run.gpu_hours,
        };
        let gpu = |gpu: &price_list::GpuModel| KnownGpu {
            name: gpu.name.clone(),
            kw_per_gpu: gpu.kw_per_gpu,
            price_usd: gpu.price_usd,
            rental_usd_per_hour: gpu.rental_usd_per_hour,
        };
        let runs = recorded::training_runs().iter().map(run).collect();
        (runs, price_list::gpus().iter().map(gpu).collect())
    });
    let (runs, gpus) = &*KNOWN;
    TrainingCost::new(scenario, runs, gpus)
}
