//! Shares of simulated paths, which never claim more than their count supports, and parts of a whole.

use wattfolio_economics::number::within;
use wattfolio_economics::risk::Share;

use super::number::{grouped, significant};

/// A share of simulated paths: `54 %`, `0.4 %`. If no path is counted, or every path, the bound at 95 %
/// confidence for the number of paths: `< 3 %`, `> 97 %`.
pub fn probability(share: &Share) -> String {
    if let Some(upper) = share.upper_95() {
        let (percent, decimals) = rounded_up(upper * 100.0);
        format!("< {} %", trimmed(percent, decimals))
    } else if let Some(lower) = share.lower_95() {
        let (percent, decimals) = rounded_up((1.0 - lower) * 100.0);
        format!("> {} %", trimmed(100.0 - percent, decimals))
    } else {
        // Close to either end, enough decimals to keep the share apart from it.
        let distance = share.value.min(1.0 - share.value) * 100.0;
        let is_plain = (0.0995..=0.9).contains(&share.value);
        let decimals = if is_plain { 0 } else { first_decimal(distance).max(1) };
        format!("{} %", grouped(share.value * 100.0, decimals))
    }
}

/// A part of something in whole percent, with enough digits to keep it apart from nothing and from all: `42 %`, `0.4 %`,
/// `99.8 %`.
pub fn part(fraction: f64) -> String {
    let shown = 100.0 * fraction;
    let text = if shown.abs() < 1.0 {
        significant(shown, 1)
    } else {
        let rest = (100.0 - shown).abs();
        grouped(shown, if rest <= 0.5 { first_decimal(rest) } else { 0 })
    };
    format!("{text} %")
}

/// Shares of one whole in whole percent, which add up to 100: those with the largest remainders are rounded up. Without
/// a sign; of equal remainders the first counts.
pub fn whole_percents(shares: &[f64]) -> Vec<String> {
    let exact: Vec<f64> = shares.iter().map(|share| 100.0 * share).collect();
    // A share of 7 in a hundred may be a little less than 7 percent in floating point.
    let floors: Vec<f64> = exact.iter().map(|percent| (percent + 1e-9).floor()).collect();
    let missing = (exact.iter().sum::<f64>().round() - floors.iter().sum::<f64>()).max(0.0) as usize;
    let remainder = |index: &usize| ((exact[*index] - floors[*index]) * 1e6).round();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| remainder(b).total_cmp(&remainder(a)));
    let is_up = |index| order.iter().take(missing).any(|one| *one == index);
    floors
        .iter()
        .enumerate()
        .map(|(index, floor)| grouped(floor + f64::from(u8::from(is_up(index))), 0))
        .collect()
}

/// The standard error of a share: `± 0.49 %`.
pub fn share_error(standard_error: f64) -> String {
    let percent = standard_error * 100.0;
    format!("± {} %", grouped(percent, first_decimal(percent).max(2)))
}

/// Explanation of a bound: `none of 100 paths, so at most 3 % at 95 % confidence`.
pub fn bound(share: &Share) -> Option<String> {
    let paths = grouped(share.paths as f64, 0);
    let of = |count: &str, side: &str| {
        let percent = probability(share);
        let percent = percent.trim_start_matches(['<', '>', ' ']);
        format!("{count} {paths} paths, so {side} {percent} at 95 % confidence")
    };
    match (share.upper_95(), share.lower_95()) {
        (Some(_), _) => Some(of("none of", "at most")),
        (_, Some(_)) => Some(of("all", "at least")),
        _ => None,
    }
}

/// A value rounded up to two significant figures, so that an upper bound stays one, and its number of
/// decimals.
fn rounded_up(value: f64) -> (f64, usize) {
    let decimals = 1 - value.log10().floor() as i32;
    let scale = 10f64.powi(decimals);
    // Floating-point noise above a whole number must not round up to the next one.
    ((value * scale - 1e-6).ceil() / scale, decimals.max(0) as usize)
}

/// Position of the first non-zero decimal; 0 for values of 1 and more.
fn first_decimal(value: f64) -> usize {
    if value > 0.0 { within((-value.log10()).ceil(), 0.0, 12.0) as usize } else { 0 }
}

fn trimmed(value: f64, decimals: usize) -> String {
    let text = grouped(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_never_claim_more_than_their_count() {
        let cases = [
            (0, 100, "< 3 %"),
            (0, 500, "< 0.6 %"),
            (0, 7000, "< 0.043 %"),
            (0, 10_000, "< 0.03 %"),
            (0, 1_000_000, "< 0.0003 %"),
            (0, 1, "< 100 %"),
            (100, 100, "> 97 %"),
            (7000, 7000, "> 99.957 %"),
            (10_000, 10_000, "> 99.97 %"),
            (4, 10_000, "0.04 %"),
            (1, 1_000_000, "0.0001 %"),
            (4, 1000, "0.4 %"),
            (996, 10_000, "10 %"),
            (54, 100, "54 %"),
            (996, 1000, "99.6 %"),
            (9995, 10_000, "99.95 %"),
        ];
        for (hits, paths, words) in cases {
            assert_eq!(probability(&Share::new(hits, paths)), words, "{hits} of {paths}");
        }
    }

    #[test]
    fn a_part_is_neither_nothing_nor_all_unless_it_is() {
        let parts = [0.42, 0.004, 0.9961, 0.99996, 1.0, 0.0, 0.995, 1.2, -0.02];
        let words = ["42 %", "0.4 %", "99.6 %", "99.996 %", "100 %", "0 %", "99.5 %", "120 %", "−2 %"];
        assert_eq!(parts.map(part), words);
    }

    #[test]
    fn shares_of_a_whole_add_up_to_a_hundred() {
        let third = 1.0 / 3.0;
        for (shares, words) in [
            ([third, third, third], ["34", "33", "33"]),
            ([0.025, 0.248, 0.727], ["2", "25", "73"]),
            ([0.0, 0.07, 0.93], ["0", "7", "93"]),
            ([0.146, 0.0, 0.854], ["15", "0", "85"]),
            ([1.0, 0.0, 0.0], ["100", "0", "0"]),
            ([0.0, 0.0, 0.0], ["0", "0", "0"]),
        ] {
            assert_eq!(whole_percents(&shares), words, "{shares:?}");
        }
    }

    #[test]
    fn an_error_that_is_there_is_never_shown_as_none() {
        assert_eq!(share_error(0.0049), "± 0.49 %");
        assert_eq!(share_error(1e-6), "± 0.0001 %");
        let words = "none of 100 paths, so at most 3 % at 95 % confidence";
        assert_eq!(bound(&Share::new(0, 100)).as_deref(), Some(words));
        let words = "all 10,000 paths, so at least 99.97 % at 95 % confidence";
        assert_eq!(bound(&Share::new(10_000, 10_000)).as_deref(), Some(words));
        assert_eq!(bound(&Share::new(1, 100)), None);
    }
}
