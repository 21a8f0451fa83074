//! Released sets of defaults. A file names its set, so that an input it leaves out keeps its value when a later version
//! has better defaults.

use crate::catalogue;
use crate::scenario::Scenario;

/// A released set of defaults; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DefaultSet {
    /// The name in files: the month of the defaults.
    pub id: &'static str,
    /// Inputs whose default differs from today's: id, and the value as `--set` takes it.
    pub earlier: &'static [(&'static str, &'static str)],
    /// Inputs that did not exist: id, and the id of the input that covered both.
    pub followed: &'static [(&'static str, &'static str)],
}

/// Defaults of October 2026 that differ from today's, and the behaviour of the model of that time for inputs that did
/// not exist.
const OF_2026_10: [(&str, &str); 32] = [
    ("power.fixed_months", "0"),
    // The height did not follow the start month.
    ("bitcoin.block_height", "973800"),
    ("bitcoin.network", "Given"),
    ("mining.fleet_counted_in_network", "true"),
    ("mining.resale_hashprice_elasticity", "0"),
    ("mining.discount_rate", "None"),
    ("mining.delay_mean_months", "0"),
    ("mining.delay_sd_months", "0"),
    ("mining.overrun_sd", "0"),
    ("hosting.fit_out_usd_per_it_mw", "10000000"),
    ("hosting.fee_usd_per_kw_month", "140"),
    ("hosting.wrong_way", "0"),
    ("hosting.termination_months", "0"),
    ("hosting.discount_rate", "None"),
    ("hosting.delay_mean_months", "0"),
    ("hosting.delay_sd_months", "0"),
    ("hosting.overrun_sd", "0"),
    ("leasing.gpu_price_usd.growth_per_year", "0"),
    ("leasing.fit_out_usd_per_it_mw", "10000000"),
    ("leasing.utilisation", "0.75"),
    ("leasing.recontract_share", "0"),
    ("leasing.default_hazard_per_year", "0"),
    ("leasing.termination_months", "0"),
    ("leasing.resale_share", "0.15"),
    ("leasing.discount_rate", "None"),
    ("leasing.delay_mean_months", "0"),
    ("leasing.delay_sd_months", "0"),
    ("leasing.overrun_sd", "0"),
    ("finance.bonus_depreciation", "0"),
    ("risk.network.volatility", "0.22"),
    ("risk.rental.trend_sd", "0"),
    ("risk.reserve_months", "0"),
];

/// Every released set, the latest first.
pub const DEFAULT_SETS: [DefaultSet; 2] = [
    DefaultSet { id: "2026-11", earlier: &[], followed: &[] },
    DefaultSet {
        id: "2026-10",
        earlier: &OF_2026_10,
        followed: &[
            // One bonus covered hardware and works.
            ("finance.site_bonus_depreciation", "finance.bonus_depreciation"),
            // The volatility of bitcoin was constant.
            ("risk.bitcoin.long_volatility", "risk.bitcoin.volatility"),
        ],
    },
];

impl DefaultSet {
    /// The set of new files.
    pub const CURRENT: Self = DEFAULT_SETS[0];
    /// The set of files that name none: those of schema 1.
    pub const UNNAMED: Self = DEFAULT_SETS[DEFAULT_SETS.len() - 1];

    /// The set with an id.
    pub fn find(id: &str) -> Option<Self> {
        DEFAULT_SETS.into_iter().find(|set| set.id == id)
    }

    /// The scenario in which every input has its default of this set.
    ///
    /// # Panics
    /// If the set names an input or a value that does not exist, which a test rules out.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = Scenario::default();
        self.apply(&mut scenario, |_| false);
        scenario
    }

    /// Sets every input that is not named to its default of this set, in a scenario that has today's there.
    ///
    /// # Panics
    /// See [`DefaultSet::scenario`].
    #[expect(clippy::expect_used, reason = "the sets are part of the program, and a test reads each of them")]
    pub fn apply(&self, scenario: &mut Scenario, is_named: impl Fn(&str) -> bool) {
        let unnamed = self.earlier.iter().copied().filter(|(id, _)| !is_named(id));
        catalogue::assign_all(scenario, unnamed).expect("a released default");
        self.follow(scenario, is_named);
    }

    /// Sets every input that is not named and did not exist in this set to the value of the input that covered both.
    ///
    /// # Panics
    /// See [`DefaultSet::scenario`].
    #[expect(clippy::expect_used, reason = "the sets are part of the program, and a test reads each of them")]
    pub fn follow(&self, scenario: &mut Scenario, is_named: impl Fn(&str) -> bool) {
        for (id, of) in self.followed.iter().filter(|(id, _)| !is_named(id)) {
            let value = catalogue::find(of).and_then(|input| input.text(scenario)).expect("an input");
            catalogue::assign_all(scenario, [(*id, value.as_str())]).expect("a value of the same kind");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_can_be_read_and_is_valid() {
        for set in DEFAULT_SETS {
            assert!(set.scenario().validate().is_ok(), "{}", set.id);
            assert_eq!(DefaultSet::find(set.id), Some(set));
        }
        assert!(DEFAULT_SETS.windows(2).all(|pair| pair[0].id > pair[1].id), "the latest first");
        assert_eq!(DefaultSet::CURRENT.scenario(), Scenario::default());
        assert_eq!(DefaultSet::find("1999-01"), None);
    }

    #[test]
    fn an_input_that_is_new_follows_the_one_that_stood_for_both() {
        const PAIR: (&str, &str) = ("finance.site_bonus_depreciation", "finance.bonus_depreciation");
        let set = DefaultSet { id: "2020-01", earlier: &[], followed: &[PAIR] };
        let mut scenario = Scenario::default();
        scenario.finance.bonus_depreciation = 0.4;
        set.apply(&mut scenario, |id| id == PAIR.0);
        assert_eq!(scenario.finance.site_bonus_depreciation, 0.7, "it is named");
        set.apply(&mut scenario, |id| id == PAIR.1);
        assert_eq!(scenario.finance.site_bonus_depreciation, 0.4);
    }

    #[test]
    fn inputs_that_are_not_named_take_the_value_of_their_set() {
        let set = DefaultSet {
            id: "2020-01",
            earlier: &[("horizon_months", "60"), ("bitcoin.price_usd", "(value:9000.0,growth_per_year:0.2)")],
            followed: &[],
        };
        let mut scenario = Scenario { horizon_months: 72, ..Scenario::default() };
        set.apply(&mut scenario, |id| id == "horizon_months");
        assert_eq!(scenario.horizon_months, 72);
        assert_eq!(scenario.bitcoin.price_usd.value, 9000.0);
        assert_eq!(set.scenario().horizon_months, 60);
    }
}
