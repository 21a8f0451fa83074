//! Shares of the site.

use crate::business::{Business, with_businesses};
use crate::input::{Group, Input, Number, list, number};
use crate::scenario::Mix;
use crate::units::Unit;

impl Input<Number> {
    const fn share_of_site(self, label: &'static str, business: Business) -> Self {
        let has_share = Mix::default_share(business) > 0.0;
        self.of(Group::Mix, &[])
            .named(label, Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.01)
            .about(
                "Share of the site in the mix; all add up to 1",
                "each business on its share of the capacity",
            )
            .source(if has_share { "the same share for each" } else { "none until it is given one" })
            .hidden()
    }
}

macro_rules! shares {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The rows of this chapter.
        pub(crate) fn inputs() -> Vec<Input> {
            let mut inputs = Vec::new();
            $({
                let share = number!(mix.$module).share_of_site(concat!($label, " share"), Business::$Business);
                list(&share, &mut inputs);
            })*
            inputs
        }
    };
}
with_businesses!(shares);
