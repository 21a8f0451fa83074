//! What the review of the presets expects of each, in its words, and why the program says something else where it does.

/// What an underwriter expects of a preset.
pub struct Expected {
    /// The preset.
    pub name: &'static str,
    /// The sentence of the review.
    pub sentence: &'static str,
    /// Where the program's winner, caveats or figures are others, and why. Its own figures are computed, as in
    /// `figures.rs`; typed ones are those of the review and of inputs.
    pub difference: &'static str,
}

/// In the order of the gallery.
pub const EXPECTED: [Expected; 18] = [
    Expected {
        name: "today",
        sentence: "Leasing is worth most if 80 % stays let for five years; a loss in three futures of ten. Hosting risks half as much per dollar and lives on the lease after year ten. No new machines before the halving.",
        difference: "Same winner, same caveats. The condition “if 80 % stays let” is the caveat of one customer; three of ten is simulated ({leasing.loss}).",
    },
    Expected {
        name: "record-high-2024",
        sentence: "The miner who bought at the record did not get his money back: the network grew 45 % in eleven months.",
        difference: "The review speaks of mining alone: never, {mining.npv_usd} here (−10.8 there). The rest is 15 % in place of 12 ({mining.discount_rate=0.12: mining.npv_usd}), the fleet added to the network, and a network after September 2026 that follows what miners earn. By value the winner is hosting on Core42’s terms, which the review’s figures have too (2.8 at 12 %). The network grows from 732 to 1,069 EH/s, by 46 %.",
    },
    Expected {
        name: "halving-squeeze-2024",
        sentence: "Mining loses; hosting at 12.5 % yield is the only one above its cost of capital.",
        difference: "Same winner. The yield of 12.5 % is the yield on cost ({hosting.yield_on_cost}); the return is {hosting.irr} at a 9 % end value. End value and one customer are added as caveats.",
    },
    Expected {
        name: "crash-2022",
        sentence: "From May 2022, five months after purchase, the loan could not be served; the lender got machines worth a sixth.",
        difference: "Same fault: mining loses, cover below 1 from May 2022 (interest {mining.interest@7} and principal {mining.principal@7}; operations bring {mining.ebitda@6} in April, {mining.ebitda@7} in May, {mining.ebitda@12} in October). The cover ({mining.min_dscr} at the lowest, in December 2022) is the third objection, behind the loss and its chance, of which a sentence says two. Short of cash for {mining.short_months} months, not 54: the reserve of three months’ costs is new. Hosting and leasing are absent in the preset (queue longer than the plan) and in the variant as before.",
    },
    Expected {
        name: "core-scientific-coreweave",
        sentence: "The customer’s money builds it: value 1.1B, and the risk is that one customer.",
        difference: "Same winner and caveat, {hosting.npv_usd}. 60 % on the whole stands in the assumptions. What came: mining {What came: mining.npv_usd} (−0.8 in the review): 15 % instead of 12 and a fleet of 16 EH/s added to the network ({What came; mining.discount_rate=0.12; mining.fleet_counted_in_network=true: mining.npv_usd} without both), and a network by the rule after the record in place of +10 % a year.",
    },
    Expected {
        name: "hut8-coatue",
        sentence: "Breaks even at 11.5 % before the customer can fail: not enough.",
        difference: "By value hosting on the site of comparison wins; the review speaks of the deal alone, which comes to {leasing.npv_usd} at 14 %: not enough there as here. {leasing.irr} instead of 11.5 % because half of the contract is let again ({leasing.recontract_share=0: leasing.irr} without). What came: mining {What came: mining.npv_usd}, never (−6.2, never). By criterion irr the winner of “What came” is hosting too.",
    },
    Expected {
        name: "iren-mixed-site",
        sentence: "Mining carried the site; 816 GPUs in standing halls paid in 2½ years, because the hall was free.",
        difference: "Same, by payback: mining first at {mining.payback_months}, and on the record too ({What came: mining.payback_months}); GPUs {leasing.payback_months} with a hall, {Halls that stand: leasing.payback_months} in “Halls that stand”. By value hosting of all 160 MW would win ({hosting.npv_usd}), on which the review is silent. Simulated, mining loses in {mining.loss} of the futures: its network is given and does not answer.",
    },
    Expected {
        name: "bitdeer-singapore",
        sentence: "Nothing published supports any of these; illustration only.",
        difference: "No winner there. With retail opex, a fifth empty and 11.5 % nothing earns its capital. That it is an illustration stands in the story.",
    },
    Expected {
        name: "eight-hundred-cards",
        sentence: "Pays in two to three years if the cards stay let and the local price stays apart from the world’s; at the world price never.",
        difference: "Same, by payback: {leasing.payback_months} with the fading premium, {Stays apart: leasing.payback_months} in “Stays apart” (NPV {Stays apart: leasing.npv_usd}, 5.6 in the review), {World price: leasing.payback_months} at the world price. With ε = 1 the premium is paid for by empty cards in full, so utilisation at the world price decides: 1.0, from 60 % published at the price at home; with .75 there it is {leasing.utilisation=0.75: leasing.payback_months} and {leasing.utilisation=0.75: leasing.npv_usd}. By value hosting on the site of comparison wins ({hosting.npv_usd} on {hosting.capex_usd}, against {leasing.npv_usd} on {leasing.capex_usd}).",
    },
    Expected {
        name: "gpu-glut",
        sentence: "The contract was the asset; whoever bought without one lost a third.",
        difference: "Same: leasing {leasing.npv_usd} on {leasing.capex_usd} is {leasing.npv_per_capex} a dollar at the 17 % of uncontracted GPUs and {leasing.discount_rate=0.13: leasing.npv_per_capex} at 13 %; “As NVIDIA pitched” {As NVIDIA pitched: leasing.npv_usd}. The winner without contract is hosting, as in the review’s “only hosting”.",
    },
    Expected {
        name: "asic-is-not-a-gpu",
        sentence: "Keep the old machines while they earn; they give back what they fetch, no more. A fifth converted earns more than the whole site mined.",
        difference: "Same, by payback with the last crossing: back after {mining.payback_months} (nine months before: the network answers) and not for good. By value too leasing is first ({leasing.npv_usd}, hosting {hosting.npv_usd}, mining {mining.npv_usd}).",
    },
    Expected {
        name: "grid-queue",
        sentence: "Waiting costs a quarter of the lease’s value; GPUs bought after a queue do not pay.",
        difference: "Same winner. Waiting takes the lease from {Convert: hosting.npv_usd} to {hosting.npv_usd} (63 → 46 in the review at a fee of 140 and 10.0M): a thinner margin over the same end. Leasing after the queue {leasing.npv_usd}. “Queue sd” is a delay of 6 ± 9 months of the works, the model has none of the queue; with it the chance of loss is {hosting.loss}.",
    },
    Expected {
        name: "tight-grid",
        sentence: "A doubled bitcoin moves AI’s cost by a few per cent and the miner’s margin for two years.",
        difference: "The verdict compares businesses and the review’s sentence is about AI’s cost; it stands in the assumptions with its figures. Mining {mining.npv_usd} (−4.8 there with elasticity 1 at 12 %). Power is not fixed here, else nothing couples for five years.",
    },
    Expected {
        name: "hodl",
        sentence: "Buying coins beat mining them; keeping them is a view on price, not on mining.",
        difference: "The verdict compares businesses, policies are variants: leasing first by value. What is bought and what is mined in coins, at three growths, stands in the assumptions; 20 % is a variant (three pins are shown at most). In NPV at 10 % growth selling all ({mining.npv_usd}) loses less than buying ({hold.npv_usd}), because coins that grow 10 % lose at 15 %.",
    },
    Expected {
        name: "terawulf-core42",
        sentence: "The lease is worth 71 on 420 with a year’s rent in hand; mining barely returned its cost.",
        difference: "Same on the record: hosting {What came: hosting.npv_usd}, mining {What came: mining.payback_months}, a multiple of {What came: mining.multiple}, {What came: mining.npv_usd} at 15 % ({What came; mining.discount_rate=0.12: mining.npv_usd} at 12 %, where the review has +2.2 with the fleet counted). On the plan of that winter both are about equal. The review’s “history” is the variant, as deals carry it. Hosting’s end: a year of lease and the halls’ left value.",
    },
    Expected {
        name: "galaxy-helios",
        sentence: "At CoreWeave’s credit the lease just earns its capital; the gain is the 80 % debt.",
        difference: "Same on the record: hosting {What came: hosting.npv_usd} at 9 %, +90 in the review. Mining {What came: mining.npv_usd} (−98 there): 15 % in place of 12 ({What came; mining.discount_rate=0.12: mining.npv_usd}) and a network after the record by the rule in place of +10 % a year. On the flat plan mining is about equal: hosting {hosting.npv_usd}, mining {mining.npv_usd}, less apart than 5 % of mining’s {mining.capex_usd}. Simulated, mining’s mean is above hosting’s ({mining.mean_usd} and {hosting.mean_usd}; mining {What came: mining.mean_usd} on the record), because a given network does not answer to the price.",
    },
    Expected {
        name: "hut8-river-bend",
        sentence: "Worth 0.9B at 7¼ %, all of it lease after year ten, owed by a guaranteed tenant; payback 8.7 years.",
        difference: "Same: {hosting.npv_usd}, end {hosting.end_proceeds_npv_usd}, {hosting.payback_months}. The loan is the {hosting.capex_usd} of the works plus interest, not 3.25B: the model lends no more than the cost.",
    },
    Expected {
        name: "iren-microsoft",
        sentence: "The GPUs return 22.7 %, with the hall 7.3 %: the hall is paid for by what comes after Microsoft.",
        difference: "The review speaks of the deal; by value a lease in the same halls wins with the hall ({hosting.npv_usd}), the GPUs without it. {GPUs only: leasing.irr} and {leasing.irr}, NPV {GPUs only: leasing.npv_usd} and {leasing.npv_usd} in place of 1,395 and −296: half let again, 88 % of the hours at a price of contracts, 12 % resale. With the old three it is {GPUs only; leasing.recontract_share=0; leasing.utilisation=0.75; leasing.resale_share=0.15: leasing.npv_usd} and {leasing.recontract_share=0; leasing.utilisation=0.75; leasing.resale_share=0.15: leasing.npv_usd}.",
    },
];
