//! Arguments that look at a scenario in another way than its file says.

use clap::Args;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::FactorSource;

use super::choice::choice;
use crate::store::PresetView;

/// Basis, criterion, and what simulations are drawn from.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Viewed {
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    pub basis: Option<Basis>,
    /// What the verdict goes by; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Criterion>())]
    pub criterion: Option<Criterion>,
    /// Source of the simulated bitcoin and network; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<FactorSource>())]
    pub factors: Option<FactorSource>,
}

impl Viewed {
    /// The view of a file with what is asked for in place of what it says.
    pub(super) fn of(self, view: PresetView) -> PresetView {
        view.asked(self.basis, self.criterion).drawn_from(self.factors)
    }
}
