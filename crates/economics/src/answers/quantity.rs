//! What is asked for: a measure of a business, or of one less another.

use crate::business::Business;
use crate::kernel::Better;
use crate::results::measure::NPV_USD;
use crate::results::{MEASURES, Measure, find_measure};
use crate::units::Unit;

/// The name of going on with the fleet that is there, in ids.
const GOING_ON: &str = "going_on";

/// A measure of a business, or of one less another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The measure.
    pub measure: &'static Measure,
    /// The business.
    pub of: Business,
    /// What is subtracted; `None` for the measure itself.
    pub minus: Option<Subtracted>,
}

/// What is subtracted from the measure of a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subtracted {
    /// The same measure of another business.
    Business(Business),
    /// The NPV of going on with the fleet that is there, at the rate of the first business: what converting gives up.
    GoingOn,
}

impl Subtracted {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Business(business) => business.id(),
            Self::GoingOn => GOING_ON,
        }
    }
}

/// Why a text names no quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAQuantity {
    /// It has no dot.
    #[error("{text}: write it as {one}.npv_usd, or {other}-{one}.npv_usd for a difference", one = Business::ALL[0].id(), other = Business::ALL[1].id())]
    NoDot {
        /// The text.
        text: String,
    },
    /// A name before the dot is no business.
    #[error("{name} is no business; there are {}", names())]
    NoBusiness {
        /// What stands there.
        name: String,
    },
    /// A business less itself.
    #[error("{0} less itself is always 0; subtract another business")]
    Itself(&'static str),
    /// The business has no such measure.
    #[error("{} has no measure {id}{hint}; there are {}", business.word(), measures(*business))]
    NoMeasure {
        /// The business.
        business: Business,
        /// What stands after the dot.
        id: String,
        /// Measures with a name near it, in words; empty without any.
        hint: String,
    },
    /// Two businesses do not both have the measure.
    #[error(
        "{0} belongs to one business alone; a difference needs a measure that both have, such as npv_usd"
    )]
    NotCommon(String),
    /// Another measure than NPV of going on with mining.
    #[error("of going on with mining only npv_usd can be subtracted, not {0}")]
    OnlyNpv(String),
}

impl Quantity {
    /// A measure of a business.
    pub const fn of(business: Business, measure: &'static Measure) -> Self {
        Self { measure, of: business, minus: None }
    }

    /// The NPV of a business.
    pub const fn npv(business: Business) -> Self {
        Self::of(business, &NPV_USD)
    }

    /// The same less that of another business.
    #[must_use]
    pub const fn less(self, other: Business) -> Self {
        Self { minus: Some(Subtracted::Business(other)), ..self }
    }

    /// Reads `mining.npv_usd`, `hosting-leasing.npv_usd` or `hosting-going_on.npv_usd`.
    ///
    /// # Errors
    /// A message with the error and the allowed values.
    ///
    /// ```
    /// # use wattfolio_economics::answers::Quantity;
    /// assert_eq!(Quantity::parse("hosting-mining.irr").unwrap().id(), "hosting-mining.irr");
    /// let fault = Quantity::parse("mining.npv").unwrap_err().to_string();
    /// assert!(fault.contains("did you mean npv_usd"), "{fault}");
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAQuantity> {
        let (names, id) =
            text.split_once('.').ok_or_else(|| NotAQuantity::NoDot { text: text.to_owned() })?;
        let (of, minus) = match names.split_once('-') {
            Some((of, minus)) => (of, Some(minus)),
            None => (names, None),
        };
        let business = |name: &str| {
            let name = name.trim();
            let found = Business::ALL.into_iter().find(|business| business.id() == name);
            found.ok_or_else(|| NotAQuantity::NoBusiness { name: name.to_owned() })
        };
        let of = business(of)?;
        let measure = find_measure(of, id.trim()).ok_or_else(|| no_measure(of, id.trim()))?;
        let minus = match minus.map(str::trim) {
            None => None,
            Some(GOING_ON) => Some(Subtracted::GoingOn),
            Some(name) => Some(Subtracted::Business(business(name)?)),
        };
        match minus {
            Some(Subtracted::Business(other)) if other == of => Err(NotAQuantity::Itself(of.word())),
            Some(Subtracted::Business(_)) if !measure.is_common() => {
                Err(NotAQuantity::NotCommon(measure.id.to_owned()))
            }
            Some(Subtracted::GoingOn) if *measure != NPV_USD => {
                Err(NotAQuantity::OnlyNpv(measure.id.to_owned()))
            }
            minus => Ok(Self { measure, of, minus }),
        }
    }

    /// The stable name, which [`parse`](Self::parse) reads.
    pub fn id(&self) -> String {
        match self.minus {
            None => format!("{}.{}", self.of.id(), self.measure.id),
            Some(minus) => format!("{}-{}.{}", self.of.id(), minus.id(), self.measure.id),
        }
    }

    /// Unit of the value.
    pub const fn unit(&self) -> Unit {
        self.measure.unit
    }

    /// Which of two values is the better one for the first business.
    pub const fn better(&self) -> Better {
        self.measure.better
    }

    /// The businesses whose results enter it.
    pub(super) fn businesses(&self) -> impl Iterator<Item = Business> {
        let other = self.minus.map(|minus| match minus {
            Subtracted::Business(business) => business,
            Subtracted::GoingOn => Business::OF_NETWORK,
        });
        std::iter::once(self.of).chain(other)
    }
}

fn no_measure(business: Business, id: &str) -> NotAQuantity {
    let of_business = || MEASURES.iter().filter(|measure| measure.applies_to(business));
    let is_near = |known: &str| known.split('_').any(|part| part.len() > 2 && id.contains(part));
    let near: Vec<&str> =
        of_business().map(|measure| measure.id).filter(|known| is_near(known)).take(3).collect();
    let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}", near.join(" or ")) };
    NotAQuantity::NoMeasure { business, id: id.to_owned(), hint }
}

fn names() -> String {
    format!("{}, and {GOING_ON} to subtract", Business::ALL.map(Business::id).join(", "))
}

fn measures(business: Business) -> String {
    let ids = MEASURES.iter().filter(|measure| measure.applies_to(business)).map(|measure| measure.id);
    ids.collect::<Vec<&str>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_a_wrong_one_says_what_there_is() {
        for text in ["mining.npv_usd", "hosting-leasing.payback_months", "leasing-going_on.npv_usd"] {
            assert_eq!(Quantity::parse(text).map(|quantity| quantity.id()).as_deref(), Ok(text));
        }
        for (text, words) in [
            ("npv_usd", "write it as mining.npv_usd"),
            ("gold.npv_usd", "there are mining, hosting, leasing"),
            ("mining-mining.irr", "always 0"),
            ("mining.npv", "did you mean npv_usd or end_proceeds_npv_usd"),
            ("mining-hosting.btc_mined", "belongs to one business"),
            ("hosting-going_on.irr", "only npv_usd"),
        ] {
            let fault = Quantity::parse(text).unwrap_err().to_string();
            assert!(fault.contains(words), "{text}: {fault}");
        }
    }
}
