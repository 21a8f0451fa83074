//! Files: what is saved comes back, what cannot be read says where, and nothing is ever half written.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use wattfolio::store::{self, About, Draft, MOST_BYTES, Preset, SCHEMA, Variant};
use wattfolio_economics::business::Business;
use wattfolio_economics::results::compare;
use wattfolio_economics::scenario::{Scenario, ValidScenario};

use crate::support::economics::scenarios::any_scenario;
use crate::support::economics::soak::config;

/// Titles and stories that a file format could stumble over.
fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,20}",
        Just("two\nlines\tand // a comment".to_owned()),
        Just("None, r#None, Some(\"x\")".to_owned()),
    ]
}

proptest! {
    #![proptest_config(config("random files", 48, 20_000))]

    #[test]
    fn what_is_saved_comes_back(
        scenario in any_scenario(),
        variant in any_scenario(),
        title in any_words(),
        story in any_words(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.ron");
        let mut preset = Preset::new(title.clone(), scenario.validate().unwrap());
        let tags = vec!["a".to_owned(), String::new()];
        preset.about = About { story, facts: vec![title.clone()], tags, notes: title, ..preset.about };
        preset.variants = vec![Variant::named("Other", 1, variant.validate().unwrap())];
        store::save(&preset, &path).unwrap();
        prop_assert_eq!(&store::load(&path).unwrap().preset, &preset);
        // Saving what was loaded writes the same bytes.
        let first = fs::read(&path).unwrap();
        store::save(&store::load(&path).unwrap().preset, &path).unwrap();
        prop_assert_eq!(fs::read(&path).unwrap(), first);
    }

    #[test]
    fn no_text_brings_the_reader_down(text in "[ -~\\n]{0,200}") {
        // Whether it is refused does not matter here; it must not panic.
        store::parse(&text, "any.ron").ok();
    }

    #[test]
    fn no_damage_brings_the_reader_down(at in 0.0..1.0f64, piece in "\\PC{0,6}", cut in 0..40usize) {
        let text = store::to_text(&store::bundled()[1].preset).unwrap();
        let nearest = |index: usize| (0..=index.min(text.len())).rev().find(|i| text.is_char_boundary(*i));
        let start = nearest((at * text.len() as f64) as usize).unwrap();
        let end = nearest(start + cut).unwrap().max(start);
        let damaged = format!("{}{piece}{}", &text[..start], &text[end..]);
        if let Ok(preset) = store::parse(&damaged, "damaged.ron") {
            prop_assert!(preset.scenario.validate().is_ok(), "what is read is valid by its type and in truth");
        }
    }
}

#[test]
fn a_save_that_fails_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.ron");
    store::save(&Preset::new("First".to_owned(), ValidScenario::default()), &path).unwrap();
    let before = fs::read(&path).unwrap();
    // What has a fault does not become a preset that could be saved.
    let mut wrong = Draft::new("Second".to_owned(), Scenario::default());
    wrong.scenario.mining.pue = 99.0;
    let fault = wrong.clone().check().unwrap_err().to_string();
    assert!(fault.contains("mining.pue is 99"), "{fault}");
    wrong.scenario.mining.pue = f64::NAN;
    assert!(wrong.check().is_err());
    // A name that is taken by a folder cannot become a file; the folder stays, and no litter beside it.
    let taken = folder.path().join("taken.ron");
    fs::create_dir_all(taken.join("inside")).unwrap();
    let preset = Preset::new("Third".to_owned(), ValidScenario::default());
    assert!(store::save(&preset, &taken).is_err());
    assert!(taken.join("inside").is_dir());
    assert!(store::save(&preset, &folder.path().join("no/such/folder.ron")).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_save_without_a_folder_goes_where_the_program_runs() {
    // `Path::parent` of a bare name is empty, which is no folder to write in.
    let name = Path::new("a-name-without-a-folder.ron");
    store::save(&Preset::new("Bare".to_owned(), ValidScenario::default()), name).unwrap();
    let back = store::load(name).unwrap();
    fs::remove_file(name).unwrap();
    assert_eq!(back.preset.about.title, "Bare");
}

fn fault_of(text: &str) -> String {
    match store::parse(text, "mine.ron") {
        Err(fault) => fault.to_string(),
        Ok(_) => panic!("{text} was read"),
    }
}

#[test]
fn faults_name_line_and_field() {
    let start = "(\n    schema: 1,\n    title: \"x\",\n    scenario: (\n        mining: (\n            ";
    let end = ",\n        ),\n    ),\n)";
    let cases = [
        ("pue: \"one\"", "mine.ron:6:", "scenario.mining.pue"),
        ("pue: true", "mine.ron:6:", "scenario.mining.pue"),
        ("pue: NaN", "mine.ron:6", "mining.pue is NaN; allowed: 1…3"),
        ("pue: inf", "mine.ron:6", "mining.pue is inf; allowed: 1…3"),
        ("pue: 9.0", "mine.ron:6", "mining.pue is 9; allowed: 1…3"),
        ("pew: 1.0", "mine.ron:6:", "pew"),
        ("treasury: Spend", "mine.ron:6:", "Spend"),
        ("treasury: Hold(share: 2.0)", "mine.ron:6", "mining.treasury.share is 2"),
        ("treasury: Hold(part: 1.0)", "mine.ron:6:", "part"),
        ("pue: 1.1, pue: 1.2", "mine.ron:6:", "pue"),
    ];
    for (field, place, words) in cases {
        let fault = fault_of(&format!("{start}{field}{end}"));
        assert!(fault.starts_with(place) && fault.contains(words), "{field}: {fault}");
        assert_eq!(fault.lines().count(), 1, "{fault}");
    }
}

#[test]
fn the_line_is_that_of_the_field_and_not_of_a_word_before_it() {
    // The same words stand in the story, in a comment and in another chapter.
    let text = "(schema: 1,\ntitle: \"scenario\",\nstory: \"scenario: mining: pue: 9\",\nscenario: (\n// mining: (pue: 1)\nhosting: (pue: 1.2),\nmining: (\npue: 9.0)))";
    let fault = fault_of(text);
    assert!(fault.starts_with("mine.ron:8"), "{fault}");
}

#[test]
fn all_faults_are_told_at_once() {
    let fault = fault_of("(schema: 1, title: \"x\", scenario: (mining: (pue: 9.0), hosting: (pue: 0.5)))");
    assert!(fault.contains("mining.pue is 9") && fault.contains("hosting.pue is 0.5"), "{fault}");
}

#[test]
fn a_newer_version_is_told_from_a_damaged_file() {
    for schema in [SCHEMA + 1, 999] {
        let fault = fault_of(&format!("(schema: {schema}, title: \"x\", invented_later: [1, 2])"));
        assert!(fault.contains("newer version") && fault.contains("update wattfolio"), "{fault}");
        assert!(fault.contains(&schema.to_string()) && !fault.contains("invented_later"), "{fault}");
    }
    assert!(store::parse("(schema: 0, title: \"x\")", "mine.ron").is_err(), "there was no version 0");
    assert!(store::parse("(title: \"x\")", "mine.ron").is_err());
}

#[test]
fn size_and_depth_are_limited() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.ron");
    let fault = |content: &[u8]| {
        fs::write(&path, content).unwrap();
        store::load(&path).unwrap_err().to_string()
    };
    let huge = vec![b' '; MOST_BYTES as usize + 1];
    assert!(fault(&huge).contains("larger than"), "{}", fault(&huge));
    for deep in ["(", "[", "{", "Some(", "scenario: (", "\"", "/*", "r#"] {
        let text = deep.repeat(MOST_BYTES as usize / deep.len());
        assert!(fault(text.as_bytes()).contains("huge.ron"), "{deep}");
        let inside = format!("(schema: 1, title: \"x\", scenario: {}", deep.repeat(100_000));
        assert!(fault(inside.as_bytes()).contains("huge.ron"), "{deep}");
    }
    assert!(fault(&[0xff, 0xfe, 0]).contains("UTF-8"));
    assert!(fault(b"\xef\xbb\xbf").contains("huge.ron"), "nothing but a byte-order mark");
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marked.ron");
    fs::write(&path, b"\xef\xbb\xbf(schema: 1, title: \"x\")").unwrap();
    assert_eq!(store::load(&path).unwrap().preset.about.title, "x");
}

#[test]
fn variants_are_checked_as_well() {
    let preset = |id: &str, value: &str| {
        format!("(schema: 1, title: \"x\", variants: [(name: \"Worse\", set: {{\"{id}\": \"{value}\"}})])")
    };
    assert!(store::parse(&preset("mining.pue", "1.3"), "mine.ron").is_ok());
    for (id, value) in
        [("mining.pew", "1"), ("mining.pue", "9"), ("mining.pue", "NaN"), ("mix.mining", "0.9")]
    {
        let fault = fault_of(&preset(id, value));
        assert!(fault.contains("Worse") && fault.contains("mi"), "{fault}");
    }
}

#[test]
fn every_bundled_preset_is_evaluated() {
    let today = Scenario::default().validate().unwrap();
    assert_eq!(compare(&today).evaluations().count(), Business::COUNT);
    for bundled in store::bundled() {
        let preset = &bundled.preset;
        let variants = preset.variants.iter().map(|variant: &Variant| variant.scenario.clone());
        for scenario in variants.chain([preset.scenario.clone()]) {
            let comparison = compare(&scenario);
            assert!(comparison.evaluations().count() >= 1, "{}", bundled.name);
            for evaluation in comparison.evaluations() {
                assert!(evaluation.flows.net.iter().all(|flow| flow.is_finite()), "{}", bundled.name);
            }
        }
        let text = store::to_text(preset).unwrap();
        assert_eq!(&store::parse(&text, bundled.name).unwrap(), preset, "{}", bundled.name);
    }
}
