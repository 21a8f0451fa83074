//! What scenarios do to the payback of a business, in a title.

use wattfolio_economics::business::Business;
use wattfolio_economics::kernel::Maybe;

use super::{capitalised, duration};
use crate::format;

/// Months below which a payback is the same.
const SAME_MONTHS: f64 = 0.05;

/// The title of a chart: what the scenario that moves a payback most does to it. Scenarios come with their names, the baseline is
/// one of them.
pub fn payback_change(business: Business, paybacks: &[(&str, Maybe<f64>)], baseline: usize) -> String {
    let word = business.word();
    let Some((_, reference)) = paybacks.get(baseline) else { return capitalised(word) };
    let others = || paybacks.iter().enumerate().filter(|(index, _)| *index != baseline).map(|(_, one)| one);
    let Ok(reference) = reference else {
        return match others().find(|(_, payback)| payback.is_ok()) {
            Some((name, _)) => format!("{name} brings {word} back"),
            None => format!("{} never pays back", capitalised(word)),
        };
    };
    if let Some((name, _)) = others().find(|(_, payback)| payback.is_err()) {
        return format!("In {name} {word} never pays back");
    }
    let change = |payback: &Maybe<f64>| payback.map_or(0.0, |months| months - reference);
    let most = others().max_by(|a, b| change(&a.1).abs().total_cmp(&change(&b.1).abs()));
    match most.map(|(name, payback)| (name, change(payback))) {
        Some((name, months)) if months.abs() > SAME_MONTHS => {
            let when = if months < 0.0 { "sooner" } else { "later" };
            format!("{name} brings {word} back {} {when}", format::months_as_years(months.abs()))
        }
        _ => format!("{} pays back after {}", capitalised(word), duration(*reference)),
    }
}

#[cfg(test)]
mod tests {
    use wattfolio_economics::kernel::Absent;

    use super::*;

    #[test]
    fn a_title_says_what_changes_most() {
        let title = |paybacks: &[(&str, Maybe<f64>)]| payback_change(Business::Leasing, paybacks, 0);
        let never = Err(Absent::Never);
        assert_eq!(title(&[("Today", never), ("A", never)]), "Leasing never pays back");
        assert_eq!(title(&[("Today", never), ("A", Ok(30.0))]), "A brings leasing back");
        assert_eq!(title(&[("Today", Ok(30.0)), ("Glut", never)]), "In Glut leasing never pays back");
        assert_eq!(
            title(&[("Today", Ok(30.0)), ("A", Ok(24.0)), ("B", Ok(31.0))]),
            "A brings leasing back 6.0 mo sooner"
        );
        assert_eq!(title(&[("Today", Ok(24.0)), ("A", Ok(24.0))]), "Leasing pays back after 2.0 years");
    }
}
