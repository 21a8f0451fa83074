//! Shares of the site.

use crate::business::with_businesses;
use crate::input::{Group, Input, Number, list, number};
use crate::units::Unit;

impl Input<Number> {
    const fn share_of_site(self, label: &'static str) -> Self {
        self.of(Group::Mix, &[])
            .named(label, Unit::Fraction)
            .range(0.0, 1.0)
            .slider(0.0, 1.0, 0.01)
            .about(
                "Share of the site in the mix; all add up to 1",
                "each business on its share of the capacity",
            )
            .source("the same share for each")
            .hidden()
    }
}

macro_rules! shares {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The rows of this chapter.
        pub(crate) fn inputs() -> Vec<Input> {
            let mut inputs = Vec::new();
            $(list(&number!(mix.$module).share_of_site(concat!($label, " share")), &mut inputs);)*
            inputs
        }
    };
}
with_businesses!(shares);
