"""Single simulated paths by the text of the model (sections 4, 5, 10): customers who fail, works that are late.

Written from the document alone, beside `reference_model.py`, whose prices, markets and months it takes. A path is given by
the rental of every month and by what it draws once: -ln U of each term's customer, overrun, delay.

    python path_model.py ../vectors/path_vectors.json       random scenarios with their flows before tax, month by month
"""

import json
import math
import random
import sys

import reference_model as model


class Draws:
    def __init__(self, patience, overrun, delay):
        self.patience, self.overrun, self.delay = patience, overrun, delay

    def of_term(self, number):
        return self.patience[number] if number < len(self.patience) else math.inf


def factor(above, below, gamma):
    """min(5, max(1, (above/below)^gamma)); a ratio to 0 counts as 5."""
    ratio = 5.0 if below == 0 else above / below
    return min(5.0, max(1.0, ratio**gamma))


def spread(queue, build, total_at):
    """Works evenly over months queue … queue + build - 1, all in month queue if build <= 1; month -> USD."""
    months = max(build, 1)
    return {t: total_at(t) / months for t in range(queue, queue + months)}


def capital(s, business, draws, works_at, hardware):
    """(L planned, L of the path, flows of capital over 0 … T, own works as spent)."""
    queue, build, T = s[f"{business}.queue_months"], s[f"{business}.build_months"], s["horizon_months"]
    planned, flows = queue + build, [0.0] * (T + 1)
    works = {t: usd * (1 + draws.overrun) for t, usd in spread(queue, build + draws.delay, works_at).items()}
    for t, usd in works.items():
        if t <= T:
            flows[t] -= usd
    flows[max(planned - 1, queue)] -= hardware
    return planned, planned + draws.delay, flows, math.fsum(works.values())


def ramp(s, business, L, t):
    months = s[f"{business}.ramp_months"]
    return 0.0 if t <= L else 1.0 if months == 0 else min(1.0, (t - L) / months)


def works_left(s, business, works, L, at):
    left = 1 - (at - L) / (12 * s[f"{business}.site_life_years"])
    return s[f"{business}.works_resale_share"] * works * max(0.0, left)


def hosting(s, net, planned_rental, draws):
    """Flows before tax of hosting, and the last month within T in which a tenant left (0: none)."""
    T, rental = s["horizon_months"], net["rental_usd_per_gpu_hour"]
    it_kw = s["site.capacity_mw"] * s["site.convertible_share"] * 1000 / s["hosting.pue"]
    customer = s["hosting.customer_capex_share"]
    fit_out_at = lambda t: model.path_at(s["hosting.fit_out_usd_per_it_mw"], t) * it_kw / 1000
    _, L, flows, works = capital(s, "hosting", draws, lambda t: fit_out_at(t) * (1 - customer), 0.0)
    queue = s["hosting.queue_months"]
    flows[queue] += s["site.legacy_resale_usd"]
    if L >= T:
        return flows, 0
    funded = customer * math.fsum(spread(queue, L - queue, fit_out_at).values())
    signed = model.path_at(s["hosting.fee_usd_per_kw_month"], queue)
    length, vacancy, prepaid = s["hosting.term_months"], s["hosting.vacancy_months"], s["hosting.prepaid_months"]
    landlord = s["hosting.power"].name == "Landlord"

    def fee(t):
        k = t - L - 1
        number, into = divmod(k, length + vacancy)
        if into >= length:
            return 0.0
        escalated = signed * model.steps(s["hosting.fee_escalator"], k) * s["hosting.renewal_factor"] ** number
        return it_kw * s["hosting.occupancy"] * escalated * ramp(s, "hosting", L, t)

    flows[L] += math.fsum(fee(L + 1 + k) for k in range(prepaid))
    state = {"left": funded, "worn": 0.0, "gone": None, "last": 0}

    def month(t, market):
        """What month t brings, with the rental and power of month `market`."""
        k = t - L - 1
        number, into = divmod(k, length + vacancy)
        runs, is_prepaid = into < length, k < prepaid
        if into == 0:
            state["worn"], state["gone"] = 0.0, None
        if number > 0 or not runs:
            state["left"] = 0.0
        due = 0.0 if is_prepaid else fee(t)
        if runs and not is_prepaid and s["hosting.occupancy"] > 0 and state["gone"] is None:
            hazard = s["hosting.default_hazard_per_year"]
            hazard *= factor(planned_rental[market], rental[market], s["hosting.wrong_way"])
            state["worn"] += hazard / 12
            if state["worn"] > draws.of_term(number):
                state["gone"], state["left"] = t, 0.0
                state["last"] = t if t <= T else state["last"]
        cash, empty = 0.0, False
        if runs and state["gone"] is not None:
            empty = t < state["gone"] + s["hosting.relet_months"]
            due = 0.0 if empty else fee(t) * (1 - s["hosting.relet_discount"])
            if t == state["gone"]:
                cash += fee(t) * min(s["hosting.termination_months"], length - into)
        credit = min(state["left"], s["hosting.credit_limit"] * due)
        state["left"] -= credit
        if landlord and runs and not empty:
            kwh = it_kw * s["hosting.pue"] * s["hosting.load_factor"] * s["hosting.occupancy"]
            kwh *= ramp(s, "hosting", L, t) * model.HOURS_A_MONTH
            cash -= kwh * net["power_usd_per_kwh"][market]
        opex = it_kw * s["hosting.opex_usd_per_kw_month"] * model.steps(s["finance.inflation"], t - 1)
        return cash + due - credit - opex

    for t in range(L + 1, T + 1):
        flows[t] += month(t, t)
    v = 1 / (1 + model.monthly_rate(model.discount_rate(s, "hosting")))
    end, gone_at_T = L + length, state["gone"] is not None and T - L - 1 < length + vacancy
    counted = end if s["hosting.end_value"].name == "RunningTerm" and L < T < end else T
    for t in range(T + 1, counted + 1):
        flows[T] += month(t, T) * v ** (t - T)
    # Prepaid months of the rest of the term bring nothing; those beyond what is counted are owed to a tenant who is there.
    if not gone_at_T:
        flows[T] -= math.fsum(fee(t) * v ** (t - T) for t in range(counted + 1, L + prepaid + 1))
    flows[T] += works_left(s, "hosting", works, L, counted) * v ** (counted - T)
    return flows, state["last"]


def leasing(s, net, draws):
    """Flows before tax of leasing, and the last month within T in which a GPU customer left (0: none)."""
    T, place = s["horizon_months"], s["leasing.placement"]
    away = place.name == "Colocated"
    pue, share = (place["pue"], 1.0) if away else (s["leasing.pue"], s["site.convertible_share"])
    kw = s["leasing.kw_per_gpu"]
    gpus = model.count(s["site.capacity_mw"] * share * 1000 / pue / kw)
    gpus = gpus if s["leasing.fleet"].name == "FillSite" else int(s["leasing.fleet"]["0"])
    fee = gpus * kw * place["fee_usd_per_kw_month"] if away else 0.0
    deposit = fee * place["deposit_months"] if away else 0.0
    paid_in = max(s["leasing.queue_months"] + s["leasing.build_months"] - 1, s["leasing.queue_months"])
    price = model.path_at(s["leasing.gpu_price_usd"], paid_in)
    works_at = lambda t: 0.0 if away else model.path_at(s["leasing.fit_out_usd_per_it_mw"], t) * gpus * kw / 1000
    planned, L, flows, works = capital(s, "leasing", draws, works_at, gpus * price + deposit)
    flows[s["leasing.queue_months"]] += 0.0 if away else s["site.legacy_resale_usd"]
    if L >= T:
        return flows, 0
    local = lambda t: model.local_factor(s, t)
    G = lambda t: net["rental_usd_per_gpu_hour"][t] * local(t)
    keep = 1 - s["leasing.revenue_share"]
    sold = lambda t: gpus * s["leasing.availability"] * model.HOURS_A_MONTH * ramp(s, "leasing", L, t)

    # The terms: (number, first month, last month, share, rate), one after the other.
    terms, first, held = [], L + 1, s["leasing.contract_share"]
    months, rate = s["leasing.contract_months"], s["leasing.contract_usd_per_gpu_hour"]
    while months > 0 and first <= T:
        terms.append((len(terms), first, first + months - 1, held, rate))
        first, held, months = first + months, held * s["leasing.recontract_share"], s["leasing.recontract_months"]
        months = 0 if s["leasing.recontract_share"] == 0 else months
        rate = (1 - s["leasing.recontract_discount"]) * G(first) if first <= T else 0.0
    of_month = {t: term for term in terms for t in range(term[1], min(term[2], T) + 1)}

    first_term = [t for t, term in of_month.items() if term[0] == 0]
    prepaid = s["leasing.prepaid_share"] * math.fsum(sold(t) * of_month[t][3] * of_month[t][4] * keep for t in first_term)
    flows[L] += prepaid
    worn, gone, last = 0.0, None, 0
    for t in range(L + 1, T + 1):
        number, begin, end, c, R = of_month.get(t, (None, None, None, 0.0, 0.0))
        if t == begin:
            worn, gone = 0.0, None
        termination = 0.0
        fully_prepaid = number == 0 and s["leasing.prepaid_share"] == 1
        if c > 0 and gone is None and not fully_prepaid:
            worn += s["leasing.default_hazard_per_year"] * factor(R, G(t), s["leasing.wrong_way"]) / 12
            if worn > draws.of_term(number):
                gone = last = t
                termination = sold(t) * c * R * keep * min(s["leasing.termination_months"], end - t + 1)
        credit = prepaid / len(first_term) if number == 0 and gone is None and first_term else 0.0
        c = 0.0 if gone is not None else c
        used = min(1.0, s["leasing.utilisation"] * local(t) ** -s["leasing.utilisation_price_elasticity"])
        m = model.leasing_month(
            s, gpus, price, pue, not away or place["power"].name == "PassThrough", G(t), net["power_usd_per_kwh"][t], (c, R),
            used, ramp(s, "leasing", L, t), model.steps(s["finance.inflation"], t - 1), t - 0.5 - planned, t - planned - 1,
        )  # fmt: skip
        running = m["contract"] + m["market"] - m["power"] - m["opex"] - m["maintenance"] - m["replacement"]
        standing = -s["leasing.idle_opex_share"] * (m["opex"] + m["maintenance"])
        if s["leasing.idle_when_unprofitable"] and t > L + s["leasing.ramp_months"]:
            running = max(running, standing)
        colocation = fee * model.steps(s["finance.inflation"], t - 1)
        flows[t] += running - colocation - credit + termination
    hardware = gpus * price * s["leasing.resale_share"] ** ((T - planned) / s["leasing.life_months"])
    flows[T] += hardware + works_left(s, "leasing", works, L, T) + deposit
    return flows, last


def mining(s, net, draws):
    """Flows before tax of mining with the sale of all coins."""
    T, P = s["horizon_months"], net["btc_price_usd"]
    machines = model.count(s["site.capacity_mw"] * 1e6 / (s["mining.pue"] * s["mining.machine.watts"]))
    paid_in = max(s["mining.queue_months"] + s["mining.build_months"] - 1, s["mining.queue_months"])
    hardware = machines * model.path_at(s["mining.machine.price_usd"], paid_in)
    works_at = lambda _: s["mining.site_capex_usd_per_mw"] * s["site.capacity_mw"]
    planned, L, flows, works = capital(s, "mining", draws, works_at, hardware)
    if L >= T:
        return flows, 0
    for t in range(L + 1, T + 1):
        m = model.mining_month(
            s, machines, net["subsidy_btc"][t] + net["fees_btc"][t], P[t], net["network_hashrate_eh_s"][t],
            net["power_usd_per_kwh"][t], ramp(s, "mining", L, t), (t - 0.5 - L) / 12, model.steps(s["finance.inflation"], t - 1),
        )  # fmt: skip
        running = m["btc"] * P[t] + m["demand_response"] - m["power"] - m["opex"]
        if s["mining.idle_when_unprofitable"] and t > L + s["mining.ramp_months"]:
            running = max(running, -s["mining.idle_opex_share"] * m["opex"])
        flows[t] += running
    price = net["hashprice_usd_ph_day"]
    crash = min(1.0, price[T] / price[1]) ** s["mining.resale_hashprice_elasticity"] if price[1] > 0 else 1.0
    flows[T] += hardware * s["mining.resale_share"] ** ((T - planned) / s["mining.life_months"]) * crash
    flows[T] += works_left(s, "mining", works, L, T)
    return flows, 0


# ---------------------------------------------------------------------------------------------------------------------
# Random paths
# ---------------------------------------------------------------------------------------------------------------------


def random_path(seed):
    """Overrides and draws of a path of one of the three."""
    rng = random.Random(seed)
    business = ("hosting", "leasing", "mining", "hosting", "leasing")[seed % 5]
    whole = lambda a, b: rng.randint(a, b)
    u = lambda a, b: round(rng.uniform(a, b), 3)
    o = {
        "horizon_months": whole(14, 110), "site.capacity_mw": u(2, 40), "finance.inflation": u(0, 0.06),
        "finance.discount_rate": u(0.02, 0.2), f"{business}.queue_months": whole(0, 4), f"{business}.build_months": whole(0, 8),
        f"{business}.ramp_months": whole(0, 5), f"{business}.site_life_years": u(3, 25), "site.legacy_resale_usd": u(0, 1e5),
        "leasing.rental_usd_per_gpu_hour": u(0.8, 5), "leasing.rental_usd_per_gpu_hour.growth_per_year": u(-0.5, 0.2),
        "power.price_usd_per_kwh": u(0.02, 0.12),
    }  # fmt: skip
    if business == "hosting":
        o |= {
            "hosting.term_months": whole(12, 70), "hosting.vacancy_months": whole(0, 7), "hosting.renewal_factor": u(0.6, 1.2),
            "hosting.prepaid_months": rng.choice([0, 0, 1, 5, 20, 36]), "hosting.power": rng.choice(["PassThrough", "Landlord"]),
            "hosting.customer_capex_share": rng.choice([0, u(0, 1)]), "hosting.credit_limit": u(0, 1),
            "hosting.end_value": rng.choice(["RunningTerm", "RunningTerm", "Works"]), "hosting.fee_escalator": u(-0.05, 0.1),
            "hosting.default_hazard_per_year": u(0.05, 1.5), "hosting.wrong_way": rng.choice([0, 1, u(0, 3)]),
            "hosting.termination_months": whole(0, 40), "hosting.relet_months": whole(0, 20), "hosting.relet_discount": u(0, 1),
            "hosting.fee_usd_per_kw_month.growth_per_year": u(-0.2, 0.2),
            "hosting.fit_out_usd_per_it_mw.growth_per_year": u(-0.2, 0.2), "hosting.occupancy": rng.choice([1, u(0, 1), 0]),
        }  # fmt: skip
    elif business == "leasing":
        away = "Colocated(fee_usd_per_kw_month:170,pue:1.3,deposit_months:2,power:%s)"
        o |= {
            "leasing.placement": rng.choice(["OwnSite", away % "PassThrough", away % "Included"]),
            "leasing.contract_share": rng.choice([0, 1, u(0, 1)]), "leasing.contract_usd_per_gpu_hour": u(0, 5),
            "leasing.contract_months": rng.choice([0, whole(1, 40), whole(1, 40)]), "leasing.recontract_share": u(0, 1),
            "leasing.recontract_months": whole(0, 20), "leasing.recontract_discount": u(0, 0.5),
            "leasing.prepaid_share": rng.choice([0, 0, u(0, 1), 1]), "leasing.warranty_months": whole(0, 40),
            "leasing.local_premium": rng.choice([0, u(-0.5, 2)]), "leasing.utilisation_price_elasticity": rng.choice([0, u(0, 2)]),
            "leasing.default_hazard_per_year": u(0.05, 1.5), "leasing.wrong_way": rng.choice([0, 1, u(0, 3)]),
            "leasing.termination_months": whole(0, 36), "leasing.revenue_share": rng.choice([0, u(0, 0.4)]),
            "leasing.gpu_price_usd.growth_per_year": u(-0.4, 0.2), "leasing.fit_out_usd_per_it_mw.growth_per_year": u(-0.2, 0.2),
        }  # fmt: skip
    else:
        o |= {
            "mining.resale_hashprice_elasticity": rng.choice([0, u(0, 1)]), "bitcoin.price_usd": u(40e3, 200e3),
            "power.curtailment": rng.choice([True, False]), "mining.machine.price_usd.growth_per_year": u(-0.5, 0.5),
            "power.contract": rng.choice(["Fixed", "Wholesale(hourly_sigma:0.5)"]),
        }  # fmt: skip
    horizon = o["horizon_months"]
    level, multipliers = 0.0, [1.0]
    for _ in range(horizon):
        level = 0.85 * level + rng.gauss(0, 0.35)
        multipliers.append(round(math.exp(level), 4) if rng.random() > 0.02 else 0.0)
    patience = [round(rng.expovariate(1) * rng.choice([0.2, 1]), 4) for _ in range(8)]
    overrun = rng.choice([0.0, round(math.exp(rng.gauss(0, 0.2)) - 1, 4)])
    delay = rng.choice([0, 0, whole(1, 12), whole(1, 60)])
    return business, o, multipliers, Draws(patience, overrun, delay)


def case(seed):
    business, overrides, multipliers, draws = random_path(seed)
    s = model.scenario(overrides)
    if s[f"{business}.queue_months"] + s[f"{business}.build_months"] >= s["horizon_months"]:
        return None
    planned = model.network(s)
    rental = [a * b for a, b in zip(planned["rental_usd_per_gpu_hour"], multipliers)]
    net = dict(planned, rental_usd_per_gpu_hour=rental)
    if business == "hosting":
        flows, left_in = hosting(s, net, planned["rental_usd_per_gpu_hour"], draws)
    elif business == "leasing":
        flows, left_in = leasing(s, net, draws)
    else:
        flows, left_in = mining(s, net, draws)
    return {
        "business": business, "overrides": overrides, "rental_multipliers": multipliers, "patience": draws.patience,
        "overrun": draws.overrun, "delay_months": draws.delay, "left_in": left_in, "flows": flows,
    }  # fmt: skip


def main(target):
    cases = [c for c in map(case, range(240)) if c]
    with open(target, "w") as file:
        json.dump({"about": "made by path_model.py", "cases": cases}, file, separators=(",", ":"))
        file.write("\n")
    print(len(cases), "paths,", sum(c["left_in"] > 0 for c in cases), "with a default,", sum(c["delay_months"] > 0 for c in cases), "late")


if __name__ == "__main__":
    main(sys.argv[1])
