//! Published figures beside computed ones, for a spreadsheet.

use wattfolio_economics::published::Row;

/// Rows as tab-separated text, every column of the document included.
pub fn published_table<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    let mut text = String::from(
        "topic\tcase\tpublished\tcomputed\tpublished over computed\tmust be\tverdict\tformula\tsource\tdate\tremark\n",
    );
    for row in rows {
        let cells = [
            row.topic.label(),
            &row.case,
            &row.published_text(),
            &row.computed_text(),
            &row.ratio().map_or_else(String::new, |ratio| ratio.to_string()),
            &row.expectation_text(),
            row.verdict().label(),
            row.formula,
            row.source.name,
            row.source.date,
            row.remark,
        ];
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::published::rows;

    use super::*;

    #[test]
    fn every_line_has_the_columns_of_the_heading() {
        let rows = rows();
        let text = published_table(&rows);
        let columns = |line: &str| line.matches('\t').count();
        let heading = text.lines().next().map_or(0, columns);
        assert_eq!(text.lines().count(), rows.len() + 1);
        assert!(text.lines().all(|line| columns(line) == heading));
    }
}
