//! The presets bundled with the program.

use std::sync::LazyLock;

use super::preset::{Preset, parse};

/// A bundled preset.
#[derive(Debug)]
pub struct Bundled {
    /// The name on the command line: `today`.
    pub name: &'static str,
    /// Its content.
    pub preset: Preset,
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../presets/", $name, ".ron")))),*]
    };
}

/// In the order of the gallery; the first one opens at the start.
const FILES: [(&str, &str); 18] = files![
    "today",
    "record-high-2024",
    "halving-squeeze-2024",
    "crash-2022",
    "core-scientific-coreweave",
    "hut8-coatue",
    "iren-mixed-site",
    "bitdeer-singapore",
    "eight-hundred-cards",
    "gpu-glut",
    "asic-is-not-a-gpu",
    "grid-queue",
    "tight-grid",
    "hodl",
    "terawulf-core42",
    "galaxy-helios",
    "hut8-river-bend",
    "iren-microsoft",
];

/// Every bundled preset, in the order of the gallery.
///
/// # Panics
/// If a bundled file is invalid, which a test rules out.
#[expect(clippy::panic, reason = "the files are part of the program, and a test reads each of them")]
pub fn bundled() -> &'static [Bundled] {
    static PRESETS: LazyLock<Vec<Bundled>> = LazyLock::new(|| {
        let read = |(name, text)| match parse(text, name) {
            Ok(preset) => Bundled { name, preset },
            Err(fault) => panic!("bundled preset {fault}"),
        };
        FILES.into_iter().map(read).collect()
    });
    &PRESETS
}

/// Finds a bundled preset by name.
pub fn find_bundled(name: &str) -> Option<&'static Bundled> {
    bundled().iter().find(|bundled| bundled.name == name)
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::scenario::Scenario;

    use super::*;

    #[test]
    fn every_bundled_preset_has_a_story() {
        for Bundled { name, preset } in bundled() {
            let about = &preset.about;
            assert!(!about.story.is_empty() && !about.sources.is_empty(), "{name}");
            assert!(!about.facts.is_empty() && !about.tags.is_empty(), "{name}");
        }
    }

    #[test]
    fn today_is_the_default_scenario() {
        assert_eq!(bundled()[0].name, "today");
        assert_eq!(bundled()[0].preset.scenario, Scenario::default());
    }
}
