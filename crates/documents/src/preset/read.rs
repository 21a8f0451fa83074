//! Parser of presets; every fault names line and field.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ron::extensions::Extensions;
use serde::Deserialize;
use wattfolio_economics::catalogue;
use wattfolio_economics::catalogue::DefaultSet;
use wattfolio_economics::input::{Input, hint};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use super::older::Older;
use super::set::{self, LabelForm, VariantForm};
use super::{About, Letter, Preset, PresetView, SCHEMA, Taken, Variant, locate};
use crate::file::{FileError, read_regular_text, read_text};

/// Largest number of unknown fields in a file of a newer version; with more it is unreadable.
const MOST_UNKNOWN: usize = 500;

/// Largest number of values from the market; the program takes over a handful.
const MOST_TAKEN: usize = 200;

/// An opened preset and its file.
#[derive(Debug)]
pub struct Opened {
    /// Its content.
    pub preset: Preset,
    /// The file.
    pub source: Source,
}

/// A file at its last read or write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// Number of comments that saving would drop.
    pub comments: usize,
    /// Unsupported parts, if a newer version wrote it.
    pub newer: Option<Newer>,
    /// Its version, if an earlier one wrote it.
    pub older: Option<Older>,
}

/// Schema and unknown fields of a file that a newer version wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    /// Its schema.
    pub schema: u32,
    /// The fields that were left out.
    pub unknown: Vec<String>,
}

impl Source {
    /// A file just written by this version.
    pub fn written(path: PathBuf, text: Arc<str>) -> Self {
        Self { path, text, comments: 0, newer: None, older: None }
    }

    /// A file just read.
    pub fn read(path: PathBuf, text: Arc<str>) -> Self {
        let comments = locate::comments(&text);
        let older = older_of(&text);
        Self { path, text, comments, newer: None, older }
    }
}

/// The fields of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: u32,
    /// Name of the set of defaults for absent inputs.
    #[serde(default)]
    defaults: Option<String>,
    title: String,
    #[serde(default)]
    story: String,
    #[serde(default)]
    based_on: String,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    facts: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    assumptions: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    taken: Vec<Taken>,
    #[serde(default)]
    view: PresetView,
    #[serde(default)]
    scenario: Scenario,
    #[serde(default)]
    label: Option<LabelForm>,
    #[serde(default)]
    baseline: Option<Letter>,
    #[serde(default)]
    variants: Vec<VariantForm>,
}

impl Form {
    fn into_preset(self, scenario: ValidScenario, variants: Vec<ValidScenario>) -> Result<Preset, String> {
        let Self { title, story, based_on, notes, facts, sources, assumptions, tags, taken, view, .. } = self;
        let about = About { title, story, based_on, notes, facts, sources, assumptions, tags, taken };
        let own = self.label.unwrap_or_default();
        let labels = set::labels(own, self.variants)?;
        let baseline = set::baseline(self.baseline, &labels)?;
        let mut labels = labels.into_iter();
        let label = labels.next().unwrap_or_default();
        let variants = labels.zip(variants).map(|(label, scenario)| Variant::new(label, scenario)).collect();
        Ok(Preset { about, view, scenario, label, place: 0, baseline, variants })
    }
}

/// The schema, which decides how the rest is parsed, and the set of defaults.
#[derive(Deserialize)]
struct Version {
    schema: u32,
    #[serde(default)]
    defaults: Option<String>,
}

fn options() -> ron::Options {
    // Implicit `Some`, so that a file may write 6.25 for Some(6.25); the nesting limit protects against
    // hostile files.
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(32)
}

/// The version of a text that an earlier version wrote.
fn older_of(text: &str) -> Option<Older> {
    let version: Version =
        options().from_str(text).ok().filter(|version: &Version| version.schema <= SCHEMA)?;
    let set = version.defaults.as_deref().map_or(Some(DefaultSet::UNNAMED), DefaultSet::find)?;
    Older::of(version.schema, &set)
}

/// The schema of a text that a newer version wrote.
fn newer_schema(text: &str) -> Option<u32> {
    let Version { schema, .. } = options().from_str::<Version>(text).ok()?;
    (schema > SCHEMA).then_some(schema)
}

/// Parses a preset. `name` is the name of the file in messages.
///
/// # Errors
/// With line, column and field: if the text is invalid RON, has unknown or missing fields, comes from a newer
/// version, or contains values that are not allowed.
pub fn parse(text: &str, name: &str) -> Result<Preset, FileError> {
    let content = |at: String, what: String| FileError::Content { path: name.to_owned(), at, what };
    // Checked first: otherwise the message would be about an unknown field.
    if let Some(schema) = newer_schema(text) {
        let what = format!(
            "written by a newer version of wattfolio (schema {schema}, this one reads up to {SCHEMA}); update wattfolio to open it"
        );
        return Err(content(String::new(), what));
    }
    let at_line =
        |path: &[&str]| locate::line_of(text, path).map(|line| format!(":{line}")).unwrap_or_default();
    let mut form = deserialize(text).map_err(|fault| content(fault.at, fault.what))?;
    if form.schema == 0 {
        let what = format!("schema {} is none that was ever written", form.schema);
        return Err(content(at_line(&["schema"]), what));
    }
    if form.taken.len() > MOST_TAKEN {
        let what = format!("taken: {} values from the market; at most {MOST_TAKEN}", form.taken.len());
        return Err(content(at_line(&["taken"]), what));
    }
    let defaults = default_set(&form).map_err(|what| content(at_line(&["defaults"]), what))?;
    let is_named = |id: &str| locate::has_field(text, &path_of(id));
    defaults.apply(&mut form.scenario, is_named);
    let scenario = form.scenario.validate().map_err(|faults| {
        let at = faults.0.first().map(|fault| at_line(&path_of(&fault.id))).unwrap_or_default();
        content(at, faults.to_string())
    })?;
    let mut variants = Vec::new();
    for form_of_variant in &form.variants {
        let name = &form_of_variant.name;
        let scenario = form_of_variant
            .scenario(&scenario, &defaults, is_named)
            .map_err(|faults| content(String::new(), format!("variant “{name}”: {faults}")))?;
        variants.push(scenario);
    }
    form.into_preset(scenario, variants).map_err(|what| content(String::new(), what))
}

/// The set of defaults of a file.
fn default_set(form: &Form) -> Result<DefaultSet, String> {
    let Some(id) = &form.defaults else { return Ok(DefaultSet::UNNAMED) };
    DefaultSet::find(id).ok_or_else(|| {
        format!("defaults “{id}” are not known to this version of wattfolio; update wattfolio to open it")
    })
}

/// The path of the field of an input.
fn path_of(id: &str) -> Vec<&str> {
    ["scenario"].into_iter().chain(id.split('.')).collect()
}

/// A syntax or type error of the text.
struct TextFault {
    /// `:line:column`.
    at: String,
    /// The path of the field, and its fault.
    what: String,
    /// The path of the field, as names.
    path: Vec<String>,
}

/// Parses the RON text.
fn deserialize(text: &str) -> Result<Form, TextFault> {
    let spanned = |fault: &ron::error::SpannedError, field: &str| {
        let start = fault.span.start;
        let at = hint::place(text, fault);
        // The path has no name for a value with a syntax error.
        let named = if field.contains('?') { locate::field_at(text, at) } else { field.to_owned() };
        let is_named = !named.is_empty() && named != ".";
        let place = if is_named { format!("{named}: ") } else { String::new() };
        let mut path: Vec<String> = field.split(['.', '[', ']']).map(str::to_owned).collect();
        if let ron::Error::NoSuchStructField { found, .. } = &fault.code {
            path.push(found.clone());
        }
        // Enum variants and list indices are no fields of the text.
        path.retain(|name| name.starts_with(|c: char| c.is_lowercase()));
        TextFault {
            at: format!(":{}:{}", start.line, start.col),
            what: match hint::words(text, fault) {
                Some(hint) => format!("{place}{hint}"),
                None => format!("{place}{}", fault.code),
            },
            path,
        }
    };
    let options = options();
    let mut deserializer =
        ron::Deserializer::from_str_with_options(text, &options).map_err(|fault| spanned(&fault, ""))?;
    let form =
        form(&mut deserializer).map_err(|(field, fault)| spanned(&deserializer.span_error(fault), &field))?;
    deserializer.end().map_err(|code| spanned(&deserializer.span_error(code), ""))?;
    Ok(form)
}

/// The form, or its fault with the path of the field.
#[cfg(feature = "field-paths")]
fn form(deserializer: &mut ron::Deserializer<'_>) -> Result<Form, (String, ron::Error)> {
    serde_path_to_error::deserialize(deserializer)
        .map_err(|fault| (fault.path().to_string(), fault.into_inner()))
}

/// The form, or its fault; the place in the text tells the field.
#[cfg(not(feature = "field-paths"))]
fn form(deserializer: &mut ron::Deserializer<'_>) -> Result<Form, (String, ron::Error)> {
    Form::deserialize(deserializer).map_err(|fault| ("?".to_owned(), fault))
}

/// Parses the known fields of a newer version's text, and lists the unknown ones.
fn parse_newer(text: &str, name: &str) -> Result<(Preset, Vec<String>), FileError> {
    let unreadable = |fault: TextFault| FileError::Content {
        path: name.to_owned(),
        at: fault.at,
        what: format!(
            "written by a newer version of wattfolio; update wattfolio to open it ({})",
            fault.what
        ),
    };
    let (mut text, mut unknown) = (text.to_owned(), Vec::new());
    let mut form = loop {
        let fault = match deserialize(&text) {
            Ok(form) => break form,
            Err(fault) => fault,
        };
        let path: Vec<&str> = fault.path.iter().map(String::as_str).collect();
        match locate::without_field(&text, &path) {
            Some((shorter, field)) if unknown.len() < MOST_UNKNOWN => {
                text = shorter;
                unknown.push(field);
            }
            _ => return Err(unreadable(fault)),
        }
    };
    let (scenario, reset) = with_defaults_for_faults(std::mem::take(&mut form.scenario));
    unknown.extend(reset);
    let mut variants = Vec::new();
    form.variants.retain(|variant| {
        let read = variant.scenario(&scenario, &DefaultSet::CURRENT, |_| true);
        let is_read = read.is_ok();
        if !is_read {
            unknown.push(format!("variant “{}”", variant.name));
        }
        variants.extend(read);
        is_read
    });
    // A scenario that was left out may have been the baseline.
    if !set::has_baseline(form.baseline, form.label.as_ref(), &form.variants) {
        form.baseline = None;
        unknown.push("baseline".to_owned());
    }
    let at = String::new();
    let preset = form.into_preset(scenario, variants).map_err(|what| FileError::Content {
        path: name.to_owned(),
        at,
        what,
    })?;
    Ok((preset, unknown))
}

/// Gives values that are not allowed their defaults; also returns the ids of what was reset.
fn with_defaults_for_faults(mut scenario: Scenario) -> (ValidScenario, Vec<String>) {
    let defaults = Scenario::default();
    let mut reset: Vec<String> = Vec::new();
    // Several rounds: rules between values are checked only when every value is within its range.
    loop {
        let faults = match scenario.validate() {
            Ok(valid) => return (valid, reset),
            Err(faults) => faults,
        };
        for fault in faults.0 {
            let mut id = fault.id;
            // The defaults may lack a value, as that of an option: then what it is part of is reset as well.
            while reset.contains(&id) {
                match id.rsplit_once('.') {
                    Some((whole, _)) => id.truncate(whole.len()),
                    None => return (ValidScenario::default(), vec!["scenario".to_owned()]),
                }
            }
            let one = catalogue::find(&id);
            // A rule between values names what they are part of, as `mix`.
            let is_part =
                |input: &&Input| input.id.strip_prefix(&id).is_some_and(|rest| rest.starts_with('.'));
            let parts = catalogue::inputs().iter().filter(|input| one.is_none() && is_part(input));
            for input in one.into_iter().chain(parts) {
                input.copy(&defaults, &mut scenario);
            }
            reset.push(id);
        }
    }
}

/// Reads a preset from a file or a pipe for a calculation; a file of a newer version is refused.
///
/// # Errors
/// See [`parse`] and [`read_text`].
pub fn load(path: &Path) -> Result<Opened, FileError> {
    let text = read_text(path)?;
    let preset = parse(&text, &path.display().to_string())?;
    Ok(Opened { preset, source: Source::read(path.to_owned(), text.into()) })
}

/// Opens a file for editing; one of a newer version is read as far as possible.
///
/// # Errors
/// See [`parse`] and [`read_regular_text`].
pub fn open(path: &Path) -> Result<Opened, FileError> {
    let text = read_regular_text(path)?;
    let name = path.display().to_string();
    let mut source = Source::read(path.to_owned(), text.as_str().into());
    let preset = match newer_schema(&text) {
        None => parse(&text, &name)?,
        Some(schema) => {
            let (preset, unknown) = parse_newer(&text, &name)?;
            source.newer = Some(Newer { schema, unknown });
            preset
        }
    };
    Ok(Opened { preset, source })
}

/// The path of an existing file, with an ending added if needed, because saving adds it as well.
pub fn existing(path: &Path) -> PathBuf {
    let candidates =
        [path.to_owned(), super::write::document_path(path), super::write::with_ending(path, "ron")];
    candidates.into_iter().find(|path| path.exists()).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests;
