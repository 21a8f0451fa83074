//! The inputs: each has a name, a reset, and a message for refused values.

use egui::{Key, Modifiers, Role};
use wattfolio::state::Action;
use wattfolio_economics::business::Business;
use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Group, Input, Kind, Scale};
use wattfolio_economics::kernel::Basis;

use crate::support::window::{CTRL, Window};

fn shown() -> impl Iterator<Item = &'static Input> {
    catalogue::inputs().iter().filter(|input| input.shown)
}

/// A window with every chapter open.
fn all_open() -> Window {
    let mut window = Window::open();
    for group in Group::all() {
        if shown().any(|input| input.group == group && !input.key_driver) {
            window.activate(Role::DisclosureTriangle, group.label());
        }
    }
    window
}

/// Roles with the number of widgets named after an input.
fn found(window: &Window, input: &Input) -> Vec<(Role, usize)> {
    let (roles, name): (&[Role], String) = match &input.kind {
        Kind::Number(number) if number.step > 0.0 || matches!(number.scale, Scale::Stops(_)) => {
            (&[Role::Slider, Role::SpinButton], input.label.to_owned())
        }
        Kind::Number(_) => (&[Role::SpinButton], input.label.to_owned()),
        Kind::Flag(_) => (&[Role::CheckBox], input.label.to_owned()),
        Kind::Month(_) | Kind::Text(_) => (&[Role::TextInput], input.label.to_owned()),
        Kind::Choice(_) => (&[Role::ComboBox], input.label.to_owned()),
        Kind::Points(_) => (&[Role::Button], format!("Add a level to {}", input.label)),
    };
    roles.iter().map(|&role| (role, window.count(role, &name))).collect()
}

fn assert_reachable(window: &Window, input: &Input) {
    let scenario = window.state().document.scenario();
    // Inputs of an option that is not chosen are not shown.
    let applies = match &input.kind {
        Kind::Number(number) => (number.get)(scenario).is_some(),
        _ => input.text(scenario).is_some(),
    };
    let expected = usize::from(applies);
    for (role, count) in found(window, input) {
        assert_eq!(count, expected, "{} as {role:?} named {}", input.id, input.label);
    }
}

#[test]
fn every_input_is_reached_by_its_name() {
    let window = all_open();
    shown().for_each(|input| assert_reachable(&window, input));
}

#[test]
fn options_bring_their_own_numbers() {
    let mut window = all_open();
    for input in shown() {
        let Kind::Choice(choice) = &input.kind else { continue };
        for option in choice.options {
            window.request(Action::SetText { input, text: option.start.to_owned() });
            let prefix = format!("{}.", input.id);
            shown().filter(|own| own.id.starts_with(&prefix)).for_each(|own| assert_reachable(&window, own));
        }
    }
}

#[test]
fn a_choice_is_made_by_name() {
    let mut window = all_open();
    let before = window.flows();
    window.node(Role::ComboBox, "Power contract").scroll_to_me();
    window.settle();
    window.click(Role::ComboBox, "Power contract");
    window.click(Role::Button, "Wholesale");
    let contract = catalogue::find("power.contract").expect("an input");
    let text = contract.text(window.state().document.scenario());
    assert_eq!(text.as_deref(), Some("Wholesale(hourly_sigma:0.5)"));
    // Without curtailment an hourly price costs the same on average.
    assert_eq!(window.flows(), before);
    window.activate(Role::CheckBox, "Curtailment");
    assert_ne!(window.flows()[Business::Mining], before[Business::Mining]);
    assert_eq!(window.flows()[Business::Leasing], before[Business::Leasing]);
}

#[test]
fn a_value_is_reset_to_the_baseline() {
    let mut window = Window::open();
    let before = window.state().document.scenario().clone();
    assert!(!window.has(Role::Button, "Reset Rental rate"), "nothing to reset yet");
    window.set("Rental rate", "2.5");
    window.set("Hosting fee", "150");
    assert!(window.reads("2 changed from baseline"));
    window.click(Role::Button, "Reset Rental rate");
    assert!(!window.has(Role::Button, "Reset Rental rate"));
    assert!(window.has(Role::Button, "Reset Hosting fee"));
    assert!(window.reads("1 changed from baseline"));
    window.click(Role::Button, "Reset all");
    assert_eq!(*window.state().document.scenario(), before);
    window.assert_up_to_date();
}

#[test]
fn the_halving_reward_follows_the_schedule_again_after_a_reset() {
    let mut window = Window::open();
    window.set("Halving reward", "12.5");
    window.click(Role::Button, "Reset Halving reward");
    assert_eq!(window.state().document.scenario().bitcoin.block_subsidy_btc, None);
}

#[test]
fn inputs_are_found_by_words() {
    let mut window = Window::open();
    assert!(!window.has(Role::SpinButton, "Discount rate"));
    window.key(CTRL, Key::F);
    window.text("hosting fee");
    assert!(window.has(Role::SpinButton, "Hosting fee"));
    assert!(!window.has(Role::SpinButton, "Bitcoin price"));
    window.write(Role::TextInput, "Find an input", "perpetuum mobile");
    assert!(window.reads("Nothing found for “perpetuum mobile”"));
    window.click(Role::Button, "Show all inputs");
    assert!(window.has(Role::SpinButton, "Bitcoin price"));
    // The search covers ids and explanations as well.
    window.write(Role::TextInput, "Find an input", "gpu_price_usd");
    assert!(window.has(Role::SpinButton, "GPU capex") && !window.has(Role::SpinButton, "Hosting fee"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.has(Role::SpinButton, "Hosting fee"), "escape clears the search");
}

#[test]
fn only_what_is_changed_is_shown() {
    let mut window = Window::open();
    window.click(Role::CheckBox, "Changed only");
    assert!(window.reads("Nothing is changed"));
    window.click(Role::CheckBox, "Changed only");
    window.set("GPU capex", "45000");
    window.click(Role::CheckBox, "Changed only");
    assert!(window.has(Role::SpinButton, "GPU capex"));
    assert!(!window.has(Role::SpinButton, "Rental rate"));
}

#[test]
fn a_refused_value_says_what_is_allowed() {
    let mut window = Window::open();
    let before = (window.state().document.scenario().clone(), window.flows());
    window.set("Electricity cost", "2500");
    let fault = window.state().view.inputs.refused.clone().expect("a fault");
    assert_eq!(fault.input().id, "power.price_usd_per_kwh");
    assert!(window.reads("2,500.00 is not allowed; 0.00 … 2,000.00 $/MWh"), "{:#?}", window.texts());
    assert_eq!((window.state().document.scenario().clone(), window.flows()), before);
    // The next allowed value removes the message.
    window.set("Electricity cost", "40");
    assert!(!window.reads("is not allowed"));
    assert_eq!(window.state().document.scenario().power.price_usd_per_kwh.value, 0.04);
}

#[test]
fn text_that_is_no_number_changes_nothing() {
    for nonsense in ["", "much", "NaN", "inf", "1e999", "-5", "--", "∞"] {
        let mut window = Window::open();
        let before = window.state().document.scenario().clone();
        window.set("Rental rate", nonsense);
        assert_eq!(*window.state().document.scenario(), before, "{nonsense}");
        window.assert_up_to_date();
    }
}

#[test]
fn escape_leaves_a_field_as_it_was() {
    let mut window = Window::open();
    let before = window.state().document.scenario().clone();
    window.write(Role::SpinButton, "Rental rate", "9");
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(*window.state().document.scenario(), before);
}

#[test]
fn months_and_names_are_typed() {
    let mut window = all_open();
    window.write(Role::TextInput, "Start", "2027-06");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().document.scenario().start.to_string(), "2027-06");
    window.write(Role::TextInput, "Start", "soon");
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().document.scenario().start.to_string(), "2027-06");
    assert!(window.reads("soon is not allowed; 2010-01…2100-12"), "{:#?}", window.texts());
}

#[test]
fn later_levels_are_added_and_removed() {
    let mut window = all_open();
    let before = window.flows();
    let name = "Bitcoin price, later levels";
    window.activate(Role::Button, &format!("Add a level to {name}"));
    assert_eq!(window.state().document.scenario().bitcoin.price_usd.points.len(), 1);
    window.set(&format!("{name} 1 level"), "200,000");
    let points = window.state().document.scenario().bitcoin.price_usd.points.clone();
    assert_eq!(points, [(12.0, 200_000.0)]);
    assert_ne!(window.flows()[Business::Mining], before[Business::Mining]);
    let flows = window.flows();
    let others = flows.iter().filter(|(business, _)| *business != Business::Mining);
    assert!(others.into_iter().all(|(business, flows)| *flows == before[business]));
    window.activate(Role::Button, &format!("{name} 1 remove"));
    assert_eq!(window.flows(), before);
}

#[test]
fn unreadable_text_is_refused_with_a_message_at_the_field() {
    let mut window = Window::open();
    let before = window.state().document.scenario().clone();
    let cases = [
        ("Electricity cost", "12,5", "write 12.5"),
        ("Electricity cost", "35%", "write it in $/MWh, ¢/kWh or $/kWh"),
        ("Electricity cost", "abc", "write a number, such as 45"),
        ("Rental rate", "3,70", "write 3.70"),
        ("GPU capex", "54.000,00", "write 54000.00"),
        ("Bitcoin price", "1.2.3", "one decimal point"),
    ];
    for (name, typed, words) in cases {
        window.set(name, typed);
        assert_eq!(*window.state().document.scenario(), before, "{typed} changed something");
        assert!(window.reads(&format!("⚠ “{typed}” is refused")), "{typed}: {:#?}", window.texts());
        assert!(window.reads(words), "{typed}: {:#?}", window.texts());
    }
    // A readable value removes the message.
    window.set("Electricity cost", "4.5 c/kWh");
    window.set("Electricity cost", "5 ¢/kWh");
    assert!(!window.reads("⚠"));
    assert_eq!(window.state().document.scenario().power.price_usd_per_kwh.value, 0.05);
    window.set("Bitcoin price", "$84,700");
    assert_eq!(window.state().document.scenario().bitcoin.price_usd.value, 84_700.0);
}

#[test]
fn months_of_later_levels_are_read_like_every_number() {
    let mut window = all_open();
    let name = "Bitcoin price, later levels";
    window.activate(Role::Button, &format!("Add a level to {name}"));
    let month = |window: &Window| window.state().document.scenario().bitcoin.price_usd.points[0].0;
    let field = format!("{name} 1 month");
    for (typed, words) in [
        ("1 2", "digits are grouped by three"),
        ("12,5", "write 12.5"),
        ("abc", "write a number"),
        ("5 MW", "write it in months or years"),
    ] {
        window.set(&field, typed);
        assert_eq!(month(&window), 12.0, "{typed}");
        assert!(window.reads(&format!("⚠ “{typed}” is refused")), "{typed}: {:#?}", window.texts());
        assert!(window.reads(words), "{typed}: {:#?}", window.texts());
    }
    for (typed, months) in [("2 years", 24.0), ("18", 18.0), ("30 mo", 30.0)] {
        window.set(&field, typed);
        assert_eq!(month(&window), months, "{typed}");
        assert!(!window.reads("⚠"), "{typed}: {:#?}", window.texts());
    }
    window.set(&field, "700");
    assert!(month(&window) == 30.0 && window.reads("months 0…600"), "{:#?}", window.texts());
}

#[test]
fn wherever_a_loan_is_shown_it_says_that_it_moves_nothing_and_offers_equity() {
    const WORDS: &str = "Loans move nothing here: project before tax counts the project without debt.";
    let mut window = Window::open();
    assert!(!window.reads(WORDS), "the chapter is closed");
    window.activate(Role::DisclosureTriangle, Group::Debt.label());
    assert!(window.reads(WORDS));
    window.activate(Role::DisclosureTriangle, Group::Debt.label());
    window.write(Role::TextInput, "Find an input", "hosting fee");
    assert!(!window.reads(WORDS), "no loan is found");
    window.write(Role::TextInput, "Find an input", "loan");
    assert!(window.has(Role::ComboBox, "Debt, leasing") && window.reads(WORDS), "{:#?}", window.texts());
    window.write(Role::TextInput, "Find an input", "reserve");
    assert!(window.has(Role::SpinButton, "Cash reserve") && !window.reads(WORDS), "a reserve is no loan");
    window.request(Action::Search(String::new()));
    let debt = catalogue::find("leasing.debt").expect("an input");
    let text = "Loan(loan_to_cost:0.6,apr:0.09,term_months:48,grace_months:6)".to_owned();
    window.request(Action::SetText { input: debt, text });
    window.click(Role::CheckBox, "Changed only");
    let count = window.texts().iter().filter(|text| text.as_str() == WORDS).count();
    assert_eq!(count, 1, "{:#?}", window.texts());
    let before = window.flows();
    window.click(Role::Button, "Show equity");
    assert_eq!(window.state().document.basis(), Basis::EquityAfterTax);
    assert!(
        !window.reads("Loans move nothing") && window.flows()[Business::Leasing] != before[Business::Leasing]
    );
}
