//! Pictures of every page, equal on every machine.
//!
//! They are drawn on the CPU with the bundled fonts and compared with `tests/pictures/*.png`. After a change that
//! is meant, `UPDATE=1 cargo test --test it pictures` takes them anew; look at each before it is committed.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use egui::{ColorImage, Theme, vec2};
use egui_kittest::{SnapshotOptions, SnapshotResults, try_image_snapshot_options};
use wattfolio::app::{App, Options, Picture, draw_picture};
use wattfolio::state::{
    Action, CashFlowView, ChartView, Command, Dialog, MethodView, MixPart, MixView, Of, Page, ScenarioAction,
    ScenarioForm, SensitivityView, SiteAction, SitePlace, WinnerMapView,
};
use wattfolio::store::{self, LineStyle};
use wattfolio_economics::answers::mix::Per;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::catalogue;
use wattfolio_economics::risk::RISK_FIGURES;

/// Where the pictures are kept.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures");

/// What a picture shows beside the page it starts with.
type Prepare = fn(&App);

struct Scene {
    name: &'static str,
    preset: &'static str,
    size: [f32; 2],
    prepare: Prepare,
}

/// The window as it first opens.
const WIDE: [f32; 2] = [1600.0, 1000.0];
/// The smallest comfortable window.
const NARROW: [f32; 2] = [1280.0, 800.0];
/// So high that what is below the fold is seen as well.
const TALL: [f32; 2] = [1500.0, 1500.0];
/// The whole risk page.
const TALLEST: [f32; 2] = [1400.0, 2560.0];

const SCENES: [Scene; 30] = [
    Scene { name: "compare", preset: "today", size: WIDE, prepare: |_| () },
    Scene { name: "compare-changed", preset: "today", size: TALL, prepare: change },
    Scene { name: "compare-1280", preset: "today", size: NARROW, prepare: change },
    Scene { name: "compare-pins", preset: "hodl", size: NARROW, prepare: |_| () },
    Scene { name: "compare-overlaid", preset: "today", size: NARROW, prepare: overlaid },
    Scene { name: "compare-table", preset: "today", size: NARROW, prepare: table },
    Scene { name: "compare-colour-blind", preset: "today", size: NARROW, prepare: colour_blind },
    Scene {
        name: "cash-flow-mining",
        preset: "today",
        size: WIDE,
        prepare: |app| cash_flow(app, Business::Mining),
    },
    Scene {
        name: "cash-flow-hosting",
        preset: "today",
        size: NARROW,
        prepare: |app| cash_flow(app, Business::Hosting),
    },
    Scene {
        name: "cash-flow-leasing",
        preset: "today",
        size: TALL,
        prepare: |app| cash_flow(app, Business::Leasing),
    },
    Scene { name: "sensitivity-simulated", preset: "today", size: TALL, prepare: moved_in_simulation },
    Scene { name: "risk", preset: "today", size: TALL, prepare: |app| run(app, Command::Page(Page::Risk)) },
    Scene {
        name: "risk-deep",
        preset: "today",
        size: TALLEST,
        prepare: |app| run(app, Command::Page(Page::Risk)),
    },
    Scene {
        name: "risk-1280",
        preset: "today",
        size: NARROW,
        prepare: |app| run(app, Command::Page(Page::Risk)),
    },
    Scene { name: "winner-map", preset: "today", size: WIDE, prepare: winner_map },
    Scene { name: "winner-map-1280", preset: "today", size: NARROW, prepare: winner_map },
    Scene { name: "market", preset: "today", size: WIDE, prepare: market },
    Scene { name: "market-1280", preset: "today", size: NARROW, prepare: market },
    Scene {
        name: "market-first",
        preset: "today",
        size: NARROW,
        prepare: |app| run(app, Command::Page(Page::Market)),
    },
    Scene { name: "scenarios", preset: "today", size: WIDE, prepare: scenarios },
    Scene { name: "scenarios-1280", preset: "today", size: NARROW, prepare: scenarios },
    Scene { name: "mix", preset: "iren-mixed-site", size: TALL, prepare: |app| mix(app, MixView::default()) },
    Scene {
        name: "mix-usd-1280",
        preset: "today",
        size: NARROW,
        prepare: |app| mix(app, MixView { per: Per::Site, ..MixView::default() }),
    },
    Scene { name: "mix-sites", preset: "iren-mixed-site", size: NARROW, prepare: sites },
    Scene {
        name: "history",
        preset: "crash-2022",
        size: TALL,
        prepare: |app| run(app, Command::Page(Page::History)),
    },
    Scene {
        name: "method",
        preset: "today",
        size: NARROW,
        prepare: |app| run(app, Command::Page(Page::Method)),
    },
    Scene { name: "method-wrong", preset: "today", size: TALL, prepare: wrong_sources },
    Scene { name: "gallery", preset: "today", size: WIDE, prepare: |app| run(app, Command::OpenGallery) },
    Scene { name: "palette", preset: "today", size: NARROW, prepare: palette },
    Scene { name: "refused", preset: "today", size: NARROW, prepare: refused },
];

fn run(app: &App, command: Command) {
    app.request(Action::Run(command));
}

/// The page of mixes.
fn mix(app: &App, view: MixView) {
    run(app, Command::Page(Page::Mix));
    app.request(Action::SetMixView(view));
}

/// The site as it is, with GPUs in a corner, beside one of hosting.
fn sites(app: &App) {
    let letter = |text: &str| text.parse().expect("a letter");
    app.request(Action::Scenario(letter("D"), ScenarioAction::Show));
    mix(app, MixView { part: MixPart::SeveralSites, ..MixView::default() });
    for site in ["0", "C"] {
        app.request(Action::Site(SiteAction::AddScenario(letter(site))));
    }
    let hosting = PerBusiness::from([0.0, 1.0, 0.0]);
    app.request(Action::Site(SiteAction::SetMix(SitePlace::Scenario(letter("C")), hosting)));
}

fn set(app: &App, id: &'static str, text: &str) {
    app.request(Action::SetText { input: catalogue::find(id).expect("an input"), text: text.to_owned() });
}

/// A scenario that is not the baseline, and then one that differs from both.
fn change(app: &App) {
    run(app, Command::NewScenario);
    set(app, "bitcoin.price_usd", "60000");
    set(app, "leasing.rental_usd_per_gpu_hour", "2.9");
    run(app, Command::NewScenario);
    set(app, "leasing.rental_usd_per_gpu_hour", "3.7");
    set(app, "bitcoin.price_usd", "100000");
    set(app, "power.price_usd_per_kwh", "0.038");
}

/// Four scenarios: cheap power, a guaranteed lease, which is shown, and a glut of GPUs.
fn scenarios(app: &App) {
    let described = |letter: &str, name: &str, note: &str, line| {
        let form = ScenarioForm { name: name.to_owned(), note: note.to_owned(), line };
        let letter = letter.parse().expect("a letter");
        app.request(Action::Scenario(letter, ScenarioAction::Describe(form)));
    };
    let show = |letter: &str| {
        app.request(Action::Scenario(letter.parse().expect("a letter"), ScenarioAction::Show));
    };
    run(app, Command::NewScenario);
    set(app, "power.price_usd_per_kwh", "0.032");
    described("A", "Cheap power", "", LineStyle::Dashed);
    show("0");
    described("0", "Today", "", LineStyle::Solid);
    run(app, Command::NewScenario);
    set(app, "hosting.fee_usd_per_kw_month", "138");
    set(app, "hosting.discount_rate", "0.075");
    set(app, "hosting.default_hazard_per_year", "0.005");
    described("B", "Guaranteed lease", "a tenant of the first rank", LineStyle::Solid);
    show("0");
    run(app, Command::NewScenario);
    set(app, "leasing.rental_usd_per_gpu_hour.growth_per_year", "-0.28");
    set(app, "leasing.contract_share", "0.4");
    described("C", "GPU glut", "", LineStyle::Dotted);
    app.request(Action::Scenario("A".parse().expect("a letter"), ScenarioAction::MoveTo(1)));
    app.request(Action::Scenario("C".parse().expect("a letter"), ScenarioAction::MoveTo(3)));
    show("B");
    run(app, Command::Page(Page::Scenarios));
}

/// P5 of mining with every input moved, over few paths.
fn moved_in_simulation(app: &App) {
    run(app, Command::Page(Page::Sensitivity));
    let input = catalogue::find("risk.paths").expect("an input");
    app.request(Action::SetNumber { input, value: 200.0 });
    let figure = RISK_FIGURES.iter().find(|figure| figure.id == "npv_p5_usd");
    let of = Some(Of::Business(Business::Mining));
    app.request(Action::SetSensitivity(SensitivityView { of, figure, ..SensitivityView::default() }));
}

fn overlaid(app: &App) {
    app.request(Action::SetChart(ChartView { is_overlaid: true, ..ChartView::default() }));
}

fn table(app: &App) {
    app.request(Action::SetChart(ChartView { is_table: true, ..ChartView::default() }));
}

fn colour_blind(app: &App) {
    run(app, Command::ToggleColourBlind);
}

fn cash_flow(app: &App, business: Business) {
    run(app, Command::Page(Page::CashFlow));
    app.request(Action::SetCashFlow(CashFlowView { business, ..CashFlowView::default() }));
}

/// A map on which every business wins somewhere, with a filmstrip.
fn winner_map(app: &App) {
    run(app, Command::Page(Page::WinnerMap));
    set(app, "hosting.fee_usd_per_kw_month", "150");
    let input = |id| Some(catalogue::find(id).expect("an input"));
    let z = input("hosting.fee_usd_per_kw_month");
    app.request(Action::SetWinnerMap(WinnerMapView { z, ..WinnerMapView::default() }));
}

fn palette(app: &App) {
    app.request(Action::ShowDialog(Some(Dialog::Palette { query: "theme".to_owned(), chosen: 1 })));
}

/// A page on which every source answered but two, and two figures are chosen.
fn market(app: &App) {
    run(app, Command::Page(Page::Market));
    for action in crate::market::window::busy() {
        app.request(action);
    }
}

/// The published figures that are wrong in their source.
fn wrong_sources(app: &App) {
    run(app, Command::Page(Page::Method));
    app.request(Action::SetMethod(MethodView { topic: None, wrong_only: true }));
}

/// A value that is not allowed, and a file that cannot be read.
fn refused(app: &App) {
    app.request(Action::OpenFile("clippy.toml".into()));
    app.request(Action::SetNumber {
        input: catalogue::find("power.price_usd_per_kwh").expect("an input"),
        value: 9.0,
    });
}

fn draw(scene: &Scene, theme: Theme) -> ColorImage {
    let preset = store::find_bundled(scene.preset).expect("bundled").preset.clone();
    let clock = Some(crate::market::then() + chrono::TimeDelta::minutes(2));
    let options = Options { preset: Some((preset, None)), clock, ..Options::default() };
    let [width, height] = scene.size;
    let picture = Picture { size: vec2(width, height), scale: 1.0, zoom: 1.0, theme };
    let prepare = |app: &App| {
        run(app, if theme == Theme::Dark { Command::ThemeDark } else { Command::ThemeLight });
        (scene.prepare)(app);
    };
    draw_picture(options, &picture, prepare).expect("everything can be drawn")
}

/// Every pixel counts: the renderer gives the same picture on every machine.
fn compare(image: &ColorImage, name: &str, results: &mut SnapshotResults) {
    let is_update = is_update();
    let [width, height] = image.size.map(|side| side as u32);
    let bytes = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let drawn = image::RgbaImage::from_raw(width, height, bytes).expect("of this size");
    let options = SnapshotOptions::new().output_path(FOLDER).threshold(0.0);
    let mut result = try_image_snapshot_options(&drawn, name, &options);
    if result.is_err() && is_update {
        pack(image, Path::new(FOLDER).join(name).with_extension("png")).expect("written");
        result = try_image_snapshot_options(&drawn, name, &options);
    }
    results.add(result);
}

/// Whether pictures that differ are taken anew. The variable of the library would write them at twice the size.
fn is_update() -> bool {
    assert!(std::env::var_os("UPDATE_SNAPSHOTS").is_none(), "UPDATE=1 takes pictures anew");
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Writes a picture at half the size of what the library writes, as all of them are in the repository.
fn pack(image: &ColorImage, path: PathBuf) -> Result<(), png::EncodingError> {
    let [width, height] = image.size.map(|side| side as u32);
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Large areas of one colour pack best as they are.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_compression(png::Compression::High);
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    encoder.write_header()?.write_image_data(&pixels)
}

/// Draws every scene in a theme; all that differ are named at the end.
fn check(theme: Theme, suffix: &str) {
    let mut results = SnapshotResults::default();
    for scene in &SCENES {
        compare(&draw(scene, theme), &format!("{}-{suffix}", scene.name), &mut results);
    }
}

#[test]
fn every_page_looks_as_it_should_in_the_dark() {
    check(Theme::Dark, "dark");
}

#[test]
fn every_page_looks_as_it_should_in_the_light() {
    check(Theme::Light, "light");
}

#[test]
fn a_picture_is_the_same_twice() {
    let scene = &SCENES[1];
    assert!(draw(scene, Theme::Dark) == draw(scene, Theme::Dark));
}

#[test]
fn themes_and_palettes_differ() {
    let (plain, blind) = (&SCENES[0], &SCENES[6]);
    let pictures = [draw(plain, Theme::Dark), draw(plain, Theme::Light), draw(blind, Theme::Dark)];
    assert!(pictures[0] != pictures[1] && pictures[0] != pictures[2]);
}
