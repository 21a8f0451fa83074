//! Writer of presets: only the values that differ from the defaults.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{PLAIN_SCHEMA, Preset, PresetView, RECORDED_SCHEMA, SCHEMA, Source, TAKEN_SCHEMA, locate, set};
use crate::file::{FileError, Placed, write_regular};
use serde::Serialize;
use wattfolio_economics::catalogue;
use wattfolio_economics::catalogue::DefaultSet;
use wattfolio_economics::risk::FactorSource;

/// A preset as human-readable RON text.
///
/// # Errors
/// If a value cannot be written, which validated scenarios rule out.
pub fn to_text(preset: &Preset) -> Result<String, ron::Error> {
    let preset = preset.clone().in_order();
    let about = &preset.about;
    let defaults = DefaultSet::CURRENT;
    let schema = if set::needs_labels(&preset) {
        SCHEMA
    } else if preset.view.factors != FactorSource::default() {
        RECORDED_SCHEMA
    } else if about.taken.is_empty() {
        PLAIN_SCHEMA
    } else {
        TAKEN_SCHEMA
    };
    let mut text =
        format!("{}\n(\n    schema: {schema},\n    defaults: \"{}\",\n", locate::HEADER, defaults.id);
    field(&mut text, "title", &about.title)?;
    for (name, words) in [("story", &about.story), ("based_on", &about.based_on), ("notes", &about.notes)] {
        if !words.is_empty() {
            field(&mut text, name, words)?;
        }
    }
    let lists = [
        ("facts", &about.facts),
        ("sources", &about.sources),
        ("assumptions", &about.assumptions),
        ("tags", &about.tags),
    ];
    for (name, lines) in lists {
        if !lines.is_empty() {
            field(&mut text, name, lines)?;
        }
    }
    if !about.taken.is_empty() {
        field(&mut text, "taken", &about.taken)?;
    }
    if preset.view != PresetView::default() {
        // Writing to a string cannot fail.
        writeln!(text, "    view: {},", ron::to_string(&preset.view)?).ok();
    }
    scenario(&mut text, &catalogue::changed_fields(&preset.scenario, &defaults.scenario()));
    set::write(&mut text, &preset)?;
    text.push_str(")\n");
    Ok(text)
}

/// A field of the outermost level; lists have one item per line.
fn field<T: Serialize>(text: &mut String, name: &str, value: &T) -> Result<(), ron::Error> {
    let pretty = ron::ser::PrettyConfig::new().indentor("    ".to_owned()).compact_arrays(false);
    let value = ron::ser::to_string_pretty(value, pretty)?;
    writeln!(text, "    {name}: {},", value.replace('\n', "\n    ")).ok();
    Ok(())
}

/// The inputs, nested by the parts of their ids.
fn scenario(text: &mut String, fields: &[(&'static str, String)]) {
    if fields.is_empty() {
        return;
    }
    text.push_str("    scenario: (\n");
    // Most inputs of a part are adjacent in the catalogue; the stable sort groups the others and keeps the
    // order.
    let mut rest: Vec<(Vec<&str>, &str)> =
        fields.iter().map(|(id, value)| (id.split('.').collect(), value.as_str())).collect();
    group(text, &mut rest, 2);
    text.push_str("    ),\n");
}

fn group(text: &mut String, fields: &mut Vec<(Vec<&str>, &str)>, depth: usize) {
    let indent = "    ".repeat(depth);
    while let Some((path, value)) = fields.first().cloned() {
        let Some((name, below)) = path.split_first() else { return };
        if below.is_empty() {
            writeln!(text, "{indent}{name}: {value},").ok();
            fields.remove(0);
            continue;
        }
        let mut inner: Vec<(Vec<&str>, &str)> = fields
            .extract_if(.., |(path, _)| path.first() == Some(name))
            .map(|(path, value)| (path[1..].to_vec(), value))
            .collect();
        writeln!(text, "{indent}{name}: (").ok();
        group(text, &mut inner, depth + 1);
        writeln!(text, "{indent}),").ok();
    }
}

/// Ending of files that the window suggests; desktops tell our files by it from other RON.
pub const DOCUMENT_ENDING: &str = "wattfolio.ron";

/// The path of a file to save: `plan v1.5` becomes `plan v1.5.wattfolio.ron`, and `plan.ron` stays.
pub fn document_path(path: &Path) -> PathBuf {
    if has_ending(path, "ron") { path.to_owned() } else { with_ending(path, DOCUMENT_ENDING) }
}

/// A path with its ending added if missing: `plan v1.5` becomes `plan v1.5.png`.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if has_ending(path, ending) {
        return path.to_owned();
    }
    let mut name = OsString::from(path.as_os_str());
    name.push(".");
    name.push(ending);
    name.into()
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// Writes a preset to a file, atomically where the file system allows it.
///
/// # Errors
/// If the file cannot be written.
pub fn save(preset: &Preset, path: &Path) -> Result<(Source, Placed), FileError> {
    let text = to_text(preset).map_err(|fault| FileError::content(path, format!("not saved: {fault}")))?;
    let placed = write_regular(path, text.as_bytes())?;
    Ok((Source::written(path.to_owned(), Arc::from(text)), placed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wattfolio_economics::scenario::{Scenario, ValidScenario};

    use crate::{Draft, Label, Letter, LineStyle, Taken, Variant, bundled, parse};

    #[test]
    fn a_number_given_by_hand_is_kept_where_a_rule_gives_the_same() {
        let mut preset = Preset::new("Test".to_owned(), ValidScenario::default());
        let by_hand =
            preset.scenario.edit(|scenario| scenario.bitcoin.block_subsidy_btc = Some(3.125)).unwrap();
        preset.variants.push(Variant::named("By hand", 1, by_hand));
        assert_eq!(parse(&to_text(&preset).unwrap(), "test").unwrap(), preset);
    }

    #[test]
    fn save_and_load_is_the_identity() {
        let mut preset = Draft::new("Test".to_owned(), Scenario::default());
        preset.about.notes = "r#None \"quoted\" \\ and\nlines".to_owned();
        preset.scenario.bitcoin.block_subsidy_btc = Some(6.25);
        preset.scenario.bitcoin.price_usd.points = vec![(12.0, 90_000.1), (24.5, 1.0 / 3.0 * 1e5)];
        preset.view.basis = wattfolio_economics::kernel::Basis::EquityAfterTax;
        preset.view.criterion = wattfolio_economics::results::verdict::Criterion::ValuePerCapex;
        let mut kept = preset.scenario.clone();
        catalogue::assign_all(&mut kept, [("mining.treasury", "Hold(share:1.0)")]).unwrap();
        // The points stay where they are when the value changes.
        kept.bitcoin.price_usd.value *= 2.0;
        preset.variants.push(Variant::named("Keep", 1, kept.validate().unwrap()));
        let preset = preset.check().unwrap();
        let text = to_text(&preset).unwrap();
        assert_eq!(parse(&text, "test").unwrap(), preset);
    }

    /// Four scenarios of very different plans, whose labels, order and baseline are the user's own.
    fn arranged() -> Preset {
        let mut examples = bundled().iter().map(|bundled| bundled.preset.scenario.clone());
        let mut next = || examples.next().unwrap();
        let mut preset = Preset::new("Arranged".to_owned(), next());
        preset.variants = (1..4).map(|place| Variant::named(format!("\"{place}\""), place, next())).collect();
        preset
    }

    #[test]
    fn names_notes_letters_lines_order_and_baseline_come_back_and_only_then_the_schema_rises() {
        let plain = arranged();
        let text = to_text(&plain).unwrap();
        assert!(text.contains("schema: 2,") && !text.contains("label"), "{text}");
        assert_eq!(parse(&text, "test").unwrap(), plain);
        let cases: [fn(&mut Preset); 6] = [
            |preset| preset.label.name = "Today".to_owned(),
            |preset| preset.label.note = "line one\nline “two”".to_owned(),
            |preset| preset.variants[1].note = "a guess".to_owned(),
            |preset| preset.variants[2].line = LineStyle::Solid,
            |preset| preset.variants[0].letter = Letter::at(30),
            |preset| preset.baseline = preset.variants[2].letter,
        ];
        for case in cases {
            let mut preset = arranged();
            case(&mut preset);
            let text = to_text(&preset).unwrap();
            assert!(text.contains("schema: 5,"), "{text}");
            assert_eq!(parse(&text, "test").unwrap(), preset, "{text}");
        }
    }

    #[test]
    fn the_first_scenario_of_a_file_is_its_own_whichever_is_shown() {
        let file = parse(&to_text(&arranged()).unwrap(), "test").unwrap();
        let mut shown = arranged();
        let own = Variant::new(Label::default(), shown.scenario.clone());
        let third = std::mem::replace(&mut shown.variants[1], own);
        shown.variants.swap(0, 1);
        (shown.label, shown.scenario, shown.place) = (third.label(), third.scenario, 2);
        assert_eq!(parse(&to_text(&shown).unwrap(), "test").unwrap(), file);
        let letters =
            |preset: &Preset| preset.listed().iter().map(|one| one.label.letter).collect::<Vec<_>>();
        assert_eq!(letters(&shown), letters(&file));
        assert!(shown.listed()[2].is_current && shown.listed()[0].is_baseline);
    }

    #[test]
    fn letters_that_are_given_twice_and_a_baseline_that_is_not_there_are_refused() {
        let read = |rest: &str| {
            parse(&format!("(schema: 5, title: \"x\", {rest})"), "x.ron").unwrap_err().to_string()
        };
        let twice =
            read("variants: [(name: \"a\", letter: \"0\", set: {}), (name: \"b\", letter: \"0\", set: {})]");
        assert!(twice.contains("letter 0 is given to two scenarios"), "{twice}");
        let baseline = read("baseline: \"C\", variants: [(name: \"a\", set: {})]");
        assert!(baseline.contains("baseline is C; the scenarios of the file are 0, A"), "{baseline}");
        let letter = read("baseline: \"ä\"");
        assert!(letter.contains("ä is no letter of a scenario; write 0, A, B"), "{letter}");
        // A scenario whose usual letter is taken gets the next.
        let text = "(schema: 5, title: \"x\", label: (letter: \"A\"), variants: [(name: \"a\", set: {})])";
        let letters: Vec<_> = parse(text, "x").unwrap().listed().iter().map(|one| one.label.letter).collect();
        assert_eq!(letters, [Letter::at(1), Letter::at(0)]);
    }

    #[test]
    fn a_criterion_is_written_by_its_name_and_the_default_is_left_out() {
        let mut preset = Preset::new("Test".to_owned(), ValidScenario::default());
        preset.view.basis = wattfolio_economics::kernel::Basis::EquityAfterTax;
        let text = to_text(&preset).unwrap();
        assert!(text.contains("view: (basis:\"equity\"),"), "{text}");
        preset.view.criterion = wattfolio_economics::results::verdict::Criterion::Loss;
        let text = to_text(&preset).unwrap();
        assert!(text.contains("criterion:\"loss\"") && parse(&text, "test").unwrap() == preset, "{text}");
        let fault = parse(&text.replace("loss", "luck"), "test").unwrap_err().to_string();
        assert!(fault.contains("luck is no criterion; there are value, value_per_capex"), "{fault}");
    }

    #[test]
    fn only_what_differs_is_written() {
        let mut draft = Draft::new("Test".to_owned(), Scenario::default());
        let plain = to_text(&draft.clone().check().unwrap()).unwrap();
        assert_eq!(
            plain,
            format!(
                "{}\n(\n    schema: 2,\n    defaults: \"2026-11\",\n    title: \"Test\",\n)\n",
                locate::HEADER
            )
        );
        draft.scenario.power.price_usd_per_kwh.value = 0.05;
        draft.scenario.horizon_months = 60;
        draft.scenario.mining.machine.hashrate_th_s = 300.0;
        let preset = draft.check().unwrap();
        let text = to_text(&preset).unwrap();
        for line in [
            "        horizon_months: 60,",
            "            price_usd_per_kwh: (value: 0.05, growth_per_year: 0.02),",
            "                hashrate_th_s: 300.0,",
        ] {
            assert!(text.lines().any(|own| own == line), "{text}");
        }
        assert_eq!(text.lines().count(), plain.lines().count() + 11, "{text}");
        assert_eq!(parse(&text, "test").unwrap(), preset);
    }

    #[test]
    fn values_from_the_market_keep_their_source_and_time_and_only_then_the_schema_rises() {
        let mut preset = Preset::new("Test".to_owned(), ValidScenario::default());
        assert!(to_text(&preset).unwrap().contains("schema: 2,"));
        let observed_at = "2026-09-15T07:03:31Z".parse().unwrap();
        let (input, value) = ("bitcoin.price_usd".to_owned(), "84700".to_owned());
        preset.about.taken.push(Taken { input, value, from: "median of 4 of 5".to_owned(), observed_at });
        let text = to_text(&preset).unwrap();
        assert!(text.contains("schema: 3,"), "{text}");
        assert_eq!(parse(&text, "test").unwrap(), preset);
        let input = catalogue::find("bitcoin.price_usd").unwrap();
        assert!(preset.about.origin(input, &preset.scenario).is_some());
        let other = preset.scenario.edit(|scenario| scenario.bitcoin.price_usd.value = 84_701.0).unwrap();
        assert_eq!(preset.about.origin(input, &other), None, "a value of one's own has no such source");
        let many = text.replace(
            "taken: [",
            &format!(
                "taken: [{}",
                "(input: \"a\", value: \"1\", from: \"x\", \
             observed_at: \"2026-09-15T07:03:31Z\"),"
                    .repeat(300)
            ),
        );
        assert!(parse(&many, "test").unwrap_err().to_string().contains("at most 200"));
    }

    #[test]
    fn endings_are_added_and_kept() {
        for (name, expected) in [
            ("plan", "plan.wattfolio.ron"),
            ("plan v1.5", "plan v1.5.wattfolio.ron"),
            ("a.RON", "a.RON"),
            ("a.wattfolio.ron", "a.wattfolio.ron"),
            ("notes.txt", "notes.txt.wattfolio.ron"),
        ] {
            assert_eq!(document_path(Path::new(name)), Path::new(expected));
        }
        assert_eq!(with_ending(Path::new("plan v1.5"), "png"), Path::new("plan v1.5.png"));
        assert_eq!(with_ending(Path::new("a.PNG"), "png"), Path::new("a.PNG"));
    }
}
