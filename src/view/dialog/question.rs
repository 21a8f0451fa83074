//! Questions before something is lost.

use std::path::Path;

use egui::Ui;

use super::{buttons_ui, cancel_ui, close, heading_ui};
use crate::state::{Action, Command, ExportRequest, ReportRequest, SaveQuestion, SaveRequest};
use crate::view::Context;
use crate::widget;

/// Title, explanation, and the button that goes on.
struct Words {
    title: String,
    text: String,
    go_on: &'static str,
}

fn words(name: &str, question: &SaveQuestion) -> Words {
    let (title, text, go_on) = match question {
        SaveQuestion::Newer { schema } => (
            format!("{name} is open read-only"),
            format!(
                "A newer version of wattfolio wrote it (schema {schema}). Saving here would drop what this version does \
                 not know."
            ),
            "",
        ),
        SaveQuestion::ReadOnly(why) => (
            format!("{name} cannot be changed"),
            format!("The file is kept as it is: {why}. Save under another name, or change its permissions."),
            "",
        ),
        SaveQuestion::ChangedOnDisk => (
            format!("{name} was changed by somebody else"),
            "The file is not what was read or saved here last. Saving replaces what is in it now.".to_owned(),
            "Replace",
        ),
        SaveQuestion::Comments(count) => {
            let comments = if *count == 1 { "a comment".to_owned() } else { format!("{count} comments") };
            (
                format!("{name} has comments"),
                format!("Saving writes the file anew, without {comments} that somebody wrote into it."),
                "Save without comments",
            )
        }
        SaveQuestion::Replaces => {
            (format!("Replace {name}?"), "There is another preset of that name.".to_owned(), "Replace")
        }
        SaveQuestion::NotAPreset => (
            format!("Replace {name}?"),
            "There is a file of that name, and it is no preset of wattfolio.".to_owned(),
            "Replace",
        ),
    };
    Words { title, text, go_on }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

pub(super) fn save_ui(ui: &mut Ui, cx: &Context<'_>, request: &SaveRequest, question: &SaveQuestion) {
    let words = words(&file_name(&request.path), question);
    heading_ui(ui, cx, &words.title, &words.text);
    widget::caption(ui, cx.theme, request.path.display().to_string());
    buttons_ui(ui, |ui| {
        if widget::primary_button(ui, cx.theme, Command::SaveAs.text()).clicked() {
            cx.actions.run(Command::SaveAs);
        }
        cancel_ui(ui, cx);
        if question.can_go_on() && widget::button(ui, cx.theme, words.go_on).clicked() {
            let mut request = request.clone();
            request.agreed.push(question.clone());
            cx.actions.push(Action::SaveFile(request));
        }
    });
}

pub(super) fn picture_ui(ui: &mut Ui, cx: &Context<'_>, path: &Path) {
    replace_ui(ui, cx, path, Command::SavePicture, || Action::SavePictureTo(path.to_owned(), true));
}

pub(super) fn export_ui(ui: &mut Ui, cx: &Context<'_>, request: &ExportRequest) {
    let replace = || Action::Export(ExportRequest { may_replace: true, ..request.clone() });
    replace_ui(ui, cx, &request.path, Command::Export, replace);
}

pub(super) fn report_ui(ui: &mut Ui, cx: &Context<'_>, request: &ReportRequest) {
    let replace = || Action::Report(ReportRequest { may_replace: true, ..request.clone() });
    replace_ui(ui, cx, &request.path, Command::Report, replace);
}

/// Whether a file may be replaced; the command asks for another name.
fn replace_ui(
    ui: &mut Ui,
    cx: &Context<'_>,
    path: &Path,
    elsewhere: Command,
    replace: impl FnOnce() -> Action,
) {
    let words = words(&file_name(path), &SaveQuestion::Replaces);
    heading_ui(ui, cx, &words.title, "There is another file of that name.");
    widget::caption(ui, cx.theme, path.display().to_string());
    buttons_ui(ui, |ui| {
        if widget::primary_button(ui, cx.theme, elsewhere.text_on(cx.state.view.page)).clicked() {
            cx.actions.run(elsewhere);
        }
        cancel_ui(ui, cx);
        if widget::button(ui, cx.theme, words.go_on).clicked() {
            cx.actions.push(replace());
        }
    });
}

pub(super) fn quit_ui(ui: &mut Ui, cx: &Context<'_>) {
    let text = "The scenario has changes that are in no file. Without saving, Recover… in the File \
                menu has them for 30 days.";
    heading_ui(ui, cx, "Quit without saving?", text);
    buttons_ui(ui, |ui| {
        if widget::primary_button(ui, cx.theme, "Save and quit").clicked() {
            cx.actions.push(Action::SaveAndQuit);
        }
        if widget::button(ui, cx.theme, "Cancel").clicked() {
            close(cx);
        }
        if widget::button(ui, cx.theme, "Quit without saving").clicked() {
            cx.actions.push(Action::QuitAnyway);
        }
    });
}
