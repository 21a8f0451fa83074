//! Presets: the bundled ones, one with its story and file, and what a check of a file found.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::{FactorSource, NotSimulated};
use wattfolio_economics::scenario::ValidScenario;

use super::exported::{ExportError, Exported, Shape};
use super::inputs::scenario_json;
use super::json::{OUTPUT_SCHEMA, absent};
use crate::format::{grouped, visible_line};
use crate::market_data;
use crate::store::{Bundled, Preset, PresetView, Variant, bundled, to_text, variant_values};
use crate::words::verdict::Judged;

/// The bundled presets with their verdicts.
#[derive(Clone, Copy, Debug, Default)]
pub struct BundledPresets {
    /// What the verdicts go by; what each file says if nothing is given.
    pub criterion: Option<Criterion>,
    /// Basis of the flows; that of each file if nothing is given.
    pub basis: Option<Basis>,
    /// Source of the simulated markets; that of each file if nothing is given.
    pub factors: Option<FactorSource>,
}

impl Exported for BundledPresets {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Text, "For people"), (Shape::Value, "Names, titles, tags and verdicts")]
    }

    fn text(&mut self) -> Result<String, ExportError> {
        Ok(presets_text(*self))
    }

    fn value(&mut self) -> Result<Value, ExportError> {
        Ok(presets_json(*self))
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

/// The verdict on a bundled preset, and on what came of it.
struct Entry {
    view: PresetView,
    verdict: Result<Judged, NotSimulated>,
    what_came: Option<Result<Judged, NotSimulated>>,
    plan_of_then: Option<String>,
}

impl Entry {
    fn of(bundled: &Bundled, asked: BundledPresets) -> Self {
        let preset = &bundled.preset;
        let view = preset.view.asked(asked.basis, asked.criterion).drawn_from(asked.factors);
        let judge = |scenario: &ValidScenario| {
            let record = market_data::resampled(view.factors, scenario);
            Judged::new(scenario, view.basis, view.criterion, record.as_ref())
        };
        let what_came = preset.what_came().map(|variant| judge(&variant.scenario));
        let plan_of_then = market_data::plan_of_then(preset, view);
        Self { view, verdict: judge(&preset.scenario), what_came, plan_of_then }
    }

    fn paths(&self) -> Option<usize> {
        self.verdict.as_ref().ok()?.verdict.paths()
    }
}

/// The sentence; without threads or memory for the simulation that it needs, why there is none.
fn sentence(judged: &Result<Judged, NotSimulated>) -> String {
    judged.as_ref().map_or_else(ToString::to_string, |judged| judged.sentence.to_string())
}

fn presets_text(asked: BundledPresets) -> String {
    let mut text = String::new();
    let mut paths = None;
    for bundled in bundled() {
        let entry = Entry::of(bundled, asked);
        paths = paths.or_else(|| entry.paths());
        let (title, verdict) = (&bundled.preset.about.title, sentence(&entry.verdict));
        // Writing to a string cannot fail.
        writeln!(text, "{:<28} {title}\n{:28} {verdict}", bundled.name, "").ok();
        if let Some(came) = &entry.what_came {
            writeln!(text, "{:28} What came: {}", "", sentence(came)).ok();
        }
        if let Some(then) = &entry.plan_of_then {
            writeln!(text, "{:28} The plan of then: {then}", "").ok();
        }
    }
    if let Some(paths) = paths {
        let paths = grouped(paths as f64, 0);
        writeln!(text, "\nChances of loss are those of {paths} simulated paths of each.").ok();
    }
    text
}

fn presets_json(asked: BundledPresets) -> Value {
    let entry = |bundled: &Bundled| {
        let entry = Entry::of(bundled, asked);
        let what_came = entry.what_came.as_ref().map(sentence);
        json!({
            "name": bundled.name,
            "title": bundled.preset.about.title,
            "tags": bundled.preset.about.tags,
            "basis": entry.view.basis.id(),
            "criterion": entry.view.criterion.id(),
            "paths": entry.paths().map_or_else(|| absent("not simulated"), |paths| json!(paths)),
            "verdict": sentence(&entry.verdict),
            "plan_of_then": entry.plan_of_then.clone().map_or_else(|| absent("not told beside what came"), Value::from),
            "what_came": what_came.map_or_else(|| absent("no variant on the record"), |words| json!(words)),
        })
    };
    bundled().iter().map(entry).collect()
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
