//! Which formats there are, and which of them results can be written in.

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::exported::{ExportError, Exported, Shape};
use super::format::{Format, Promise};
use super::{csv, json, parquet, ron, text};
use crate::store::{OutputFile, Placed};

/// A format and how it is written: one file each beside this one.
#[derive(Debug)]
pub struct Exporter {
    /// Its name.
    pub format: Format,
    /// The shape of results that it needs.
    pub needs: Shape,
    /// Writes results; `None` in a build without the feature of this name.
    pub write: Option<Write>,
}

/// Writes results in a format.
pub type Write = fn(&mut dyn Exported, &mut (dyn io::Write + Send)) -> Result<(), ExportError>;

impl Exporter {
    /// Why this build does not write it.
    pub fn not_built(&self) -> String {
        let Format { id, label, .. } = self.format;
        format!("this build writes no {label}: it was built without the feature {id}")
    }

    /// Writes results.
    ///
    /// # Errors
    /// Fault of the destination or of the results.
    pub fn export(
        &self,
        results: &mut dyn Exported,
        out: &mut (dyn io::Write + Send),
    ) -> Result<(), ExportError> {
        match self.write {
            Some(write) => write(results, out),
            None => Err(ExportError::Unwritten(io::Error::other(self.not_built()))),
        }
    }

    /// Writes results to a regular file, which appears whole at the end; a pipe could keep its writer waiting for good.
    ///
    /// # Errors
    /// If they cannot be made, or the file cannot be written; what was at its place is then unchanged.
    pub fn write_file(&self, results: &mut dyn Exported, path: &Path) -> Result<Placed, ExportError> {
        let mut file = BufWriter::new(OutputFile::create_regular(path)?);
        let written = self.export(results, &mut file).and_then(|()| Ok(file.flush()?));
        if let Err(fault) = written {
            return Err(match fault {
                ExportError::Unwritten(fault) => file.get_ref().fault(fault).into(),
                fault => fault,
            });
        }
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(file.finish()?)
    }
}

/// Every format, in the order in which they are offered, by the command line as by the window.
pub static FORMATS: &[&Exporter] = &[&text::TEXT, &json::JSON, &csv::CSV, &parquet::PARQUET, &ron::RON];

/// A format in which results are offered, and what it holds of them.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The format.
    pub exporter: &'static Exporter,
    /// One line: what is in the file.
    pub help: String,
}

/// The formats in which results of a kind are offered. The first is the default.
pub fn offers<E: Exported>() -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for exporter in FORMATS.iter().filter(|exporter| exporter.write.is_some()) {
        let Some((shape, help)) = E::shapes().iter().find(|(shape, _)| *shape == exporter.needs) else {
            continue;
        };
        let help = if offers.iter().any(|offer| offer.exporter.needs == *shape) {
            format!("The same as a {} file", exporter.format.label)
        } else {
            (*help).to_owned()
        };
        offers.push(Offer { exporter, help });
    }
    offers
}

/// The formats that results of a kind could be written in by another build.
pub fn left_out<E: Exported>() -> impl Iterator<Item = &'static Exporter> {
    let has = |needs: Shape| E::shapes().iter().any(|(shape, _)| *shape == needs);
    FORMATS.iter().copied().filter(move |exporter| exporter.write.is_none() && has(exporter.needs))
}

/// A name that does not end as a file of any format that is offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} {}; names can end in {}",
    path.display(),
    match promised {
        Some(label) => format!("would be {label} by its name, which is not written here"),
        None => "has no known file ending".to_owned(),
    },
    endings.join(", ")
)]
pub struct WrongEnding {
    path: PathBuf,
    /// Format that the name promises instead.
    promised: Option<&'static str>,
    /// The endings that there are, with their dots.
    endings: Vec<String>,
}

/// The format that a name asks for by its ending.
///
/// # Errors
/// If it is none of those that are offered.
pub fn offer_for<'a>(path: &Path, offers: &'a [Offer]) -> Result<&'a Offer, WrongEnding> {
    let promise = Promise::of(path);
    if let Promise::Format(format) = promise
        && let Some(offer) = offers.iter().find(|offer| offer.exporter.format == *format)
    {
        return Ok(offer);
    }
    let promised = match promise {
        Promise::Format(format) => Some(format.label),
        Promise::Foreign(label) => Some(label),
        Promise::Nothing => None,
    };
    let ending = |offer: &Offer| format!(".{}", offer.exporter.format.ending());
    Err(WrongEnding { path: path.to_owned(), promised, endings: offers.iter().map(ending).collect() })
}
