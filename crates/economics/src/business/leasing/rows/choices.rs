//! The options of the choices of leasing.

use crate::business::leasing::Placement;
use crate::input::{ChoiceOption, from_ron, to_ron};
use crate::scenario::Scenario;

pub(super) const FLEETS: &[ChoiceOption] = &[
    ChoiceOption { name: "FillSite", label: "Fill the site", start: "FillSite" },
    ChoiceOption { name: "Count", label: "Number of GPUs", start: "Count(800)" },
];

pub(super) const PLACEMENTS: &[ChoiceOption] = &[
    ChoiceOption { name: "OwnSite", label: "Own site", start: "OwnSite" },
    ChoiceOption {
        name: "Colocated",
        label: "Third-party data centre",
        start: "Colocated(fee_usd_per_kw_month:175.0,pue:1.4,deposit_months:2.0,power:PassThrough)",
    },
];

pub(super) const COLOCATION_POWERS: &[ChoiceOption] = &[
    ChoiceOption { name: "PassThrough", label: "Billed on", start: "PassThrough" },
    ChoiceOption { name: "Included", label: "In the fee", start: "Included" },
];

/// Who pays for power applies to a colocation only.
pub(super) fn power_text(scenario: &Scenario) -> Option<String> {
    match &scenario.leasing.placement {
        Placement::Colocated { power, .. } => Some(to_ron(power)),
        Placement::OwnSite => None,
    }
}

pub(super) fn parse_power(scenario: &mut Scenario, text: &str) -> Result<(), String> {
    match &mut scenario.leasing.placement {
        Placement::Colocated { power, .. } => *power = from_ron(text)?,
        Placement::OwnSite => return Err("applies to leasing.placement=Colocated(…) only".to_owned()),
    }
    Ok(())
}
