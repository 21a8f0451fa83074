//! All of `tests/vectors/mining.json`: published point examples and months of a listed miner.

use serde_json::Value;
use wattfolio_economics::bitcoin::{
    SubsidySchedule, btc_per_day, difficulty, estimate_retarget, hashprice_usd_per_ph_day, next_compact_bits,
    revenue_usd_per_mwh, subsidy_satoshi, total_supply_satoshi,
};

use crate::data::{self, vectors};

/// One point example by its id.
struct Point(Value);

impl Point {
    fn get(id: &str) -> Self {
        let vectors = vectors("mining.json");
        let points = vectors["points"].as_array().unwrap();
        assert_eq!(points.len(), 15, "a new example needs a test");
        Self(points.iter().find(|point| point["id"] == id).unwrap_or_else(|| panic!("{id}")).clone())
    }

    fn input(&self, name: &str) -> f64 {
        self.0["inputs"][name].as_f64().unwrap_or_else(|| panic!("{name} in {}", self.0))
    }

    fn published(&self, name: &str) -> f64 {
        self.0["published"][name].as_f64().unwrap_or_else(|| panic!("{name} in {}", self.0))
    }

    /// Checks a value within the tolerance of the example.
    fn check(&self, name: &str, computed: f64) {
        let (published, tolerance) = (self.published(name), self.0["tol_rel"].as_f64().unwrap());
        assert!(
            (computed / published - 1.0).abs() <= tolerance,
            "{}: {computed}, not {published}",
            self.0["id"]
        );
    }
}

#[test]
fn expected_bitcoins_of_a_hashrate() {
    let point = Point::get("SE-110TH");
    let computed =
        btc_per_day(point.input("hashrate_hs"), point.input("difficulty"), point.input("reward_btc"));
    // The 2^32 form against the exact number of hashes a block needs: 65535/65536.
    let exact = point.0["expected_exact"]["btc_per_day"].as_f64().unwrap();
    assert!((computed * 65535.0 / 65536.0 / exact - 1.0).abs() < 1e-12);
    point.check("btc_per_day", exact);

    let point = Point::get("SE-20TH-month");
    let daily = btc_per_day(point.input("hashrate_hs"), point.input("difficulty"), point.input("reward_btc"));
    point.check("btc", daily * point.input("days"));

    let point = Point::get("BG-M30S+");
    point.check(
        "btc_per_day",
        btc_per_day(point.input("hashrate_hs"), point.input("difficulty"), point.input("reward_btc")),
    );
}

/// Network hashrate in EH/s at a difficulty.
fn network_eh_s(difficulty: f64) -> f64 {
    difficulty * 4_294_967_296.0 / 600.0 / 1e18
}

#[test]
fn hashprice_from_difficulty_agrees_with_the_index() {
    let point = Point::get("ELEK");
    let network = network_eh_s(point.input("difficulty"));
    assert!((difficulty(network) / point.input("difficulty") - 1.0).abs() < 1e-14);
    let computed = hashprice_usd_per_ph_day(point.input("reward_btc"), point.input("btc_usd"), network);
    point.check("hashprice_usd_ph_day", computed);

    let point = Point::get("HRI-2026-01-12");
    let reward = point.input("subsidy_btc") * (1.0 + point.input("fee_share_of_reward"));
    let network = network_eh_s(point.input("difficulty"));
    point.check("btc_hashprice_ph_day", hashprice_usd_per_ph_day(reward, 1.0, network));

    let point = Point::get("HRI-2021-08-07");
    let reward = point.input("subsidy_btc") * (1.0 + point.input("fee_pct"));
    let network = network_eh_s(point.input("difficulty"));
    let per_ph = hashprice_usd_per_ph_day(reward, point.input("btc_usd"), network);
    point.check("hashprice_usd_th_day", per_ph / 1000.0);
}

#[test]
fn break_even_power_of_machine_classes() {
    let point = Point::get("HRI-MWH");
    let classes = point.0["inputs"]["j_per_th"].as_array().unwrap();
    let published = point.0["published"]["usd_per_mwh"].as_array().unwrap();
    for (class, published) in classes.iter().zip(published) {
        let computed = revenue_usd_per_mwh(point.input("hashprice_usd_ph_day"), class.as_f64().unwrap(), 1.0);
        assert!((computed / published.as_f64().unwrap() - 1.0).abs() <= 0.01, "{class}: {computed}");
    }
    let point = Point::get("CS-17.5");
    let computed = revenue_usd_per_mwh(point.input("hashprice_usd_ph_day"), point.input("j_per_th"), 1.0);
    point.check("usd_per_mwh", computed);
    point.check("mwh_per_ph_day", point.input("hashprice_usd_ph_day") / computed);
}

#[test]
fn retargets_are_bitcoin_core_s() {
    for id in ["RETARGET-1", "RETARGET-LOW-CLAMP", "RETARGET-POWLIMIT"] {
        let point = Point::get(id);
        let bits = |value: &Value| {
            u32::from_str_radix(value.as_str().unwrap().trim_start_matches("0x"), 16).unwrap()
        };
        let next = next_compact_bits(
            point.input("first_time") as i64,
            point.input("last_time") as i64,
            bits(&point.0["inputs"]["bits"]),
        );
        assert_eq!(next, bits(&point.0["published"]["next_bits"]), "{id}: {next:08x}");
    }
    // Bitcoin Core's fourth case: blocks five times too slow, the target at most quadrupled.
    assert_eq!(next_compact_bits(1_263_163_443, 1_269_211_443, 0x1c38_7f6f), 0x1d00_e1fd);
}

#[test]
fn supply_and_halvings_are_exact() {
    let point = Point::get("SUPPLY");
    assert_eq!(total_supply_satoshi() as f64, point.published("sum_sats"));
    assert_eq!(subsidy_satoshi(0), 5_000_000_000);
    assert_eq!(subsidy_satoshi(209_999), 5_000_000_000);
    assert_eq!(subsidy_satoshi(210_000), 2_500_000_000);
    assert_eq!(subsidy_satoshi(840_000), 312_500_000);
    // The first halving that drops half a satoshi.
    assert_eq!((subsidy_satoshi(1_890_000), subsidy_satoshi(2_100_000)), (9_765_625, 4_882_812));
    assert_eq!((subsidy_satoshi(6_929_999), subsidy_satoshi(6_930_000)), (1, 0));
    assert_eq!(subsidy_satoshi(13_440_000), 0);
}

#[test]
fn the_halving_month_is_split_block_by_block() {
    for (start, override_btc) in
        [(973_800, None), (973_800, Some(6.25)), (1_047_999, None), (1_050_000, Some(0.3))]
    {
        let schedule = SubsidySchedule::new(start, override_btc);
        for t in 1..40 {
            let blocks = (0..4383).map(|block| schedule.satoshi(start + 4383 * (t - 1) + block));
            let mean = blocks.sum::<u64>() as f64 / 4383.0 / 1e8;
            assert!((schedule.mean_of_month_btc(t) - mean).abs() < 1e-15, "{start} {t}");
        }
    }
    let halvings = SubsidySchedule::new(973_800, None).halving_months(120);
    assert_eq!(halvings.len(), 3);
    assert!((halvings[0] - 76_200.0 / 4383.0).abs() < 1e-12);
}

#[test]
fn difficulty_estimates_of_a_block_explorer() {
    let point = Point::get("MEMPOOL-DA-1");
    // 2024-02-02T15:42:06Z to 2024-02-11T22:43:01Z
    let elapsed = 9.0 * 86_400.0 + 7.0 * 3600.0 + 55.0;
    let estimate = estimate_retarget(point.input("height") as u32, elapsed);
    point.check("difficulty_change_pct", estimate.change * 100.0);
    assert_eq!(f64::from(estimate.remaining_blocks), point.published("remaining_blocks"));
    assert_eq!((estimate.mean_block_seconds * 1000.0).floor(), point.published("time_avg_ms"));
}

#[test]
fn a_forum_projection_has_the_same_shape() {
    let point = Point::get("BTT-908333-shape");
    let flat = btc_per_day(point.input("hashrate_hs"), point.input("difficulty"), point.input("reward_btc"))
        * (1.0 - point.input("pool_fee"));
    let expected = &point.0["expected"];
    assert!((flat * 30.0 / expected["flat_difficulty_month_1_btc"].as_f64().unwrap() - 1.0).abs() < 1e-3);
    let power =
        point.input("watts") / 1000.0 * 24.0 * 30.0 * point.input("usd_per_kwh") / point.input("btc_usd");
    assert!((power / expected["power_btc_per_30_days"].as_f64().unwrap() - 1.0).abs() < 1e-3);
    let growth = 1.0 + point.input("difficulty_growth_per_14_days");
    let month = |m: i32| (30 * m..30 * (m + 1)).map(|day| flat / growth.powi(day / 14)).sum::<f64>();
    let published = point.0["published"]["btc_by_month"].as_array().unwrap();
    let total: f64 = published.iter().map(|btc| btc.as_f64().unwrap()).sum();
    let computed: f64 = (0..6).map(month).sum();
    assert!((computed / total - 1.0).abs() <= 0.05, "{computed} {total}");
    let ninth = point.published("unprofitable_by_month") as i32 - 1;
    assert!(month(ninth) < point.published("power_btc_per_month"));
}

#[test]
fn network_hashrate_of_a_bank_s_note() {
    let point = Point::get("JPM-NETWORK");
    let file = std::fs::read_to_string(data::path("../../assets/market/difficulty_monthly.csv")).unwrap();
    let row: Vec<&str> = file.lines().find(|line| line.starts_with("2025-10")).unwrap().split(',').collect();
    let (average_difficulty, realised): (f64, f64) = (row[1].parse().unwrap(), row[4].parse().unwrap());
    point.check("average_network_ehs", realised);
    let price = point.input("usd_per_eh_day") / btc_per_day(1e18, average_difficulty, 3.125);
    let implied = point.0["expected"]["implied_btc_usd_subsidy_only"].as_f64().unwrap();
    assert!((price / implied - 1.0).abs() <= 0.005, "{price}");
}

#[test]
fn monthly_production_of_a_listed_miner() {
    let vectors = vectors("mining.json");
    let months = vectors["fleet_months"].as_array().unwrap();
    assert_eq!(months.len(), 9);
    for month in months {
        let number = |name: &str| month[name].as_f64().unwrap();
        let daily =
            btc_per_day(number("avg_operating_ehs") * 1e18, number("avg_difficulty"), number("subsidy_btc"));
        let model = daily * number("days");
        let expected = month["expected"]["subsidy_only_btc"].as_f64().unwrap();
        assert!((model / expected - 1.0).abs() <= 0.005, "{month}: {model}");
        let ratio = month["published"]["btc"].as_f64().unwrap() / model;
        // The rest is transaction fees and luck.
        assert!((1.0..=1.04).contains(&ratio), "{}: {ratio}", month["month"]);
    }
}
