use wattfolio::app::{draw_picture, App, Options, Picture};
use wattfolio::state::{Action, Dialog, Exports, Command, Page, ExportRequest};
#[test]
fn zz() {
    for (i, what) in [Exports::Comparison, Exports::Simulation].into_iter().enumerate() {
        let picture = Picture { size: egui::vec2(1000.0, 640.0), scale: 1.0, zoom: 1.0, theme: egui::Theme::Dark };
        let image = draw_picture(Options::default(), &picture, |app: &App| {
            app.request(Action::Run(Command::Page(Page::Risk)));
            app.request(Action::ShowDialog(Some(Dialog::Export { what, path: "today.csv".into() })));
        }).unwrap();
        wattfolio::export::PngFile::create(std::path::Path::new(&format!("/tmp/exp/d{i}.png"))).unwrap().write(&image).unwrap();
    }
    let _ = ExportRequest { what: Exports::Comparison, path: "x".into(), may_replace: false };
}
