"""The NPV of mining, hosting and leasing before tax by the formulas of docs/MODEL.md, vectorised over scenarios with numpy.

A second implementation to compare `wattfolio sweep` with, in figures and in time. Prices, shares and sizes may be arrays, growth
rates and months may not. Arrays are broadcast, so that a grid with one axis a dimension computes nothing twice. It has what the
worked example `today` uses and refuses a scenario that needs more.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

HOURS = 730.5
BLOCKS = 4383
HALVING = 210_000

# What an input must be, because nothing else is written here.
NEEDED = {
    "power.contract": "Fixed",
    "power.curtailment": False,
    "bitcoin.price_usd.floor": 0.0,
    "bitcoin.response_elasticity": 0.0,
    "coupling.power_elasticity": 0.0,
    "coupling.rental_elasticity": 0.0,
    "mining.fleet_counted_in_network": False,
    "mining.treasury": "SellAll",
    "hosting.power": "PassThrough",
    "hosting.end_value": "RunningTerm",
    "hosting.customer_capex_share": 0.0,
    "hosting.prepaid_months": 0.0,
    "leasing.fleet": "FillSite",
    "leasing.placement": "OwnSite",
    "leasing.prepaid_share": 0.0,
    "leasing.local_premium": 0.0,
    "site.legacy_resale_usd": 0.0,
}


def mid_months(horizon):
    """Years since the start at the middle of each month, 0 at the start."""
    return np.maximum(np.arange(horizon + 1) - 0.5, 0) / 12


def steps(rate, months):
    """Yearly steps of inflation and escalators."""
    return (1 + rate) ** (months // 12)


def left(share, age, life):
    """What is left of a price at an age."""
    return share ** (age / life)


class Path:
    """A path: a level that grows to a floor."""

    def __init__(self, inputs, name):
        self.value, self.floor = inputs[name], inputs[f"{name}.floor"]
        self.growth = ((1 + inputs[f"{name}.growth_per_year"]) ** mid_months(inputs.whole("horizon_months"))).tolist()

    def __getitem__(self, t):
        level = self.value * self.growth[t]
        return np.maximum(level, self.floor) if self.floor > 0 else level


class Inputs(dict):
    """The inputs of a scenario by id, some of them as arrays."""

    @classmethod
    def read(cls, rows):
        """Inputs from the rows of `wattfolio inputs --format json`."""
        inputs = cls((row["id"], row["value"]) for row in rows)
        for name, value in NEEDED.items():
            if inputs[name] != value:
                raise SystemExit(f"{name} is {inputs[name]}; this ledger knows only {value}")
        if not inputs["bitcoin.network"].startswith("Responsive"):
            raise SystemExit("this ledger knows only a network that answers")
        later = [name for name, value in inputs.items() if name.endswith(".points") and value]
        if later:
            raise SystemExit(f"{later[0]}: this ledger knows no later levels")
        lease = sum(inputs[f"hosting.{part}_months"] for part in ("queue", "build", "term"))
        if inputs["horizon_months"] > lease:
            raise SystemExit("the lease ends within the plan: this ledger knows no renewals")
        return inputs

    def path(self, name):
        return Path(self, name)

    def whole(self, name):
        return int(self[name])


class Site:
    """Timing, capital and discounting of a business."""

    def __init__(self, inputs, name):
        self.horizon = inputs.whole("horizon_months")
        self.queue, build = inputs.whole(f"{name}.queue_months"), inputs.whole(f"{name}.build_months")
        self.ramp = inputs.whole(f"{name}.ramp_months")
        self.live = self.queue + build
        self.works_months = range(self.queue, self.queue + max(build, 1))
        self.hardware_month = max(self.live - 1, self.queue)
        own = inputs[f"{name}.discount_rate"]
        # An input that is not set is an object with the reason.
        self.rate = inputs["finance.discount_rate"] if isinstance(own, dict) else own
        self.months = np.arange(self.horizon + 1)
        # Lists, because numbers of numpy are slow one by one.
        self.discount = ((1 + self.rate) ** (-self.months / 12)).tolist()
        self.inflation = steps(inputs["finance.inflation"], np.maximum(self.months - 1, 0)).tolist()
        self.share = np.clip((self.months - self.live) / max(self.ramp, 1), 0.0, 1.0).tolist()
        life = inputs[f"{name}.site_life_years"] * 12
        self.works_left = lambda t: inputs[f"{name}.works_resale_share"] * max(0.0, 1 - (t - self.live) / life)

    def capital(self, works, hardware):
        """Present value of works that cost `works(t)` at the level of a month and of hardware, and the works' cost."""
        parts = [works(t) / len(self.works_months) for t in self.works_months]
        spent = sum(part * self.discount[t] for part, t in zip(parts, self.works_months))
        return -spent - hardware * self.discount[self.hardware_month], sum(parts)


def rewards(inputs):
    """Subsidy and fees of a block by month, BTC."""
    height, satoshi = inputs.whole("bitcoin.block_height"), round(inputs["bitcoin.block_subsidy_btc"] * 1e8)
    era = height // HALVING

    def subsidy(t):
        if t == 0:
            return satoshi / 1e8
        first = height + BLOCKS * (t - 1)
        split = min((first // HALVING + 1) * HALVING, first + BLOCKS)
        before, after = satoshi >> (first // HALVING - era), satoshi >> ((first + BLOCKS) // HALVING - era)
        return ((split - first) * before + (first + BLOCKS - split) * after) / BLOCKS / 1e8

    fees = inputs.path("bitcoin.fees_btc_per_block")
    return [subsidy(t) + fees[t] for t in range(inputs.whole("horizon_months") + 1)]


def network(inputs, reward):
    """Bitcoin price and the network's answer, month by month: USD and EH/s."""
    rule = lambda name: inputs[f"bitcoin.network.{name}"]
    horizon = len(reward) - 1
    tau = mid_months(horizon)
    year, month = map(int, inputs["start"].split("-"))
    dated = year - 2026 + (month - 11) / 12
    need = np.log(rule("breakeven_hashprice_usd")) + np.log1p(-rule("breakeven_decline_per_year")) * (dated + tau)
    margin = (np.log(144 * np.array(reward) / 1000) - need).tolist()
    growth = (np.log1p(inputs["bitcoin.price_usd.growth_per_year"]) * tau).tolist()
    price = inputs.path("bitcoin.price_usd")
    tau = tau.tolist()
    first, hashrate = np.broadcast_arrays(
        np.log(np.atleast_1d(inputs["bitcoin.price_usd"])), np.log(inputs["bitcoin.network_hashrate_eh_s"])
    )
    hashrate, grew = hashrate.copy(), np.zeros(hashrate.shape)
    yield price[0], np.exp(hashrate)
    for t in range(1, horizon + 1):
        length = 12 * (tau[t] - tau[t - 1])
        answer = length * rule("response_per_month")
        by = (first - hashrate) * answer
        by += answer * (growth[t - 1] + margin[t - 1]) + rule("same_month") * (growth[t] - growth[t - 1])
        by += grew * (length * rule("inertia"))
        np.minimum(by, length * rule("max_rise"), out=by)
        np.maximum(by, -length * rule("max_fall"), out=by)
        hashrate += by
        grew = by / length
        yield price[t], np.exp(hashrate)


def mining(inputs):
    """NPV of mining, USD."""
    site = Site(inputs, "mining")
    of = lambda name: inputs[f"mining.{name}"]
    capacity, watts = inputs["site.capacity_mw"], of("machine.watts")
    machines = np.floor(capacity * 1e6 / (of("pue") * watts) * (1 + 1e-12))
    works = of("site_capex_usd_per_mw") * capacity
    hardware = machines * inputs.path("mining.machine.price_usd")[site.hardware_month]
    npv, cost = site.capital(lambda _: works, hardware)
    reward = rewards(inputs)
    age = np.maximum(site.months - 0.5 - site.live, 0) / 12
    fleet_share = (site.share * (1 - of("degradation_per_year")) ** age).tolist()
    full_fleet = machines * of("machine.hashrate_th_s") * of("uptime") / 1e6
    full_energy = machines * watts * of("pue") * HOURS * of("uptime") / 1e6
    power_price = inputs.path("power.price_usd_per_kwh")
    full_opex = of("opex_usd_per_mw_month") * capacity
    idles, standing = of("idle_when_unprofitable"), of("idle_opex_share")
    for t, (price, hashrate) in enumerate(network(inputs, reward)):
        if t == 1:
            first = reward[1] * price / hashrate
        if t > site.live:
            fleet = full_fleet * fleet_share[t]
            revenue = price * (BLOCKS * reward[t] * (1 - of("pool_fee"))) * (fleet / (hashrate + fleet))
            opex = full_opex * site.inflation[t]
            cash = revenue - full_energy * (1000 * site.share[t]) * power_price[t]
            if idles and t > site.live + site.ramp:
                # Standing still costs a part of opex; running earns the margin less all of it.
                cash = np.maximum(cash, opex * (1 - standing))
            npv = npv + (cash - opex) * site.discount[t]
    last = reward[-1] * price / hashrate
    ratio = np.minimum(1.0, last / first) ** of("resale_hashprice_elasticity")
    resale = hardware * left(of("resale_share"), site.horizon - site.live, of("life_months")) * ratio
    return npv + (resale + site.works_left(site.horizon) * cost) * site.discount[-1]


def hosting(inputs):
    """NPV of hosting, USD."""
    site = Site(inputs, "hosting")
    of = lambda name: inputs[f"hosting.{name}"]
    it_kw = inputs["site.capacity_mw"] * inputs["site.convertible_share"] * 1000 / of("pue")
    fit_out = inputs.path("hosting.fit_out_usd_per_it_mw")
    npv, cost = site.capital(lambda t: fit_out[t] * it_kw / 1000, 0.0)
    fee = it_kw * of("occupancy") * inputs.path("hosting.fee_usd_per_kw_month")[site.queue]
    end = site.live + int(of("term_months"))
    months = np.arange(site.live + 1, end + 1)
    share = np.minimum((months - site.live) / max(site.ramp, 1), 1.0)
    discount = (1 + site.rate) ** (-months / 12)
    fees = np.sum(steps(of("fee_escalator"), months - site.live - 1) * share * discount)
    opex = np.sum(steps(inputs["finance.inflation"], months - 1) * discount)
    works = site.works_left(end) * cost * (1 + site.rate) ** (-end / 12)
    return npv + fee * fees - it_kw * of("opex_usd_per_kw_month") * opex + works


def lettings(inputs, site, market):
    """Share under contract and its rental by month: the first term, then later ones at a discount on their first month."""
    of = lambda name: inputs[f"leasing.{name}"]
    first, later = int(of("contract_months")), int(of("recontract_months"))
    months = {t: (0.0, 0.0) for t in range(site.live + 1, site.horizon + 1)}
    begin, length, share, rental = site.live + 1, first, of("contract_share"), of("contract_usd_per_gpu_hour")
    while length > 0 and begin <= site.horizon:
        months.update((t, (share, rental)) for t in range(begin, min(begin + length - 1, site.horizon) + 1))
        begin, length, share = begin + length, later, share * of("recontract_share")
        if begin <= site.horizon:
            rental = (1 - of("recontract_discount")) * market[begin]
    return months


def leasing(inputs):
    """NPV of leasing, USD."""
    site = Site(inputs, "leasing")
    of = lambda name: inputs[f"leasing.{name}"]
    it_kw = inputs["site.capacity_mw"] * inputs["site.convertible_share"] * 1000 / of("pue")
    gpus = np.floor(it_kw / of("kw_per_gpu") * (1 + 1e-12))
    it_kw = gpus * of("kw_per_gpu")
    hardware = gpus * inputs.path("leasing.gpu_price_usd")[site.hardware_month]
    fit_out = inputs.path("leasing.fit_out_usd_per_it_mw")
    npv, cost = site.capital(lambda t: fit_out[t] * it_kw / 1000, hardware)
    hours = gpus * of("availability") * HOURS * (1 - of("revenue_share"))
    energy_kwh = it_kw * of("pue") * HOURS
    idle_draw, fixed_share = of("idle_power_share"), of("idle_opex_share")
    idles, utilisation = of("idle_when_unprofitable"), np.minimum(of("utilisation"), 1.0)
    power_price, market = inputs.path("power.price_usd_per_kwh"), inputs.path("leasing.rental_usd_per_gpu_hour")
    running = gpus * HOURS * of("opex_usd_per_gpu_hour") + hardware * of("maintenance_per_year") / 12
    terms = lettings(inputs, site, market)
    for t in range(site.live + 1, site.horizon + 1):
        contracted, agreed = terms[t]
        share, age = site.share[t], t - site.live - 0.5
        let = contracted + (1 - contracted) * utilisation
        earned = hours * share * (contracted * agreed + (1 - contracted) * utilisation * market[t])
        draw = energy_kwh * share * (idle_draw + (1 - idle_draw) * let)
        fixed = running * (share * site.inflation[t])
        replaced = 0.0
        if age >= of("warranty_months"):
            replaced = hardware * of("replacement_per_year") / 12 * left(of("resale_share"), age, of("life_months"))
        cash = earned - draw * power_price[t] - replaced
        if idles and t > site.live + site.ramp:
            cash = np.maximum(cash, fixed * (1 - fixed_share))
        npv = npv + (cash - fixed) * site.discount[t]
    resale = hardware * left(of("resale_share"), site.horizon - site.live, of("life_months"))
    return npv + (resale + site.works_left(site.horizon) * cost) * site.discount[-1]


BUSINESSES = {"mining": mining, "hosting": hosting, "leasing": leasing}


def sweep(inputs, slow, fast, threads, as_grid, tile_cells):
    """NPV of every business at every pair of two inputs, (id, values) each; rows follow the first.

    As a grid each business is computed over the inputs that it reads alone; else every pair is a row of its own. Tiles are
    handed to threads, since numpy computes without the lock of Python.
    """
    (slow_id, slow_values), (fast_id, fast_values) = slow, fast
    out = {name: np.empty((len(slow_values), len(fast_values))) for name in BUSINESSES}
    height = max(1, tile_cells // len(fast_values))

    def tile(begin):
        rows = slow_values[begin : begin + height]
        if as_grid:
            place = {slow_id: rows[:, None], fast_id: fast_values[None, :]}
        else:
            place = {slow_id: np.repeat(rows, len(fast_values)), fast_id: np.tile(fast_values, len(rows))}
        here = Inputs(inputs, **place)
        for name, npv in BUSINESSES.items():
            into = out[name][begin : begin + height]
            found = npv(here)
            into[:] = found if as_grid or np.ndim(found) == 0 else found.reshape(into.shape)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(tile, range(0, len(slow_values), height)))
    return out
