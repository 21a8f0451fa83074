//! The last answers, on disk: a file for each source, whole or not there, with the time of observation inside.
//!
//! The time of the file counts for nothing, and no failure touches what was observed: old values never look new.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::observed::{Observed, Reading, not_ahead, plausible};
use super::region::Region;
use super::source::Source;
use super::what::What;
use crate::format::visible_line;
use crate::store::{FileError, read_regular_text, write_regular};

/// Version of the files. One of another version is left out.
const SCHEMA: u32 = 1;

/// The last answers of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The source.
    pub source: &'static Source,
    /// The host that was asked.
    pub host: String,
    /// When it was last asked.
    pub tried_at: DateTime<Utc>,
    /// When it may be asked again.
    pub not_before: DateTime<Utc>,
    /// How far the clock of the source is ahead of this computer's, seconds, if they differ by minutes.
    pub clock_ahead_s: Option<i64>,
    /// An entry for each request.
    pub parts: Vec<PartAnswer>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What came of one request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartAnswer {
    /// The name of the request.
    pub part: String,
    /// The last answer that can be used, and when it was fetched.
    pub good: Option<(Observed, DateTime<Utc>)>,
    /// Why the last request gave none, if it did not.
    pub fault: Option<String>,
    /// An answer that jumped: the next one decides whether it is believed.
    pub held: Option<Observed>,
}

/// Share within which an answer confirms the one before it that was held back.
const CONFIRMS: f64 = 0.10;
/// Time within which a jump is doubted.
const DOUBTED_WITHIN: TimeDelta = TimeDelta::hours(24);
/// Most blocks that a chain loses to a longer one.
const MOST_BLOCKS_LOST: f64 = 10.0;

/// Why an answer is not believed yet, beside the one before it.
fn doubt(new: &Observed, before: &Observed) -> Option<String> {
    new.readings.iter().find_map(|reading| {
        let old = before.value(reading.what)?;
        let label = reading.what.label().to_lowercase();
        if reading.what == What::Height && reading.value < old - MOST_BLOCKS_LOST {
            return Some(format!("{label} fell from {old} to {}", reading.value));
        }
        let most = reading.what.largest_jump()?;
        let change = reading.value / old - 1.0;
        let is_doubted = new.at - before.at < DOUBTED_WITHIN && change.abs() > most;
        is_doubted
            .then(|| format!("{label} jumped by {:.0} %; held until the next answer agrees", change * 100.0))
    })
}

fn agrees(new: &Observed, held: &Observed) -> bool {
    new.readings.iter().all(|reading| {
        held.value(reading.what).is_some_and(|held| (reading.value / held - 1.0).abs() <= CONFIRMS)
    })
}

impl PartAnswer {
    /// What is known after a request, with what was known before it.
    pub(super) fn after(
        part: &str,
        before: Option<&Self>,
        result: Result<Observed, String>,
        now: DateTime<Utc>,
    ) -> Self {
        let good = before.and_then(|before| before.good.clone());
        let part = part.to_owned();
        let observed = match result {
            Ok(observed) => observed,
            Err(fault) => {
                return Self {
                    part,
                    good,
                    fault: Some(fault),
                    held: before.and_then(|before| before.held.clone()),
                };
            }
        };
        let is_confirmed =
            before.and_then(|before| before.held.as_ref()).is_some_and(|held| agrees(&observed, held));
        let doubt = good.as_ref().filter(|_| !is_confirmed).and_then(|(good, _)| doubt(&observed, good));
        match doubt {
            Some(why) => Self { part, good, fault: Some(why), held: Some(observed) },
            None => Self { part, good: Some((observed, now)), fault: None, held: None },
        }
    }
}

impl Answer {
    /// What is known of a source that could not be asked at all.
    pub fn unasked(
        source: &'static Source,
        host: String,
        before: Option<&Self>,
        fault: &Fault,
        now: DateTime<Utc>,
    ) -> Self {
        let known = |name: &str| before.and_then(|before| before.parts.iter().find(|part| part.part == name));
        let part = |name| PartAnswer::after(name, known(name), Err(fault.to_string()), now);
        let parts = source.parts.iter().map(|own| part(own.name)).collect();
        Self { source, host, tried_at: now, not_before: now, clock_ahead_s: None, parts }
    }

    /// Whether it is about a region: what is known of another one says nothing about this one.
    pub fn is_of(&self, region: Option<&Region>) -> bool {
        self.readings().all(|(reading, _)| reading.what.region().is_none_or(|own| Some(own) == region))
    }

    /// The latest time at which something of it was observed.
    pub fn observed_at(&self) -> Option<DateTime<Utc>> {
        self.parts.iter().filter_map(|part| Some(part.good.as_ref()?.0.at)).max()
    }

    /// Every value with what it belongs to.
    pub fn readings(&self) -> impl Iterator<Item = (&Reading, &Observed)> {
        let good = self.parts.iter().filter_map(|part| part.good.as_ref());
        good.flat_map(|(observed, _)| observed.readings.iter().map(move |reading| (reading, observed)))
    }
}

/// The folder of the last answers.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct FileOfSource {
    schema: u32,
    source: String,
    host: String,
    tried_at: DateTime<Utc>,
    not_before: DateTime<Utc>,
    clock_ahead_s: Option<i64>,
    parts: Vec<PartOfFile>,
}

#[derive(Serialize, Deserialize)]
struct PartOfFile {
    part: String,
    fetched_at: Option<DateTime<Utc>>,
    good: Option<ObservedOfFile>,
    fault: Option<String>,
    held: Option<ObservedOfFile>,
}

#[derive(Serialize, Deserialize)]
struct ObservedOfFile {
    observed_at: DateTime<Utc>,
    /// Name, value, and number of offers.
    values: Vec<(String, f64, u32)>,
    remarks: Vec<String>,
    licence: Option<String>,
}

impl From<&Observed> for ObservedOfFile {
    fn from(observed: &Observed) -> Self {
        let values = observed.readings.iter().map(|reading| (reading.what.id(), reading.value, reading.of));
        Self {
            observed_at: observed.at,
            values: values.collect(),
            remarks: observed.remarks.clone(),
            licence: observed.licence.clone(),
        }
    }
}

impl ObservedOfFile {
    /// The values, checked like those of an answer: the file may have been changed.
    fn check(self, now: DateTime<Utc>) -> Result<Observed, String> {
        let at = not_ahead(self.observed_at, now).map_err(|fault| fault.to_string())?;
        let mut observed = Observed { remarks: self.remarks, licence: self.licence, ..Observed::at(at) };
        for (id, value, of) in self.values {
            // What another version observed is left out.
            let Some(what) = What::find(&id) else { continue };
            let value = plausible(what, value).map_err(|fault| fault.to_string())?;
            observed.readings.push(Reading { what, value, of });
        }
        Ok(observed)
    }
}

impl Cache {
    /// The cache within the folder of the session.
    pub fn new(session_folder: &Path) -> Self {
        Self { folder: session_folder.join("market") }
    }

    fn path(&self, source: &Source) -> PathBuf {
        self.folder.join(format!("{}.json", source.id))
    }

    /// The last answers of a source; `None` if there are none.
    ///
    /// # Errors
    /// If there is a file that cannot be used.
    pub fn load(&self, source: &'static Source, now: DateTime<Utc>) -> Result<Option<Answer>, String> {
        let path = self.path(source);
        let text = match read_regular_text(&path) {
            Ok(text) => text,
            Err(FileError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault.to_string()),
        };
        let named = |fault: &dyn std::fmt::Display| format!("{}: {fault}", path.display());
        let file: FileOfSource = serde_json::from_str(&text).map_err(|fault| named(&fault))?;
        if file.schema != SCHEMA || file.source != source.id {
            return Err(named(&format!("schema {} of {}", file.schema, visible_line(&file.source))));
        }
        let mut parts = Vec::new();
        for part in file.parts {
            let check = |observed: Option<ObservedOfFile>| observed.map(|own| own.check(now)).transpose();
            let good = check(part.good).map_err(|fault| named(&fault))?;
            let held = check(part.held).map_err(|fault| named(&fault))?;
            parts.push(PartAnswer {
                part: part.part,
                good: good.zip(part.fetched_at),
                fault: part.fault,
                held,
            });
        }
        let FileOfSource { host, tried_at, not_before, clock_ahead_s, .. } = file;
        // A wrong clock must not close a source for years.
        let not_before = not_before.min(now + TimeDelta::minutes(15));
        Ok(Some(Answer { source, host, tried_at, not_before, clock_ahead_s, parts }))
    }

    /// The last answers of all sources, and what of them cannot be used.
    pub fn load_all(&self, now: DateTime<Utc>) -> (Vec<Answer>, Vec<String>) {
        let (mut answers, mut faults) = (Vec::new(), Vec::new());
        for source in super::SOURCES {
            match self.load(source, now) {
                Ok(answer) => answers.extend(answer),
                Err(fault) => faults.push(fault),
            }
        }
        (answers, faults)
    }

    /// Writes the answers of a source.
    ///
    /// # Errors
    /// If the folder or the file cannot be written.
    pub fn save(&self, answer: &Answer) -> Result<(), String> {
        let part = |part: &PartAnswer| PartOfFile {
            part: part.part.clone(),
            fetched_at: part.good.as_ref().map(|(_, at)| *at),
            good: part.good.as_ref().map(|(observed, _)| observed.into()),
            fault: part.fault.clone(),
            held: part.held.as_ref().map(Into::into),
        };
        let file = FileOfSource {
            schema: SCHEMA,
            source: answer.source.id.to_owned(),
            host: answer.host.clone(),
            tried_at: answer.tried_at,
            not_before: answer.not_before,
            clock_ahead_s: answer.clock_ahead_s,
            parts: answer.parts.iter().map(part).collect(),
        };
        std::fs::create_dir_all(&self.folder)
            .map_err(|fault| format!("{}: {fault}", self.folder.display()))?;
        let text = serde_json::to_string_pretty(&file).map_err(|fault| fault.to_string())?;
        write_regular(&self.path(answer.source), text.as_bytes()).map(drop).map_err(|fault| fault.to_string())
    }
}
