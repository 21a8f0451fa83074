//! What the review of the presets expects of each, in its words, and why the program says something else where it does.

/// What an underwriter expects of a preset.
pub struct Expected {
    /// The preset.
    pub name: &'static str,
    /// The sentence of the review.
    pub sentence: &'static str,
    /// Where the program's winner, caveats or figures are others, and why.
    pub difference: &'static str,
}

/// In the order of the gallery.
pub const EXPECTED: [Expected; 18] = [
    Expected {
        name: "today",
        sentence: "Leasing is worth most if 80 % stays let for five years; a loss in three futures of ten. Hosting risks half as much per dollar and lives on the lease after year ten. No new machines before the halving.",
        difference: "Same winner, same caveats. The condition “if 80 % stays let” is the caveat of one customer (88 % of the first term’s revenue); three of ten is simulated (32 in 100).",
    },
    Expected {
        name: "record-high-2024",
        sentence: "The miner who bought at the record did not get his money back: the network grew 45 % in eleven months.",
        difference: "The review speaks of mining alone: never, −$12.1M here (−10.8 there). The rest is 15 % in place of 12, the fleet added to the network, and a network after September 2026 that follows what miners earn. By value the winner is hosting on Core42’s terms, which the review’s figures have too (2.8 at 12 %). 46 % from 732 to 1,069 EH/s.",
    },
    Expected {
        name: "halving-squeeze-2024",
        sentence: "Mining loses; hosting at 12.5 % yield is the only one above its cost of capital.",
        difference: "Same winner. The yield of 12.5 % is the yield on cost; the return is 12.9 % at a 9 % end value. End value and one customer are added as caveats.",
    },
    Expected {
        name: "crash-2022",
        sentence: "From May 2022, five months after purchase, the loan could not be served; the lender got machines worth a sixth.",
        difference: "Same fault: mining loses, cover below 1 from May 2022 (service 2.10, cash 2.65 in April, 1.87 in May, 0.42 in October). The sentence gives the lowest cover (in December 2022), not its month. Short of cash for 50 months, not 54: the reserve of three months’ costs is new. Hosting and leasing are absent in the preset (queue longer than the plan) and in the variant as before.",
    },
    Expected {
        name: "core-scientific-coreweave",
        sentence: "The customer’s money builds it: value 1.1B, and the risk is that one customer.",
        difference: "Same winner and caveat; 1,146 is said as $1.2B (money rounds $1.15B once more; 1.1 would be right), 1.1B in the review. 60 % on the whole $375M stands in the assumptions. What came: mining −46 (−0.8 in the review): 15 % instead of 12, fleet of 16 EH/s added to the network, network by the rule after the record (−4 with the fleet counted, 12 % and +10 % a year).",
    },
    Expected {
        name: "hut8-coatue",
        sentence: "Breaks even at 11.5 % before the customer can fail: not enough.",
        difference: "By value hosting on the site of comparison wins; the review speaks of the deal alone, which loses $3.1M at 14 %: not enough there as here. 12.2 % instead of 11.5 % because half of the contract is let again (11.5 % without). What came: mining −8.8, never (−6.2, never). By criterion irr the winner of “What came” is hosting too.",
    },
    Expected {
        name: "iren-mixed-site",
        sentence: "Mining carried the site; 816 GPUs in standing halls paid in 2½ years, because the hall was free.",
        difference: "Same, by payback: mining first at 2.4 years, and on the record too; GPUs 3.5 years with a hall, 2.6 in “Halls that stand”. By value hosting of all 160 MW would win ($370M), on which the review is silent. Simulated, mining loses in half of the futures: its network is given and does not answer.",
    },
    Expected {
        name: "bitdeer-singapore",
        sentence: "Nothing published supports any of these; illustration only.",
        difference: "No winner there. With retail opex, a fifth empty and 11.5 % nothing earns its capital. That it is an illustration stands in the story.",
    },
    Expected {
        name: "eight-hundred-cards",
        sentence: "Pays in two to three years if the cards stay let and the local price stays apart from the world’s; at the world price never.",
        difference: "Same, by payback: 2.5 years with the fading premium, 2.3 in “Stays apart” (NPV 5.7, 5.6 in the review), never at the world price. With ε = 1 the premium is paid for by empty cards in full, so utilisation at the world price decides: 1.0, from 60 % published at the price at home; with .75 there it is 3.7 years and −$0.3M. By value hosting on the site of comparison wins ($27M, seven times the capital).",
    },
    Expected {
        name: "gpu-glut",
        sentence: "The contract was the asset; whoever bought without one lost a third.",
        difference: "Same: leasing −$303M on $737M is 41 % at the 17 % of uncontracted GPUs and 36 % at 13 %; “As NVIDIA pitched” +$530M. The winner without contract is hosting, as in the review’s “only hosting”.",
    },
    Expected {
        name: "asic-is-not-a-gpu",
        sentence: "Keep the old machines while they earn; they give back what they fetch, no more. A fifth converted earns more than the whole site mined.",
        difference: "Same, by payback with the last crossing: back after 11 months (nine before: the network answers) and not for good. By value too leasing is first ($21.5M, hosting 7.4, mining −0.6).",
    },
    Expected {
        name: "grid-queue",
        sentence: "Waiting costs a quarter of the lease’s value; GPUs bought after a queue do not pay.",
        difference: "Same winner. Of the lease’s value waiting costs 31 % (22.9 → 15.8; 63 → 46 in the review at a fee of 140 and 10.0M): a thinner margin over the same end. Leasing after the queue −61. “Queue sd” is a delay of 6 ± 9 months of the works, the model has none of the queue; it makes the chance of loss 34 %.",
    },
    Expected {
        name: "tight-grid",
        sentence: "A doubled bitcoin moves AI’s cost by a few per cent and the miner’s margin for two years.",
        difference: "The verdict compares businesses and the review’s sentence is about AI’s cost; it stands in the story (levelised +0.9 %, rental +7.2 %, hashprice +61 / +35 / +12 % after one, two, four years). Mining −10.3 (−4.8 there with elasticity 1 at 12 %). Power is not fixed here, else nothing couples for five years.",
    },
    Expected {
        name: "hodl",
        sentence: "Buying coins beat mining them; keeping them is a view on price, not on mining.",
        difference: "The verdict compares businesses, policies are variants: leasing first by value. In coins 334 bought against 261 mined net of bills; three growths stand in the assumptions, 20 % as a variant (three pins are shown at most). In NPV at 10 % growth selling all (−7.3) loses less than buying (−9.9), because coins that grow 10 % lose at 15 %.",
    },
    Expected {
        name: "terawulf-core42",
        sentence: "The lease is worth 71 on 420 with a year’s rent in hand; mining barely returned its cost.",
        difference: "Same on the record: hosting $71M, mining 2.8 years, $1.06 a dollar, −7.4 at 15 % (+2.2 at 12 % there; 1.1 when computed like that). On the plan of that winter both are about equal. The review’s “history” is the variant, as deals carry it. Hosting’s end: a year of lease and the halls’ left value.",
    },
    Expected {
        name: "galaxy-helios",
        sentence: "At CoreWeave’s credit the lease just earns its capital; the gain is the 80 % debt.",
        difference: "Same on the record: hosting $90M at 9 %, +90 in the review. Mining −266 (−98 there): 15 % in place of 12 (−250) and a network after the record by the rule in place of +10 % a year (−192). On the flat plan mining is about equal: a difference of 44 is under 5 % of mining’s capital. Simulated, mining’s mean is above hosting’s (596 and −266; 200 on the record), because a given network does not answer to the price: with the rule it is −252.",
    },
    Expected {
        name: "hut8-river-bend",
        sentence: "Worth 0.9B at 7¼ %, all of it lease after year ten, owed by a guaranteed tenant; payback 8.7 years.",
        difference: "Same to the figure: 939, end 1,399, 8.7 years. The loan is 2.94B plus interest, not 3.25B: the model lends no more than the cost.",
    },
    Expected {
        name: "iren-microsoft",
        sentence: "The GPUs return 22.7 %, with the hall 7.3 %: the hall is paid for by what comes after Microsoft.",
        difference: "The review speaks of the deal; by value a lease in the same halls wins with the hall ($286M), the GPUs without it. 24.0 and 8.6 %, NPV 1,618 and −73 in place of 1,395 and −296: half let again, 88 % of the hours at a price of contracts, 12 % resale. With the old three the review’s figures come out to the digit.",
    },
];
