//! Ledger lines of each business.

use super::{Business, with_businesses};
use crate::kernel::{Line, Venture};

macro_rules! own_lines {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        impl Business {
            /// Lines that it has in addition to the common ones.
            pub const fn own_lines(self) -> &'static [Line] {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::LINES,)*
                }
            }

            /// Common lines that it does not have.
            pub const fn lines_without(self) -> &'static [Line] {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::WITHOUT,)*
                }
            }

            /// Whether it can have `line`.
            const fn has_line(self, line: Line) -> bool {
                if line.is_common() {
                    !contains(self.lines_without(), line)
                } else {
                    contains(self.own_lines(), line)
                }
            }
        }
    };
}
with_businesses!(own_lines);

impl Business {
    /// The business that the bitcoin network pays; the first, were there several.
    pub const OF_NETWORK: Self = Owners::of(Line::BtcMined).list()[0];

    /// Whether it is paid in coins.
    pub const fn is_paid_in_bitcoin(self) -> bool {
        self.has_line(Line::BtcMined)
    }
}

/// The businesses that can have a line, for constants of the catalogue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owners {
    /// The first `count` are the owners, in order.
    businesses: [Business; Business::COUNT],
    count: usize,
}

impl Owners {
    /// The owners of a line.
    pub(crate) const fn of(line: Line) -> Self {
        Self::of_any(&[line])
    }

    /// The owners of one or several of some lines.
    pub(crate) const fn of_any(lines: &[Line]) -> Self {
        let mut owners = Self { businesses: Business::ALL, count: 0 };
        let mut index = 0;
        while index < Business::COUNT {
            let business = Business::ALL[index];
            let mut at = 0;
            while at < lines.len() && !business.has_line(lines[at]) {
                at += 1;
            }
            if at < lines.len() {
                owners.businesses[owners.count] = business;
                owners.count += 1;
            }
            index += 1;
        }
        owners
    }

    /// The owners as a slice.
    pub(crate) const fn list(&self) -> &[Business] {
        self.businesses.split_at(self.count).0
    }
}

/// Whether `lines` contains `line`; the method of slices is not available in constants.
const fn contains(lines: &[Line], line: Line) -> bool {
    let mut index = 0;
    while index < lines.len() {
        if lines[index] as u8 == line as u8 {
            return true;
        }
        index += 1;
    }
    false
}

impl Line {
    /// Whether `business` can have this line.
    pub const fn belongs_to(self, business: Business) -> bool {
        business.has_line(self)
    }
}
