//! Texts of pages: the strings that they show, as letters by the tables of their fonts.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{PdfFile, Unreadable};
use super::lexer::{Dict, Lexer, Object};
use super::{utf16, words};

/// Most pages that are read.
const MOST_PAGES: usize = 10_000;

/// Letters by code; codes are two bytes, or one.
#[derive(Clone, Debug, Default)]
struct Letters {
    of_code: BTreeMap<u32, String>,
    is_wide: bool,
}

/// The texts of all pages, a line a page.
pub(super) fn of_pages(file: &PdfFile<'_>) -> Result<String, Unreadable> {
    let mut text = String::new();
    let mut fonts: BTreeMap<u32, Letters> = BTreeMap::new();
    for (page, resources) in pages(file)? {
        let names =
            resources.and_then(|all| all.get("Font")).map(|fonts| file.resolve(fonts)).and_then(Object::dict);
        let mut of_page: BTreeMap<&str, Letters> = BTreeMap::new();
        for (name, font) in names.into_iter().flatten() {
            let letters = match font {
                Object::Reference(number) if fonts.contains_key(number) => fonts.get(number).cloned(),
                font => Some(letters(file, file.resolve(font).dict())?),
            };
            let letters = letters.unwrap_or_default();
            if let Object::Reference(number) = font {
                fonts.insert(*number, letters.clone());
            }
            of_page.insert(name, letters);
        }
        for number in contents(file, page) {
            show(&file.stream(number)?, &of_page, &mut text);
        }
        text.push('\n');
    }
    Ok(text)
}

type Page<'a> = (&'a Dict, Option<&'a Dict>);

/// The pages in order, each with its resources.
fn pages<'a>(file: &'a PdfFile<'_>) -> Result<Vec<Page<'a>>, Unreadable> {
    let is = |dict: &Dict, kind: &str| dict.get("Type").is_some_and(|own| own.is_name(kind));
    let catalogue = file.objects().filter_map(Object::dict).find(|dict| is(dict, "Catalog"));
    let missing = || Unreadable::Damaged("it has no pages".to_owned());
    let root = catalogue.and_then(|dict| dict.get("Pages")).ok_or_else(missing)?;
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<(&Object, Option<&Dict>)> = vec![(root, None)];
    while let Some((node, inherited)) = open.pop() {
        if let Object::Reference(number) = node
            && !seen.insert(*number)
        {
            continue;
        }
        let Some(dict) = file.resolve(node).dict() else { continue };
        let own = dict.get("Resources").map(|own| file.resolve(own)).and_then(Object::dict).or(inherited);
        match dict.get("Kids").map(|kids| file.resolve(kids)) {
            Some(Object::Array(kids)) => open.extend(kids.iter().rev().map(|kid| (kid, own))),
            _ => found.push((dict, own)),
        }
        if found.len() > MOST_PAGES || open.len() > MOST_PAGES {
            return Err(Unreadable::TooLarge("more than 10,000 pages"));
        }
    }
    Ok(found)
}

/// The streams of a page.
fn contents(file: &PdfFile<'_>, page: &Dict) -> Vec<u32> {
    let number = |object: &Object| if let Object::Reference(number) = object { Some(*number) } else { None };
    match page.get("Contents") {
        Some(Object::Reference(own)) => match file.object(*own) {
            Some(Object::Array(parts)) => parts.iter().filter_map(number).collect(),
            _ => vec![*own],
        },
        Some(Object::Array(parts)) => parts.iter().filter_map(number).collect(),
        _ => Vec::new(),
    }
}

/// The letters of a font by its table.
fn letters(file: &PdfFile<'_>, font: Option<&Dict>) -> Result<Letters, Unreadable> {
    let Some(font) = font else { return Ok(Letters::default()) };
    let is_wide = font.get("Subtype").is_some_and(|kind| kind.is_name("Type0"));
    let Some(Object::Reference(table)) = font.get("ToUnicode") else {
        return Ok(Letters { is_wide, ..Letters::default() });
    };
    let data = file.stream(*table)?;
    let mut of_code = BTreeMap::new();
    let mut lexer = Lexer::new(&data, 0);
    let mut operands: Vec<Object> = Vec::new();
    while let Some(object) = lexer.object() {
        let Object::Word(word) = &object else {
            operands.push(object);
            continue;
        };
        match word.as_str() {
            "endbfchar" => operands.chunks_exact(2).for_each(|pair| {
                if let [Object::Text(code), Object::Text(letters)] = pair {
                    of_code.insert(number(code), utf16(letters));
                }
            }),
            "endbfrange" => operands.chunks_exact(3).for_each(|range| add_range(range, &mut of_code)),
            _ => {}
        }
        operands.clear();
    }
    Ok(Letters { of_code, is_wide })
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Codes in a row whose letters are in a row, or in a list.
fn add_range(range: &[Object], of_code: &mut BTreeMap<u32, String>) {
    let [Object::Text(first), Object::Text(last), letters] = range else { return };
    let (first, last) = (number(first), number(last));
    let codes = (first..=last).take(0x1_0000);
    match letters {
        Object::Text(start) => {
            let start = utf16(start);
            for (index, code) in codes.enumerate() {
                let mut letters: Vec<char> = start.chars().collect();
                if let Some(end) = letters.last_mut() {
                    *end = char::from_u32(*end as u32 + index as u32).unwrap_or('\u{fffd}');
                }
                of_code.insert(code, letters.into_iter().collect());
            }
        }
        Object::Array(list) => codes.zip(list).for_each(|(code, letters)| {
            if let Object::Text(letters) = letters {
                of_code.insert(code, utf16(letters));
            }
        }),
        _ => {}
    }
}

/// Adds the texts that a stream shows. What stands in place of shown letters is taken instead of them.
fn show(data: &[u8], fonts: &BTreeMap<&str, Letters>, text: &mut String) {
    let mut lexer = Lexer::new(data, 0);
    let mut operands: Vec<Object> = Vec::new();
    let mut font: Option<&Letters> = None;
    // For each open mark whether its own text stands in place of what it shows.
    let mut marks: Vec<bool> = Vec::new();
    while let Some(object) = lexer.object() {
        let Object::Word(word) = &object else {
            operands.push(object);
            continue;
        };
        match word.as_str() {
            "Tf" => {
                let name = operands
                    .iter()
                    .find_map(|one| if let Object::Name(name) = one { Some(name) } else { None });
                font = name.and_then(|name| fonts.get(name.as_str()));
            }
            "BMC" => marks.push(false),
            "BDC" => {
                let own = operands.last().and_then(Object::dict).and_then(|dict| dict.get("ActualText"));
                let is_new = !marks.contains(&true);
                if let (Some(Object::Text(own)), true) = (own, is_new) {
                    text.push_str(&words(own));
                }
                marks.push(matches!(own, Some(Object::Text(_))));
            }
            "EMC" => drop(marks.pop()),
            "Tj" | "TJ" | "'" | "\"" if !marks.contains(&true) => {
                operands.iter().for_each(|one| add_shown(one, font, text));
            }
            "ET" => text.push(' '),
            _ => {}
        }
        operands.clear();
    }
}

fn add_shown(shown: &Object, font: Option<&Letters>, text: &mut String) {
    match (shown, font) {
        (Object::Array(parts), _) => parts.iter().for_each(|part| add_shown(part, font, text)),
        (Object::Text(codes), Some(font)) => {
            for code in codes.chunks(if font.is_wide { 2 } else { 1 }) {
                if let Some(letters) = font.of_code.get(&number(code)) {
                    text.push_str(letters);
                }
            }
        }
        _ => {}
    }
}
