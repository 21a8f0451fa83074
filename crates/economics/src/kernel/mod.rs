//! The cash-flow kernel of all businesses, month by month.
//!
//! A validated scenario is compiled into monthly tables. One step per business turns the market of a month into cash,
//! over any [`Real`](crate::number::Real): `f64` for the plan, lanes for simulated paths.

mod absent;
mod basis;
mod books;
mod break_even;
mod capital;
mod capital_cost;
mod customer;
mod event;
mod figure;
mod financing;
mod ledger;
mod line;
mod market;
mod network;
mod recorded;
mod run;
pub mod series;
mod steps;
mod timing;
mod variant;
mod venture;

pub use absent::{Absent, Maybe};
pub(crate) use absent::{finite, ratio};
pub use basis::Basis;
pub use books::{Account, Books, LastFlow};
pub use break_even::find_zero;
pub(crate) use break_even::{BreakEvens, Place, PowerPrice, with_value};
pub(crate) use capital::{Amounts, Works, WorksLife};
pub use capital::{CapitalPlan, Outlay};
pub use capital_cost::CapitalCost;
pub use customer::{Credit, Customer, TermMonth};
pub(crate) use event::OnTheWay;
pub use event::{Event, OneCustomer};
pub use figure::{Better, Figure, Run};
pub use financing::{Financing, LastTax, depreciation_schedule};
pub use ledger::{Ledger, MonthOfLedger, Sink};
pub use line::{LINES, Line, operating_costs};
pub use market::{Factors, Levels, Market};
pub use recorded::RecordedNetwork;
pub(crate) use run::{net_before_tax, npv, run_months};
pub use series::MarketSeries;
pub(crate) use steps::{PriceLeft, YearlySteps, monthly_discount, whole_machines};
pub use timing::Timing;
pub use variant::{Counts, Variant};
pub(crate) use venture::live_in_time;
pub use venture::{NotEvaluated, Operations, ReplayedOn, Venture};
