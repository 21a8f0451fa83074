//! Files that can be read, and what is said of others.

use wattfolio_economics::scenario::NetworkRule;

use super::*;

#[test]
fn faults_name_line_and_field() {
    let wrong_type =
        "(\n schema: 1,\n title: \"x\",\n scenario: (\n  mining: (\n   pue: \"one\",\n  ),\n ),\n)";
    let fault = parse(wrong_type, "x.ron").unwrap_err().to_string();
    assert!(fault.starts_with("x.ron:6:") && fault.contains("scenario.mining.pue"), "{fault}");
    let unknown = "(schema: 1, title: \"x\",\nscenario: (minning: ()))";
    let fault = parse(unknown, "x.ron").unwrap_err().to_string();
    assert!(fault.starts_with("x.ron:2:") && fault.contains("minning"), "{fault}");
    let out_of_range = "(schema: 1, title: \"x\", scenario: (\n\n mining: (pue: 9.0)))";
    let fault = parse(out_of_range, "x.ron").unwrap_err().to_string();
    assert!(fault.starts_with("x.ron:3:") && fault.contains("mining.pue is 9; allowed: 1…3"), "{fault}");
    let newer = "(schema: 99, title: \"x\", something_new: 4)";
    assert!(parse(newer, "x.ron").unwrap_err().to_string().contains("newer version"));
    let trailing = "(schema: 1, title: \"x\") and more";
    assert!(parse(trailing, "x.ron").is_err());
    let variant = "(schema: 1, title: \"x\", variants: [(name: \"v\", set: {\"mining.pu\": \"1\"})])";
    assert!(parse(variant, "x.ron").unwrap_err().to_string().contains("mining.pu"));
}

#[test]
fn a_number_that_cannot_be_read_says_what_to_write() {
    let cases = [
        ("horizon_months: 12.5", "scenario.horizon_months: write a whole number, not 12.5"),
        ("mining: (pue: 1,2)", "scenario.mining.pue: a comma ends the value; write a decimal point"),
        ("horizon_months: 1,200", "scenario.horizon_months: a comma ends the value"),
        ("mining: (pue: 1,25, uptime: 0.9)", "scenario.mining.pue: a comma ends the value"),
        ("horizon_months: \"120\"", "scenario.horizon_months: write a whole number"),
        ("mining: (pool_fee: 12%)", "scenario.mining.pool_fee: write 0.12 in place of 12%"),
        ("horizon_months: -5", "scenario.horizon_months: -5 is not allowed; write a whole number from 0"),
        ("mining: (pue: 1.2.3)", "scenario.mining.pue: 1.2.3 is no number"),
        ("mining: (pue: \"x\")", "scenario.mining.pue: write a number, such as 12.5"),
        ("start: 2026-11", "scenario.start: write it in quotes, \"2026-11\""),
    ];
    for (field, words) in cases {
        let text = format!("(schema: 2, title: \"x\",\nscenario: ({field}))");
        let fault = parse(&text, "x.ron").unwrap_err().to_string();
        assert!(fault.starts_with("x.ron:2:") && fault.contains(words), "{field}: {fault}");
    }
}

#[test]
fn hostile_files_are_refused() {
    for text in ["", "(", "NaN", "(schema: 1)", &"(".repeat(100_000), &"[".repeat(5000), "\u{0}"] {
        assert!(parse(text, "x").is_err());
    }
    let nan = "(schema: 1, title: \"x\", scenario: (mining: (pue: NaN)))";
    assert!(parse(nan, "x").is_err());
    let infinite = "(schema: 1, title: \"x\", scenario: (power: (price_usd_per_kwh: (value: inf))))";
    assert!(parse(infinite, "x").is_err());
}

#[test]
fn of_a_newer_file_only_what_is_not_allowed_is_reset_and_all_of_it_is_named() {
    let read = |scenario: &str| {
        let (preset, unknown) =
            parse_newer(&format!("(schema: 99, title: \"x\", scenario: ({scenario}))"), "x").unwrap();
        (preset.scenario, unknown)
    };
    let defaults = Scenario::default();
    // The correlations are looked at only once every value is within its range.
    let (scenario, unknown) = read(
        "horizon_months: 60, mining: (pue: 9.0, uptime: 0.5), risk: (paths: 500, correlation: \
         (bitcoin_network: 0.9, bitcoin_rental: 0.9, network_rental: -0.9))",
    );
    assert_eq!(unknown, ["mining.pue", "risk.correlation"]);
    assert_eq!(scenario.mining.pue, defaults.mining.pue);
    assert_eq!(scenario.risk.correlation, defaults.risk.correlation);
    assert_eq!((scenario.horizon_months, scenario.mining.uptime, scenario.risk.paths), (60, 0.5, 500));
    let (scenario, unknown) = read("horizon_months: 60, mix: (mining: 0.7, hosting: 0.7, leasing: 0.7)");
    assert_eq!(unknown, ["mix"]);
    assert_eq!((&scenario.mix, scenario.horizon_months), (&defaults.mix, 60));
    let (scenario, unknown) = read("horizon_months: 60, leasing: (fleet: Count(400000))");
    assert_eq!(unknown, ["leasing.fleet"]);
    assert_eq!((scenario.leasing.fleet, scenario.horizon_months), (defaults.leasing.fleet, 60));
    // The defaults have another contract, so that they have no value for a number of this one.
    let (scenario, unknown) = read("horizon_months: 60, power: (contract: Wholesale(hourly_sigma: 99.0))");
    assert_eq!(unknown, ["power.contract.hourly_sigma", "power.contract"]);
    assert_eq!(scenario.power.contract, defaults.power.contract);
    assert_eq!(scenario.horizon_months, 60);
    let (_, unknown) = read("horizon_months: 60");
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_file_of_older_defaults_keeps_its_height_and_a_new_one_follows_its_start() {
    let height = |head: &str, bitcoin: &str| {
        let text = format!("({head}, title: \"x\", scenario: (start: \"2028-06\", bitcoin: ({bitcoin})))");
        parse(&text, "x").unwrap().scenario.bitcoin.block_height
    };
    for older in ["schema: 1", "schema: 2", "schema: 2, defaults: \"2026-10\""] {
        assert_eq!(height(older, ""), Some(973_800), "{older}");
        assert_eq!(height(older, "block_height: 840000"), Some(840_000), "{older}");
        assert_eq!(height(older, "block_height: None"), None, "{older}");
    }
    assert_eq!(height("schema: 2, defaults: \"2026-11\"", ""), None);
}

#[test]
fn works_of_an_older_file_have_the_bonus_that_it_names_also_in_its_variants() {
    let bonuses = |head: &str, finance: &str| {
        let text = format!(
            "({head}, title: \"x\", scenario: (finance: ({finance})), variants: [(name: \"v\", set: \
             {{\"finance.bonus_depreciation\": \"0.5\"}})])"
        );
        let preset = parse(&text, "x").unwrap();
        [&preset.scenario, &preset.variants[0].scenario].map(|it| it.finance.site_bonus_depreciation)
    };
    assert_eq!(bonuses("schema: 1", "bonus_depreciation: 1.0"), [1.0, 0.5]);
    assert_eq!(bonuses("schema: 2, defaults: \"2026-10\"", ""), [0.0, 0.5]);
    assert_eq!(bonuses("schema: 1", "bonus_depreciation: 1.0, site_bonus_depreciation: 0.2"), [0.2, 0.2]);
    assert_eq!(bonuses("schema: 2, defaults: \"2026-11\"", "bonus_depreciation: 1.0"), [0.7, 0.7]);
}

#[test]
fn a_file_of_schema_1_keeps_what_came_later_as_it_was() {
    let text = "(schema: 1, title: \"x\", scenario: (risk: (bitcoin: (volatility: 0.8))))";
    let scenario = parse(text, "x").unwrap().scenario;
    assert_eq!(scenario.bitcoin.network, NetworkRule::Given);
    assert!(scenario.mining.fleet_counted_in_network);
    assert_eq!((scenario.power.fixed_months, scenario.leasing.recontract_share), (0, 0.0));
    assert_eq!([scenario.mining.discount_rate, scenario.leasing.discount_rate], [None, None]);
    assert_eq!((scenario.leasing.default_hazard_per_year, scenario.hosting.wrong_way), (0.0, 0.0));
    assert_eq!((scenario.hosting.termination_months, scenario.leasing.termination_months), (0, 0));
    assert_eq!((scenario.leasing.delay_mean_months, scenario.hosting.overrun_sd), (0.0, 0.0));
    assert_eq!((scenario.risk.rental.trend_sd, scenario.risk.reserve_months), (0.0, 0.0));
    // Bitcoin's volatility stayed what it was.
    assert_eq!(scenario.risk.bitcoin.long_volatility, 0.8);
    assert_eq!((scenario.hosting.fee_usd_per_kw_month.value, scenario.leasing.utilisation), (140.0, 0.75));
    let text =
        "(schema: 2, defaults: \"2026-11\", title: \"x\", scenario: (risk: (bitcoin: (volatility: 0.8))))";
    let scenario = parse(text, "x").unwrap().scenario;
    assert_eq!(
        (scenario.bitcoin.network, scenario.risk.bitcoin.long_volatility),
        (NetworkRule::RESPONSIVE, 0.45)
    );
}

#[test]
fn a_bare_number_is_a_price_that_stays() {
    let text = "(schema: 2, defaults: \"2026-11\", title: \"x\", scenario: (bitcoin: (price_usd: 90000), leasing: \
                (gpu_price_usd: 40000.0, fit_out_usd_per_it_mw: (value: 9e6, growth_per_year: 0.1))))";
    let scenario = parse(text, "x").unwrap().scenario;
    assert_eq!(scenario.bitcoin.price_usd, 90_000.0.into());
    assert_eq!(scenario.leasing.gpu_price_usd, 40_000.0.into());
    assert_eq!(scenario.leasing.fit_out_usd_per_it_mw.growth_per_year, 0.1);
    for (price, words) in [("\"dear\"", "a number, or a path"), ("(value: 1.0, grwth: 1.0)", "grwth")] {
        let text = format!("(schema: 2, title: \"x\",\nscenario: (leasing: (gpu_price_usd: {price})))");
        let fault = parse(&text, "x.ron").unwrap_err().to_string();
        assert!(fault.starts_with("x.ron:2:") && fault.contains(words), "{fault}");
    }
}

#[test]
fn a_file_that_names_the_shares_of_the_first_businesses_needs_no_other() {
    let shares = [("mining", 0.5), ("hosting", 0.3), ("leasing", 0.2)];
    let named = shares.map(|(name, share)| format!("{name}: {share}")).join(", ");
    for head in ["schema: 1", "schema: 2, defaults: \"2026-10\"", "schema: 2, defaults: \"2026-11\""] {
        let scenario =
            parse(&format!("({head}, title: \"x\", scenario: (mix: ({named})))"), "x").unwrap().scenario;
        let given = scenario.mix.shares().into_array();
        assert_eq!(given[..3], shares.map(|(_, share)| share), "{head}");
        assert!(given[3..].iter().all(|share| *share == 0.0), "{head}: {given:?}");
    }
}

#[test]
fn a_plain_number_is_enough_for_an_optional_one() {
    let text = "(schema: 1, title: \"x\", scenario: (bitcoin: (block_subsidy_btc: 6.25)))";
    assert_eq!(parse(text, "x").unwrap().scenario.bitcoin.block_subsidy_btc, Some(6.25));
}

#[test]
fn a_variant_is_read_like_an_assignment_of_the_command_line() {
    let parsed = |id: &str, text: &str| {
        let text = format!(
            "(schema: 2, defaults: \"2026-11\", title: \"x\", variants: [(name: \"v\", set: {{{id:?}: {text:?}}})])"
        );
        parse(&text, "x.ron")
    };
    let read = |id: &str, text: &str| parsed(id, text).unwrap().variants[0].scenario.clone();
    assert_eq!(read("finance.discount_rate", "35%").finance.discount_rate, 0.35);
    assert_eq!(read("power.price_usd_per_kwh", "$38/MWh").power.price_usd_per_kwh.value, 0.038);
    assert_eq!(read("bitcoin.price_usd", "84,700").bitcoin.price_usd.value, 84_700.0);
    for (id, text, words) in [
        (
            "mining.pue",
            "1,2",
            "variant “v”: mining.pue is 1,2; allowed: 1…3 (a comma is no decimal point; write 1.2)",
        ),
        (
            "leasing.debt",
            "Loan(loan_to_cost:0,6,apr:0.09,term_months:48,grace_months:6)",
            "write a decimal point",
        ),
        ("mining.pu", "1", "mining.pu is 1; allowed: the id of an input"),
    ] {
        let fault = parsed(id, text).unwrap_err().to_string();
        assert!(fault.contains(words), "{fault}");
    }
}
