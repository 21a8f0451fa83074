//! What a report is made from.

use std::sync::Arc;

use chrono::NaiveDate;
use wattfolio_economics::results::Comparison;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::risk::Outlook;
use wattfolio_economics::scenario::ValidScenario;

use crate::state::Simulated;
use crate::store::{About, PresetView};

/// A scenario of a report, with what came out.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name, as the user gave it.
    pub name: String,
    /// A note of the user; may be empty.
    pub note: String,
    /// `A`, `B`, `C`; only where there are several.
    pub letter: Option<char>,
    /// Its inputs.
    pub scenario: Arc<ValidScenario>,
    /// Its plan, on the basis of the report.
    pub comparison: Arc<Comparison>,
    /// Its simulation, unless the report is made without.
    pub simulated: Option<Arc<Simulated>>,
    /// Where its markets go and what decides, if that was looked for.
    pub outlook: Option<Arc<Outlook>>,
}

impl Case {
    /// The verdict on it.
    pub fn verdict(&self, criterion: Criterion) -> Verdict {
        let npvs = self.simulated.as_ref().map(|simulated| simulated.simulation.npvs());
        Verdict::new(&self.scenario, &self.comparison, npvs.as_ref(), criterion)
    }
}

impl ReportInput {
    /// Gives several cases their letters.
    pub fn lettered(cases: &mut [Case]) {
        if cases.len() > 1 {
            cases.iter_mut().zip('A'..).for_each(|(case, letter)| case.letter = Some(letter));
        }
    }
}

/// What a report compares its inputs with.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// Its inputs.
    pub scenario: Arc<ValidScenario>,
}

/// Everything that a report is made from.
#[derive(Clone, Debug)]
pub struct ReportInput {
    /// The scenarios; the first is what the report is about, the others stand beside it. Never empty.
    pub cases: Vec<Case>,
    /// The baseline: one of the cases, or another scenario.
    pub baseline: Reference,
    /// Story, facts and sources of the file.
    pub about: About,
    /// Basis, criterion, and what simulations are drawn from.
    pub view: PresetView,
    /// The date that stands on it.
    pub date: NaiveDate,
}
