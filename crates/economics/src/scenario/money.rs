//! Discounting, tax, debt, and shares of a mix.

use serde::{Deserialize, Serialize};

use crate::business::{Business, PerBusiness, with_businesses};

/// Discounting, inflation and tax.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Finance {
    /// Discount rate a year, fraction.
    pub discount_rate: f64,
    /// Inflation of operating costs a year, fraction.
    pub inflation: f64,
    /// Rate at which negative flows are financed in the MIRR, a year.
    pub finance_rate: f64,
    /// Rate at which positive flows are reinvested in the MIRR, a year.
    pub reinvest_rate: f64,
    /// Income tax, fraction.
    pub tax_rate: f64,
    /// Share of a year's income that losses carried forward may offset, fraction.
    pub nol_limit: f64,
    /// Share of the cost of hardware that is deducted in the first year, fraction.
    pub bonus_depreciation: f64,
    /// Share of the cost of site works that is deducted in the first year, fraction.
    pub site_bonus_depreciation: f64,
    /// Depreciation class of hardware.
    pub hardware_depreciation: Depreciation,
    /// Depreciation class of site works.
    pub site_depreciation: Depreciation,
}

impl Default for Finance {
    fn default() -> Self {
        Self {
            discount_rate: 0.12,
            inflation: 0.025,
            finance_rate: 0.09,
            reinvest_rate: 0.06,
            tax_rate: 0.25,
            nol_limit: 0.8,
            bonus_depreciation: 1.0,
            site_bonus_depreciation: 0.7,
            hardware_depreciation: Depreciation::Macrs5,
            site_depreciation: Depreciation::Macrs15,
        }
    }
}

/// A depreciation class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Depreciation {
    /// MACRS, five years, half-year convention.
    Macrs5,
    /// MACRS, fifteen years, half-year convention.
    Macrs15,
    /// Straight line: equal amounts over a number of months.
    StraightLine {
        /// Length, months.
        months: u32,
    },
    /// Nothing until the end, where the whole basis is deducted.
    None,
}

/// Debt of a business.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Debt {
    /// No debt.
    None,
    /// A loan on each draw of own capex.
    Loan {
        /// Share of own capex that is borrowed, fraction.
        loan_to_cost: f64,
        /// Interest a year, charged at one twelfth a month, fraction.
        apr: f64,
        /// Months of level payments.
        term_months: u32,
        /// Interest-only months before the level payments.
        grace_months: u32,
    },
    /// The largest debt that operating cash covers at a DSCR.
    SizedToDscr {
        /// Operating cash over debt service.
        dscr: f64,
        /// Interest a year, charged at one twelfth a month, fraction.
        apr: f64,
        /// Months of payments from live.
        term_months: u32,
    },
}

macro_rules! mix {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// Shares of the site in a mix; they add up to 1.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Mix {
            $(
                #[doc = concat!($label, ", fraction.")]
                pub $module: f64,
            )*
        }

        impl Default for Mix {
            fn default() -> Self {
                Self { $($module: Self::default_share(Business::$Business)),* }
            }
        }

        impl Mix {
            /// The share of each business, fraction.
            pub fn shares(&self) -> PerBusiness<f64> {
                [$(self.$module),*].into()
            }
        }

        impl From<PerBusiness<f64>> for Mix {
            /// A mix with these shares; only a valid scenario says that they add up to 1.
            fn from(shares: PerBusiness<f64>) -> Self {
                Self { $($module: shares[Business::$Business]),* }
            }
        }
    };
}
with_businesses!(mix);

impl Mix {
    /// Number of businesses that have the same share by default: those of the first release. A later one has none until it
    /// is given one, so that a file which names the shares of these still adds up to 1.
    const SHARING: usize = 3;

    /// The share of a business by default, fraction.
    pub(crate) const fn default_share(business: Business) -> f64 {
        if (business as usize) < Self::SHARING { 1.0 / Self::SHARING as f64 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_files_that_name_the_first_businesses_alone_add_up() {
        let shares = Mix::default().shares().into_array();
        assert_eq!(shares[..Mix::SHARING], [1.0 / 3.0; 3]);
        assert!(shares[Mix::SHARING..].iter().all(|share| *share == 0.0), "{shares:?}");
    }
}
