//! The recorded monthly tables, extended with months that sources tell of. Rows that are there never change.

mod epochs;

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use wattfolio_economics::scenario::CalendarMonth;

use super::live::{Client, Fault, PastPrice, Retarget, ask_past};
use super::recorded::{BlockHeight, BtcMonth, DifficultyMonth, bundled_text, rows_of};
use epochs::NotYet;

/// Prices at the end of a month.
const PRICES: &str = "btc_monthly.csv";
/// Difficulty and hashrate.
const DIFFICULTY: &str = "difficulty_monthly.csv";
/// Heights at the begin of a month.
const HEIGHTS: &str = "heights_monthly.csv";
/// The tables that have a row a month.
pub const TABLES: [&str; 3] = [PRICES, DIFFICULTY, HEIGHTS];
/// What no source tells of.
pub const UNTOLD: &str = "fees, GPU rentals and power prices: no source gives them by month here, so that their tables stay as they are bundled";
/// Most months that one run asks for.
const MOST_MONTHS: usize = 36;
/// Time before the end of a month within which a price is its close, and within which it may stand for it.
const CLOSE: TimeDelta = TimeDelta::hours(2);
const PROXY: TimeDelta = TimeDelta::hours(48);
/// Factor by which the difficulty may differ from that of the month before.
const MOST_FACTOR: f64 = 2.0;

/// A table, as it was and with what was added.
#[derive(Clone, Debug, PartialEq)]
pub struct Refreshed {
    /// Its file.
    pub file: &'static str,
    /// The whole table.
    pub text: String,
    /// The months that were added.
    pub added: Vec<CalendarMonth>,
    /// Why there are no more, if more are due.
    pub gap: Option<Gap>,
}

/// Why a month is not added.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The first month that is missing.
    pub month: CalendarMonth,
    /// Why.
    pub why: String,
    /// Whether time alone will fill it.
    pub is_early: bool,
}

/// The first instant of a month.
fn begin(month: CalendarMonth) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(month.year().try_into().unwrap_or(i32::MAX), month.month(), 1);
    date.unwrap_or_default().and_hms_opt(0, 0, 0).unwrap_or_default().and_utc()
}

/// The bundled text of a table, or the one that is there already.
///
/// # Errors
/// If the one that is there is no such table.
pub fn base(file: &'static str, own: Option<String>) -> Result<String, String> {
    let text = own.unwrap_or_else(|| bundled_text(file).unwrap_or_default().to_owned());
    last_month(file, &text).map(|_| text)
}

/// The last month of a table, after a check of all of its rows.
fn last_month(file: &str, text: &str) -> Result<CalendarMonth, String> {
    let last = match file {
        PRICES => rows_of::<BtcMonth>(file, text)?.last().map(|row| row.month),
        DIFFICULTY => rows_of::<DifficultyMonth>(file, text)?.last().map(|row| row.month),
        _ => rows_of::<BlockHeight>(file, text)?.last().map(|row| row.month),
    };
    last.ok_or_else(|| format!("{file}: no rows"))
}

/// Extends the tables, each from its own last month on. Each source is asked in turn until one tells of a month.
///
/// # Errors
/// If a text is no such table.
pub fn refresh(
    clients: &[Client],
    texts: Vec<(&'static str, String)>,
    now: DateTime<Utc>,
) -> Result<Vec<Refreshed>, String> {
    let retargets = retargets(clients, now);
    let extend = |(file, text): (&'static str, String)| {
        let last = last_month(file, &text)?;
        let mut table = Refreshed { file, text, added: Vec::new(), gap: None };
        for month in (1..).map(|ahead| last.plus(ahead)) {
            // A height is of the begin of a month, everything else of all of it.
            let due = begin(if file == HEIGHTS { month } else { month.plus(1) });
            if due > now {
                break;
            }
            let row = match file {
                _ if table.added.len() >= MOST_MONTHS => {
                    Err(NotYet::Early(format!("{MOST_MONTHS} months are enough for one run")))
                }
                PRICES => price_row(clients, month, now),
                DIFFICULTY => with(&retargets, |(own, from)| epochs::difficulty_row(own, month, from)),
                _ => with(&retargets, |(own, from)| epochs::height_row(own, month, from)),
            };
            if let Err(why) = row.and_then(|row| table.push(month, &row)) {
                let (why, is_early) = match why {
                    NotYet::Early(why) => (why, true),
                    NotYet::Missing(why) => (why, false),
                };
                table.gap = Some(Gap { month, why, is_early });
                break;
            }
        }
        Ok(table)
    };
    texts.into_iter().map(extend).collect()
}

impl Refreshed {
    /// Adds a row, if the table is still one that the program would read.
    fn push(&mut self, month: CalendarMonth, row: &str) -> Result<(), NotYet> {
        let mut text = self.text.clone();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(row);
        text.push('\n');
        let read = last_month(self.file, &text).and_then(|_| self.jump(&text));
        read.map_err(|fault| NotYet::Missing(format!("its row is refused: {fault}")))?;
        self.text = text;
        self.added.push(month);
        Ok(())
    }

    /// Refuses a difficulty that does not fit the month before.
    fn jump(&self, text: &str) -> Result<(), String> {
        if self.file != DIFFICULTY {
            return Ok(());
        }
        let rows = rows_of::<DifficultyMonth>(self.file, text)?;
        let [.., before, new] = rows.as_slice() else { return Ok(()) };
        let factor = new.avg_difficulty / before.difficulty_end_of_month;
        if (1.0 / MOST_FACTOR..=MOST_FACTOR).contains(&factor) {
            return Ok(());
        }
        Err(format!("avg_difficulty is {factor:.3} times that at the end of the month before"))
    }

    /// What was done, in a line.
    pub fn words(&self) -> String {
        let mut words = match (self.added.first(), self.added.last()) {
            (Some(first), Some(last)) if first == last => format!("{}: {first} added", self.file),
            (Some(first), Some(last)) => {
                format!("{}: {} months added, {first} to {last}", self.file, self.added.len())
            }
            _ => format!("{}: no month added", self.file),
        };
        match &self.gap {
            // Writing to a string cannot fail.
            Some(gap) => write!(words, "; {} is missing: {}", gap.month, gap.why).ok(),
            None => write!(words, "; complete to today").ok(),
        };
        words
    }
}

/// Retargets with the words that a row has for their source, or why there are none.
type Told = Result<(Vec<Retarget>, String), String>;

fn with(
    retargets: &Told,
    row: impl FnOnce((&[Retarget], &str)) -> Result<String, NotYet>,
) -> Result<String, NotYet> {
    match retargets {
        Ok((retargets, from)) => row((retargets.as_slice(), from.as_str())),
        Err(why) => Err(NotYet::Missing(why.clone())),
    }
}

/// The retargets of the first source that tells of them.
fn retargets(clients: &[Client], now: DateTime<Utc>) -> Told {
    let ask = |client: &Client| {
        client.consent().source().past.retargets.as_ref().map(|part| ask_past(client, part, now))
    };
    first(clients, ask, "retargets of the network")
        .map(|(told, client)| (told, origin(client, "retargets of the network", now)))
}

/// The first answer of a source, or why there is none.
fn first<'a, T>(
    clients: &'a [Client],
    ask: impl Fn(&Client) -> Option<Result<T, Fault>>,
    what: &str,
) -> Result<(T, &'a Client), String> {
    let mut faults = Vec::new();
    for client in clients {
        match ask(client) {
            None => {}
            Some(Ok(told)) => return Ok((told, client)),
            Some(Err(fault)) => faults.push(format!("{}: {fault}", client.consent().source().label)),
        }
    }
    if faults.is_empty() {
        Err(format!("no source that may be asked tells of {what}"))
    } else {
        Err(faults.join("; "))
    }
}

/// Source and date of a row. An address of the user's own stays out of a table that others may see.
fn origin(client: &Client, what: &str, now: DateTime<Utc>) -> String {
    let consent = client.consent();
    let own = if consent.is_own() { " (own node)" } else { "" };
    format!("{}{own} {what}, fetched {}", consent.source().label, now.format("%Y-%m-%d"))
}

/// The row of a month's last price.
fn price_row(clients: &[Client], month: CalendarMonth, now: DateTime<Utc>) -> Result<String, NotYet> {
    let end = begin(month.plus(1)) - TimeDelta::seconds(1);
    let ask = |client: &Client| {
        let part = client.consent().source().past.price.as_ref()?;
        Some(ask_past(client, part, end).and_then(|price| {
            let is_close = end - price.at <= PROXY;
            if is_close { Ok(price) } else { Err(Fault::Nothing(format!("the last days of {month}"))) }
        }))
    };
    let (price, client) = first(clients, ask, "prices of the past").map_err(NotYet::Missing)?;
    let PastPrice { at, usd } = price;
    let estimate = if end - at <= CLOSE { "no" } else { "proxy" };
    let source = origin(client, &format!("price of {}", at.format("%Y-%m-%d %H:%M UTC")), now);
    Ok(format!("{month},{usd:.2},{estimate},\"{source}\""))
}

#[cfg(test)]
mod tests;
