//! The scenario of a command: a bundled preset or a file, with values set on top.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::{Faults, Scenario, ValidScenario};

use super::{Failure, output};
use crate::format;
use crate::report::reader;
use crate::state::{Document, Entry};
use crate::store::{self, FileError, Letter, Listed, Opened, Preset};

/// Arguments that choose a scenario.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// A bundled preset (`wattfolio presets`), a preset file or a report as PDF; `today` if nothing is given.
    #[arg(value_name = "PRESET|FILE")]
    preset: Option<OsString>,
    /// Set an input by its id (`wattfolio inputs`): a number, `35%`, `1.2M`, `$45/MWh`, or RON.
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
    /// Move a number as its slider does, and as solve, map, tornado and sweep do: the points of a path move with its first value,
    /// in proportion. After --set.
    #[arg(long = "move", value_name = "ID=VALUE")]
    moved: Vec<String>,
}

impl Source {
    /// The preset and its file, and the scenario with the values set on top.
    pub(super) fn load(&self) -> Result<(Preset, Option<store::Source>, ValidScenario), Failure> {
        let source = self.preset.as_deref();
        let (preset, file) = if split_letter(source).1.is_some() {
            let ChosenScenario { mut preset, name, scenario } = load_chosen(source)?;
            preset.about.title = format!("{}: {name}", preset.about.title);
            preset.scenario = scenario;
            (preset, None)
        } else {
            load(source)?
        };
        let scenario = self.changed(&preset.scenario)?;
        Ok((preset, file, scenario))
    }

    /// The scenario that its letter chooses, with the values set on top.
    pub(super) fn load_chosen(&self) -> Result<ChosenScenario, Failure> {
        let chosen = load_chosen(self.preset.as_deref())?;
        let scenario = self.changed(&chosen.scenario)?;
        Ok(ChosenScenario { scenario, ..chosen })
    }

    /// A scenario with the values set on top, and then those that are moved.
    fn changed(&self, scenario: &ValidScenario) -> Result<ValidScenario, Failure> {
        let mut scenario = with_set(scenario, &self.set)?;
        for assignment in &self.moved {
            scenario = moved(&scenario, assignment)?;
        }
        Ok(scenario)
    }
}

/// One scenario of a preset or file.
pub(super) struct ChosenScenario {
    /// The preset.
    pub preset: Preset,
    /// Name of the scenario; that of the preset where it has none.
    pub name: String,
    /// The scenario.
    pub scenario: ValidScenario,
}

/// A scenario of a preset or file: the one that it opens with, or the one with the letter behind `#`.
pub(super) fn load_chosen(source: Option<&OsStr>) -> Result<ChosenScenario, Failure> {
    let (source, letter) = split_letter(source);
    let preset = load(source)?.0;
    let entries = Document::new(preset.clone(), None).entries();
    let chosen =
        entries.iter().find(|entry| letter.map_or(entry.is_current(), |letter| entry.label.letter == letter));
    let Some(Entry { label, scenario, .. }) = chosen else {
        let known: Vec<String> = entries
            .iter()
            .map(|entry| format!("{} {}", entry.label.letter, format::visible_line(&entry.label.name)))
            .collect();
        let letter = letter.unwrap_or_default();
        return Err(Failure::new(format!("there is no scenario {letter}; there are {}", known.join(", "))));
    };
    let scenario =
        scenario.as_ref().map_or_else(|| preset.scenario.clone(), |other| ValidScenario::clone(other));
    Ok(ChosenScenario { name: label.name.clone(), scenario, preset })
}

/// A source and the letter behind it, unless a file has the whole as its name.
fn split_letter(source: Option<&OsStr>) -> (Option<&OsStr>, Option<Letter>) {
    let parts = source.and_then(OsStr::to_str).and_then(|text| text.rsplit_once('#'));
    match parts.map(|(name, letter)| (name, letter.parse())) {
        Some((name, Ok(letter))) if !source.is_some_and(|whole| Path::new(whole).exists()) => {
            (Some(OsStr::new(name)), Some(letter))
        }
        _ => (source, None),
    }
}

/// A scenario with values set on top, each `ID=VALUE`.
pub(super) fn with_set(scenario: &ValidScenario, values: &[String]) -> Result<ValidScenario, Failure> {
    let mut scenario = Scenario::clone(scenario);
    for assignment in values {
        set(&mut scenario, assignment)?;
    }
    scenario.try_into().map_err(|faults: Faults| Failure::new(faults))
}

/// A scenario with a number moved, `ID=VALUE`.
fn moved(scenario: &ValidScenario, assignment: &str) -> Result<ValidScenario, Failure> {
    let fault = |why: String| Failure::new(format!("--move {assignment}: {why}"));
    let (input, text) = assigned("--move", assignment)?;
    if !matches!(input.kind, Kind::Number(_)) {
        return Err(fault("it is no number; --set takes it".to_owned()));
    }
    let value = format::read_stored(text.trim(), input.unit).map_err(|why| fault(why.to_string()))?;
    scenario.with(input, value).map_err(Failure::new)
}

/// A bundled preset by name, else a file, for a calculation; what an older file cannot keep is said.
pub(super) fn load(source: Option<&OsStr>) -> Result<(Preset, Option<store::Source>), Failure> {
    let (preset, file) = find(source, store::load)?;
    file.iter().for_each(say_older);
    Ok((preset, file))
}

/// The scenarios of several sources.
pub(super) struct Scenarios {
    /// The first source as it stands, without values set on top.
    pub own: Preset,
    /// Every scenario; the current one is that of the first source, with the values set on top.
    pub listed: Vec<Listed>,
}

/// The scenarios of presets and files side by side, as a window that opens them into one has them.
pub(super) fn scenarios(sources: &[OsString], values: &[String]) -> Result<Scenarios, Failure> {
    let (first, rest) = match sources.split_first() {
        Some((first, rest)) => (Some(first.as_os_str()), rest),
        None => (None, sources),
    };
    let own = load(first)?.0;
    let current = Arc::new(with_set(&own.scenario, values)?);
    let mut document = Document::new(own.clone(), None);
    for source in rest {
        let other = load(Some(source.as_os_str()))?.0;
        document.add(&other).map_err(|reason| Failure::new(reason.words()))?;
    }
    let listed = |Entry { label, scenario, is_baseline }: Entry| Listed {
        is_current: scenario.is_none(),
        scenario: scenario.unwrap_or_else(|| Arc::clone(&current)),
        label,
        is_baseline,
    };
    Ok(Scenarios { listed: document.entries().into_iter().map(listed).collect(), own })
}

/// A line on standard error about a file of an earlier version.
pub(super) fn say_older(file: &store::Source) {
    let Some(older) = file.older else { return };
    let changed: Vec<&str> = older.changed().collect();
    output::say(&format!(
        "wattfolio: {} is from an earlier version ({}); its inputs keep their values, other than then: {}",
        file.path.display(),
        older.words(),
        changed.join("; ")
    ));
}

/// A bundled preset by name, else a file, read by `read`.
pub(super) fn find(
    source: Option<&OsStr>,
    read: fn(&Path) -> Result<Opened, FileError>,
) -> Result<(Preset, Option<store::Source>), Failure> {
    let Some(source) = source else { return Ok((store::bundled()[0].preset.clone(), None)) };
    if let Some(bundled) = source.to_str().and_then(store::find_bundled) {
        return Ok((bundled.preset.clone(), None));
    }
    let path = store::existing(Path::new(source));
    if !path.exists() {
        let names: Vec<&str> = store::bundled().iter().map(|bundled| bundled.name).collect();
        let known = names.join(", ");
        return Err(Failure::new(format!(
            "{}: no such file, and no bundled preset of that name; there are {known}",
            path.display()
        )));
    }
    if reader::is_report_name(&path) {
        // The report is not the file of the scenario: saving must not replace it.
        let inside = reader::load(&path).map_err(Failure::new)?;
        return Ok((inside.preset, None));
    }
    let opened = read(&path).map_err(Failure::new)?;
    Ok((opened.preset, Some(opened.source)))
}

/// Applies `id=value`.
fn set(scenario: &mut Scenario, assignment: &str) -> Result<(), Failure> {
    let (input, text) = assigned("--set", assignment)?;
    format::set_input(scenario, input, text).map_err(Failure::new)
}

/// The input and the text of an assignment, `ID=VALUE`.
fn assigned<'a>(option: &str, assignment: &'a str) -> Result<(&'static Input, &'a str), Failure> {
    let (id, text) = assignment.split_once('=').ok_or_else(|| {
        Failure::new(format!(
            "{option} {assignment}: write it as ID=VALUE, for example {option} bitcoin.price_usd=100000"
        ))
    })?;
    let id = id.trim();
    Ok((catalogue::find(id).ok_or_else(|| unknown(id))?, text))
}

/// Failure for an id that no input has, with some that are near it.
pub(super) fn unknown(id: &str) -> Failure {
    let near: Vec<&str> = catalogue::inputs()
        .iter()
        .map(|input| input.id)
        .filter(|known| known.split('.').any(|part| part.len() > 3 && id.contains(part)))
        .take(4)
        .collect();
    let hint =
        if near.is_empty() { String::new() } else { format!("; did you mean one of {}", near.join(", ")) };
    Failure::new(format!("no input has the id {id}{hint}; `wattfolio inputs` lists them all"))
}
