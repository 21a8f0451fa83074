//! What the cards say of the bundled presets, which never change: computed when the gallery first opens.

use std::sync::OnceLock;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::compare;
use wattfolio_economics::results::verdict::{Criterion, Place, Verdict};
use wattfolio_economics::risk;
use wattfolio_economics::scenario::ValidScenario;

use crate::state::ChartView;
use crate::store::{Bundled, bundled};
use crate::view::payback;
use crate::words;

/// What a card says.
pub(super) struct Summary {
    /// The first part of the verdict, with a full stop.
    pub verdict: String,
    /// The payback curve of each business that was evaluated.
    pub curves: Vec<SmallCurve>,
    /// The figure of each business by the criterion.
    pub figures: PerBusiness<Figure>,
}

/// A payback curve in small.
pub(super) struct SmallCurve {
    pub business: Business,
    /// Share of the plan, and cumulative cash in multiples of the capital.
    pub points: Vec<[f32; 2]>,
    /// Share of the plan at which the money is back.
    pub crossing: Option<f32>,
}

/// A value of the criterion.
pub(super) struct Figure {
    pub text: String,
    pub standing: Standing,
}

/// How a business stands on its card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The best of all, or one of equals.
    Best,
    /// Behind another.
    Behind,
    /// Without a value, or with a loss.
    Muted,
}

/// The summary of the bundled preset at an index by a criterion.
pub(super) fn summary(index: usize, criterion: Criterion) -> Option<&'static Summary> {
    static SUMMARIES: [OnceLock<Vec<Summary>>; Criterion::ALL.len()] =
        [const { OnceLock::new() }; Criterion::ALL.len()];
    let of = |bundled: &Bundled| summarise(&bundled.preset.scenario, criterion);
    let summaries = SUMMARIES.get(criterion as usize)?;
    summaries.get_or_init(|| bundled().iter().map(of).collect()).get(index)
}

fn summarise(scenario: &ValidScenario, criterion: Criterion) -> Summary {
    let comparison = compare(scenario);
    // Without threads or memory for a simulation the plan alone is ranked, which says that it is not simulated.
    let verdict = risk::verdict(scenario, &comparison, criterion)
        .unwrap_or_else(|_| Verdict::new(scenario, &comparison, None, criterion));
    let chart = ChartView::default();
    let months = scenario.horizon_months as f32;
    let curves = payback::evaluated(&comparison).filter_map(|(business, evaluation)| {
        // What has no capital is in no chart of its multiples.
        let values = payback::curve(evaluation, scenario, &chart).ok()?;
        let point = |(month, value): (usize, &f64)| [month as f32 / months, *value as f32];
        Some(SmallCurve {
            business,
            points: values.iter().enumerate().map(point).collect(),
            crossing: payback::crossing(evaluation, &chart).map(|month| month as f32 / months),
        })
    });
    let figures = PerBusiness::new(|business| figure(&verdict, business));
    let lead = words::verdict::sentence(scenario, &comparison, &verdict).lead;
    Summary { verdict: format!("{lead}."), curves: curves.collect(), figures }
}

fn figure(verdict: &Verdict, business: Business) -> Figure {
    let Some(candidate) = verdict.candidate(business) else {
        return Figure { text: "–".to_owned(), standing: Standing::Muted };
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
    Figure { text, standing }
}
