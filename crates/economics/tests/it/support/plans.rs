//! Plans that between them have every kind of formula.

use wattfolio_economics::business::hosting::{EndValue, HostingPower};
use wattfolio_economics::business::leasing::{ColocationPower, Fleet, Placement};
use wattfolio_economics::business::mining::Treasury;
use wattfolio_economics::scenario::{Debt, Depreciation, NetworkRule, PowerContract, Scenario, Trajectory};

/// A change of the default scenario under a name.
pub type Change = (&'static str, fn(&mut Scenario));

fn with_debt(scenario: &mut Scenario, debt: Debt) {
    scenario.mining.debt = debt;
    scenario.hosting.debt = debt;
    scenario.leasing.debt = debt;
}

fn wholesale(scenario: &mut Scenario, hourly_sigma: f64) {
    scenario.power.contract = PowerContract::Wholesale { hourly_sigma };
    scenario.power.curtailment = true;
}

fn colocated(power: ColocationPower) -> Placement {
    Placement::Colocated { fee_usd_per_kw_month: 175.0, pue: 1.4, deposit_months: 2.0, power }
}

/// The plans.
pub const CHANGES: &[Change] = &[
    ("default", |_| ()),
    ("cheap power, dear bitcoin", |s| {
        s.power.price_usd_per_kwh =
            Trajectory { points: vec![(24.0, 0.02), (60.0, 0.0)], ..Trajectory::growing(0.03, 0.0) };
        s.bitcoin.price_usd.value = 200_000.0;
        s.horizon_months = 77;
    }),
    ("contracts let again, a local premium, prices that drift while waiting", |s| {
        let leasing = &mut s.leasing;
        (leasing.contract_months, leasing.recontract_share, leasing.recontract_months) = (24, 0.6, 18);
        (leasing.local_premium, leasing.local_premium_half_life_months) = (0.5, 20.0);
        leasing.utilisation_price_elasticity = 1.2;
        leasing.gpu_price_usd = Trajectory::growing(54_000.0, -0.15);
        leasing.fit_out_usd_per_it_mw =
            Trajectory { points: vec![(6.0, 12e6), (18.0, 9e6)], ..Trajectory::growing(10e6, 0.0) };
        s.mining.machine.price_usd =
            Trajectory { floor: 3_000.0, points: vec![(2.0, 0.0)], ..Trajectory::growing(4050.0, 0.0) };
        s.hosting.fit_out_usd_per_it_mw = Trajectory { floor: 5e6, ..Trajectory::growing(10e6, 0.2) };
        s.hosting.fee_usd_per_kw_month =
            Trajectory { points: vec![(4.0, 150.0)], ..Trajectory::growing(140.0, 0.3) };
        s.hosting.customer_capex_share = 0.2;
        for queue in [&mut s.mining.queue_months, &mut s.hosting.queue_months, &mut leasing.queue_months] {
            *queue = 8;
        }
        s.horizon_months = 90;
    }),
    ("one rate for all, works written off as late as hardware", |s| {
        (s.mining.discount_rate, s.hosting.discount_rate) = (None, None);
        s.leasing.discount_rate = None;
        (s.finance.bonus_depreciation, s.finance.site_bonus_depreciation) = (0.0, 0.0);
        s.leasing.local_premium = -0.4;
        s.leasing.utilisation_price_elasticity = 2.0;
    }),
    ("queues and a short plan", |s| {
        s.mining.queue_months = 7;
        s.mining.build_months = 0;
        s.mining.ramp_months = 0;
        s.hosting.queue_months = 5;
        s.leasing.queue_months = 3;
        s.leasing.build_months = 1;
        s.site.legacy_resale_usd = 3e6;
        s.horizon_months = 40;
    }),
    ("wholesale, demand response, hold", |s| {
        wholesale(s, 0.6);
        s.power.demand_response_usd_per_mw_month = 5_000.0;
        s.mining.treasury = Treasury::Hold { share: 0.4 };
        s.mining.resale_hashprice_elasticity = 0.8;
    }),
    ("one wholesale price, coins cover costs", |s| {
        wholesale(s, 0.0);
        s.mining.treasury = Treasury::SellToCoverCosts;
        s.mining.idle_when_unprofitable = false;
        s.bitcoin.price_usd.growth_per_year = 0.3;
    }),
    ("coins cover costs, no curtailment, free power", |s| {
        s.mining.treasury = Treasury::SellToCoverCosts;
        s.power.price_usd_per_kwh = Trajectory::growing(0.0, 0.0);
        s.mining.degradation_per_year = 0.0;
    }),
    ("loan with grace", |s| {
        with_debt(s, Debt::Loan { loan_to_cost: 0.6, apr: 0.09, term_months: 48, grace_months: 6 });
        s.finance.bonus_depreciation = 0.4;
        s.risk.cash_reserve_usd = 1e6;
        s.risk.reserve_months = 4.0;
    }),
    ("loan beyond the plan, free of interest", |s| {
        with_debt(s, Debt::Loan { loan_to_cost: 0.8, apr: 0.0, term_months: 300, grace_months: 0 });
        s.finance.bonus_depreciation = 0.2;
        s.finance.hardware_depreciation = Depreciation::StraightLine { months: 36 };
        s.finance.site_depreciation = Depreciation::None;
    }),
    ("debt sized to its cover", |s| {
        with_debt(s, Debt::SizedToDscr { dscr: 1.4, apr: 0.08, term_months: 84 });
        s.finance.hardware_depreciation = Depreciation::Macrs15;
        s.horizon_months = 66;
    }),
    ("little debt cover wanted", |s| {
        with_debt(s, Debt::SizedToDscr { dscr: 1.0, apr: 0.05, term_months: 300 });
        s.finance.nol_limit = 0.5;
        s.bitcoin.price_usd.value = 300_000.0;
    }),
    ("colocated with power, a count, prepaid", |s| {
        s.leasing.placement = colocated(ColocationPower::PassThrough);
        s.leasing.fleet = Fleet::Count(1_000);
        s.leasing.prepaid_share = 0.25;
        s.leasing.revenue_share = 0.1;
    }),
    ("colocated, power in the fee, idle at the end", |s| {
        s.leasing.placement = colocated(ColocationPower::Included);
        s.leasing.contract_share = 0.0;
        s.leasing.rental_usd_per_gpu_hour = Trajectory::growing(2.0, -0.7);
        s.leasing.warranty_months = 0;
    }),
    ("short leases, landlord, credit, prepaid", |s| {
        s.hosting.power = HostingPower::Landlord;
        (s.coupling.power_elasticity, s.power.fixed_months) = (0.2, 20);
        s.bitcoin.price_usd.value = 110_000.0;
        s.hosting.customer_capex_share = 0.5;
        s.hosting.credit_limit = 0.9;
        s.hosting.prepaid_months = 6;
        s.hosting.term_months = 30;
        s.hosting.renewal_factor = 0.8;
        s.horizon_months = 100;
    }),
    ("everything funded by the customer", |s| {
        s.hosting.customer_capex_share = 1.0;
        s.hosting.credit_limit = 0.3;
        s.leasing.prepaid_share = 1.0;
        s.leasing.resale_share = 0.0;
    }),
    ("customers who fail, works that are late", |s| {
        s.hosting.default_hazard_per_year = 0.2;
        s.hosting.wrong_way = 1.0;
        s.hosting.termination_months = 6;
        s.leasing.default_hazard_per_year = 0.2;
        s.leasing.termination_months = 6;
        (s.mining.delay_mean_months, s.mining.delay_sd_months, s.mining.overrun_sd) = (1.0, 1.0, 0.05);
        (s.hosting.delay_mean_months, s.hosting.delay_sd_months, s.hosting.overrun_sd) = (4.0, 4.0, 0.1);
        (s.leasing.delay_mean_months, s.leasing.delay_sd_months, s.leasing.overrun_sd) = (3.0, 4.0, 0.1);
    }),
    ("works at the end, vacancy at the end, couplings", |s| {
        s.hosting.end_value = EndValue::Works;
        s.hosting.term_months = 100;
        s.hosting.vacancy_months = 20;
        s.coupling.power_elasticity = 0.3;
        s.coupling.rental_elasticity = 0.2;
        s.bitcoin.network = NetworkRule::Given;
        s.bitcoin.response_elasticity = 0.5;
        s.power.fixed_months = 0;
        s.bitcoin.price_usd.value = 60_000.0;
    }),
    ("a fleet larger than the network, and part of it", |s| {
        s.bitcoin.network_hashrate_eh_s = Trajectory::growing(0.5, 0.0);
        s.bitcoin.network = NetworkRule::Given;
        s.mining.fleet_counted_in_network = true;
        wholesale(s, 0.3);
    }),
    ("worthless coins", |s| {
        s.bitcoin.price_usd = Trajectory { points: vec![(30.0, 1.0)], ..Trajectory::growing(84_700.0, 0.0) };
        s.bitcoin.fees_btc_per_block.value = 0.0;
        s.bitcoin.block_subsidy_btc = Some(0.0);
        wholesale(s, 0.4);
    }),
];
