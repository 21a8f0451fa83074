//! The catalogue of results: every measure with its stable id, label and unit.

use std::sync::LazyLock;

use super::{Evaluation, Measures, Readouts};
use crate::business::{Business, with_businesses};
use crate::explain::case::Case;
use crate::explain::derivation::Derivation;
use crate::explain::measures::{self as explain, Explain};
use crate::kernel::{Better, Figure, Maybe};
use crate::units::Unit;

/// Catalogue row of a figure of a business.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Measure {
    /// The stable name, `npv_usd`.
    pub id: &'static str,
    /// The display name.
    pub label: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// Which of two values is the better one, as beside another scenario.
    pub better: Better,
    /// One-line description.
    pub meaning: &'static str,
    /// The only business that has it; `None` if every business does.
    business: Option<Business>,
    read: Read,
    explain: Explain,
}

macro_rules! reads {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        #[derive(Clone, Copy, Debug)]
        enum Read {
            Any(fn(&Measures) -> Maybe<f64>),
            $($Business(fn(&crate::business::$module::Figures) -> Maybe<f64>),)*
        }

        impl Read {
            fn value(self, evaluation: &Evaluation) -> Option<Maybe<f64>> {
                match (self, &evaluation.readouts) {
                    (Self::Any(read), _) => Some(read(&evaluation.measures)),
                    $((Self::$Business(read), Readouts::$Business(figures)) => Some(read(figures)),)*
                    _ => None,
                }
            }
        }

        /// The figures of single businesses, business by business.
        fn own() -> Vec<Measure> {
            let mut all = Vec::new();
            $(all.extend(crate::business::$module::FIGURES.iter().map(|figure| {
                Measure::own(Business::$Business, figure, Read::$Business(figure.read))
            }));)*
            all
        }
    };
}
with_businesses!(reads);

/// A measure is the one with its id, of its business.
impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.business) == (other.id, other.business)
    }
}

impl Eq for Measure {}

impl Measure {
    const fn own<F>(business: Business, figure: &Figure<F, Explain>, read: Read) -> Self {
        let Figure { id, label, unit, better, meaning, explain, .. } = *figure;
        Self { id, label, unit, better, meaning, business: Some(business), read, explain }
    }

    /// Whether a business has this measure.
    pub fn applies_to(&self, business: Business) -> bool {
        self.business.is_none_or(|own| own == business)
    }

    /// Whether every business has it.
    pub const fn is_common(&self) -> bool {
        self.business.is_none()
    }

    /// The value in an evaluation; `None` if the business does not have it.
    ///
    /// ```
    /// # use wattfolio_economics::prelude::*;
    /// let comparison = compare(&Scenario::default().validate()?);
    /// let leasing = comparison.business(Business::Leasing).unwrap();
    /// let payback = find_measure(Business::Leasing, "payback_months").unwrap();
    /// assert_eq!(payback.read(leasing), Some(leasing.measures.payback_months));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn read(&self, evaluation: &Evaluation) -> Option<Maybe<f64>> {
        self.read.value(evaluation)
    }

    /// The value among the measures that every business has; `None` if it is one of a single business.
    pub(crate) fn read_common(&self, measures: &Measures) -> Option<Maybe<f64>> {
        match self.read {
            Read::Any(read) => Some(read(measures)),
            _ => None,
        }
    }

    /// Its formula in a case in which its value is `result`.
    pub(crate) fn explain(&self, case: &Case<'_>, result: Maybe<f64>) -> Derivation {
        (self.explain)(case, result)
    }
}

/// The measure with an id that a business has.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let measure = find_measure(Business::Mining, "btc_mined").unwrap();
/// assert_eq!((measure.label, measure.unit.symbol()), ("Bitcoin mined", "BTC"));
/// assert!(find_measure(Business::Leasing, "btc_mined").is_none());
/// ```
pub fn find(business: Business, id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.id == id && measure.applies_to(business))
}

const fn measure(
    id: &'static str,
    label: &'static str,
    (unit, better): (Unit, Better),
    meaning: &'static str,
    read: fn(&Measures) -> Maybe<f64>,
    explain: Explain,
) -> Measure {
    Measure { id, label, unit, better, meaning, business: None, read: Read::Any(read), explain }
}

/// Every measure: those of all businesses, then those of each, in display order.
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// assert!(MEASURES.iter().any(|measure| measure.id == "npv_usd" && measure.is_common()));
/// ```
pub static MEASURES: LazyLock<Vec<Measure>> =
    LazyLock::new(|| COMMON.iter().copied().copied().chain(own()).collect());

/// The measures that every business has: a handle for each, and the list of all in the order of the window.
macro_rules! common {
    ($($NAME:ident = $measure:ident($id:literal, $label:literal, $unit:ident, $better:ident, $meaning:literal, $read:expr, $explain:expr $(,)?)),+ $(,)?) => {
        $(
            #[doc = $meaning]
            pub static $NAME: Measure = $measure($id, $label, (Unit::$unit, Better::$better), $meaning, $read, $explain);
        )+

        static COMMON: &[&Measure] = &[$(&$NAME),+];
    };
}

common!(
    NPV_USD = measure(
        "npv_usd",
        "NPV",
        Usd,
        More,
        "Net present value of all flows at the discount rate",
        |m| Ok(m.npv_usd),
        explain::npv,
    ),
    END_PROCEEDS_NPV_USD = measure(
        "end_proceeds_npv_usd",
        "NPV of the end",
        Usd,
        Neither,
        "The part of the net present value that comes only because the plan ends",
        |m| Ok(m.end_proceeds_npv_usd),
        explain::end_proceeds_npv,
    ),
    NPV_PER_CAPEX = measure(
        "npv_per_capex",
        "NPV per dollar",
        Multiple,
        More,
        "Net present value per dollar of own capex; ranks businesses of different size",
        |m| m.npv_per_capex,
        explain::npv_per_capital,
    ),
    IRR = measure(
        "irr",
        "IRR",
        FractionPerYear,
        More,
        "Rate at which the net present value is zero",
        |m| m.irr,
        explain::irr,
    ),
    MIRR = measure(
        "mirr",
        "MIRR",
        FractionPerYear,
        More,
        "Rate with negative flows financed and positive ones reinvested at given rates",
        |m| m.mirr,
        explain::mirr,
    ),
    PROFIT_USD = measure(
        "profit_usd",
        "Profit",
        Usd,
        More,
        "Sum of all flows, undiscounted",
        |m| Ok(m.profit_usd),
        explain::profit,
    ),
    MULTIPLE = measure(
        "multiple",
        "Multiple",
        Multiple,
        More,
        "1 + profit over peak funding",
        |m| m.multiple,
        explain::multiple,
    ),
    PEAK_FUNDING_USD = measure(
        "peak_funding_usd",
        "Peak funding",
        Usd,
        Neither,
        "The most money that is out at any time",
        |m| Ok(m.peak_funding_usd),
        explain::peak_funding,
    ),
    PEAK_FUNDING_MONTH = measure(
        "peak_funding_month",
        "Peak month",
        Months,
        Neither,
        "Month of the peak funding",
        |m| m.peak_funding_month,
        explain::peak_funding_month,
    ),
    CAPEX_USD = measure(
        "capex_usd",
        "Capital",
        Usd,
        Neither,
        "Own capex: works paid by the business and hardware",
        |m| Ok(m.capex_usd),
        explain::capex,
    ),
    PAYBACK_MONTHS = measure(
        "payback_months",
        "Payback",
        Months,
        Less,
        "Months until cumulative cash without end proceeds is back to zero for the first time",
        |m| m.payback_months,
        explain::payback,
    ),
    PAYBACK_LAST_MONTHS = measure(
        "payback_last_months",
        "Payback for good",
        Months,
        Less,
        "Months until cumulative cash without end proceeds is back to zero and stays there",
        |m| m.payback_last_months,
        explain::payback_last,
    ),
    DISCOUNTED_PAYBACK_MONTHS = measure(
        "discounted_payback_months",
        "Discounted payback",
        Months,
        Less,
        "Payback on discounted flows",
        |m| m.discounted_payback_months,
        explain::discounted_payback,
    ),
    DISCOUNTED_PAYBACK_LAST_MONTHS = measure(
        "discounted_payback_last_months",
        "Discounted payback for good",
        Months,
        Less,
        "Payback for good on discounted flows",
        |m| m.discounted_payback_last_months,
        explain::discounted_payback_last,
    ),
    PAYBACK_TODAY_MONTHS = measure(
        "payback_today_months",
        "At today’s profit",
        Months,
        Less,
        "Own capex over the monthly operating cash at start levels, full ramp and with new machines",
        |m| m.payback_today_months,
        explain::payback_today,
    ),
    ANNUALISED_TOTAL_RETURN = measure(
        "annualised_total_return",
        "Annualised total return",
        FractionPerYear,
        More,
        "((operating cash + end proceeds)/capex)^(12/T) − 1; what the press often calls IRR",
        |m| m.annualised_total_return,
        explain::annualised_total_return,
    ),
    PROFIT_USD_PER_MWH = measure(
        "profit_usd_per_mwh",
        "Profit per MWh",
        UsdPerMwh,
        More,
        "Profit before tax per MWh that the site could have used since live",
        |m| m.profit_usd_per_mwh,
        explain::profit_per_mwh,
    ),
    NPV_USD_PER_MWH = measure(
        "npv_usd_per_mwh",
        "NPV per MWh",
        UsdPerMwh,
        More,
        "Net present value per discounted MWh that the site could use since live, and in the months of a lease that the end counts",
        |m| m.npv_usd_per_mwh,
        explain::npv_per_mwh,
    ),
    DISCOUNT_RATE = measure(
        "discount_rate",
        "Discount rate",
        FractionPerYear,
        Neither,
        "The rate of every present value of the business: its own, or the one that businesses share",
        |m| Ok(m.discount_rate),
        explain::discount_rate,
    ),
    END_PROCEEDS_USD = measure(
        "end_proceeds_usd",
        "End proceeds",
        Usd,
        Neither,
        "What comes only because the plan ends; not part of payback",
        |m| Ok(m.end_proceeds_usd),
        explain::end_proceeds,
    ),
    MIN_DSCR = measure(
        "min_dscr",
        "Lowest DSCR",
        Multiple,
        More,
        "Lowest operating cash over debt service from full operation on",
        |m| m.service.min_dscr,
        explain::min_dscr,
    ),
    AVG_DSCR = measure(
        "avg_dscr",
        "Average DSCR",
        Multiple,
        More,
        "Mean of operating cash over debt service, without what is repaid at the end",
        |m| m.service.avg_dscr,
        explain::avg_dscr,
    ),
    PEAK_EQUITY_USD = measure(
        "peak_equity_usd",
        "Peak equity",
        Usd,
        Neither,
        "The most money that the owner has in at any time, after tax and debt",
        |m| Ok(m.service.peak_equity_usd),
        explain::peak_equity,
    ),
    SHORT_MONTHS = measure(
        "short_months",
        "Months short of cash",
        Count,
        Less,
        "Months after the ramp in which the reserve and the owner’s cash since its end are below zero",
        |m| Ok(m.service.short_months.len() as f64),
        explain::short_months,
    ),
);
