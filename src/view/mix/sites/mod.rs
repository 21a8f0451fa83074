//! Several sites on the same futures: the site at hand and others, each with its own mix, and all of them together.

mod add;
mod bars;
mod row;

use egui::Ui;
use wattfolio_economics::answers::mix::Portfolio;

use crate::format;
use crate::state::{ShownSite, SitesFound};
use crate::theme::{self, Text};
use crate::view::Context;
use crate::widget;
use crate::words::{capitalised, mix as words};

/// What the page knows of the sites at hand.
struct Known<'a> {
    sites: Vec<ShownSite>,
    /// The latest answer for as many sites of these names.
    found: Option<&'a SitesFound>,
    /// True if the answer is that of other inputs or mixes.
    is_old: bool,
}

impl<'a> Known<'a> {
    fn new(cx: &Context<'a>) -> Self {
        let sites = cx.state.sites();
        let asked = &cx.state.sites_asked();
        let has_same_names = |found: &&SitesFound| {
            let names = found.asked.sites.iter().map(|site| &site.name);
            names.eq(asked.sites.iter().map(|site| &site.name))
        };
        let found = cx.state.sites.found.as_deref().filter(has_same_names);
        Self { sites, found, is_old: found.is_some_and(|found| !found.asked.is_same(asked)) }
    }

    /// Whether figures are still to come: for one site, and for sites that make no portfolio, there are none.
    fn is_awaited(&self, cx: &Context<'_>) -> bool {
        self.found.is_none() && self.sites.len() > 1 && !cx.state.sites.was_cancelled
    }

    fn portfolio(&self) -> Option<&'a Portfolio> {
        self.found?.portfolio.as_deref().ok()
    }
}

pub(super) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let known = Known::new(cx);
    let paths = words::conditions_of_sites(cx.state.results.scenario.risk.paths);
    let (verdict, conditions) = sentence(cx, &known, paths);
    super::heading_ui(ui, cx, &[(&verdict, known.is_old)], &conditions);
    if known.found.is_none() || known.is_old {
        super::progress_ui(ui, cx, "Adding up the sites", cx.state.sites.progress);
    }
    add::ui(ui, cx, &known.sites);
    ui.add_space(12.0);
    row::table_ui(ui, cx, &known);
    let Some(portfolio) = known.portfolio().filter(|_| known.sites.len() > 1) else { return };
    ui.add_space(20.0);
    ui.scope(|ui| {
        if known.is_old {
            ui.multiply_opacity(theme::STALE);
        }
        bars::ui(ui, cx, portfolio);
        ui.add_space(12.0);
        correlations_ui(ui, cx, portfolio);
    });
}

/// The bars alone.
pub(super) fn printed_ui(ui: &mut Ui, cx: &Context<'_>) {
    if let Some(portfolio) = Known::new(cx).portfolio() {
        bars::ui(ui, cx, portfolio);
    }
}

/// The sentence of the part, and the line below it.
fn sentence(cx: &Context<'_>, known: &Known<'_>, conditions: String) -> (String, String) {
    if known.sites.len() < 2 {
        let words = "Add a scenario of this file, a worked example or a file; all stand on the same simulated markets, so these have to be the same.";
        return ("One site is no portfolio yet.".to_owned(), words.to_owned());
    }
    match known.found.map(|found| &found.portfolio) {
        Some(Ok(portfolio)) => (words::together(portfolio), conditions),
        Some(Err(reason)) => {
            ("These sites make no portfolio.".to_owned(), format!("{}.", capitalised(reason)))
        }
        None if cx.state.sites.was_cancelled => (
            "Adding up the sites…".to_owned(),
            "It was ended; the next change of an input or a mix starts it again.".to_owned(),
        ),
        None => ("Adding up the sites…".to_owned(), "The figures appear when they are ready.".to_owned()),
    }
}

/// How the sites move together.
fn correlations_ui(ui: &mut Ui, cx: &Context<'_>, portfolio: &Portfolio) {
    widget::label(ui, "How the sites move together", Text::Title, cx.theme.palette.text);
    for (first, second, correlation) in &portfolio.correlations {
        let names =
            [first, second].map(|place| format!("“{}”", format::visible_line(&portfolio.sites[*place].name)));
        widget::body(ui, cx.theme, words::correlation(&names[0], &names[1], *correlation));
    }
}
