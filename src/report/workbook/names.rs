//! Formulas with names in the place of addresses.
//!
//! A formula is written with names, so that it can be read beside the model, and expanded for the month of its row:
//!
//! | Written | Meaning |
//! |---|---|
//! | `[cash]` | the column `cash` of the cash sheet, in this month |
//! | `[cash-]`, `[cash>]` | the same in the month before, and in all later ones |
//! | `[cash*]`, `[cash$]` | all months, and the last one |
//! | `[cash@12]`, `[cash@12:24]` | month 12, and months 12 to 24 |
//! | `[!revenue]` | a line of the ledger, with the same endings |
//! | `{live}` | a cell of the sheet of the business |
//! | `{#finance.tax_rate}` | an input |

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::column_number_to_name;

use super::WorkbookError;

/// Row of month 0 on the sheets with a row a month, counted from 0: below heads and units.
pub(super) const FIRST_MONTH_ROW: u32 = 4;

/// A cell, or cells of one column.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub sheet: String,
    pub row: u32,
    pub column: u16,
}

/// The name of a sheet as formulas write it.
fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

impl Cell {
    /// Its address from any sheet: `'Mining'!$B$7`.
    pub(super) fn address(&self) -> String {
        format!("{}!${}${}", quoted(&self.sheet), column_number_to_name(self.column), self.row + 1)
    }
}

/// The cells that formulas of one business name.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The sheet with rates, tax, loan and measures, and the rows of its cells in column B.
    pub terms_sheet: String,
    pub terms: BTreeMap<&'static str, u32>,
    /// The sheet of monthly formulas, and its columns.
    pub cash_sheet: String,
    pub cash: BTreeMap<&'static str, u16>,
    /// The sheet of monthly values, and its columns by the id of line or series.
    pub ledger_sheet: String,
    pub ledger: BTreeMap<&'static str, u16>,
    /// The value cells of the inputs by id.
    pub inputs: BTreeMap<&'static str, Cell>,
    /// Last month of the plan.
    pub horizon: usize,
}

/// Column of the values on the sheet of a business.
pub(super) const TERMS_COLUMN: u16 = 1;

impl Names {
    /// A formula with addresses, in the row of month `t`, on the sheet `from`.
    ///
    /// # Errors
    /// If it names what does not exist.
    pub(super) fn expand(&self, formula: &str, t: usize, from: &str) -> Result<String, WorkbookError> {
        let mut out = String::with_capacity(formula.len() * 2);
        let mut rest = formula;
        while let Some(at) = rest.find(['[', '{']) {
            out.push_str(&rest[..at]);
            let close = if rest[at..].starts_with('[') { ']' } else { '}' };
            let end = rest[at..].find(close).ok_or_else(|| unknown(formula))? + at;
            let name = &rest[at + 1..end];
            let address = if close == ']' { self.months(name, t, from) } else { self.cell(name, from) };
            out.push_str(&address.ok_or_else(|| unknown(name))?);
            rest = &rest[end + 1..];
        }
        out.push_str(rest);
        Ok(out)
    }

    /// The cell of a rate, a term or a measure of the business.
    pub(super) fn term(&self, id: &str) -> Option<Cell> {
        let row = *self.terms.get(id)?;
        Some(Cell { sheet: self.terms_sheet.clone(), row, column: TERMS_COLUMN })
    }

    fn cell(&self, name: &str, from: &str) -> Option<String> {
        if let Some(id) = name.strip_prefix('#') {
            return Some(self.inputs.get(id)?.address());
        }
        let cell = self.term(name)?;
        Some(if cell.sheet == from {
            format!("${}${}", column_number_to_name(cell.column), cell.row + 1)
        } else {
            cell.address()
        })
    }

    fn months(&self, name: &str, t: usize, from: &str) -> Option<String> {
        let (sheet, columns, name) = match name.strip_prefix('!') {
            Some(line) => (&self.ledger_sheet, &self.ledger, line),
            None => (&self.cash_sheet, &self.cash, name),
        };
        let split = name.find(['-', '>', '*', '$', '@']).unwrap_or(name.len());
        let (id, which) = name.split_at(split);
        let column = column_number_to_name(*columns.get(id)?);
        let row = |t: usize| t + FIRST_MONTH_ROW as usize + 1;
        let range = |first: usize, last: usize| format!("${column}${}:${column}${}", row(first), row(last));
        let address = match which {
            "" => format!("${column}{}", row(t)),
            "-" => format!("${column}{}", row(t.checked_sub(1)?)),
            ">" => format!("${column}{}:${column}${}", row(t + 1), row(self.horizon)),
            "*" => range(0, self.horizon),
            "$" => format!("${column}${}", row(self.horizon)),
            _ => match which.strip_prefix('@')?.split_once(':') {
                Some((first, last)) => range(first.parse().ok()?, last.parse().ok()?),
                None => format!("${column}${}", row(which[1..].parse().ok()?)),
            },
        };
        Some(if sheet == from { address } else { format!("{}!{address}", quoted(sheet)) })
    }
}

fn unknown(name: &str) -> WorkbookError {
    WorkbookError::UnknownName(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        let names = Names {
            terms_sheet: "Mine's".into(),
            terms: BTreeMap::from([("live", 6)]),
            cash_sheet: "Cash".into(),
            cash: BTreeMap::from([("cash", 2)]),
            ledger_sheet: "Ledger".into(),
            ledger: BTreeMap::from([("power", 27)]),
            inputs: BTreeMap::from([("a.b", Cell { sheet: "Inputs".into(), row: 9, column: 3 })]),
            horizon: 120,
        };
        let expanded = |formula| names.expand(formula, 3, "Cash").map_err(|fault| fault.to_string());
        assert_eq!(expanded("[cash]-[cash-]+{live}"), Ok("$C8-$C7+'Mine''s'!$B$7".into()));
        assert_eq!(expanded("SUM([!power*])+[cash$]"), Ok("SUM('Ledger'!$AB$5:$AB$125)+$C$125".into()));
        assert_eq!(expanded("[cash@2:4]*{#a.b}"), Ok("$C$7:$C$9*'Inputs'!$D$10".into()));
        assert_eq!(expanded("SUM([cash>])"), Ok("SUM($C9:$C$125)".into()));
        assert_eq!(names.expand("{live}", 0, "Mine's").ok(), Some("$B$7".to_owned()));
        assert!(
            expanded("[nothing]").is_err() && expanded("{nothing}").is_err() && expanded("[cash").is_err()
        );
        assert!(names.expand("[cash-]", 0, "Cash").is_err(), "there is no month before the first");
    }
}
