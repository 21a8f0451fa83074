//! The lines of a business's monthly ledger, each declared in one row.

use super::Absent;
use crate::units::Unit;

/// Makes the lines from their rows: variant, stable name, name that people read, unit, and whether `all` businesses
/// have it, unless they are [without it](super::Venture::WITHOUT), or only those that list it as their `own`
/// ([`Venture::LINES`](super::Venture::LINES)). A line of operating costs says `cost` at the end.
macro_rules! lines {
    ($($(#[$doc:meta])* $Line:ident $id:literal $label:literal $unit:ident $whose:ident $($part:ident)?;)*) => {
        /// A line or series of the ledger. Lines are USD a month with costs negative; series have their own unit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Line {
            $($(#[$doc])* $Line,)*
        }

        /// Every line in ledger order.
        pub const LINES: [Line; [$($id),*].len()] = [$(Line::$Line),*];

        impl Line {
            /// The stable name in JSON and CSV.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$Line => $id,)*
                }
            }

            /// The display name.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$Line => $label,)*
                }
            }

            /// Unit of its values.
            pub const fn unit(self) -> Unit {
                match self {
                    $(Self::$Line => Unit::$unit,)*
                }
            }

            /// Whether it is common: every business has it, except those that exclude it.
            pub const fn is_common(self) -> bool {
                match self {
                    $(Self::$Line => lines!(@ $whose),)*
                }
            }

            /// Whether it is an operating cost: it is deducted from the revenue in the EBITDA.
            pub const fn is_operating_cost(self) -> bool {
                match self {
                    $(Self::$Line => lines!(@part $($part)?),)*
                }
            }
        }
    };
    (@ all) => { true };
    (@ own) => { false };
    (@part cost) => { true };
    (@part) => { false };
}

lines! {
    /// All revenue, USD.
    Revenue "revenue" "Revenue" Usd all;
    /// Mined coins sold, USD.
    BtcSales "btc_sales" "Bitcoin sold" Usd own;
    /// Mined coins kept, at the month's price, USD: income, but no cash.
    BtcKeptValue "btc_kept_value" "Bitcoin kept" Usd own;
    /// Credit for power not taken, USD.
    DemandResponse "demand_response" "Demand response" Usd own;
    /// Hosting fees, USD.
    Fees "fees" "Hosting fees" Usd own;
    /// Power billed on to the customer, USD.
    PowerBilledOn "power_billed_on" "Power billed on" Usd own;
    /// Credit against the fit-out that the customer funded, USD.
    CreditToCustomer "credit_to_customer" "Credit to customer" Usd own;
    /// Prepayments received, and their credit in later months, USD.
    Prepayment "prepayment" "Prepayment" Usd own;
    /// Rental under contract, USD.
    ContractRental "contract_rental" "Contract rental" Usd own;
    /// Rental at the market, USD.
    MarketRental "market_rental" "Market rental" Usd own;
    /// The power bill, USD.
    Power "power" "Electricity" Usd all cost;
    /// Operating cost besides power, USD.
    Opex "opex" "Opex" Usd all cost;
    /// Hardware maintenance, USD.
    Maintenance "maintenance" "Maintenance" Usd own cost;
    /// Replacement of broken hardware, USD.
    Replacement "replacement" "Replacement" Usd own cost;
    /// Fee of a third-party data centre, USD.
    Colocation "colocation" "Colocation" Usd own cost;
    /// Revenue less operating costs, USD; coins kept count as revenue.
    Ebitda "ebitda" "EBITDA" Usd all;
    /// Old machines sold on conversion, USD.
    OtherProceeds "other_proceeds" "Other proceeds" Usd own;
    /// Site works paid by the business, USD.
    CapexWorks "capex_works" "Site works" Usd all;
    /// Hardware bought, USD.
    CapexHardware "capex_hardware" "Hardware" Usd own;
    /// Deposit at a third-party data centre, USD.
    Deposit "deposit" "Deposit" Usd own;
    /// Received only because the plan ends, USD.
    EndProceeds "end_proceeds" "End proceeds" Usd all;
    /// Net cash flow before tax, USD.
    NetBeforeTax "net_before_tax" "Net cash before tax" Usd all;
    /// Depreciation, USD, negative.
    Depreciation "depreciation" "Depreciation" Usd all;
    /// Income on which tax is due, USD.
    TaxableIncome "taxable_income" "Taxable income" Usd all;
    /// Income tax, USD.
    Tax "tax" "Tax" Usd all;
    /// Net cash flow after tax, USD.
    NetAfterTax "net_after_tax" "Net cash after tax" Usd all;
    /// Drawn from the lender, USD.
    DebtDrawn "debt_drawn" "Debt drawn" Usd all;
    /// Interest paid, USD; until live it is added to the loan instead.
    Interest "interest" "Interest" Usd all;
    /// Principal repaid, USD.
    Principal "principal" "Principal" Usd all;
    /// The owner's flow: after tax, drawn and repaid debt, USD.
    Equity "equity" "Cash to equity" Usd all;
    /// Running sum of the net cash flow of the basis, USD.
    Cumulative "cumulative" "Cumulative cash" Usd all;
    /// Running sum of the discounted net cash flow, USD.
    DiscountedCumulative "discounted_cumulative" "Discounted cumulative cash" Usd all;
    /// Owed to the lender at the end of the month, USD.
    DebtBalance "debt_balance_usd" "Debt owed" Usd all;
    /// Electricity taken by the facility, MWh.
    EnergyMwh "energy_mwh" "Energy" Mwh all;
    /// Bitcoins mined, BTC.
    BtcMined "btc_mined" "Bitcoin mined" Btc own;
    /// Bitcoins kept so far, BTC.
    TreasuryBtc "treasury_btc" "Bitcoin held" Btc own;
    /// Value of the bitcoins kept so far, USD.
    TreasuryValue "treasury_value_usd" "Worth of bitcoin held" Usd own;
    /// Hashrate of the running fleet, EH/s.
    FleetHashrate "fleet_hashrate_eh_s" "Fleet hashrate" EhPerSecond own;
    /// Power price at which a miner breaks even, USD/MWh.
    ShutdownPower "shutdown_power_usd_per_mwh" "Shutdown power price" UsdPerMwh own;
    /// Bitcoin price at which a miner just covers its power, USD; absent where mining earns nothing.
    ShutdownPrice "shutdown_price_usd" "Shutdown bitcoin price" UsdPerBtc own;
    /// Share of the hours in which machines run, fraction.
    RunShare "run_share" "Run share" Fraction own;
    /// 1 in an idle month, else 0.
    Idle "idle" "Standing still" Count own;
    /// IT power let, kW-months.
    KwMonthsLet "kw_months_let" "IT power let" Kw own;
    /// GPU-hours sold, h.
    GpuHoursSold "gpu_hours_sold" "GPU-hours sold" Count own;
}

/// The lines of operating costs, in ledger order.
pub fn operating_costs() -> impl Iterator<Item = Line> + Clone {
    LINES.into_iter().filter(|line| line.is_operating_cost())
}

impl Line {
    /// Whether it is a physical or running series rather than a money line of the month.
    pub const fn is_series(self) -> bool {
        self as u8 >= Self::Cumulative as u8
    }

    /// Whether its months add up: money and quantities of a month do, levels and running sums do not.
    pub const fn adds_up(self) -> bool {
        !self.is_series()
            || matches!(
                self,
                Self::EnergyMwh | Self::BtcMined | Self::Idle | Self::KwMonthsLet | Self::GpuHoursSold
            )
    }

    /// The line that must be above zero for this one to exist in a month, and the reason if it is not.
    pub(super) const fn exists_with(self) -> Option<(Self, Absent)> {
        match self {
            Self::ShutdownPrice => Some((Self::ShutdownPower, Absent::EarnsNothing)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_order_of_the_lines_is_that_of_their_numbers() {
        for (index, line) in LINES.into_iter().enumerate() {
            // A ledger finds the values of a line by its number.
            assert_eq!(line as usize, index, "{}", line.id());
        }
        assert_eq!(LINES.map(Line::id).into_iter().collect::<BTreeSet<_>>().len(), LINES.len());
        assert_eq!(LINES.map(Line::label).into_iter().collect::<BTreeSet<_>>().len(), LINES.len());
    }

    #[test]
    fn money_of_the_month_is_in_dollars() {
        assert!(LINES.into_iter().all(|line| line.is_series() || line.unit() == Unit::Usd));
    }
}
