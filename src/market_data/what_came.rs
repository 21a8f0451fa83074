//! Plans of the past beside what came, for worked examples that tell what came themselves.

use wattfolio_economics::history::{Machines, Replay};
use wattfolio_economics::results::verdict::{Criterion, Verdict};

use super::history::record;
use crate::store::{Preset, PresetView};
use crate::words;

/// The verdict on the plan as it would have been made in its month, for a preset of the past whose own paths are what
/// came: whatever of them lies in the record is left out, and its machines are bought. `None` for a plan of today, for one
/// that has what came as a variant, and for chances of loss, which a replay does not simulate.
pub fn plan_of_then(preset: &Preset, view: PresetView) -> Option<String> {
    let start = preset.scenario.start;
    let is_of_today = start > record().last() || preset.what_came().is_some();
    if is_of_today || view.criterion == Criterion::Loss {
        return None;
    }
    let replay = Replay::new(record(), &preset.scenario, start, Machines::Same, view.basis).ok()?;
    let (scenario, plan) = (replay.believed(), &replay.plan);
    let verdict = Verdict::new(scenario, plan, None, view.criterion);
    Some(words::verdict::sentence(scenario, plan, &verdict).to_string())
}
