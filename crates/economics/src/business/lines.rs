//! Which lines of the ledger a business has.

use super::{Business, with_businesses};
use crate::kernel::{Line, Venture};

macro_rules! own_lines {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        impl Business {
            /// The lines that it has besides those of every business.
            pub const fn own_lines(self) -> &'static [Line] {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::LINES,)*
                }
            }
        }
    };
}
with_businesses!(own_lines);

impl Line {
    /// Whether a business can have this line at all.
    pub fn belongs_to(self, business: Business) -> bool {
        self.is_common() || business.own_lines().contains(&self)
    }
}
