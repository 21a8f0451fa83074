//! The verdict on every preset beside the one that the review of the presets expects: the last chapter of
//! `docs/VALIDATION.md`.

mod expected;
mod figures;

use std::fmt::Write as _;
use std::path::Path;

use expected::{EXPECTED, Expected};
use figures::{filled, typed};
use wattfolio::store::{Preset, bundled, find_bundled};
use wattfolio::words;
use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::compare_on;
use wattfolio_economics::results::verdict::{Criterion, Verdict};
use wattfolio_economics::risk::{FEW_PATHS, Simulator, ToTheEnd};
use wattfolio_economics::scenario::ValidScenario;

const DOCUMENT: &str = "docs/VALIDATION.md";
const HEADING: &str = "\n## Presets\n";

/// A verdict in words: the winner, what speaks against it, and the sentence.
struct Said {
    winner: String,
    against: String,
    sentence: String,
}

impl Said {
    fn of(
        scenario: &ValidScenario,
        (criterion, basis): (Criterion, Basis),
        simulator: &mut Simulator,
    ) -> Self {
        let comparison = compare_on(scenario, basis);
        let few =
            scenario.edit(|scenario| scenario.risk.paths = FEW_PATHS).expect("so few paths are allowed");
        let simulation = simulator.run(&few, basis, &ToTheEnd).expect("runs to the end");
        // Winner, objections and sentence are those of one verdict.
        let verdict = Verdict::new(scenario, &comparison, Some(&simulation.npvs()), criterion);
        let holds = verdict.against.iter().filter(|against| against.value.is_ok());
        let against: Vec<&str> = holds.map(|against| against.caveat.id()).collect();
        let first = verdict.winner().map(|winner| winner.business);
        let names: Vec<&str> =
            first.into_iter().chain(verdict.about_equal.iter().copied()).map(Business::word).collect();
        Self {
            winner: if names.is_empty() { "–".to_owned() } else { names.join(" = ") },
            against: if against.is_empty() { "–".to_owned() } else { against.join(", ") },
            sentence: words::verdict::sentence(scenario, &comparison, &verdict).to_string(),
        }
    }
}

fn row(text: &mut String, name: &str, variant: &str, said: &Said) {
    let Said { winner, against, sentence } = said;
    writeln!(text, "| `{name}` | {variant} | {winner} | {against} | {sentence} |").unwrap();
}

fn chapter() -> String {
    let mut simulator = Simulator::new(0).unwrap();
    let mut text = format!(
        "{HEADING}\nThe verdict on each preset by the criterion and basis of its file, beside the sentence that the review of \
         the presets expects. A line without a variant is the preset itself. Winner, what speaks against it and sentence are \
         those of one verdict, with the simulation of {FEW_PATHS} paths. Figures of the program in the last table are computed \
         in the same run.\n\nMade by `tests/it/underwriter/`; `UPDATE=1 cargo test \
         underwriter` writes it anew.\n\n| Preset | Variant | Winner | Against it | Sentence |\n| --- | --- | --- | --- | --- |\n"
    );
    for Expected { name, .. } in &EXPECTED {
        let preset: &Preset = &find_bundled(name).unwrap().preset;
        let view = (preset.view.criterion, preset.view.basis);
        row(&mut text, name, "", &Said::of(&preset.scenario, view, &mut simulator));
        for variant in &preset.variants {
            row(&mut text, name, &variant.name, &Said::of(&variant.scenario, view, &mut simulator));
        }
    }
    text.push_str("\n| Preset | The review expects | Where they differ, and why |\n| --- | --- | --- |\n");
    for Expected { name, sentence, difference } in &EXPECTED {
        let preset: &Preset = &find_bundled(name).unwrap().preset;
        let difference = filled(difference, preset, &mut simulator);
        writeln!(text, "| `{name}` | {sentence} | {difference} |").unwrap();
    }
    text
}

#[test]
fn no_figure_of_the_program_is_typed_by_hand() {
    for Expected { name, difference, .. } in &EXPECTED {
        let typed = typed(difference);
        // Amounts with a currency are the program's; those of the review stand as in the review, in bare millions.
        assert!(!typed.contains('$'), "{name}: a typed amount in “{typed}”; write {{business.measure}}");
    }
}

#[test]
fn what_is_objected_to_a_winner_is_said_in_its_sentence() {
    let mut simulator = Simulator::new(0).unwrap();
    let preset: &Preset = &find_bundled("bitdeer-singapore").unwrap().preset;
    let power = preset.variants.iter().find(|variant| variant.name == "Power at $45").unwrap();
    let said = Said::of(&power.scenario, (Criterion::Value, Basis::default()), &mut simulator);
    assert!(said.against.starts_with("loss_chance, price_percentile"), "{}", said.against);
    for words in ["on average", "of 100 futures", "bitcoin price is above"] {
        assert!(said.sentence.contains(words), "{words} is not in “{}”", said.sentence);
    }
}

#[test]
fn every_preset_stands_beside_its_expected_verdict() {
    let names: Vec<&str> = EXPECTED.iter().map(|expected| expected.name).collect();
    assert_eq!(names.len(), bundled().len());
    assert!(bundled().iter().all(|bundled| names.contains(&bundled.name)));
    let path = Path::new(DOCUMENT);
    let kept = std::fs::read_to_string(path).unwrap();
    let before = kept.find(HEADING).map_or(kept.as_str(), |from| &kept[..from]);
    let text = format!("{before}{}", chapter());
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    let stale = kept.lines().zip(text.lines()).find(|(kept, made)| kept != made);
    assert!(kept == text, "{DOCUMENT} is out of date ({stale:?}): UPDATE=1 cargo test underwriter");
}
