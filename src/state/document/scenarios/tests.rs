//! Every change of the list of scenarios, and the way back.

use super::*;
use crate::store::{Source, Work};

fn document() -> Document {
    Document::new(Preset::new("Test".to_owned(), ValidScenario::default()), None)
}

/// Three scenarios, the last of which is shown: the horizon says which is which.
fn three() -> Document {
    let mut document = document();
    for months in [60, 72] {
        document.duplicate(document.current()).unwrap();
        document.scenario_mut().horizon_months = months;
        document.settle();
    }
    document
}

fn letter(text: &str) -> Letter {
    text.parse().unwrap()
}

/// Letters, horizons, and marks of the current one and of the baseline.
fn listed(document: &Document) -> Vec<String> {
    let own = document.scenario().horizon_months;
    let one = |entry: Entry| {
        let months = entry.scenario.as_ref().map_or(own, |scenario| scenario.horizon_months);
        let current = if entry.is_current() { "*" } else { "" };
        let baseline = if entry.is_baseline { " baseline" } else { "" };
        format!("{}{current} {months}{baseline}", entry.label.letter)
    };
    document.entries().into_iter().map(one).collect()
}

#[test]
fn a_copy_stands_behind_its_original_is_shown_and_gets_the_first_free_letter() {
    let mut document = three();
    assert_eq!(listed(&document), ["0 120 baseline", "A 60", "B* 72"]);
    document.duplicate(letter("0")).unwrap();
    assert_eq!(listed(&document), ["0 120 baseline", "C* 120", "A 60", "B 72"]);
    document.delete(letter("A")).unwrap();
    document.duplicate(letter("C")).unwrap();
    assert_eq!(listed(&document), ["0 120 baseline", "C 120", "A* 120", "B 72"]);
    assert_eq!(document.label().name, "Scenario A");
}

#[test]
fn every_command_is_one_step_of_undo_and_redo() {
    type Change = fn(&mut Document) -> Result<(), NotDone>;
    let commands: [Change; 10] = [
        |document| document.select(letter("A")),
        |document| document.duplicate(letter("A")).map(|_| ()),
        |document| document.rename(letter("0"), "First".to_owned()),
        |document| document.describe(letter("B"), "B".to_owned(), "note".to_owned(), LineStyle::Solid),
        |document| document.delete(letter("A")),
        |document| document.delete(letter("B")),
        |document| document.make_baseline(letter("A")),
        |document| document.make_baseline(letter("B")),
        |document| document.move_to(letter("B"), 0),
        |document| {
            document.edit_other(letter("A"), |scenario| {
                scenario.horizon_months = 84;
                Ok(())
            })
        },
    ];
    for (index, command) in commands.into_iter().enumerate() {
        let mut document = three();
        let before = (document.now.clone(), listed(&document));
        command(&mut document).unwrap();
        let after = (document.now.clone(), listed(&document));
        assert!(!before.0.is_same(&after.0), "command {index} changes something");
        assert!(document.undo());
        assert!(document.now.is_same(&before.0) && listed(&document) == before.1, "command {index}");
        assert!(document.redo());
        assert!(document.now.is_same(&after.0) && listed(&document) == after.1, "command {index}");
    }
}

#[test]
fn the_inputs_edit_the_scenario_that_is_shown_and_nothing_else() {
    let mut document = three();
    document.select(letter("A")).unwrap();
    document.scenario_mut().horizon_months = 90;
    document.settle();
    assert_eq!(listed(&document), ["0 120 baseline", "A* 90", "B 72"]);
    document.select(letter("0")).unwrap();
    assert_eq!(listed(&document), ["0* 120 baseline", "A 90", "B 72"]);
    assert_eq!(document.changes().count(), 0);
}

#[test]
fn scenarios_are_moved_to_any_place() {
    for (moved, place, expected) in [
        ("0", 2, ["A", "B*", "0"]),
        ("0", 1, ["A", "0", "B*"]),
        ("A", 0, ["A", "0", "B*"]),
        ("A", 9, ["0", "B*", "A"]),
        ("B", 0, ["B*", "0", "A"]),
        ("B", 1, ["0", "B*", "A"]),
    ] {
        let mut document = three();
        document.move_to(letter(moved), place).unwrap();
        let letters = listed(&document).into_iter().map(|one| one.split(' ').next().unwrap().to_owned());
        assert_eq!(letters.collect::<Vec<_>>(), expected, "{moved} to {place}");
    }
}

#[test]
fn changes_are_measured_against_the_baseline_as_it_is_and_within_it_against_what_was_opened() {
    let mut document = document();
    document.scenario_mut().horizon_months = 60;
    document.settle();
    assert_eq!(document.changes().count(), 1, "against what was opened");
    // A copy goes on from there.
    document.duplicate(letter("0")).unwrap();
    assert_eq!((document.changes().count(), document.baseline().scenario.horizon_months), (0, 60));
    let set = |scenario: &mut Scenario| {
        scenario.horizon_months = 96;
        Ok(())
    };
    document.edit_other(letter("0"), set).unwrap();
    assert_eq!((document.changes().count(), document.baseline().scenario.horizon_months), (1, 96));
    document.make_baseline(letter("A")).unwrap();
    assert_eq!(document.changes().count(), 0);
    document.scenario_mut().horizon_months = 48;
    assert_eq!((document.changes().count(), document.baseline().scenario.horizon_months), (1, 60));
    assert_eq!(document.baseline().name, "Scenario A");
}

#[test]
fn in_place_of_a_deleted_scenario_its_neighbour_is_shown_and_the_first_is_the_baseline() {
    let mut document = three();
    document.make_baseline(letter("B")).unwrap();
    document.delete(letter("B")).unwrap();
    assert_eq!(listed(&document), ["0 120 baseline", "A* 60"]);
    document.delete(letter("0")).unwrap();
    assert_eq!(listed(&document), ["A* 60 baseline"]);
    assert_eq!(document.baseline().scenario.horizon_months, 60);
    assert_eq!(document.delete(letter("A")), Err(NotDone::Last));
}

#[test]
fn what_cannot_be_done_changes_nothing_and_says_why() {
    let mut document = three();
    let before = listed(&document);
    let nobody = letter("Q");
    assert_eq!(document.select(nobody), Err(NotDone::NotThere(nobody)));
    assert_eq!(document.delete(nobody), Err(NotDone::NotThere(nobody)));
    assert_eq!(document.move_to(nobody, 0), Err(NotDone::NotThere(nobody)));
    assert_eq!(document.rename(nobody, String::new()), Err(NotDone::NotThere(nobody)));
    let set = |scenario: &mut Scenario| {
        scenario.mining.pue = 99.0;
        Ok(())
    };
    assert!(matches!(document.edit_other(letter("A"), set), Err(NotDone::Contradicts(_))));
    document.scenario_mut().mining.pue = 99.0;
    assert_eq!(document.select(letter("A")), Err(NotDone::Faults));
    assert_eq!(document.duplicate(letter("B")), Err(NotDone::Faults));
    assert_eq!(listed(&document), before);
    assert_eq!(NotDone::NotThere(nobody).words(), "There is no scenario Q");
}

#[test]
fn all_are_saved_together_whichever_is_shown() {
    let mut document = three();
    document.rename(letter("0"), "Today".to_owned()).unwrap();
    document.describe(letter("A"), "Short".to_owned(), "a guess".to_owned(), LineStyle::Dotted).unwrap();
    document.move_to(letter("B"), 0).unwrap();
    document.make_baseline(letter("A")).unwrap();
    let content = document.content_to_save("Plan".to_owned());
    let text = crate::store::to_text(&content.to_draft().check().unwrap()).unwrap();
    document.saved(Source::written("x.ron".into(), text.as_str().into()), content);
    let opened = Document::new(crate::store::parse(&text, "x.ron").unwrap(), None);
    assert_eq!(*opened.content(), *document.content());
    assert_eq!(listed(&opened), ["B* 72", "0 120", "A 60 baseline"]);
    assert_eq!(opened.baseline().scenario.horizon_months, 60);
    // Another one is shown: nothing is unsaved.
    document.select(letter("0")).unwrap();
    assert!(!document.is_unsaved());
    document.move_to(letter("0"), 2).unwrap();
    assert!(document.is_unsaved());
}

#[test]
fn unsaved_work_keeps_all_and_may_have_a_fault_in_the_one_that_is_shown() {
    let mut document = three();
    document.select(letter("A")).unwrap();
    document.scenario_mut().mining.pue = 99.0;
    document.settle();
    let text = ron::to_string(&document.work()).unwrap();
    let work: Work = ron::from_str(&text).unwrap();
    let restored = Document::restore(work);
    assert_eq!(listed(&restored), listed(&document));
    assert_eq!(restored.scenario().mining.pue, 99.0);
    assert_eq!(restored.baseline().scenario.horizon_months, 120);
}

#[test]
fn work_of_an_earlier_version_has_no_letters_and_gets_them() {
    let mut preset = Preset::new("Old".to_owned(), ValidScenario::default());
    for name in ["Pin A", "Pin B"] {
        preset.variants.push(crate::store::Variant::named(name, 0, ValidScenario::default()));
    }
    let document = Document::new(preset, None);
    let names = document.entries().into_iter().map(|one| format!("{} {}", one.label.letter, one.label.name));
    assert_eq!(names.collect::<Vec<_>>(), ["0 Old", "A Pin A", "B Pin B"]);
}

#[test]
fn a_preset_brings_its_variants_as_further_scenarios_and_another_file_can_be_added() {
    let bundled = crate::store::find_bundled("hodl").unwrap();
    let mut document = Document::new(bundled.preset.clone(), None);
    let variants = bundled.preset.variants.len();
    assert_eq!((document.count(), document.current()), (1 + variants, letter("0")));
    assert_eq!(document.baseline_letter(), letter("0"));
    let other = &crate::store::find_bundled("tight-grid").unwrap().preset;
    assert_eq!(document.add(other), Ok(1 + other.variants.len()));
    let entries = document.entries();
    assert_eq!(entries.len(), 2 + variants + other.variants.len());
    let added = &entries[1 + variants];
    assert_eq!(added.label.name, other.about.title);
    assert_eq!(added.scenario.as_deref(), Some(&other.scenario));
    let mut letters: Vec<Letter> = entries.iter().map(|entry| entry.label.letter).collect();
    letters.sort();
    letters.dedup();
    assert_eq!(letters.len(), entries.len(), "each has its own letter");
    assert!(document.undo() && document.count() == 1 + variants);
}
