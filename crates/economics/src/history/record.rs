//! The record as plain data: monthly series, each value with a flag where it is an estimate.

use crate::scenario::CalendarMonth;

/// A value of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// The value, in the unit of its series.
    pub value: f64,
    /// Whether it is an estimate: shown as such, and nothing is calibrated on it.
    pub is_estimate: bool,
}

/// A monthly series without gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    first: CalendarMonth,
    months: Vec<Recorded>,
}

/// A series that cannot be a record.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotARecord {
    /// It has no month.
    #[error("a recorded series has no month")]
    Empty,
    /// A value is not above 0.
    #[error("{month}: {value}; allowed: above 0")]
    Value {
        /// Its month.
        month: CalendarMonth,
        /// The value.
        value: f64,
    },
}

impl Series {
    /// A series from its first month on.
    ///
    /// # Errors
    /// If it is empty, or a value is not a finite number above 0: its logarithm is needed.
    pub fn new(first: CalendarMonth, months: Vec<Recorded>) -> Result<Self, NotARecord> {
        if months.is_empty() {
            return Err(NotARecord::Empty);
        }
        for (month, recorded) in (0..).map(|months| first.plus(months)).zip(&months) {
            if !(recorded.value > 0.0 && recorded.value.is_finite()) {
                return Err(NotARecord::Value { month, value: recorded.value });
            }
        }
        Ok(Self { first, months })
    }

    /// The first month.
    pub fn first(&self) -> CalendarMonth {
        self.first
    }

    /// The last month.
    pub fn last(&self) -> CalendarMonth {
        self.first.plus(self.months.len() as u32 - 1)
    }

    /// The value of a month; `None` outside of the record.
    pub fn get(&self, month: CalendarMonth) -> Option<Recorded> {
        if month < self.first {
            return None;
        }
        self.months.get(month.months_since(self.first) as usize).copied()
    }

    /// The last month that is no estimate, as are all before it from the first recorded one on.
    pub fn last_recorded(&self) -> Option<CalendarMonth> {
        let at = self.months.iter().rposition(|recorded| !recorded.is_estimate)?;
        Some(self.first.plus(at as u32))
    }

    /// Months that are no estimates, within a range.
    pub fn recorded_within(&self, from: CalendarMonth, to: CalendarMonth) -> usize {
        let months = (0..self.months.len() as u32).map(|index| self.first.plus(index));
        let inside = months.zip(&self.months).filter(|(month, _)| (from..=to).contains(month));
        inside.filter(|(_, recorded)| !recorded.is_estimate).count()
    }
}

/// A mining machine as it could be bought.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedMachine {
    /// Model.
    pub name: String,
    /// Hashrate, TH/s.
    pub hashrate_th_s: f64,
    /// Power at the wall, W.
    pub watts: f64,
    /// Energy per hash as quoted, J/TH.
    pub joules_per_th: f64,
    /// First month in which it could be bought.
    pub sold_from: CalendarMonth,
    /// A price that is dated, USD, and its year; a price without a date, of a mock list or an all-time high is none.
    pub price: Option<(f64, u32)>,
}

/// What is recorded of the markets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// Bitcoin price at the end of each month, USD.
    pub close_usd: Series,
    /// Network hashrate of each month's mean difficulty, EH/s.
    pub network_eh_s: Series,
    /// Fees over the subsidy of a block, fraction.
    pub fee_share: Series,
    /// GPU rental, USD per GPU-hour, carried on where a month has none.
    pub rental_usd: Series,
    /// The recorded rental that a scenario's rental stands for, USD per GPU-hour.
    pub rental_now_usd: f64,
    /// Month of the first published AI lease.
    pub first_lease: CalendarMonth,
    /// Mining machines.
    pub machines: Vec<RecordedMachine>,
}

impl Record {
    /// The record of the bitcoin network alone; rentals, leases and machines are set beside it.
    pub fn new(
        (close_usd, network_eh_s, fee_share): (Series, Series, Series),
        (rental_usd, rental_now_usd): (Series, f64),
        first_lease: CalendarMonth,
        machines: Vec<RecordedMachine>,
    ) -> Self {
        Self { close_usd, network_eh_s, fee_share, rental_usd, rental_now_usd, first_lease, machines }
    }

    /// The first month that can be replayed: the month before it is recorded.
    pub fn first_start(&self) -> CalendarMonth {
        self.close_usd.first().max(self.network_eh_s.first()).max(self.fee_share.first()).plus(1)
    }

    /// The last month of price, network and fees.
    pub fn last(&self) -> CalendarMonth {
        self.close_usd.last().min(self.network_eh_s.last()).min(self.fee_share.last())
    }

    /// The last month of price and network that is no estimate.
    pub fn last_recorded(&self) -> Option<CalendarMonth> {
        Some(self.close_usd.last_recorded()?.min(self.network_eh_s.last_recorded()?).min(self.last()))
    }

    /// Every month that can be replayed.
    pub fn starts(&self) -> impl Iterator<Item = CalendarMonth> + use<> {
        let (first, last) = (self.first_start(), self.last());
        (0..).map(move |months| first.plus(months)).take_while(move |month| *month <= last)
    }

    /// Bitcoin price at mid-month, USD: the geometric mean of two closes. An estimate if one of them is.
    pub fn mid_month_usd(&self, month: CalendarMonth) -> Option<Recorded> {
        let (open, close) = (self.close_usd.get(month.before()?)?, self.close_usd.get(month)?);
        let is_estimate = open.is_estimate || close.is_estimate;
        Some(Recorded { value: (open.value * close.value).sqrt(), is_estimate })
    }
}
