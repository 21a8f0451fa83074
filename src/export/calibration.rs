//! What the record says of the inputs of a scenario.

use std::fmt::Write as _;

use serde_json::{Value, json};
use wattfolio_economics::history::{Calibration, Estimated};
use wattfolio_economics::scenario::ValidScenario;

use super::exported::{ExportError, Exported, Shape};
use super::json::OUTPUT_SCHEMA;
use crate::format;
use crate::store::{Preset, to_text};

/// A calibration, and the preset with its values taken over.
#[derive(Clone, Debug)]
pub struct CalibratedPreset {
    /// The scenario beside which it is shown.
    pub scenario: ValidScenario,
    /// What the record says.
    pub calibration: Calibration,
    /// The preset with every value that its input allows.
    pub preset: Preset,
}

impl CalibratedPreset {
    fn is_allowed(&self, found: &Estimated) -> bool {
        found.is_allowed(&self.scenario)
    }
}

impl Exported for CalibratedPreset {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people"),
            (Shape::Value, "With standard errors and numbers of observations"),
            (Shape::Preset, "The preset with the values taken over"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        let found = &self.calibration;
        let cut = found.cut.as_ref().map_or_else(String::new, |cut| format!("; {cut}"));
        let mut text = format!(
            "{}, calibrated on {} to {} of the bundled record{cut}\n\n",
            self.preset.about.title, found.from, found.to
        );
        // Writing to a string cannot fail.
        writeln!(text, "{:<48} {:>12} {:>12} {:>7} {:>12}", "input", "estimate", "error", "months", "now")
            .ok();
        for found in &found.estimated {
            let shown = |value: f64| format::significant(value, 3);
            let mut remark = found.remark.clone().unwrap_or_default();
            if !self.is_allowed(found) {
                let comma = if remark.is_empty() { "" } else { "; " };
                remark = format!("{remark}{comma}not taken over, allowed: {}", found.input.allowed());
            }
            let line = format!(
                "{:<48} {:>12} {:>12} {:>7} {:>12}  {remark}",
                found.input.id,
                shown(found.value),
                shown(found.standard_error),
                found.observations,
                shown(found.scenario)
            );
            writeln!(text, "{}", line.trim_end()).ok();
        }
        text.push_str("\nWhat the record does not tell:\n");
        for untold in &found.untold {
            let ids: Vec<&str> = untold.inputs.iter().map(|input| input.id).collect();
            writeln!(text, "{}: {}", ids.join(", "), untold.reason).ok();
        }
        Ok(text)
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        let found = &self.calibration;
        let estimated = found.estimated.iter().map(|found| {
            let mut value = json!({
                "id": found.input.id,
                "unit": found.input.unit.symbol(),
                "estimate": found.value,
                "standard_error": found.standard_error,
                "observations": found.observations,
                "scenario": found.scenario,
                "is_taken_over": self.is_allowed(found),
            });
            if let Some(remark) = &found.remark {
                value["remark"] = json!(remark);
            }
            value
        });
        let untold = found.untold.iter().map(|untold| {
            let ids: Vec<&str> = untold.inputs.iter().map(|input| input.id).collect();
            json!({ "ids": ids, "reason": untold.reason })
        });
        let mut root = json!({
            "schema": OUTPUT_SCHEMA,
            "title": self.preset.about.title,
            "from": found.from,
            "to": found.to,
            "estimated": estimated.collect::<Vec<Value>>(),
            "untold": untold.collect::<Vec<Value>>(),
        });
        if let Some(cut) = &found.cut {
            root["cut"] = json!(cut);
        }
        Ok(root)
    }

    fn preset(&mut self) -> Result<String, ExportError> {
        Ok(to_text(&self.preset)?)
    }
}
