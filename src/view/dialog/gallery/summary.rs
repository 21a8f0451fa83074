//! What the cards say of the bundled presets, which never change: computed when the gallery first opens.

use std::sync::LazyLock;

use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::results::{Comparison, compare};
use wattfolio_economics::scenario::Scenario;

use crate::format;
use crate::state::ChartView;
use crate::store::{Bundled, bundled};
use crate::view::payback;
use crate::words;

/// What a card says.
pub(super) struct Summary {
    /// The first half of the verdict, with a full stop.
    pub verdict: String,
    /// The payback curve of each business that was evaluated.
    pub curves: Vec<SmallCurve>,
    /// The payback of each business.
    pub paybacks: PerBusiness<Payback>,
}

/// A payback curve in small.
pub(super) struct SmallCurve {
    pub business: Business,
    /// Share of the plan, and cumulative cash in multiples of the capital.
    pub points: Vec<[f32; 2]>,
    /// Share of the plan at which the money is back.
    pub crossing: Option<f32>,
}

/// When the money is back.
pub(super) struct Payback {
    pub text: String,
    pub standing: Standing,
}

/// How a payback compares with the others of its card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The first of all.
    First,
    /// Later than another.
    Later,
    /// None.
    Unpaid,
}

/// The summary of the bundled preset at an index.
pub(super) fn summary(index: usize) -> Option<&'static Summary> {
    static SUMMARIES: LazyLock<Vec<Summary>> = LazyLock::new(|| {
        let of = |bundled: &Bundled| summarise(&bundled.preset.scenario, &compare(&bundled.preset.scenario));
        bundled().iter().map(of).collect()
    });
    SUMMARIES.get(index)
}

fn summarise(scenario: &Scenario, comparison: &Comparison) -> Summary {
    let chart = ChartView::default();
    let months = scenario.horizon_months as f32;
    let first = words::ranking(comparison).first().map(|(business, _)| *business);
    let curves = payback::evaluated(comparison).filter_map(|(business, evaluation)| {
        // What has no capital is in no chart of its multiples.
        let values = payback::curve(evaluation, scenario, &chart).ok()?;
        let point = |(month, value): (usize, &f64)| [month as f32 / months, *value as f32];
        Some(SmallCurve {
            business,
            points: values.iter().enumerate().map(point).collect(),
            crossing: payback::crossing(evaluation, &chart).map(|month| month as f32 / months),
        })
    });
    let paybacks = PerBusiness::new(|business| {
        match comparison.business(business).map(|evaluation| evaluation.measures.payback_months) {
            Ok(Ok(months)) => Payback {
                text: format::months_as_years(months),
                standing: if first == Some(business) { Standing::First } else { Standing::Later },
            },
            Ok(Err(reason)) => Payback { text: reason.to_string(), standing: Standing::Unpaid },
            Err(_) => Payback { text: "–".to_owned(), standing: Standing::Unpaid },
        }
    });
    Summary {
        verdict: format!("{}.", words::verdict(scenario, comparison).lead),
        curves: curves.collect(),
        paybacks,
    }
}
