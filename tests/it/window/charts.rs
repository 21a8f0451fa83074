//! Titles and subtitles of the payback charts: they speak of the very curve that is drawn.

use std::collections::BTreeSet;

use egui::Role;
use wattfolio::app::Options;
use wattfolio::store;
use wattfolio::words;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::{Absent, Basis};
use wattfolio_economics::results::{Curve, Evaluation, Timeline, compare_on};
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use crate::support::window::Window;

const CURVES: [Curve; 4] = [
    Curve { discounted: false, with_end_proceeds: false },
    Curve { discounted: false, with_end_proceeds: true },
    Curve { discounted: true, with_end_proceeds: false },
    Curve { discounted: true, with_end_proceeds: true },
];

/// Plans whose curves cross zero in every way.
fn plans() -> Vec<(String, ValidScenario)> {
    let bundled = store::bundled().iter().flat_map(|bundled| {
        let variants = bundled.preset.variants.iter().map(|variant| variant.scenario.clone());
        std::iter::once(bundled.preset.scenario.clone())
            .chain(variants)
            .map(|plan| (bundled.name.to_owned(), plan))
    });
    let mut falling = Scenario::default();
    // The coins are worth less and less, so that what was back is spent again until the machines stand still.
    falling.bitcoin.price_usd.value = 300_000.0;
    falling.bitcoin.price_usd.growth_per_year = -0.5;
    let falling = falling.validate().expect("valid");
    bundled.chain([("falling".to_owned(), falling)]).collect()
}

/// What a title says, without its figures.
fn kind(title: &str) -> &'static str {
    let kinds = [
        "needs no capital",
        "paid back only by resale",
        "never pays back",
        "for good by resale",
        "slips below again",
        "back for good",
    ];
    kinds.into_iter().find(|kind| title.contains(kind)).unwrap_or("pays back")
}

/// Fails if a title says something else than the curve shows.
fn assert_true_of(evaluation: &Evaluation, curve: Curve, title: &str, name: &str) {
    let end = |curve| evaluation.curve(curve).last().copied().expect("a month");
    let (drawn, with_end) = (end(curve), end(Curve { with_end_proceeds: true, ..curve }));
    let is_true = match kind(title) {
        "needs no capital" => evaluation.measures.payback_months == Err(Absent::NoCapex),
        "never pays back" | "slips below again" => drawn < 0.0,
        "paid back only by resale" => with_end >= 0.0,
        "for good by resale" => curve.with_end_proceeds && drawn >= 0.0,
        _ => drawn >= 0.0,
    };
    assert!(is_true, "{name}, {curve:?}: “{title}”, and the curve ends at {drawn}");
    assert_eq!(
        title.contains("discounted"),
        curve.discounted && kind(title) != "needs no capital",
        "{title}"
    );
    assert!(title.split_whitespace().count() <= 12, "{title}");
}

#[test]
fn a_title_is_true_of_the_curve_below_it() {
    let mut kinds = BTreeSet::new();
    for (name, plan) in plans() {
        for basis in Basis::ALL {
            for evaluation in compare_on(&plan, basis).evaluations() {
                let timeline = Timeline::new(&plan, evaluation);
                for curve in CURVES {
                    let title = words::payback_title(evaluation, &timeline, curve);
                    assert_true_of(evaluation, curve, &title, &name);
                    kinds.insert((kind(&title), curve.with_end_proceeds));
                }
            }
        }
    }
    for wanted in
        [("slips below again", false), ("for good by resale", true), ("paid back only by resale", true)]
    {
        assert!(kinds.contains(&wanted), "no plan has {wanted:?}: {kinds:?}");
    }
}

/// The subtitles that speak of simulated paths.
fn of_paths(window: &Window) -> Vec<String> {
    window.texts().into_iter().filter(|text| text.contains("of paths")).collect()
}

#[test]
fn what_the_simulation_counts_is_said_of_plain_cash_alone() {
    let mut window = Window::with(Options::default());
    let plain = of_paths(&window);
    assert_eq!(plain.len(), Business::COUNT);
    assert!(plain.iter().all(|text| text.contains("pay back within 10 y")), "{plain:?}");
    window.click(Role::CheckBox, "Resale");
    let with_resale = of_paths(&window);
    assert!(with_resale.iter().all(|text| text.ends_with("pay back without resale")), "{with_resale:?}");
    window.click(Role::CheckBox, "Discounted");
    assert_eq!(of_paths(&window), Vec::<String>::new());
}
