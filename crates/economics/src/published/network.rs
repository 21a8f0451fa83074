//! Bitcoin's protocol: subsidy, supply, retarget, difficulty and hashrate.

use crate::bitcoin::{
    BLOCKS_PER_MONTH, SubsidySchedule, estimate_retarget, next_compact_bits, subsidy_satoshi,
    total_supply_satoshi,
};
use crate::published::plans::network_eh_s;
use crate::published::{Expectation, Published, Row, Source};

const GET_BLOCK_SUBSIDY: Source = Source { name: "bitcoin/bitcoin, GetBlockSubsidy", date: "" };
const CORE: Source = Source { name: "bitcoin/bitcoin, src/test/validation_tests.cpp", date: "" };
const CORE_POW: Source = Source { name: "bitcoin/bitcoin, src/test/pow_tests.cpp", date: "" };
const MEMPOOL: Source =
    Source { name: "mempool/mempool, backend/src/__tests__/api/difficulty-adjustment.test.ts", date: "" };
const JPMORGAN: Source = Source { name: "JPMorgan, quoted by pakinomist.com", date: "2025" };

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = subsidies();
    rows.extend(supply());
    rows.extend(retargets());
    rows.extend(explorer());
    rows.extend(hashrates());
    rows
}

fn subsidies() -> Vec<Row> {
    let published = [
        (0, 5_000_000_000.0, "Subsidy of the first block"),
        (209_999, 5_000_000_000.0, "Subsidy of the last block before the first halving"),
        (840_000, 312_500_000.0, "Subsidy after the fourth halving"),
        (2_100_000, 4_882_812.0, "Subsidy after the first halving that drops half a satoshi"),
        (6_929_999, 1.0, "Subsidy of the last block that has one"),
        (13_440_000, 0.0, "Subsidy after 64 halvings"),
    ];
    let row = |(height, satoshi, case): (u32, f64, &'static str)| {
        Row::new("SUBSIDY", case, Published::Printed(satoshi), "sat", GET_BLOCK_SUBSIDY).function(
            "50 BTC >> (height / 210,000)",
            subsidy_satoshi(height) as f64,
            Expectation::Exact,
        )
    };
    published.into_iter().map(row).collect()
}

fn supply() -> [Row; 2] {
    let printed = 2_099_999_997_690_000.0;
    let case = "All coins that will ever exist";
    let months = 7_000_000 / BLOCKS_PER_MONTH;
    let schedule = SubsidySchedule::new(0, None);
    let of_month = |t| schedule.mean_of_month_btc(t) * f64::from(BLOCKS_PER_MONTH);
    [
        Row::new("SUPPLY", case, Published::Printed(printed), "sat", CORE).function(
            "Σ over 64 epochs of 210,000 · (5·10⁹ >> k)",
            total_supply_satoshi() as f64,
            Expectation::Exact,
        ),
        Row::new(
            "SUPPLY",
            "The same, summed over the months of the model",
            Published::Printed(printed / 1e8),
            "BTC",
            CORE,
        )
        .function(
            "Σ over 1,597 months of 4,383 · mean subsidy of the month",
            (1..=months).map(of_month).sum(),
            Expectation::Relative(1e-12),
        )
        .remark("Months in which the subsidy halves are split block by block, so nothing is lost."),
    ]
}

fn retargets() -> Vec<Row> {
    let published = [
        ("RETARGET-1", 1_261_130_161, 1_262_152_739, 0x1d00_ffff, 0x1d00_d86a, "A first retarget"),
        (
            "RETARGET-POWLIMIT",
            1_231_006_505,
            1_233_061_996,
            0x1d00_ffff,
            0x1d00_ffff,
            "Not easier than the limit",
        ),
        (
            "RETARGET-LOW-CLAMP",
            1_279_008_237,
            1_279_297_671,
            0x1c05_a3f4,
            0x1c01_68fd,
            "At most four times harder",
        ),
        (
            "RETARGET-HIGH-CLAMP",
            1_263_163_443,
            1_269_211_443,
            0x1c38_7f6f,
            0x1d00_e1fd,
            "At most four times easier",
        ),
    ];
    let row = |(id, first, last, bits, next, case): (&'static str, i64, i64, u32, u32, &'static str)| {
        Row::new(id, case, Published::Printed(f64::from(next)), "compact bits", CORE_POW).function(
            "target · clamp(last − first, ¼ … 4 × two weeks) / two weeks, rounded to compact bits",
            f64::from(next_compact_bits(first, last, bits)),
            Expectation::Exact,
        )
    };
    published.into_iter().map(row).collect()
}

fn explorer() -> [Row; 3] {
    // From 2024-02-02T15:42:06Z to 2024-02-11T22:43:01Z.
    let estimate = estimate_retarget(830_027, 9.0 * 86_400.0 + 7.0 * 3600.0 + 55.0);
    let row = |case, printed, unit| {
        Row::new("MEMPOOL-DA-1", case, Published::Printed(printed), unit, MEMPOOL)
            .remark("Height 830,027, 9 d 7 h 0 min 55 s after the last adjustment.")
    };
    [
        row("Next change of the difficulty, from inside an epoch", 8.512_745_140_778_843, "%").function(
            "600 / (elapsed / (blocks + 1)) − 1",
            estimate.change * 100.0,
            Expectation::Relative(1e-9),
        ),
        row("Blocks until then", 565.0, "blocks").function(
            "2016 − height mod 2016",
            f64::from(estimate.remaining_blocks),
            Expectation::Exact,
        ),
        row("Mean time between blocks", 553_311.0, "ms").function(
            "floor(elapsed / blocks)",
            (estimate.mean_block_seconds * 1000.0).floor(),
            Expectation::Exact,
        ),
    ]
}

/// Months of a bank's note, with the mean difficulty of the month from the chain.
fn hashrates() -> Vec<Row> {
    let published = [
        ("Network hashrate of October 2025", 1082.0, 149.316e12),
        ("Network hashrate of November 2025", 1075.0, 153.316e12),
        ("Network hashrate of December 2025", 1045.0, 148.569e12),
    ];
    let row = |(case, printed, difficulty): (&'static str, f64, f64)| {
        Row::new("JPM-NETWORK", case, Published::Printed(printed), "EH/s", JPMORGAN)
            .function("mean difficulty · 2³² / 600 s", network_eh_s(difficulty), Expectation::Relative(0.025))
            .remark(
                "The bank counts blocks found; the difficulty follows them by up to two weeks, hence 2.5 %. \
                 Difficulty: checkpoints of spesmilo/electrum.",
            )
    };
    published.into_iter().map(row).collect()
}
