//! The pages of the window: one line each.

use egui::Key;

/// Calls a macro with the list of pages in the groups of the tabs. A line is: variant, module of the view, id on the
/// command line, label, key beside Ctrl, and what the page shows.
macro_rules! with_pages {
    ($callback:ident) => {
        $callback! {
            "Results" {
                Compare compare "compare" "Compare" Num1
                    "Payback curves of the businesses side by side";
                CashFlow cash_flow "cash-flow" "Cash flow" Num2
                    "Revenue and cost lines month by month, and the ledger";
                Risk risk "risk" "Risk" Num3
                    "Simulated markets: chance of loss, tails, and when the money is back";
            }
            "What decides it" {
                Sensitivity sensitivity "sensitivity" "Sensitivity" Num4
                    "What decides a figure, how fast it follows each input, and where it tips";
                WinnerMap winner_map "winner-map" "Winner map" Num5
                    "Which business is best at every pair of two inputs";
                Mix mix "mix" "Mix" F6
                    "Shares of the site: expected value against the worst paths, and what a hedge costs";
                TrainingCost training_cost "training-cost" "Training cost" F7
                    "Known AI training runs against bitcoin, rental and power, and the energy of a query";
            }
            "Other plans" {
                Scenarios scenarios "scenarios" "Scenarios" Num6
                    "Scenarios side by side: what differs, what comes of it, and one business minus another";
                History history "history" "History" Num7
                    "What a plan of the past believed, and what came";
            }
            "Sources" {
                Market market "market" "Market" Num8
                    "Today's prices and network from sources that you allow, and what they would change";
                Method method "method" "Method" Num9
                    "How the figures come about, and how they compare with published ones";
            }
        }
    };
}
pub(crate) use with_pages;

macro_rules! pages {
    ($($group:literal {
        $($Page:ident $module:ident $id:literal $label:literal $key:ident $tooltip:literal;)*
    })*) => {
        /// A page of the window.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Page {
            $($(
                #[doc = $tooltip]
                $Page,
            )*)*
        }

        impl Page {
            /// Every page, in the order of the tabs.
            pub const ALL: [Self; [$($($id),*),*].len()] = [$($(Self::$Page),*),*];

            /// The name on the command line.
            pub const fn id(self) -> &'static str {
                match self {
                    $($(Self::$Page => $id,)*)*
                }
            }

            /// The name on the tab.
            pub const fn label(self) -> &'static str {
                match self {
                    $($(Self::$Page => $label,)*)*
                }
            }

            /// One line: what it shows.
            pub const fn tooltip(self) -> &'static str {
                match self {
                    $($(Self::$Page => $tooltip,)*)*
                }
            }

            /// The key that shows it, beside Ctrl.
            pub const fn key(self) -> Key {
                match self {
                    $($(Self::$Page => Key::$key,)*)*
                }
            }
        }

        /// The groups of the tabs.
        pub const PAGE_GROUPS: [PageGroup; [$($group),*].len()] =
            [$(PageGroup { name: $group, pages: &[$(Page::$Page),*] }),*];
    };
}
with_pages!(pages);

/// Pages that answer one kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageGroup {
    /// The label that stands for all of them where there is no room.
    pub name: &'static str,
    /// The pages, in the order of the tabs.
    pub pages: &'static [Page],
}
