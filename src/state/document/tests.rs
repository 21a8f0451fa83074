//! The life of a document, step by step.

use super::*;
use crate::store::Letter;

fn document() -> Document {
    Document::new(Preset::new("Test".to_owned(), ValidScenario::default()), None)
}

/// A document that was saved to a file which is not there; nothing here looks at the disk.
fn save(document: &mut Document, title: &str) {
    let content = document.content_to_save(title.to_owned());
    document.saved(Source::written("x.ron".into(), "".into()), content);
}

fn set_horizon(document: &mut Document, months: u32) {
    document.scenario_mut().horizon_months = months;
    document.settle();
}

#[test]
fn a_drag_is_one_step() {
    let mut document = document();
    for price in [0.05, 0.06, 0.07] {
        document.scenario_mut().power.price_usd_per_kwh.value = price;
    }
    assert!(document.can_undo());
    document.settle();
    document.settle();
    assert!(document.undo() && !document.undo());
    assert_eq!(document.scenario().power.price_usd_per_kwh.value, 0.045);
    assert!(document.redo() && !document.redo());
    assert_eq!(document.scenario().power.price_usd_per_kwh.value, 0.07);
}

#[test]
fn opening_can_be_taken_back_with_everything_and_a_new_change_ends_redo() {
    let mut document = document();
    set_horizon(&mut document, 60);
    document.duplicate(document.current()).unwrap();
    let others = Arc::clone(&document.content().others);
    document.set_basis(Basis::EquityAfterTax);
    let other = Document::new(Preset::new("Other".to_owned(), ValidScenario::default()), None);
    document.replace(other);
    assert_eq!((document.title(), document.count()), ("Other", 1));
    assert_eq!((document.basis(), document.life()), (Basis::ProjectBeforeTax, Life::Example));
    document.undo();
    assert_eq!((document.title(), document.scenario().horizon_months), ("Test", 60));
    assert_eq!((document.current().to_string().as_str(), &document.content().others), ("A", &others));
    assert_eq!((document.basis(), document.life()), (Basis::EquityAfterTax, Life::Changed));
    set_horizon(&mut document, 72);
    assert!(!document.can_redo());
}

#[test]
fn saved_means_equal_to_what_was_written() {
    let mut document = document();
    assert_eq!(document.life(), Life::Example);
    set_horizon(&mut document, 60);
    assert_eq!(document.life(), Life::Changed);
    save(&mut document, "Mine");
    assert_eq!((document.life(), document.title()), (Life::Saved, "Mine"));
    // Undo brings back another value than the file holds, under the title that was given.
    document.undo();
    assert_eq!((document.life(), document.title()), (Life::Changed, "Mine"));
    assert!(document.is_unsaved());
    document.redo();
    assert_eq!(document.life(), Life::Saved);
    // Everything that is written counts, and what is not does not.
    document.make_baseline(document.current()).unwrap();
    assert_eq!((document.life(), document.changes().count()), (Life::Saved, 0));
    document.set_basis(Basis::EquityAfterTax);
    assert_eq!(document.life(), Life::Changed);
    document.set_basis(Basis::ProjectBeforeTax);
    document.set_criterion(Criterion::Payback);
    assert_eq!(document.life(), Life::Changed);
    document.set_criterion(Criterion::Value);
    assert_eq!(document.life(), Life::Saved);
    document.duplicate(document.current()).unwrap();
    assert_eq!(document.life(), Life::Changed);
    document.undo();
    assert_eq!(document.life(), Life::Saved);
    document.set_about(About { notes: "To do".to_owned(), ..document.about().clone() });
    assert_eq!(document.life(), Life::Changed);
}

#[test]
fn basis_and_criterion_are_no_step_and_stay_through_undo() {
    let mut document = document();
    set_horizon(&mut document, 60);
    document.set_basis(Basis::ProjectAfterTax);
    document.set_criterion(Criterion::Irr);
    document.settle();
    assert!(document.undo());
    assert_eq!((document.basis(), document.scenario().horizon_months), (Basis::ProjectAfterTax, 120));
    assert_eq!(document.criterion(), Criterion::Irr);
    assert!(!document.can_undo());
}

#[test]
fn restored_work_is_unsaved_with_its_own_file_and_baseline() {
    let mut document = document();
    set_horizon(&mut document, 60);
    document.make_baseline(document.current()).unwrap();
    save(&mut document, "Mine");
    set_horizon(&mut document, 72);
    let mut restored = Document::restore(document.work());
    assert_eq!(restored.life(), Life::Restored);
    assert_eq!(restored.file(), Some(Path::new("x.ron")));
    assert_eq!(restored.baseline().scenario.horizon_months, 60);
    assert!(restored.is_unsaved());
    save(&mut restored, "Mine");
    assert_eq!(restored.life(), Life::Saved);
}

#[test]
fn the_story_of_a_changed_example_stays_the_examples() {
    let example = &crate::store::bundled()[1].preset;
    let mut document = Document::new(example.clone(), None);
    assert_eq!(document.based_on(), None);
    document.duplicate(document.current()).unwrap();
    assert_eq!(document.based_on(), None, "a copy changes nothing of it");
    document.select(Letter::default()).unwrap();
    set_horizon(&mut document, 60);
    assert_eq!(document.based_on(), Some(example.about.title.as_str()));
    save(&mut document, "Mine");
    assert_eq!(document.about().based_on, example.about.title);
    assert_eq!((document.based_on(), document.life()), (Some(example.about.title.as_str()), Life::Saved));
    // Another story is one's own.
    let about = About { story: "Mine".to_owned(), based_on: String::new(), ..document.about().clone() };
    document.set_about(about);
    assert_eq!(document.based_on(), None);
}

#[test]
fn a_file_that_others_change_or_protect_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let text = "// mine\n(schema: 2, title: \"Plan\")";
    std::fs::write(&path, text).unwrap();
    let mut document = Document::open(crate::store::open(&path).unwrap());
    assert_eq!((document.life(), document.save_questions()), (Life::Saved, vec![SaveQuestion::Comments(1)]));
    std::fs::write(&path, "(schema: 2, title: \"Theirs\")").unwrap();
    assert!(document.save_questions().contains(&SaveQuestion::ChangedOnDisk));
    let source = document.source().unwrap().clone();
    document.set_on_disk(&source, look(&source));
    assert_eq!(document.life(), Life::ChangedOnDisk);
    std::fs::write(&path, text).unwrap();
    let mut permissions = path.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    document.set_on_disk(&source, look(&source));
    assert_eq!(document.life(), Life::ReadOnly);
    assert!(matches!(document.save_questions()[0], SaveQuestion::ReadOnly(_)));
}
