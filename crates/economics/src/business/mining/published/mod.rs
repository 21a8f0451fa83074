//! Hashprice, coins and costs of miners, from published points and from months of a listed company.

mod fleets;
mod miner;

use self::miner::{Chain, miner, of_mining};
use super::Plan;
use crate::business::Business;
use crate::business::hosting::published::{fees, lease, level_rent};
use crate::kernel::{Line, find_zero};
use crate::published::plans::{self, evaluate, first, number};
use crate::published::{Cases, Chapter, Expectation, Published, Row, Source};
use crate::scenario::Trajectory;
use crate::units::DAYS_PER_MONTH;

impl Cases for Plan {
    const CHAPTERS: &'static [Chapter] = &[Chapter { place: 1, title: "Mining", rows }];
}

const STACK_EXCHANGE: Source = Source { name: "coinblooms.com/?p=10961 (Bitcoin Stack Exchange)", date: "" };
const STACK_EXCHANGE_2014: Source =
    Source { name: "Bitcoin Stack Exchange, in nvidia/Nemotron-CC-Math-v1", date: "" };
const FORUM_M30S: Source = Source { name: "bitcoingarden.org, topic 107490", date: "" };
const ELEKTRONICS: Source = Source { name: "elektronics.dev/docs/hashprice", date: "" };
const INDEX_2026: Source =
    Source { name: "hashrateindex.com/blog/hashrate-index-roundup-january-12-2026", date: "2026-01-12" };
const INDEX_2021: Source =
    Source { name: "hashrateindex.com/blog/-hashrate-index-roundup-8721", date: "2021-08-07" };
const PRESS_17_5: Source = Source { name: "cryptopressnews.com/?p=49765", date: "" };
const CRYPTO_SLATE: Source = Source { name: "CryptoSlate (cryptopressnews.com/?p=48205)", date: "2025-11" };
const PARITY: Source = Source { name: "binance.bh, post 31940152650522", date: "2025-11" };
const BITCOINTALK: Source = Source { name: "bitcointalk.org, topic 908333", date: "2014" };

/// Difficulty of January 2026: checkpoints of spesmilo/electrum.
const DIFFICULTY_2026_01: f64 = 146_472_570_619_930.78;

fn rows() -> Vec<Row> {
    let mut rows = Vec::from(coins());
    rows.extend(hashprices());
    rows.extend(power_prices());
    rows.extend(megawatt_years());
    rows.extend(forum_projection());
    rows.extend(fleets::rows());
    rows
}

/// Coins a day of one machine in a plan of one month.
fn coins_per_day(chain: Chain, th_s: f64, watts: f64) -> f64 {
    let run = evaluate(&miner(chain, 1.0, th_s, watts), Business::Mining);
    first(run.as_ref(), Line::BtcMined) / DAYS_PER_MONTH
}

fn coins() -> [Row; 4] {
    const FORMULA: &str = "hashrate · 86,400 s · reward / (difficulty · 2³²)";
    let chain = |difficulty, reward| Chain { difficulty, subsidy_btc: reward, fees_btc: 0.0, price_usd: 1e4 };
    let s19 = coins_per_day(chain(67_305_906_902_031.0, 6.25), 110.0, 3250.0) * 65_535.0 / 65_536.0;
    let early = coins_per_day(chain(47_427_554_950.648, 25.0), 21.990_232_555_52, 5000.0);
    let m30s = coins_per_day(chain(17.62e12, 6.33125), 100.0, 3400.0);
    [
        Row::new(
            "SE-110TH",
            "Coins a day of 110 TH/s",
            Published::Printed(0.000_205_479),
            "BTC",
            STACK_EXCHANGE,
        )
        .plan("hashrate · 86,400 s · reward · 65,535 / (difficulty · 2⁴⁸)", s19, Expectation::Relative(5e-6))
        .remark("The source uses the exact number of hashes a block needs; the 2³² form lies 1.5e-5 above."),
        Row::new(
            "SE-110TH",
            "The same in satoshi",
            Published::Words("20,457.9", Some(20_457.9)),
            "sat",
            STACK_EXCHANGE,
        )
        .plan(
            "hashrate · 86,400 s · reward · 65,535 / (difficulty · 2⁴⁸)",
            s19 * 1e8,
            Expectation::Wrong { right: 20_547.868, within: 1e-5 },
        )
        .remark("Two digits are swapped: 20,547.9. The page's own figure in BTC is right."),
        Row::new(
            "SE-20TH-month",
            "Coins of 20 Tihash/s in 30 days",
            Published::Printed(6.995_427_032_77),
            "BTC",
            STACK_EXCHANGE_2014,
        )
        .plan(FORMULA, early * 30.0, Expectation::Relative(1e-11)),
        Row::new(
            "BG-M30S+",
            "Coins a day of a 100 TH/s M30S+",
            Published::Printed(0.000_723),
            "BTC",
            FORUM_M30S,
        )
        .plan(FORMULA, m30s, Expectation::Relative(3e-4)),
    ]
}

/// Hashprice at the start of a plan, USD per PH and day.
fn hashprice(chain: Chain) -> f64 {
    plans::run(&miner(chain, 1.0, 100.0, 2000.0))
        .and_then(|run| run.network.hashprice_usd_ph_day.first().copied())
        .unwrap_or(f64::NAN)
}

fn hashprices() -> [Row; 4] {
    const FORMULA: &str = "144 · reward · price / (1000 · network EH/s)";
    let round = Chain { difficulty: 100e12, subsidy_btc: 3.125, fees_btc: 0.0, price_usd: 1e5 };
    let fees_btc = 3.125 * 0.0055;
    let in_coins = Chain { difficulty: DIFFICULTY_2026_01, subsidy_btc: 3.125, fees_btc, price_usd: 1e5 };
    let august = Chain {
        difficulty: 14_496_442_856_349.12,
        subsidy_btc: 6.25,
        fees_btc: 6.25 * 0.0134,
        price_usd: 43_629.0,
    };
    // Hashprice falls with difficulty, so one run gives the difficulty of any hashprice.
    let implied = DIFFICULTY_2026_01 * hashprice(in_coins) / 1e5 / 0.000_431_43;
    [
        Row::new(
            "ELEK",
            "Hashprice at a difficulty of 100T and $100,000",
            Published::Printed(62.81),
            "USD/PH/day",
            ELEKTRONICS,
        )
        .plan(FORMULA, hashprice(round), Expectation::Relative(1e-3))
        .remark("The page multiplies a rounded 0.000201 blocks a day; unrounded it is 62.8643."),
        Row::new(
            "HRI-2026-01-12",
            "Hashprice of January 2026 in coins",
            Published::Printed(0.000_431_43),
            "BTC/PH/day",
            INDEX_2026,
        )
        .plan(FORMULA, hashprice(in_coins) / 1e5, Expectation::Relative(4e-4)),
        Row::new(
            "HRI-2026-01-12",
            "Difficulty to which that article says the network adjusted",
            Published::Words("148.26T", Some(148.26)),
            "T",
            INDEX_2026,
        )
        .plan(
            "the difficulty at which the plan has the article's hashprice",
            implied / 1e12,
            Expectation::Wrong { right: DIFFICULTY_2026_01 / 1e12, within: 1e-3 },
        )
        .remark("148.26T is the value before the change of −1.20 %; its own hashprice needs 146.5T."),
        Row::new(
            "HRI-2021-08-07",
            "Hashprice of August 2021",
            Published::Printed(0.3835),
            "USD/TH/day",
            INDEX_2021,
        )
        .plan(FORMULA, hashprice(august) / 1000.0, Expectation::Relative(2e-4)),
    ]
}

/// The market in which a PH earns `hashprice` USD a day.
fn at_hashprice(hashprice_usd: f64) -> Chain {
    let price_usd = hashprice_usd * 1000.0 * plans::network_eh_s(DIFFICULTY_2026_01) / (144.0 * 3.125);
    Chain { difficulty: DIFFICULTY_2026_01, subsidy_btc: 3.125, fees_btc: 0.0, price_usd }
}

/// Power price at which a machine of an efficiency breaks even, USD/MWh.
fn break_even_power(hashprice_usd: f64, joules_per_th: f64) -> f64 {
    let scenario = miner(at_hashprice(hashprice_usd), 1.0, 100.0, 100.0 * joules_per_th);
    of_mining(evaluate(&scenario, Business::Mining).as_ref(), |r| r.shutdown_power_usd_per_mwh)
}

fn power_prices() -> Vec<Row> {
    const FORMULA: &str = "hashprice / (0.024 · J/TH)";
    let classes = [
        (17.0, 97.0, "Break-even power price below 19 J/TH"),
        (22.0, 75.0, "Break-even power price of 19–25 J/TH"),
        (32.0, 51.0, "Break-even power price of 25–38 J/TH"),
    ];
    let class = |(joules_per_th, printed, case): (f64, f64, &'static str)| {
        Row::new("HRI-MWH", case, Published::Printed(printed), "USD/MWh", INDEX_2026)
            .plan(FORMULA, break_even_power(39.53, joules_per_th), Expectation::Relative(0.01))
            .remark("The source gives bands; 17, 22 and 32 J/TH stand for them. Hashprice $39.53.")
    };
    let at_17_5 = break_even_power(39.0, 17.5);
    let mut rows: Vec<Row> = classes.into_iter().map(class).collect();
    rows.push(
        Row::new(
            "CS-17.5",
            "Break-even power price at 17.5 J/TH",
            Published::Printed(93.0),
            "USD/MWh",
            PRESS_17_5,
        )
        .plan(FORMULA, at_17_5, Expectation::Relative(2e-3)),
    );
    rows.push(
        Row::new("CS-17.5", "Energy of a PH/s in a day", Published::Printed(0.42), "MWh", PRESS_17_5).plan(
            "hashprice / break-even power price",
            39.0 / at_17_5,
            Expectation::Relative(2e-3),
        ),
    );
    rows
}

/// Revenue of a megawatt of 20 J/TH machines in twelve months, million USD.
fn megawatt_year(hashprice_usd: f64) -> f64 {
    let mut scenario = miner(at_hashprice(hashprice_usd), 50.0, 1000.0, 20_000.0);
    scenario.horizon_months = 12;
    plans::sum(evaluate(&scenario, Business::Mining).as_ref(), Line::Revenue) / 1e6
}

fn megawatt_years() -> [Row; 3] {
    const FORMULA: &str = "50 PH/s · hashprice · 365.25 days";
    let today = 43.34;
    // The rent of Core Scientific's 500 MW: $8.7B over 12 years.
    let rent = fees(&lease(500.0, 144, level_rent(500.0, 12, 8.7e9))) / 1e6 / 500.0 / 12.0;
    let gap = |hashprice: f64| megawatt_year(hashprice) - rent;
    let parity = find_zero(gap, (today, gap(today)), (200.0, gap(200.0)));
    [
        Row::new(
            "PARITY",
            "Revenue of a MW of 20 J/TH in a year at $43.34",
            Published::Printed(0.79),
            "million USD",
            CRYPTO_SLATE,
        )
        .plan(FORMULA, megawatt_year(today), Expectation::Absolute(0.005))
        .remark("The text prints “per MWh” for per MW-year."),
        Row::new("PARITY", "The same at $55", Published::Printed(1.0), "million USD", CRYPTO_SLATE).plan(
            FORMULA,
            megawatt_year(55.0),
            Expectation::Absolute(0.005),
        ),
        Row::new(
            "PARITY",
            "Rise of hashprice from $43.34 at which mining earns the rent of AI hosting",
            Published::Words("40–60 %", Some(60.0)),
            "%",
            PARITY,
        )
        .plan(
            "hashprice at which a MW of 20 J/TH earns $1.45M a year",
            (parity / today - 1.0) * 100.0,
            Expectation::Wrong { right: 83.2, within: 0.005 },
        )
        .remark("The claim starts from $0.9M a MW-year, not from the $0.79M of the same comparison."),
    ]
}

/// A forum's projection of 2014 with a difficulty that rises by 10 % every 14 days.
fn forum_projection() -> [Row; 2] {
    let chain = Chain { difficulty: 40_640_955_017.0, subsidy_btc: 25.0, fees_btc: 0.0, price_usd: 318.0 };
    let mut scenario = miner(chain, 1.0, 6.0, 1600.0);
    scenario.horizon_months = 12;
    scenario.mining.pool_fee = 0.02;
    scenario.power.price_usd_per_kwh = Trajectory::growing(0.11, 0.0);
    // A smooth trajectory through the middle of the steps.
    let start = plans::network_eh_s(chain.difficulty) / 1.1_f64.sqrt();
    let end = start * 1.1_f64.powf(12.0 * DAYS_PER_MONTH / 14.0);
    scenario.bitcoin.network_hashrate_eh_s =
        Trajectory { points: vec![(12.0, end)], ..Trajectory::growing(start, 0.0) };
    let run = evaluate(&scenario, Business::Mining);
    let line = |line: Line| run.as_ref().map_or(&[][..], |run| run.ledger.line(line));
    let half_year: f64 = line(Line::BtcMined).iter().take(7).sum();
    let loses = |(revenue, power): (&f64, &f64)| *revenue < -power;
    let first_loss = line(Line::Revenue).iter().zip(line(Line::Power)).position(loses);
    [
        Row::new(
            "BTT-908333-shape",
            "Coins of the first six months while the difficulty rises by 10 % in 14 days",
            Published::Derived(7.6716),
            "BTC",
            BITCOINTALK,
        )
        .plan("Σ coins of six months, network hashrate rising along", half_year, Expectation::Relative(0.05))
        .remark("The sum of six printed months, which are not of equal length: a test of the shape."),
        Row::new(
            "BTT-908333-shape",
            "Month by which power costs more than the coins bring",
            Published::Printed(9.0),
            "month",
            BITCOINTALK,
        )
        .plan(
            "first month with revenue < power",
            number(&first_loss.map(|t| t as f64).ok_or(crate::kernel::Absent::Never)),
            Expectation::Absolute(1.0),
        ),
    ]
}
