//! Arguments with a fixed list of values, parsed by the stable names of the list that defines them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use wattfolio_economics::business::Business;
use wattfolio_economics::history::Machines;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::{FactorSource, Sampling};

use crate::market_data::live::{Region, SOURCES, Source, regions};
use crate::price_list::PriceList;
use crate::state::{Page, Paper};

/// A type whose values are chosen by stable name.
pub(super) trait Choice: Clone + Send + Sync + 'static {
    /// All values, each with its name and its help text.
    fn choices() -> Vec<(PossibleValue, Self)>;
}

/// Parser of a choice; the error of an unknown name lists the known ones.
pub(super) fn choice<T: Choice>() -> impl TypedValueParser<Value = T> {
    one_of(T::choices())
}

/// The value with a name in a file.
///
/// # Errors
/// The known names, if it is none of them.
pub(super) fn named<T: Choice>(text: &str) -> Result<T, String> {
    let choices = T::choices();
    let found = choices.iter().find(|(name, _)| name.matches(text, false));
    let names = || choices.iter().map(|(name, _)| name.get_name()).collect::<Vec<&str>>().join(", ");
    found.map(|(_, value)| value.clone()).ok_or_else(names)
}

/// Parser that selects one of `values` by name.
pub(super) fn one_of<T: Clone + Send + Sync + 'static>(
    values: Vec<(PossibleValue, T)>,
) -> impl TypedValueParser<Value = T> {
    let names: Vec<PossibleValue> = values.iter().map(|(name, _)| name.clone()).collect();
    PossibleValuesParser::new(names).try_map(move |text| {
        let found = values.iter().find(|(name, _)| name.matches(&text, false));
        found.map(|(_, value)| value.clone()).ok_or("none of these")
    })
}

impl Choice for Basis {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL.map(|basis| (PossibleValue::new(basis.id()).help(basis.meaning()), basis)).into()
    }
}

impl Choice for Criterion {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL
            .map(|criterion| (PossibleValue::new(criterion.id()).help(criterion.meaning()), criterion))
            .into()
    }
}

impl Choice for Business {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL.map(|business| (PossibleValue::new(business.id()), business)).into()
    }
}

impl Choice for Sampling {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL
            .map(|sampling| (PossibleValue::new(sampling.id()).help(sampling.meaning()), sampling))
            .into()
    }
}

impl Choice for Machines {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL
            .map(|machines| (PossibleValue::new(machines.id()).help(machines.meaning()), machines))
            .into()
    }
}

impl Choice for FactorSource {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL.map(|source| (PossibleValue::new(source.id()).help(source.meaning()), source)).into()
    }
}

impl Choice for PriceList {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL.map(|list| (PossibleValue::new(list.id()).help(list.meaning()), list)).into()
    }
}

impl Choice for &'static Source {
    fn choices() -> Vec<(PossibleValue, Self)> {
        let help = |source: &Source| format!("{}: {}", source.label, source.gives);
        SOURCES.iter().map(|source| (PossibleValue::new(source.id).help(help(source)), *source)).collect()
    }
}

impl Choice for &'static Region {
    fn choices() -> Vec<(PossibleValue, Self)> {
        let help = |source: &Source, region: &Region| format!("{}, of {}", region.label, source.label);
        regions()
            .map(|(source, region)| (PossibleValue::new(region.id).help(help(source, region)), region))
            .collect()
    }
}

/// Content of a picture: a page, or the worked examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A page of the window.
    Page(Page),
    /// The worked examples.
    Gallery,
}

impl Choice for Shown {
    fn choices() -> Vec<(PossibleValue, Self)> {
        let pages = Page::ALL.map(|page| (PossibleValue::new(page.id()), Self::Page(page)));
        pages.into_iter().chain([(PossibleValue::new("gallery"), Self::Gallery)]).collect()
    }
}

impl Choice for Paper {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL.map(|paper| (PossibleValue::new(paper.id()).help(paper.label()), paper)).into()
    }
}

impl Choice for egui::Theme {
    fn choices() -> Vec<(PossibleValue, Self)> {
        vec![(PossibleValue::new("dark"), Self::Dark), (PossibleValue::new("light"), Self::Light)]
    }
}
