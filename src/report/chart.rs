//! The charts of the window, drawn without one.

use std::sync::Arc;

use egui::{ColorImage, Context, Frame, Margin, Rect, Ui, Vec2, vec2};
use egui_raster::Headless;
use wattfolio_economics::scenario::Scenario;

use super::input::{Case, ReportInput};
use super::scene::Scene;
use crate::state::{Actions, CashFlowView, Document, Results, RiskState, State};
use crate::store::{Preset, Session};
use crate::theme::{self, Fallback, PaletteChoice, Theme};
use crate::view::{self, Printed};
use crate::widget;

/// Pixels per point of a picture.
const PICTURE_SCALE: f32 = 2.0;
/// Pixels per point to which places in a drawing are rounded.
const DRAWING_SCALE: f32 = 4.0;
/// Points around a chart in a file of its own.
const MARGIN: i8 = 16;
/// Points beyond the right edge and below a chart that labels of its axes may take.
const BLEED: egui::Vec2 = vec2(14.0, 6.0);
/// Room in which a chart is laid out before its height is known, points.
const ROOM: f32 = 2000.0;

/// Colours of charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// On white, for paper.
    #[default]
    Paper,
    /// The light theme of the window.
    Light,
    /// The dark theme of the window.
    Dark,
}

impl Look {
    /// The theme.
    pub fn theme(self) -> Arc<Theme> {
        match self {
            Self::Paper => Theme::paper(),
            Self::Light => Theme::get(PaletteChoice::Standard, false),
            Self::Dark => Theme::get(PaletteChoice::Standard, true),
        }
    }
}

/// Draws the charts of one case: what the window would show, in a context of its own.
#[derive(Debug)]
pub struct Studio<'a> {
    case: &'a Case,
    state: State,
    theme: Arc<Theme>,
    fallback: Fallback,
    ctx: Context,
}

impl<'a> Studio<'a> {
    /// A studio for a case of a report.
    pub fn new(input: &ReportInput, case: &'a Case, look: Look, fallback: Fallback) -> Self {
        let theme = look.theme();
        Self { case, state: state(input, case), ctx: context(&theme, &fallback), theme, fallback }
    }

    /// A chart as a drawing, laid out over `width` points.
    pub fn scene(&mut self, chart: Printed, (width, margin): (f32, i8)) -> Scene {
        self.choose(chart);
        let room = vec2(width, ROOM) + BLEED;
        let mut window = Headless::new(self.ctx.clone(), room, DRAWING_SCALE);
        let mut used = Rect::ZERO;
        let shapes = window.run_shapes(|ui| used = self.frame(ui, chart, (width, margin)));
        let size = (used.max.to_vec2().max(Vec2::ZERO) + BLEED).min(room);
        Scene::new(shapes, size, self.theme.palette.app)
    }

    /// A chart as a drawing in a file of its own.
    pub fn drawing(&mut self, chart: Printed) -> Scene {
        self.scene(chart, (chart.width(), MARGIN))
    }

    /// A chart as a picture in a file of its own, two pixels a point.
    pub fn picture(&mut self, chart: Printed) -> ColorImage {
        let size = self.drawing(chart).size;
        // The textures of fonts belong to the window that has loaded them.
        let ctx = context(&self.theme, &self.fallback);
        let mut window = Headless::new(ctx, size, PICTURE_SCALE).background(self.theme.palette.app);
        window.run(|ui| {
            self.frame(ui, chart, (chart.width(), MARGIN));
        })
    }

    /// Sets the state to what the chart shows.
    fn choose(&mut self, chart: Printed) {
        if let Printed::CashFlow(business) = chart {
            self.state.view.cash_flow = CashFlowView { business, ..CashFlowView::default() };
        }
        self.state.view.chart.is_overlaid = chart == Printed::Overlaid;
    }

    /// Draws a chart; returns the place that it takes.
    fn frame(&self, ui: &mut Ui, chart: Printed, (width, margin): (f32, i8)) -> Rect {
        let actions = Actions::default();
        let cx = view::Context {
            state: &self.state,
            actions: &actions,
            theme: &self.theme,
            is_narrow: false,
            is_stacked: false,
            has_folded_inputs: false,
        };
        widget::set_max_width(ui, width);
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
        let shown = Frame::new().inner_margin(Margin::same(margin)).show(ui, |ui| {
            chart.ui(ui, &cx, self.case.outlook.as_deref());
        });
        shown.response.rect
    }
}

/// A context with the fonts and the look of a theme.
fn context(theme: &Theme, fallback: &Fallback) -> Context {
    let ctx = Context::default();
    ctx.set_os(egui::os::OperatingSystem::Nix);
    theme::install_fonts(&ctx, fallback);
    theme::apply_one(&ctx, theme);
    ctx
}

/// The state of a window that shows a case beside the baseline.
fn state(input: &ReportInput, case: &Case) -> State {
    let mut preset = Preset::new(input.baseline.name.clone(), (*input.baseline.scenario).clone());
    preset.view = input.view;
    let mut document = Document::new(preset, None);
    *document.scenario_mut() = Scenario::clone(&case.scenario);
    document.settle();
    let results = Results::new(document.scenario(), &input.baseline.scenario, input.view.basis);
    let mut state = State {
        risk: RiskState { simulated: case.simulated.clone(), ..RiskState::default() },
        ..State::new(document, results, Session::default())
    };
    state.update_scenarios();
    state
}
