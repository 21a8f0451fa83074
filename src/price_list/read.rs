//! From CSV to rows: strict about columns and numbers, and with a line number in every fault.

use serde::de::DeserializeOwned;

/// Reads a list; every row is checked.
pub(super) fn rows<Raw, Row>(name: &str, text: &str) -> Result<Vec<Row>, String>
where
    Raw: DeserializeOwned,
    Row: TryFrom<Raw, Error = String>,
{
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|fault| format!("{name}: {fault}"))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| format!("{name}: {fault}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let at = |fault: &dyn std::fmt::Display| format!("{name}:{line}: {fault}");
        let raw: Raw = record.deserialize(Some(&headers)).map_err(|fault| at(&fault))?;
        rows.push(Row::try_from(raw).map_err(|fault| at(&fault))?);
    }
    if rows.is_empty() { Err(format!("{name}: no rows")) } else { Ok(rows) }
}

/// A list that is part of the program.
#[expect(clippy::panic, reason = "the lists are part of the program, and a test reads each of them")]
pub(super) fn bundled<Row: super::row::Listed>(name: &str, text: &str) -> Vec<Row> {
    match rows::<Row::Raw, Row>(name, text) {
        Ok(rows) => rows,
        Err(fault) => panic!("bundled list {fault}"),
    }
}
