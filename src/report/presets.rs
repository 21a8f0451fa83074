//! Presets as words and as JSON.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};
use wattfolio_economics::analysis::compare;

use super::json::scenario_json;
use crate::format::visible_line;
use crate::store::{Bundled, Preset, bundled, to_text};
use crate::view::words;

/// The bundled presets with their verdicts, for people.
pub fn presets_text() -> String {
    let mut text = String::new();
    for bundled in bundled() {
        let (title, verdict) = (&bundled.preset.title, verdict(bundled));
        // Writing to a string cannot fail.
        writeln!(text, "{:<28} {title}\n{:28} {verdict}", bundled.name, "").ok();
    }
    text
}

/// The bundled presets with their verdicts as JSON.
pub fn presets_json() -> Value {
    let entry = |bundled: &Bundled| {
        json!({
            "name": bundled.name,
            "title": bundled.preset.title,
            "tags": bundled.preset.tags,
            "verdict": verdict(bundled),
        })
    };
    bundled().iter().map(entry).collect()
}

fn verdict(bundled: &Bundled) -> String {
    match bundled.preset.scenario.clone().validate() {
        Ok(scenario) => words::verdict(&scenario, &compare(&scenario)),
        Err(faults) => faults.to_string(),
    }
}

/// A preset with story, facts, sources, assumptions, variants and its file, for people.
///
/// # Errors
/// If a value cannot be written, which validated scenarios rule out.
pub fn preset_text(preset: &Preset) -> Result<String, ron::Error> {
    let mut text = format!("{}\n\n{}\n", visible_line(&preset.title), preset.story);
    for (title, lines) in [
        ("Facts", &preset.facts),
        ("Assumptions", &preset.assumptions),
        ("Sources", &preset.sources),
        ("Tags", &preset.tags),
    ] {
        if !lines.is_empty() {
            // Writing to a string cannot fail.
            writeln!(text, "\n{title}").ok();
            for (i, line) in lines.iter().enumerate() {
                // Facts end in the number of their source.
                let mark = if title == "Sources" { format!("[{}]", i + 1) } else { "-".to_owned() };
                writeln!(text, "{mark} {}", visible_line(line)).ok();
            }
        }
    }
    for variant in &preset.variants {
        let set: Vec<String> = variant.set.iter().map(|(id, value)| format!("{id}={value}")).collect();
        writeln!(text, "\nVariant “{}”\n- {}", visible_line(&variant.name), set.join("\n- ")).ok();
    }
    writeln!(text, "\nFile\n{}", to_text(preset)?).ok();
    Ok(text)
}

/// A preset as JSON, its inputs by id.
pub fn preset_json(preset: &Preset) -> Value {
    let variant = |variant: &crate::store::Variant| {
        let set: Map<String, Value> =
            variant.set.iter().map(|(id, value)| (id.clone(), json!(value))).collect();
        json!({ "name": variant.name, "set": set })
    };
    json!({
        "schema": preset.schema,
        "title": preset.title,
        "story": preset.story,
        "facts": preset.facts,
        "sources": preset.sources,
        "assumptions": preset.assumptions,
        "tags": preset.tags,
        "scenario": scenario_json(&preset.scenario),
        "variants": preset.variants.iter().map(variant).collect::<Vec<Value>>(),
    })
}

/// What a check of a file found, for people.
pub fn check_text(file: &Path, preset: &Preset) -> String {
    let name = file.display().to_string();
    let variants = match preset.variants.len() {
        1 => "1 variant".to_owned(),
        count => format!("{count} variants"),
    };
    format!("{} is fine: “{}”, {variants}\n", visible_line(&name), visible_line(&preset.title))
}

/// What a check of a file found, as JSON.
pub fn check_json(file: &Path, preset: &Preset) -> Value {
    json!({
        "file": file.display().to_string(),
        "title": preset.title,
        "variants": preset.variants.iter().map(|variant| &variant.name).collect::<Vec<_>>(),
    })
}
