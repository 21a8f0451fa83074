//! Figures that only one kind of business has.

use crate::business::with_businesses;

macro_rules! readouts {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// Figures of one business alone.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Readouts {
            $(
                #[doc = concat!("Of ", $word, ".")]
                $Business(crate::business::$module::Figures),
            )*
        }
    };
}
with_businesses!(readouts);
