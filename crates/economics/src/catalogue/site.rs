//! Start, site and power.

use super::{ALL, CONVERTERS, MINERS};
use crate::input::{ChoiceOption, Group, inputs};
use crate::scenario::{Factor, Power, PowerContract};
use crate::units::Unit;

const CONTRACTS: &[ChoiceOption] = &[
    ChoiceOption { name: "Fixed", label: "Fixed", start: "Fixed" },
    ChoiceOption { name: "Wholesale", label: "Wholesale", start: "Wholesale(hourly_sigma:0.5)" },
];

inputs!(
    Group::SiteAndPower,
    ALL,
    START = month!(start)
        .named("Start", Unit::Month)
        .also(&["begin", "start date"])
        .about(
            "First calendar month of the plan; the block height follows it, and so do the halvings",
            "month 0 is the first instant of this month",
        )
        .source("the month after the market data of the preset")
        .moves(MINERS),
    HORIZON_MONTHS = whole!(horizon_months)
        .named("Horizon", Unit::Months)
        .also(&["plan length", "project life"])
        .range(1.0, 600.0)
        .slider(12.0, 240.0, 12.0)
        .about("Length of the plan", "months t = 1…T")
        .source("ten years: two halvings and a lease long enough to rank"),
    CAPACITY_MW = number!(site.capacity_mw)
        .named("Site capacity", Unit::Mw)
        .also(&["megawatts", "interconnection", "grid connection", "power capacity"])
        .range(0.001, 5000.0)
        .slider(1.0, 500.0, 1.0)
        .log()
        .about(
            "Facility power that the grid connection gives",
            "machines = floor(capacity/(PUE·W)), IT kW = capacity·1000/PUE",
        )
        .source("a mid-size powered site"),
    CONVERTIBLE_SHARE = number!(site.convertible_share)
        .named("Convertible to AI", Unit::Fraction)
        .also(&["conversion share"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about("Share of the capacity that can be converted to AI", "IT kW = capacity·share·1000/PUE")
        .source("Sabre56 2024: about 20 % of a mining site; 100 % for a site built for it")
        .moves(CONVERTERS),
    LEGACY_RESALE_USD = number!(site.legacy_resale_usd)
        .named("Old machines sold", Unit::Usd)
        .also(&["salvage", "ASIC sale"])
        .range(0.0, 1e12)
        .slider(0.0, 10e6, 1e5)
        .about(
            "What the old machines fetch when the site is converted",
            "comes in month `queue`; part of payback, no capex",
        )
        .source("nothing to sell on an empty site")
        .moves(CONVERTERS),
    POWER_PRICE_USD_PER_KWH = level!(power.price_usd_per_kwh)
        .named("Electricity cost", Unit::UsdPerKwh)
        .also(&["energy cost", "energy price", "power price", "tariff", "PPA"])
        .range(0.0, Power::HIGHEST_PRICE_USD_PER_KWH)
        .slider(0.0, 0.15, 0.0005)
        .about("Price of a kilowatt-hour at the meter, everything included", "power = energy·price")
        .source("reported all-in cost of listed miners, 2025: 26–38 USD/MWh; industrial tariffs higher")
        .market(Factor::Power)
        .key(),
    POWER_CONTRACT = choice!(power.contract, CONTRACTS)
        .named("Power contract", Unit::Text)
        .also(&["PPA", "tariff", "energy contract", "spot", "hedge"])
        .about(
            "One price for every hour, or hourly prices around the month's mean",
            "hourly prices log-normal, mean p(t)",
        )
        .source("fixed by default")
        .market(Factor::Power),
    FIXED_MONTHS = whole!(power.fixed_months)
        .named("Price fixed for", Unit::Months)
        .also(&["PPA term", "power contract", "hedge"])
        .range(0.0, 600.0)
        .slider(0.0, 240.0, 6.0)
        .about(
            "Months for which a fixed price is fixed: neither chance nor the bitcoin price moves it",
            "no coupling and no simulated factor while t ≤ months",
        )
        .source("industrial power contracts run 3–7 years")
        .market(Factor::Power),
    HOURLY_SIGMA = variant_number!(power.contract, PowerContract::Wholesale { hourly_sigma })
        .named("Hourly volatility", Unit::Ratio)
        .also(&["spot volatility"])
        .range(0.0, 3.0)
        .slider(0.0, 2.0, 0.05)
        .about("Standard deviation of the logarithm of the hourly price", "φ = Φ((ln(r/p) + σ²/2)/σ)")
        .source("of the order of day-ahead markets: 0.3–1")
        .moves(MINERS),
    CURTAILMENT = flag!(power.curtailment)
        .named("Curtailment", Unit::Text)
        .also(&["flexible load", "load shedding"])
        .about("Miners stand still in hours in which power costs more than it earns", "run share φ, bill φπ",)
        .source("off by default: a fixed price leaves nothing to avoid")
        .moves(MINERS),
    DEMAND_RESPONSE_USD_PER_MW_MONTH = number!(power.demand_response_usd_per_mw_month)
        .named("Demand response", Unit::UsdPerMwMonth)
        .also(&["ancillary services", "grid services", "ERCOT"])
        .range(0.0, 100_000.0)
        .slider(0.0, 20_000.0, 100.0)
        .about("Credit for power that is not taken while curtailed", "d = credit/730.5 per MWh not taken")
        .source("none by default; Riot, August 2023: $28.5M of credits in one month")
        .moves(MINERS),
);
