//! The scenarios of a file as it writes them: labels, letters, the baseline, and inputs that differ from its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use wattfolio_economics::catalogue;
use wattfolio_economics::catalogue::DefaultSet;
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

use super::label::{Label, Letter, LineStyle};
use super::{Preset, Variant};
use crate::format;

/// What a file says of its own scenario. What is absent goes by its place.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LabelForm {
    name: String,
    note: String,
    letter: Option<Letter>,
    line: Option<LineStyle>,
}

/// A further scenario: some inputs with other values.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantForm {
    pub(super) name: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    letter: Option<Letter>,
    #[serde(default)]
    line: Option<LineStyle>,
    /// Values by input id, in the syntax of `--set`.
    set: BTreeMap<String, String>,
}

impl VariantForm {
    /// `is_named` says which inputs the file itself sets.
    pub(super) fn scenario(
        &self,
        base: &Scenario,
        defaults: &DefaultSet,
        is_named: impl Fn(&str) -> bool,
    ) -> Result<ValidScenario, Faults> {
        let mut scenario = base.clone();
        for (id, text) in &self.set {
            format::set_by_id(&mut scenario, id, text)?;
        }
        defaults.follow(&mut scenario, |id| is_named(id) || self.set.contains_key(id));
        scenario.try_into()
    }
}

/// The labels of a file in order, its own first. Scenarios without a letter get the one of their place, or the next that is
/// free.
///
/// # Errors
/// If two have the same letter.
pub(super) fn labels(own: LabelForm, variants: Vec<VariantForm>) -> Result<Vec<Label>, String> {
    let own = (own.name, own.note, own.letter, own.line);
    let others = variants.into_iter().map(|form| (form.name, form.note, form.letter, form.line));
    let forms: Vec<_> = [own].into_iter().chain(others).collect();
    let mut taken: Vec<Letter> = forms.iter().filter_map(|(_, _, letter, _)| *letter).collect();
    if let Some(twice) = twice(&taken) {
        return Err(format!("letter {twice} is given to two scenarios"));
    }
    let mut labels = Vec::new();
    for (place, (name, note, letter, line)) in forms.into_iter().enumerate() {
        let usual = Letter::at(place);
        let letter = letter.unwrap_or_else(|| {
            let letter = if taken.contains(&usual) { Letter::free(&taken) } else { usual };
            taken.push(letter);
            letter
        });
        labels.push(Label { letter, name, note, line: line.unwrap_or_else(|| LineStyle::of(letter)) });
    }
    Ok(labels)
}

/// A letter that occurs twice.
fn twice(letters: &[Letter]) -> Option<Letter> {
    let (_, twice) = letters.iter().enumerate().find(|(index, letter)| letters[..*index].contains(letter))?;
    Some(*twice)
}

/// The baseline of a file: the first scenario unless it names another.
///
/// # Errors
/// If it names a scenario that is not there.
pub(super) fn baseline(named: Option<Letter>, labels: &[Label]) -> Result<Letter, String> {
    let first = labels.first().map(|label| label.letter).unwrap_or_default();
    let letter = named.unwrap_or(first);
    if labels.iter().any(|label| label.letter == letter) {
        return Ok(letter);
    }
    let there: Vec<String> = labels.iter().map(|label| label.letter.to_string()).collect();
    Err(format!("baseline is {letter}; the scenarios of the file are {}", there.join(", ")))
}

/// Whether a file, some of whose scenarios cannot be read, has the baseline that it names.
pub(super) fn has_baseline(named: Option<Letter>, own: Option<&LabelForm>, variants: &[VariantForm]) -> bool {
    let Some(letter) = named else { return true };
    let letters = [own.and_then(|own| own.letter)].into_iter().chain(variants.iter().map(|one| one.letter));
    letters.enumerate().any(|(place, own)| own.unwrap_or(Letter::at(place)) == letter)
}

/// Whether a file with these scenarios needs the schema in which they have labels and a baseline.
pub(super) fn needs_labels(preset: &Preset) -> bool {
    let own = &preset.label;
    let is_plain = |(index, variant): (usize, &Variant)| variant.label().is_plain(index + 1);
    !(own.name.is_empty() && own.is_plain(0))
        || preset.baseline != own.letter
        || !preset.variants.iter().enumerate().all(is_plain)
}

/// Values by id in which a variant differs from a scenario.
pub fn variant_values(base: &Scenario, variant: &Scenario) -> BTreeMap<&'static str, String> {
    catalogue::assignments(base, variant).into_iter().collect()
}

/// Writes the label of a file's own scenario, the baseline and its further scenarios: what differs from the usual.
pub(super) fn write(text: &mut String, preset: &Preset) -> Result<(), ron::Error> {
    // Letters stand by their place: where one is another, all are written, so that each says its own.
    let variants = preset.variants.iter().enumerate().map(|(index, one)| (index + 1, one.letter));
    let has_letters =
        [(0, preset.label.letter)].into_iter().chain(variants).any(|(place, own)| own != Letter::at(place));
    let own = words(&preset.label, (has_letters, false))?;
    if !own.is_empty() {
        // Writing to a string cannot fail.
        writeln!(text, "    label: ({}),", own.join(", ")).ok();
    }
    if preset.baseline != preset.label.letter {
        writeln!(text, "    baseline: \"{}\",", preset.baseline).ok();
    }
    if preset.variants.is_empty() {
        return Ok(());
    }
    text.push_str("    variants: [\n");
    for variant in &preset.variants {
        write!(text, "        ({}, set: {{", words(&variant.label(), (has_letters, true))?.join(", ")).ok();
        for (id, value) in variant_values(&preset.scenario, &variant.scenario) {
            write!(text, "\n            \"{id}\": {},", ron::to_string(&value)?).ok();
        }
        let is_empty = text.ends_with('{');
        text.push_str(if is_empty { "}),\n" } else { "\n        }),\n" });
    }
    text.push_str("    ],\n");
    Ok(())
}

/// The fields of a label that are written.
fn words(label: &Label, (has_letter, has_name): (bool, bool)) -> Result<Vec<String>, ron::Error> {
    let Label { letter, name, note, line } = label;
    let mut fields = Vec::new();
    if has_name || !name.is_empty() {
        fields.push(format!("name: {}", ron::to_string(name)?));
    }
    if !note.is_empty() {
        fields.push(format!("note: {}", ron::to_string(note)?));
    }
    if has_letter {
        fields.push(format!("letter: \"{letter}\""));
    }
    if *line != LineStyle::of(*letter) {
        fields.push(format!("line: {}", line.id()));
    }
    Ok(fields)
}
