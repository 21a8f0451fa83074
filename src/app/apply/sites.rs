//! Actions on the sites beside the one at hand.

use std::path::Path;
use std::sync::Arc;

use egui::Context;
use wattfolio_economics::business::PerBusiness;

use crate::app::App;
use crate::state::{
    Dialog, Notice, OpenFor, OtherSite, Refusal, ScenarioAction, SiteAction, SitePlace, site_name,
};
use crate::store::{self, Preset};

impl App {
    /// Does something with the sites.
    pub(super) fn apply_to_sites(&mut self, ctx: &Context, action: SiteAction) {
        match action {
            SiteAction::AddScenario(letter) => {
                let site = OtherSite::Scenario(letter);
                if !self.state.sites.others.contains(&site) {
                    self.state.sites.others.push(site);
                }
            }
            SiteAction::AddBundled(bundled) => self.add_copy(&bundled.preset),
            SiteAction::ChooseFile => {
                self.show_dialog(ctx, Dialog::Open { path: String::new(), to: OpenFor::Site });
            }
            SiteAction::AddFile(path) => self.open_site(ctx, &path),
            SiteAction::Remove(place) => self.remove_site(place),
            SiteAction::SetMix(place, shares) => self.set_mix_of_site(place, shares),
            SiteAction::Refuse(place, refusal) => self.refuse_of_site(place, refusal),
        }
    }

    /// Reads a file whose scenario is a further site.
    pub(super) fn open_site(&mut self, ctx: &Context, path: &Path) {
        self.jobs.open_site(ctx, store::existing(path));
    }

    /// Such a file was read.
    pub(super) fn opened_site(&mut self, opened: Result<Preset, String>) {
        self.state.view.dialog = None;
        match opened {
            Ok(preset) => self.add_copy(&preset),
            Err(fault) => {
                self.notify(Notice::alert(format!("Not added, your sites are as they were. {fault}")));
            }
        }
    }

    fn add_copy(&mut self, preset: &Preset) {
        let name = site_name(&preset.about.title, &preset.label.name);
        let scenario = Arc::new(preset.scenario.clone());
        self.state.sites.others.push(OtherSite::Copy { name, scenario });
    }

    fn remove_site(&mut self, place: SitePlace) {
        let others = &mut self.state.sites.others;
        match place {
            SitePlace::Scenario(letter) => others.retain(|other| *other != OtherSite::Scenario(letter)),
            SitePlace::Copy(index) if index < others.len() => drop(others.remove(index)),
            // There is no portfolio without the site at hand, and a copy that is gone was removed.
            SitePlace::AtHand | SitePlace::Copy(_) => {}
        }
    }

    /// Says why a typed share is refused: at its field for the site at hand, with the name of the site for another.
    fn refuse_of_site(&mut self, place: SitePlace, refusal: Refusal) {
        if place == SitePlace::AtHand {
            self.state.view.inputs.refused = Some(refusal);
            return;
        }
        let sites = self.state.sites();
        let Some(shown) = sites.iter().find(|shown| shown.place == place) else { return };
        self.notify(Notice::alert(format!("{}. {}", shown.site.name, refusal.sentence())));
    }

    fn set_mix_of_site(&mut self, place: SitePlace, shares: PerBusiness<f64>) {
        match place {
            SitePlace::AtHand => self.set_mix(shares),
            SitePlace::Scenario(letter) => self.apply_to_scenario(letter, ScenarioAction::SetMix(shares)),
            SitePlace::Copy(index) => self.state.sites.set_mix_of_copy(index, shares),
        }
    }
}
