//! What a sweep wants of each cell: a measure of the plan, or a figure of its simulation.

use crate::answers::quantity::{NotAQuantity, Quantity};
use crate::answers::usual::measure_of;
use crate::business::Business;
use crate::results::verdict::Criterion;
use crate::risk::{RISK_FIGURES, RiskFigure, RiskTopic};

/// A measure of the plan, or a figure of the simulation.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// A measure of a business, or of one less another.
    Quantity(Quantity),
    /// A figure of the simulation of a business.
    Figure(Business, &'static RiskFigure),
}

/// Why a text names no column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}; of a simulation there are {figures}")]
pub struct NotAColumn {
    fault: NotAQuantity,
    figures: String,
}

impl Column {
    /// Reads `mining.npv_usd`, `hosting-leasing.irr` or `leasing.npv_p5_usd`.
    ///
    /// # Errors
    /// A message with the error and the allowed values.
    ///
    /// ```
    /// # use wattfolio_economics::answers::Column;
    /// assert!(Column::parse("mining.npv_usd").unwrap().quantity().is_some());
    /// assert!(Column::parse("mining.cvar_usd").unwrap().quantity().is_none());
    /// assert!(Column::parse("mining.cvar").unwrap_err().to_string().contains("cvar_usd"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAColumn> {
        let fault = match Quantity::parse(text) {
            Ok(quantity) => return Ok(Self::Quantity(quantity)),
            Err(fault) => fault,
        };
        let figure = text.split_once('.').and_then(|(business, id)| {
            let business = Business::ALL.into_iter().find(|known| known.id() == business.trim())?;
            let figure = RISK_FIGURES.iter().find(|figure| figure.id == id.trim())?;
            Some(Self::Figure(business, figure))
        });
        figure.ok_or_else(|| NotAColumn {
            fault,
            figures: RISK_FIGURES.iter().map(|figure| figure.id).collect::<Vec<&str>>().join(", "),
        })
    }

    /// What a criterion goes by, of every business: a measure of the plan, or by chance of loss that of the simulation.
    ///
    /// ```
    /// # use wattfolio_economics::answers::Column;
    /// # use wattfolio_economics::results::verdict::Criterion;
    /// assert_eq!(Column::usual(Criterion::Irr)[0].id(), "mining.irr");
    /// assert_eq!(Column::usual(Criterion::Loss)[0].id(), "mining.loss");
    /// ```
    pub fn usual(criterion: Criterion) -> Vec<Self> {
        let figure = RISK_FIGURES.iter().find(|figure| criterion == Criterion::Loss && figure.id == "loss");
        let column = |business| match figure {
            Some(figure) => Self::Figure(business, figure),
            None => Self::Quantity(Quantity::of(business, measure_of(criterion))),
        };
        Business::ALL.map(column).to_vec()
    }

    /// The stable name, which [`parse`](Self::parse) reads.
    pub fn id(&self) -> String {
        match self {
            Self::Quantity(quantity) => quantity.id(),
            Self::Figure(business, figure) => format!("{}.{}", business.id(), figure.id),
        }
    }

    /// The quantity, if it is no figure of the simulation.
    pub const fn quantity(&self) -> Option<Quantity> {
        match self {
            Self::Quantity(quantity) => Some(*quantity),
            Self::Figure(..) => None,
        }
    }

    /// Whether it is a rate of return of the simulation, which a run omits.
    pub(super) fn is_a_return(&self) -> bool {
        matches!(self, Self::Figure(_, figure) if figure.topic == RiskTopic::Returns)
    }
}
