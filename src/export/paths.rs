//! Every path of a simulation in one table, a row each: what its markets did, and what came of it.

use std::io;

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::series::SIMULATED;
use wattfolio_economics::risk::{PathResult, PathRow, Simulation};
use wattfolio_economics::scenario::Scenario;

use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};

/// Reader of a column from the row of a path, which has a number.
type Read = Box<dyn Fn(usize, &PathRow) -> Cell<'static>>;

/// Month in which a customer defaulted first.
const DEFAULT_MONTH: &str = "customer_default_month";
/// The business whose customer the column of that name means; those of others carry their business in front.
const UNNAMED_CUSTOMER: Business = Business::Hosting;

/// The businesses beside the unnamed one that have a customer who may fail.
fn with_customer(business: Business) -> bool {
    business != UNNAMED_CUSTOMER && business.customer_can_fail(&Scenario::default())
}

fn default_month_of(business: Business) -> String {
    format!("{}_{DEFAULT_MONTH}", business.id())
}

/// A result that a row has of each business, and whether it always exists.
type ResultColumn = (&'static str, bool, fn(&PathResult) -> Option<f64>);

const RESULTS: [ResultColumn; 4] = [
    ("npv_usd", true, |result| Some(result.npv_usd)),
    ("irr", false, |result| result.irr.ok()),
    ("payback_months", false, |result| result.payback_months.ok()),
    ("lowest_cash_usd", true, |result| Some(result.lowest_cash_usd)),
];

/// The table of all paths of a simulation.
pub(super) struct PathTable {
    columns: Vec<(Column, Read)>,
    about: Vec<(&'static str, String)>,
}

/// The table of paths in words, for `docs/OUTPUTS.md`.
pub(super) fn columns_markdown() -> String {
    let list =
        |names: Vec<String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let markets = SIMULATED.iter().flat_map(|market| [format!("{market}_mean"), format!("{market}_last")]);
    let of_business = |business: Business| {
        let customer = with_customer(business).then(|| default_month_of(business));
        RESULTS.map(|(name, ..)| format!("{}_{name}", business.id())).into_iter().chain(customer)
    };
    format!(
        "One row a path: `path`; what its markets did, averaged over the months and in the last one: {}; \
         `{DEFAULT_MONTH}`, that of {}; and of each business {}. An empty cell stands for a payback that never \
         comes, a rate that does not exist, a customer who stays. In Parquet `path` and months of a default are \
         64-bit whole numbers, and only what may be empty is optional.\n",
        list(markets.collect()),
        UNNAMED_CUSTOMER.word(),
        list(Business::ALL.into_iter().flat_map(of_business).collect()),
    )
}

impl PathTable {
    /// The columns for the businesses that were simulated.
    pub(super) fn new(simulation: &Simulation) -> Self {
        let mut columns: Vec<(Column, Read)> =
            vec![(Column::required("path", ColumnKind::Whole), Box::new(|path, _| Cell::Whole(path as u64)))];
        for (which, market) in SIMULATED.into_iter().enumerate() {
            columns.push(number(format!("{market}_mean"), true, move |row| Some(row.markets[which].mean)));
            columns.push(number(format!("{market}_last"), true, move |row| Some(row.markets[which].last)));
        }
        columns.push(default_month(DEFAULT_MONTH.to_owned(), |row| row.default_month));
        for business in Business::ALL {
            if simulation.business(business).is_err() {
                continue;
            }
            for (name, is_required, read) in RESULTS {
                let name = format!("{}_{name}", business.id());
                let read = move |row: &PathRow| row.results[business].as_ref().and_then(read);
                columns.push(number(name, is_required, read));
            }
            if with_customer(business) {
                let read = move |row: &PathRow| row.results[business].as_ref()?.default_month;
                columns.push(default_month(default_month_of(business), read));
            }
        }
        let seed = ("seed", simulation.seed.to_string());
        Self { columns, about: about(Some(simulation.basis), &[seed]) }
    }

    /// Header of the table.
    pub(super) fn about(&self) -> Table {
        let columns = self.columns.iter().map(|(column, _)| column.clone()).collect();
        Table { name: "paths", columns, about: self.about.clone() }
    }

    /// Writes neighbouring paths, of which `first` is the first.
    pub(super) fn write(&self, first: usize, rows: &[PathRow], sink: &mut dyn TableSink) -> io::Result<()> {
        let mut cells = Vec::with_capacity(self.columns.len());
        for (index, row) in rows.iter().enumerate() {
            cells.clear();
            cells.extend(self.columns.iter().map(|(_, read)| read(first + index, row)));
            sink.row(&cells)?;
        }
        Ok(())
    }
}

/// A column of the months in which a customer left.
fn default_month(name: String, read: impl Fn(&PathRow) -> Option<usize> + 'static) -> (Column, Read) {
    let column = Column { name: name.into(), kind: ColumnKind::Whole, is_required: false };
    (column, Box::new(move |_, row| read(row).map_or(Cell::Empty, |month| Cell::Whole(month as u64))))
}

/// A column of numbers.
fn number(
    name: String,
    is_required: bool,
    read: impl Fn(&PathRow) -> Option<f64> + 'static,
) -> (Column, Read) {
    let column = Column { name: name.into(), kind: ColumnKind::Number, is_required };
    (column, Box::new(move |_, row| read(row).map_or(Cell::Empty, Cell::Number)))
}
