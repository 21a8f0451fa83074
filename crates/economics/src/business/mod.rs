//! The businesses, one folder each: inputs, catalogue rows, plan, figures, events and formulas. The files of a folder
//! belong to different layers (ARCHITECTURE.md).

pub mod hosting;
pub mod leasing;
mod lines;
pub mod mining;
mod per_business;
mod plans;

pub use leasing::{RENTAL_INPUT, UTILISATION_INPUT};
pub(crate) use lines::Owners;
pub use per_business::PerBusiness;
pub use plans::{AnyPlan, Plan};

/// Calls a macro with the list of businesses, one line each: variant, folder, name in titles, name in sentences. A new one
/// comes last: random streams, default shares and columns of tables go by the place in the list.
macro_rules! with_businesses {
    ($callback:ident) => {
        $callback! {
            Mining mining "Mining" "mining";
            Hosting hosting "AI hosting" "hosting";
            Leasing leasing "Compute leasing" "leasing";
        }
    };
}
pub(crate) use with_businesses;

macro_rules! business {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The businesses, in display order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Business {
            $(
                #[doc = $label]
                $Business,
            )*
        }

        impl Business {
            /// All businesses, in order.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$Business),*];

            /// The stable name in ids and files.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$Business => stringify!($module),)*
                }
            }

            /// The name in titles.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$Business => $label,)*
                }
            }

            /// The name inside a sentence.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$Business => $word,)*
                }
            }
        }
    };
}
with_businesses!(business);

impl Business {
    /// Number of businesses.
    pub const COUNT: usize = Self::ALL.len();
}
