//! Rows of difficulty and height from retargets: within an epoch the difficulty is constant and blocks come evenly.

use chrono::{DateTime, Utc};
use wattfolio_economics::scenario::CalendarMonth;

use super::begin;
use crate::market_data::live::Retarget;

/// Hashes that a block takes at a difficulty of 1.
const HASHES_PER_DIFFICULTY: f64 = 4_294_967_296.0;
/// Target time of a block, seconds.
const BLOCK_SECONDS: f64 = 600.0;
/// Blocks between two retargets.
const EPOCH: f64 = 2016.0;

/// Why a month has no row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NotYet {
    /// It will have one later.
    Early(String),
    /// It is missing.
    Missing(String),
}

/// The retargets that a span of time needs: from the one before it to the one after it.
fn spanned(retargets: &[Retarget], from: DateTime<Utc>, until: DateTime<Utc>) -> Result<&[Retarget], NotYet> {
    let (Some(first), Some(last)) = (retargets.first(), retargets.last()) else {
        return Err(NotYet::Missing("there are no retargets".to_owned()));
    };
    if first.at > from {
        let day = first.at.format("%Y-%m-%d");
        return Err(NotYet::Missing(format!("the retargets go back to {day} only")));
    }
    if last.at < until {
        let day = last.at.format("%Y-%m-%d");
        return Err(NotYet::Early(format!("the epoch since the retarget of {day} is not over")));
    }
    let begin = retargets.iter().rposition(|retarget| retarget.at <= from).unwrap_or(0);
    let end = retargets.iter().position(|retarget| retarget.at >= until).unwrap_or(retargets.len() - 1);
    Ok(&retargets[begin..=end])
}

/// A number with six digits, as the tables have them.
fn short(value: f64) -> String {
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    if (1e-3..1e9).contains(&rounded) { rounded.to_string() } else { format!("{rounded:e}") }
}

/// Difficulty and hashrate of a month: time-weighted over its epochs.
pub(super) fn difficulty_row(
    retargets: &[Retarget],
    month: CalendarMonth,
    from: &str,
) -> Result<String, NotYet> {
    let (start, end) = (begin(month), begin(month.plus(1)));
    let (mut seconds, mut difficulty, mut realised, mut at_end) = (0.0, 0.0, 0.0, 0.0);
    for epoch in spanned(retargets, start, end)?.windows(2) {
        let (one, next) = (epoch[0], epoch[1]);
        let within = (next.at.min(end) - one.at.max(start)).num_seconds() as f64;
        let whole = (next.at - one.at).num_seconds() as f64;
        let hashes = one.difficulty * HASHES_PER_DIFFICULTY * EPOCH;
        seconds += within;
        difficulty += within * one.difficulty;
        realised += within * hashes / whole / 1e18;
        at_end = one.difficulty;
    }
    if seconds <= 0.0 {
        return Err(NotYet::Missing("no epoch covers it".to_owned()));
    }
    let (difficulty, realised) = (difficulty / seconds, realised / seconds);
    let implied = difficulty * HASHES_PER_DIFFICULTY / BLOCK_SECONDS / 1e18;
    let [difficulty, at_end, implied, realised] = [difficulty, at_end, implied, realised].map(short);
    Ok(format!("{month},{difficulty},{at_end},{implied},{realised},no,\"{from}\""))
}

/// The height at the begin of a month.
pub(super) fn height_row(retargets: &[Retarget], month: CalendarMonth, from: &str) -> Result<String, NotYet> {
    let at = begin(month);
    let epoch = spanned(retargets, at, at)?;
    let (one, next) = (epoch[0], epoch[epoch.len() - 1]);
    let whole = (next.at - one.at).num_seconds().max(1) as f64;
    let share = (at - one.at).num_seconds() as f64 / whole;
    let height = f64::from(one.height) + share * f64::from(next.height - one.height);
    Ok(format!("{month},{height:.0},\"{from}\""))
}
