//! File actions: opening, saving, recovering.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use crate::app::{App, Closing, picture};
use crate::export::{self, PictureError, PngFile};
use crate::state::{
    Baseline, Dialog, Document, ExportRequest, MOST_DRAWN, Notice, OpenFor, OtherSite, Purpose,
    ReportRequest, SaveQuestion, SaveRequest, questions_of_other,
};
use crate::store::{self, FileError, Opened, Placed, Preset};
use crate::view;

impl App {
    /// Shows another document; undo restores the previous one, and its unsaved work is under
    /// *Recover…*.
    pub(super) fn show(&mut self, document: Document) {
        if let (Some(keeping), true) = (&self.keeping, self.state.document.is_unsaved()) {
            keeping.put_aside(self.state.document.work());
        }
        if let Some(file) = document.file() {
            self.state.session.remember(file);
        }
        self.state.document.replace(document);
        // Letters were those of the other document.
        self.state.sites.others.retain(|site| matches!(site, OtherSite::Copy { .. }));
        self.state.view.inputs.refused = None;
        self.state.view.dialog = None;
        self.state.view.notice = None;
        let count = self.state.document.count();
        if count > MOST_DRAWN {
            self.notify(Notice::note(format!("{count} scenarios, of which {MOST_DRAWN} are shown at once")));
        }
    }

    pub(super) fn open_file(&mut self, ctx: &Context, path: &Path) {
        self.jobs.open(ctx, store::existing(path));
    }

    /// A file was read.
    pub(super) fn opened(&mut self, opened: Result<Opened, FileError>) {
        match opened {
            Ok(opened) => {
                self.show(Document::open(opened));
                self.say_version();
            }
            Err(fault) => {
                self.state.view.dialog = None;
                self.notify(Notice::alert(format!("Not opened, your scenario is as it was. {fault}")));
            }
        }
    }

    /// The scenarios inside a report were read, and what they were compared with. The report is no file of theirs: saving asks
    /// for a name.
    pub(super) fn opened_report(&mut self, opened: Result<[Preset; 2], String>) {
        match opened {
            Ok([preset, baseline]) => {
                let baseline = Baseline { name: baseline.about.title, scenario: Arc::new(baseline.scenario) };
                self.show(Document::new(preset, None).with_baseline(baseline));
            }
            Err(fault) => {
                self.state.view.dialog = None;
                self.notify(Notice::alert(format!("Not opened, your scenario is as it was. {fault}")));
            }
        }
    }

    /// Notice of the version of a file that is not of this one.
    pub(in crate::app) fn say_version(&mut self) {
        self.say_older();
        self.say_newer();
    }

    /// Notice of what counts differently than when an older file was written.
    fn say_older(&mut self) {
        let Some(older) = self.state.document.source().and_then(|source| source.older) else { return };
        // What was said when it was opened stays above.
        let before = self.state.view.notice.take().map(|notice| notice.text + "\n").unwrap_or_default();
        let changed: Vec<String> = older.changed().map(|line| format!("\n• {line}")).collect();
        let text = format!(
            "{before}From an earlier version of wattfolio ({}). Its inputs keep their values; other than then{}",
            older.words(),
            changed.concat()
        );
        self.notify(Notice::note(text));
    }

    /// Notice that a file of a newer version is open read-only, with its unsupported fields.
    fn say_newer(&mut self) {
        let Some(newer) = self.state.document.source().and_then(|source| source.newer.as_ref()) else {
            return;
        };
        let unknown = match newer.unknown.as_slice() {
            [] => "everything in it was understood".to_owned(),
            fields => format!("not understood, and left out: {}", fields.join(", ")),
        };
        let text = format!(
            "Written by a newer version of wattfolio (schema {}), so the file is open read-only; {unknown}",
            newer.schema
        );
        self.notify(Notice::alert(text));
    }

    pub(super) fn save(&mut self, ctx: &Context) {
        match self.state.document.file().map(Path::to_owned) {
            Some(path) => {
                let title = self.state.document.title().to_owned();
                self.save_file(ctx, SaveRequest::new(path, title));
            }
            None => self.save_as(ctx),
        }
    }

    pub(super) fn save_as(&mut self, ctx: &Context) {
        let document = &self.state.document;
        let title = document.title().to_owned();
        let path = document.file().map_or_else(
            || format!("{}.{}", file_stem(&title), store::DOCUMENT_ENDING),
            |file| file.display().to_string(),
        );
        self.state.view.dialog = Some(Dialog::SaveAs { path, title });
        self.browse(ctx);
    }

    /// Writes the scenario, unless a warning is open that the user has not confirmed.
    pub(super) fn save_file(&mut self, ctx: &Context, request: SaveRequest) {
        let path = store::document_path(&request.path);
        let document = &self.state.document;
        let is_own = document.file().is_some_and(|own| is_same_file(own, &path));
        let questions = if is_own {
            document.save_questions()
        } else {
            questions_of_other(&path, request.agreed.contains(&SaveQuestion::Replaces)).into_iter().collect()
        };
        let open_question =
            |question: &SaveQuestion| !question.can_go_on() || !request.agreed.contains(question);
        if let Some(question) = questions.into_iter().find(open_question) {
            self.state.view.dialog =
                Some(Dialog::ConfirmSave { request: SaveRequest { path, ..request }, question });
            return;
        }
        let content = document.content_to_save(request.title);
        let preset = match content.to_draft().check() {
            Ok(preset) => preset,
            Err(faults) => {
                return self.notify(Notice::alert(format!("{}: not saved: {faults}", path.display())));
            }
        };
        match store::save(&preset, &path) {
            Ok((source, placed)) => {
                self.state.session.remember(&path);
                self.state.document.saved(source, content);
                self.state.view.dialog = None;
                self.notify(Notice::done(format!("Saved to {}{}", path.display(), how(placed))));
                if self.closing == Closing::WhenSaved {
                    self.quit(ctx);
                }
            }
            Err(fault) => self.notify(Notice::alert(fault.to_string())),
        }
    }

    pub(super) fn save_and_quit(&mut self, ctx: &Context) {
        self.state.view.dialog = None;
        self.closing = Closing::WhenSaved;
        self.save(ctx);
    }

    pub(super) fn quit(&mut self, ctx: &Context) {
        self.closing = Closing::Allowed;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    pub(super) fn save_picture(&mut self, ctx: &Context, path: &Path, may_replace: bool) {
        if let Err(fault) = export::check_name(path) {
            return self.notify(Notice::alert(format!("Picture not saved. {fault}")));
        }
        let path = store::with_ending(path, "png");
        if path.exists() && !may_replace {
            self.state.view.dialog = Some(Dialog::ConfirmPicture(path));
            return;
        }
        self.state.view.dialog = None;
        let saved = PngFile::create_regular(&path)
            .and_then(|file| self.picture(ctx).and_then(|image| file.write(&image)));
        match saved {
            Ok(placed) => {
                self.notify(Notice::done(format!("Picture saved to {}{}", path.display(), how(placed))));
            }
            Err(fault) => self.notify(Notice::alert(format!("Picture not saved. {fault}"))),
        }
    }

    /// The window as a picture, with a caption if one was asked for.
    fn picture(&mut self, ctx: &Context) -> Result<egui::ColorImage, PictureError> {
        let image = picture::of_window(self, ctx)?;
        if self.state.view.has_caption { picture::with_caption(self, ctx, &image) } else { Ok(image) }
    }

    /// Takes up unsaved work of an earlier run. It stays where it is until it is kept anew.
    pub(super) fn restore(&mut self, file: &Path) {
        let work = match self.state.kept.iter().find(|kept| kept.file == file) {
            Some(kept) => kept.work.clone(),
            None => Err(is_gone(file)),
        };
        let work = match work {
            Ok(work) => work,
            Err(fault) => return self.notify(Notice::alert(format!("Not restored: {fault}"))),
        };
        self.show(Document::restore(work));
        if let Some(keeping) = &self.keeping {
            keeping.take_over(file);
        }
        self.state.kept.retain(|kept| kept.file != file);
        self.notify(Notice::done("Unsaved work is back, and is still in no file"));
    }

    /// Puts unsaved work of an earlier run among the declined, or removes it if it was there already.
    pub(super) fn decline(&mut self, file: &Path) {
        let kept = self.state.kept.iter().find(|kept| kept.file == file);
        // Without a folder for it there is no unsaved work that could be listed.
        let declined = match (&self.keeping, kept) {
            (Some(keeping), Some(kept)) => {
                let declined = keeping.decline(kept);
                self.state.kept = keeping.list();
                declined
            }
            _ => Err(format!("Not declined: {}", is_gone(file))),
        };
        if let Err(fault) = declined {
            self.notify(Notice::alert(fault));
        }
    }

    /// Asks the system for a path where a dialog wants one.
    pub(super) fn browse(&mut self, ctx: &Context) {
        let (purpose, suggested) = match &self.state.view.dialog {
            Some(Dialog::Open { to, .. }) => (Purpose::Open(*to), String::new()),
            Some(Dialog::SaveAs { path, .. }) => (Purpose::SavePreset, path.clone()),
            Some(Dialog::SavePicture { path }) => (Purpose::SavePicture, path.clone()),
            Some(Dialog::Report(request)) => (Purpose::Report, request.path.display().to_string()),
            Some(Dialog::Export { what, path }) => (Purpose::Export(*what), path.clone()),
            _ => return,
        };
        let suggested = Path::new(&suggested).file_name().map(|name| name.to_string_lossy().into_owned());
        self.jobs.browse(ctx, purpose, &suggested.unwrap_or_default());
    }

    /// Takes the path from the system's dialog; without one, our dialog stays open with its path field. The
    /// system has asked before replacing a file, but only for the exact name it showed.
    pub(super) fn picked(&mut self, ctx: &Context, purpose: Purpose, path: Option<PathBuf>) {
        let Some(path) = path else { return };
        match purpose {
            Purpose::Open(OpenFor::Document) => self.open_file(ctx, &path),
            Purpose::Open(OpenFor::Into) => self.open_into(ctx, &path),
            Purpose::Open(OpenFor::Site) => self.open_site(ctx, &path),
            Purpose::SavePreset => {
                let title = match &self.state.view.dialog {
                    Some(Dialog::SaveAs { title, .. }) => title.clone(),
                    _ => self.state.document.title().to_owned(),
                };
                let was_asked = store::document_path(&path) == path;
                let agreed = if was_asked { vec![SaveQuestion::Replaces] } else { Vec::new() };
                self.save_file(ctx, SaveRequest { path, title, agreed });
            }
            Purpose::SavePicture => {
                let was_asked = store::with_ending(&path, "png") == path;
                self.save_picture(ctx, &path, was_asked);
            }
            Purpose::Report => {
                let Some(Dialog::Report(request)) = self.state.view.dialog.clone() else { return };
                self.report(ctx, ReportRequest { path, may_replace: true, ..request });
            }
            Purpose::Export(what) => {
                let was_asked = view::export_target(what, &path).is_ok_and(|(_, target)| target == path);
                self.export(ctx, ExportRequest { what, path, may_replace: was_asked });
            }
        }
    }
}

/// What is said of unsaved work that is no longer listed.
fn is_gone(file: &Path) -> String {
    format!("{} is no longer among the unsaved work", file.display())
}

/// What is said of a file that could not be replaced in one step.
pub(super) fn how(placed: Placed) -> &'static str {
    match placed {
        Placed::Whole | Placed::Streamed => "",
        Placed::InPlace => ", in place: it could not be replaced by a new file",
    }
}

/// True if two paths name the same file.
fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => std::path::absolute(a).ok() == std::path::absolute(b).ok(),
    }
}

/// A title as a file name: letters, digits and dashes.
pub(super) fn file_stem(title: &str) -> String {
    let dashed: String =
        title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let parts: Vec<&str> = dashed.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "scenario".to_owned() } else { parts.join("-") }
}
