//! A workbook read without the library that writes it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// A cell with a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub formula: String,
    /// Its cached value as text.
    pub value: String,
    /// Whether it is shown as whole dollars.
    pub is_money: bool,
}

/// The parts of a file by name.
pub(super) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().to_owned(), content)
        })
        .collect()
}

/// One part of a file as text.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(part, _)| part == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1).unwrap()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// The text between two marks, from a place on.
pub(super) fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let from = text.find(before)? + before.len();
    Some(&text[from..from + text[from..].find(after)?])
}

/// The value of an attribute of an element.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    between(element, &format!(" {name}=\""), "\"")
}

/// The names of the sheets in order.
pub(super) fn sheet_names(bytes: &[u8]) -> Vec<String> {
    let text = part(bytes, "xl/workbook.xml");
    let sheets = between(&text, "<sheets>", "</sheets>").unwrap().to_owned();
    sheets
        .split("<sheet ")
        .skip(1)
        .map(|sheet| unescaped(attribute(&format!(" {sheet}"), "name").unwrap()))
        .collect()
}

/// The cells that have names: name to sheet and address.
pub(super) fn defined_names(bytes: &[u8]) -> BTreeMap<String, (String, String)> {
    let text = part(bytes, "xl/workbook.xml");
    let entries = text.split("<definedName ").skip(1).filter_map(|entry| {
        let name = attribute(&format!(" {entry}"), "name")?.to_owned();
        let target = unescaped(between(entry, ">", "</definedName>")?);
        let (sheet, cell) = target.rsplit_once('!')?;
        Some((name, (sheet.trim_matches('\'').replace("''", "'"), cell.replace('$', ""))))
    });
    entries.collect()
}

/// Which formats of cells are whole dollars.
fn money_formats(bytes: &[u8]) -> Vec<bool> {
    let text = part(bytes, "xl/styles.xml");
    let codes: BTreeMap<String, bool> = text
        .split("<numFmt ")
        .skip(1)
        .map(|entry| {
            let entry = format!(" {entry}");
            let is_money = attribute(&entry, "formatCode").unwrap().starts_with("$#,##0_)");
            (attribute(&entry, "numFmtId").unwrap().to_owned(), is_money)
        })
        .collect();
    let formats = between(&text, "<cellXfs", "</cellXfs>").unwrap();
    let of = |entry: &str| {
        let entry = format!(" {entry}");
        let id = attribute(&entry, "numFmtId").unwrap();
        codes.get(id).copied().unwrap_or(false)
    };
    formats.split("<xf ").skip(1).map(of).collect()
}

/// Every formula cell by sheet and address.
pub(super) fn formulas(bytes: &[u8]) -> BTreeMap<(String, String), Cell> {
    let money = money_formats(bytes);
    let mut all = BTreeMap::new();
    for (index, sheet) in sheet_names(bytes).into_iter().enumerate() {
        let text = part(bytes, &format!("xl/worksheets/sheet{}.xml", index + 1));
        for cell in text.split("<c ").skip(1) {
            let Some(formula) = between(cell, "<f>", "</f>") else { continue };
            let head = format!(" {}", cell.split('>').next().unwrap());
            let style: usize = attribute(&head, "s").map_or(0, |style| style.parse().unwrap());
            let value = unescaped(between(cell, "<v>", "</v>").unwrap_or_default());
            let address = attribute(&head, "r").unwrap().to_owned();
            let cell = Cell { formula: unescaped(formula), value, is_money: money[style] };
            all.insert((sheet.clone(), address), cell);
        }
    }
    all
}
