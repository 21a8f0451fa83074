//! Files of an earlier version: their inputs keep their values, and what the model has changed since is said.

use wattfolio_economics::catalogue::DefaultSet;

/// What counts differently since a set of defaults, a line each. Inputs are no part of it: a file keeps those of its set.
/// A rule of the model that changes the figures of old files gets its line here.
const CHANGED: [(&str, &[&str]); 1] = [(
    "2026-10",
    &[
        "the verdict goes by value unless the file says otherwise, and went by payback",
        "a plan that does not return its money and ends in costs has no internal rate of return",
        "the end value of a host counts the first term of its lease alone, less what was paid in advance",
        "money that is back to the cent is paid back in that month",
        "a simulated customer fails at most once a term, by one draw: the same seed gives other paths, and a default may \
         come after the plan",
        "floors of prices hold on every simulated path",
        "months short of cash and the cash reserve count from the end of the ramp",
        "the mean of the worst 5 % of paths counts a fraction of a path where 5 % are no whole number",
    ],
)];

/// The version that wrote a file, where it was an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Older {
    /// Schema of the file.
    pub schema: u32,
    /// The set of defaults that stands for the inputs which it does not name.
    pub defaults: &'static str,
}

impl Older {
    /// The mark of a file; `None` if it counts from today's defaults.
    pub(super) fn of(schema: u32, defaults: &DefaultSet) -> Option<Self> {
        (defaults.id != DefaultSet::CURRENT.id).then_some(Self { schema, defaults: defaults.id })
    }

    /// What counts differently than when the file was written, a line each; sets are called by their month.
    pub fn changed(&self) -> impl Iterator<Item = &'static str> {
        let since = CHANGED.iter().filter(|(set, _)| *set >= self.defaults);
        since.flat_map(|(_, lines)| lines.iter().copied())
    }

    /// The version, and that inputs are kept: `schema 1, defaults of 2026-10`.
    pub fn words(&self) -> String {
        format!("schema {}, defaults of {}", self.schema, self.defaults)
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::catalogue::DEFAULT_SETS;

    use super::*;

    #[test]
    fn every_earlier_set_says_what_has_changed_since_and_the_current_one_says_nothing() {
        assert_eq!(Older::of(2, &DefaultSet::CURRENT), None);
        for set in DEFAULT_SETS.iter().filter(|set| **set != DefaultSet::CURRENT) {
            let older = Older::of(1, set).expect("an earlier one");
            assert!(older.changed().count() > 0, "{}: nothing is said of it", set.id);
            assert!(older.changed().all(|line| !line.ends_with('.') && !line.contains("  ")), "{}", set.id);
        }
        assert!(CHANGED.iter().all(|(set, _)| DefaultSet::find(set).is_some()));
    }
}
