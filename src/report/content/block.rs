//! Parts of a report, before any of them has a place.

use wattfolio_economics::business::Business;

use crate::view::Printed;

/// A number of a report as it is printed: what is recomputed when a report is verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Stable name: table, row and column.
    pub id: String,
    /// Its value in the stored unit; none for words.
    pub value: Option<f64>,
    /// The printed text.
    pub text: String,
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The sentence of a page.
    Verdict,
    /// What is said below it.
    Lead,
    /// Running text.
    Body,
    /// Small and muted.
    Note,
}

/// A part of a report.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading: 1 starts a part of the document, 2 a section of it; 0 is a bookmark alone.
    Heading(u8, String),
    /// Words. With an id they are a figure, which is verified.
    Words {
        /// Id of the figure.
        id: Option<String>,
        /// Style.
        style: Style,
        /// The text.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A chart of the first case, and what it says in words.
    Chart(Printed, String),
    /// Words in a box.
    Callout {
        /// Its heading.
        title: String,
        /// Its sentences, each a figure.
        lines: Vec<String>,
        /// Id of the figures.
        id: String,
    },
    /// Two columns side by side, the first with this share of the width.
    Columns(f32, [Vec<Self>; 2]),
    /// A new page.
    PageBreak,
}

impl Block {
    /// Running text that is no figure.
    pub fn body(text: impl Into<String>) -> Self {
        Self::Words { id: None, style: Style::Body, text: text.into() }
    }

    /// Small text that is no figure.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Words { id: None, style: Style::Note, text: text.into() }
    }
}

/// A table: a label for each row, then its cells.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Stable name.
    pub id: String,
    /// Its title; what it says, where it says something.
    pub title: String,
    /// What stands below the title.
    pub subtitle: String,
    /// Share of the width that labels take.
    pub label_share: f32,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Stable name.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The business that it belongs to.
    pub business: Option<Business>,
    /// Whether it holds words, from the left, and not numbers.
    pub is_words: bool,
    /// Width relative to the other columns.
    pub share: f32,
}

impl Column {
    /// A column of numbers, so wide beside the others.
    pub fn numbers(id: impl Into<String>, title: impl Into<String>, share: f32) -> Self {
        Self { id: id.into(), title: title.into(), share, ..Self::default() }
    }

    /// A column of words, so wide beside the others.
    pub fn words(id: impl Into<String>, title: impl Into<String>, share: f32) -> Self {
        Self { is_words: true, ..Self::numbers(id, title, share) }
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Stable name.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Unit of its values as they are stored; may be empty.
    pub unit: &'static str,
    /// The business that it belongs to.
    pub business: Option<Business>,
    /// Whether it stands out.
    pub is_strong: bool,
    /// Whether it is a heading of the rows below.
    pub is_heading: bool,
    /// Words below it.
    pub note: String,
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The printed text.
    pub text: String,
    /// The value in the stored unit.
    pub value: Option<f64>,
    /// Printed text and value of its standard error.
    pub error: Option<(String, f64)>,
    /// Whether it stands out.
    pub is_strong: bool,
    /// Whether it is a reason in place of a number.
    pub is_muted: bool,
}

impl Cell {
    /// A number.
    pub fn number(text: impl Into<String>, value: f64) -> Self {
        Self { text: text.into(), value: Some(value), ..Self::default() }
    }

    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A reason in place of a number.
    pub fn reason(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_muted: true, ..Self::default() }
    }
}

impl Table {
    /// The cell of a row and a column.
    pub fn cell(&self, row: &str, column: &str) -> Option<&Cell> {
        let at = self.columns.iter().position(|one| one.id == column)?;
        self.rows.iter().find(|one| one.id == row)?.cells.get(at)
    }
}

/// Every figure of a report in the order of its pages; one that is printed twice is there once.
pub fn figures(blocks: &[Block]) -> Vec<Figure> {
    let mut found = Vec::new();
    collect(blocks, &mut found);
    found
}

fn collect(blocks: &[Block], found: &mut Vec<Figure>) {
    for block in blocks {
        match block {
            Block::Words { id: Some(id), text, .. } => {
                found.push(Figure { id: id.clone(), value: None, text: text.clone() });
            }
            Block::Callout { id, lines, .. } => {
                let figure = |(index, text): (usize, &String)| Figure {
                    id: format!("{id}.{}", index + 1),
                    value: None,
                    text: text.clone(),
                };
                found.extend(lines.iter().enumerate().map(figure));
            }
            Block::Table(table) => of_table(table, found),
            Block::Columns(_, columns) => columns.iter().for_each(|column| collect(column, found)),
            Block::Heading(..) | Block::Words { .. } | Block::Chart(..) | Block::PageBreak => {}
        }
    }
}

fn of_table(table: &Table, found: &mut Vec<Figure>) {
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.text.is_empty()) {
            let id = format!("{}.{}.{}", table.id, row.id, column.id);
            found.push(Figure { id: id.clone(), value: cell.value, text: cell.text.clone() });
            if let Some((text, value)) = &cell.error {
                let id = format!("{id}.standard_error");
                found.push(Figure { id, value: Some(*value), text: text.clone() });
            }
        }
    }
}

/// Every line that is printed with figures, each with the name of what it is: the words of a sentence, or a row of a table
/// from its label to its note.
pub fn lines(blocks: &[Block]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Words { id: Some(id), text, .. } => found.push((id.clone(), text.clone())),
            Block::Callout { id, lines, .. } => {
                found.extend(
                    lines
                        .iter()
                        .enumerate()
                        .map(|(index, line)| (format!("{id}.{}", index + 1), line.clone())),
                );
            }
            Block::Table(table) => found.extend(table.rows.iter().map(|row| {
                let cells = row.cells.iter().map(|cell| {
                    let error = cell.error.as_ref().map_or("", |(text, _)| text);
                    format!("{} {error} ", cell.text)
                });
                let text = format!("{} {} {}", row.label, row.note, cells.collect::<String>());
                (format!("{}.{}", table.id, row.id), text)
            })),
            Block::Columns(_, columns) => found.extend(columns.iter().flat_map(|column| lines(column))),
            Block::Heading(..) | Block::Words { .. } | Block::Chart(..) | Block::PageBreak => {}
        }
    }
    found
}
