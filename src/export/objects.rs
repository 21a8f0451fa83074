//! Lists of JSON objects as tables, so that both have the same names.

use std::io;

use serde_json::Value;

use super::table::{Cell, Table, TableSink};

/// Writes objects as rows, in the order of the columns, whose names are their keys. Lists are written as words with
/// commas, and what is absent is empty.
pub(super) fn write(table: &Table, objects: &[Value], sink: &mut dyn TableSink) -> io::Result<()> {
    sink.begin(table)?;
    for object in objects {
        let cells: Vec<Cell<'_>> = table.columns.iter().map(|column| cell(&object[&*column.name])).collect();
        sink.row(&cells)?;
    }
    Ok(())
}

fn cell(value: &Value) -> Cell<'_> {
    match value {
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        Value::String(text) => Cell::Text(text.into()),
        Value::Bool(flag) => Cell::Text(flag.to_string().into()),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            Cell::Text(words.join(", ").into())
        }
        Value::Array(_) => Cell::Text(value.to_string().into()),
        Value::Null | Value::Object(_) => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_cells() {
        let object = serde_json::json!({
            "a": "x", "b": 2.5, "c": ["mining", "leasing"], "d": { "absent": "not published" }, "e": true,
            "f": [[12.0, 0.5]]
        });
        let cells = ["a", "b", "c", "d", "e", "f"].map(|key| cell(&object[key]));
        let text = |text: &'static str| Cell::Text(text.into());
        let expected = [
            text("x"),
            Cell::Number(2.5),
            text("mining, leasing"),
            Cell::Empty,
            text("true"),
            text("[[12.0,0.5]]"),
        ];
        assert_eq!(cells, expected);
    }
}
