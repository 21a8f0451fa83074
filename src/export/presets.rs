//! Presets: the bundled ones, one with its story and file, and what a check of a file found.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wattfolio_economics::results::compare;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk;

use super::exported::{ExportError, Exported, Shape};
use super::inputs::scenario_json;
use super::json::OUTPUT_SCHEMA;
use crate::format::visible_line;
use crate::store::{Bundled, Preset, Variant, bundled, to_text, variant_values};
use crate::words;

/// The bundled presets with their verdicts.
#[derive(Clone, Copy, Debug, Default)]
pub struct BundledPresets {
    /// What the verdicts go by.
    pub criterion: Criterion,
}

impl Exported for BundledPresets {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Text, "For people"), (Shape::Value, "Names, titles, tags and verdicts")]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(presets_text(self.criterion))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(presets_json(self.criterion))
    }
}

impl Exported for Preset {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[
            (Shape::Text, "For people, with the file at the end"),
            (Shape::Value, "With every input by its id"),
            (Shape::Preset, "The file alone, which can be opened"),
        ]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(preset_text(self)?)
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(preset_json(self))
    }

    fn preset(&mut self) -> Result<String, ExportError> {
        Ok(to_text(self)?)
    }
}

/// A file that can be opened, and what is in it.
#[derive(Clone, Debug)]
pub struct CheckedPreset {
    /// The file.
    pub file: PathBuf,
    /// What is in it.
    pub preset: Preset,
}

impl Exported for CheckedPreset {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Text, "For people"), (Shape::Value, "File, title and variants")]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(check_text(&self.file, &self.preset))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(check_json(&self.file, &self.preset))
    }
}

fn presets_text(criterion: Criterion) -> String {
    let mut text = String::new();
    for bundled in bundled() {
        let (title, verdict) = (&bundled.preset.about.title, verdict(bundled, criterion));
        // Writing to a string cannot fail.
        writeln!(text, "{:<28} {title}\n{:28} {verdict}", bundled.name, "").ok();
    }
    text
}

fn presets_json(criterion: Criterion) -> Value {
    let entry = |bundled: &Bundled| {
        json!({
            "name": bundled.name,
            "title": bundled.preset.about.title,
            "tags": bundled.preset.about.tags,
            "criterion": criterion.id(),
            "verdict": verdict(bundled, criterion),
        })
    };
    bundled().iter().map(entry).collect()
}

/// The sentence of a preset; without threads or memory for the simulation that it needs, why there is none.
fn verdict(bundled: &Bundled, criterion: Criterion) -> String {
    let scenario = &bundled.preset.scenario;
    let comparison = compare(scenario);
    match risk::verdict(scenario, &comparison, criterion) {
        Ok(verdict) => words::verdict::sentence(scenario, &comparison, &verdict).to_string(),
        Err(reason) => reason.to_string(),
    }
}

/// A preset with story, facts, sources, assumptions, variants and its file. Validated scenarios have no value that
/// cannot be written.
fn preset_text(preset: &Preset) -> Result<String, ron::Error> {
    let about = &preset.about;
    let mut text = format!("{}\n", visible_line(&about.title));
    if !about.based_on.is_empty() {
        // Writing to a string cannot fail.
        writeln!(text, "Based on “{}”", visible_line(&about.based_on)).ok();
    }
    for words in [&about.story, &about.notes] {
        if !words.is_empty() {
            writeln!(text, "\n{words}").ok();
        }
    }
    for (title, lines) in [
        ("Facts", &about.facts),
        ("Assumptions", &about.assumptions),
        ("Sources", &about.sources),
        ("Tags", &about.tags),
    ] {
        if !lines.is_empty() {
            writeln!(text, "\n{title}").ok();
            for (i, line) in lines.iter().enumerate() {
                // Facts end in the number of their source.
                let mark = if title == "Sources" { format!("[{}]", i + 1) } else { "-".to_owned() };
                writeln!(text, "{mark} {}", visible_line(line)).ok();
            }
        }
    }
    for variant in &preset.variants {
        let values = variant_values(&preset.scenario, &variant.scenario);
        let set: Vec<String> = values.iter().map(|(id, value)| format!("{id}={value}")).collect();
        writeln!(text, "\nVariant “{}”\n- {}", visible_line(&variant.name), set.join("\n- ")).ok();
    }
    writeln!(text, "\nFile\n{}", to_text(preset)?).ok();
    Ok(text)
}

/// A preset as JSON, its inputs by id; a variant has those that differ.
fn preset_json(preset: &Preset) -> Value {
    let about = &preset.about;
    let variant = |variant: &Variant| {
        let set = variant_values(&preset.scenario, &variant.scenario);
        json!({ "name": variant.name, "set": set })
    };
    json!({
        "schema": OUTPUT_SCHEMA,
        "title": about.title,
        "based_on": about.based_on,
        "story": about.story,
        "notes": about.notes,
        "facts": about.facts,
        "sources": about.sources,
        "assumptions": about.assumptions,
        "tags": about.tags,
        "basis": preset.view.basis.id(),
        "criterion": preset.view.criterion.id(),
        "scenario": scenario_json(&preset.scenario),
        "variants": preset.variants.iter().map(variant).collect::<Vec<Value>>(),
    })
}

fn check_text(file: &Path, preset: &Preset) -> String {
    let name = file.display().to_string();
    let variants = match preset.variants.len() {
        1 => "1 variant".to_owned(),
        count => format!("{count} variants"),
    };
    format!("{} is fine: “{}”, {variants}\n", visible_line(&name), visible_line(&preset.about.title))
}

fn check_json(file: &Path, preset: &Preset) -> Value {
    json!({
        "file": file.display().to_string(),
        "title": preset.about.title,
        "variants": preset.variants.iter().map(|variant| &variant.name).collect::<Vec<_>>(),
    })
}
