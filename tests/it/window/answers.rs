//! The pages of mixes and of training costs.

use egui::{Event, Key, Modifiers, Role};
use wattfolio::app::Options;
use wattfolio::state::Page;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::scenario::{NetworkRule, Scenario};

use crate::support::window::{CTRL, Window};

fn window(page: Page, change: impl FnOnce(&mut Scenario)) -> Window {
    let mut scenario = Scenario::default();
    scenario.risk.paths = 200;
    change(&mut scenario);
    let mut window =
        Window::with(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
    window.key(CTRL, page.key());
    window
}

fn shares(window: &Window) -> PerBusiness<f64> {
    window.state().document.scenario().mix.shares()
}

#[test]
fn the_knob_of_the_triangle_sets_the_mix_as_one_step() {
    let mut window = window(Page::Mix, |_| ());
    // A scenario that was handed over may be a step of its own.
    let could_undo = window.state().document.can_undo();
    let name = "Shares of the site: mining, hosting, leasing now 34 / 33 / 33";
    let place = window.place(Role::Image, name);
    let path = [0.5, 0.42, 0.3].map(|share| place.lerp_inside(egui::vec2(share, 0.6)));
    window.frame(Event::PointerMoved(path[0]));
    window.button_frame(path[0], true);
    for at in path {
        window.frame(Event::PointerMoved(at));
    }
    window.button_frame(path[2], false);
    window.settle();
    let mixed = shares(&window);
    let total: f64 = mixed.iter().map(|(_, share)| share).sum();
    assert!((total - 1.0).abs() < 1e-9 && mixed != Scenario::default().mix.shares(), "{mixed:?}");
    // Dragged cells are whole steps of 5 %.
    assert!(mixed.iter().all(|(_, share)| (20.0 * share - (20.0 * share).round()).abs() < 1e-9), "{mixed:?}");
    let (known, now) = window.state().mix.now.clone().expect("a mix");
    assert!(known == mixed && now.is_some());
    assert_eq!(window.state().results.scenario.mix.shares(), mixed);
    let found = window.state().mix.found.clone().expect("mixes");
    assert_eq!(found.mixes.now.as_ref().map(|now| now.shares), Some(mixed));
    window.key(CTRL, Key::Z);
    assert_eq!(shares(&window), Scenario::default().mix.shares());
    assert_eq!(window.state().document.can_undo(), could_undo);
}

#[test]
fn a_typed_share_leaves_the_rest_to_the_others() {
    let mut window = window(Page::Mix, |scenario| {
        (scenario.mix.mining, scenario.mix.hosting, scenario.mix.leasing) = (0.2, 0.4, 0.4);
    });
    window.write(Role::SpinButton, "Mining", "60");
    window.key(Modifiers::NONE, Key::Enter);
    let mixed = shares(&window);
    assert_eq!(mixed[Business::Mining], 0.6);
    assert!((mixed[Business::Hosting] - 0.2).abs() < 1e-12, "{mixed:?}");
    window.write(Role::SpinButton, "Mining", "150");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(shares(&window), mixed, "a share beyond the site changes nothing");
    assert!(window.reads("⚠ 150 is not allowed; 0 … 100 %"), "{:#?}", window.texts());
}

#[test]
fn businesses_that_come_too_late_leave_a_part_of_the_site_empty() {
    let mut window = window(Page::Mix, |scenario| scenario.horizon_months = 12);
    assert!(window.reads("Mining alone can be carried by this site."), "{:#?}", window.texts());
    let empty =
        "67 % of the site, the shares of hosting and leasing, stands empty in that plan and adds nothing.";
    assert!(window.reads(empty), "{:#?}", window.texts());
    assert!(window.reads("there is no row for now, whose hosting and leasing are left out"));
    // A mix of what is left has a row, and nothing stands empty.
    window.request(wattfolio::state::Action::SetMix(PerBusiness::from([1.0, 0.0, 0.0])));
    window.settle();
    assert!(window.reads("now is scaled from whole-site paths"), "{:#?}", window.texts());
    assert!(!window.reads("stands empty"), "{:#?}", window.texts());
}

#[test]
fn no_head_and_no_run_is_cut_in_the_smallest_comfortable_window() {
    for page in [Page::Mix, Page::TrainingCost] {
        let mut window = window(page, |_| ());
        for width in [1280.0, 1600.0] {
            window.harness().set_size(egui::vec2(width, 2000.0));
            window.settle();
            let shapes = &window.harness().output().shapes;
            let cut = shapes.iter().filter_map(|clipped| match &clipped.shape {
                egui::Shape::Text(text) if text.galley.elided => Some(text.galley.text().to_owned()),
                _ => None,
            });
            let cut: Vec<String> = cut.collect();
            assert!(cut.is_empty(), "{page:?} at {width}: {cut:?}");
            let heads: &[&str] = match page {
                Page::Mix => &["NPV", "per $", "Worst", "5 %"],
                _ => &["Own", "GPUs", "Miner’s", "Bitcoin", "estimate", "Llama 3.1 405B, H100"],
            };
            for head in heads {
                assert!(window.shows(head), "{head} at {width}");
            }
        }
    }
}

#[test]
fn what_the_chart_of_the_frontier_leaves_out_says_where_it_lies() {
    let window = window(Page::Mix, |_| ());
    let found = window.state().mix.found.clone().expect("mixes");
    let alone = found.mixes.alone(Business::Mining).expect("mixed");
    let shown = wattfolio::words::mix::beyond(
        &[("mining alone".to_owned(), alone)],
        wattfolio_economics::answers::mix::Per::Dollar,
    );
    assert!(window.reads(&shown), "{shown} in {:#?}", window.texts());
}

#[test]
fn what_cannot_be_mixed_says_why() {
    let mut window = window(Page::Mix, |scenario| scenario.hosting.customer_capex_share = 1.0);
    assert!(window.reads("AI hosting is left out: no capex."), "{:#?}", window.texts());
    assert!(window.reads("The triangle needs three businesses"), "{:#?}", window.texts());
    window.request(wattfolio::state::Action::SetMix(PerBusiness::from([0.0, 0.0, 1.0])));
    assert!(window.state().mix.now.as_ref().is_some_and(|(_, now)| now.is_some()));
}

#[test]
fn a_click_on_a_run_draws_it() {
    let mut window = window(Page::TrainingCost, |_| ());
    assert!(window.reads("Llama 3.1 405B: $72.5M at the rental of Nov 2026"), "{:#?}", window.texts());
    let trained = window.state().training.as_ref().expect("priced");
    let run = trained.cost.runs().position(|run| run.model == "GPT-3 175B").expect("known");
    window.activate(Role::Button, "GPT-3 175B, V100, 3.10M, none, none, none, none, weak");
    assert_eq!(window.state().view.training.run, run);
    assert!(window.reads("no listed rental of the V100"), "{:#?}", window.texts());
    assert!(window.reads("What training on own GPUs costs is not known: no listed price of the V100."));
    assert!(window.reads("A miner can pay $118/MWh in Nov 2026"));
    assert!(window.reads("There is nothing to draw of this run."), "{:#?}", window.texts());
}

#[test]
fn a_given_network_has_no_answer_to_draw() {
    let drawn = |network| {
        let mut window = window(Page::TrainingCost, |scenario| scenario.bitcoin.network = network);
        window.harness().set_size(egui::vec2(1600.0, 1000.0));
        window.settle();
        window
    };
    let answering = drawn(NetworkRule::RESPONSIVE);
    assert!(answering.reads("; once the network has answered, "), "{:#?}", answering.texts());
    assert!(
        answering.reads("; dashed: after 36 months of the network’s answer") && answering.shows("answered")
    );
    let given = drawn(NetworkRule::Given);
    assert!(given.reads(" dearer; this plan’s network does not answer."), "{:#?}", given.texts());
    assert!(!given.reads("dashed: ") && !given.shows("answered"), "{:#?}", given.texts());
    assert!(given.shows("own, miner’s power"));
}

#[test]
fn the_basis_is_absent_where_it_changes_nothing() {
    let mut window = window(Page::Mix, |_| ());
    window.harness().set_size(egui::vec2(1600.0, 1000.0));
    window.settle();
    assert!(window.has(Role::RadioButton, "Before tax"));
    window.key(CTRL, Page::TrainingCost.key());
    assert!(!window.has(Role::RadioButton, "Before tax"));
}

#[test]
fn the_hypothesis_is_an_input_beside_the_curve() {
    let mut window = window(Page::TrainingCost, |_| ());
    assert!(window.reads("At 0 rentals do not follow bitcoin."));
    window.set("Rental to bitcoin price", "0.2");
    assert_eq!(window.state().document.scenario().coupling.rental_elasticity, 0.2);
    assert!(
        window.reads("At 0.2 a doubled bitcoin raises rentals by 15 %: $72.5M becomes $83.3M."),
        "{:#?}",
        window.texts()
    );
    window.click(Role::RadioButton, "Power");
    assert!(window.reads("against the electricity price"), "{:#?}", window.texts());
    // Along that axis no curve of a miner is drawn, nor spoken of.
    assert!(!window.reads("dashed: ") && window.reads("the curve is there along the axis of bitcoin"));
    assert_eq!(window.state().results.scenario.coupling.rental_elasticity, 0.2);
}
