//! The market page: permission first, figures with their sources, and taking them over.

use chrono::TimeDelta;
use egui::{Key as Press, Role};
use wattfolio::app::Options;
use wattfolio::market_data::live::{
    Answer, Key, KeyHolder, PartAnswer, Permissions, SOURCES, Source, find, permissions_file,
};
use wattfolio::state::{Action, Command, Dialog, Finished, MarketAction, Page, Secret};

use super::sources::{fake, good_answer_of};
use super::{fixture, source, then};
use crate::support::files::{kept_in, open, save_as};
use crate::support::window::{CTRL, CTRL_SHIFT, Window};

/// What a source answers in the scene of the fixtures.
fn answer(source: &'static Source) -> Answer {
    let part = |part: &wattfolio::market_data::live::Part| {
        let bytes = fixture(&format!("composed/{}", good_answer_of(source.id, part.name)));
        let mut observed = (part.read)(&bytes, then().into()).unwrap();
        // The fixture of Shadeform has no B200, and a picture should have a whole rental.
        if source.id == "shadeform" {
            let gpu = &wattfolio::market_data::live::GPUS[0];
            let what = wattfolio::market_data::live::What::Rental(gpu);
            observed.readings.push(wattfolio::market_data::live::Reading { what, value: 6.8, of: 4 });
        }
        PartAnswer { part: part.name.to_owned(), good: Some((observed, then())), fault: None, held: None }
    };
    let host = source.base.trim_start_matches("https://").to_owned();
    let parts = source.parts.iter().map(part).collect();
    Answer { source, host, tried_at: then(), not_before: then(), clock_ahead_s: None, parts }
}

/// A source that never answered.
fn silent(source: &'static Source) -> Answer {
    let part = |part: &wattfolio::market_data::live::Part| PartAnswer {
        part: part.name.to_owned(),
        fault: Some("no answer within 10 s".to_owned()),
        ..PartAnswer::default()
    };
    Answer { parts: source.parts.iter().map(part).collect(), ..answer(source) }
}

fn allow(source: &'static Source) -> Action {
    Action::Market(MarketAction::Allow(source, true))
}

/// The answer of a source in the scene of the fixtures comes in.
pub fn answered_by(source: &'static Source) -> Action {
    answered(answer(source))
}

fn answered(answer: Answer) -> Action {
    Action::Finished(Finished::MarketAnswered(Box::new(answer)))
}

/// Everything that is asked for by a page on which every source answered, but for some of the rental.
pub fn busy() -> Vec<Action> {
    let each = SOURCES.iter().copied().flat_map(|source| {
        let answer = if matches!(source.id, "shadeform" | "azure") { silent(source) } else { answer(source) };
        [allow(source), answered(answer)]
    });
    let choose = |id: &str| Action::Market(MarketAction::Choose(id.to_owned(), true));
    each.chain([choose("bitcoin_price_usd"), choose("network_hashrate_eh_s")]).collect()
}

/// What is known on the page, in turns: nothing, nearly everything, faults alone.
pub fn scene(turn: usize) -> Vec<Action> {
    match turn % 3 {
        0 => busy(),
        1 => Vec::new(),
        _ => SOURCES.iter().copied().flat_map(|source| [allow(source), answered(silent(source))]).collect(),
    }
}

/// A window of the scene, on the market page.
fn window() -> Window {
    let clock = Some(then() + TimeDelta::minutes(2));
    let mut window = Window::with(Options { clock, ..Options::default() });
    window.request(Action::Run(Command::Page(Page::Market)));
    window
}

fn all_answered() -> Window {
    let mut window = window();
    for source in SOURCES {
        window.request(allow(source));
        window.request(answered(answer(source)));
    }
    window
}

#[test]
fn permission_comes_first_and_what_a_source_learns_is_said() {
    let mut window = window();
    assert!(window.reads("Nobody may be asked yet; these are bundled values of October 2026"));
    assert!(
        window.reads("A source learns your address on the internet, and this program’s name and version")
    );
    for words in ["$84,700", "bundled, 3 October 2026", "964.0 EH/s"] {
        assert!(window.shows(words), "{words}");
    }
    for source in SOURCES {
        assert!(window.has(Role::CheckBox, &format!("May ask {}", source.label)), "{}", source.label);
        assert!(!window.state().market.permissions.allows(source), "{}", source.label);
    }
    window.click(Role::CheckBox, "May ask Kraken");
    assert!(window.state().market.permissions.allows(source("kraken")));
    window.activate(Role::Button, "Refresh");
    assert!(window.reads("No source is asked here"), "tests and pictures ask nobody");
    window.activate(Role::Button, "All off");
    assert_eq!(window.state().market.allowed(), 0);
}

#[test]
fn figures_show_value_age_spread_source_and_what_is_refused() {
    let mut window = all_answered();
    assert!(window.reads("Bitcoin is $77,262 by 5 sources, 0.03 % apart, 2 min ago"));
    for words in ["median of 5 of 5", "CoinGecko", "$77,249", "977.9 EH/s", "967,311", "2 min"] {
        assert!(window.reads(words) || window.shows(words), "{words}");
    }
    assert!(window.reads("CoinGecko: Powered by CoinGecko"), "attribution");
    assert!(window.reads("CC BY 4.0"), "the licence that an answer states");
    assert!(window.reads("The median of at least three prices within 2 % of their median"), "the rule");
    // An answer of a source that is no longer allowed does not count, and one that comes late is left out.
    window.click(Role::CheckBox, "May ask Kraken");
    assert!(window.reads("Bitcoin is $77,260.21 by 4 sources"), "{:?}", window.texts().first());
    window.request(answered(answer(source("kraken"))));
    assert!(window.reads("by 4 sources"));
    for id in ["Coinbase", "Bitstamp"] {
        window.click(Role::CheckBox, &format!("May ask {id}"));
    }
    assert!(window.reads("The bitcoin price is refused: 2 prices where 3 are needed"));
    assert!(window.shows("⚠ refused"));
    assert!(!window.has(Role::CheckBox, "Use Bitcoin price"), "what is refused cannot be chosen");
    assert!(!window.has(Role::CheckBox, "Use Block height"), "what only checks cannot be chosen");
}

#[test]
fn chosen_figures_are_one_step_with_source_and_time_at_the_row() {
    let folder = crate::support::files::folder();
    let mut window = all_answered();
    let before = window.state().document.scenario().clone();
    assert_eq!(*window.state().document.scenario(), before, "nothing applies itself");
    assert!(!window.reads("What this would change"));
    window.click(Role::CheckBox, "Use Bitcoin price");
    window.activate(Role::CheckBox, "Use Network hashrate");
    assert!(window.reads("2 of 5 figures chosen: bitcoin price, network hashrate"), "{:?}", window.texts());
    assert!(window.reads("What this would change"));
    assert_eq!(*window.state().document.scenario(), before, "choosing changes nothing");
    window.activate(Role::Button, "Use these 2");
    let after = window.state().document.scenario().clone();
    assert_eq!(after.bitcoin.price_usd.value, 77_262.0);
    assert!(window.reads("$77,262, median of 5 of 5, 07:02 UTC today"), "{:?}", window.texts());
    // It goes with the preset.
    let path = folder.path().join("mine.ron");
    save_as(&mut window, &path, "Mine");
    let preset = wattfolio::store::load(&path).unwrap().preset;
    assert_eq!(
        (preset.about.taken.len(), preset.about.taken[0].observed_at),
        (2, then() - TimeDelta::seconds(41))
    );
    // One step back takes all of it, notes included; another value has no such source.
    window.key(CTRL, Press::Z);
    assert_eq!(*window.state().document.scenario(), before);
    assert!(window.state().document.about().taken.is_empty());
    window.key(CTRL_SHIFT, Press::Z);
    assert_eq!(*window.state().document.scenario(), after);
    window.set("Bitcoin price", "77,000");
    assert!(!window.reads("median of 5 of 5, 07:02 UTC today"));
    open(&mut window, &path);
    assert!(window.reads("$77,262, median of 5 of 5, 07:02 UTC today"));
}

#[test]
fn a_rental_offers_the_utilisation_of_its_kind() {
    for keeps in [false, true] {
        let mut window = all_answered();
        window.request(answered(Answer { ..answer(source("azure")) }));
        window.activate(Role::CheckBox, "Use GPU rental, B200");
        assert!(window.reads("the default is a contract price with 88 % of the hours rented"));
        if keeps {
            window.activate(Role::CheckBox, "Utilisation goes to 66 % in the same step");
        }
        window.activate(Role::Button, "Use this");
        let leasing = &window.state().document.scenario().leasing;
        assert_eq!(leasing.rental_usd_per_gpu_hour.value, 7.99);
        assert_eq!(leasing.utilisation, if keeps { 0.88 } else { 0.66 });
    }
}

#[test]
fn old_values_look_old_and_keep_their_age() {
    let clock = Some(then() + TimeDelta::days(40));
    let mut window = Window::with(Options { clock, ..Options::default() });
    window.request(Action::Run(Command::Page(Page::Market)));
    for source in SOURCES {
        window.request(allow(source));
        window.request(answered(answer(source)));
    }
    // Without a network only the age is another.
    assert!(window.reads("Bitcoin is $77,262 by 5 sources, 0.03 % apart, 40 days ago"));
    assert!(window.shows("⚠ 40 days"));
}

#[test]
fn keys_and_addresses_are_the_users_own_and_stay_unprinted() {
    let mut window = window();
    window.click(Role::Button, "EIA: own key…");
    assert!(window.reads("Your key for EIA"));
    window.text("secret-key");
    assert!(!format!("{:?}", window.state().view.dialog).contains("secret-key"));
    assert!(!window.reads("secret-key"), "dots stand for it");
    let eia = source("eia");
    let dialog = Dialog::SourceKey { source: eia, typed: Secret("secret-key".to_owned()), is_stored: false };
    window.request(Action::ShowDialog(Some(dialog)));
    window.click(Role::Button, "Use key");
    assert_eq!(window.state().market.key_holders.get("eia"), Some(&KeyHolder::Session));
    assert!(window.has(Role::Button, "EIA: own key"));
    let set = MarketAction::SetKey(eia, Key::typed("secret-key").unwrap(), KeyHolder::Session);
    assert!(!format!("{set:?}").contains("secret-key"));

    let mempool = source("mempool");
    window.request(allow(mempool));
    window.request(Action::Market(MarketAction::SetAddress(mempool, "http://mempool.space".to_owned())));
    assert!(window.reads("The address is not used.") && window.reads("use https"));
    assert!(window.state().market.permissions.allows(mempool));
    window.request(Action::Market(MarketAction::SetAddress(mempool, "http://192.168.1.5:3006".to_owned())));
    assert!(!window.state().market.permissions.allows(mempool), "another machine needs another permission");
    assert!(window.has(Role::Button, "mempool.space: own node"));
}

#[test]
fn a_window_asks_what_is_allowed_keeps_it_and_is_at_rest_again() {
    let folder = crate::support::files::folder();
    let server = fake("mempool");
    let mempool = find("mempool").unwrap();
    let mut permissions = Permissions::default();
    permissions.set_own_base(mempool, &server.url()).unwrap();
    permissions.set(mempool, true);
    permissions.save(&permissions_file(folder.path())).unwrap();
    let options = || Options { can_ask: true, ..kept_in(&folder) };
    let mut window = Window::with(options());
    window.request(Action::Run(Command::Page(Page::Market)));
    assert_eq!(server.connections(), 0, "nobody is asked before the button is pressed");
    window.activate(Role::Button, "Refresh");
    assert_eq!(server.seen().len(), 4);
    assert!(window.reads("The bitcoin price is refused: 1 price where 3 are needed"));
    window.activate(Role::Button, "Refresh");
    assert_eq!(server.seen().len(), 4, "it is left alone for a while");
    assert!(window.reads("Every source was asked a moment ago"));
    drop(window);
    // The next window knows it without asking, and revoking is remembered.
    let mut window = Window::with(options());
    window.request(Action::Run(Command::Page(Page::Market)));
    assert!(window.reads("The bitcoin price is refused: 1 price where 3 are needed"));
    window.click(Role::CheckBox, "May ask mempool.space");
    drop(window);
    assert!(!Permissions::load(&permissions_file(folder.path())).allows(mempool));
    assert_eq!(server.seen().len(), 4);
}

/// Units, dates, and marks of what is no figure: what makes a number on the page one that can be read by itself.
const UNITS: [&str; 20] = [
    "$",
    "%",
    "EH/s",
    " T",
    "BTC",
    "EUR/MWh",
    "#",
    "blocks",
    " min",
    " h",
    " day",
    " month",
    " s",
    "UTC",
    "2026",
    "sources",
    "prices",
    "median of",
    "CC BY",
    "AGPL-3.0",
];
/// Names with a number in them.
const NAMES: [&str; 8] = ["B200", "H200", "H100", "A100", "RTX 4090", "offers", "figures", "Use these"];

#[test]
fn no_number_on_the_page_stands_without_its_unit_or_date() {
    for turn in 0..3 {
        let mut window = Window::sized(
            Options { clock: Some(then() + TimeDelta::minutes(2)), ..Options::default() },
            [1600.0, 2600.0],
        );
        window.request(Action::Run(Command::Page(Page::Market)));
        for action in scene(turn) {
            window.request(action);
        }
        let mut seen = 0;
        for (rect, text) in window.placed_texts() {
            // The inputs and the bars have tests of their own.
            if rect.min.x < 330.0 || rect.min.y < 90.0 || rect.max.y > 2570.0 {
                continue;
            }
            if !text.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            seen += 1;
            let is_said = UNITS.iter().chain(&NAMES).any(|unit| text.contains(unit));
            assert!(is_said, "scene {turn}: “{text}”");
        }
        assert!(seen > 5, "scene {turn}: {seen}");
    }
}

#[test]
fn every_figure_shows_when_it_was_observed_or_who_published_it() {
    let bundled = window();
    for (date, source) in [
        ("3 October 2026", "$84,700 on 3 October 2026 (open-source farm calculator snapshot)"),
        ("3 October 2026", "964 EH/s on 3 October 2026"),
        ("October 2026", "0.027 BTC, 0.86 % of the reward, October 2026"),
        ("September 2026", ""),
    ] {
        let words = format!("Source of the bundled value: {source}");
        assert!(bundled.reads(&words) && bundled.shows(&format!("bundled, {date}")), "{words}");
    }
    drop(bundled);
    let window = all_answered();
    assert!(window.reads("Ages as of 15 Sep 2026, 07:05 UTC."));
    let figures = window.state().market.figures(window.state().document.scenario());
    for figure in figures.iter().filter(|figure| figure.agreed.is_ok()) {
        let at = figure.agreed.as_ref().unwrap().at;
        let words = format!("Observed {}.", at.format("%-d %b %Y, %H:%M UTC"));
        assert!(window.reads(&words), "{}: {words}", figure.rule.label());
        for quote in &figure.quotes {
            assert!(window.reads(quote.source.label), "{}", quote.source.label);
        }
    }
    assert!(window.shows("$7.99/GPU-h") && window.shows("#967,311"));
}

#[test]
fn the_verdict_names_every_refusal_and_how_far_it_is_from_the_plan() {
    let mut window = window();
    for action in busy() {
        window.request(action);
    }
    assert!(
        window.reads("GPU rental, B200 is refused: 2 providers where 3 are needed (the median so far, $8.06/GPU-h, is 2.2× the plan’s $3.70/GPU-h)"),
        "{:?}",
        window.texts().first()
    );
    // What is done next stands above what scrolls.
    let mut small = Window::sized(Options { clock: Some(then()), ..Options::default() }, [1280.0, 720.0]);
    small.request(Action::Run(Command::Page(Page::Market)));
    assert!(small.reads("Nothing to choose yet: allow a source, then refresh"));
    for action in busy() {
        small.request(action);
    }
    for name in ["Refresh", "Use these 2"] {
        let place = small.place(Role::Button, name);
        assert!(place.max.y < 320.0, "{name}: {place:?}");
    }
}
