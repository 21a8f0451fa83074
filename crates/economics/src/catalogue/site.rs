//! Start, site, power and couplings.

use super::{AI, ALL, MINING};
use crate::input::{
    Access, ChoiceOption, Group, Input, Kind, choice, flag, level, number, variant_number, whole,
};
use crate::kernel::Factor;
use crate::scenario::PowerContract;
use crate::units::Unit;

const CONTRACTS: &[ChoiceOption] = &[
    ChoiceOption { name: "Fixed", label: "Fixed", start: "Fixed" },
    ChoiceOption { name: "Wholesale", label: "Wholesale", start: "Wholesale(hourly_sigma:0.5)" },
];

pub(super) fn inputs() -> Vec<Input> {
    let mut inputs = plan();
    inputs.extend(power());
    for input in &mut inputs {
        input.group = Group::SiteAndPower;
    }
    inputs
}

fn plan() -> Vec<Input> {
    let start = Access { get: |scenario| scenario.start, set: |scenario, month| scenario.start = month };
    vec![
        Input::new("start", Kind::Month(start))
            .named("Start", Unit::Month)
            .about("First calendar month of the plan", "month 0 is the first instant of this month")
            .source("the month after the market data of the preset"),
        whole!(horizon_months)
            .named("Horizon", Unit::Months)
            .range(1.0, 600.0)
            .slider(12.0, 240.0, 12.0)
            .about("Length of the plan", "months t = 1…T")
            .source("ten years: two halvings and a lease long enough to rank")
            .moves(ALL),
        number!(site.capacity_mw)
            .named("Site capacity", Unit::Mw)
            .range(0.001, 5000.0)
            .slider(1.0, 500.0, 1.0)
            .log()
            .about(
                "Facility power that the grid connection gives",
                "machines = floor(capacity/(PUE·W)), IT kW = capacity·1000/PUE",
            )
            .source("a mid-size powered site")
            .moves(ALL),
        number!(site.convertible_share)
            .named("Convertible to AI", Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.05)
            .about("Share of the capacity that can be converted to AI", "IT kW = capacity·share·1000/PUE")
            .source("Sabre56 2024: about 20 % of a mining site; 100 % for a site built for it")
            .moves(AI),
        number!(site.legacy_resale_usd)
            .named("Old machines sold", Unit::Usd)
            .range(0.0, 1e12)
            .slider(0.0, 10e6, 1e5)
            .about(
                "What the old machines fetch when the site is converted",
                "comes in month `queue`; part of payback, no capex",
            )
            .source("nothing to sell on an empty site")
            .moves(AI),
    ]
}

fn power() -> Vec<Input> {
    let mut inputs = Vec::from(level!(power.price_usd_per_kwh, |input| input
        .named("Electricity cost", Unit::UsdPerKwh)
        .range(0.0, 2.0)
        .slider(0.0, 0.15, 0.0005)
        .about("Price of a kilowatt-hour at the meter, everything included", "power = energy·price")
        .source("reported all-in cost of listed miners, 2025: 26–38 USD/MWh; industrial tariffs higher")
        .market(Factor::Power)
        .key()));
    inputs.extend([
        choice!(power.contract, CONTRACTS)
            .named("Power contract", Unit::Text)
            .about(
                "One price for every hour, or hourly prices around the month's mean",
                "hourly prices log-normal, mean p(t)",
            )
            .source("fixed by default")
            .moves(MINING),
        variant_number!(power.contract, PowerContract::Wholesale { hourly_sigma })
            .named("Hourly volatility", Unit::Ratio)
            .range(0.0, 3.0)
            .slider(0.0, 2.0, 0.05)
            .about("Standard deviation of the logarithm of the hourly price", "φ = Φ((ln(r/p) + σ²/2)/σ)")
            .source("of the order of day-ahead markets: 0.3–1")
            .moves(MINING),
        flag!(power.curtailment)
            .named("Curtailment", Unit::Text)
            .about(
                "Miners stand still in hours in which power costs more than it earns",
                "run share φ, bill φπ",
            )
            .source("off by default: a fixed price leaves nothing to avoid")
            .moves(MINING),
        number!(power.demand_response_usd_per_mw_month)
            .named("Demand response", Unit::UsdPerMwMonth)
            .range(0.0, 100_000.0)
            .slider(0.0, 20_000.0, 100.0)
            .about("Credit for power that is not taken while curtailed", "d = credit/730.5 per MWh not taken")
            .source("none by default; Riot, August 2023: $28.5M of credits in one month")
            .moves(MINING),
    ]);
    inputs
}

pub(super) fn couplings() -> Vec<Input> {
    let group = |input: Input| Input { group: Group::Couplings, ..input };
    vec![
        group(
            number!(coupling.power_elasticity)
                .named("Power to bitcoin price", Unit::Ratio)
                .range(0.0, 2.0)
                .slider(0.0, 1.0, 0.05)
                .about(
                    "Elasticity of the power price to the bitcoin price relative to its reference",
                    "p·(P/P_ref)^η",
                )
                .source("a hypothesis (Benetton, Compiani and Morse find higher local power prices); 0 by default")
                .market(Factor::Power),
        ),
        group(
            number!(coupling.rental_elasticity)
                .named("Rental to bitcoin price", Unit::Ratio)
                .range(0.0, 2.0)
                .slider(0.0, 1.0, 0.05)
                .about(
                    "Elasticity of the GPU rental to the bitcoin price relative to its reference",
                    "G·(P/P_ref)^η",
                )
                .source("a hypothesis; 0 by default")
                .market(Factor::Rental),
        ),
    ]
}
