//! The tabs of the pages, and whose money they count. What does not fit folds into menus.

use egui::{Align, Frame, Layout, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use wattfolio_economics::kernel::Basis;

use crate::state::{Command, PAGE_GROUPS, Page, PageGroup};
use crate::theme::{self, GUTTER, GUTTER_NARROW, HAIRLINE, Text};
use crate::view::Context;
use crate::widget;

/// Space between two tabs, and the least of it.
const GAP: f32 = 24.0;
const LEAST_GAP: f32 = 12.0;

/// The bases with the words of the bar.
const BASES: [(Basis, &str); 3] = [
    (Basis::ProjectBeforeTax, "Before tax"),
    (Basis::ProjectAfterTax, "After tax"),
    (Basis::EquityAfterTax, "Equity"),
];

/// Contents of the bar.
#[derive(Clone, Copy)]
enum Item {
    Page(Page),
    /// A group behind one label.
    Folded(&'static PageGroup),
    /// All pages behind the label of the one that is shown.
    All,
    /// The line between two groups.
    Line,
}

/// Layout of the bar.
struct Plan {
    items: Vec<Item>,
    gap: f32,
    is_basis_folded: bool,
}

pub(in crate::view) fn ui(ui: &mut Ui, cx: &Context<'_>) {
    let palette = &cx.theme.palette;
    Frame::new().fill(palette.panel).show(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TABS), Sense::hover());
        let margin = if cx.is_narrow { GUTTER_NARROW } else { GUTTER };
        let edge = Stroke::new(HAIRLINE, palette.line);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, edge);
        let inner = rect.shrink2(vec2(margin, 0.0));
        let plan = plan(ui, cx, inner.width());
        let mut left = inner.left();
        for item in plan.items {
            let width = item_width(ui, cx, item);
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, theme::TABS));
            match item {
                Item::Page(page) => tab_ui(ui, cx, page, place),
                Item::Folded(group) => folded_ui(ui, cx, group.name, group.pages, place),
                Item::All => folded_ui(ui, cx, cx.state.view.page.label(), &Page::ALL, place),
                Item::Line => {
                    ui.painter().vline(place.left(), place.y_range().shrink(12.0), edge);
                }
            }
            left += width + plan.gap;
        }
        if changes_with_basis(cx) {
            let right = inner.with_min_x(left);
            let layout = Layout::right_to_left(Align::Center);
            ui.scope_builder(UiBuilder::new().max_rect(right).layout(layout), |ui| {
                basis_ui(ui, cx, plan.is_basis_folded);
            });
        }
    });
    ui.add_space(-ui.spacing().item_spacing.y);
}

/// Published figures are the same for everybody, and costs of training are levelised before tax.
fn changes_with_basis(cx: &Context<'_>) -> bool {
    !matches!(cx.state.view.page, Page::Method | Page::TrainingCost)
}

/// The fullest layout that fits.
fn plan(ui: &Ui, cx: &Context<'_>, room: f32) -> Plan {
    let spelled = items(cx, false);
    let folded = items(cx, true);
    let segments: f32 = BASES.iter().map(|(_, name)| widget::width(ui, name, Text::BodyMedium) + 22.0).sum();
    let menu = BASES.iter().map(|(_, name)| folded_width(ui, name)).fold(0.0, f32::max);
    let all = vec![Item::All];
    let candidates = [
        (&spelled, GAP, false),
        (&spelled, GAP, true),
        (&folded, GAP, true),
        (&folded, LEAST_GAP, true),
        (&all, LEAST_GAP, false),
    ];
    let fits = |(items, gap, is_basis_folded): &(&Vec<Item>, f32, bool)| {
        let tabs: f32 = items.iter().map(|item| item_width(ui, cx, *item) + gap).sum();
        let basis = match (changes_with_basis(cx), *is_basis_folded) {
            (false, _) => 0.0,
            (true, true) => menu,
            (true, false) => segments + 4.0,
        };
        tabs + basis <= room
    };
    let (items, gap, is_basis_folded) =
        candidates.iter().copied().find(fits).unwrap_or((&all, LEAST_GAP, true));
    Plan { items: items.clone(), gap, is_basis_folded }
}

/// Pages in the order of the groups; a group of one is as short as its label.
fn items(cx: &Context<'_>, folds: bool) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, group) in PAGE_GROUPS.iter().enumerate() {
        if index > 0 {
            items.push(Item::Line);
        }
        if folds && group.pages.len() > 1 && !group.pages.contains(&cx.state.view.page) {
            items.push(Item::Folded(group));
        } else {
            items.extend(group.pages.iter().map(|page| Item::Page(*page)));
        }
    }
    items
}

fn folded_width(ui: &Ui, name: &str) -> f32 {
    widget::width(ui, &format!("{name} ▼"), Text::Body) + 12.0
}

fn item_width(ui: &Ui, cx: &Context<'_>, item: Item) -> f32 {
    match item {
        Item::Page(page) => widget::width(ui, page.label(), style_of(cx, page)),
        Item::Folded(group) => folded_width(ui, group.name),
        Item::All => folded_width(ui, cx.state.view.page.label()),
        Item::Line => HAIRLINE,
    }
}

fn style_of(cx: &Context<'_>, page: Page) -> Text {
    if page == cx.state.view.page { Text::BodyMedium } else { Text::Body }
}

fn tab_ui(ui: &Ui, cx: &Context<'_>, page: Page, place: Rect) {
    let palette = &cx.theme.palette;
    let is_selected = page == cx.state.view.page;
    let response = ui.interact(place, ui.scope_id().with(page.id()), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_selected, page.label()));
    let colour = if is_selected || response.hovered() { palette.text } else { palette.text_secondary };
    // Its width was measured, so that nothing is cut here.
    let galley = ui.painter().layout_no_wrap(page.label().to_owned(), style_of(cx, page).font(), colour);
    ui.painter().galley(pos2(place.left(), place.center().y - galley.size().y / 2.0), galley, colour);
    if is_selected {
        let bar = Rect::from_min_max(pos2(place.left(), place.bottom() - 3.0), place.max);
        ui.painter().rect_filled(bar, 0, palette.text);
    }
    widget::focus_ring(ui, cx.theme, &response, place.expand2(vec2(6.0, -6.0)));
    let command = Command::Page(page);
    if response.on_hover_text(command.hover(ui.ctx())).clicked() {
        cx.actions.run(command);
    }
}

/// Pages in a menu.
fn folded_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, pages: &[Page], place: Rect) {
    let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        let is_on = |page: Page| page == cx.state.view.page;
        let pages = pages.iter().map(|page| (page.label(), Command::Page(*page), is_on(*page)));
        menu_ui(ui, cx, name, pages.collect());
    });
}

/// A label that opens a menu of commands.
pub(in crate::view) fn menu_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, items: Vec<(&str, Command, bool)>) {
    ui.spacing_mut().button_padding.x = 6.0;
    let text = widget::colored(format!("{name} ▼"), Text::Body, cx.theme.palette.text);
    ui.menu_button(text, |ui| {
        for (name, command, is_on) in items {
            let item = ui.add(egui::Button::selectable(is_on, name)).on_hover_text(command.hover(ui.ctx()));
            if item.clicked() {
                cx.actions.run(command);
                ui.close();
            }
        }
    });
}

/// Basis of every page.
fn basis_ui(ui: &mut Ui, cx: &Context<'_>, is_folded: bool) {
    let now = cx.state.document.basis();
    let selected = BASES.iter().position(|(basis, _)| *basis == now).unwrap_or(0);
    if is_folded {
        let items = BASES.map(|(basis, name)| (name, Command::for_basis(basis), basis == now));
        return menu_ui(ui, cx, BASES[selected].1, items.into());
    }
    let names = BASES.map(|(_, name)| name);
    if let Some(index) = widget::segmented(ui, cx.theme, &names, selected) {
        cx.actions.run(Command::for_basis(BASES[index].0));
    }
}
