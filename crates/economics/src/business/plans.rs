//! Compiled plans of all businesses.

use super::{Business, PerBusiness, with_businesses};
use crate::kernel::{CapitalCost, CapitalPlan, Market, NotEvaluated, ReplayedOn, Timing, Variant, Venture};
use crate::scenario::{Debt, Factor, Scenario, ValidScenario, WorksRisk};

macro_rules! plans {
    ($($Business:ident $module:ident $label:literal $word:literal;)*) => {
        /// The monthly tables of one business.
        #[derive(Clone, Debug)]
        pub enum AnyPlan {
            $(
                #[doc = concat!("Of ", $word, ".")]
                $Business(super::$module::Plan),
            )*
        }

        impl AnyPlan {
            /// Compiles one business of a scenario, as it is planned or in a variant of that.
            ///
            /// # Errors
            /// If it cannot be evaluated, with the reason.
            pub fn compile(
                business: Business,
                scenario: &ValidScenario,
                variant: Variant,
            ) -> Result<Self, NotEvaluated> {
                Ok(match business {
                    $(Business::$Business => {
                        Self::$Business(super::$module::Plan::compile(scenario, variant)?)
                    })*
                })
            }

            /// Whether a scenario has the plan of a business of another: it is compiled from the inputs of the business, and
            /// from those of the site, of its power, of its months and of its finance.
            pub(crate) fn is_alike(business: Business, one: &Scenario, other: &Scenario) -> bool {
                let own = match business {
                    $(Business::$Business => one.$module == other.$module,)*
                };
                own && one.site == other.site
                    && one.power == other.power
                    && one.finance == other.finance
                    && (one.start, one.horizon_months) == (other.start, other.horizon_months)
            }

            /// Capital flows by month.
            pub fn capital(&self) -> &CapitalPlan {
                match self {
                    $(Self::$Business(plan) => plan.capital(),)*
                }
            }

            /// Calendar of queue, construction, ramp and operation.
            pub fn timing(&self) -> Timing {
                match self {
                    $(Self::$Business(plan) => plan.timing(),)*
                }
            }
        }

        impl Business {
            /// Whether a market changes the cash flow of this business under the contracts of a scenario.
            pub fn depends_on(self, market: Factor, scenario: &Scenario) -> bool {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::depends_on(market, scenario),)*
                }
            }

            /// Whether a market that deviates from the plan changes the default hazard of a customer of this business.
            pub fn default_follows(self, market: Factor, scenario: &Scenario) -> bool {
                match self {
                    $(Self::$Business => {
                        <super::$module::Plan as Venture>::default_follows(market, scenario)
                    })*
                }
            }

            /// Delay and overrun risk of the works of this business.
            pub fn works_risk(self, scenario: &Scenario) -> WorksRisk {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::works_risk(scenario),)*
                }
            }

            /// Whether a customer of this business can default in a scenario.
            pub fn customer_can_fail(self, scenario: &Scenario) -> bool {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::customer_can_fail(scenario),)*
                }
            }

            /// Number of the random stream of its customer who may fail, if the simulation draws one.
            pub(crate) const fn customer_stream(self) -> Option<u64> {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::CUSTOMER_STREAM,)*
                }
            }

            /// Whether the recorded hashrate of the network holds the machines of this business already.
            pub fn is_counted_in_network(self, scenario: &Scenario) -> bool {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::is_counted_in_network(scenario),)*
                }
            }

            /// What must be recorded of a month for a plan that starts there to be replayed.
            pub const fn replayed_on(self) -> ReplayedOn {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::REPLAYED_ON,)*
                }
            }

            /// What the capital of this business buys, a plural at the begin of a sentence.
            pub const fn bought(self) -> &'static str {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::BOUGHT,)*
                }
            }

            /// Id of the input that is the price of what this business sells, if there is one.
            pub const fn sold_at(self) -> Option<&'static str> {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::SOLD_AT,)*
                }
            }

            /// What capital of its kinds costs, to choose a discount rate from.
            pub const fn capital_costs(self) -> &'static [CapitalCost] {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::CAPITAL_COSTS,)*
                }
            }

            /// Own discount rate of this business, a year, fraction; `None` uses the shared one.
            pub fn own_discount_rate(self, scenario: &Scenario) -> Option<f64> {
                match self {
                    $(Self::$Business => scenario.$module.discount_rate,)*
                }
            }

            /// The loan of this business in a scenario.
            pub fn debt(self, scenario: &Scenario) -> Debt {
                match self {
                    $(Self::$Business => <super::$module::Plan as Venture>::debt(scenario),)*
                }
            }
        }
    };
}
with_businesses!(plans);

impl Business {
    /// The discount rate of every present value of this business, a year, fraction.
    pub fn discount_rate(self, scenario: &Scenario) -> f64 {
        self.own_discount_rate(scenario).unwrap_or(scenario.finance.discount_rate)
    }
}

/// A scenario compiled into monthly tables.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Markets shared by all businesses.
    pub market: Market,
    /// Plan of each business, or the reason why there is none.
    pub businesses: PerBusiness<Result<AnyPlan, NotEvaluated>>,
}

impl Plan {
    /// Compiles a scenario.
    pub fn compile(scenario: &ValidScenario) -> Self {
        Self {
            market: Market::compile(scenario),
            businesses: PerBusiness::new(|business| AnyPlan::compile(business, scenario, Variant::default())),
        }
    }
}
