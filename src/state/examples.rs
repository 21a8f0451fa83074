//! What is said of the worked examples in the gallery.

use std::sync::Arc;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::compare_on;
use wattfolio_economics::results::verdict::{Criterion, Place, Verdict};
use wattfolio_economics::scenario::ValidScenario;

use crate::market_data;
use crate::store::{Preset, PresetView, bundled};
use crate::words;
use crate::words::verdict::{Judged, sentence};

/// What the gallery says of a worked example.
#[derive(Debug)]
pub struct Example {
    /// The verdict, with what speaks against the winner.
    pub verdict: String,
    /// That of the variant on the record, where there is one.
    pub what_came: Option<String>,
    /// That of the plan of then, where the example itself is what came.
    pub plan_of_then: Option<String>,
    /// Simulated paths of each, where the criterion needs them.
    pub paths: Option<usize>,
    /// The figure of each business by the criterion.
    pub figures: PerBusiness<ExampleFigure>,
}

/// A value of the criterion.
#[derive(Debug)]
pub struct ExampleFigure {
    /// The value, or why there is none.
    pub text: String,
    /// How the business stands.
    pub standing: Standing,
}

/// How a business stands on its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The best of all, or one of equals.
    Best,
    /// Behind another.
    Behind,
    /// Without a value, or with a loss.
    Muted,
}

impl Example {
    /// The other of plan and what came, with its name.
    pub fn beside(&self) -> Option<String> {
        let came = self.what_came.as_ref().map(|words| format!("What came: {words}"));
        came.or_else(|| self.plan_of_then.as_ref().map(|words| format!("The plan of then: {words}")))
    }

    /// What is said of a preset on a basis by a criterion; by chance of loss it is simulated.
    pub fn new(preset: &Preset, view: PresetView) -> Self {
        let own = judged(&preset.scenario, view);
        let came = preset.what_came().map(|variant| judged(&variant.scenario, view).sentence.to_string());
        Self {
            verdict: own.sentence.to_string(),
            what_came: came,
            plan_of_then: market_data::plan_of_then(preset, view),
            paths: own.verdict.paths(),
            figures: PerBusiness::new(|business| figure(&own.verdict, business)),
        }
    }
}

/// Without threads or memory for a simulation the plan alone is ranked, which says that it is not simulated.
fn judged(scenario: &ValidScenario, PresetView { basis, criterion, factors }: PresetView) -> Judged {
    let record = market_data::resampled(factors, scenario);
    Judged::new(scenario, basis, criterion, record.as_ref()).unwrap_or_else(|_| {
        let comparison = compare_on(scenario, basis);
        let verdict = Verdict::new(scenario, &comparison, None, criterion);
        let sentence = sentence(scenario, &comparison, &verdict);
        Judged { comparison, verdict, sentence }
    })
}

fn figure(verdict: &Verdict, business: Business) -> ExampleFigure {
    let Some(candidate) = verdict.candidate(business) else {
        return ExampleFigure { text: "–".to_owned(), standing: Standing::Muted };
    };
    let text = match candidate.value(verdict.criterion) {
        Ok(_) => words::figure(verdict.criterion, candidate),
        Err(reason) => reason.to_string(),
    };
    let standing = match verdict.place(business) {
        Place::Best | Place::AboutEqual => Standing::Best,
        Place::Behind(_) => Standing::Behind,
        Place::LosesValue | Place::Unranked => Standing::Muted,
    };
    ExampleFigure { text, standing }
}

/// Worked examples whose criterion needs a simulation, which runs beside the frame, one example at a time.
#[derive(Debug, Default)]
pub struct Examples {
    /// By the index of the bundled preset.
    simulated: Vec<Option<Arc<Example>>>,
    /// Number that are being simulated.
    pub awaited: usize,
}

impl Examples {
    /// What the gallery opens with, where the open scenario is judged by a criterion: that one, if it is not the usual
    /// one, which nobody has to have chosen.
    pub fn chosen(now: Criterion) -> Option<Criterion> {
        Some(now).filter(|now| *now != Criterion::default())
    }

    /// What the card of a bundled preset goes by: what its file says, unless a criterion is chosen for all.
    pub fn view(index: usize, chosen: Option<Criterion>) -> PresetView {
        bundled()[index].preset.view.asked(None, chosen)
    }

    /// What was simulated of a bundled preset.
    pub fn simulated(&self, index: usize) -> Option<&Arc<Example>> {
        self.simulated.get(index)?.as_ref()
    }

    /// The bundled presets that go by a simulation which has not been run.
    pub fn missing(&self, chosen: Option<Criterion>) -> impl Iterator<Item = usize> {
        let is_missing = move |index: &usize| {
            Self::view(*index, chosen).criterion == Criterion::Loss && self.simulated(*index).is_none()
        };
        (0..bundled().len()).filter(is_missing)
    }

    /// Takes what was simulated.
    pub fn take(&mut self, index: usize, example: Example) {
        self.awaited = self.awaited.saturating_sub(1);
        self.simulated.resize(bundled().len().max(index + 1), None);
        self.simulated[index] = Some(Arc::new(example));
    }
}
