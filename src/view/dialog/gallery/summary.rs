//! What the cards say of the bundled presets, which never change: computed when a card is first drawn.

use std::sync::OnceLock;

use wattfolio_economics::business::Business;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::results::verdict::Criterion;

use crate::state::{ChartView, Example, Examples};
use crate::store::{Preset, bundled};
use crate::view::{Context, payback};

/// A payback curve in small.
pub(super) struct SmallCurve {
    pub business: Business,
    /// Share of the plan, and cumulative cash in multiples of the capital.
    pub points: Vec<[f32; 2]>,
    /// Share of the plan at which the money is back.
    pub crossing: Option<f32>,
}

/// One value for each bundled preset, made when it is first wanted.
type ByPreset<T> = OnceLock<Vec<OnceLock<T>>>;

fn of_preset<T>(all: &ByPreset<T>, index: usize, make: impl FnOnce() -> T) -> Option<&T> {
    let cells = all.get_or_init(|| bundled().iter().map(|_| OnceLock::new()).collect());
    cells.get(index).map(|cell| cell.get_or_init(make))
}

/// What is said of the bundled preset at an index; `None` while it is being simulated.
pub(super) fn example<'a>(cx: &Context<'a>, index: usize, chosen: Option<Criterion>) -> Option<&'a Example> {
    static PLANNED: [ByPreset<Example>; Criterion::ALL.len()] =
        [const { OnceLock::new() }; Criterion::ALL.len()];
    let view = Examples::view(index, chosen);
    if view.criterion == Criterion::Loss {
        return cx.state.examples.simulated(index).map(AsRef::as_ref);
    }
    let all = PLANNED.get(view.criterion as usize)?;
    of_preset(all, index, || Example::new(&bundled()[index].preset, view))
}

/// The payback curves of the bundled preset at an index, on the basis of its file.
pub(super) fn curves(index: usize) -> &'static [SmallCurve] {
    static CURVES: ByPreset<Vec<SmallCurve>> = OnceLock::new();
    of_preset(&CURVES, index, || curves_of(&bundled()[index].preset)).map_or(&[], Vec::as_slice)
}

fn curves_of(preset: &Preset) -> Vec<SmallCurve> {
    let scenario = &preset.scenario;
    let comparison = compare_on(scenario, preset.view.basis);
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
    curves.collect()
}
