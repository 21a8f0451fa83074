//! A business judged as a verdict judges it, with no more computed than the criterion needs.

use std::sync::Arc;

use super::super::asked::npv;
use super::super::parts::Parts;
use super::Judged;
use crate::business::{AnyPlan, Business};
use crate::kernel::{Absent, Basis, Maybe, NotEvaluated};
use crate::results::compare::Site;
use crate::results::evaluation::capital_usd;
use crate::results::from_flows::FromFlows;
use crate::results::verdict::{Candidate, Criterion};
use crate::scenario::ValidScenario;

/// How a business is judged: only what the criterion and its ties need is computed.
#[derive(Clone, Copy)]
pub(super) struct Judge {
    pub(super) basis: Basis,
    pub(super) criterion: Criterion,
}

impl Judge {
    pub(super) fn candidate(
        self,
        parts: &mut Parts,
        scenario: &Arc<ValidScenario>,
        business: Business,
    ) -> Judged {
        let (site, plan) = parts.of(scenario, business, self.basis);
        let plan = plan.map_err(Clone::clone)?;
        match self.basis {
            Basis::EquityAfterTax => self.owner(&site, business, plan),
            Basis::ProjectBeforeTax | Basis::ProjectAfterTax => self.project(&site, business, plan),
        }
    }

    /// Peak equity follows from debt and reserve, so everything is measured.
    fn owner(self, site: &Site<'_>, business: Business, plan: &AnyPlan) -> Judged {
        let measures = site.measures(plan)?;
        Ok(Candidate {
            npv_per_capex: measures.npv_per_capex,
            irr: measures.irr,
            payback_last_months: measures.payback_last_months,
            capital_usd: capital_usd(self.basis, measures.capex_usd, || measures.service.peak_equity_usd),
            ..unranked(business, measures.npv_usd)
        })
    }

    fn project(self, site: &Site<'_>, business: Business, plan: &AnyPlan) -> Judged {
        let (flows, rate) = (site.flows(plan), business.discount_rate(site.scenario));
        let npv_usd = npv(&flows.net, rate);
        if !npv_usd.is_finite() {
            return Err(NotEvaluated::Overflow);
        }
        let capital = plan.capital();
        let of = |measure: FromFlows| measure.value(&flows, capital, rate);
        let mut judged = unranked(business, npv_usd);
        match self.criterion {
            Criterion::Value | Criterion::Loss => {
                judged.capital_usd = capital_usd(self.basis, capital.capex_usd(), || 0.0);
            }
            Criterion::ValuePerCapex => judged.npv_per_capex = of(FromFlows::NpvPerCapex),
            Criterion::Payback => judged.payback_last_months = of(FromFlows::PAYBACK_FOR_GOOD),
            Criterion::Irr => judged.irr = of(FromFlows::Irr),
        }
        Ok(judged)
    }
}

/// A candidate of which only the net present value is known.
const fn unranked(business: Business, npv_usd: f64) -> Candidate {
    const UNKNOWN: Maybe<f64> = Err(Absent::NotApplicable);
    Candidate {
        business,
        npv_usd,
        end_proceeds_npv_usd: 0.0,
        capital_usd: UNKNOWN,
        npv_per_capex: UNKNOWN,
        irr: UNKNOWN,
        payback_months: UNKNOWN,
        payback_last_months: UNKNOWN,
        min_dscr: UNKNOWN,
        customer: None,
        odds: None,
    }
}
