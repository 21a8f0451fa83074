//! Space and power let to AI customers.

use crate::business::Business;
use crate::catalogue::debt::loan;
use crate::catalogue::own::built_on_credit;
use crate::catalogue::rates::rate;
use crate::input::{ChoiceOption, Group, inputs};
use crate::units::Unit;

const POWERS: &[ChoiceOption] = &[
    ChoiceOption { name: "PassThrough", label: "Billed on", start: "PassThrough" },
    ChoiceOption { name: "Landlord", label: "In the fee", start: "Landlord" },
];

const END_VALUES: &[ChoiceOption] = &[
    ChoiceOption { name: "RunningTerm", label: "Rest of the lease", start: "RunningTerm" },
    ChoiceOption { name: "Works", label: "Works only", start: "Works" },
];

inputs!(
    Group::Of(Business::Hosting),
    &[Business::Hosting],
    FEE_USD_PER_KW_MONTH = level!(hosting.fee_usd_per_kw_month)
        .named("Hosting fee", Unit::UsdPerKwMonth)
        .also(&["hosting rent", "lease rate", "colocation rent", "base rent"])
        .range(0.0, 5000.0)
        .slider(50.0, 300.0, 1.0)
        .about(
            "Fee on offer per kilowatt of IT power and month; the first year pays that of the month of signing",
            "fee = IT kW·occupancy·fee(queue)·escalation",
        )
        .source("first-year rents of $112–135 with 3 % a year in leases of 2024–2026: Cipher 130, River Bend 128, Helios 127.7")
        .key(),
    FEE_ESCALATOR = number!(hosting.fee_escalator)
        .named("Fee escalator", Unit::FractionPerYear)
        .also(&["rent escalator", "rent increase"])
        .range(-0.5, 0.5)
        .slider(0.0, 0.1, 0.005)
        .about("Growth of the fee a year, in yearly steps from live", "(1 + escalator)^floor(k/12)")
        .source("3 % a year in triple-net leases"),
    OCCUPANCY = number!(hosting.occupancy)
        .named("Occupancy", Unit::Fraction)
        .also(&["vacancy rate", "let share"])
        .range(0.0, 1.0)
        .slider(0.5, 1.0, 0.01)
        .about("Share of the IT power that is let", "fee and power times occupancy")
        .source("one customer takes the site"),
    TERM_MONTHS = whole!(hosting.term_months)
        .named("Lease term", Unit::Months)
        .also(&["contract length", "tenor"])
        .range(12.0, 600.0)
        .slider(12.0, 240.0, 12.0)
        .about("Length of a lease from live", "then vacancy, then a renewed term")
        .source("10–15 years in deals of 2024–2025"),
    VACANCY_MONTHS = whole!(hosting.vacancy_months)
        .named("Vacancy", Unit::Months)
        .also(&["downtime", "void"])
        .range(0.0, 120.0)
        .slider(0.0, 36.0, 1.0)
        .about("Months without a tenant between two leases", "no fee, no power; opex goes on")
        .source("assumption"),
    RENEWAL_FACTOR = number!(hosting.renewal_factor)
        .named("Renewal factor", Unit::Ratio)
        .also(&["re-leasing spread", "mark to market"])
        .range(0.0, 1.5)
        .slider(0.5, 1.5, 0.05)
        .about("Fee of a renewed lease over the fee that would have gone on", "renewal_factor^n")
        .source("1 by default"),
    PREPAID_MONTHS = whole!(hosting.prepaid_months)
        .named("Prepaid months", Unit::Months)
        .also(&["prepayment", "advance rent"])
        .range(0.0, 36.0)
        .slider(0.0, 36.0, 1.0)
        .about(
            "Fees of the first live months that are paid when the site goes live",
            "received in month L, nothing due in those months",
        )
        .source("12 months in TeraWulf – Core42"),
    POWER = choice!(hosting.power, POWERS)
        .named("Hosting power", Unit::Text)
        .also(&["pass-through", "gross or net lease", "triple net"])
        .about(
            "Whether the customer or the landlord pays for power",
            "billed on at cost, or IT kW·PUE·load·price",
        )
        .source("pass-through in most leases; landlord in TeraWulf – Core42"),
    LOAD_FACTOR = number!(hosting.load_factor)
        .named("Load factor", Unit::Fraction)
        .also(&["utilisation"])
        .range(0.0, 1.0)
        .slider(0.3, 1.0, 0.01)
        .about("Average draw over IT power", "energy = IT kW·PUE·load·730.5 h")
        .source("assumption"),
    FIT_OUT_USD_PER_IT_MW = level!(hosting.fit_out_usd_per_it_mw)
        .named("Hosting fit-out", Unit::UsdPerItMw)
        .also(&["capex", "construction cost", "build cost", "conversion cost"])
        .range(0.0, 1e8)
        .slider(1e6, 20e6, 1e5)
        .about(
            "Conversion of the site per megawatt of IT power, without interest, at the price of each month of construction",
            "capex = fit-out(t)·IT MW",
        )
        .source("$9.3–15.0M per IT MW in 19 US markets (Cushman & Wakefield 2025), $11–14M build-to-suit (JLL 2026)"),
    CUSTOMER_CAPEX_SHARE = number!(hosting.customer_capex_share)
        .named("Funded by the customer", Unit::Fraction)
        .also(&["tenant improvements", "customer capex"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about("Share of the fit-out that the customer pays", "credited against the fees")
        .source("Core Scientific – CoreWeave: about all of it"),
    CREDIT_LIMIT = number!(hosting.credit_limit)
        .named("Credit limit", Unit::Fraction)
        .also(&["rent credit"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Share of each month's fee that is credited until the customer has its money back",
            "min(left, limit·fee due)",
        )
        .source("50 % in Core Scientific – CoreWeave"),
    PUE = number!(hosting.pue)
        .named("Hosting PUE", Unit::Ratio)
        .also(&["cooling overhead", "power usage effectiveness"])
        .range(1.0, 3.0)
        .slider(1.0, 2.0, 0.01)
        .about("Facility power over IT power", "IT kW = capacity·1000/PUE")
        .source("TeraWulf 1.25, Applied Digital 1.18; survey average 1.52"),
    OPEX_USD_PER_KW_MONTH = number!(hosting.opex_usd_per_kw_month)
        .named("Hosting opex", Unit::UsdPerKwMonth)
        .also(&["operating cost", "O&M"])
        .range(0.0, 1000.0)
        .slider(0.0, 60.0, 0.5)
        .about(
            "Operation per kilowatt of IT power and month, in money of the start",
            "opex·IT kW·(1+inflation)^floor((t−1)/12)",
        )
        .source("NOI margins of 80–90 % in modified gross leases"),
    QUEUE_MONTHS = whole!(hosting.queue_months)
        .named("Grid queue, hosting", Unit::Months)
        .range(0.0, 240.0)
        .slider(0.0, 60.0, 1.0)
        .about("Months of waiting for the grid before anything is spent", "L = queue + build")
        .source("0 on a powered site; 24–54 months in United States queues"),
    BUILD_MONTHS = whole!(hosting.build_months)
        .named("Construction, hosting", Unit::Months)
        .range(0.0, 120.0)
        .slider(0.0, 48.0, 1.0)
        .about("Months of construction", "L = queue + build; live from month L + 1")
        .source("under a year on a suitable mining site (VanEck)"),
    RAMP_MONTHS = whole!(hosting.ramp_months)
        .named("Ramp, hosting", Unit::Months)
        .range(0.0, 60.0)
        .slider(0.0, 24.0, 1.0)
        .about("Months from the first hall to full operation", "ramp = clamp((t − L)/months, 0, 1)")
        .source("assumption"),
    // Used by the simulation only.
    DELAY_MEAN_MONTHS = number!(hosting.delay_mean_months).delay_mean("Delay of hosting works").source(
        "nine data centres of ten are late, by 34 % of the schedule (Foresight, 2025): 4 months on twelve"
    ),
    DELAY_SD_MONTHS =
        number!(hosting.delay_sd_months).delay_sd("Spread of the delay of hosting works").source(
            "as wide as the mean: 26 % of data centres delayed in 2025, 30–50 % expected in 2026 (Sightline)"
        ),
    OVERRUN_SD = number!(hosting.overrun_sd).overrun("Overrun of hosting works"),
    END_VALUE = choice!(hosting.end_value, END_VALUES)
        .named("Hosting end value", Unit::Text)
        .also(&["terminal value", "residual value", "salvage"])
        .about(
            "What the site is worth at the end of the plan",
            "PV of the running term's NOI and the works at its end, or the works alone",
        )
        .source("the rest of the lease, so that the horizon does not decide the ranking"),
    SITE_LIFE_YEARS = number!(hosting.site_life_years)
        .named("Life of hosting works", Unit::Years)
        .range(1.0, 60.0)
        .slider(5.0, 40.0, 1.0)
        .about("Life of the fit-out", "book value straight-line to 0 from L")
        .source("assumption"),
    WORKS_RESALE_SHARE = number!(hosting.works_resale_share)
        .named("Resale of hosting works", Unit::Fraction)
        .also(&["salvage", "residual value", "terminal value"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Share of the left book value that a buyer pays at the end",
            "end proceeds = share·left book value",
        )
        .source("assumption"),
    // Used by the simulation only.
    DEFAULT_HAZARD_PER_YEAR = number!(hosting.default_hazard_per_year)
        .named("Customer default hazard", Unit::FractionPerYear)
        .also(&["tenant default", "credit risk", "counterparty"])
        .range(0.0, 5.0)
        .slider(0.0, 0.3, 0.005)
        .about(
            "Hazard of the customer's default while it owes fees",
            "leaves when Σ h·factor/12 exceeds −ln U, one draw a term",
        )
        .source(
            "Moody's: Ba 2 % a year, B 5–6 %; 0.005 with a first-rate guarantor, 0.06–0.08 for a start-up"
        ),
    WRONG_WAY = number!(hosting.wrong_way)
        .named("Wrong-way risk, hosting", Unit::Ratio)
        .also(&["correlated default", "credit risk", "counterparty"])
        .range(0.0, 5.0)
        .slider(0.0, 3.0, 0.1)
        .about(
            "How far a GPU rental below the plan's raises the hazard: tenants fail when compute is cheap",
            "h·min(5, max(1, (planned rental/rental)^γ))",
        )
        .source("judgement, 0–2: the same customers pay hosting and leasing"),
    TERMINATION_MONTHS = whole!(hosting.termination_months)
        .named("Termination payment, hosting", Unit::Months)
        .also(&["default", "early termination fee", "recovery"])
        .range(0.0, 180.0)
        .slider(0.0, 60.0, 1.0)
        .about(
            "Months of the fee due then that are received when the customer defaults",
            "fee·min(months, months left of the term)",
        )
        .source("6 without a guarantor; with one about 58, falling (Abernathy: $1.3B, $742M by 2031)"),
    RELET_MONTHS = whole!(hosting.relet_months)
        .named("Months to relet", Unit::Months)
        .also(&["re-leasing", "downtime"])
        .range(0.0, 120.0)
        .slider(0.0, 36.0, 1.0)
        .about("Months until a defaulted hall is let again", "nothing is due")
        .source("assumption"),
    RELET_DISCOUNT = number!(hosting.relet_discount)
        .named("Relet discount", Unit::Fraction)
        .also(&["re-leasing"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about("Discount on the fee after a default", "fee·(1 − discount)")
        .source("assumption"),
);

loan!(Hosting hosting "hosting");
rate!(Hosting hosting "hosting", "lease with an AA/A guarantor 7.25–7.5 %, BB tenant 9 %, no lease 11.5 %");

built_on_credit!();
