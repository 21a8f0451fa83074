//! Every page and dialog, drawn for plans at the limits of their inputs in windows of any size.

use egui::{Event, Pos2};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use wattfolio::app::Options;
use wattfolio::state::{
    AboutForm, Action, CashFlowView, ChartScale, ChartView, Command, Dialog, ExportRequest, Exports,
    HistoryView, MixPart, MixView, Of, OpenFor, Page, SaveQuestion, SaveRequest, ScenarioForm, ScenariosView,
    Secret, SensitivityView, SiteAction, StripMeasure, TrainingView, WinnerMapView,
};
use wattfolio::store::{Chosen, Letter, bundled};
use wattfolio_economics::answers::mix::Per;
use wattfolio_economics::answers::training_cost::Against;
use wattfolio_economics::business::{Business, PerBusiness};
use wattfolio_economics::catalogue;
use wattfolio_economics::explain::{Figure, PeriodLength, Subject};
use wattfolio_economics::history::Machines;
use wattfolio_economics::input::Kind;
use wattfolio_economics::kernel::LINES;
use wattfolio_economics::results::MEASURES;
use wattfolio_economics::risk::RISK_FIGURES;
use wattfolio_economics::scenario::Scenario;

use crate::support::economics::plans::CHANGES;
use crate::support::economics::scenarios::any_scenario;
use crate::support::economics::soak::config;
use crate::support::stage::Stage;

/// Widths and heights of a window in points, the smallest first.
const SIZES: [(f32, f32); 9] = [
    (320.0, 240.0),
    (320.0, 2000.0),
    (400.0, 300.0),
    (640.0, 640.0),
    (800.0, 600.0),
    (1024.0, 640.0),
    (1280.0, 800.0),
    (1600.0, 1000.0),
    (3000.0, 2000.0),
];

/// Height at which every page is visible as a whole.
const TALL: f32 = 3600.0;

/// A plan with few paths, for a fast simulation.
fn with_few_paths(mut scenario: Scenario) -> Scenario {
    scenario.risk.paths = 100;
    scenario
}

/// A plan with the given input values.
fn set(values: &[(&str, &str)]) -> Scenario {
    let mut scenario = Scenario::default();
    for (id, value) in values {
        catalogue::find(id).unwrap().write(&mut scenario, value).unwrap();
    }
    scenario
}

/// A plan with every number at one end of its range, as far as it stays valid.
fn at_one_end(is_low: bool) -> Scenario {
    let mut scenario = Scenario::default();
    for input in catalogue::inputs() {
        let Kind::Number(number) = &input.kind else { continue };
        let mut changed = scenario.clone();
        let value = if is_low { number.min } else { number.max };
        if input.write_number(&mut changed, value).is_ok() && changed.validate().is_ok() {
            scenario = changed;
        }
    }
    scenario
}

/// Plans that have broken a page, or are likely to.
fn corners() -> Vec<(String, Scenario)> {
    let named = [
        (
            "a label wider than its chart",
            set(&[("finance.discount_rate", "-0.5"), ("horizon_months", "600")]),
        ),
        ("no own capital", set(&[("hosting.customer_capex_share", "1")])),
        ("a plan of a month", set(&[("horizon_months", "1")])),
        ("nothing live in time", {
            let queues = ["mining.queue_months", "hosting.queue_months", "leasing.queue_months"];
            set(&queues.map(|id| (id, "200")))
        }),
        ("bitcoin without end", {
            set(&[("bitcoin.price_usd.growth_per_year", "1"), ("horizon_months", "600")])
        }),
        ("everything least", at_one_end(true)),
        ("everything most", at_one_end(false)),
    ];
    let plans = CHANGES.iter().map(|(name, change)| {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        ((*name).to_owned(), scenario)
    });
    let named = named.into_iter().map(|(name, scenario)| (name.to_owned(), scenario));
    named.chain(plans).map(|(name, scenario)| (name, with_few_paths(scenario))).collect()
}

/// Random plans, the same in every run.
fn random_plans(count: u32) -> Vec<(String, Scenario)> {
    let settings = Config { rng_seed: RngSeed::Fixed(7), ..Config::default() };
    let mut runner = TestRunner::new(settings);
    let plan = |number| {
        let scenario = any_scenario().new_tree(&mut runner).unwrap().current();
        (format!("random plan {number}"), with_few_paths(scenario))
    };
    (0..count).map(plan).collect()
}

/// View settings of a page.
fn views_of(page: Page, turn: usize) -> Vec<Vec<Action>> {
    let business = Business::ALL[turn % Business::ALL.len()];
    match page {
        Page::Compare => {
            let chart = |is_overlaid, scale, is_discounted, is_table| ChartView {
                is_overlaid,
                scale,
                is_discounted,
                is_table,
                has_end_proceeds: turn % 2 == 1,
                ..ChartView::default()
            };
            let charts = [
                chart(false, ChartScale::Capital, false, false),
                chart(true, ChartScale::Capital, false, false),
                chart(false, ChartScale::Usd, true, false),
                chart(true, ChartScale::UsdPerMw, false, false),
                chart(false, ChartScale::Capital, turn.is_multiple_of(2), true),
            ];
            charts.map(|chart| vec![Action::SetChart(chart)]).into()
        }
        Page::CashFlow => {
            let period = PeriodLength::ALL[turn % PeriodLength::ALL.len()];
            let view = CashFlowView { business, period, ledger_period: period };
            vec![vec![Action::SetCashFlow(view)]]
        }
        Page::Risk => {
            vec![vec![Action::SetCashFlow(CashFlowView { business, ..CashFlowView::default() })]]
        }
        Page::Sensitivity => {
            let common: Vec<_> = MEASURES.iter().filter(|measure| measure.is_common()).collect();
            let of = [Of::Business(business), Of::Difference][turn % 2];
            let measure = Some(common[turn % common.len()]);
            let view = SensitivityView { of: Some(of), measure, ..SensitivityView::default() };
            vec![Vec::new(), vec![Action::SetSensitivity(view)]]
        }
        Page::WinnerMap => {
            let input = |id| Some(catalogue::find(id).expect("an input"));
            let z = input(["hosting.fee_usd_per_kw_month", "bitcoin.block_subsidy_btc"][turn % 2]);
            let view = WinnerMapView { x: input("power.price_usd_per_kwh"), y: input("horizon_months"), z };
            vec![Vec::new(), vec![Action::SetWinnerMap(view)]]
        }
        Page::Scenarios => {
            let all = RISK_FIGURES.iter().map(|figure| figure.id).chain(MEASURES.iter().map(|one| one.id));
            let measures = all.skip(turn % 5).step_by(5).collect();
            let of = Some(Chosen::planned(Letter::at(turn % 2), business));
            let minus = Chosen::all(Letter::default()).nth(turn % (Business::COUNT + 1));
            vec![vec![Action::SetScenarios(ScenariosView { measures, of, minus })]]
        }
        Page::History => {
            let (machines, is_calibrating) = ([Machines::OfTheTime, Machines::Same][turn % 2], turn % 3 == 1);
            let measure = StripMeasure::ALL[turn % 3].0;
            let view = HistoryView { business, machines, measure, is_calibrating, ..HistoryView::default() };
            let late = HistoryView { start: Some("2024-07".parse().unwrap()), ..view.clone() };
            vec![vec![Action::SetHistory(view)], vec![Action::SetHistory(late)]]
        }
        Page::Mix => {
            let one = |of: usize| PerBusiness::new(|business| f64::from(u8::from(business as usize == of)));
            let per = [Per::Dollar, Per::Site][turn % 2];
            let view = |part| Action::SetMixView(MixView { part, per });
            let own = vec![Action::SetMix(one(turn % Business::COUNT)), view(MixPart::OneSite)];
            let mut sites = vec![view(MixPart::SeveralSites)];
            // The scenario itself and examples, of which some are in other markets.
            sites
                .extend(bundled().iter().take(turn % 3).map(|one| Action::Site(SiteAction::AddBundled(one))));
            sites.push(Action::Site(SiteAction::AddScenario(Letter::at(turn % 2))));
            vec![own, sites]
        }
        Page::TrainingCost => Against::ALL
            .map(|against| vec![Action::SetTraining(TrainingView { run: turn % 10, against })])
            .into(),
        Page::Market => vec![crate::market::window::scene(turn)],
        Page::Method => vec![Vec::new()],
    }
}

fn command_of(page: Page) -> Command {
    match page {
        Page::Compare => Command::Page(Page::Compare),
        Page::CashFlow => Command::Page(Page::CashFlow),
        Page::Risk => Command::Page(Page::Risk),
        Page::Sensitivity => Command::Page(Page::Sensitivity),
        Page::WinnerMap => Command::Page(Page::WinnerMap),
        Page::Scenarios => Command::Page(Page::Scenarios),
        Page::History => Command::Page(Page::History),
        Page::Mix => Command::Page(Page::Mix),
        Page::TrainingCost => Command::Page(Page::TrainingCost),
        Page::Market => Command::Page(Page::Market),
        Page::Method => Command::Page(Page::Method),
    }
}

/// A text that a page shows for every plan.
fn words_of(page: Page) -> &'static str {
    match page {
        Page::Compare => "Scenario",
        Page::CashFlow => "Compute leasing",
        Page::Risk => "How the four factors move together",
        Page::Sensitivity => "Difference",
        Page::WinnerMap => "Swap",
        Page::Scenarios => "More measures ▼",
        Page::History => "Same machine",
        Page::Mix => "Shares of the site",
        Page::TrainingCost => "Hypothesis: rentals follow bitcoin",
        Page::Market => "Who may be asked",
        Page::Method => "Published",
    }
}

/// A figure to explain, which rotates with `turn`.
fn subject(turn: usize) -> Subject {
    let business = Business::ALL[turn % Business::ALL.len()];
    let lines: Vec<_> = LINES.into_iter().filter(|line| line.belongs_to(business)).collect();
    let measures: Vec<_> = MEASURES.iter().filter(|measure| measure.applies_to(business)).collect();
    let figure = match turn % 2 {
        0 => Figure::Measure(measures[turn / 2 % measures.len()]),
        _ => Figure::Line { line: lines[turn / 2 % lines.len()], month: turn % 2 },
    };
    Subject { business, figure }
}

/// Every dialog.
pub(super) fn dialogs(stage: &Stage, turn: usize) -> Vec<Dialog> {
    let path = "a/long/path/to/a/file.ron".to_owned();
    let request = SaveRequest::new(&path, "Title");
    let what = Exports::ALL[turn % Exports::ALL.len()];
    let source = wattfolio::market_data::live::SOURCES[0];
    let eia = wattfolio::market_data::live::find("eia").unwrap();
    let export = ExportRequest { what, path: path.clone().into(), may_replace: false };
    vec![
        Dialog::Gallery { tag: None, criterion: None },
        Dialog::Explain { subject: subject(turn), trail: vec![subject(turn + 1)] },
        Dialog::Explain { subject: subject(turn + 1), trail: Vec::new() },
        Dialog::Palette { query: String::new(), chosen: turn % 7 },
        Dialog::Open { path: path.clone(), to: OpenFor::Document },
        Dialog::Open { path: path.clone(), to: OpenFor::Into },
        Dialog::Open { path: path.clone(), to: OpenFor::Site },
        Dialog::Scenario(Letter::default(), ScenarioForm::from(stage.state().document.label())),
        Dialog::SaveAs { path: path.clone(), title: "Title".to_owned() },
        Dialog::SavePicture { path: path.clone() },
        Dialog::Export { what: export.what, path: path.clone() },
        Dialog::ConfirmExport(export),
        Dialog::ConfirmSave { request, question: SaveQuestion::Replaces },
        Dialog::ConfirmPicture(path.into()),
        Dialog::Recover,
        Dialog::Document(AboutForm::from(stage.state().document.about())),
        Dialog::SourceAddress { source, typed: "http://192.168.1.5:3006".to_owned() },
        Dialog::SourceAddress { source, typed: "http://mempool.space".to_owned() },
        Dialog::SourceKey {
            source: eia,
            typed: Secret("word".to_owned()),
            is_stored: turn.is_multiple_of(2),
        },
        Dialog::ConfirmQuit,
    ]
}

/// Draws the requested page at a size: once for the layout, once with a pointer position.
fn draw(stage: &mut Stage, (width, height): (f32, f32), turn: usize) -> Result<(), String> {
    stage.resize(width, height);
    stage.frame(Vec::new())?;
    let share = |step: usize| (turn * step % 17) as f32 / 17.0;
    let pointer = Pos2::new(width * share(5), height * share(3));
    stage.frame(vec![Event::PointerMoved(pointer)]).map_err(|fault| format!("{fault} at {width}×{height}"))
}

/// Draws all pages and dialogs of a plan in the given sizes.
fn draw_plan(name: &str, scenario: &Scenario, turn: usize, sizes: &[(f32, f32)]) -> usize {
    let mut stage =
        Stage::new(Options { scenario: Some(scenario.validate().expect("valid")), ..Options::default() });
    let bases = [Command::BasisBeforeTax, Command::BasisAfterTax, Command::BasisEquity];
    stage.request(Action::Run(bases[turn % bases.len()]));
    stage.request(Action::Run(Command::NewScenario));
    let mut drawn = 0;
    let mut each_size = |stage: &mut Stage, what: &str| {
        for size in sizes {
            draw(stage, *size, turn + drawn).unwrap_or_else(|fault| panic!("{name}, {what}: {fault}"));
            drawn += 1;
        }
    };
    for page in Page::ALL {
        stage.request(Action::Run(command_of(page)));
        for actions in views_of(page, turn) {
            for action in actions {
                stage.request(action);
            }
            each_size(&mut stage, page.id());
            let is_whole = stage.size().y >= TALL;
            assert!(!is_whole || stage.reads(words_of(page)), "{name}: {} shows nothing", page.id());
        }
    }
    for dialog in dialogs(&stage, turn) {
        let what = format!("{dialog:?}");
        stage.request(Action::ShowDialog(Some(dialog)));
        each_size(&mut stage, &what);
        assert!(stage.state().view.dialog.is_some(), "{name}: {what} is gone");
    }
    drawn
}

/// Views of pages and dialogs that are drawn of every plan: nothing is left out.
const VIEWS: usize = 20;
const DIALOGS: usize = 21;

#[test]
fn every_page_is_drawn_at_every_size() {
    // The first plans of the list are those that have broken a page.
    let drawn: usize = corners()
        .into_iter()
        .take(2)
        .enumerate()
        .map(|(turn, (name, scenario))| draw_plan(&name, &scenario, turn, &SIZES))
        .sum();
    assert_eq!(drawn, 2 * (VIEWS + DIALOGS) * SIZES.len());
}

#[test]
fn every_plan_is_drawn_in_the_smallest_window_and_in_a_tall_one() {
    let random = config("random plans drawn", 6, 400).cases;
    let plans = corners().into_iter().chain(random_plans(random)).enumerate();
    let drawn: usize = plans
        .map(|(turn, (name, scenario))| {
            let sizes = [SIZES[0], (SIZES[turn % SIZES.len()].0, TALL)];
            draw_plan(&name, &scenario, turn, &sizes)
        })
        .sum();
    assert_eq!(drawn, (corners().len() + random as usize) * (VIEWS + DIALOGS) * 2);
}
