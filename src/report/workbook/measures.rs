//! The measures as formulas over the monthly columns.

use wattfolio_economics::units::HOURS_PER_MONTH;

use super::books::Books;
use super::style::Shown;

/// A cell beside the measures: name, label, how it is shown, and its formula; without one it is a value that may be
/// changed, as the guess of the IRR.
type Helper = (&'static str, &'static str, Shown, Option<&'static str>);

/// The cells that measures need besides terms.
pub(super) fn helpers() -> [Helper; 4] {
    [
        (
            "flow_size",
            "Sum of absolute flows",
            Shown::Money,
            Some("SUMIF([net*],\">0\")-SUMIF([net*],\"<0\")"),
        ),
        (
            "rounded_profit",
            "Profit, 0 within rounding",
            Shown::Money,
            Some("IF(ABS(SUM([net*]))<=1E-12*{flow_size},0,SUM([net*]))"),
        ),
        ("irr_guess", "Guess of the IRR a month: the root that wattfolio found", Shown::Factor, None),
        (
            "irr_monthly",
            "IRR a month",
            Shown::Factor,
            // An investment that returns its money, or whose flows change sign once; a guess is a root without rivals.
            Some(
                "IF(ISNUMBER({irr_guess}),IF(AND([first_sign$]<0,OR({rounded_profit}>0,[sign_changes$]=1)),\
                IF({rounded_profit}=0,0,IFERROR(IRR([net*],{irr_guess}),\"none\")),\"none\"),\"none\")",
            ),
        ),
    ]
}

/// A value where capital is spent; without it nothing is paid back, and there is no rate.
fn invested(formula: &str) -> String {
    format!("IF({{capex_usd}}<=0,\"none\",{formula})")
}

/// First and last crossing of a column; never, where it ends below zero.
fn payback(which: &str, crossing: &str, ends_below: &str, is_repaid_by_resale: &str) -> String {
    let never = format!("IF(AND({{beyond}}>0,{is_repaid_by_resale}),\"only by resale\",\"never\")");
    invested(&match which {
        "MIN" => {
            format!("IF(COUNT([{crossing}*])>0,MIN([{crossing}*]),IF({ends_below},{never},0))")
        }
        _ => format!("IF({ends_below},{never},IF(COUNT([{crossing}*])>0,MAX([{crossing}*]),0))"),
    })
}

fn paybacks(id: &str) -> Option<String> {
    let plain = ("crossing", "[kept_sum$]<-1E-12*[kept_size$]", "[cumulative$]>=-1E-12*{flow_size}");
    let discounted = ("discounted_crossing", "[kept_discounted_sum$]<0", "[discounted_cumulative$]>=0");
    let (which, (crossing, ends_below, by_resale)) = match id {
        "payback_months" => ("MIN", plain),
        "payback_last_months" => ("MAX", plain),
        "discounted_payback_months" => ("MIN", discounted),
        "discounted_payback_last_months" => ("MAX", discounted),
        _ => return None,
    };
    Some(payback(which, crossing, ends_below, by_resale))
}

/// The lowest and the mean cover of debt service.
fn covers(books: &Books<'_>, id: &str) -> Option<String> {
    let first = books.evaluation.timing.first_full_month();
    match id {
        "min_dscr" if first > books.horizon => Some("\"none\"".to_owned()),
        "min_dscr" => {
            let range = format!("[dscr@{first}:{}]", books.horizon);
            Some(format!("IF(COUNT({range})>0,MIN({range}),\"none\")"))
        }
        "avg_dscr" => Some("IF(COUNT([dscr*])>0,AVERAGE([dscr*]),\"none\")".to_owned()),
        _ => None,
    }
}

/// What the months of a site could use: for measures per MWh, which a fleet elsewhere has none of.
fn per_mwh(id: &str, capacity_mw: Option<f64>) -> Option<String> {
    let (over, months) = match id {
        "profit_usd_per_mwh" => ("SUM([before_tax*])", "({horizon}-{live})".to_owned()),
        "npv_usd_per_mwh" => (
            "{npv_usd}",
            "-PV({monthly_rate},{horizon}+{months_after_end}-{live},1)/(1+{monthly_rate})^{live}".to_owned(),
        ),
        _ => return None,
    };
    Some(match capacity_mw {
        Some(capacity_mw) => format!("{over}/({capacity_mw}*{HOURS_PER_MONTH}*({months}))"),
        None => "\"none\"".to_owned(),
    })
}

/// Months short of cash after the ramp.
fn short_months(books: &Books<'_>) -> String {
    let first = books.evaluation.timing.ramp_end() + 1;
    if first > books.horizon {
        return "0".to_owned();
    }
    format!("COUNTIF([reserve_left@{first}:{}],\"<0\")", books.horizon)
}

/// The formula of a measure; `None` where only wattfolio computes it.
pub(super) fn formula(books: &Books<'_>, id: &str, capacity_mw: Option<f64>) -> Option<String> {
    let special = paybacks(id).or_else(|| covers(books, id)).or_else(|| per_mwh(id, capacity_mw));
    if special.is_some() {
        return special;
    }
    let text = match id {
        "npv_usd" => "[net@0]+NPV({monthly_rate},[net@1:T])",
        "end_proceeds_npv_usd" => "{beyond}/(1+{monthly_rate})^{horizon}",
        "npv_per_capex" => {
            return Some(invested(
                "IF({basis}=3,IF({peak_equity_usd}>0,{npv_usd}/{peak_equity_usd},\"none\"),{npv_usd}/{capex_usd})",
            ));
        }
        "irr" => {
            return Some(invested("IF(ISNUMBER({irr_monthly}),(1+{irr_monthly})^12-1,\"none\")"));
        }
        "mirr" => {
            return Some(invested(
                "IF(OR(MIN([net*])>=0,MAX([net*])<=0),\"none\",\
                (1+MIRR([net*],{finance_monthly},{reinvest_monthly}))^12-1)",
            ));
        }
        "profit_usd" => "SUM([net*])",
        "multiple" => {
            return Some(invested("IF({peak_funding_usd}>0,1+{profit_usd}/{peak_funding_usd},\"none\")"));
        }
        "peak_funding_usd" => "-MIN(0,MIN([cumulative*]))",
        "peak_funding_month" => {
            "IF({peak_funding_usd}>0,MATCH(MIN([cumulative*]),[cumulative*],0)-1,\"none\")"
        }
        "capex_usd" => "SUM([capex*])",
        "annualised_total_return" => {
            return Some(invested(
                "IF(SUM([cash*])+{end_proceeds}-{deposit}<0,\"none\",\
                ((SUM([cash*])+{end_proceeds}-{deposit})/{capex_usd})^(12/{horizon})-1)",
            ));
        }
        "discount_rate" => "{yearly_rate}",
        "end_proceeds_usd" => "{end_proceeds}",
        "peak_equity_usd" => "-MIN(0,MIN([equity_sum*]))",
        "short_months" => return Some(short_months(books)),
        _ => return None,
    };
    Some(text.replace(":T]", &format!(":{}]", books.horizon)))
}
