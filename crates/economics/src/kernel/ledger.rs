//! The lines of a business's monthly ledger, and who listens to them.

use crate::business::Business;
use crate::number::Real;
use crate::units::Unit;

/// A line or series of the ledger. Lines are USD a month with costs negative; series have their own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Line {
    /// All revenue, USD.
    Revenue,
    /// Mined coins sold, USD.
    BtcSales,
    /// Mined coins kept, at the month's price, USD: income, but no cash.
    BtcKeptValue,
    /// Credit for power not taken, USD.
    DemandResponse,
    /// Hosting fees, USD.
    Fees,
    /// Power billed on to the customer, USD.
    PowerBilledOn,
    /// Credit against the fit-out that the customer funded, USD.
    CreditToCustomer,
    /// Prepayments received, and their credit in later months, USD.
    Prepayment,
    /// Rental under contract, USD.
    ContractRental,
    /// Rental at the market, USD.
    MarketRental,
    /// The power bill, USD.
    Power,
    /// Operating cost besides power, USD.
    Opex,
    /// Hardware maintenance, USD.
    Maintenance,
    /// Replacement of broken hardware, USD.
    Replacement,
    /// Fee of somebody else's data centre, USD.
    Colocation,
    /// Revenue less operating costs, USD; coins kept count as revenue.
    Ebitda,
    /// Old machines sold on conversion, USD.
    OtherProceeds,
    /// Site works paid by the business, USD.
    CapexWorks,
    /// Hardware bought, USD.
    CapexHardware,
    /// Deposit at somebody else's data centre, USD.
    Deposit,
    /// What comes only because the plan ends, USD.
    EndProceeds,
    /// Net cash flow before tax, USD.
    NetBeforeTax,
    /// Depreciation, USD, negative.
    Depreciation,
    /// Income on which tax is due, USD.
    TaxableIncome,
    /// Income tax, USD.
    Tax,
    /// Net cash flow after tax, USD.
    NetAfterTax,
    /// Drawn from the lender, USD.
    DebtDrawn,
    /// Interest paid, USD; until live it is added to the loan instead.
    Interest,
    /// Principal repaid, USD.
    Principal,
    /// The owner's flow: after tax, drawn and repaid debt, USD.
    Equity,
    /// Running sum of the net cash flow of the basis, USD.
    Cumulative,
    /// Running sum of the discounted net cash flow, USD.
    DiscountedCumulative,
    /// Owed to the lender at the end of the month, USD.
    DebtBalance,
    /// Electricity taken by the facility, MWh.
    EnergyMwh,
    /// Bitcoins mined, BTC.
    BtcMined,
    /// Bitcoins kept so far, BTC.
    TreasuryBtc,
    /// Worth of the bitcoins kept so far, USD.
    TreasuryValue,
    /// Hashrate of the running fleet, EH/s.
    FleetHashrate,
    /// Power price at which a miner breaks even, USD/MWh.
    ShutdownPower,
    /// Bitcoin price at which a miner only pays its power, USD.
    ShutdownPrice,
    /// Share of the hours in which machines run, fraction.
    RunShare,
    /// 1 in a month of standing still, else 0.
    Idle,
    /// IT power let, kW-months.
    KwMonthsLet,
    /// GPU-hours sold, h.
    GpuHoursSold,
}

/// Every line in ledger order.
pub const LINES: [Line; 44] = [
    Line::Revenue,
    Line::BtcSales,
    Line::BtcKeptValue,
    Line::DemandResponse,
    Line::Fees,
    Line::PowerBilledOn,
    Line::CreditToCustomer,
    Line::Prepayment,
    Line::ContractRental,
    Line::MarketRental,
    Line::Power,
    Line::Opex,
    Line::Maintenance,
    Line::Replacement,
    Line::Colocation,
    Line::Ebitda,
    Line::OtherProceeds,
    Line::CapexWorks,
    Line::CapexHardware,
    Line::Deposit,
    Line::EndProceeds,
    Line::NetBeforeTax,
    Line::Depreciation,
    Line::TaxableIncome,
    Line::Tax,
    Line::NetAfterTax,
    Line::DebtDrawn,
    Line::Interest,
    Line::Principal,
    Line::Equity,
    Line::Cumulative,
    Line::DiscountedCumulative,
    Line::DebtBalance,
    Line::EnergyMwh,
    Line::BtcMined,
    Line::TreasuryBtc,
    Line::TreasuryValue,
    Line::FleetHashrate,
    Line::ShutdownPower,
    Line::ShutdownPrice,
    Line::RunShare,
    Line::Idle,
    Line::KwMonthsLet,
    Line::GpuHoursSold,
];

impl Line {
    /// The stable name in JSON and CSV.
    pub const fn id(self) -> &'static str {
        self.text().0
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        self.text().1
    }

    /// Whether it is a physical or running series rather than a money line of the month.
    pub const fn is_series(self) -> bool {
        self as u8 >= Self::Cumulative as u8
    }

    /// Unit of its values.
    pub const fn unit(self) -> Unit {
        match self {
            Self::EnergyMwh => Unit::Mwh,
            Self::BtcMined | Self::TreasuryBtc => Unit::Btc,
            Self::FleetHashrate => Unit::EhPerSecond,
            Self::ShutdownPower => Unit::UsdPerMwh,
            Self::ShutdownPrice => Unit::UsdPerBtc,
            Self::RunShare => Unit::Fraction,
            Self::Idle | Self::GpuHoursSold => Unit::Count,
            Self::KwMonthsLet => Unit::Kw,
            _ => Unit::Usd,
        }
    }

    /// Whether a business can have this line at all.
    pub const fn belongs_to(self, business: Business) -> bool {
        use Business::{Hosting, Leasing, Mining};
        match self {
            Self::BtcSales
            | Self::BtcKeptValue
            | Self::DemandResponse
            | Self::BtcMined
            | Self::TreasuryBtc
            | Self::TreasuryValue
            | Self::FleetHashrate
            | Self::ShutdownPower
            | Self::ShutdownPrice
            | Self::RunShare => matches!(business, Mining),
            Self::Fees | Self::PowerBilledOn | Self::CreditToCustomer | Self::KwMonthsLet => {
                matches!(business, Hosting)
            }
            Self::ContractRental
            | Self::MarketRental
            | Self::Maintenance
            | Self::Replacement
            | Self::Colocation
            | Self::Deposit
            | Self::GpuHoursSold => matches!(business, Leasing),
            Self::Prepayment | Self::OtherProceeds => matches!(business, Hosting | Leasing),
            Self::Idle | Self::CapexHardware => matches!(business, Mining | Leasing),
            _ => true,
        }
    }

    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Revenue => ("revenue", "Revenue"),
            Self::BtcSales => ("btc_sales", "Bitcoin sold"),
            Self::BtcKeptValue => ("btc_kept_value", "Bitcoin kept"),
            Self::DemandResponse => ("demand_response", "Demand response"),
            Self::Fees => ("fees", "Hosting fees"),
            Self::PowerBilledOn => ("power_billed_on", "Power billed on"),
            Self::CreditToCustomer => ("credit_to_customer", "Credit to customer"),
            Self::Prepayment => ("prepayment", "Prepayment"),
            Self::ContractRental => ("contract_rental", "Contract rental"),
            Self::MarketRental => ("market_rental", "Market rental"),
            Self::Power => ("power", "Electricity"),
            Self::Opex => ("opex", "Opex"),
            Self::Maintenance => ("maintenance", "Maintenance"),
            Self::Replacement => ("replacement", "Replacement"),
            Self::Colocation => ("colocation", "Colocation"),
            Self::Ebitda => ("ebitda", "EBITDA"),
            Self::OtherProceeds => ("other_proceeds", "Other proceeds"),
            Self::CapexWorks => ("capex_works", "Site works"),
            Self::CapexHardware => ("capex_hardware", "Hardware"),
            Self::Deposit => ("deposit", "Deposit"),
            Self::EndProceeds => ("end_proceeds", "End proceeds"),
            Self::NetBeforeTax => ("net_before_tax", "Net cash before tax"),
            Self::Depreciation => ("depreciation", "Depreciation"),
            Self::TaxableIncome => ("taxable_income", "Taxable income"),
            Self::Tax => ("tax", "Tax"),
            Self::NetAfterTax => ("net_after_tax", "Net cash after tax"),
            Self::DebtDrawn => ("debt_drawn", "Debt drawn"),
            Self::Interest => ("interest", "Interest"),
            Self::Principal => ("principal", "Principal"),
            Self::Equity => ("equity", "Cash to equity"),
            Self::Cumulative => ("cumulative", "Cumulative cash"),
            Self::DiscountedCumulative => ("discounted_cumulative", "Discounted cumulative cash"),
            Self::DebtBalance => ("debt_balance_usd", "Debt owed"),
            Self::EnergyMwh => ("energy_mwh", "Energy"),
            Self::BtcMined => ("btc_mined", "Bitcoin mined"),
            Self::TreasuryBtc => ("treasury_btc", "Bitcoin held"),
            Self::TreasuryValue => ("treasury_value_usd", "Worth of bitcoin held"),
            Self::FleetHashrate => ("fleet_hashrate_eh_s", "Fleet hashrate"),
            Self::ShutdownPower => ("shutdown_power_usd_per_mwh", "Shutdown power price"),
            Self::ShutdownPrice => ("shutdown_price_usd", "Shutdown bitcoin price"),
            Self::RunShare => ("run_share", "Run share"),
            Self::Idle => ("idle", "Standing still"),
            Self::KwMonthsLet => ("kw_months_let", "IT power let"),
            Self::GpuHoursSold => ("gpu_hours_sold", "GPU-hours sold"),
        }
    }
}

/// Hears every line of a month as the kernel computes it.
pub trait Sink<V> {
    /// Whether anybody listens; lets the kernel skip what only a reader needs.
    const LISTENS: bool;
    /// The value of a line in the month at hand.
    fn put(&mut self, line: Line, value: V);
}

/// Nobody listens: the simulation.
impl<V: Real> Sink<V> for () {
    const LISTENS: bool = false;

    #[inline(always)]
    fn put(&mut self, _: Line, _: V) {}
}

/// Every line of every month `0..=T` of one business.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    months: usize,
    values: Vec<f64>,
}

impl Ledger {
    /// A ledger of zeros for the months `0..=horizon_months`.
    pub fn new(horizon_months: usize) -> Self {
        let months = horizon_months + 1;
        Self { months, values: vec![0.0; LINES.len() * months] }
    }

    /// One value per month `0..=T`.
    pub fn line(&self, line: Line) -> &[f64] {
        let from = line as usize * self.months;
        &self.values[from..from + self.months]
    }

    /// The sum of a line over the plan.
    pub fn sum(&self, line: Line) -> f64 {
        self.line(line).iter().sum()
    }

    /// Whether the line is other than zero in some month.
    pub fn has(&self, line: Line) -> bool {
        self.line(line).iter().any(|&value| value != 0.0)
    }

    /// Whether every value is a number that can be shown.
    pub fn is_finite(&self) -> bool {
        // Without a short cut the loop runs in vector registers.
        !self.values.iter().fold(false, |bad, value| bad | !value.is_finite())
    }

    /// The month of the ledger that a kernel step writes to.
    pub fn month(&mut self, t: usize) -> MonthOfLedger<'_> {
        MonthOfLedger { ledger: self, t }
    }

    /// Sets one value.
    pub fn set(&mut self, line: Line, t: usize, value: f64) {
        self.values[line as usize * self.months + t] = value;
    }
}

/// The sink that writes into one month of a ledger.
#[derive(Debug)]
pub struct MonthOfLedger<'a> {
    ledger: &'a mut Ledger,
    t: usize,
}

impl Sink<f64> for MonthOfLedger<'_> {
    const LISTENS: bool = true;

    #[inline(always)]
    fn put(&mut self, line: Line, value: f64) {
        self.ledger.set(line, self.t, value);
    }
}
