//! Mining with own machines.

use crate::business::Business;
use crate::business::mining::Treasury;
use crate::catalogue::debt::loan;
use crate::catalogue::own::built_on_credit;
use crate::catalogue::rates::rate;
use crate::input::{ChoiceOption, Group, inputs};
use crate::units::Unit;

const TREASURIES: &[ChoiceOption] = &[
    ChoiceOption { name: "SellAll", label: "Sell all", start: "SellAll" },
    ChoiceOption { name: "Hold", label: "Keep a share", start: "Hold(share:1.0)" },
    ChoiceOption { name: "SellToCoverCosts", label: "Sell to cover costs", start: "SellToCoverCosts" },
];

const MACHINES: &str = "Antminer S21 XP: 270 TH/s at 3,645 W (BITMAIN); $13–17/TH in October 2026";
const DELIVERY: &str = "machines arrive within a quarter on a powered site";

inputs!(
    Group::Of(Business::Mining),
    &[Business::Mining],
    MACHINE = text!(mining.machine.name)
        .named("Machine", Unit::Text)
        .also(&["ASIC", "miner"])
        .about("Model name of the mining machine", "for reading only")
        .source(MACHINES),
    MACHINE_HASHRATE_TH_S = number!(mining.machine.hashrate_th_s)
        .named("Hashrate per machine", Unit::ThPerSecond)
        .also(&["terahash"])
        .range(0.001, 1e5)
        .slider(50.0, 1200.0, 1.0)
        .about("Hashrate of a new machine", "fleet = machines·TH/s·uptime·ramp·(1−δ)^age")
        .source(MACHINES),
    MACHINE_WATTS = number!(mining.machine.watts)
        .named("Power per machine", Unit::Watt)
        .also(&["watts", "efficiency", "J/TH"])
        .range(1.0, 1e6)
        .slider(1000.0, 15_000.0, 5.0)
        .about("Power of a machine at the wall", "machines = floor(capacity/(PUE·W))")
        .source(MACHINES),
    MACHINE_PRICE_USD = level!(mining.machine.price_usd)
        .named("Machine price", Unit::UsdPerMachine)
        .also(&["ASIC price", "capex", "hardware cost"])
        .range(0.0, 1e6)
        .slider(100.0, 20_000.0, 10.0)
        .log()
        .about(
            "Price of a machine, delivered, in the month in which it is paid",
            "hardware = machines·price(month of payment)",
        )
        .source(MACHINES),
    PUE = number!(mining.pue)
        .named("Mining PUE", Unit::Ratio)
        .also(&["cooling overhead", "power usage effectiveness"])
        .range(1.0, 3.0)
        .slider(1.0, 1.5, 0.01)
        .about("Facility power over machine power", "energy = machines·W·PUE")
        .source("air-cooled 1.03–1.05, hydro 1.02–1.08 (recollection)"),
    UPTIME = number!(mining.uptime)
        .named("Uptime", Unit::Fraction)
        .also(&["availability"])
        .range(0.0, 1.0)
        .slider(0.5, 1.0, 0.005)
        .about("Share of the hours in which machines hash", "hashrate and energy times uptime")
        .source("listed miners 95–98 %; 87–90 % with curtailment"),
    POOL_FEE = number!(mining.pool_fee)
        .named("Pool fee", Unit::Fraction)
        .also(&["mining pool"])
        .range(0.0, 0.5)
        .slider(0.0, 0.05, 0.001)
        .about("Share of the revenue that the pool keeps", "BTC·(1 − fee)")
        .source("1 % for a large site, 2–4 % list price of FPPS pools, 2026"),
    FLEET_COUNTED_IN_NETWORK = flag!(mining.fleet_counted_in_network)
        .named("Fleet in the network", Unit::Text)
        .also(&["own hashrate", "market share"])
        .about(
            "The recorded network holds the own fleet already; else the fleet is added to it",
            "share of the blocks = fleet/max(H, fleet), else fleet/(H + fleet)",
        )
        .source("off: a new fleet comes on top; on for a miner whose fleet was running"),
    DEGRADATION_PER_YEAR = number!(mining.degradation_per_year)
        .named("Degradation", Unit::FractionPerYear)
        .also(&["ageing"])
        .range(0.0, 0.9)
        .slider(0.0, 0.2, 0.005)
        .about("Loss of hashrate a year; power stays", "TH/s·(1−δ)^age")
        .source("2–4 % a year in open calculators"),
    OPEX_USD_PER_MW_MONTH = number!(mining.opex_usd_per_mw_month)
        .named("Mining opex", Unit::UsdPerMwMonth)
        .also(&["operating cost", "O&M"])
        .range(0.0, 1e6)
        .slider(0.0, 20_000.0, 100.0)
        .about(
            "Staff, repair, insurance, in money of the start",
            "opex·capacity·(1+inflation)^floor((t−1)/12)",
        )
        .source("assumption: about $5/MWh"),
    IDLE_WHEN_UNPROFITABLE = flag!(mining.idle_when_unprofitable)
        .named("Stand still at a loss", Unit::Text)
        .also(&["idle", "shutdown", "curtail"])
        .about(
            "In a month in which running loses more, everything stands still",
            "after the ramp, by the month alone",
        )
        .source("what miners do"),
    IDLE_OPEX_SHARE = number!(mining.idle_opex_share)
        .named("Opex while standing", Unit::Fraction)
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about("Share of the opex that is paid while standing still", "opex·share")
        .source("assumption"),
    TREASURY = choice!(mining.treasury, TREASURIES)
        .named("Treasury policy", Unit::Text)
        .also(&["hodl", "hold coins", "sell coins"])
        .about("What happens to mined coins", "kept coins are sold at T, at that month's price")
        .source("sell all by default; Braiins calls the kept share HODL ratio"),
    TREASURY_SHARE = variant_number!(mining.treasury, Treasury::Hold { share })
        .named("Share kept", Unit::Fraction)
        .also(&["hodl", "hold coins"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about("Share of mined coins that is kept until the end", "kept = share·BTC")
        .source("a choice"),
    SITE_CAPEX_USD_PER_MW =
        number!(mining.site_capex_usd_per_mw)
            .named("Mining site works", Unit::UsdPerMw)
            .also(&["capex", "construction cost", "build cost"])
            .range(0.0, 1e8)
            .slider(0.0, 2e6, 10_000.0)
            .about(
                "Site works per megawatt of capacity",
                "works = USD/MW·capacity, evenly over the construction",
            )
            .source("$0.30–0.35M/MW (Sabre56 2024), $0.7–1.0M/MW (CoinShares 2026)"),
    QUEUE_MONTHS = whole!(mining.queue_months)
        .named("Grid queue, mining", Unit::Months)
        .range(0.0, 240.0)
        .slider(0.0, 60.0, 1.0)
        .about("Months of waiting for the grid before anything is spent", "L = queue + build")
        .source("0 on a powered site; 24–54 months in United States queues"),
    BUILD_MONTHS = whole!(mining.build_months)
        .named("Construction, mining", Unit::Months)
        .range(0.0, 120.0)
        .slider(0.0, 36.0, 1.0)
        .about("Months of construction", "L = queue + build; live from month L + 1")
        .source(DELIVERY),
    RAMP_MONTHS = whole!(mining.ramp_months)
        .named("Ramp, mining", Unit::Months)
        .range(0.0, 60.0)
        .slider(0.0, 24.0, 1.0)
        .about("Months from the first machine to full operation", "ramp = clamp((t − L)/months, 0, 1)")
        .source(DELIVERY),
    // Used by the simulation only.
    DELAY_MEAN_MONTHS = number!(mining.delay_mean_months).delay_mean("Delay of mining works").source(
        "half of the paths on time: a modular site took under three months (Hut 8's Salt Creek, 2024)"
    ),
    DELAY_SD_MONTHS = number!(mining.delay_sd_months)
        .delay_sd("Spread of the delay of mining works")
        .source("as the mean; Denton's 60 days of rain became several months (Core Scientific, 2025)"),
    OVERRUN_SD = number!(mining.overrun_sd).overrun("Overrun of mining works"),
    RESALE_SHARE = number!(mining.resale_share)
        .named("Machine value at end of life", Unit::Fraction)
        .also(&["salvage", "residual value", "resale"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about("Share of the price that a machine fetches at the end of its life", "cost·ρ^(age/life)")
        .source("5–10 % after four years; $3–4/TH for the S19 class in 2026"),
    LIFE_MONTHS = whole!(mining.life_months)
        .named("Machine life", Unit::Months)
        .also(&["depreciation life", "useful life"])
        .range(1.0, 240.0)
        .slider(12.0, 96.0, 1.0)
        .about("Age at which the machine is worth its resale share", "cost·ρ^(age/life)")
        .source("four years, one halving cycle"),
    RESALE_HASHPRICE_ELASTICITY = number!(mining.resale_hashprice_elasticity)
        .named("Resale to hashprice", Unit::Ratio)
        .range(0.0, 2.0)
        .slider(0.0, 2.0, 0.1)
        .about(
            "How machine prices follow hashprice in a crash",
            "min(1, hashprice(T)/hashprice(1))^elasticity",
        )
        .source("judgement; prices fell with hashprice in 2022, and the value at end of life has a part of that in it"),
    SITE_LIFE_YEARS = number!(mining.site_life_years)
        .named("Life of mining works", Unit::Years)
        .range(1.0, 60.0)
        .slider(5.0, 40.0, 1.0)
        .about("Life of the site works", "book value straight-line to 0 from L")
        .source("land improvements, 15 years"),
    WORKS_RESALE_SHARE = number!(mining.works_resale_share)
        .named("Resale of mining works", Unit::Fraction)
        .also(&["salvage", "residual value"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Share of the left book value that a buyer pays at the end",
            "end proceeds = share·left book value",
        )
        .source("assumption"),
);

loan!(Mining mining "mining");
rate!(Mining mining "mining", "15–20 %: machines at 11–14 %, equity from 20 %; loans against coins 7.75–9 %");

built_on_credit!();
