//! Bitcoin price and network.

use super::MINERS;
use crate::bitcoin::{SATOSHI_PER_BTC, start_height, subsidy_satoshi};
use crate::business::Business;
use crate::input::{Automatic, ChoiceOption, Group, inputs};
use crate::scenario::{Factor, NetworkRule, Scenario};
use crate::units::Unit;

/// Subsidies of the schedule, from that after the seventh halving to the first, BTC.
const SUBSIDIES: &[f64] = &[0.390_625, 0.781_25, 1.5625, 3.125, 6.25, 12.5, 25.0, 50.0];

const RULES: &[ChoiceOption] = &[
    ChoiceOption { name: "Given", label: "Given", start: "Given" },
    ChoiceOption {
        name: "Responsive",
        label: "Answers to hashprice",
        start: "Responsive(response_per_month:0.03,breakeven_hashprice_usd:25.0,breakeven_decline_per_year:0.1,\
                same_month:0.1,inertia:0.25,max_fall:0.15,max_rise:0.1)",
    },
];

/// Source of the defaults of the network rule.
const BACK_TEST: &str = "fitted to 2016–2026; the errors on the recorded network stand in VALIDATION.md";

inputs!(
    Group::BitcoinNetwork,
    MINERS,
    PRICE_USD = level!(bitcoin.price_usd)
        .named("Bitcoin price", Unit::UsdPerBtc)
        .also(&["BTC price"])
        .range(1.0, 1e9)
        .slider(10_000.0, 1_000_000.0, 100.0)
        .log()
        .about("Price of a bitcoin at the start", "revenue = BTC·price")
        .source("$84,700 on 3 October 2026 (open-source farm calculator snapshot)")
        .market(Factor::Bitcoin)
        .key(),
    BREAKEVEN_HASHPRICE_USD =
        variant_number!(bitcoin.network, NetworkRule::Responsive { breakeven_hashprice_usd })
            .named("Miners need, Nov 2026", Unit::UsdPerPhDay)
            .also(&["break-even hashprice", "marginal miner", "network rule"])
            .range(0.1, 1000.0)
            .slider(10.0, 100.0, 0.5)
            .about(
                "Hashprice that the marginal miner needed in November 2026; above it the network grows, below it shrinks",
                "q(t) = q·(1 − f)^(years since November 2026)",
            )
            .source("17.5 J/TH at $60/MWh, or 13.5 at $77; MARA’s energy cost $31 in Q3 2025; $20–35")
            .market(Factor::Network)
            .key(),
    BLOCK_SUBSIDY_BTC =
        number_by!(bitcoin.block_subsidy_btc, |scenario| Some(subsidy_btc(scenario)), |scenario, btc| {
            scenario.bitcoin.block_subsidy_btc = Some(btc);
        })
        .named("Halving reward", Unit::Btc)
        .also(&["block reward", "subsidy"])
        .range(0.0, 50.0)
        .slider(0.390_625, 50.0, 0.0)
        .stops(SUBSIDIES)
        .automatic(Automatic {
            is: |scenario| scenario.bitcoin.block_subsidy_btc.is_none(),
            restore: |scenario| scenario.bitcoin.block_subsidy_btc = None,
        })
        .about(
            "Subsidy of a block at the start; it goes on halving every 210,000 blocks",
            "reward = subsidy + fees",
        )
        .source("schedule of Bitcoin Core, by block height")
        .key(),
    BLOCK_HEIGHT = number_by!(
        bitcoin.block_height,
        |scenario| Some(f64::from(start_height(scenario))),
        |scenario, height| scenario.bitcoin.block_height = Some(height as u32)
    )
    .whole()
    .named("Block height", Unit::Blocks)
    .also(&["halving date"])
    .range(0.0, 13_440_000.0)
    .slider(840_000.0, 1_260_000.0, 100.0)
    .automatic(Automatic {
        is: |scenario| scenario.bitcoin.block_height.is_none(),
        restore: |scenario| scenario.bitcoin.block_height = None,
    })
    .about(
        "Height of the chain at the start, which says when the next halving comes; follows the start month",
        "month t covers [h + 4383·(t−1), h + 4383·t)",
    )
    .source("recorded until November 2026 (973,800), good to a day; 4,383 blocks a month after it"),
    FEES_BTC_PER_BLOCK = level!(bitcoin.fees_btc_per_block)
        .named("Fees per block", Unit::BtcPerBlock)
        .also(&["transaction fees"])
        .range(0.0, 100.0)
        .slider(0.0, 0.5, 0.001)
        .about("Transaction fees in a block", "reward = subsidy + fees")
        .source("0.027 BTC, 0.86 % of the reward, October 2026; 0.5–5 % in other years"),
    NETWORK_HASHRATE_EH_S = level!(bitcoin.network_hashrate_eh_s)
        .named("Network hashrate", Unit::EhPerSecond)
        .also(&["difficulty", "global hashrate"])
        .range(1e-6, 1e6)
        .slider(100.0, 10_000.0, 1.0)
        .log()
        .about(
            "Hashrate of all miners at the start; where the network is given, its path at the reference price",
            "hashprice = 144·reward·price/(1000·EH/s)",
        )
        .source("964 EH/s on 3 October 2026; +10 % in the year to May 2026")
        .market(Factor::Network)
        .parts_unless(answers),
    NETWORK = choice!(bitcoin.network, RULES)
        .named("Network", Unit::Text)
        .also(&["network rule", "difficulty response", "miners answer", "responsive"])
        .about(
            "What the network does after the start: its path, or miners who come and go with what they earn",
            "ln H grows by α·ln(hashprice/q) + φ·growth before + β·ln(price change)",
        )
        .source(BACK_TEST)
        .market(Factor::Network),
    RESPONSE_PER_MONTH = variant_number!(bitcoin.network, NetworkRule::Responsive { response_per_month })
        .named("Response a month", Unit::Ratio)
        .also(&["network rule", "elasticity"])
        .range(0.0, 0.2)
        .slider(0.0, 0.1, 0.005)
        .about(
            "Growth a month for each unit of the logarithm of hashprice over what miners need",
            "α·ln(hashprice/q)",
        )
        .source(BACK_TEST)
        .market(Factor::Network),
    BREAKEVEN_DECLINE_PER_YEAR =
        variant_number!(bitcoin.network, NetworkRule::Responsive { breakeven_decline_per_year })
            .named("Need falls a year", Unit::FractionPerYear)
            .also(&["network rule", "efficiency gain"])
            .range(-0.5, 0.9)
            .slider(0.0, 0.3, 0.01)
            .about(
                "Decline of the hashprice that miners need, as machines need less power",
                "q·(1 − f)^(years since November 2026)",
            )
            .source("hashprice fell 15–27 % a year since 2018, the best machine’s J/TH 18–20 %; 0.05–0.20")
            .market(Factor::Network),
    SAME_MONTH = variant_number!(bitcoin.network, NetworkRule::Responsive { same_month })
        .named("Response in the month", Unit::Ratio)
        .also(&["network rule"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about("Growth with the price of the same month", "β·ln(P(t)/P(t − 1))")
        .source(BACK_TEST)
        .market(Factor::Network),
    INERTIA = variant_number!(bitcoin.network, NetworkRule::Responsive { inertia })
        .named("Inertia", Unit::Ratio)
        .also(&["network rule", "momentum"])
        .range(0.0, 0.9)
        .slider(0.0, 0.9, 0.05)
        .about("Share of the growth of the month before that goes on: machines on order arrive", "φ·growth before")
        .source(BACK_TEST)
        .market(Factor::Network),
    MAX_FALL = variant_number!(bitcoin.network, NetworkRule::Responsive { max_fall })
        .named("Most it falls a month", Unit::Ratio)
        .also(&["network rule"])
        .range(0.0, 0.5)
        .slider(0.0, 0.5, 0.01)
        .about("Most that the logarithm of the network falls in a month", "growth ≥ −limit")
        .source(BACK_TEST)
        .market(Factor::Network),
    MAX_RISE = variant_number!(bitcoin.network, NetworkRule::Responsive { max_rise })
        .named("Most it rises a month", Unit::Ratio)
        .also(&["network rule"])
        .range(0.0, 0.5)
        .slider(0.0, 0.5, 0.01)
        .about("Most that the logarithm of the network rises in a month", "growth ≤ limit")
        .source(BACK_TEST)
        .market(Factor::Network),
    RESPONSE_ELASTICITY =
        number!(bitcoin.response_elasticity)
            .named("Network response", Unit::Ratio)
            .also(&["difficulty response", "elasticity"])
            .range(0.0, 2.0)
            .slider(0.0, 1.0, 0.05)
            .about(
                "How far a given network follows the price away from its reference",
                "H·(P/P_ref)^ε after the lag",
            )
            .source("0.47 within 12 months over 2016–2026; about 0 since 2020")
            .market(Factor::Network)
            .unless(answers),
    RESPONSE_REFERENCE_USD = number!(bitcoin.response_reference_usd)
        .named("Reference price", Unit::UsdPerBtc)
        .range(1.0, 1e9)
        .slider(10_000.0, 1_000_000.0, 100.0)
        .log()
        .about(
            "Price that the hashrate path already reckons with; couplings compare with it too",
            "P_ref = reference·(1 + growth)^τ",
        )
        .source("the default bitcoin price")
        .market(Factor::Bitcoin),
    RESPONSE_REFERENCE_GROWTH = number!(bitcoin.response_reference_growth)
        .named("Reference growth", Unit::FractionPerYear)
        .range(-0.95, 10.0)
        .slider(-0.5, 0.5, 0.01)
        .about("Growth of the reference price a year", "P_ref = reference·(1 + growth)^τ")
        .source("the default growth of the bitcoin price")
        .market(Factor::Bitcoin),
    RESPONSE_LAG_MONTHS = whole!(bitcoin.response_lag_months)
        .named("Response lag", Unit::Months)
        .range(0.0, 36.0)
        .slider(0.0, 36.0, 1.0)
        .about("Months after which the network follows", "P(t − lag)/P_ref(t − lag)")
        .source("about 0.3 of the price after 3 months (2016–2026)")
        .market(Factor::Network)
        .unless(answers),
);

/// Whether the network rule is responsive, so that the hashrate trajectory and its elasticity are not used.
fn answers(_: Business, scenario: &Scenario) -> bool {
    matches!(scenario.bitcoin.network, NetworkRule::Responsive { .. })
}

/// The subsidy at the start, BTC; if not set, that of the schedule.
fn subsidy_btc(scenario: &Scenario) -> f64 {
    let scheduled = subsidy_satoshi(start_height(scenario)) as f64 / SATOSHI_PER_BTC;
    scenario.bitcoin.block_subsidy_btc.unwrap_or(scheduled)
}
