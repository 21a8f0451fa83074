//! Several sites on the page of mixes.

use egui::{Key, Modifiers, Role};
use wattfolio::app::Options;
use wattfolio::state::{
    Action, Dialog, MixPart, MixView, OpenFor, OtherSite, Page, ScenarioAction, SiteAction, SitePlace,
};
use wattfolio::store::{Letter, find_bundled};
use wattfolio_economics::business::PerBusiness;
use wattfolio_economics::catalogue;
use wattfolio_economics::scenario::Scenario;

use crate::support::files::{enter_path, folder, save_as};
use crate::support::program::{printed, refused};
use crate::support::window::{CTRL, Window};

fn letter(text: &str) -> Letter {
    text.parse().expect("a letter")
}

/// A window on the sites, with a scenario A of cheaper power beside the one at hand.
fn window() -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    window.request(Action::Scenario(letter("0"), ScenarioAction::Duplicate));
    let input = catalogue::find("power.price_usd_per_kwh").expect("an input");
    window.request(Action::SetText { input, text: "0.03".to_owned() });
    window.request(Action::Scenario(letter("A"), ScenarioAction::Rename("Cheap power".to_owned())));
    window.request(Action::Scenario(letter("0"), ScenarioAction::Show));
    window.key(CTRL, Page::Mix.key());
    window.click(Role::RadioButton, "Several sites");
    window
}

fn add_scenario(window: &mut Window) {
    window.click(Role::Button, "Add a site ▼");
    window.click(Role::Button, "A Cheap power");
}

fn mix_of(window: &Window, index: usize) -> PerBusiness<f64> {
    window.state().sites()[index].site.scenario.mix.shares()
}

#[test]
fn a_scenario_of_the_file_is_a_site_whose_mix_is_typed_and_saved_with_it() {
    let mut window = window();
    assert!(window.reads("One site is no portfolio yet.") && !window.reads("Capital …"));
    add_scenario(&mut window);
    // Two of the same mix move as one.
    assert!(window.reads("Together the worst 5 % come to as much as apart."), "{:#?}", window.texts());
    let name = "Today: 20 MW powered site, Cheap power";
    window.write(Role::SpinButton, &format!("Mining of {name}"), "100");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(mix_of(&window, 1).into_array(), [1.0, 0.0, 0.0]);
    let shown = &window.state().scenarios;
    assert_eq!(shown[1].listed.scenario.mix.mining, 1.0);
    assert_eq!(window.state().document.scenario().mix, Scenario::default().mix);
    let portfolio = window.state().shown_portfolio().expect("added up").clone();
    assert_eq!(portfolio.sites[1].shares, Some(PerBusiness::from([1.0, 0.0, 0.0])));
    assert!(portfolio.diversified_usd() > 0.0);
    let saved = wattfolio::format::short(portfolio.diversified_usd(), wattfolio_economics::units::Unit::Usd);
    assert!(window.reads(&format!("Together the worst 5 % lose {saved} less")), "{:#?}", window.texts());
    // What the page reads out are the figures of the portfolio.
    let total =
        wattfolio::format::short(portfolio.total.npv_usd.value, wattfolio_economics::units::Unit::Usd);
    assert!(window.reads(&total), "{total}");
    window.key(CTRL, Key::Z);
    assert_eq!(mix_of(&window, 1), Scenario::default().mix.shares());
    window.click(Role::Button, &format!("Remove {name}"));
    assert!(window.reads("One site is no portfolio yet."));
    assert_eq!(window.state().document.count(), 2, "the scenario stays");
}

#[test]
fn what_is_shown_is_exported_as_the_command_line_writes_it() {
    let folder = folder();
    let mut window = window();
    add_scenario(&mut window);
    let shares = PerBusiness::from([0.5, 0.3, 0.2]);
    window.request(Action::Site(SiteAction::SetMix(SitePlace::Scenario(letter("A")), shares)));
    let file = folder.path().join("two.ron");
    save_as(&mut window, &file, "Two sites");
    let site = format!("{}#A", file.display());
    for ending in ["json", "csv", "txt"] {
        let path = folder.path().join(format!("sites.{ending}"));
        window.key(CTRL, Key::E);
        enter_path(&mut window, "Path of the export", &path);
        let format = if ending == "txt" { "text" } else { ending };
        let expected = printed(&["mix", file.to_str().unwrap(), "--site", &site, "--format", format]);
        let written = std::fs::read_to_string(&path).expect("written");
        assert!(written == expected, "{ending}: {written} is not {expected}");
        assert!(written.contains("Cheap power"), "{ending}");
    }
    // On the other part there are no sites.
    window.click(Role::RadioButton, "One site");
    let path = folder.path().join("one.json");
    window.key(CTRL, Key::E);
    enter_path(&mut window, "Path of the export", &path);
    let written = std::fs::read_to_string(&path).expect("written");
    assert_eq!(written, printed(&["mix", file.to_str().unwrap(), "--format", "json"]));
}

#[test]
fn other_markets_are_refused_with_their_names_and_copies_are_numbered() {
    let mut window = window();
    let bundled = find_bundled("hodl").expect("bundled");
    window.click(Role::Button, "Add a site ▼");
    window.click(Role::Button, "Worked example");
    window.activate(Role::Button, &bundled.preset.about.title);
    assert!(window.reads("These sites make no portfolio."), "{:#?}", window.texts());
    let words = format!("{} has other markets than", bundled.preset.about.title);
    // Inputs go by their labels, and figures that are not to come are not waited for.
    assert!(window.reads(&words) && window.reads("“Paths”"), "{:#?}", window.texts());
    assert!(!window.reads("risk.paths") && !window.reads("…"), "{:#?}", window.texts());
    window.key(CTRL, Key::E);
    let message = window.state().view.notice.clone().expect("a message");
    assert!(message.is_alert && message.text.contains("why they make no portfolio"), "{message:?}");
    window.request(Action::Site(SiteAction::AddBundled(bundled)));
    let names: Vec<String> = window.state().sites().into_iter().map(|shown| shown.site.name).collect();
    assert_eq!(names[2], format!("{} (2)", names[1]));
    // A copy has a mix of its own, and its preset stays as it is.
    window.request(Action::Site(SiteAction::SetMix(SitePlace::Copy(1), PerBusiness::from([0.0, 1.0, 0.0]))));
    assert_eq!(mix_of(&window, 2).into_array(), [0.0, 1.0, 0.0]);
    assert_eq!(bundled.preset.scenario.mix, Scenario::default().mix);
    // Shares that do not add up change nothing.
    window.request(Action::Site(SiteAction::SetMix(SitePlace::Copy(1), PerBusiness::from([0.9, 1.0, 0.0]))));
    assert_eq!(mix_of(&window, 2).into_array(), [0.0, 1.0, 0.0]);
}

#[test]
fn a_share_beyond_the_site_is_refused_with_the_name_of_its_site() {
    let mut window = window();
    add_scenario(&mut window);
    let (here, there) = ("Today: 20 MW powered site", "Today: 20 MW powered site, Cheap power");
    window.write(Role::SpinButton, &format!("Mining of {there}"), "150");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(mix_of(&window, 1), Scenario::default().mix.shares());
    let message = window.state().view.notice.clone().expect("a message");
    assert_eq!(message.text, format!("{there}. Mining share: 150 is not allowed; 0 … 100 %"));
    window.write(Role::SpinButton, &format!("Mining of {here}"), "150");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(mix_of(&window, 0), Scenario::default().mix.shares());
    assert!(window.reads("⚠ 150 is not allowed; 0 … 100 %"), "{:#?}", window.texts());
    window.write(Role::SpinButton, &format!("Mining of {here}"), "100");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(mix_of(&window, 0).into_array(), [1.0, 0.0, 0.0]);
    assert!(!window.reads("⚠ 150 is not allowed"), "{:#?}", window.texts());
}

#[test]
fn a_file_is_a_site_and_one_that_cannot_be_read_says_why() {
    let folder = folder();
    let mut window = window();
    let file = folder.path().join("mine.ron");
    save_as(&mut window, &file, "Mine");
    window.click(Role::Button, "Add a site ▼");
    window.click(Role::Button, "From a file…");
    assert!(matches!(window.state().view.dialog, Some(Dialog::Open { to: OpenFor::Site, .. })));
    enter_path(&mut window, "Path of the preset", &file);
    assert_eq!(window.state().view.dialog, None);
    let others = &window.state().sites.others;
    assert!(matches!(&others[..], [OtherSite::Copy { name, .. }] if name == "Mine"), "{others:?}");
    assert!(window.state().shown_portfolio().is_some());
    window.request(Action::Site(SiteAction::AddFile(folder.path().join("nobody.ron"))));
    let message = window.state().view.notice.clone().expect("a message");
    assert!(message.is_alert && message.text.starts_with("Not added"), "{message:?}");
    assert_eq!(window.state().sites.others.len(), 1);
}

#[test]
fn a_site_that_is_shown_or_of_another_file_is_none_of_the_others() {
    let mut window = window();
    add_scenario(&mut window);
    window.request(Action::Scenario(letter("A"), ScenarioAction::Show));
    assert_eq!(window.state().sites().len(), 1);
    window.request(Action::Scenario(letter("0"), ScenarioAction::Show));
    assert_eq!(window.state().sites().len(), 2);
    window.request(Action::Site(SiteAction::AddBundled(find_bundled("today").expect("bundled"))));
    window.request(Action::OpenBundled(find_bundled("hodl").expect("bundled")));
    let others = &window.state().sites.others;
    assert!(matches!(&others[..], [OtherSite::Copy { .. }]), "{others:?}");
}

#[test]
fn a_dot_and_its_hexagon_light_up_together() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    window.key(CTRL, Page::Mix.key());
    let triangle = window.place(Role::Image, "Shares of the site: mining, hosting, leasing now 34 / 33 / 33");
    window.frame(egui::Event::PointerMoved(triangle.center()));
    window.settle();
    let shapes = |window: &mut Window| window.harness().output().shapes.len();
    let hovered = window.state().view.hovered_mix.expect("a mix is under the pointer");
    let found = window.state().mix.found.clone().expect("mixes");
    assert!(found.mixes.grid.iter().any(|mixed| mixed.shares == hovered));
    let lit = shapes(&mut window);
    window.frame(egui::Event::PointerMoved(triangle.left_top() - egui::vec2(0.0, 60.0)));
    window.settle();
    assert_eq!(window.state().view.hovered_mix, None);
    assert!(shapes(&mut window) < lit, "cell and dot were lit");
}

#[test]
fn value_and_risk_are_counted_in_dollars_or_per_dollar() {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    let scenario = Some(scenario.validate().expect("valid"));
    let mut window = Window::with(Options { scenario, ..Options::default() });
    window.key(CTRL, Page::Mix.key());
    assert!(
        window.reads("per dollar of capital; each dot is a mix")
            && window.reads("What the frontier is made of")
    );
    assert!(window.reads("Per dollar of capital, ") && !window.reads("In dollars, "));
    window.click(Role::RadioButton, "$");
    assert!(
        window.reads("In dollars, ") && !window.reads("Per dollar of capital, "),
        "{:#?}",
        window.texts()
    );
    assert_eq!(
        window.state().view.mix,
        MixView { per: wattfolio_economics::answers::mix::Per::Site, part: MixPart::OneSite }
    );
    assert!(window.reads("of the whole site; each dot is a mix"), "{:#?}", window.texts());
    let found = window.state().mix.found.clone().expect("mixes");
    let most = found.mixes.frontier_usd.last().expect("a frontier");
    let usd = wattfolio::format::short(most.npv_usd.value, wattfolio_economics::units::Unit::Usd);
    assert!(window.reads(&usd), "{usd} in {:#?}", window.texts());
    // The shades run from nothing to the most.
    let name = format!("Shades of the cells, from $0 to +{usd}");
    assert!(window.has(Role::Image, &name), "{name}");
}

#[test]
fn a_letter_behind_a_source_chooses_a_scenario() {
    let refusal = refused(&["mix", "iren-mixed-site#Z"]);
    assert!(
        refusal.starts_with("there is no scenario Z; there are 0 IREN’s mixed site, A What came"),
        "{refusal}"
    );
    let refusal = refused(&["mix", "iren-mixed-site#"]);
    assert!(refusal.contains("no such file"), "{refusal}");
    let own = ["mix", "iren-mixed-site", "--set", "risk.paths=200"];
    assert_eq!(printed(&[&own[..1], &["iren-mixed-site#0"], &own[2..]].concat()), printed(&own));
}
