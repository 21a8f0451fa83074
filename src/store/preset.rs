//! Presets: a scenario with its story, in RON.

use std::collections::BTreeMap;
use std::path::Path;

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::{Fault, Scenario};

use super::file::{FileError, Placed, read_text, write_atomically};
use super::locate;

/// The version of the file format that this program writes.
pub const SCHEMA: u32 = 1;

/// A scenario with its story, facts and sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Version of the file format.
    pub schema: u32,
    /// The name that people read.
    pub title: String,
    /// One paragraph.
    #[serde(default)]
    pub story: String,
    /// What is published.
    #[serde(default)]
    pub facts: Vec<String>,
    /// Where it is published.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What is assumed where nothing is published.
    #[serde(default)]
    pub assumptions: Vec<String>,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The inputs.
    #[serde(default)]
    pub scenario: Scenario,
    /// Variations that are shown beside it.
    #[serde(default)]
    pub variants: Vec<Variant>,
}

/// A variation of a preset: a few inputs set to other values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The name that people read.
    pub name: String,
    /// Values by input id, as RON text.
    pub set: BTreeMap<String, String>,
}

impl Preset {
    /// A preset of a scenario alone.
    pub fn new(title: String, scenario: Scenario) -> Self {
        Self {
            schema: SCHEMA,
            title,
            story: String::new(),
            facts: Vec::new(),
            sources: Vec::new(),
            assumptions: Vec::new(),
            tags: Vec::new(),
            scenario,
            variants: Vec::new(),
        }
    }

    /// The scenario with the values of a variant.
    ///
    /// # Errors
    /// If an id is unknown or a value is not allowed.
    pub fn variant(&self, variant: &Variant) -> Result<Scenario, Fault> {
        let mut scenario = self.scenario.clone();
        for (id, text) in &variant.set {
            let input = catalogue::find(id).ok_or_else(|| Fault {
                id: id.clone(),
                value: text.clone(),
                allowed: "the id of an input".to_owned(),
            })?;
            input.write(&mut scenario, text)?;
        }
        Ok(scenario)
    }
}

/// Only what says whether the rest can be understood.
#[derive(Deserialize)]
struct Version {
    schema: u32,
}

fn options() -> ron::Options {
    // A file may write 6.25 where the data has Some(6.25); nesting is limited against hostile files.
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(32)
}

/// Reads a preset from text. `name` is what messages call the file.
///
/// # Errors
/// With line, column and field: if the text is no RON, has unknown or missing fields, comes from a newer
/// version, or holds values that are not allowed.
pub fn parse(text: &str, name: &str) -> Result<Preset, FileError> {
    let content = |at: String, what: String| FileError::Content { path: name.to_owned(), at, what };
    // Unknown fields of a newer version would otherwise hide the better message.
    if let Ok(Version { schema }) = options().from_str::<Version>(text)
        && schema > SCHEMA
    {
        let what = format!(
            "written by a newer version of wattfolio (schema {schema}, this one reads up to {SCHEMA}); update wattfolio to open it"
        );
        return Err(content(String::new(), what));
    }
    let preset = deserialize(text).map_err(|(at, what)| content(at, what))?;
    if preset.schema != SCHEMA {
        let at = locate::line_of(text, &["schema"]).map(|line| format!(":{line}")).unwrap_or_default();
        return Err(content(at, format!("schema {} is none that was ever written", preset.schema)));
    }
    preset.scenario.clone().validate().map_err(|faults| {
        let at = faults.0.first().and_then(|fault| line_of(text, &fault.id));
        let at = at.map(|line| format!(":{line}")).unwrap_or_default();
        content(at, faults.to_string())
    })?;
    for variant in &preset.variants {
        let scenario = preset
            .variant(variant)
            .map_err(|fault| content(String::new(), format!("variant “{}”: {fault}", variant.name)))?;
        scenario
            .validate()
            .map_err(|faults| content(String::new(), format!("variant “{}”: {faults}", variant.name)))?;
    }
    Ok(preset)
}

/// Reads RON; a fault comes with `:line:column` and the path of the field.
fn deserialize(text: &str) -> Result<Preset, (String, String)> {
    let spanned = |fault: &ron::error::SpannedError, field: &str| {
        let start = fault.span.start;
        let place = if field.is_empty() || field == "." { String::new() } else { format!("{field}: ") };
        (format!(":{}:{}", start.line, start.col), format!("{place}{}", fault.code))
    };
    let options = options();
    let mut deserializer =
        ron::Deserializer::from_str_with_options(text, &options).map_err(|fault| spanned(&fault, ""))?;
    let preset = serde_path_to_error::deserialize(&mut deserializer).map_err(|fault| {
        let field = fault.path().to_string();
        spanned(&deserializer.span_error(fault.into_inner()), &field)
    })?;
    deserializer.end().map_err(|code| spanned(&deserializer.span_error(code), ""))?;
    Ok(preset)
}

/// The line on which an input's field stands, or the nearest one around it.
fn line_of(text: &str, id: &str) -> Option<usize> {
    let path: Vec<&str> = ["scenario"].into_iter().chain(id.split('.')).collect();
    locate::line_of(text, &path)
}

/// Reads a preset from a file.
///
/// # Errors
/// See [`parse`] and [`read_text`].
pub fn load(path: &Path) -> Result<Preset, FileError> {
    parse(&read_text(path)?, &path.display().to_string())
}

/// A preset as RON text that people can read and edit.
///
/// # Errors
/// If a value cannot be written, which validated scenarios rule out.
pub fn to_text(preset: &Preset) -> Result<String, ron::Error> {
    let pretty = ron::ser::PrettyConfig::new().indentor("    ".to_owned()).compact_arrays(false);
    let mut text = String::from("// A preset of wattfolio: `wattfolio compare FILE` evaluates it.\n");
    text.push_str(&locate::with_plain_none(&ron::ser::to_string_pretty(preset, pretty)?));
    text.push('\n');
    Ok(text)
}

/// Writes a preset to a file, atomically.
///
/// # Errors
/// If the scenario has values that are not allowed, or the file cannot be written.
pub fn save(preset: &Preset, path: &Path) -> Result<Placed, FileError> {
    let content = |what: String| FileError::content(path, format!("not saved: {what}"));
    preset.scenario.clone().validate().map_err(|faults| content(faults.to_string()))?;
    let text = to_text(preset).map_err(|fault| content(fault.to_string()))?;
    write_atomically(path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn save_and_load_is_the_identity() {
        let mut preset = Preset::new("Test".to_owned(), Scenario::default());
        preset.scenario.bitcoin.block_subsidy_btc = Some(6.25);
        preset.scenario.bitcoin.price_usd.points = vec![(12.0, 90_000.1), (24.5, 1.0 / 3.0 * 1e5)];
        preset.variants.push(Variant {
            name: "Keep".to_owned(),
            set: BTreeMap::from([("mining.treasury".to_owned(), "Hold(share:1.0)".to_owned())]),
        });
        let text = to_text(&preset).unwrap();
        assert_eq!(parse(&text, "test").unwrap(), preset);
    }

    #[test]
    fn faults_name_line_and_field() {
        let wrong_type =
            "(\n schema: 1,\n title: \"x\",\n scenario: (\n  mining: (\n   pue: \"one\",\n  ),\n ),\n)";
        let fault = parse(wrong_type, "x.ron").unwrap_err().to_string();
        assert!(fault.starts_with("x.ron:6:") && fault.contains("scenario.mining.pue"), "{fault}");
        let unknown = "(schema: 1, title: \"x\",\nscenario: (minning: ()))";
        let fault = parse(unknown, "x.ron").unwrap_err().to_string();
        assert!(fault.starts_with("x.ron:2:") && fault.contains("minning"), "{fault}");
        let out_of_range = "(schema: 1, title: \"x\", scenario: (\n\n mining: (pue: 9.0)))";
        let fault = parse(out_of_range, "x.ron").unwrap_err().to_string();
        assert!(fault.starts_with("x.ron:3:") && fault.contains("mining.pue is 9; allowed: 1…3"), "{fault}");
        let newer = "(schema: 99, title: \"x\", something_new: 4)";
        assert!(parse(newer, "x.ron").unwrap_err().to_string().contains("newer version"));
        let trailing = "(schema: 1, title: \"x\") and more";
        assert!(parse(trailing, "x.ron").is_err());
        let variant = "(schema: 1, title: \"x\", variants: [(name: \"v\", set: {\"mining.pu\": \"1\"})])";
        assert!(parse(variant, "x.ron").unwrap_err().to_string().contains("mining.pu"));
    }

    #[test]
    fn hostile_files_are_refused() {
        for text in ["", "(", "NaN", "(schema: 1)", &"(".repeat(100_000), &"[".repeat(5000), "\u{0}"] {
            assert!(parse(text, "x").is_err());
        }
        let nan = "(schema: 1, title: \"x\", scenario: (mining: (pue: NaN)))";
        assert!(parse(nan, "x").is_err());
        let infinite = "(schema: 1, title: \"x\", scenario: (power: (price_usd_per_kwh: (value: inf))))";
        assert!(parse(infinite, "x").is_err());
    }

    #[test]
    fn a_plain_number_is_enough_for_an_optional_one() {
        let text = "(schema: 1, title: \"x\", scenario: (bitcoin: (block_subsidy_btc: 6.25)))";
        assert_eq!(parse(text, "x").unwrap().scenario.bitcoin.block_subsidy_btc, Some(6.25));
    }
}
