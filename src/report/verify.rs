//! Recomputes a report, and compares what it prints.

use wattfolio_economics::risk::{NotSimulated, Simulator, ToTheEnd};

use super::content::{self, Figure};
use super::input::{Reference, ReportInput};
use super::reader::{self, Inside, Unreadable};

/// Largest relative difference of two values that are the same.
const TOLERANCE: f64 = 1e-9;
/// Most differences that are listed.
const MOST_LISTED: usize = 40;

/// What a comparison of a report with its own scenario found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Number of figures that were recomputed.
    pub figures: usize,
    /// What differs, a line each.
    pub differences: Vec<String>,
    /// Version that made the report, where it is another.
    pub other_version: Option<String>,
}

/// Why a report could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum NotVerified {
    /// It cannot be read, or is of another program.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Its scenario could not be simulated.
    #[error(transparent)]
    NotSimulated(#[from] NotSimulated),
}

/// Recomputes every figure of a report from the scenario inside it, and looks for each on its pages.
///
/// # Errors
/// If it is no report of this program, or cannot be simulated.
pub fn verify(bytes: &[u8], name: &str) -> Result<Verified, NotVerified> {
    let inside = reader::open(bytes, name)?;
    let pages = compact(&reader::texts(bytes)?);
    let input = input(&inside)?;
    let blocks = content::content(&input);
    let recomputed = content::figures(&blocks);
    let mut differences = differences(&inside, &recomputed);
    for (id, line) in content::lines(&blocks) {
        if !pages.contains(&compact(&line)) {
            differences.push(format!(
                "{id}: the pages do not say “{}”",
                line.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
        }
    }
    let own = env!("CARGO_PKG_VERSION");
    let other_version = (inside.figures.version != own).then(|| inside.figures.version.clone());
    Ok(Verified { figures: recomputed.len(), differences, other_version })
}

/// The report as it was made, recomputed.
fn input(inside: &Inside) -> Result<ReportInput, NotVerified> {
    let preset = inside.preset.clone();
    let view = preset.view;
    let mut cases = ReportInput::cases_of(preset.listed(), view);
    if inside.figures.is_simulated {
        let mut simulator = Simulator::new(0).map_err(NotSimulated::from)?;
        for (index, case) in cases.iter_mut().enumerate() {
            case.simulate(&mut simulator, (view, index == 0), &ToTheEnd).map_err(NotSimulated::from)?;
        }
    }
    let baseline = Reference {
        name: inside.baseline.about.title.clone(),
        scenario: std::sync::Arc::new(inside.baseline.scenario.clone()),
        is_file: inside.figures.is_baseline_file,
    };
    Ok(ReportInput { cases, baseline, about: preset.about, view, date: inside.figures.date })
}

/// Figures whose value or text is another, or that only one side has.
fn differences(inside: &Inside, recomputed: &[Figure]) -> Vec<String> {
    let mut found = Vec::new();
    let printed = &inside.figures.figures;
    for figure in recomputed {
        let Some(before) = printed.iter().find(|one| one.id == figure.id) else {
            found.push(format!(
                "{}: not among the figures of the report; recomputed {}",
                figure.id, figure.text
            ));
            continue;
        };
        let is_same = match (before.value, figure.value) {
            (Some(before), Some(now)) => (before - now).abs() <= TOLERANCE * before.abs().max(now.abs()),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same || before.text != figure.text {
            let exact = |value: Option<f64>| value.map(|value| format!(" ({value})")).unwrap_or_default();
            found.push(format!(
                "{}: printed {}{}, recomputed {}{}",
                figure.id,
                before.text,
                exact(before.value),
                figure.text,
                exact(figure.value)
            ));
        }
    }
    let is_known = |id: &str| recomputed.iter().any(|figure| figure.id == id);
    found.extend(
        printed
            .iter()
            .filter(|one| !is_known(&one.id))
            .map(|one| format!("{}: printed {}, recomputed nothing", one.id, one.text)),
    );
    found
}

/// A text without spaces, which pages break where they like.
fn compact(text: &str) -> String {
    super::pdf::printable(text).chars().filter(|letter| !letter.is_whitespace()).collect()
}

impl Verified {
    /// Whether every figure agrees.
    pub const fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    /// What was found, for people.
    pub fn words(&self) -> String {
        let own = env!("CARGO_PKG_VERSION");
        let version = self.other_version.as_ref().map_or_else(String::new, |other| {
            format!("Made by wattfolio {other}; recomputed by {own}, which may count otherwise.\n")
        });
        if self.agrees() {
            return format!(
                "{version}All {} figures agree with the scenario inside, and stand on the pages.\n",
                self.figures
            );
        }
        let listed: Vec<String> =
            self.differences.iter().take(MOST_LISTED).map(|line| format!("  {line}\n")).collect();
        let more = match self.differences.len().saturating_sub(MOST_LISTED) {
            0 => String::new(),
            more => format!("  and {more} more\n"),
        };
        let count = self.differences.len();
        let of = self.figures;
        format!("{version}{count} of {of} figures and lines do not agree:\n{}{more}", listed.concat())
    }
}
