//! `wattfolio screenshot`

use std::path::PathBuf;

use clap::ValueEnum;

use super::source::{BasisArg, Source};
use super::{Failure, print};
use crate::app::{self, Action, CashFlowView, Command, Dialog, Options, Picture, Subject};
use crate::report;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    source: Source,
    /// The picture to write.
    #[arg(long, value_name = "FILE.png")]
    out: PathBuf,
    /// The page to show.
    #[arg(long, value_enum, default_value_t = PageArg::Compare)]
    page: PageArg,
    /// The business of the cash-flow page.
    #[arg(long, value_enum, default_value_t = BusinessArg::Leasing)]
    business: BusinessArg,
    /// Whose flows are counted.
    #[arg(long, value_enum, default_value_t = BasisArg::BeforeTax)]
    basis: BasisArg,
    /// Explain a figure in a dialog: `leasing.npv_usd`, or with --month a line of the ledger.
    #[arg(long, value_name = "BUSINESS.FIGURE")]
    explain: Option<String>,
    /// The month of the line that is explained.
    #[arg(long, requires = "explain")]
    month: Option<usize>,
    /// Dark or light.
    #[arg(long, value_enum, default_value_t = ThemeArg::Dark)]
    theme: ThemeArg,
    /// Colours for colour-blind eyes.
    #[arg(long)]
    colour_blind: bool,
    /// Size of the window in points.
    #[arg(long, value_name = "WxH", default_value = "1600x1000", value_parser = size)]
    size: (f32, f32),
    /// Pixels per point.
    #[arg(long, default_value_t = 2.0, value_parser = scale)]
    scale: f32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PageArg {
    Compare,
    CashFlow,
    Risk,
    Method,
    Gallery,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BusinessArg {
    Mining,
    Hosting,
    Leasing,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeArg {
    Dark,
    Light,
}

fn size(text: &str) -> Result<(f32, f32), String> {
    let fault = || "write it as 1600x1000, each side 320 to 8000 points".to_owned();
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(fault)?;
    let side = |text: &str| {
        let side: f32 = text.trim().parse().map_err(|_fault: std::num::ParseFloatError| fault())?;
        if (320.0..=8000.0).contains(&side) { Ok(side) } else { Err(fault()) }
    };
    Ok((side(width)?, side(height)?))
}

fn scale(text: &str) -> Result<f32, String> {
    let scale: f32 = text.parse().map_err(|fault: std::num::ParseFloatError| fault.to_string())?;
    if (0.5..=4.0).contains(&scale) { Ok(scale) } else { Err("0.5 to 4 pixels per point".to_owned()) }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (preset, file, scenario) = args.source.load()?;
    let valid = scenario.clone().validate().map_err(Failure::new)?;
    let subject = args.explain.as_deref().map(|text| {
        let comparison = wattfolio_economics::analysis::compare_on(&valid, args.basis.basis());
        Subject::parse(text, args.month).and_then(|subject| subject.settled(&comparison))
    });
    let subject = subject.transpose().map_err(Failure)?;
    let theme = match args.theme {
        ThemeArg::Dark => egui::Theme::Dark,
        ThemeArg::Light => egui::Theme::Light,
    };
    let picture = Picture { size: egui::vec2(args.size.0, args.size.1), scale: args.scale, theme };
    let options = Options { preset: Some((preset, file)), scenario: Some(scenario), ..Options::default() };
    let image =
        app::draw_picture(options, &picture, |app| prepare(app, args, subject)).map_err(Failure::new)?;
    report::write_png(&image, &args.out).map_err(Failure::new)?;
    print(format!("{} ({}×{} pixels)\n", args.out.display(), image.size[0], image.size[1]))
}

/// Asks the app for the page.
fn prepare(app: &app::App, args: &Args, subject: Option<Subject>) {
    use wattfolio_economics::business::Business;
    let run = |command| app.request(Action::Run(command));
    match args.theme {
        ThemeArg::Dark => run(Command::ThemeDark),
        ThemeArg::Light => run(Command::ThemeLight),
    }
    if args.colour_blind {
        run(Command::ToggleColourBlind);
    }
    run(match args.basis {
        BasisArg::BeforeTax => Command::BasisBeforeTax,
        BasisArg::AfterTax => Command::BasisAfterTax,
        BasisArg::Equity => Command::BasisEquity,
    });
    match args.page {
        PageArg::Compare => run(Command::PageCompare),
        PageArg::CashFlow => run(Command::PageCashFlow),
        PageArg::Risk => run(Command::PageRisk),
        PageArg::Method => run(Command::PageMethod),
        PageArg::Gallery => run(Command::OpenGallery),
    }
    let business = match args.business {
        BusinessArg::Mining => Business::Mining,
        BusinessArg::Hosting => Business::Hosting,
        BusinessArg::Leasing => Business::Leasing,
    };
    app.request(Action::SetCashFlow(CashFlowView { business, ..CashFlowView::default() }));
    if let Some(subject) = subject {
        app.request(Action::ShowDialog(Some(Dialog::Explain { subject, trail: Vec::new() })));
    }
}
