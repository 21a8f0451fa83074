//! Own GPUs rented by the hour.

mod choices;

use self::choices::{COLOCATION_POWERS, FLEETS, PLACEMENTS, parse_power, power_text};
use crate::business::Business;
use crate::business::leasing::{Fleet, Inputs, Placement};
use crate::catalogue::debt::loan;
use crate::catalogue::own::built_on_credit;
use crate::catalogue::rates::rate;
use crate::input::{Group, inputs};
use crate::scenario::Factor;
use crate::units::Unit;

const COLOCATION: &str = "third-party data centres: $150–200 per kW-month and power (CBRE: $184)";

inputs!(
    Group::Of(Business::Leasing),
    &[Business::Leasing],
    GPU = text!(leasing.gpu.name)
        .named("GPU", Unit::Text)
        .about("Model name of the GPU", "for reading only")
        .source("B200"),
    GPU_PRICE_USD = level!(leasing.gpu_price_usd)
        .named("GPU capex", Unit::UsdPerGpu)
        .also(&["GPU price", "server price", "hardware cost"])
        .range(0.0, 1e7)
        .slider(1_000.0, 120_000.0, 500.0)
        .about(
            "All-in price per GPU (server, network, storage); the fleet costs that of the month in which it is paid",
            "hardware = GPUs·price(month of payment)",
        )
        .source("IREN 2025: 2,400 B200/B300 for about $130M")
        .key(),
    KW_PER_GPU = number!(leasing.kw_per_gpu)
        .named("IT power per GPU", Unit::Kw)
        .also(&["watts", "TDP"])
        .range(0.01, 20.0)
        .slider(0.2, 5.0, 0.01)
        .about("IT power of the whole system per GPU", "GPUs = floor(IT kW/kW per GPU)")
        .source("DGX B200: 14.3 kW for eight"),
    FLEET = choice!(leasing.fleet, FLEETS)
        .named("Fleet size", Unit::Text)
        .also(&["number of GPUs"])
        .about("As many GPUs as the site carries, or a number", "floor(IT kW/kW per GPU)")
        .source("fills the site"),
    FLEET_COUNT = variant_number!(leasing.fleet, Fleet::Count(count))
        .whole()
        .named("GPUs", Unit::Count)
        .also(&["number of GPUs", "fleet"])
        .range(1.0, 10_000_000.0)
        .slider(8.0, 20_000.0, 8.0)
        .log()
        .about("Number of GPUs bought", "must fit on the own site")
        .source("the article's newcomer buys 800"),
    RENTAL_USD_PER_GPU_HOUR = level!(leasing.rental_usd_per_gpu_hour)
        .named("Rental rate", Unit::UsdPerGpuHour)
        .also(&["GPU-hour price", "hourly rate", "spot rental"])
        .range(0.0, Inputs::HIGHEST_RENTAL_USD_PER_GPU_HOUR)
        .slider(0.1, 12.0, 0.05)
        .about("Market rental of a GPU-hour at the start", "G·hours·utilisation on the uncontracted share")
        .source(
            "B200, three-year rate, September 2026: $3.70; decline of 15–20 % a year, with a V in 2025–26"
        )
        .market(Factor::Rental)
        .key(),
    UTILISATION = number!(leasing.utilisation)
        .named("Utilisation", Unit::Fraction)
        .also(&["occupancy"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.01)
        .about("Share of the uncontracted hours that are rented", "(1−c)·utilisation·G")
        .source("0.88 goes with the rental of a three-year contract; with on-demand prices 0.66 (60–75 %)"),
    AVAILABILITY = number!(leasing.availability)
        .named("Availability", Unit::Fraction)
        .also(&["uptime"])
        .range(0.0, 1.0)
        .slider(0.8, 1.0, 0.005)
        .about("Share of the hours in which GPUs work", "sold hours times availability")
        .source("97–98 %; about 10 % failures per GPU-year"),
    CONTRACT_SHARE = number!(leasing.contract_share)
        .named("Contracted share", Unit::Fraction)
        .also(&["take-or-pay", "reserved"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about("Share of the fleet under the first contract", "c = share until it ends")
        .source("CoreWeave 96 %; 80 % for a newcomer"),
    CONTRACT_USD_PER_GPU_HOUR = number!(leasing.contract_usd_per_gpu_hour)
        .named("Contract rental", Unit::UsdPerGpuHour)
        .also(&["take-or-pay", "reserved price"])
        .range(0.0, 1000.0)
        .slider(0.1, 12.0, 0.05)
        .about("Rental under contract", "take-or-pay")
        .source("IREN – Microsoft: $2.91 per GPU-hour over five years"),
    CONTRACT_MONTHS = whole!(leasing.contract_months)
        .named("Contract length", Unit::Months)
        .also(&["take-or-pay", "tenor"])
        .range(0.0, 600.0)
        .slider(0.0, 120.0, 1.0)
        .about("Length of the first contract from live; 0: no contract", "c = share in months L + 1 … L + length")
        .source("3–5 years"),
    RECONTRACT_SHARE = number!(leasing.recontract_share)
        .named("Let again", Unit::Fraction)
        .also(&["renewal", "re-contracting", "roll-over"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Share of what a term held that is let again when it ends; the rest earns the market",
            "c of term n = contracted share·share^(n − 1)",
        )
        .source("mid-cycle re-contracts: renewed in a tight market, none in a glut; 0.2–0.8"),
    RECONTRACT_DISCOUNT = number!(leasing.recontract_discount)
        .named("Discount when let again", Unit::Fraction)
        .also(&["renewal", "re-contracting"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about(
            "Discount of a later term on the market rental of its first month",
            "R = (1 − discount)·G(first month)",
        )
        .source("who takes the whole term pays less: 10–25 % in 2023–26"),
    RECONTRACT_MONTHS = whole!(leasing.recontract_months)
        .named("Later terms", Unit::Months)
        .also(&["renewal", "re-contracting", "tenor"])
        .range(0.0, 600.0)
        .slider(0.0, 60.0, 1.0)
        .about("Length of each later term; 0: nothing is let again", "from the month after a term ends")
        .source("re-contracts of 1–3 years"),
    LOCAL_PREMIUM = number!(leasing.local_premium)
        .named("Local premium", Unit::Fraction)
        .also(&["sticky rental", "domestic price"])
        .range(-0.9, 10.0)
        .slider(-0.5, 2.0, 0.05)
        .about(
            "What a GPU-hour fetches here over the market at the start; it falls back to the market",
            "G·(1 + premium·2^(−months/half-life))",
        )
        .source("none by default; domestic prices apart from the world’s, as in eight-hundred-cards"),
    LOCAL_PREMIUM_HALF_LIFE_MONTHS = number!(leasing.local_premium_half_life_months)
        .named("Half-life of the premium", Unit::Months)
        .range(1.0, 600.0)
        .slider(1.0, 60.0, 1.0)
        .about("Months after which half of the local premium is left", "2^(−months/half-life)")
        .source("assumption"),
    UTILISATION_PRICE_ELASTICITY = number!(leasing.utilisation_price_elasticity)
        .named("Empty cards at a premium", Unit::Ratio)
        .also(&["elasticity", "demand"])
        .range(0.0, 3.0)
        .slider(0.0, 3.0, 0.1)
        .about(
            "How far cards stand empty where a local premium is asked",
            "min(1, utilisation·(1 + premium·2^(−months/half-life))^(−elasticity))",
        )
        .source("0 by default: the premium costs no utilisation"),
    // Used by the simulation only.
    DEFAULT_HAZARD_PER_YEAR = number!(leasing.default_hazard_per_year)
        .named("GPU customer default hazard", Unit::FractionPerYear)
        .also(&["credit risk", "counterparty"])
        .range(0.0, 5.0)
        .slider(0.0, 0.3, 0.005)
        .about(
            "Hazard of the contract customer's default; its GPUs go to the market until the term would have ended",
            "leaves when Σ h·factor/12 exceeds −ln U, one draw a term",
        )
        .source("GPU customers are single-B: 5–6 % a year (Moody's); 0.005 for Microsoft"),
    WRONG_WAY = number!(leasing.wrong_way)
        .named("Wrong-way risk, leasing", Unit::Ratio)
        .also(&["correlated default", "credit risk", "counterparty"])
        .range(0.0, 5.0)
        .slider(0.0, 3.0, 0.1)
        .about(
            "How far a contract above the market raises the hazard: whoever pays more walks away",
            "h·min(5, max(1, (contract rental/market rental)^γ))",
        )
        .source("judgement, 0–2: Microsoft let a $12B option lapse in March 2025"),
    TERMINATION_MONTHS = whole!(leasing.termination_months)
        .named("Termination payment, leasing", Unit::Months)
        .also(&["default", "take-or-pay claim", "recovery"])
        .range(0.0, 36.0)
        .slider(0.0, 36.0, 1.0)
        .about(
            "Months of contract revenue that are received when the customer defaults",
            "contract rental·min(months, months left of the term)",
        )
        .source("take-or-pay claims recover 10–40 % of about 30 months left"),
    PREPAID_SHARE = number!(leasing.prepaid_share)
        .named("Prepaid share", Unit::Fraction)
        .also(&["prepayment"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about(
            "Share of the first term’s revenue within the plan that is paid when the fleet goes live",
            "received in month L, credited evenly",
        )
        .source("20 % in IREN – Microsoft"),
    REVENUE_SHARE = number!(leasing.revenue_share)
        .named("Operator’s share", Unit::Fraction)
        .also(&["revenue share", "platform fee", "marketplace fee"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about("Share of the revenue that a marketplace or operator keeps", "revenue·(1 − share)")
        .source("30 % with an operator who pays opex (FarmGPU); marketplaces 20 %"),
    PLACEMENT = choice!(leasing.placement, PLACEMENTS)
        .named("Placement", Unit::Text)
        .also(&["own site or colocation"])
        .about(
            "On the own site, or in somebody else's data centre",
            "fit-out and own power, or a fee per IT kW",
        )
        .source("own site"),
    COLOCATION_FEE_USD_PER_KW_MONTH =
        variant_number!(leasing.placement, Placement::Colocated { fee_usd_per_kw_month })
            .named("Colocation fee", Unit::UsdPerKwMonth)
            .also(&["colocation rent"])
            .range(0.0, 5000.0)
            .slider(50.0, 400.0, 1.0)
            .about(
                "Fee per kilowatt of IT power and month, in money of the start",
                "fee·IT kW·(1+inflation)^floor((t−1)/12)",
            )
            .source(COLOCATION),
    COLOCATION_PUE = variant_number!(leasing.placement, Placement::Colocated { pue })
        .named("Colocation PUE", Unit::Ratio)
        .also(&["cooling overhead", "power usage effectiveness"])
        .range(1.0, 3.0)
        .slider(1.0, 2.0, 0.01)
        .about("Facility power over IT power there", "energy = IT kW·PUE")
        .source("colocation about 1.4 (SemiAnalysis 2023)"),
    DEPOSIT_MONTHS = variant_number!(leasing.placement, Placement::Colocated { deposit_months })
        .named("Deposit", Unit::Months)
        .range(0.0, 36.0)
        .slider(0.0, 12.0, 0.5)
        .about("Deposit in months of the fee, returned at the end", "paid with the hardware, an end proceed",)
        .source("assumption"),
    COLOCATION_POWER = choice_by!(leasing.placement.power, COLOCATION_POWERS, power_text, parse_power)
        .named("Colocation power", Unit::Text)
        .about("Whether power is billed on or in the fee", "billed on at the power price, or nothing")
        .source("billed on in wholesale colocation"),
    PUE = number!(leasing.pue)
        .named("Leasing PUE", Unit::Ratio)
        .also(&["cooling overhead", "power usage effectiveness"])
        .range(1.0, 3.0)
        .slider(1.0, 2.0, 0.01)
        .about("Facility power over IT power on the own site", "IT kW = capacity·1000/PUE")
        .source("liquid 1.15, air-optimised 1.25, air 1.40"),
    FIT_OUT_USD_PER_IT_MW = level!(leasing.fit_out_usd_per_it_mw)
        .named("Leasing fit-out", Unit::UsdPerItMw)
        .also(&["capex", "construction cost", "build cost"])
        .range(0.0, 1e8)
        .slider(0.0, 20e6, 1e5)
        .about(
            "Conversion of the own site per megawatt of IT power used, at the price of each month of construction",
            "works = fit-out(t)·IT MW used",
        )
        .source("as hosting: $8–13M per IT MW"),
    OPEX_USD_PER_GPU_HOUR = number!(leasing.opex_usd_per_gpu_hour)
        .named("Leasing opex", Unit::UsdPerGpuHour)
        .also(&["operating cost", "O&M"])
        .range(0.0, 100.0)
        .slider(0.0, 1.0, 0.01)
        .about("Operation per installed GPU-hour, in money of the start", "opex·GPUs·730.5 h·ramp")
        .source("operations and platform $0.10–0.12 per GPU-hour"),
    MAINTENANCE_PER_YEAR = number!(leasing.maintenance_per_year)
        .named("Maintenance", Unit::FractionPerYear)
        .range(0.0, 1.0)
        .slider(0.0, 0.15, 0.005)
        .about(
            "Maintenance a year as a share of the hardware price, in money of the start",
            "hardware·share/12",
        )
        .source("2–10 % of capex a year in open cost models"),
    REPLACEMENT_PER_YEAR = number!(leasing.replacement_per_year)
        .named("Replacement", Unit::FractionPerYear)
        .also(&["failure rate", "spares"])
        .range(0.0, 1.0)
        .slider(0.0, 0.15, 0.005)
        .about(
            "Share of the fleet replaced a year after the warranty, at the GPU's price of that time",
            "hardware·share/12·ρ^(age/life)",
        )
        .source("2–5 % a year"),
    WARRANTY_MONTHS = whole!(leasing.warranty_months)
        .named("Warranty", Unit::Months)
        .range(0.0, 120.0)
        .slider(0.0, 60.0, 1.0)
        .about("Months without replacement cost", "replacement from month L + warranty + 1")
        .source("three years"),
    IDLE_POWER_SHARE = number!(leasing.idle_power_share)
        .named("Draw of an idle GPU", Unit::Fraction)
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about("Draw of an idle GPU over that of a busy one", "idle + (1 − idle)·busy share")
        .source("assumption"),
    IDLE_WHEN_UNPROFITABLE = flag!(leasing.idle_when_unprofitable)
        .named("Switch off at a loss", Unit::Text)
        .also(&["idle", "curtail"])
        .about(
            "In a month in which running loses more, everything stands still",
            "after the ramp, by the month alone",
        )
        .source("what operators do"),
    IDLE_OPEX_SHARE = number!(leasing.idle_opex_share)
        .named("Opex while switched off", Unit::Fraction)
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Share of opex and maintenance that is paid while standing still",
            "(opex + maintenance)·share",
        )
        .source("assumption"),
    QUEUE_MONTHS = whole!(leasing.queue_months)
        .named("Grid queue, leasing", Unit::Months)
        .range(0.0, 240.0)
        .slider(0.0, 60.0, 1.0)
        .about("Months of waiting for the grid before anything is spent", "L = queue + build")
        .source("0 on a powered site; 24–54 months in United States queues"),
    BUILD_MONTHS = whole!(leasing.build_months)
        .named("Construction, leasing", Unit::Months)
        .range(0.0, 120.0)
        .slider(0.0, 48.0, 1.0)
        .about("Months of construction", "L = queue + build; live from month L + 1")
        .source("as hosting"),
    RAMP_MONTHS = whole!(leasing.ramp_months)
        .named("Ramp, leasing", Unit::Months)
        .range(0.0, 60.0)
        .slider(0.0, 24.0, 1.0)
        .about("Months from the first rack to full operation", "ramp = clamp((t − L)/months, 0, 1)")
        .source("burn-in and deployment take 5–6 weeks a cluster (SemiAnalysis)"),
    // Used by the simulation only.
    DELAY_MEAN_MONTHS = number!(leasing.delay_mean_months)
        .delay_mean("Delay of leasing works")
        .source("nine data centres of ten are late (Foresight, 2025); halls for own GPUs, and deliveries: 3 months"),
    DELAY_SD_MONTHS = number!(leasing.delay_sd_months)
        .delay_sd("Spread of the delay of leasing works")
        .source("as wide as the mean: 26 % of data centres delayed in 2025, 30–50 % expected in 2026 (Sightline)"),
    OVERRUN_SD = number!(leasing.overrun_sd).overrun("Overrun of leasing works"),
    RESALE_SHARE = number!(leasing.resale_share)
        .named("GPU value at end of life", Unit::Fraction)
        .also(&["salvage", "residual value", "resale"])
        .range(0.0, 1.0)
        .slider(0.0, 0.5, 0.01)
        .about("Share of the price that a GPU fetches at the end of its life", "price·ρ^(age/life)")
        .source("loan desks count 10–15 % after 60 months; AMC 2026: above 10 % over five years"),
    LIFE_MONTHS = whole!(leasing.life_months)
        .named("GPU life", Unit::Months)
        .also(&["depreciation life", "useful life"])
        .range(1.0, 240.0)
        .slider(12.0, 120.0, 1.0)
        .about("Age at which the GPU is worth its resale share", "price·ρ^(age/life)")
        .source("accounting lives of 4–6 years"),
    SITE_LIFE_YEARS = number!(leasing.site_life_years)
        .named("Life of leasing works", Unit::Years)
        .range(1.0, 60.0)
        .slider(5.0, 40.0, 1.0)
        .about("Life of the fit-out", "book value straight-line to 0 from L")
        .source("as hosting"),
    WORKS_RESALE_SHARE = number!(leasing.works_resale_share)
        .named("Resale of leasing works", Unit::Fraction)
        .also(&["salvage", "residual value"])
        .range(0.0, 1.0)
        .slider(0.0, 1.0, 0.05)
        .about(
            "Share of the left book value that a buyer pays at the end",
            "end proceeds = share·left book value",
        )
        .source("as hosting"),
);

loan!(Leasing leasing "leasing");
rate!(Leasing leasing "leasing", "GPUs for an A-rated customer 9–9.5 %, single-B customers 13 %, merchant 16–18 %");

built_on_credit!();
