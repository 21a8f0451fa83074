//! Rows from retargets whose months can be computed by hand.

use super::*;

fn month(text: &str) -> CalendarMonth {
    text.parse().unwrap()
}

/// Epochs of exactly two weeks from a Monday on, the difficulty 1 % higher each time.
fn retargets(count: u32) -> Vec<Retarget> {
    let first: DateTime<Utc> = "2026-09-07T00:00:00Z".parse().unwrap();
    let retarget = |index: u32| Retarget {
        at: first + TimeDelta::days(14 * i64::from(index)),
        height: 480 * 2016 + index * 2016,
        difficulty: 1e14 * 1.01_f64.powi(index.cast_signed()),
    };
    (0..count).map(retarget).collect()
}

#[test]
fn a_month_is_the_mean_of_its_epochs_by_time() {
    // 1–4 October in the epoch of 21 September, 5–18 and 19–31 in the two after it.
    let row = epochs::difficulty_row(&retargets(5), month("2026-10"), "a source").unwrap();
    let mean = 1e14 * (4.0 * 1.01 + 14.0 * 1.01_f64.powi(2) + 13.0 * 1.01_f64.powi(3)) / 31.0;
    let cells: Vec<&str> = row.split(',').collect();
    assert_eq!((cells[0], cells[5], cells[6]), ("2026-10", "no", "\"a source\""));
    let value = |index: usize| cells[index].parse::<f64>().unwrap();
    assert!((value(1) / mean - 1.0).abs() < 1e-5, "{row}");
    assert!((value(2) / (1e14 * 1.01_f64.powi(3)) - 1.0).abs() < 1e-5, "{row}");
    // Epochs of two weeks: what was realised is what the difficulty implies.
    assert!((value(3) / value(4) - 1.0).abs() < 1e-5, "{row}");
    // 1 November is 13 of 14 days into the epoch of 19 October.
    let row = epochs::height_row(&retargets(5), month("2026-11"), "a source").unwrap();
    assert_eq!(row, format!("2026-11,{},\"a source\"", 483 * 2016 + 2016 * 13 / 14));
}

#[test]
fn a_month_waits_for_its_last_epoch_and_never_for_what_is_gone() {
    // The last retarget is that of 19 October.
    let early = epochs::difficulty_row(&retargets(4), month("2026-10"), "").unwrap_err();
    assert_eq!(early, NotYet::Early("the epoch since the retarget of 2026-10-19 is not over".to_owned()));
    let gone = epochs::difficulty_row(&retargets(4), month("2026-09"), "").unwrap_err();
    assert_eq!(gone, NotYet::Missing("the retargets go back to 2026-09-07 only".to_owned()));
}

#[test]
fn a_row_that_the_program_would_not_read_is_refused() {
    let table = |file| Refreshed { file, text: base(file, None).unwrap(), added: Vec::new(), gap: None };
    let mut prices = table(PRICES);
    for (row, words) in [
        ("2026-11,84000,no,\"x\"", "month: 2026-11 does not follow 2026-09"),
        ("2026-10,840000,no,\"x\"", "close_usd over that of the month before"),
        ("2026-10,0,no,\"x\"", "is not plausible"),
        ("2026-10,84000,no,\"\"", "source: is missing"),
    ] {
        let Err(NotYet::Missing(why)) = prices.push(month("2026-10"), row) else { panic!("{row}") };
        assert!(why.contains(words), "{row}: {why}");
    }
    assert_eq!(prices, table(PRICES), "nothing of it stays");
    let mut network = table(DIFFICULTY);
    let jumped = "2026-10,1.35e15,1.35e15,9663.68,9663.68,no,\"x\"";
    let Err(NotYet::Missing(why)) = network.push(month("2026-10"), jumped) else { panic!("{jumped}") };
    assert!(why.contains("10.000 times that at the end of the month before"), "{why}");
    assert!(base(PRICES, Some("month,close_usd\n2026-01,1\n".to_owned())).is_err(), "no such table");
}
