//! Menus: what is on is ticked, and what folds in a narrow window reaches every page and command.

use std::collections::BTreeSet;

use egui::accesskit::Toggled;
use egui::{Color32, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wattfolio::state::{Action, Command, MENUS, Page};
use wattfolio_economics::kernel::Basis;

use crate::support::window::Window;

/// Below this width a window has one menu: 860 points beside the margins of the bar.
const ONE_MENU_BELOW: f32 = 884.0;

fn sized(width: f32, height: f32) -> Window {
    let mut window = Window::open();
    window.harness().set_size(egui::vec2(width, height));
    window.settle();
    window
}

/// The commands of the open menu that are said to be on.
fn said_on(window: &mut Window) -> BTreeSet<String> {
    let texts: BTreeSet<&str> = Command::all().map(Command::text).collect();
    let nodes = window.harness().query_all_by_role(Role::Button);
    let on = nodes.filter(|node| node.accesskit_node().toggled() == Some(Toggled::True));
    on.filter_map(|node| node.accesskit_node().label()).filter(|name| texts.contains(name.as_str())).collect()
}

/// The texts that stand behind a drawn tick.
fn ticked(window: &mut Window) -> BTreeSet<String> {
    let mut texts = Vec::new();
    for clipped in &window.harness().output().shapes {
        let egui::Shape::Text(text) = &clipped.shape else { continue };
        let rect = text.galley.mesh_bounds.translate(text.pos.to_vec2());
        let colour = text.galley.job.sections.first().map_or(Color32::TRANSPARENT, |part| part.format.color);
        let is_drawn = text.override_text_color.unwrap_or(colour) != Color32::TRANSPARENT;
        texts.push((text.galley.text().to_owned(), rect, is_drawn));
    }
    let ticks = texts.iter().filter(|(text, _, is_drawn)| text == "✓" && *is_drawn);
    // The page goes on below the menu.
    let is_command = |text: &str| Command::all().any(|command| command.text() == text);
    let behind = ticks.filter_map(|(_, tick, _)| {
        let in_line = texts.iter().filter(|(text, rect, _)| {
            (rect.center().y - tick.center().y).abs() < 6.0 && rect.left() > tick.right() && is_command(text)
        });
        in_line.min_by(|a, b| a.1.left().total_cmp(&b.1.left())).map(|(text, ..)| text.clone())
    });
    behind.collect()
}

#[test]
fn menus_tick_the_page_the_theme_and_the_basis_that_are_on() {
    let mut window = Window::open();
    for (page, theme, basis) in [
        (Page::Compare, Command::ThemeDark, Basis::ProjectBeforeTax),
        (Page::Risk, Command::ThemeLight, Basis::EquityAfterTax),
        (Page::Method, Command::ThemeSystem, Basis::ProjectAfterTax),
    ] {
        for command in [Command::Page(page), theme, Command::for_basis(basis)] {
            window.request(Action::Run(command));
        }
        window.click(Role::Button, "View");
        // The inputs stand beside the page in a wide window.
        let wanted: BTreeSet<String> =
            [page.label(), theme.text(), Command::ToggleInputs.text()].map(str::to_owned).into();
        assert_eq!((said_on(&mut window), ticked(&mut window)), (wanted.clone(), wanted));
        window.key(Modifiers::NONE, Key::Escape);
        window.click(Role::Button, "Scenario");
        let wanted: BTreeSet<String> =
            [Command::for_basis(basis).text(), Command::ByValue.text()].map(str::to_owned).into();
        assert_eq!((said_on(&mut window), ticked(&mut window)), (wanted.clone(), wanted));
        window.key(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn one_menu_of_a_narrow_window_reaches_every_command() {
    assert!(!sized(ONE_MENU_BELOW, 640.0).has(Role::Button, "Menu"));
    let mut window = sized(ONE_MENU_BELOW - 1.0, 640.0);
    for menu in MENUS {
        assert!(!window.has(Role::Button, menu.name), "{} stands in the one menu", menu.name);
        window.click(Role::Button, "Menu");
        window.click(Role::Button, menu.name);
        for command in menu.rows().flatten() {
            let text = command.text_on(window.state().view.page);
            assert!(window.nodes_starting_with(text) >= 1, "{text} is not in {}", menu.name);
        }
        for _ in 0..2 {
            window.key(Modifiers::NONE, Key::Escape);
        }
        assert!(!window.has(Role::Button, menu.name), "escape closes the menu");
    }
    for page in Page::ALL {
        window.click(Role::Button, "Menu");
        window.click(Role::Button, "View");
        window.click(Role::Button, page.label());
        assert_eq!(window.state().view.page, page);
    }
    for basis in Basis::ALL {
        window.click(Role::Button, "Menu");
        window.click(Role::Button, "Scenario");
        window.click(Role::Button, Command::for_basis(basis).text());
        assert_eq!(window.state().document.basis(), basis);
    }
}

/// The folded menu with this name, if there is one: a name and the sign of a menu.
fn folded(window: &Window, name: &str) -> Option<String> {
    let name = format!("{name} ▼");
    window.has(Role::Button, &name).then_some(name)
}

#[test]
fn folded_tabs_reach_every_page_and_the_folded_basis_every_basis() {
    let names = [
        (Basis::ProjectBeforeTax, "Before tax"),
        (Basis::ProjectAfterTax, "After tax"),
        (Basis::EquityAfterTax, "Equity"),
    ];
    let mut seen = [0, 0];
    for (width, is_unfolded) in [(700.0, true), (640.0, true), (520.0, false), (440.0, false), (380.0, false)]
    {
        let mut window = sized(width, 640.0);
        if is_unfolded {
            window.request(Action::Run(Command::ToggleInputs));
        }
        for page in Page::ALL {
            let now = window.state().view.page.label();
            if let Some(menu) = folded(&window, now) {
                window.click(Role::Button, &menu);
                window.click(Role::Button, page.label());
                seen[0] += 1;
            } else if window.has(Role::Tab, page.label()) {
                window.click(Role::Tab, page.label());
            } else {
                // In the menu of its group.
                let group = wattfolio::state::PAGE_GROUPS.iter().find(|group| group.pages.contains(&page));
                let menu = folded(&window, group.expect("a group").name).expect("it is folded");
                window.click(Role::Button, &menu);
                window.click(Role::Button, page.label());
                seen[0] += 1;
            }
            assert_eq!(window.state().view.page, page, "at {width}");
        }
        window.request(Action::Run(Command::Page(Page::Compare)));
        for (basis, name) in names {
            let now = names.iter().find(|(one, _)| *one == window.state().document.basis()).expect("one").1;
            if let Some(menu) = folded(&window, now) {
                window.click(Role::Button, &menu);
                window.click(Role::Button, name);
                seen[1] += 1;
            } else if window.state().document.basis() != basis {
                window.click(Role::RadioButton, name);
            }
            assert_eq!(window.state().document.basis(), basis, "at {width}");
        }
    }
    assert!(seen.iter().all(|count| *count >= 3), "pages and bases are folded somewhere: {seen:?}");
}
