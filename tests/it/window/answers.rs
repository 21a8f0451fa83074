//! The pages of mixes and of training costs.

use egui::{Event, Key, Modifiers, Role};
use wattfolio::app::Options;
use wattfolio::state::Page;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::scenario::Scenario;

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
    let name = "Shares of the site: mining, hosting, leasing now 33 / 33 / 33";
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
    assert!(window.reads("Llama 3.1 405B: $72.5M at today’s rental"), "{:#?}", window.texts());
    let trained = window.state().training.as_ref().expect("priced");
    let run = trained.cost.runs().position(|run| run.model == "GPT-3 175B").expect("known");
    window.activate(Role::Button, "GPT-3 175B, V100, 3.10M, none, none, none, none, weak");
    assert_eq!(window.state().view.training.run, run);
    assert!(window.reads("no rental of a V100 today"), "{:#?}", window.texts());
    assert!(window.reads("There is nothing to draw of this run."), "{:#?}", window.texts());
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
    assert_eq!(window.state().results.scenario.coupling.rental_elasticity, 0.2);
}
