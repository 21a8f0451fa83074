//! The scenario's own mix: on average over the futures, and in its plan.

use wattfolio_economics::answers::mix::{Mixes, Per, PlanOfMix};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::units::Unit;

use crate::format;
use crate::words::{duration, join};

/// What the scenario's own mix is worth on average, and how far the scaled figure is from that.
pub fn difference(mixes: &Mixes) -> Option<String> {
    let usd = mixes.exact_minus_scaled_usd()?;
    let exact = mixes.exact.simulated.as_ref()?;
    let npv = format::short(exact.npv_usd.value, Unit::Usd);
    let beside = if usd == 0.0 {
        "as much as scaled from the whole site".to_owned()
    } else {
        let than = if usd > 0.0 { "more" } else { "less" };
        format!("{} {than} than scaled from the whole site", format::short(usd.abs(), Unit::Usd))
    };
    Some(format!(
        "On average over the futures this mix has an NPV of {npv}, evaluated exactly with whole machines and its own fleet in the network; that is {beside}."
    ))
}

/// The plan of the scenario's own mix on its basis.
pub fn plan(plan: &PlanOfMix) -> String {
    let irr = plan
        .irr
        .map_or_else(|reason| reason.short().to_owned(), |irr| format::short(irr, Unit::FractionPerYear));
    let payback = plan.payback_last_months.map_or_else(|reason| reason.short().to_owned(), duration);
    let tax = if plan.basis == Basis::ProjectBeforeTax { "" } else { ", with one tax for all of it" };
    format!(
        "The plan of this mix, without chance, {}{tax}: NPV {}, IRR {irr}, payback {payback}.",
        plan.basis.label().to_lowercase(),
        format::short(plan.npv_usd, Unit::Usd)
    )
}

/// How much of the site stands empty in the plan of the scenario's own mix; nothing where no part does.
pub fn idle(plan: &PlanOfMix) -> Option<String> {
    let (words, shares): (Vec<&str>, Vec<f64>) =
        plan.idle_parts().map(|part| (part.business.word(), part.share)).unzip();
    let share = format::part(shares.iter().sum());
    let whose = if words.len() == 1 { "the share" } else { "the shares" };
    (!words.is_empty()).then(|| {
        format!(
            "{share} of the site, {whose} of {}, stands empty in that plan and adds nothing.",
            join(&words)
        )
    })
}

/// What stands in the table of mixes, of which the scenario's own is scaled, or left out with a business in it.
pub fn table_caption(mixes: &Mixes, shares: &PerBusiness<f64>, per: Per) -> String {
    let unit = match per {
        Per::Dollar => "per dollar of capital",
        Per::Site => "of the whole site",
    };
    let missing =
        shares.iter().filter(|(business, share)| **share > 0.0 && mixes.left_out[*business].is_some());
    let missing: Vec<&str> = missing.map(|(business, _)| business.word()).collect();
    let now = match missing.as_slice() {
        [] => "now is scaled from whole-site paths".to_owned(),
        words => {
            let are = if words.len() == 1 { "is" } else { "are" };
            format!("there is no row for now, whose {} {are} left out", join(words))
        }
    };
    format!("Shares in percent; {unit}; {now}")
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::scenario::Scenario;

    use super::super::tests::mixes;
    use super::*;

    #[test]
    fn the_mean_of_the_futures_and_the_plan_are_told_apart() {
        let found = mixes(|_| ());
        let exact = found.exact.simulated.as_ref().unwrap().npv_usd.value;
        let npv = format::short(exact, Unit::Usd);
        let words = difference(&found).unwrap();
        assert!(
            words.starts_with(&format!("On average over the futures this mix has an NPV of {npv}, ")),
            "{words}"
        );
        let usd = found.exact_minus_scaled_usd().unwrap();
        let than = if usd > 0.0 { "more" } else { "less" };
        assert!(
            words.ends_with(&format!(
                "that is {} {than} than scaled from the whole site.",
                format::short(usd.abs(), Unit::Usd)
            )),
            "{words}"
        );
        let words = plan(&found.exact.plan);
        let npv = format::short(found.exact.plan.npv_usd, Unit::Usd);
        assert!(
            words.starts_with(&format!(
                "The plan of this mix, without chance, project before tax: NPV {npv}, "
            )),
            "{words}"
        );
        assert_eq!(idle(&found.exact.plan), None);
        let shares = Scenario::default().mix.shares();
        assert!(table_caption(&found, &shares, Per::Site).ends_with("; now is scaled from whole-site paths"));
    }

    #[test]
    fn what_stands_empty_in_the_plan_is_said() {
        // The halls of hosting and leasing come after the end of such a short plan.
        let found = mixes(|scenario| scenario.horizon_months = 12);
        assert_eq!(found.parts, [wattfolio_economics::business::Business::Mining]);
        assert_eq!(
            idle(&found.exact.plan).unwrap(),
            "67 % of the site, the shares of hosting and leasing, stands empty in that plan and adds nothing."
        );
        let shares = Scenario::default().mix.shares();
        assert!(
            table_caption(&found, &shares, Per::Dollar)
                .ends_with("; there is no row for now, whose hosting and leasing are left out")
        );
        assert_eq!(super::super::frontier_title(&found, Per::Dollar), "One mix is possible: 100 / 0 / 0");
    }
}
