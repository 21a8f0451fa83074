//! Arguments that are one of a few: parsed by the stable names of the one list there is of them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::Sampling;

use crate::export::PriceList;
use crate::state::Page;

/// What can be chosen by a stable name.
pub(super) trait Choice: Clone + Send + Sync + 'static {
    /// All of them, each with its name and, in the help, its meaning.
    fn choices() -> Vec<(PossibleValue, Self)>;
}

/// Reads a choice; what is none of them is refused with their names.
pub(super) fn choice<T: Choice>() -> impl TypedValueParser<Value = T> {
    one_of(T::choices())
}

/// Reads one of some values by its name.
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

impl Choice for PriceList {
    fn choices() -> Vec<(PossibleValue, Self)> {
        Self::ALL.map(|list| (PossibleValue::new(list.id()).help(list.meaning()), list)).into()
    }
}

/// What a picture shows: a page, or the worked examples.
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

impl Choice for egui::Theme {
    fn choices() -> Vec<(PossibleValue, Self)> {
        vec![(PossibleValue::new("dark"), Self::Dark), (PossibleValue::new("light"), Self::Light)]
    }
}
