//! Taking figures over into a plan: each with its source and time, all or none.

use chrono::Utc;
use wattfolio_economics::business::UTILISATION_INPUT;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::Input;
use wattfolio_economics::scenario::{Fault, Scenario};

use super::figure::{Agreed, Figure, Rule};
use crate::store::{About, Taken};

/// Share of the hours in which cards that are rented on demand are rented; the default of the model is a contract
/// price, whose hours are paid.
pub const ON_DEMAND_UTILISATION: f64 = 0.66;

/// What is said where a rental is taken over.
pub const ON_DEMAND_WORDS: &str = "Rentals here are on demand; the default is a contract price with 88 % of the hours rented. On demand 66 % is usual.";

/// A figure to take over.
#[derive(Clone, Copy, Debug)]
pub struct Take<'a> {
    /// The figure.
    pub figure: &'a Figure,
    /// For a rental: whether the utilisation goes to that of cards on demand.
    pub with_utilisation: bool,
}

/// A value without digits that no source has.
fn rounded(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

/// Where a value comes from, in words: `median of 4 of 5: mempool.space, Coinbase, Kraken, Bitstamp`.
pub fn origin_words(agreed: &Agreed) -> String {
    format!("{}: {}", agreed.how, agreed.sources.join(", "))
}

/// Writes figures into a scenario, and notes where they come from. Figures that are refused or do not fit the plan are
/// left out.
///
/// # Errors
/// If a value is not allowed for its input; then nothing is changed.
pub fn take_over(
    scenario: &mut Scenario,
    about: &mut About,
    takes: &[Take<'_>],
) -> Result<Vec<Taken>, Fault> {
    let mut changed = scenario.clone();
    let mut notes = Vec::new();
    for Take { figure, with_utilisation } in takes {
        let Some((agreed, input)) = figure.offered() else { continue };
        let mut write = |input: &'static Input, value: f64, from: String| -> Result<(), Fault> {
            input.write_number(&mut changed, value)?;
            let value = input.text(&changed).unwrap_or_default();
            notes.push(Taken { input: input.id.to_owned(), value, from, observed_at: agreed.at });
            Ok(())
        };
        write(input, rounded(agreed.value), origin_words(agreed))?;
        if let (Rule::Rental(_), true, Some(input)) =
            (figure.rule, *with_utilisation, catalogue::find(UTILISATION_INPUT))
        {
            write(input, ON_DEMAND_UTILISATION, "usual for cards that are rented on demand".to_owned())?;
        }
    }
    *scenario = changed;
    about.note_taken(notes.clone());
    Ok(notes)
}

/// The age of a value in words: `2 min`, `3 h`, `5 days`, `3 months`.
pub fn age_words(at: chrono::DateTime<Utc>, now: chrono::DateTime<Utc>) -> String {
    let age = now - at;
    let one_or = |count: i64, one: &str, many: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
    };
    if age.num_minutes() < 1 {
        "now".to_owned()
    } else if age.num_minutes() < 90 {
        format!("{} min", age.num_minutes())
    } else if age.num_hours() < 36 {
        format!("{} h", age.num_hours())
    } else if age.num_days() < 60 {
        one_or(age.num_days(), "day", "days")
    } else {
        one_or(age.num_days() / 30, "month", "months")
    }
}

/// A time as it is said: `15 Sep 2026, 07:02 UTC`.
pub fn moment(at: chrono::DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}
