//! A value at risk that is a gain says what it means: in its cell where there is room, else in the tooltip.

use egui::Event;
use wattfolio::app::Options;
use wattfolio::state::{Action, Command, Page};
use wattfolio::store::find_bundled;
use wattfolio_economics::business::Business;

use crate::support::stage::Stage;

/// A site with a lease on which nearly every path gains.
const PRESET: &str = "core-scientific-coreweave";
const GAINS: &str = "gains at least $";
const OFTEN: &str = " in 95 of 100";

fn draw(width: f32) -> Stage {
    let preset = find_bundled(PRESET).expect("a preset").preset.clone();
    let mut stage = Stage::new(Options { preset: Some((preset, None)), ..Options::default() });
    let hosting = stage.state().risk.business(Business::Hosting).expect("simulated");
    assert!(hosting.tail.value_at_risk.value < 0.0, "{:?}", hosting.tail.value_at_risk);
    stage.request(Action::Run(Command::Page(Page::Risk)));
    stage.resize(width, 5000.0);
    (0..3).for_each(|_| stage.frame(Vec::new()).unwrap());
    stage
}

fn says(stage: &Stage) -> Vec<&str> {
    let texts = stage.drawn().iter().map(|drawn| drawn.text.as_str());
    texts.filter(|text| text.contains(GAINS) && text.contains(OFTEN)).collect()
}

#[test]
fn a_gain_at_risk_says_how_often_it_is_reached() {
    let wide = draw(2560.0);
    let said = says(&wide);
    assert!(!said.is_empty() && said.iter().all(|text| text.starts_with(GAINS)), "{said:?}");
    let mut narrow = draw(1024.0);
    assert_eq!(says(&narrow), Vec::<&str>::new(), "no cell has room for that");
    let label = narrow.drawn().iter().find(|drawn| drawn.text == "VaR 95 %").expect("its row");
    let place = label.rect.center();
    narrow.frame(vec![Event::PointerMoved(place)]).unwrap();
    (0..3).for_each(|_| narrow.frame(Vec::new()).unwrap());
    let tooltip = says(&narrow);
    assert!(tooltip.len() == 1 && tooltip[0].contains("\nHosting gains at least $"), "{tooltip:?}");
}
