//! Names and notes that would act, if they were more than text.

use wattfolio::report::workbook::workbook;
use wattfolio::store::Letter;
use wattfolio_economics::kernel::Basis;

use super::read::{formulas, part, parts, sheet_names};
use super::{Planned, made};

/// Names that a user may give.
fn names() -> Vec<String> {
    let short = [
        "=1+1",
        "+cmd",
        "-2+3",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "a[b]:c*d?e/f\\g",
        "'quoted'",
        "<v>5</v>&amp;",
        "⚡🏭🪙",
        "x\u{202e}y\nz\u{0}\u{1b}[31m",
        "_x0041_",
        "&L&\"Arial\"",
        "",
    ];
    short.into_iter().map(str::to_owned).chain(["n".repeat(200), "🏭".repeat(40_000)]).collect()
}

#[test]
fn names_and_notes_stay_text() {
    let planned = Planned::new("today", Basis::ProjectBeforeTax, &[]);
    let clean = formulas(&planned.workbook());
    for name in names() {
        let mut about = planned.preset.about.clone();
        for text in [&mut about.title, &mut about.story, &mut about.notes] {
            text.clone_from(&name);
        }
        about.facts = vec![name.clone()];
        about.sources = vec![name.clone()];
        let mut case = planned.case(None, &name, &about);
        case.note = &name;
        let bytes = workbook(&[case], &made()).unwrap_or_else(|fault| panic!("{name:?}: {fault}"));
        let dirty = formulas(&bytes);
        assert!(dirty.len() == clean.len(), "{name:?} makes formulas");
        for (place, cell) in &dirty {
            assert_eq!(cell.formula, clean[place].formula, "{name:?} in {place:?}");
        }
        for (part, content) in parts(&bytes) {
            let text = String::from_utf8(content).unwrap();
            let acts = |letter: char| letter.is_control() && !letter.is_whitespace() || letter == '\u{202e}';
            assert!(!text.contains(acts), "{name:?} acts in {part}");
        }
    }
}

#[test]
fn names_of_scenarios_beside_each_other_are_no_names_of_sheets() {
    let planned = Planned::new("today", Basis::ProjectBeforeTax, &[]);
    let names = names();
    let cases: Vec<_> = names[..3]
        .iter()
        .enumerate()
        .map(|(place, name)| planned.case(Some(Letter::at(place)), name, &planned.preset.about))
        .collect();
    let bytes = workbook(&cases, &made()).unwrap();
    for sheet in sheet_names(&bytes) {
        assert!(sheet.encode_utf16().count() <= 31 && !sheet.contains(['=', '+', '@', '[', ':']), "{sheet}");
    }
    let texts = part(&bytes, "xl/sharedStrings.xml");
    assert!(texts.contains("=1+1"), "the name stands there as text");
    // Its cell has a style that keeps it text when somebody edits it.
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
}
