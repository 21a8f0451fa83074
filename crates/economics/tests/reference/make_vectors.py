"""Writes model_vectors.json: scenarios with the reference model's measures, and ledger and network figures of selected months."""

import json
import math
import os
import random
import sys

import reference_model as model

BUSINESSES = ("mining", "hosting", "leasing")

RULE = (
    "Responsive(response_per_month:%s,breakeven_hashprice_usd:%s,breakeven_decline_per_year:%s,"
    "same_month:%s,inertia:%s,max_fall:%s,max_rise:%s)"
)
LOAN = "Loan(loan_to_cost:0.6,apr:0.09,term_months:60,grace_months:6)"
EVERY_LOAN = {f"{b}.debt": LOAN for b in BUSINESSES}
DSCR = "SizedToDscr(dscr:1.3,apr:0.08,term_months:72)"
EVERY_DSCR = {f"{b}.debt": DSCR for b in BUSINESSES}
AT_ONCE = {f"{b}.{x}_months": 0 for b in BUSINESSES for x in ("queue", "build", "ramp")}
COLOCATED = "Colocated(fee_usd_per_kw_month:170.0,pue:1.3,deposit_months:3.0,power:PassThrough)"
INCLUDED = "Colocated(fee_usd_per_kw_month:220.0,pue:1.4,deposit_months:6.0,power:Included)"

SCENARIOS = [
    ("defaults", {}),
    ("cheap_power_dear_bitcoin", {"power.price_usd_per_kwh": 0.038, "bitcoin.price_usd": 100000.0}),
    ("four_year_contract", {
        "power.price_usd_per_kwh": 0.038, "bitcoin.price_usd": 100000.0, "leasing.contract_usd_per_gpu_hour": 3.4,
        "leasing.contract_months": 48}),
    # paths
    ("btc_points_and_floor", {
        "bitcoin.price_usd.points": "[(12,90000.0),(24,120000.0),(60,40000.0)]", "bitcoin.price_usd.growth_per_year": -0.2,
        "bitcoin.price_usd.floor": 30000.0}),
    ("points_at_zero_and_zero_levels", {
        "bitcoin.fees_btc_per_block.points": "[(0,0.0),(12,0.5),(24,0.0),(30.5,0.3)]",
        "power.price_usd_per_kwh.points": "[(6,0.0),(18,0.06)]", "leasing.rental_usd_per_gpu_hour.points": "[(3,4.2),(36,0.0)]",
        "leasing.rental_usd_per_gpu_hour.floor": 0.0}),
    ("hashrate_points", {
        "bitcoin.network_hashrate_eh_s.points": "[(0,900.0),(10,1100.0),(11,700.0),(119.5,2500.0)]"}),
    # network
    ("starts_in_the_record", {"start": "2023-02"}),
    ("starts_after_the_record", {"start": "2027-06", "bitcoin.block_subsidy_btc": 4.0}),
    ("starts_far_after_the_record", {"start": "2061-01"}),
    ("halving_soon_and_other_reward", {"bitcoin.block_height": 1049000, "bitcoin.block_subsidy_btc": 6.25}),
    ("odd_reward_shifted", {"bitcoin.block_height": 839999, "bitcoin.block_subsidy_btc": 0.00000007, "horizon_months": 200}),
    ("end_of_subsidy", {"bitcoin.block_height": 13437000, "bitcoin.fees_btc_per_block": 0.0}),
    ("last_eras_with_fees", {"bitcoin.block_height": 6900000, "bitcoin.fees_btc_per_block": 4.0}),
    ("response_lag_12", {
        "bitcoin.network": "Given", "bitcoin.price_usd": 150000.0, "bitcoin.response_elasticity": 0.47,
        "bitcoin.response_lag_months": 12}),
    ("response_lag_0_below_reference", {
        "bitcoin.network": "Given", "bitcoin.price_usd": 50000.0, "bitcoin.response_elasticity": 1.5, "bitcoin.response_lag_months": 0,
        "bitcoin.response_reference_growth": 0.3}),
    ("tight_grid", {
        "coupling.power_elasticity": 0.2, "coupling.rental_elasticity": 0.1, "bitcoin.network": "Given", "power.fixed_months": 0,
        "bitcoin.response_elasticity": 0.47,
        "bitcoin.response_lag_months": 12, "bitcoin.price_usd": 140000.0}),
    ("own_fleet_beyond_network", {"bitcoin.network_hashrate_eh_s": 0.4, "site.capacity_mw": 150.0}),
    ("own_fleet_in_the_network", {
        "bitcoin.network_hashrate_eh_s": 0.4, "site.capacity_mw": 150.0, "mining.fleet_counted_in_network": True}),
    ("given_network", {"bitcoin.network": "Given", "bitcoin.network_hashrate_eh_s.growth_per_year": 0.3}),
    ("hashrate_points_given", {
        "bitcoin.network": "Given", "bitcoin.network_hashrate_eh_s.floor": 800.0,
        "bitcoin.network_hashrate_eh_s.points": "[(0,900.0),(10,1100.0),(11,700.0),(119.5,2500.0)]"}),
    ("network_answers_to_a_crash", {
        "bitcoin.price_usd.points": "[(6,250000.0),(8,250000.0),(9,9000.0),(40,9000.0),(44,150000.0)]",
        "bitcoin.network": RULE % (0.08, 30.0, 0.15, 0.5, 0.6, 0.12, 0.08)}),
    ("network_needs_more_each_year", {"start": "2019-05", "bitcoin.network": RULE % (0.05, 20.0, -0.1, 0.0, 0.0, 0.3, 0.3)}),
    # power
    ("fixed_for_a_year", {
        "power.fixed_months": 12, "coupling.power_elasticity": 0.5, "bitcoin.price_usd": 150000.0, "hosting.power": "Landlord"}),
    ("curtailed_fixed_price", {"power.curtailment": True, "power.price_usd_per_kwh": 0.07}),
    ("curtailed_wholesale", {"power.curtailment": True, "power.contract": "Wholesale(hourly_sigma:0.5)"}),
    ("demand_response", {
        "power.curtailment": True, "power.contract": "Wholesale(hourly_sigma:0.8)",
        "power.demand_response_usd_per_mw_month": 9000.0, "power.price_usd_per_kwh": 0.055}),
    ("demand_response_pays_more_than_mining", {
        "power.curtailment": True, "power.demand_response_usd_per_mw_month": 60000.0, "power.price_usd_per_kwh": 0.0}),
    ("demand_response_without_curtailment", {"power.demand_response_usd_per_mw_month": 9000.0}),
    ("free_power_curtailed", {"power.curtailment": True, "power.price_usd_per_kwh": 0.0, "power.contract": "Wholesale(hourly_sigma:1.0)"}),
    ("wholesale_without_curtailment", {"power.contract": "Wholesale(hourly_sigma:0.5)"}),
    # mining
    ("hold_half", {"mining.treasury": "Hold(share:0.5)", "power.price_usd_per_kwh": 0.03}),
    ("hold_all_falling_price", {
        "mining.treasury": "Hold(share:1.0)", "bitcoin.price_usd.growth_per_year": -0.15, "power.price_usd_per_kwh": 0.02}),
    ("sell_to_cover", {"mining.treasury": "SellToCoverCosts", "bitcoin.price_usd": 110000.0}),
    ("sell_to_cover_never_idle", {
        "mining.treasury": "SellToCoverCosts", "mining.idle_when_unprofitable": False, "mining.debt": LOAN}),
    ("always_on", {"mining.idle_when_unprofitable": False, "leasing.idle_when_unprofitable": False}),
    ("old_machines_resold_in_a_crash", {
        "mining.resale_hashprice_elasticity": 1.0, "mining.degradation_per_year": 0.1, "mining.resale_share": 0.3,
        "mining.machine.hashrate_th_s": 100.0, "mining.machine.watts": 3050.0, "mining.machine.price_usd": 118.0,
        "power.price_usd_per_kwh": 0.02, "horizon_months": 60}),
    ("tiny_site_without_a_machine", {"site.capacity_mw": 0.002}),
    # hosting
    ("landlord_power", {"hosting.power": "Landlord", "hosting.fee_usd_per_kw_month": 175.0, "hosting.occupancy": 0.9}),
    ("customer_funds_all", {
        "hosting.customer_capex_share": 1.0, "hosting.fee_usd_per_kw_month": 121.0, "hosting.fit_out_usd_per_it_mw": 1500000.0,
        "hosting.term_months": 144}),
    ("credit_prepaid_vacancy_renewal", {
        "hosting.customer_capex_share": 0.4, "hosting.credit_limit": 0.8, "hosting.prepaid_months": 18, "hosting.term_months": 30,
        "hosting.vacancy_months": 5, "hosting.renewal_factor": 0.9, "hosting.power": "Landlord"}),
    ("prepaid_beyond_the_plan", {
        "horizon_months": 30, "hosting.prepaid_months": 36, "hosting.customer_capex_share": 0.2, "hosting.debt": LOAN}),
    ("works_end_value", {"hosting.end_value": "Works", "hosting.works_resale_share": 0.9, "hosting.site_life_years": 12.0}),
    ("plan_ends_in_the_ramp_credit_open", {
        "horizon_months": 14, "hosting.ramp_months": 6, "hosting.customer_capex_share": 0.3, "hosting.prepaid_months": 4,
        "hosting.power": "Landlord", "hosting.term_months": 60}),
    ("plan_ends_in_a_vacancy", {"horizon_months": 100, "hosting.term_months": 80, "hosting.vacancy_months": 24}),
    ("plan_ends_with_the_term", {"horizon_months": 120, "hosting.term_months": 108, "hosting.vacancy_months": 0}),
    ("prepaid_past_the_end_under_works", {"horizon_months": 30, "hosting.prepaid_months": 36, "hosting.end_value": "Works"}),
    ("prepaid_past_the_term_into_a_vacancy", {
        "horizon_months": 32, "hosting.term_months": 12, "hosting.vacancy_months": 10, "hosting.prepaid_months": 36}),
    ("plan_ends_in_a_renewed_term", {
        "horizon_months": 34, "hosting.term_months": 12, "hosting.vacancy_months": 3, "hosting.prepaid_months": 36, "hosting.power": "Landlord"}),
    ("power_at_its_floor", {"power.price_usd_per_kwh.floor": 0.05, "power.price_usd_per_kwh": 0.03}),
    ("coupled_points", {
        "coupling.power_elasticity": 0.5, "coupling.rental_elasticity": 0.3, "bitcoin.price_usd": 120000.0,
        "power.price_usd_per_kwh.points": "[(24,0.07)]", "leasing.rental_usd_per_gpu_hour.points": "[(20,3.0)]"}),
    ("renewal_without_vacancy", {
        "hosting.term_months": 36, "hosting.vacancy_months": 0, "hosting.renewal_factor": 1.1, "hosting.fee_escalator": -0.02,
        "hosting.customer_capex_share": 0.9, "hosting.credit_limit": 0.1}),
    ("little_convertible_with_legacy", {"site.convertible_share": 0.2, "site.legacy_resale_usd": 3000000.0}),
    ("nothing_convertible", {"site.convertible_share": 0.0}),
    ("rent_below_opex", {"hosting.fee_usd_per_kw_month": 10.0, "horizon_months": 60}),
    # leasing
    ("eight_hundred_on_own_site", {"leasing.fleet": "Count(800)"}),
    ("eight_hundred_colocated", {
        "leasing.fleet": "Count(800)", "leasing.placement": COLOCATED, "leasing.revenue_share": 0.3, "leasing.build_months": 2,
        "leasing.contract_share": 0.5}),
    ("colocated_power_included", {
        "leasing.placement": INCLUDED, "site.convertible_share": 0.1, "site.legacy_resale_usd": 1000000.0,
        "leasing.build_months": 1}),
    ("count_does_not_fit", {"leasing.fleet": "Count(20000)"}),
    ("prepaid_rental", {
        "leasing.prepaid_share": 0.3, "leasing.contract_months": 36, "leasing.revenue_share": 0.1, "leasing.ramp_months": 6}),
    ("prepaid_rental_past_the_end", {"leasing.prepaid_share": 1.0, "leasing.contract_months": 600, "leasing.contract_share": 1.0}),
    ("replacement_from_the_start", {
        "leasing.warranty_months": 0, "leasing.replacement_per_year": 0.1, "leasing.ramp_months": 12}),
    ("glut", {
        "leasing.contract_share": 0.0, "leasing.rental_usd_per_gpu_hour.points": "[(12,2.0),(24,1.2)]",
        "leasing.rental_usd_per_gpu_hour.growth_per_year": -0.4, "leasing.rental_usd_per_gpu_hour.floor": 0.1,
        "leasing.gpu_price_usd": 40000.0, "leasing.kw_per_gpu": 1.28}),
    ("contract_only", {"leasing.contract_share": 1.0, "leasing.contract_months": 108, "leasing.utilisation": 0.0}),
    ("good_without_market", {
        "leasing.contract_usd_per_gpu_hour": 6.0, "leasing.utilisation": 0.1, "leasing.prepaid_share": 0.2}),
    ("no_rent_at_all", {
        "leasing.rental_usd_per_gpu_hour": 0.0, "leasing.rental_usd_per_gpu_hour.floor": 0.0, "leasing.contract_share": 0.0}),
    ("let_again", {
        "leasing.contract_months": 24, "leasing.recontract_share": 0.6, "leasing.recontract_months": 18,
        "leasing.recontract_discount": 0.2, "leasing.prepaid_share": 0.3, "leasing.idle_when_unprofitable": False}),
    ("let_again_at_the_floor_and_idle", {
        "leasing.contract_months": 12, "leasing.recontract_share": 1.0, "leasing.recontract_months": 7,
        "leasing.rental_usd_per_gpu_hour.growth_per_year": -0.5, "power.price_usd_per_kwh.growth_per_year": 0.3}),
    ("let_again_for_no_months", {"leasing.recontract_share": 0.5, "leasing.recontract_months": 0}),
    ("let_again_without_a_first_term", {"leasing.contract_months": 0, "leasing.recontract_share": 0.5}),
    ("local_premium_costs_utilisation", {
        "leasing.local_premium": 0.8, "leasing.local_premium_half_life_months": 18.0, "leasing.utilisation_price_elasticity": 1.2,
        "leasing.contract_months": 24, "leasing.recontract_share": 0.5, "coupling.rental_elasticity": 0.3,
        "bitcoin.price_usd": 120000.0}),
    ("local_discount_fills_the_cards", {
        "leasing.local_premium": -0.4, "leasing.local_premium_half_life_months": 40.0, "leasing.utilisation_price_elasticity": 2.0,
        "leasing.contract_share": 0.2}),
    # prices of later purchases
    ("dearer_while_waiting", {
        **{f"{b}.queue_months": 9 for b in BUSINESSES}, "mining.machine.price_usd.growth_per_year": -0.25,
        "hosting.fit_out_usd_per_it_mw.growth_per_year": 0.2, "hosting.fee_usd_per_kw_month.growth_per_year": 0.1,
        "hosting.customer_capex_share": 0.3, "leasing.gpu_price_usd.growth_per_year": -0.15,
        "leasing.fit_out_usd_per_it_mw.points": "[(12,14000000.0),(20,9000000.0)]", "site.legacy_resale_usd": 100000.0,
        **EVERY_LOAN}),
    ("prices_at_their_floors", {
        **AT_ONCE, "mining.queue_months": 20, "mining.machine.price_usd.growth_per_year": -0.6, "mining.machine.price_usd.floor": 2000.0,
        "leasing.build_months": 2, "leasing.gpu_price_usd.points": "[(1,0.0)]", "leasing.gpu_price_usd.floor": 30000.0,
        "leasing.warranty_months": 0}),
    # rates of the businesses
    ("own_rates", {
        "mining.discount_rate": 0.15, "hosting.discount_rate": 0.09, "leasing.discount_rate": 0.13, "finance.discount_rate": 0.5,
        "hosting.prepaid_months": 6, "hosting.power": "Landlord", **EVERY_LOAN}),
    ("one_own_rate", {"hosting.discount_rate": 0.0, "horizon_months": 60}),
    # tax and debt
    ("works_written_off_sooner_than_hardware", {
        "finance.bonus_depreciation": 0.1, "finance.site_bonus_depreciation": 0.7, **EVERY_LOAN}),
    ("loans", EVERY_LOAN),
    ("loans_longer_than_the_plan", {
        f"{b}.debt": "Loan(loan_to_cost:0.85,apr:0.07,term_months:240,grace_months:24)" for b in BUSINESSES}),
    ("loans_without_interest", {
        f"{b}.debt": "Loan(loan_to_cost:1.0,apr:0.0,term_months:36,grace_months:12)" for b in BUSINESSES}),
    ("dear_loan_cash_short", {
        "mining.debt": "Loan(loan_to_cost:0.8,apr:0.18,term_months:24,grace_months:0)", "risk.cash_reserve_usd": 2000000.0,
        "hosting.debt": "Loan(loan_to_cost:0.9,apr:0.12,term_months:60,grace_months:0)",
        "leasing.debt": "Loan(loan_to_cost:0.95,apr:0.14,term_months:48,grace_months:3)"}),
    ("reserve_in_months", {
        "mining.debt": "Loan(loan_to_cost:0.8,apr:0.18,term_months:24,grace_months:0)", "risk.reserve_months": 6.0,
        "hosting.debt": "Loan(loan_to_cost:0.9,apr:0.12,term_months:60,grace_months:0)", "risk.cash_reserve_usd": 500000.0,
        "leasing.debt": "Loan(loan_to_cost:0.95,apr:0.14,term_months:48,grace_months:3)"}),
    ("sculpted", EVERY_DSCR),
    ("sculpted_capped_at_cost", {
        "mining.debt": "SizedToDscr(dscr:1.0,apr:0.05,term_months:600)", "power.price_usd_per_kwh": 0.015,
        "hosting.debt": "SizedToDscr(dscr:1.05,apr:0.03,term_months:600)", "leasing.debt": "SizedToDscr(dscr:1.05,apr:0.01,term_months:90)"}),
    ("sculpted_idle_gaps", {
        "mining.debt": "SizedToDscr(dscr:1.5,apr:0.1,term_months:100)", "mining.queue_months": 6,
        "bitcoin.price_usd.points": "[(20,50000.0),(40,45000.0),(60,190000.0)]",
        "leasing.debt": "SizedToDscr(dscr:2.0,apr:0.1,term_months:30)", "leasing.queue_months": 5}),
    ("straight_line_and_bonus", {
        "finance.hardware_depreciation": "StraightLine(months:42)", "finance.site_depreciation": "StraightLine(months:300)",
        "finance.bonus_depreciation": 0.4, "finance.site_bonus_depreciation": 0.4}),
    ("no_depreciation", {
        "finance.hardware_depreciation": "None", "finance.site_depreciation": "None", "finance.bonus_depreciation": 0.5,
        "finance.site_bonus_depreciation": 0.5, "finance.tax_rate": 0.3}),
    ("full_bonus_small_loss_limit", {
        "finance.bonus_depreciation": 1.0, "finance.site_bonus_depreciation": 1.0, "finance.nol_limit": 0.5,
        "finance.tax_rate": 0.35, **EVERY_LOAN}),
    ("no_loss_carried_high_tax", {"finance.nol_limit": 0.0, "finance.tax_rate": 0.9, "horizon_months": 95}),
    # time
    ("one_month", {"horizon_months": 1, **AT_ONCE}),
    ("thirteen_months", {"horizon_months": 13}),
    ("fifty_years", {"horizon_months": 600, "hosting.term_months": 120, "hosting.debt": LOAN}),
    ("queue_of_four_years", {f"{b}.queue_months": 48 for b in BUSINESSES}),
    ("built_at_once", {**AT_ONCE, "site.legacy_resale_usd": 500000.0, "hosting.prepaid_months": 3, "leasing.prepaid_share": 0.5}),
    ("queue_without_build", {**AT_ONCE, **{f"{b}.queue_months": 7 for b in BUSINESSES}, **EVERY_LOAN}),
    ("never_live", {"mining.queue_months": 240, "hosting.build_months": 120, "leasing.build_months": 119}),
    # money
    ("negative_rates", {
        "finance.discount_rate": -0.1, "finance.inflation": -0.02, "finance.finance_rate": -0.05, "finance.reinvest_rate": -0.03}),
    ("very_high_discount", {"finance.discount_rate": 5.0}),
    ("no_capex_at_all", {
        "mining.machine.price_usd": 0.0, "mining.site_capex_usd_per_mw": 0.0, "hosting.fit_out_usd_per_it_mw": 0.0,
        "leasing.fit_out_usd_per_it_mw": 0.0, "leasing.gpu_price_usd": 0.0, "mining.debt": DSCR}),
    ("nothing_earned", {
        "bitcoin.fees_btc_per_block": 0.0, "bitcoin.block_subsidy_btc": 0.0, "hosting.fee_usd_per_kw_month": 0.0,
        "leasing.contract_usd_per_gpu_hour": 0.0, "leasing.utilisation": 0.0}),
]  # fmt: skip


def random_scenario(rng):
    """A combination of many inputs within sensible ranges."""

    def maybe(chance, ident, draw):
        if rng.random() < chance:
            o[ident] = draw()

    def u(low, high, digits=6):
        return lambda: round(rng.uniform(low, high), digits)

    def n(low, high):
        return lambda: rng.randint(low, high)

    o = {"horizon_months": rng.choice([24, 37, 60, 84, 120, 120, 181, 240, 360])}
    maybe(0.8, "site.capacity_mw", lambda: round(10 ** rng.uniform(-1.5, 3), 4))
    maybe(0.4, "site.convertible_share", u(0.1, 1))
    maybe(0.3, "site.legacy_resale_usd", u(0, 5e6, 2))
    maybe(0.8, "power.price_usd_per_kwh", u(0.0, 0.12))
    maybe(0.5, "power.price_usd_per_kwh.growth_per_year", u(-0.1, 0.1))
    maybe(0.5, "power.contract", lambda: f"Wholesale(hourly_sigma:{rng.uniform(0.05, 1.5):.3f})")
    maybe(0.5, "power.curtailment", lambda: True)
    maybe(0.4, "power.demand_response_usd_per_mw_month", u(0, 15000, 2))
    maybe(0.7, "bitcoin.price_usd", u(20000, 300000, 2))
    maybe(0.6, "bitcoin.price_usd.growth_per_year", u(-0.3, 0.6))
    maybe(0.2, "bitcoin.price_usd.points", lambda: f"[({rng.randint(3, 12)},{rng.uniform(3e4, 2e5):.2f}),({rng.randint(13, 40)},{rng.uniform(3e4, 2e5):.2f})]")
    maybe(0.5, "bitcoin.block_height", n(840000, 1300000))
    maybe(0.5, "bitcoin.fees_btc_per_block", u(0, 1))
    maybe(0.5, "bitcoin.network_hashrate_eh_s", u(100, 3000, 3))
    maybe(0.5, "bitcoin.network_hashrate_eh_s.growth_per_year", u(-0.1, 0.5))
    maybe(0.4, "bitcoin.network", lambda: "Given")
    maybe(0.4, "bitcoin.network", lambda: RULE % (
        round(rng.uniform(0, 0.1), 3), round(rng.uniform(10, 60), 2), round(rng.uniform(-0.1, 0.3), 3), round(rng.random(), 3),
        round(rng.uniform(0, 0.9), 3), round(rng.uniform(0, 0.4), 3), round(rng.uniform(0, 0.4), 3)))
    maybe(0.3, "mining.fleet_counted_in_network", lambda: True)
    maybe(0.5, "power.fixed_months", n(0, 130))
    maybe(0.4, "bitcoin.response_elasticity", u(0, 1.5))
    maybe(0.4, "bitcoin.response_lag_months", n(0, 24))
    maybe(0.3, "coupling.power_elasticity", u(0, 0.6))
    maybe(0.3, "coupling.rental_elasticity", u(0, 0.6))
    maybe(0.4, "mining.machine.price_usd", u(100, 9000, 2))
    maybe(0.3, "mining.machine.hashrate_th_s", u(80, 500, 2))
    maybe(0.4, "mining.degradation_per_year", u(0, 0.15))
    maybe(0.3, "mining.pool_fee", u(0, 0.05))
    maybe(0.5, "mining.treasury", lambda: rng.choice([f"Hold(share:{rng.random():.3f})", "SellToCoverCosts"]))
    maybe(0.3, "mining.resale_hashprice_elasticity", u(0, 1.5))
    for b in BUSINESSES:
        maybe(0.3, f"{b}.queue_months", n(0, 14))
        maybe(0.5, f"{b}.build_months", n(0, 9))
        maybe(0.5, f"{b}.ramp_months", n(0, 12))
        maybe(0.6, f"{b}.debt", lambda: rng.choice([
            f"Loan(loan_to_cost:{rng.random():.3f},apr:{rng.uniform(0, 0.2):.4f},term_months:{rng.randint(1, 150)},grace_months:{rng.randint(0, 24)})",
            f"SizedToDscr(dscr:{rng.uniform(1, 2.5):.3f},apr:{rng.uniform(0, 0.2):.4f},term_months:{rng.randint(1, 150)})"]))
        maybe(0.3, f"{b}.works_resale_share", u(0, 1))
        maybe(0.3, f"{b}.site_life_years", u(1, 40, 3))
    for b in ("mining", "leasing"):
        maybe(0.2, f"{b}.idle_when_unprofitable", lambda: False)
        maybe(0.4, f"{b}.idle_opex_share", u(0, 1))
        maybe(0.3, f"{b}.resale_share", u(0, 0.5))
        maybe(0.3, f"{b}.life_months", n(12, 96))
    maybe(0.5, "hosting.fee_usd_per_kw_month", u(60, 260, 3))
    maybe(0.4, "hosting.fee_escalator", u(-0.03, 0.06))
    maybe(0.4, "hosting.occupancy", u(0.4, 1))
    maybe(0.4, "hosting.customer_capex_share", u(0, 1))
    maybe(0.4, "hosting.credit_limit", u(0, 1))
    maybe(0.6, "hosting.term_months", n(12, 200))
    maybe(0.5, "hosting.vacancy_months", n(0, 24))
    maybe(0.4, "hosting.renewal_factor", u(0.5, 1.3))
    maybe(0.4, "hosting.prepaid_months", n(0, 36))
    maybe(0.4, "hosting.power", lambda: "Landlord")
    maybe(0.3, "hosting.end_value", lambda: "Works")
    maybe(0.4, "hosting.fit_out_usd_per_it_mw", u(1e6, 1.4e7, 2))
    maybe(0.4, "leasing.placement", lambda: (
        f"Colocated(fee_usd_per_kw_month:{rng.uniform(90, 260):.2f},pue:{rng.uniform(1.05, 1.6):.3f},"
        f"deposit_months:{rng.choice([0, 1.5, 3.0])},power:{rng.choice(['PassThrough', 'Included'])})"))
    if "Colocated" in o.get("leasing.placement", ""):
        maybe(0.6, "leasing.fleet", lambda: f"Count({rng.randint(1, 3000)})")
    maybe(0.5, "leasing.gpu_price_usd", u(15000, 80000, 2))
    maybe(0.5, "leasing.rental_usd_per_gpu_hour", u(0.5, 6))
    maybe(0.5, "leasing.rental_usd_per_gpu_hour.growth_per_year", u(-0.45, 0.1))
    maybe(0.5, "leasing.utilisation", u(0.2, 1))
    maybe(0.5, "leasing.contract_share", u(0, 1))
    maybe(0.5, "leasing.contract_usd_per_gpu_hour", u(1, 5))
    maybe(0.5, "leasing.contract_months", n(0, 96))
    maybe(0.4, "leasing.prepaid_share", u(0, 1))
    maybe(0.3, "leasing.revenue_share", u(0, 0.4))
    maybe(0.4, "leasing.warranty_months", n(0, 48))
    maybe(0.4, "leasing.replacement_per_year", u(0, 0.12))
    maybe(0.5, "finance.discount_rate", u(-0.05, 0.3))
    maybe(0.5, "finance.inflation", u(-0.02, 0.08))
    maybe(0.5, "finance.tax_rate", u(0, 0.5))
    maybe(0.4, "finance.nol_limit", u(0, 1))
    maybe(0.4, "finance.bonus_depreciation", u(0, 1))
    if "finance.bonus_depreciation" in o:
        o["finance.site_bonus_depreciation"] = o["finance.bonus_depreciation"]
    maybe(0.3, "finance.hardware_depreciation", lambda: rng.choice([f"StraightLine(months:{rng.randint(6, 90)})", "None", "Macrs15"]))
    maybe(0.3, "finance.site_depreciation", lambda: rng.choice([f"StraightLine(months:{rng.randint(60, 400)})", "None", "Macrs5"]))
    maybe(0.3, "risk.cash_reserve_usd", u(0, 5e6, 2))
    return o


def random_terms(rng):
    """Contracts let again, premiums, prices of later purchases and rates of the businesses on top of a random scenario."""
    o = random_scenario(rng)

    def maybe(chance, ident, draw):
        if rng.random() < chance:
            o[ident] = draw()

    maybe(0.8, "leasing.recontract_share", lambda: round(rng.uniform(0, 1), 4))
    maybe(0.6, "leasing.recontract_discount", lambda: round(rng.uniform(0, 0.5), 4))
    maybe(0.8, "leasing.recontract_months", lambda: rng.randint(0, 40))
    maybe(0.5, "leasing.local_premium", lambda: round(rng.uniform(-0.6, 1.5), 4))
    maybe(0.5, "leasing.local_premium_half_life_months", lambda: round(rng.uniform(1, 60), 3))
    maybe(0.5, "leasing.utilisation_price_elasticity", lambda: round(rng.uniform(0, 2), 4))
    for b in BUSINESSES:
        maybe(0.6, f"{b}.discount_rate", lambda: round(rng.uniform(-0.05, 0.3), 4))
    for path, low, high in (
        ("mining.machine.price_usd", 100, 9000), ("hosting.fit_out_usd_per_it_mw", 1e6, 1.4e7),
        ("hosting.fee_usd_per_kw_month", 60, 260), ("leasing.gpu_price_usd", 15000, 80000),
        ("leasing.fit_out_usd_per_it_mw", 1e6, 1.4e7),
    ):  # fmt: skip
        maybe(0.6, f"{path}.growth_per_year", lambda: round(rng.uniform(-0.4, 0.3), 4))
        maybe(0.3, f"{path}.floor", lambda: round(rng.uniform(low, high), 2))
        maybe(0.3, f"{path}.points", lambda: f"[({rng.randint(1, 4)},{rng.uniform(low, high):.2f}),({rng.randint(5, 20)},{rng.uniform(low, high):.2f})]")
    o["finance.site_bonus_depreciation"] = round(rng.random(), 4)
    return o


def selected_months(businesses, T):
    """0, 1, 2, mid, T-1, T and L, L+1, L+2 of each business."""
    months = {0, 1, 2, T // 2, T - 1, T}
    for b in businesses.values():
        if not model.is_absent(b):
            months |= {b.timing.L, b.timing.L + 1, b.timing.L + 2}
    return sorted(t for t in months if 0 <= t <= T)


def picked(lines, months):
    """Values of the months, and the sum over all months; lines that are 0 throughout are left out."""
    result = {}
    for name, line in lines.items():
        if any(line):
            summable = [x for x in line if x is not None]
            result[name] = {"at": [line[t] for t in months], "sum": math.fsum(summable)}
    return result


def vector(name, overrides):
    bases = model.BASES
    s, net, businesses = model.compute(overrides)
    months = selected_months(businesses, s["horizon_months"])
    result = {"name": name, "overrides": overrides, "bases": list(bases), "months": months, "network": picked(net, months)}
    for key, b in businesses.items():
        if model.is_absent(b):
            result[key] = b
            continue
        project, equity = b.tax_by_basis["project"], b.tax_by_basis["equity"]
        lines = {**b.lines, **project, **{f"equity_{n}": line for n, line in equity.items()}}
        result[key] = {
            "live_after_month": b.timing.L,
            "measures": {basis: model.measures(s, b, basis) for basis in bases},
            "ledger": picked(lines, months),
            "series": picked(b.series, months),
        }
    hold = model.buy_and_hold(s, net, businesses["mining"])
    result["buy_and_hold"] = hold if model.is_absent(hold) else {
        "measures": hold["measures"], "series": picked(hold["series"], months)}
    return result


ABOUT = {
    "content": "Figures of the reference implementation of the model, deterministic, full double precision.",
    "overrides": "by input id; compound values are RON text; everything else is at its default",
    "bases": "the bases on which the measures are given",
    "months": "the months whose values stand in each `at`; `sum` is over t = 0 … T",
    "ledger": "costs negative; lines that are 0 in every month are left out. taxable_income, tax and net_after_tax are those of the "
    "project tax, equity_taxable_income, equity_tax and equity_net_after_tax those of the equity tax; `equity` is the equity flow. "
    "`interest` is interest paid from live, `interest_accrued` has the capitalised too; a balloon is in `principal`",
    "absent": "a measure that does not exist is {\"absent\": reason}; the wording of a reason is not part of the test, "
    "except never, only by resale, no capex",
    "tolerance": "1e-9 relative is expected of every figure, of sums relative to the sum of absolute values; roots of the IRR 1e-9",
}


def check_finite(value, where=""):
    if isinstance(value, dict):
        for k, v in value.items():
            check_finite(v, f"{where}/{k}")
    elif isinstance(value, list):
        for k, v in enumerate(value):
            check_finite(v, f"{where}/{k}")
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{where} is not finite")


def main():
    scenarios = [vector(*item) for item in SCENARIOS]
    rng = random.Random(20261101)
    for i in range(24):
        overrides = random_scenario(rng)
        scenarios.append(vector(f"random_{i + 1:02}", overrides))
    rng = random.Random(20261126)
    for i in range(8):
        overrides = random_terms(rng)
        scenarios.append(vector(f"random_terms_{i + 1}", overrides))
    check_finite(scenarios)
    names = [v["name"] for v in scenarios]
    assert len(set(names)) == len(names)
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "model_vectors.json")
    with open(target, "w", encoding="utf-8") as file:
        file.write('{"about": ' + json.dumps(ABOUT, ensure_ascii=False) + ',\n"scenarios": [\n')
        file.write(",\n".join(json.dumps(v, allow_nan=False) for v in scenarios))
        file.write("\n]}\n")
    print(f"{len(scenarios)} scenarios, {os.path.getsize(target)} bytes")


if __name__ == "__main__":
    main()
