//! Which scenario a command works on: a bundled preset or a file, and values set on top.

use std::path::Path;

use clap::{Args, ValueEnum};
use wattfolio_economics::business::Basis;
use wattfolio_economics::catalogue::{self, Input, Kind};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::Failure;
use crate::format;
use crate::store::{self, Preset};

/// Arguments that choose a scenario.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// A bundled preset (`wattfolio presets`) or a preset file; `today` if nothing is given.
    #[arg(value_name = "PRESET|FILE")]
    source: Option<String>,
    /// Set an input by its id (`wattfolio inputs`): a number, `35%`, `1.2M`, `$45/MWh`, or RON.
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
}

/// Whose flows are counted.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum BasisArg {
    /// The project before tax, as if without debt.
    BeforeTax,
    /// The project after its own tax, as if without debt.
    AfterTax,
    /// The owner after tax, with the loan drawn and repaid.
    Equity,
}

impl BasisArg {
    pub(super) const fn basis(self) -> Basis {
        match self {
            Self::BeforeTax => Basis::ProjectBeforeTax,
            Self::AfterTax => Basis::ProjectAfterTax,
            Self::Equity => Basis::EquityAfterTax,
        }
    }
}

impl Source {
    /// The preset and its file, and the scenario with the values set on top.
    pub(super) fn load(&self) -> Result<(Preset, Option<store::Source>, Scenario), Failure> {
        let (preset, file) = load(self.source.as_deref())?;
        let mut scenario = preset.scenario.clone();
        for assignment in &self.set {
            set(&mut scenario, assignment)?;
        }
        Ok((preset, file, scenario))
    }

    /// The title of the preset and the validated scenario.
    pub(super) fn evaluated(&self) -> Result<(String, ValidScenario), Failure> {
        let (preset, _, scenario) = self.load()?;
        let valid = scenario.validate().map_err(Failure::new)?;
        Ok((preset.about.title, valid))
    }
}

/// A bundled preset by name, else a file.
pub(super) fn load(source: Option<&str>) -> Result<(Preset, Option<store::Source>), Failure> {
    let Some(source) = source else { return Ok((store::bundled()[0].preset.clone(), None)) };
    if let Some(bundled) = store::find_bundled(source) {
        return Ok((bundled.preset.clone(), None));
    }
    let path = store::existing(Path::new(source));
    if !path.exists() {
        let names: Vec<&str> = store::bundled().iter().map(|bundled| bundled.name).collect();
        let known = names.join(", ");
        return Err(Failure(format!(
            "{source}: no such file, and no bundled preset of that name; there are {known}"
        )));
    }
    let opened = store::load(&path).map_err(Failure::new)?;
    Ok((opened.preset, Some(opened.source)))
}

/// Applies `id=value`.
fn set(scenario: &mut Scenario, assignment: &str) -> Result<(), Failure> {
    let (id, text) = assignment.split_once('=').ok_or_else(|| {
        Failure(format!(
            "--set {assignment}: write it as ID=VALUE, for example --set bitcoin.price_usd=100000"
        ))
    })?;
    let id = id.trim();
    let input = catalogue::find(id).ok_or_else(|| unknown(id))?;
    // What the formatter prints is a number with a unit; everything else is RON.
    let shown =
        matches!(input.kind, Kind::Number(_)).then(|| format::parse_stored(text, input.unit)).flatten();
    match shown {
        Some(value) => input.write(scenario, &value.to_string()),
        None => input.write(scenario, text),
    }
    .map_err(|fault| Failure::new(told(input, &fault, text)))
}

/// The fault with the text that the user gave.
fn told(input: &Input, fault: &wattfolio_economics::scenario::Fault, text: &str) -> String {
    format!("{} is {}; allowed: {}", input.id, text.trim(), fault.allowed)
}

fn unknown(id: &str) -> Failure {
    let near: Vec<&str> = catalogue::inputs()
        .iter()
        .map(|input| input.id)
        .filter(|known| known.split('.').any(|part| part.len() > 3 && id.contains(part)))
        .take(4)
        .collect();
    let hint =
        if near.is_empty() { String::new() } else { format!("; did you mean one of {}", near.join(", ")) };
    Failure(format!("no input has the id {id}{hint}; `wattfolio inputs` lists them all"))
}
