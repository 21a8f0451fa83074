"""Reference implementation of the wattfolio model: plain Python 3.11, standard library only.

It was written from the model document alone, to be read beside it and to be compared with the product number by number.
It favours the literal formula over speed: one loop a business, one list a ledger line, sections numbered like the document.
Deterministic only: no Monte Carlo, no mix, no history.

    python reference_model.py                                   headline figures of the default scenario
    python reference_model.py --set power.price_usd_per_kwh=0.038 --basis equity_after_tax --json out.json

    evaluate({"bitcoin.price_usd": 100000}, "project_before_tax") -> dict (network, mining, hosting, leasing, buy_and_hold)

Where the document is silent the choice made is marked `[n]`; the list `CHOICES` below tells them all.
"""

import argparse
import csv
import json
import math
import os
import sys
from decimal import Decimal, localcontext
from itertools import accumulate

CHOICES = """
 [1] "At start levels" = levels of t = 0, reward of height h0, no inflation, a = 1, age 0, curtailment at those prices.
 [2] "Shutdown price" holds hashrate and power price where they are (neither response nor coupling follows the price moved).
     In the series over time a month before live is read with a new fleet at full ramp.
 [3] Demand-response credit = d x (MWh the running machines would take at full run - MWh taken), uptime and ramp included.
     It exists only with curtailment on. A running month with phi = 0 still earns it; an idle month does not.
 [4] Replacement is not scaled by the ramp `a` (opex and maintenance are, and are inflated); it starts in month L + warranty + 1.
 [5] A customer's credit ends with the first term, also when vacancy is 0. Escalation counts from the first live month
     through vacancies and renewals. Opex is paid on all IT kW, also vacant, not scaled by occupancy or ramp.
 [6] RunningTerm may be negative (no floor at 0, no choice of the better of two). In a term's last month nothing runs on.
     The works' left value at the term's end is discounted to T. The ramp goes on after T if it has not ended.
 [7] Prepaid contract rental is net of the revenue share; the sum counts contract months as if running and is credited in
     equal parts over live months 1..min(contract_months, T - L).
 [8] Levelised costs: no revenue share, no customer credit, no legacy resale; end proceeds (RunningTerm too) are subtracted.
 [9] Break-even rental: factor on coupled path and floor alike, searched in 0..1e6; utilisation in 0..1; absent without
     a change of sign.
[10] Depreciation: the bonus is part of year 1 (spread over its 12 months); straight line goes by the month, its bonus over 12;
     None takes no bonus. Left basis: deducted in `taxable_income` of T, not in the line `depreciation`.
[11] `taxable_income` is the month's, before loss carry-forward. On the equity basis it and `tax`, `net_after_tax` are those of
     the equity tax, otherwise of the project tax; the line `equity` always takes the equity tax.
[12] "Tax on end proceeds" = tax with the whole gain of the end (proceeds less left bases and cost of coins) minus tax without it.
     A returned deposit is not income. Legacy resale is income of its month.
[13] Ledger interest is interest paid (from live); `interest_accrued` beside it holds the capitalised too. A balloon is principal.
     Sculpted months that pay less than their interest have principal > 0 (the balance grows).
[14] Sculpting looks at months L+1..min(L+term, T). The cap is on the sum of draws (alpha <= 1).
[15] DSCR of a month = operating cash before tax / scheduled debt service, months with service > 0; average = mean of all of them.
[16] peak_equity_usd, short_months and the DSCRs are read from debt and the equity flow on every basis.
     short_months counts months; the list is beside it. short_months and peak_equity include end proceeds of T.
[17] A sum that cancels to less than 1e-12 of its terms is 0 (SellToCoverCosts, DSCR 1), so that rounding makes no IRR roots.
[18] IRR roots whose annual rate rounds to -100 % or overflows are left out; if only such exist the IRR is absent.
     A multiple root is listed once and counts once.
[19] `cumulative` includes end proceeds; `cumulative_without_end_proceeds` is the curve of the payback.
[20] payback_today: hosting before credits and prepayment; leasing with the contract (if contract_months > 0), before prepayment;
     mining with the coins kept left out (operating cash), demand response in. Absent when that cash is not positive.
[21] annualised_total_return, profit per MWh, end_proceeds and all read-outs are before tax on every basis.
[22] payback in BTC: costs are power and opex less demand response at the month's price; first crossing.
[23] Buy-and-hold: mining's own capex at the level of its month, all sold at P(T).
[24] Electricity cost per BTC does not net demand response.
[25] A site too small for one machine is evaluated with none; Count(n) that does not fit makes leasing absent.
[26] Levels at t = 0: couplings act (on power only without a fixed contract), the network response is 1.
[27] With a block reward given for the start, later eras shift it right from the era of h0.
[28] energy_mwh counts what the machines take, also when a colocation fee includes it. run_share is 0 before live and when idle.
[29] MIRR absent unless flows of both signs exist; multiple and peak_funding_month absent when the cumulative is never negative.
     Without own capex there is no IRR (nor a list of rates), MIRR, multiple or NPV per dollar on any basis.
[30] Yield on cost and NOI margin: the first 12 months with a = 1, whatever vacancy falls into them; absent if not all within T.
[31] The reserve in months takes operating costs as the owner bears them (power billed on is the customer's) and the scheduled
     debt service without a balloon, in the months after the ramp; without such months it is the cash reserve alone.
"""

BASES = ("project_before_tax", "project_after_tax", "equity_after_tax")
HOURS_A_MONTH, BLOCKS_A_MONTH = 730.5, 4383  # of 30.4375 days, 144 blocks a day
HEIGHTS_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../assets/market/heights_monthly.csv")
RECORDED_HEIGHTS = {}

# ---------------------------------------------------------------------------------------------------------------------
# Inputs: catalogue, RON-like text, validation
# ---------------------------------------------------------------------------------------------------------------------


class Refused(ValueError):
    """An input outside its range: the whole scenario is refused."""


class Variant:
    """An enum value such as `Loan(loan_to_cost: 0.6, …)`; positional arguments are called "0", "1", …"""

    def __init__(self, name, **fields):
        self.name, self.fields = name, fields

    def __getitem__(self, field):
        return self.fields[field]

    def __repr__(self):
        if not self.fields:
            return self.name
        parts = [repr(v) if k.isdigit() else f"{k}:{v!r}" for k, v in self.fields.items()]
        return f"{self.name}({','.join(parts)})"


def _path(value, growth, floor):
    return {"value": value, "growth_per_year": growth, "floor": floor, "points": []}


# id: (default, low, high); bool: on/off; a `Variant` default: an enum; a dict: a Path whose range is that of its value
CATALOGUE = {
    "start": ("2026-11", None, None),
    "horizon_months": (120, 1, 600),
    "site.capacity_mw": (20.0, 0.001, 5000),
    "site.convertible_share": (1.0, 0, 1),
    "site.legacy_resale_usd": (0.0, 0, 1e12),
    "power.price_usd_per_kwh": (_path(0.045, 0.02, 0.0), 0, 2),
    "power.contract": (Variant("Fixed"), None, None),
    "power.fixed_months": (60, 0, 600),
    "power.curtailment": (False, None, None),
    "power.demand_response_usd_per_mw_month": (0.0, 0, 100000),
    "bitcoin.price_usd": (_path(84700.0, 0.10, 0.0), 1, 1e9),
    "bitcoin.block_height": (None, 0, 13440000),
    "bitcoin.block_subsidy_btc": (None, 0, 50),
    "bitcoin.fees_btc_per_block": (_path(0.027, 0.0, 0.0), 0, 100),
    "bitcoin.network_hashrate_eh_s": (_path(964.0, 0.10, 0.0), 1e-6, 1e6),
    "bitcoin.network": (Variant(
        "Responsive", response_per_month=0.03, breakeven_hashprice_usd=25.0, breakeven_decline_per_year=0.10,
        same_month=0.10, inertia=0.25, max_fall=0.15, max_rise=0.10), None, None),
    "bitcoin.response_elasticity": (0.0, 0, 2),
    "bitcoin.response_reference_usd": (84700.0, 1, 1e9),
    "bitcoin.response_reference_growth": (0.10, -0.95, 10),
    "bitcoin.response_lag_months": (3, 0, 36),
    "mining.machine.name": ("Antminer S21 XP", None, None),
    "mining.machine.hashrate_th_s": (270.0, 0.001, 1e5),
    "mining.machine.watts": (3645.0, 1, 1e6),
    "mining.machine.price_usd": (_path(4050.0, 0.0, 0.0), 0, 1e6),
    "mining.pue": (1.03, 1, 3),
    "mining.uptime": (0.95, 0, 1),
    "mining.pool_fee": (0.01, 0, 0.5),
    "mining.degradation_per_year": (0.02, 0, 0.9),
    "mining.site_capex_usd_per_mw": (350000.0, 0, 1e8),
    "mining.queue_months": (0, 0, 240),
    "mining.build_months": (3, 0, 120),
    "mining.ramp_months": (2, 0, 60),
    "mining.delay_mean_months": (1.0, 0, 36),  # this and the next two, risk only: not used here
    "mining.delay_sd_months": (1.0, 0, 36),
    "mining.overrun_sd": (0.05, 0, 1),
    "mining.idle_when_unprofitable": (True, None, None),
    "mining.idle_opex_share": (0.25, 0, 1),
    "mining.opex_usd_per_mw_month": (4000.0, 0, 1e6),
    "mining.resale_share": (0.08, 0, 1),
    "mining.life_months": (48, 1, 240),
    "mining.fleet_counted_in_network": (False, None, None),
    "mining.resale_hashprice_elasticity": (0.35, 0, 2),
    "mining.site_life_years": (15.0, 1, 60),
    "mining.works_resale_share": (0.5, 0, 1),
    "mining.treasury": (Variant("SellAll"), None, None),
    "mining.discount_rate": (0.15, -0.5, 5),
    "mining.debt": (Variant("None"), None, None),
    "hosting.pue": (1.25, 1, 3),
    "hosting.fit_out_usd_per_it_mw": (_path(11500000.0, 0.0, 0.0), 0, 1e8),
    "hosting.customer_capex_share": (0.0, 0, 1),
    "hosting.credit_limit": (0.5, 0, 1),
    "hosting.queue_months": (0, 0, 240),
    "hosting.build_months": (12, 0, 120),
    "hosting.ramp_months": (3, 0, 60),
    "hosting.delay_mean_months": (4.0, 0, 36),  # this and the next two, risk only: not used here
    "hosting.delay_sd_months": (4.0, 0, 36),
    "hosting.overrun_sd": (0.10, 0, 1),
    "hosting.fee_usd_per_kw_month": (_path(130.0, 0.0, 0.0), 0, 5000),
    "hosting.fee_escalator": (0.03, -0.5, 0.5),
    "hosting.occupancy": (1.0, 0, 1),
    "hosting.term_months": (180, 12, 600),
    "hosting.vacancy_months": (6, 0, 120),
    "hosting.renewal_factor": (1.0, 0, 1.5),
    "hosting.prepaid_months": (0, 0, 36),
    "hosting.power": (Variant("PassThrough"), None, None),
    "hosting.load_factor": (0.8, 0, 1),
    "hosting.opex_usd_per_kw_month": (18.0, 0, 1000),
    "hosting.end_value": (Variant("RunningTerm"), None, None),
    "hosting.site_life_years": (20.0, 1, 60),
    "hosting.works_resale_share": (0.5, 0, 1),
    "hosting.default_hazard_per_year": (0.03, 0, 5),  # risk only: not used here
    "hosting.wrong_way": (1.0, 0, 5),
    "hosting.termination_months": (6, 0, 180),
    "hosting.relet_months": (9, 0, 120),
    "hosting.relet_discount": (0.15, 0, 1),
    "hosting.discount_rate": (0.09, -0.5, 5),
    "hosting.debt": (Variant("None"), None, None),
    "leasing.fleet": (Variant("FillSite"), None, None),
    "leasing.placement": (Variant("OwnSite"), None, None),
    "leasing.gpu.name": ("B200", None, None),
    "leasing.kw_per_gpu": (1.79, 0.01, 20),
    "leasing.gpu_price_usd": (_path(54000.0, -0.15, 0.0), 0, 1e7),
    "leasing.pue": (1.25, 1, 3),
    "leasing.fit_out_usd_per_it_mw": (_path(11500000.0, 0.0, 0.0), 0, 1e8),
    "leasing.queue_months": (0, 0, 240),
    "leasing.build_months": (12, 0, 120),
    "leasing.ramp_months": (3, 0, 60),
    "leasing.delay_mean_months": (3.0, 0, 36),  # this and the next two, risk only: not used here
    "leasing.delay_sd_months": (4.0, 0, 36),
    "leasing.overrun_sd": (0.10, 0, 1),
    "leasing.idle_when_unprofitable": (True, None, None),
    "leasing.idle_opex_share": (0.25, 0, 1),
    "leasing.rental_usd_per_gpu_hour": (_path(3.70, -0.18, 0.30), 0, 1000),
    "leasing.utilisation": (0.88, 0, 1),
    "leasing.availability": (0.975, 0, 1),
    "leasing.contract_share": (0.8, 0, 1),
    "leasing.contract_usd_per_gpu_hour": (3.00, 0, 1000),
    "leasing.contract_months": (60, 0, 600),
    "leasing.default_hazard_per_year": (0.05, 0, 5),  # this and the next two, risk only: not used here
    "leasing.wrong_way": (1.0, 0, 5),
    "leasing.termination_months": (6, 0, 36),
    "leasing.recontract_share": (0.5, 0, 1),
    "leasing.recontract_discount": (0.15, 0, 1),
    "leasing.recontract_months": (24, 0, 600),
    "leasing.local_premium": (0.0, -0.9, 10),
    "leasing.local_premium_half_life_months": (12.0, 1, 600),
    "leasing.utilisation_price_elasticity": (0.0, 0, 3),
    "leasing.prepaid_share": (0.0, 0, 1),
    "leasing.revenue_share": (0.0, 0, 1),
    "leasing.idle_power_share": (0.3, 0, 1),
    "leasing.opex_usd_per_gpu_hour": (0.12, 0, 100),
    "leasing.maintenance_per_year": (0.02, 0, 1),
    "leasing.replacement_per_year": (0.04, 0, 1),
    "leasing.warranty_months": (36, 0, 120),
    "leasing.resale_share": (0.12, 0, 1),
    "leasing.life_months": (60, 1, 240),
    "leasing.site_life_years": (20.0, 1, 60),
    "leasing.works_resale_share": (0.5, 0, 1),
    "leasing.discount_rate": (0.13, -0.5, 5),
    "leasing.debt": (Variant("None"), None, None),
    "coupling.power_elasticity": (0.0, 0, 2),
    "coupling.rental_elasticity": (0.0, 0, 2),
    "finance.discount_rate": (0.12, -0.5, 5),
    "finance.inflation": (0.025, -0.5, 1),
    "finance.finance_rate": (0.09, -0.5, 5),
    "finance.reinvest_rate": (0.06, -0.5, 5),
    "finance.tax_rate": (0.25, 0, 0.9),
    "finance.nol_limit": (0.8, 0, 1),
    "finance.bonus_depreciation": (1.0, 0, 1),
    "finance.site_bonus_depreciation": (0.7, 0, 1),
    "finance.hardware_depreciation": (Variant("Macrs5"), None, None),
    "finance.site_depreciation": (Variant("Macrs15"), None, None),
    "risk.cash_reserve_usd": (0.0, 0, 1e12),
    "risk.reserve_months": (3.0, 0, 60),
}

# every enum: name -> {field: (low, high)}
_DEPRECIATION = {"Macrs5": {}, "Macrs15": {}, "StraightLine": {"months": (1, 600)}, "None": {}}
_DEBT = {
    "None": {},
    "Loan": {"loan_to_cost": (0, 1), "apr": (0, 1), "term_months": (1, 600), "grace_months": (0, 120)},
    "SizedToDscr": {"dscr": (1, 5), "apr": (0, 1), "term_months": (1, 600)},
}
ENUMS = {
    "power.contract": {"Fixed": {}, "Wholesale": {"hourly_sigma": (0, 3)}},
    "bitcoin.network": {"Given": {}, "Responsive": {
        "response_per_month": (0, 0.2), "breakeven_hashprice_usd": (0.1, 1000), "breakeven_decline_per_year": (-0.5, 0.9),
        "same_month": (0, 1), "inertia": (0, 0.9), "max_fall": (0, 0.5), "max_rise": (0, 0.5)}},
    "mining.treasury": {"SellAll": {}, "Hold": {"share": (0, 1)}, "SellToCoverCosts": {}},
    "hosting.power": {"PassThrough": {}, "Landlord": {}},
    "hosting.end_value": {"RunningTerm": {}, "Works": {}},
    "leasing.fleet": {"FillSite": {}, "Count": {"0": (1, 10000000)}},
    "leasing.placement": {
        "OwnSite": {},
        "Colocated": {"fee_usd_per_kw_month": (0, 5000), "pue": (1, 3), "deposit_months": (0, 36), "power": None},
    },
    "finance.hardware_depreciation": _DEPRECIATION,
    "finance.site_depreciation": _DEPRECIATION,
    "mining.debt": _DEBT,
    "hosting.debt": _DEBT,
    "leasing.debt": _DEBT,
}


def parse_ron(text):
    """The little RON that inputs need: numbers, names, `Name(field: value)`, `Name(value)`, lists of tuples."""
    pos = 0

    def skip():
        nonlocal pos
        while pos < len(text) and text[pos].isspace():
            pos += 1

    def take(chars):
        nonlocal pos
        start = pos
        while pos < len(text) and text[pos] in chars:
            pos += 1
        return text[start:pos]

    def items(close):
        """Comma-separated `value` or `field: value` up to the closing bracket."""
        nonlocal pos
        result = []
        while True:
            skip()
            if text[pos] == close:
                pos += 1
                return result
            item = value()
            skip()
            key = None
            if text[pos] == ":":
                pos += 1
                key, item = (item.name if isinstance(item, Variant) else str(item)), value()
                skip()
            result.append((key, item))
            if text[pos] == ",":
                pos += 1

    def value():
        nonlocal pos
        skip()
        if text[pos] == "[":
            pos += 1
            return [v for _, v in items("]")]
        if text[pos] == "(":
            pos += 1
            return tuple(v for _, v in items(")"))
        if text[pos] in "+-.0123456789":
            number = take("+-.0123456789eE_").replace("_", "")
            return float(number) if any(c in number for c in ".eE") else int(number)
        name = take("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")
        if not name:
            raise Refused(f"cannot read {text!r} at {pos}")
        skip()
        fields = {}
        if pos < len(text) and text[pos] == "(":
            pos += 1
            for index, (key, item) in enumerate(items(")")):
                fields[key if key is not None else str(index)] = item
        return {"true": True, "false": False, "on": True, "off": False}.get(name, Variant(name, **fields))

    try:
        result = value()
    except IndexError:
        raise Refused(f"cannot read {text!r}") from None
    skip()
    if pos != len(text):
        raise Refused(f"cannot read {text!r} at {pos}")
    return result


def _number(ident, value, low, high):
    if isinstance(value, str):
        text, scale = value.strip(), 1.0
        if text and text[-1] in "%kMB":
            scale, text = {"%": 0.01, "k": 1e3, "M": 1e6, "B": 1e9}[text[-1]], text[:-1]
        value = float(text) * scale if scale != 1.0 else (float(text) if any(c in text for c in ".eE") else int(text))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or not low <= value <= high:
        raise Refused(f"{ident} = {value!r} is outside {low} … {high}")
    return value


def _checked(ident, value):
    """The domain value of one input, or `Refused`."""
    default, low, high = CATALOGUE[ident]
    if ident in ENUMS:
        value = parse_ron(value) if isinstance(value, str) else value
        if not isinstance(value, Variant) or value.name not in ENUMS[ident]:
            raise Refused(f"{ident} = {value!r} is none of {sorted(ENUMS[ident])}")
        spec = ENUMS[ident][value.name]
        if set(spec) != set(value.fields):
            raise Refused(f"{ident} = {value!r}: fields {sorted(spec)} expected")
        for field, bounds in spec.items():
            if bounds is None:
                if value[field].name not in ("PassThrough", "Included"):
                    raise Refused(f"{ident}.{field} = {value[field]!r}")
            else:
                _number(f"{ident}.{field}", value[field], *bounds)
        return value
    if isinstance(default, bool):
        value = parse_ron(value) if isinstance(value, str) else value
        if not isinstance(value, bool):
            raise Refused(f"{ident} = {value!r} is not on or off")
        return value
    if isinstance(default, str):
        return str(value)
    if default is None:  # an optional number
        if isinstance(value, str) and value[:4] in ("None", "Some"):
            variant = parse_ron(value)
            value = variant.fields.get("0")
        return None if value is None else _number(ident, value, low, high)
    value = _number(ident, value, low, high)
    if isinstance(default, int):
        if value != int(value):
            raise Refused(f"{ident} = {value!r} is not a whole number")
        return int(value)
    return float(value)


def scenario(overrides=None):
    """Defaults with overrides by id; `x.value`, `.growth_per_year`, `.floor`, `.points` reach into a Path, `x` sets its value."""
    s = {i: (dict(d) if isinstance(d, dict) else d) for i, (d, _, _) in CATALOGUE.items()}
    for ident, value in (overrides or {}).items():
        base, _, sub = ident.rpartition(".")
        if ident in s and isinstance(s[ident], dict):
            base, sub = ident, "value"
        if base in s and isinstance(s[base], dict) and sub in s[base]:
            _, low, high = CATALOGUE[base]
            if sub == "points":
                points = parse_ron(value) if isinstance(value, str) else value
                points = [(_number(ident, m, 0, math.inf), _number(ident, v, low, high)) for m, v in points]
                if any(b[0] <= a[0] for a, b in zip(points, points[1:])):
                    raise Refused(f"{ident}: the months must increase strictly")
                s[base][sub] = [(float(m), float(v)) for m, v in points]
            else:
                bounds = {"value": (low, high), "growth_per_year": (-0.95, 10), "floor": (0, high)}[sub]
                s[base][sub] = float(_number(ident, value, *bounds))
        elif ident in s:
            s[ident] = _checked(ident, value)
        else:
            raise Refused(f"no input is called {ident}")
    return s


def absent(reason):
    return {"absent": reason}


def is_absent(value):
    return isinstance(value, dict) and "absent" in value


# ---------------------------------------------------------------------------------------------------------------------
# 0. Conventions
# ---------------------------------------------------------------------------------------------------------------------


def monthly_rate(yearly):
    """(1 + r)^(1/12) - 1, effective."""
    return math.expm1(math.log1p(yearly) / 12)


def tau(t):
    """Mid-month time in years: (t - 1/2)/12; 0 at the start."""
    return 0.0 if t == 0 else (t - 0.5) / 12


def path_at(path, t):
    """Level of a Path in month t, read at mid-month.

    No points: value (1+growth)^tau. With points: log-linear between them (linear next to a zero), implicit first
    point (0, value) unless one at 0 replaces it, growth after the last. Never below the floor.
    """
    month = 12 * tau(t)
    points = path["points"]
    if points and points[0][0] > 0:
        points = [(0.0, path["value"])] + points
    if not points:
        points = [(0.0, path["value"])]
    last_month, last_value = points[-1]
    if month >= last_month:
        level = last_value * (1 + path["growth_per_year"]) ** ((month - last_month) / 12)
    else:
        j = next(i for i, (m, _) in enumerate(points) if m > month)
        (m0, v0), (m1, v1) = points[j - 1], points[j]
        w = (month - m0) / (m1 - m0)
        level = v0 + (v1 - v0) * w if v0 == 0 or v1 == 0 else math.exp(math.log(v0) + (math.log(v1) - math.log(v0)) * w)
    return max(path["floor"], level)


def discount_rate(s, business):
    """A business's own discount rate, else the shared one."""
    own = s[f"{business}.discount_rate"]
    return s["finance.discount_rate"] if own is None else own


def steps(rate, months):
    """Contract escalators and inflation: (1 + e)^floor(months/12)."""
    return (1 + rate) ** (months // 12)


def count(x):
    """Whole machines: floor of x (1 + 1e-12)."""
    return math.floor(x * (1 + 1e-12))


def negated(line):
    """The line with its sign turned, without a -0."""
    return [0.0 - x for x in line]


def settle(value, *terms):
    """[17] A sum that cancels but for rounding is 0."""
    return 0.0 if abs(value) <= 1e-12 * sum(abs(x) for x in terms) else value


class Timing:
    """Queue, build, live from month L + 1, ramp."""

    def __init__(self, s, business):
        self.business = business
        self.queue, self.build = s[f"{business}.queue_months"], s[f"{business}.build_months"]
        self.ramp = s[f"{business}.ramp_months"]
        self.L, self.T = self.queue + self.build, s["horizon_months"]

    def a(self, t):
        """Ramp clamp((t - L)/ramp, 0, 1); 1 if ramp = 0; 0 before live."""
        if t <= self.L:
            return 0.0
        return 1.0 if self.ramp == 0 else min(1.0, (t - self.L) / self.ramp)

    def first_full_month(self):
        return self.L + max(self.ramp, 1)

    def works(self, total_at):
        """Spent evenly over months queue … L-1, all in month queue if build <= 1; each part at that month's level."""
        line = [0.0] * (self.T + 1)
        if self.build <= 1:
            line[self.queue] = total_at(self.queue)
        else:
            for t in range(self.queue, self.L):
                line[t] = total_at(t) / self.build
        return line

    def hardware_month(self):
        return max(self.L - 1, self.queue)

    def hardware(self, total):
        """Paid in month max(L - 1, queue)."""
        line = [0.0] * (self.T + 1)
        line[self.hardware_month()] = total
        return line

    def works_left(self, own_works, life_years, share, at):
        """Resale of site works: share x straight-line book value left, to 0 over the site's life from L."""
        return share * own_works * max(0.0, 1 - (at - self.L) / (12 * life_years))


# ---------------------------------------------------------------------------------------------------------------------
# 1. Bitcoin network
# ---------------------------------------------------------------------------------------------------------------------


def start_height(s):
    """Height at the start: the given one, else that of the start month, recorded or 4383 blocks a month after the last."""
    if s["bitcoin.block_height"] is not None:
        return int(s["bitcoin.block_height"])
    if not RECORDED_HEIGHTS:
        with open(HEIGHTS_FILE, encoding="utf-8") as file:
            RECORDED_HEIGHTS.update((row["month"], int(row["height"])) for row in csv.DictReader(file))
    if s["start"] in RECORDED_HEIGHTS:
        return RECORDED_HEIGHTS[s["start"]]
    last = max(RECORDED_HEIGHTS)
    (year, month), (last_year, last_month) = (map(int, text.split("-")) for text in (s["start"], last))
    return RECORDED_HEIGHTS[last] + BLOCKS_A_MONTH * (12 * (year - last_year) + month - last_month)


def schedule_subsidy_sat(height):
    """h/210000 >= 64 ? 0 : 5_000_000_000 >> (h/210000)."""
    era = height // 210000
    return 0 if era >= 64 else 5_000_000_000 >> era


def subsidy_sat(s, height):
    """The schedule, or the reward given for the start shifted once for every halving since. [27]"""
    given = s["bitcoin.block_subsidy_btc"]
    if given is None:
        return schedule_subsidy_sat(height)
    era, era0 = height // 210000, start_height(s) // 210000
    if era > era0 and era >= 64:
        return 0
    return math.floor(given * 1e8 + 0.5) >> (era - era0)


def month_subsidy_btc(s, t):
    """Mean reward over heights [h0 + B(t-1), h0 + Bt); at t = 0 the reward of height h0."""
    h0 = start_height(s)
    if t == 0:
        return subsidy_sat(s, h0) / 10**8
    low, high = h0 + BLOCKS_A_MONTH * (t - 1), h0 + BLOCKS_A_MONTH * t
    cut = min(high, (low // 210000 + 1) * 210000)
    total = (cut - low) * subsidy_sat(s, low) + (high - cut) * subsidy_sat(s, high - 1)
    return total / (BLOCKS_A_MONTH * 10**8)


def years_since_november_2026(s):
    year, month = map(int, s["start"].split("-"))
    return (12 * (year - 2026) + month - 11) / 12


def responsive_hashrate(s, rule, price, reward):
    """ln H(t) = ln H(t-1) + g(t): miners answer to hashprice over need, to the price, and to their own momentum."""
    H, grown = [max(1e-6, s["bitcoin.network_hashrate_eh_s"]["value"])], 0.0
    for t in range(1, s["horizon_months"] + 1):
        months = 12 * (tau(t) - tau(t - 1))
        hp = 144 * reward[t - 1] * price[t - 1] / (1000 * H[-1])
        need = rule["breakeven_hashprice_usd"] * (1 - rule["breakeven_decline_per_year"]) ** (
            years_since_november_2026(s) + tau(t - 1))
        low, high = -months * rule["max_fall"], months * rule["max_rise"]
        g = low
        if hp > 0:
            pull = rule["response_per_month"] * math.log(hp / need) + rule["inertia"] * grown
            g = min(max(months * pull + rule["same_month"] * math.log(price[t] / price[t - 1]), low), high)
        H.append(max(1e-6, math.exp(math.log(H[-1]) + g)))
        grown = math.log(H[-1] / H[-2]) / months
    return H


def power_prices(s, ratio):
    """The Path with its coupling, which a fixed contract keeps out for its months, of month 0 always."""
    fixed = s["power.fixed_months"] if s["power.contract"].name == "Fixed" else -1
    eta = s["coupling.power_elasticity"]
    return [
        path_at(s["power.price_usd_per_kwh"], t) * (1.0 if t <= fixed else ratio(t, eta))
        for t in range(s["horizon_months"] + 1)
    ]


def share_of_blocks(s, fleet, hashrate):
    """H_w: the network beside the own fleet, or with it."""
    return max(hashrate, fleet) if s["mining.fleet_counted_in_network"] else hashrate + fleet


def network(s):
    """Market levels for t = 0 … T: BTC price, reward, fees, hashrate with response, hashprice, power and rental with coupling."""
    T = s["horizon_months"]
    months = range(T + 1)
    price = [path_at(s["bitcoin.price_usd"], t) for t in months]
    growth = s["bitcoin.response_reference_growth"]
    reference = [s["bitcoin.response_reference_usd"] * (1 + growth) ** tau(t) for t in months]

    def ratio(t, elasticity):
        return 1.0 if elasticity == 0 else (price[t] / reference[t]) ** elasticity

    subsidy = [month_subsidy_btc(s, t) for t in months]
    fees = [path_at(s["bitcoin.fees_btc_per_block"], t) for t in months]
    rule = s["bitcoin.network"]
    if rule.name == "Responsive":
        hashrate = responsive_hashrate(s, rule, price, [subsidy[t] + fees[t] for t in months])
    else:
        lag, eps = s["bitcoin.response_lag_months"], s["bitcoin.response_elasticity"]
        response = [1.0 if t <= lag else ratio(t - lag, eps) for t in months]
        hashrate = [max(1e-6, path_at(s["bitcoin.network_hashrate_eh_s"], t) * response[t]) for t in months]
    return {
        "btc_price_usd": price,
        "subsidy_btc": subsidy,
        "fees_btc": fees,
        "network_hashrate_eh_s": hashrate,
        "difficulty": [h * 1e18 * 600 / 2**32 for h in hashrate],
        "hashprice_usd_ph_day": [144 * (subsidy[t] + fees[t]) * price[t] / (1000 * hashrate[t]) for t in months],
        "power_usd_per_kwh": power_prices(s, ratio),
        "rental_usd_per_gpu_hour": [
            path_at(s["leasing.rental_usd_per_gpu_hour"], t) * ratio(t, s["coupling.rental_elasticity"]) for t in months
        ],
    }


# ---------------------------------------------------------------------------------------------------------------------
# 2. Power
# ---------------------------------------------------------------------------------------------------------------------


def normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def curtailment(s, r, p):
    """Run share phi and bill per full-run MWh (phi x pi), both from USD/MWh; d = demand-response credit a MWh not taken.

    Machines run in the hours where power + d costs less than r: r - d stands for r in
    phi = Phi((ln(r/p) + sigma^2/2)/sigma), phi x pi = p Phi((ln(r/p) - sigma^2/2)/sigma).
    """
    if not s["power.curtailment"]:
        return 1.0, p
    threshold = r - s["power.demand_response_usd_per_mw_month"] / HOURS_A_MONTH
    if r == 0 or threshold <= 0:
        return 0.0, 0.0
    if p == 0:
        return 1.0, 0.0
    contract = s["power.contract"]
    sigma = contract["hourly_sigma"] if contract.name == "Wholesale" else 0.0
    if sigma == 0:
        return (1.0, p) if threshold > p else (0.0, 0.0)
    x = math.log(threshold / p)
    return normal_cdf((x + sigma * sigma / 2) / sigma), p * normal_cdf((x - sigma * sigma / 2) / sigma)


# ---------------------------------------------------------------------------------------------------------------------
# The businesses' common shape
# ---------------------------------------------------------------------------------------------------------------------

REVENUE_LINES = (
    "btc_sales", "btc_kept_value", "demand_response", "fees", "power_billed_on",
    "credit_to_customer", "prepayment", "contract_rental", "market_rental",
)  # fmt: skip
COST_LINES = ("power", "opex", "maintenance", "replacement", "colocation")


class Business:
    """One business before tax and debt: ledger lines over t = 0 … T, what it owns, what its end brings, its read-outs."""

    def __init__(self, s, timing):
        self.s, self.timing = s, timing
        zero = [0.0] * (timing.T + 1)
        self.lines = {name: list(zero) for name in REVENUE_LINES + COST_LINES + ("other_proceeds",)}
        self.lines["deposit"] = list(zero)
        self.series = {"energy_mwh": list(zero)}
        self.works = list(zero)  # own capex, positive
        self.hardware = list(zero)
        self.end = {}  # part -> USD at T
        self.coin_cost = 0.0  # what kept coins were worth when mined
        self.today_cash = 0.0
        self.colocated = False
        self.months_after_end = 0  # months after T whose earnings the end counts
        self.readouts = {}

    def close(self):
        """Revenue, EBITDA, operating cash, net before tax."""
        lines, months = self.lines, range(self.timing.T + 1)
        revenue = [[lines[n][t] for n in REVENUE_LINES] for t in months]
        costs = [[lines[n][t] for n in COST_LINES] for t in months]
        kept = lines["btc_kept_value"]
        lines["revenue"] = [settle(math.fsum(r), *r) for r in revenue]
        lines["ebitda"] = [settle(math.fsum(r + c), *r, *c) for r, c in zip(revenue, costs)]
        self.operating_cash = [
            settle(math.fsum(r + c + [-k]), *r, *c) for r, c, k in zip(revenue, costs, kept)
        ]  # ebitda - btc_kept_value
        lines["capex_works"] = negated(self.works)
        lines["capex_hardware"] = negated(self.hardware)
        lines["end_proceeds"] = [0.0] * self.timing.T + [math.fsum(self.end.values())]
        parts = ("other_proceeds", "capex_works", "capex_hardware", "deposit", "end_proceeds")
        lines["net_before_tax"] = [
            math.fsum([self.operating_cash[t]] + [lines[n][t] for n in parts]) for t in months
        ]
        self.capex = [w + h for w, h in zip(self.works, self.hardware)]
        self.capex_usd = math.fsum(self.capex)
        return self

    def npv_before_tax(self):
        return npv(self.lines["net_before_tax"], self.rate())

    def rate(self):
        return discount_rate(self.s, self.timing.business)


# ---------------------------------------------------------------------------------------------------------------------
# 3. Mining
# ---------------------------------------------------------------------------------------------------------------------


def mining_fleet(s, machines, reward, price, hashrate, ramp, age_years):
    """Fleet EH/s, its BTC per block-month at full run, and r in USD per facility-MWh.

    fleet = N th uptime a (1-delta)^age; hashprice with H_w; r = hashprice (1 - pool fee)/(0.024 e PUE),
    e = watts/(th (1-delta)^age).
    """
    worn = (1 - s["mining.degradation_per_year"]) ** age_years
    th = s["mining.machine.hashrate_th_s"] * worn
    fleet = machines * th * s["mining.uptime"] * ramp / 1e6
    network_with_us = share_of_blocks(s, fleet, hashrate)
    hashprice = 144 * reward * price / (1000 * network_with_us)
    e = s["mining.machine.watts"] / th
    r = hashprice * (1 - s["mining.pool_fee"]) / (0.024 * e * s["mining.pue"])
    btc = BLOCKS_A_MONTH * reward * fleet / network_with_us * (1 - s["mining.pool_fee"])
    return fleet, btc, r


def mining_month(s, machines, reward, price, hashrate, power_usd_per_kwh, ramp, age_years, inflation):
    """A running month: BTC, MWh, run share, power bill, opex, demand-response credit (all positive)."""
    _, btc_full, r = mining_fleet(s, machines, reward, price, hashrate, ramp, age_years)
    phi, bill = curtailment(s, r, 1000 * power_usd_per_kwh)
    full_mwh = machines * s["mining.machine.watts"] * s["mining.pue"] * HOURS_A_MONTH * s["mining.uptime"] * ramp / 1e6
    credit = s["power.demand_response_usd_per_mw_month"] / HOURS_A_MONTH if s["power.curtailment"] else 0.0
    return {
        "btc": btc_full * phi,
        "mwh": full_mwh * phi,
        "phi": phi,
        "power": full_mwh * bill,
        "opex": s["mining.opex_usd_per_mw_month"] * s["site.capacity_mw"] * inflation,
        "demand_response": credit * full_mwh * (1 - phi),  # [3]
        "r": r,
    }


def mining(s, net):
    """Mining with its break-even of NPV before tax."""
    b = mining_operations(s, net)
    if not is_absent(b):
        ident = "power.price_usd_per_kwh"
        b.readouts["break_even_power_usd_per_kwh"] = path_break_even(s, ident, 2.0, mining_operations)
    return b


def mining_operations(s, net):
    """The business that mines with own machines."""
    timing = Timing(s, "mining")
    L, T = timing.L, timing.T
    if L >= T:
        return absent(f"not live within the plan: live after month {L}, plan of {T} months")
    b = Business(s, timing)
    machines = count(s["site.capacity_mw"] * 1e6 / (s["mining.pue"] * s["mining.machine.watts"]))
    b.works = timing.works(lambda _: s["mining.site_capex_usd_per_mw"] * s["site.capacity_mw"])
    b.hardware = timing.hardware(machines * path_at(s["mining.machine.price_usd"], timing.hardware_month()))
    zero = [0.0] * (T + 1)
    mined, kept, run_share, idle = list(zero), list(zero), list(zero), list(zero)
    treasury = s["mining.treasury"]
    P = net["btc_price_usd"]

    def month(t, ramp, age, inflation):
        reward = net["subsidy_btc"][t] + net["fees_btc"][t]
        return mining_month(
            s, machines, reward, P[t], net["network_hashrate_eh_s"][t], net["power_usd_per_kwh"][t], ramp, age, inflation
        )

    for t in range(L + 1, T + 1):
        m = month(t, timing.a(t), (t - 0.5 - L) / 12, steps(s["finance.inflation"], t - 1))
        standing = -s["mining.idle_opex_share"] * m["opex"]
        running = m["btc"] * P[t] + m["demand_response"] - m["power"] - m["opex"]
        if s["mining.idle_when_unprofitable"] and t > L + timing.ramp and running < standing:
            idle[t] = 1.0
            b.lines["opex"][t] = standing
            continue
        if treasury.name == "SellAll":
            sold_value = m["btc"] * P[t]
            kept[t] = 0.0
        elif treasury.name == "Hold":
            kept[t] = treasury["share"] * m["btc"]
            sold_value = (m["btc"] - kept[t]) * P[t]
        else:  # SellToCoverCosts
            need = max(0.0, m["power"] + m["opex"] - m["demand_response"])
            sold_value = min(need, m["btc"] * P[t])
            kept[t] = m["btc"] - sold_value / P[t] if sold_value < m["btc"] * P[t] else 0.0
        mined[t], run_share[t] = m["btc"], m["phi"]
        b.series["energy_mwh"][t] = m["mwh"]
        b.lines["btc_sales"][t] = sold_value
        b.lines["btc_kept_value"][t] = kept[t] * P[t]
        b.lines["demand_response"][t] = m["demand_response"]
        b.lines["power"][t] = 0.0 - m["power"]
        b.lines["opex"][t] = 0.0 - m["opex"]
    b.series.update(btc_mined=mined, btc_kept=kept, run_share=run_share, idle=idle)
    b.coin_cost = math.fsum(b.lines["btc_kept_value"])

    hashprice = net["hashprice_usd_ph_day"]
    crash = min(1.0, hashprice[T] / hashprice[1]) if hashprice[1] > 0 else 1.0
    elasticity = s["mining.resale_hashprice_elasticity"]
    b.end = {
        "hardware": math.fsum(b.hardware)
        * s["mining.resale_share"] ** ((T - L) / s["mining.life_months"])
        * (crash**elasticity if elasticity > 0 else 1.0),
        "works": timing.works_left(math.fsum(b.works), s["mining.site_life_years"], s["mining.works_resale_share"], T),
        "coins": math.fsum(kept) * P[T],
    }

    today = month(0, 1.0, 0.0, 1.0)  # [1]
    sold_today = today["btc"] * P[0]
    if treasury.name == "Hold":
        sold_today *= 1 - treasury["share"]
    elif treasury.name == "SellToCoverCosts":
        sold_today = min(sold_today, max(0.0, today["power"] + today["opex"] - today["demand_response"]))
    costs_today = (today["power"], today["opex"], today["demand_response"])
    b.today_cash = settle(sold_today - today["power"] - today["opex"] + today["demand_response"], sold_today, *costs_today)
    b.close()

    # Shutdown read-outs: r, and the BTC price P p/r at which r would be p. [2]
    def shutdown(t):
        live = t > L
        reward = net["subsidy_btc"][t] + net["fees_btc"][t]
        ramp, age = (timing.a(t), (t - 0.5 - L) / 12) if live else (1.0, 0.0)
        r = mining_fleet(s, machines, reward, P[t], net["network_hashrate_eh_s"][t], ramp, age)[2]
        return r, (P[t] * 1000 * net["power_usd_per_kwh"][t] / r if r > 0 else None)

    over_time = [shutdown(t) for t in range(T + 1)]
    b.series["shutdown_power_usd_per_mwh"] = [r for r, _ in over_time]
    b.series["shutdown_price_usd"] = [p for _, p in over_time]
    btc = math.fsum(mined)
    power, opex = -math.fsum(b.lines["power"]), -math.fsum(b.lines["opex"])
    end_without_coins = b.end["hardware"] + b.end["works"]
    per_btc = (lambda usd: usd / btc) if btc > 0 else (lambda usd: absent("no bitcoin is mined"))
    in_btc = [
        (-b.capex[t] + b.lines["power"][t] + b.lines["opex"][t] + b.lines["demand_response"][t]) / P[t] + mined[t]
        for t in range(T + 1)
    ]
    btc_payback = payback(in_btc)[0]
    b.readouts = {
        "machines": machines,
        "btc_mined": btc,
        "btc_kept": math.fsum(kept),
        "hashprice_usd_ph_day": hashprice[0],
        "shutdown_power_usd_per_mwh": over_time[0][0],
        "shutdown_price_usd": absent("the machines earn nothing") if over_time[0][1] is None else over_time[0][1],
        "power_cost_per_btc_usd": per_btc(power),
        "cash_cost_per_btc_usd": per_btc(power + opex),
        "all_in_cost_per_btc_usd": per_btc(power + opex + b.capex_usd - end_without_coins),
        "btc_payback_months": absent("no capex") if b.capex_usd == 0 else (absent("never") if btc_payback is None else btc_payback),
        "idle_months": int(sum(idle)),
    }
    return b


# ---------------------------------------------------------------------------------------------------------------------
# 4. AI hosting
# ---------------------------------------------------------------------------------------------------------------------


def hosting(s, net):
    """Hosting with its break-even of NPV before tax."""
    b = hosting_operations(s, net)
    if not is_absent(b):
        ident = "power.price_usd_per_kwh"
        pays = s["hosting.power"].name == "Landlord"
        b.readouts["break_even_power_usd_per_kwh"] = (
            path_break_even(s, ident, 2.0, hosting_operations) if pays else absent("pays no power")
        )
    return b


def hosting_operations(s, net):
    """The business that fits the site out and leases it to AI customers."""
    timing = Timing(s, "hosting")
    L, T = timing.L, timing.T
    if L >= T:
        return absent(f"not live within the plan: live after month {L}, plan of {T} months")
    b = Business(s, timing)
    it_kw = s["site.capacity_mw"] * s["site.convertible_share"] * 1000 / s["hosting.pue"]
    spent = timing.works(lambda t: path_at(s["hosting.fit_out_usd_per_it_mw"], t) * it_kw / 1000)
    fit_out = math.fsum(spent)
    own_works = (1 - s["hosting.customer_capex_share"]) * fit_out
    b.works = [(1 - s["hosting.customer_capex_share"]) * x for x in spent]
    signed_fee = path_at(s["hosting.fee_usd_per_kw_month"], timing.queue)
    b.lines["other_proceeds"][timing.queue] = s["site.legacy_resale_usd"]
    term, cycle = s["hosting.term_months"], s["hosting.term_months"] + s["hosting.vacancy_months"]
    landlord = s["hosting.power"].name == "Landlord"

    def let(t):
        """(renewals so far, is a term running) in live month t."""
        k = t - L - 1
        return k // cycle, k % cycle < term

    def fee_due(t):
        """IT kW occupancy fee (1+escalator)^floor(k/12) renewal_factor^n a; nothing while vacant."""
        renewals, running = let(t)
        if not running:
            return 0.0
        fee = it_kw * s["hosting.occupancy"] * signed_fee
        return fee * steps(s["hosting.fee_escalator"], t - L - 1) * s["hosting.renewal_factor"] ** renewals * timing.a(t)

    def energy_kwh(t):
        if not let(t)[1]:
            return 0.0
        return it_kw * s["hosting.pue"] * s["hosting.load_factor"] * s["hosting.occupancy"] * timing.a(t) * HOURS_A_MONTH

    def opex(t):
        return it_kw * s["hosting.opex_usd_per_kw_month"] * steps(s["finance.inflation"], t - 1)

    credit_left = s["hosting.customer_capex_share"] * fit_out

    def take_credit(t):
        """min(left, limit x fee due): not in prepaid months, only while the first customer's term runs. [5]"""
        nonlocal credit_left
        renewals, running = let(t)
        if renewals > 0 or not running or t - L - 1 < s["hosting.prepaid_months"]:
            return 0.0
        credit = min(credit_left, s["hosting.credit_limit"] * fee_due(t))
        credit_left -= credit
        return credit

    b.lines["prepayment"][L] = math.fsum(fee_due(L + 1 + k) for k in range(s["hosting.prepaid_months"]))
    let_kw = [0.0] * (T + 1)
    credit_funded, used_up = credit_left > 0, None
    for t in range(L + 1, T + 1):
        b.lines["fees"][t] = fee_due(t)
        if t - L - 1 < s["hosting.prepaid_months"]:
            b.lines["prepayment"][t] -= fee_due(t)
        b.lines["credit_to_customer"][t] = 0.0 - take_credit(t)
        if credit_funded and used_up is None and credit_left == 0:
            used_up = t
        power = energy_kwh(t) * net["power_usd_per_kwh"][t]
        b.series["energy_mwh"][t] = energy_kwh(t) / 1000
        b.lines["power"][t] = 0.0 - power
        b.lines["power_billed_on"][t] = 0.0 if landlord else power
        b.lines["opex"][t] = 0.0 - opex(t)
        if let(t)[1]:
            let_kw[t] = it_kw * s["hosting.occupancy"] * timing.a(t)

    def works_left(at):
        return timing.works_left(own_works, s["hosting.site_life_years"], s["hosting.works_resale_share"], at)

    # The first term alone is backed by a contract; fees prepaid for months after T are owed in any case.
    rate, term_end = monthly_rate(b.rate()), L + term
    owed = [fee_due(t) / (1 + rate) ** (t - T) for t in range(T + 1, L + s["hosting.prepaid_months"] + 1)]
    b.end = {"works": works_left(T), "owed": 0.0 - math.fsum(owed)}
    if s["hosting.end_value"].name != "Works" and let(T) == (0, True) and term_end > T:
        flows = []
        for t in range(T + 1, term_end + 1):
            power = energy_kwh(t) * net["power_usd_per_kwh"][T] if landlord else 0.0
            flows.append((fee_due(t) - take_credit(t) - power - opex(t)) / (1 + rate) ** (t - T))
        b.end["running_term"] = math.fsum(flows)
        b.end["works"] = works_left(term_end) / (1 + rate) ** (term_end - T)
        b.months_after_end = term_end - T

    rent_today = it_kw * s["hosting.occupancy"] * path_at(s["hosting.fee_usd_per_kw_month"], 0)
    power_today = 0.0
    if landlord:
        power_today = it_kw * s["hosting.pue"] * s["hosting.load_factor"] * s["hosting.occupancy"] * HOURS_A_MONTH
        power_today *= net["power_usd_per_kwh"][0]
    b.today_cash = rent_today - power_today - it_kw * s["hosting.opex_usd_per_kw_month"]  # [20]
    b.close()

    first = timing.first_full_month()
    year = range(first, first + 12)
    if year[-1] <= T:
        noi = math.fsum(b.lines[n][t] for t in year for n in ("fees", "power_billed_on", "power", "opex"))
        fees = math.fsum(b.lines["fees"][t] for t in year)
        yield_on_cost = noi / b.capex_usd if b.capex_usd > 0 else absent("no capex")
        noi_margin = noi / fees if fees > 0 else absent("no fees")
    else:
        yield_on_cost = noi_margin = absent("fewer than 12 months at full ramp")
    net_costs = [
        b.capex[t] - b.lines["power"][t] - b.lines["power_billed_on"][t] - b.lines["opex"][t] - (works_left(T) if t == T else 0.0)
        for t in range(T + 1)
    ]
    let_pv = npv(let_kw, b.rate())
    b.readouts = {
        "it_mw": it_kw / 1000,
        "yield_on_cost": yield_on_cost,
        "noi_margin": noi_margin,
        "levelised_usd_per_kw_month": npv(net_costs, b.rate()) / let_pv if let_pv > 0 else absent("nothing let"),
        "end_term_months": b.months_after_end,
        "credit_used_up_month": absent("no credit") if not credit_funded else (used_up if used_up is not None else absent("never")),
    }
    return b


# ---------------------------------------------------------------------------------------------------------------------
# 5. Compute leasing
# ---------------------------------------------------------------------------------------------------------------------


def local_factor(s, t):
    """1 + premium 2^(-12 tau/half-life): what a GPU-hour fetches here over the market."""
    return 1 + s["leasing.local_premium"] * 2 ** (-12 * tau(t) / s["leasing.local_premium_half_life_months"])


def leasing_terms(s, L):
    """(first month, last month, share) of the first term and of those let again when one ends, one after the other."""
    first, share, months = L + 1, s["leasing.contract_share"], s["leasing.contract_months"]
    while months > 0 and share > 0:
        yield first, first + months - 1, share
        first, share, months = first + months, share * s["leasing.recontract_share"], s["leasing.recontract_months"]


def leasing_contract(s, net, L, t):
    """(c, R) of live month t: the share under contract and its rate, (1 - discount) G of a later term's first month."""
    for first, last, share in leasing_terms(s, L):
        if first > t:
            break
        if t <= last:
            if first == L + 1:
                return share, s["leasing.contract_usd_per_gpu_hour"]
            market = net["rental_usd_per_gpu_hour"][first] * local_factor(s, first)
            return share, (1 - s["leasing.recontract_discount"]) * market
    return 0.0, 0.0


def leasing_month(
    s, gpus, gpu_price, pue, own_power, rental, power_usd_per_kwh, contract, utilisation, ramp, inflation, age, live_months
):
    """A running month (all positive). age in months at mid-month, live_months = whole months since live before this one.

    Revenue N availability 730.5 a [c R + (1-c) utilisation G](1 - revenue share)
    Power   N kW PUE 730.5 a p (idle + (1-idle)(c + (1-c) utilisation))
    """
    hours = gpus * HOURS_A_MONTH * ramp
    sold = hours * s["leasing.availability"]
    net_share = 1 - s["leasing.revenue_share"]
    contract_share, contract_rate = contract
    busy = contract_share + (1 - contract_share) * utilisation
    load = s["leasing.idle_power_share"] + (1 - s["leasing.idle_power_share"]) * busy
    kwh = hours * s["leasing.kw_per_gpu"] * pue * load
    hardware = gpus * gpu_price
    replacement = 0.0
    if live_months >= s["leasing.warranty_months"]:  # [4]
        value_left = s["leasing.resale_share"] ** (age / s["leasing.life_months"])
        replacement = s["leasing.replacement_per_year"] / 12 * hardware * value_left
    return {
        "contract": sold * contract_share * contract_rate * net_share,
        "market": sold * (1 - contract_share) * utilisation * rental * net_share,
        "hours": sold * busy,
        "mwh": kwh / 1000,
        "power": kwh * power_usd_per_kwh if own_power else 0.0,
        "opex": s["leasing.opex_usd_per_gpu_hour"] * hours * inflation,
        "maintenance": s["leasing.maintenance_per_year"] / 12 * hardware * ramp * inflation,
        "replacement": replacement,
    }


def leasing_operations(s, net, utilisation=None):
    """Compute leasing, for the break-even with another utilisation."""
    timing = Timing(s, "leasing")
    L, T = timing.L, timing.T
    if L >= T:
        return absent(f"not live within the plan: live after month {L}, plan of {T} months")
    if utilisation is None:
        utilisation = s["leasing.utilisation"]
    b = Business(s, timing)
    place = s["leasing.placement"]
    b.colocated = place.name == "Colocated"
    pue = place["pue"] if b.colocated else s["leasing.pue"]
    share = 1.0 if b.colocated else s["site.convertible_share"]
    kw = s["leasing.kw_per_gpu"]
    fitting = count(s["site.capacity_mw"] * share * 1000 / pue / kw)
    fleet = s["leasing.fleet"]
    gpus = fitting if fleet.name == "FillSite" else int(fleet["0"])
    if not b.colocated and gpus > fitting:
        return absent(f"{gpus} GPUs do not fit on the site, which takes {fitting}")
    if not b.colocated:
        b.works = timing.works(lambda t: path_at(s["leasing.fit_out_usd_per_it_mw"], t) * gpus * kw / 1000)
    own_works = math.fsum(b.works)
    gpu_price = path_at(s["leasing.gpu_price_usd"], timing.hardware_month())
    b.hardware = timing.hardware(gpus * gpu_price)
    own_power = not b.colocated or place["power"].name == "PassThrough"
    fee = gpus * kw * place["fee_usd_per_kw_month"] if b.colocated else 0.0
    deposit = place["deposit_months"] * fee if b.colocated else 0.0
    b.lines["deposit"] = negated(timing.hardware(deposit))
    if not b.colocated:
        b.lines["other_proceeds"][timing.queue] = s["site.legacy_resale_usd"]

    contract_months = s["leasing.contract_months"]

    def month(t, ramp, inflation, age, live_months):
        contract = leasing_contract(s, net, L, L + 1 + live_months)
        local = local_factor(s, t)
        rental = net["rental_usd_per_gpu_hour"][t] * local
        rented = min(1.0, utilisation * local ** -s["leasing.utilisation_price_elasticity"])
        power = net["power_usd_per_kwh"][t]
        return leasing_month(
            s, gpus, gpu_price, pue, own_power, rental, power, contract, rented, ramp, inflation, age, live_months
        )

    def live_month(t):
        return month(t, timing.a(t), steps(s["finance.inflation"], t - 1), t - 0.5 - L, t - L - 1)

    contract_end = min(L + contract_months, T)
    if contract_end > L and s["leasing.prepaid_share"] > 0:  # [7]
        prepaid = s["leasing.prepaid_share"] * math.fsum(live_month(t)["contract"] for t in range(L + 1, contract_end + 1))
        b.lines["prepayment"][L] = prepaid
        for t in range(L + 1, contract_end + 1):
            b.lines["prepayment"][t] = -prepaid / (contract_end - L)

    hours_sold, idle = [0.0] * (T + 1), [0.0] * (T + 1)
    for t in range(L + 1, T + 1):
        m = live_month(t)
        b.lines["colocation"][t] = 0.0 - fee * steps(s["finance.inflation"], t - 1)
        idle_share = s["leasing.idle_opex_share"]
        standing = -idle_share * (m["opex"] + m["maintenance"])
        running = m["contract"] + m["market"] - m["power"] - m["opex"] - m["maintenance"] - m["replacement"]
        if s["leasing.idle_when_unprofitable"] and t > L + timing.ramp and running < standing:
            idle[t] = 1.0
            b.lines["opex"][t] = 0.0 - idle_share * m["opex"]
            b.lines["maintenance"][t] = 0.0 - idle_share * m["maintenance"]
            continue
        hours_sold[t] = m["hours"]
        b.series["energy_mwh"][t] = m["mwh"]
        b.lines["contract_rental"][t] = m["contract"]
        b.lines["market_rental"][t] = m["market"]
        for cost in ("power", "opex", "maintenance", "replacement"):
            b.lines[cost][t] = 0.0 - m[cost]
    b.series.update(gpu_hours_sold=hours_sold, idle=idle)

    b.end = {
        "hardware": math.fsum(b.hardware) * s["leasing.resale_share"] ** ((T - L) / s["leasing.life_months"]),
        "works": timing.works_left(own_works, s["leasing.site_life_years"], s["leasing.works_resale_share"], T),
        "deposit": deposit,
    }
    today = month(0, 1.0, 1.0, 0.0, 0)
    b.today_cash = today["contract"] + today["market"] - fee
    b.today_cash -= today["power"] + today["opex"] + today["maintenance"] + today["replacement"]
    b.close()

    rate = b.rate()
    costs = [
        b.capex[t] - b.lines["deposit"][t] - b.lines["end_proceeds"][t] - math.fsum(b.lines[n][t] for n in COST_LINES)
        for t in range(T + 1)
    ]
    hours_pv = npv(hours_sold, rate)
    b.readouts = {
        "gpus": gpus,
        "it_mw": gpus * kw / 1000,
        "levelised_usd_per_gpu_hour": npv(costs, rate) / hours_pv if hours_pv > 0 else absent("no GPU-hours sold"),
        "idle_months": int(sum(idle)),
    }
    return b


def leasing(s, net):
    """Compute leasing with its two break-evens of NPV before tax. [9]"""
    b = leasing_operations(s, net)
    if is_absent(b):
        return b

    def by_utilisation(u):
        return leasing_operations(s, net, utilisation=u).npv_before_tax()

    today = s["leasing.rental_usd_per_gpu_hour"]["value"]
    value = path_break_even(s, "leasing.rental_usd_per_gpu_hour", 1000.0, leasing_operations)
    b.readouts["break_even_rental_factor"] = value if is_absent(value) else value / today if today > 0 else absent("no factor on 0")
    b.readouts["break_even_utilisation"] = break_even(by_utilisation, s["leasing.utilisation"], 1.0)
    return b


# ---------------------------------------------------------------------------------------------------------------------
# Break-evens (7)
# ---------------------------------------------------------------------------------------------------------------------


def with_value(path, value):
    """A Path with another start value, as its slider sets it: points move in proportion."""
    factor = value / path["value"] if path["value"] > 0 else 1.0
    return {**path, "value": value, "points": [(m, v * factor) for m, v in path["points"]]}


def path_break_even(s, ident, most, run):
    """The break-even of a business's NPV before tax by the start value of a Path, whose points stay in range."""

    def worth(value):
        changed = {**s, ident: with_value(s[ident], value)}
        return run(changed, network(changed)).npv_before_tax()

    today, points = s[ident]["value"], s[ident]["points"]
    if today > 0:
        most = min([most] + [most / v * today for _, v in points if v > 0])
    return break_even(worth, today, most)


def break_even(worth, today, most):
    """The value in [0, most] nearest to today's at which NPV before tax is 0: every change of sign on a grid, bisected to
    the last bit; a jump over 0 does not count."""
    grid = sorted({0.0, today, most, *(most * 10 ** (-i / 12) for i in range(1, 60))})
    found, worths = [], [worth(x) for x in grid]
    scale = max(abs(w) for w in worths)
    for low, high, at_low, at_high in zip(grid, grid[1:], worths, worths[1:]):
        if at_low == 0:
            found.append(low)
        if at_low * at_high < 0:
            while low < (mid := 0.5 * (low + high)) < high:
                if (worth(mid) < 0) == (at_low < 0):
                    low = mid
                else:
                    high = mid
            if abs(worth(high)) <= 1e-9 * scale:
                found.append(high)
    if worths[-1] == 0:
        found.append(most)
    return min(found, key=lambda x: abs(x - today)) if found else absent("none")


# ---------------------------------------------------------------------------------------------------------------------
# 6. Tax and debt
# ---------------------------------------------------------------------------------------------------------------------

MACRS = {
    "Macrs5": (0.2, 0.32, 0.192, 0.1152, 0.1152, 0.0576),
    "Macrs15": (
        0.05, 0.095, 0.0855, 0.077, 0.0693, 0.0623, 0.059, 0.059,
        0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.059, 0.0591, 0.0295,
    ),
}  # fmt: skip


def depreciation_share(kind, bonus, month):
    """Share of the basis deducted in live month 1, 2, …; with a bonus b year 1 = b + (1-b) f1, later (1-b) fk,
    each year over its 12 months. [10]
    """
    if kind.name == "None":
        return 0.0
    year = (month - 1) // 12
    extra = bonus / 12 if year == 0 else 0.0
    if kind.name == "StraightLine":
        return extra + ((1 - bonus) / kind["months"] if month <= kind["months"] else 0.0)
    table = MACRS[kind.name]
    return extra + ((1 - bonus) * table[year] / 12 if year < len(table) else 0.0)


def depreciation(s, b):
    """Monthly depreciation (positive) and the basis left at T."""
    L, T = b.timing.L, b.timing.T
    line, left = [0.0] * (T + 1), 0.0
    for basis, kind, bonus in (
        (math.fsum(b.hardware), s["finance.hardware_depreciation"], s["finance.bonus_depreciation"]),
        (math.fsum(b.works), s["finance.site_depreciation"], s["finance.site_bonus_depreciation"]),
    ):
        shares = [depreciation_share(kind, bonus, t - L) for t in range(L + 1, T + 1)]
        for t, share in enumerate(shares, start=L + 1):
            line[t] += basis * share
        rest = 1 - math.fsum(shares)
        left += basis * rest if rest > 1e-12 else 0.0
    return line, left


def tax_line(s, taxable):
    """Tax (positive) at the end of every 12th month and at T; a loss offsets at most nol_limit of a later year's income."""
    T = len(taxable) - 1
    line, loss, start = [0.0] * (T + 1), 0.0, 0
    for t in range(1, T + 1):
        if t % 12 == 0 or t == T:
            income = math.fsum(taxable[start : t + 1])
            start = t + 1
            if income < 0:
                loss -= income
            else:
                used = min(loss, s["finance.nol_limit"] * income)
                loss -= used
                line[t] = s["finance.tax_rate"] * (income - used)
    return line


def level_payment(balance, rate, months):
    """Annuity B i/(1 - (1+i)^-n), B/n without interest."""
    if rate == 0:
        return balance / months
    return balance * rate / -math.expm1(-months * math.log1p(rate))


def debt_schedule(kind, capex, operating_cash, L):
    """Draws, interest as it accrues, scheduled payments from live, and the balloon at T.

    Until live (t <= L) interest is capitalised. Loan: interest only for grace_months, then level payments over term_months.
    SizedToDscr: payment = max(0, operating cash)/DSCR over the term from live; balance at live = their PV at APR/12;
    draws = alpha x capex with alpha sum capex_t (1+i)^(L-t) = balance, alpha <= 1 (then every payment grows by 1/alpha). [14]
    """
    T = len(capex) - 1
    zero = [0.0] * (T + 1)
    draws, interest, payment = list(zero), list(zero), list(zero)
    if kind.name == "None" or math.fsum(capex) == 0:
        return draws, interest, payment, 0.0
    i = kind["apr"] / 12
    planned = list(zero)
    if kind.name == "Loan":
        share, first, last = kind["loan_to_cost"], L + kind["grace_months"] + 1, L + kind["grace_months"] + kind["term_months"]
    else:
        first, last = L + 1, min(L + kind["term_months"], T)
        for t in range(first, last + 1):
            planned[t] = max(0.0, operating_cash[t]) / kind["dscr"]
        target = math.fsum(planned[t] / (1 + i) ** (t - L) for t in range(first, last + 1))
        share = target / math.fsum(c * (1 + i) ** (L - t) for t, c in enumerate(capex[: L + 1]))
        if share > 1:
            planned, share = [x / share for x in planned], 1.0
    balance, level = 0.0, 0.0
    for t in range(T + 1):
        interest[t] = balance * i
        if t <= L:
            draws[t] = share * capex[t]
            balance += interest[t] + draws[t]
            continue
        if kind.name == "Loan":
            if t < first:
                payment[t] = interest[t]
            elif t <= last:
                if t == first:
                    level = level_payment(balance, i, kind["term_months"])
                payment[t] = level
        else:
            payment[t] = planned[t]
        if t == last and kind.name == "Loan":
            payment[t] = balance + interest[t]  # the last payment clears the rounding
        balance += interest[t] - payment[t]
        if t == last:
            balance = 0.0
    return draws, interest, payment, balance


def tax_and_debt(s, b):
    """Adds project and equity tax, debt lines and the equity flow; returns what the measures need for each basis."""
    L, T = b.timing.L, b.timing.T
    months, lines = range(T + 1), b.lines
    dep, left = depreciation(s, b)
    end_total = math.fsum(b.end.values())
    end_gain = end_total - b.end.get("deposit", 0.0) - b.coin_cost - left  # [12]
    lines["depreciation"] = negated(dep)
    income = [math.fsum((lines["ebitda"][t], lines["other_proceeds"][t], -dep[t])) for t in months]
    draws, interest, payment, balloon = debt_schedule(getattr(b, "debt"), b.capex, b.operating_cash, L)

    def taxes(without_end):
        with_end = list(without_end)
        with_end[T] += end_gain
        tax_with, tax_without = tax_line(s, with_end), tax_line(s, without_end)
        return with_end, tax_with, tax_with[T] - tax_without[T]

    project_income, project_tax, project_end_tax = taxes(income)
    equity_income, equity_tax, equity_end_tax = taxes([x - y for x, y in zip(income, interest)])
    before = lines["net_before_tax"]
    after = [before[t] - project_tax[t] for t in months]
    equity_after = [before[t] - equity_tax[t] for t in months]
    repaid = [payment[t] + (balloon if t == T else 0.0) for t in months]
    equity = [settle(equity_after[t] + draws[t] - repaid[t], equity_after[t], draws[t], repaid[t]) for t in months]
    lines["debt_drawn"] = draws
    lines["interest"] = [0.0 - interest[t] if t > L else 0.0 for t in months]
    lines["interest_accrued"] = negated(interest)
    lines["principal"] = [interest[t] - repaid[t] if t > L else 0.0 for t in months]
    lines["equity"] = equity
    b.tax_by_basis = {
        "project": {"taxable_income": project_income, "tax": negated(project_tax), "net_after_tax": after},
        "equity": {"taxable_income": equity_income, "tax": negated(equity_tax), "net_after_tax": equity_after},
    }

    # flows for the payback: without end proceeds and the tax on them; the balloon as far as those do not cover it
    def without_end(flow, end_after_tax, covered=0.0):
        result = list(flow)
        result[T] += covered - end_after_tax
        return result

    equity_end = end_total - equity_end_tax
    b.flows = {
        "project_before_tax": (before, without_end(before, end_total)),
        "project_after_tax": (after, without_end(after, end_total - project_end_tax)),
        "equity_after_tax": (equity, without_end(equity, equity_end, min(balloon, max(0.0, equity_end)))),
    }

    dscr = {t: b.operating_cash[t] / payment[t] for t in range(L + 1, T + 1) if payment[t] > 0}
    full = [x for t, x in dscr.items() if t >= b.timing.first_full_month()]
    no_debt = absent("no debt service")
    # section 10: reserve and start of what runs dry; costs of power that is billed on are the customer's [31]
    R = L + b.timing.ramp
    after = range(R + 1, T + 1)
    spent = [payment[t] - math.fsum([b.lines[n][t] for n in COST_LINES] + [b.lines["power_billed_on"][t]]) for t in after]
    mean_spent = math.fsum(spent) / len(spent) if spent else 0.0
    reserve = s["risk.cash_reserve_usd"] + s["risk.reserve_months"] * mean_spent
    short = [R + 1 + k for k, c in enumerate(accumulate(equity[R + 1 :])) if reserve + c < 0]
    b.debt_measures = {
        "min_dscr": min(full) if full else no_debt,
        "avg_dscr": math.fsum(dscr.values()) / len(dscr) if dscr else no_debt,
        "peak_equity_usd": max(0.0, -min(accumulate(equity))),
        "short_months": len(short),
        "short_month_list": short,
    }
    return b


# ---------------------------------------------------------------------------------------------------------------------
# 7. Measures
# ---------------------------------------------------------------------------------------------------------------------


def npv(flows, yearly_rate):
    """Sum c_t/(1+r_m)^t, c_0 undiscounted."""
    rate = monthly_rate(yearly_rate)
    return math.fsum(c / (1 + rate) ** t for t, c in enumerate(flows))


def payback(flows, rounding=1e-12):
    """(first, last) upward crossing of the cumulative flow in months, None = never; 0 for flows that are never negative.

    k-1 + (-C_{k-1})/c_k inside month k, at most k; an exact 0 counts as paid back, on plain flows to `rounding` of what
    has flowed until then; last = positive from then on.
    """
    total, flowed = list(accumulate(flows)), list(accumulate(abs(c) for c in flows))
    below = [c < -rounding * size for c, size in zip(total, flowed)]
    if not any(below):
        return 0.0, 0.0
    ups = [k for k in range(1, len(total)) if below[k - 1] and not below[k]]
    when = [min(k, k - 1 - total[k - 1] / flows[k]) for k in ups]
    if not when:
        return None, None
    return when[0], (None if below[-1] else when[-1])


def sign_changes(values):
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in zip(signs, signs[1:]))


def _shift_by_one(coefficients):
    """p(x) -> p(x + 1), integers, lowest power first: repeated running sums."""
    rest, result = coefficients[::-1], []
    while rest:
        rest = list(accumulate(rest))
        result.append(rest.pop())
    return result


def _variations_0_1(coefficients):
    """Descartes bound for the open interval (0, 1): sign changes of (1+x)^n p(1/(1+x))."""
    return sign_changes(_shift_by_one(coefficients[::-1]))


def _isolate_0_1(coefficients):
    """Intervals (c, k, False) = (c/2^k, (c+1)/2^k), each with exactly one root of p in (0, 1); exact roots c/2^k as (c, k, True).

    Vincent-Collins-Akritas bisection in exact integers. A bound that stays above 1 in an interval of width 2^-80 is a
    multiple root (or roots no double can tell apart) if the polynomial all but vanishes there.
    """
    n = len(coefficients) - 1
    work, found = [(coefficients, 0, 0)], []
    while work:
        p, c, k = work.pop()
        bound = _variations_0_1(p)
        if bound == 0:
            continue
        if bound == 1:
            found.append((c, k, False))
            continue
        if k >= 80:
            middle = Decimal(2 * c + 1) / 2 ** (k + 1)
            size = sum(abs(Decimal(a)) * middle**j for j, a in enumerate(coefficients))
            if abs(_horner(coefficients, middle)) < size * Decimal("1e-30"):
                found.append((2 * c + 1, k + 1, True))
            continue
        left = [a << (n - j) for j, a in enumerate(p)]
        right = _shift_by_one(left)
        if right[0] == 0:
            found.append((2 * c + 1, k + 1, True))
            while right[0] == 0:
                right = right[1:]
            # the same root seen from the left: take it out of the left half too, p(x) / (1 - x)
            while sum(left) == 0:
                left = list(accumulate(left))[:-1]
            left = left + [0] * (n + 1 - len(left))
            right = right + [0] * (n + 1 - len(right))
        work.append((left, 2 * c, k + 1))
        work.append((right, 2 * c + 1, k + 1))
    return found


def _horner(coefficients, x):
    value = Decimal(0)
    for a in reversed(coefficients):
        value = value * x + a
    return value


def _refine(coefficients, c, k):
    """The root inside (c/2^k, (c+1)/2^k) by bisection and secant (Illinois), to 30 digits."""
    low, high = Decimal(c) / 2**k, Decimal(c + 1) / 2**k
    f_high = _horner(coefficients, high)
    if low == 0:
        low = high
        f_low = f_high
        while f_low * f_high > 0 or f_low == f_high:
            low, high, f_high = low / 1024, low, f_low
            f_low = _horner(coefficients, low)
            if f_low == 0:
                return low
    else:
        f_low = _horner(coefficients, low)
    if f_low == 0 or f_high == 0:  # an exact root at the edge belongs to the neighbour: step off it
        step = (high - low) / Decimal(10) ** 12
        low, high = low + step, high - step
        f_low, f_high = _horner(coefficients, low), _horner(coefficients, high)
    side, turn = 0, 0
    while high - low > high * Decimal("1e-32"):
        turn += 1
        x = (low + high) / 2 if turn % 3 == 0 else (low * f_high - high * f_low) / (f_high - f_low)
        if not low < x < high:
            x = (low + high) / 2
        f = _horner(coefficients, x)
        if f == 0:
            return x
        if (f < 0) == (f_low < 0):
            low, f_low = x, f
            if side == -1:
                f_high /= 2
            side = -1
        else:
            high, f_high = x, f
            if side == 1:
                f_low /= 2
            side = 1
    return (low + high) / 2


def irr_roots_per_period(flows):
    """All real roots i > -100 % of sum c_t/(1+i)^t = 0, certified (exact integers), as Decimals of 1 + i, ascending."""
    ratios = [float(c).as_integer_ratio() for c in flows]
    scale = max(d for _, d in ratios)
    p = [n * (scale // d) for n, d in ratios]
    while p and p[-1] == 0:
        p.pop()
    while p and p[0] == 0:
        p.pop(0)
    if sign_changes(p) == 0:
        return []
    common = math.gcd(*p)
    p = [a // common for a in p]
    roots = []
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 60, 10**9, -(10**9)
        if sum(p) == 0:  # i = 0
            roots.append(Decimal(1))
            while p and sum(p) == 0:
                p = list(accumulate(p))[:-1]
        if len(p) > 1:
            for coefficients, invert in ((p, True), (p[::-1], False)):  # x = 1/(1+i) in (0,1): i > 0; y = 1+i in (0,1): i < 0
                for c, k, exact in _isolate_0_1(coefficients):
                    x = Decimal(c) / 2**k if exact else _refine(coefficients, c, k)
                    roots.append(1 / x if invert else x)
        return sorted(roots)


def irr(flows):
    """(irr or absent, list of annual roots above -99 %, meaningful)."""
    annual, beyond, positive = [], 0, 0
    for y in irr_roots_per_period(flows):
        with localcontext() as context:
            context.prec, context.Emax, context.Emin = 60, 10**9, -(10**9)
            rate = y**12 - 1
            fits = rate < Decimal("1.7976931348623157e308")
            listed = rate > Decimal("-0.99")
            positive += rate > 0
        if not fits:
            beyond += 1
        elif listed:
            annual.append(float(rate))
    nonzero = [c for c in flows if c != 0]
    profit = math.fsum(flows)
    if abs(profit) <= 1e-12 * math.fsum(abs(c) for c in flows):
        profit = 0.0
    once = sign_changes(flows) == 1
    if nonzero and nonzero[0] < 0 and once and profit == 0:
        return 0.0, [0.0], True
    if not annual:
        return absent("beyond what a number holds" if beyond else "no rate above -99 % a year makes NPV zero"), [], False
    if nonzero[0] > 0:
        return absent("the first flow is not negative"), annual, False
    if profit > 0:
        if positive > 1:
            return absent("several positive roots"), annual, False
        return (absent("beyond what a number holds"), annual, False) if beyond else (annual[-1], annual, True)
    if once:
        return annual[0], annual, True
    return absent("the money does not come back, and flows change sign more than once"), annual, False


def mirr(flows, finance_rate, reinvest_rate):
    """(FV(positives, reinvest)/-PV(negatives, finance))^(1/T) - 1 a month, annualised."""
    T = len(flows) - 1
    f, g = monthly_rate(finance_rate), monthly_rate(reinvest_rate)
    fv = math.fsum(c * (1 + g) ** (T - t) for t, c in enumerate(flows) if c > 0)
    pv = -math.fsum(c / (1 + f) ** t for t, c in enumerate(flows) if c < 0)
    if T < 1 or fv <= 0 or pv <= 0:
        return absent("needs flows of both signs")
    return (fv / pv) ** (12 / T) - 1


def measures(s, b, basis):
    """Every measure of OUTPUTS on one basis, read-outs included."""
    T, L = b.timing.T, b.timing.L
    flows, plain = b.flows[basis]
    rate = monthly_rate(b.rate())
    cumulative = list(accumulate(flows))
    peak = max(0.0, -min(cumulative))
    value = npv(flows, b.rate())
    profit = math.fsum(flows)
    # What is not invested earns no rate and has no multiple, whatever operation loses in some months.
    none = None if b.capex_usd > 0 else absent("no capex")
    the_irr, roots, meaningful = (none, [], False) if none else irr(flows)

    def discounted(xs):
        return [x / (1 + rate) ** t for t, x in enumerate(xs)]

    def paybacks(without_end, with_end, rounding=1e-12):
        """None becomes "only by resale" when the whole flow is paid back in the end, else "never"."""
        if b.capex_usd == 0:
            return absent("no capex"), absent("no capex")
        reason = "only by resale" if payback(with_end, rounding)[1] is not None else "never"
        return tuple(absent(reason) if x is None else x for x in payback(without_end, rounding))

    first, last = paybacks(plain, flows)
    first_d, last_d = paybacks(discounted(plain), discounted(flows), 0.0)
    per = b.debt_measures["peak_equity_usd"] if basis == "equity_after_tax" else b.capex_usd
    operating = math.fsum(b.operating_cash)
    end_total = math.fsum(b.end.values())
    returned = operating + end_total - b.end.get("deposit", 0.0)
    if b.capex_usd == 0:
        total_return = today = absent("no capex")
    else:
        total_return = (returned / b.capex_usd) ** (12 / T) - 1 if returned >= 0 else absent("more is lost than was put in")
        today = b.capex_usd / b.today_cash if b.today_cash > 0 else absent("never")
    site_mwh = s["site.capacity_mw"] * HOURS_A_MONTH * (T - L)
    counted = range(L + 1, T + b.months_after_end + 1)
    discounted_site_mwh = s["site.capacity_mw"] * HOURS_A_MONTH * math.fsum(1 / (1 + rate) ** t for t in counted)
    result = {
        "npv_usd": value,
        "npv_per_capex": none or (value / per if per > 0 else absent("no capital")),
        "irr": the_irr,
        "irr_roots": roots,
        "irr_meaningful": meaningful,
        "mirr": none or mirr(flows, s["finance.finance_rate"], s["finance.reinvest_rate"]),
        "profit_usd": profit,
        "multiple": none or (1 + profit / peak if peak > 0 else absent("no funding needed")),
        "peak_funding_usd": peak,
        "peak_funding_month": cumulative.index(min(cumulative)) if peak > 0 else absent("no funding needed"),
        "capex_usd": b.capex_usd,
        "payback_months": first,
        "payback_last_months": last,
        "discounted_payback_months": first_d,
        "discounted_payback_last_months": last_d,
        "payback_today_months": today,
        "annualised_total_return": total_return,
        "profit_usd_per_mwh": absent("colocated") if b.colocated else math.fsum(b.lines["net_before_tax"]) / site_mwh,
        "end_proceeds_usd": end_total,
        "end_proceeds_npv_usd": (flows[T] - plain[T]) / (1 + rate) ** T,
        "discount_rate": b.rate(),
        "npv_usd_per_mwh": absent("colocated") if b.colocated else value / discounted_site_mwh,
    }
    return {**result, **b.debt_measures, **b.readouts}


def buy_and_hold(s, net, miner):
    """Mining's capex dollars put into BTC at their dates, sold at P(T). [23]"""
    if is_absent(miner):
        return absent("mining is absent")
    if miner.capex_usd == 0:
        return absent("no capex")
    T, P = miner.timing.T, net["btc_price_usd"]
    held = list(accumulate(miner.capex[t] / P[t] for t in range(T + 1)))
    invested = list(accumulate(miner.capex))
    flows = negated(miner.capex)
    flows[T] += held[T] * P[T]
    the_irr, roots, meaningful = irr(flows)
    return {
        "measures": {
            "capex_usd": miner.capex_usd,
            "btc": held[T],
            "value_usd": held[T] * P[T],
            "npv_usd": npv(flows, miner.rate()),
            "profit_usd": math.fsum(flows),
            "multiple": 1 + math.fsum(flows) / miner.capex_usd,
            "irr": the_irr,
            "irr_roots": roots,
            "irr_meaningful": meaningful,
        },
        "series": {
            "btc": held,
            "value_usd": [held[t] * P[t] for t in range(T + 1)],
            "cumulative": [held[t] * P[t] - invested[t] for t in range(T + 1)],
        },
    }


# ---------------------------------------------------------------------------------------------------------------------
# The whole
# ---------------------------------------------------------------------------------------------------------------------

LEDGER_ORDER = (
    "revenue", *REVENUE_LINES, *COST_LINES, "other_proceeds", "ebitda", "capex_works", "capex_hardware", "deposit",
    "end_proceeds", "net_before_tax", "depreciation", "taxable_income", "tax", "net_after_tax", "debt_drawn", "interest",
    "interest_accrued", "principal", "equity",
)  # fmt: skip


def compute(overrides=None):
    """Scenario, network and the three businesses (each a `Business` with flows for all bases, or absent)."""
    s = scenario(overrides)
    net = network(s)
    businesses = {}
    for name, run in (("mining", mining), ("hosting", hosting), ("leasing", leasing)):
        b = run(s, net)
        if not is_absent(b):
            b.debt = s[f"{name}.debt"]
            b = tax_and_debt(s, b)
        businesses[name] = b
    return s, net, businesses


def business_output(s, b, basis):
    if is_absent(b):
        return b
    rate = monthly_rate(b.rate())
    flows, plain = b.flows[basis]
    lines = {**b.lines, **b.tax_by_basis["equity" if basis == "equity_after_tax" else "project"]}
    return {
        "measures": measures(s, b, basis),
        "ledger": {name: lines[name] for name in LEDGER_ORDER},
        "series": {
            "cumulative": list(accumulate(flows)),
            "cumulative_without_end_proceeds": list(accumulate(plain)),
            "discounted_cumulative": list(accumulate(c / (1 + rate) ** t for t, c in enumerate(flows))),
            **b.series,
        },
    }


def evaluate(overrides=None, basis="project_before_tax"):
    """The JSON of OUTPUTS: network series, measures, ledger and series of each business, buy-and-hold."""
    if basis not in BASES:
        raise Refused(f"basis {basis!r} is none of {BASES}")
    s, net, businesses = compute(overrides)
    return {
        "schema": 1,
        "version": "reference",
        "scenario": {i: repr(v) if isinstance(v, Variant) else v for i, v in s.items()},
        "basis": basis,
        "network": net,
        **{name: business_output(s, b, basis) for name, b in businesses.items()},
        "buy_and_hold": buy_and_hold(s, net, businesses["mining"]),
    }


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", action="append", default=[], metavar="ID=VALUE", help="override an input, may be repeated")
    parser.add_argument("--basis", choices=BASES, default=BASES[0])
    parser.add_argument("--json", metavar="FILE", help="write everything to FILE ('-' for the terminal)")
    parser.add_argument("--choices", action="store_true", help="print the choices made where the document is silent")
    options = parser.parse_args(arguments)
    if options.choices:
        print(CHOICES.strip("\n"))
        return 0
    try:
        result = evaluate(dict(pair.split("=", 1) for pair in options.set), options.basis)
    except Refused as error:
        print(f"refused: {error}", file=sys.stderr)
        return 2
    if options.json:
        text = json.dumps(result, allow_nan=False)
        if options.json == "-":
            print(text)
        else:
            with open(options.json, "w", encoding="utf-8") as file:
                file.write(text)
        return 0
    for name in ("mining", "hosting", "leasing"):
        print(name)
        b = result[name]
        for key, value in b.items() if is_absent(b) else b["measures"].items():
            print(f"  {key:34} {value['absent'] if is_absent(value) else value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
