//! What the market page asks for.

use chrono::Utc;
use egui::Context;
use wattfolio_economics::scenario::Scenario;

use crate::app::App;
use crate::market_data::live::{Answer, Consent, Refused, SOURCES, Source, take_over};
use crate::state::{MarketAction, Notice};

impl App {
    /// Does what the market page asks for.
    pub(super) fn apply_market(&mut self, ctx: &Context, action: MarketAction) {
        let market = &mut self.state.market;
        match action {
            MarketAction::Allow(source, is_allowed) => {
                market.permissions.set(source, is_allowed);
                self.keep_permissions(ctx);
            }
            MarketAction::AllOff => {
                market.permissions.clear();
                self.keep_permissions(ctx);
            }
            MarketAction::Refresh => self.refresh_market(ctx),
            MarketAction::Choose(id, true) => drop(market.chosen.insert(id)),
            MarketAction::Choose(id, false) => drop(market.chosen.remove(&id)),
            MarketAction::WithUtilisation(is_on) => market.with_utilisation = is_on,
            MarketAction::Fold(id) => {
                if !market.folded.remove(&id) {
                    market.folded.insert(id);
                }
            }
            MarketAction::Use => self.use_market(),
            MarketAction::SetAddress(source, typed) => {
                match market.permissions.set_own_base(source, &typed) {
                    Ok(()) => {
                        // What another machine said is not what this one says.
                        market.answers.retain(|answer| answer.source != source);
                        self.state.view.dialog = None;
                        self.keep_permissions(ctx);
                    }
                    Err(why) => self.notify(Notice::alert(format!("The address is not used. {why}"))),
                }
            }
            MarketAction::ChooseRegion(source, region) => {
                market.permissions.choose_region(source, region);
                // What is known of another region is not known of this one, and the source may be asked at once.
                market.answers.retain(|answer| answer.source != source);
                self.keep_permissions(ctx);
            }
            MarketAction::SetKey(source, key, holder) => {
                market.key_holders.insert(source.id, holder);
                self.state.view.dialog = None;
                self.market.set_key(source, key, holder, &self.jobs, ctx);
            }
            MarketAction::ForgetKey(source) => {
                market.key_holders.remove(source.id);
                self.state.view.dialog = None;
                self.market.forget_key(source, &self.jobs, ctx);
            }
        }
    }

    fn keep_permissions(&self, ctx: &Context) {
        self.market.keep(&self.state.market.permissions, &self.jobs, ctx);
    }

    /// Asks every source that may be asked and did not ask to be left alone.
    fn refresh_market(&mut self, ctx: &Context) {
        let market = &mut self.state.market;
        if !market.can_ask {
            return self.notify(Notice::note("No source is asked here"));
        }
        let now = Utc::now();
        let regions = market.permissions.regions();
        let (mut consents, mut waits, mut refusal) = (Vec::new(), Vec::new(), None);
        for source in SOURCES.iter().copied().filter(|source| market.permissions.allows(source)) {
            match Consent::remembered(&market.permissions, source, &regions) {
                _ if market.asking.contains(source.id) => {}
                Ok(consent) => match market.answer(source).filter(|answer| answer.not_before > now) {
                    Some(answer) => waits.push((answer.not_before - now).num_seconds() + 1),
                    None => consents.push(consent),
                },
                Err(why) => refusal = Some(why),
            }
        }
        if let Some(why @ Refused::Offline) = refusal {
            return self.notify(Notice::alert(why.to_string()));
        }
        if consents.is_empty() {
            let words = match waits.iter().min() {
                Some(wait) => {
                    format!("Every source was asked a moment ago; the next one may be asked in {wait} s")
                }
                None => "No source may be asked; allow one at the right".to_owned(),
            };
            return self.notify(Notice::note(words));
        }
        market.asking.extend(consents.iter().map(|consent| consent.source().id));
        let before = market.answers.clone();
        self.market.ask(consents, before, &self.jobs, ctx);
    }

    /// Takes the chosen figures over as one step of history.
    fn use_market(&mut self) {
        let document = &mut self.state.document;
        let figures = self.state.market.figures(document.scenario());
        let takes = self.state.market.takes(&figures);
        let names: Vec<String> = takes.iter().map(|take| take.figure.rule.label()).collect();
        let (mut scenario, mut about) = (Scenario::clone(document.scenario()), document.about().clone());
        match take_over(&mut scenario, &mut about, &takes) {
            Ok(taken) if taken.is_empty() => {}
            Ok(_) => {
                document.take_over(scenario, about);
                self.state.market.chosen.clear();
                self.notify(Notice::done(format!("{} taken over; one undo takes it back", names.join(", "))));
            }
            Err(fault) => self.notify(Notice::alert(format!("Nothing is taken over. {fault}"))),
        }
    }

    /// An answer came in. One of a source that may no longer be asked is left out.
    pub(super) fn market_answered(&mut self, answer: Answer) {
        let market = &mut self.state.market;
        market.asking.remove(answer.source.id);
        let region = market.permissions.regions().of(answer.source);
        if market.permissions.allows(answer.source) && answer.is_of(region) {
            market.set_answer(answer);
        }
    }

    /// The last answers were read.
    pub(super) fn market_read(&mut self, answers: Vec<Answer>, faults: &[String]) {
        for answer in answers {
            let region = self.state.market.permissions.regions().of(answer.source);
            if self.state.market.answer(answer.source).is_none() && answer.is_of(region) {
                self.state.market.set_answer(answer);
            }
        }
        if let Some(fault) = faults.first() {
            self.notify(Notice::note(format!("Some market data on disk were discarded. {fault}")));
        }
    }

    /// A key was stored in the keyring, or not.
    pub(super) fn key_stored(&mut self, source: &'static Source, stored: Result<(), String>) {
        match stored {
            Ok(()) => self.notify(Notice::done(format!("The key of {} is in the keyring", source.label))),
            Err(fault) => {
                self.state.market.key_holders.remove(source.id);
                let words = format!(
                    "The key of {} is not stored: {fault}; it can be used for this session",
                    source.label
                );
                self.notify(Notice::alert(words));
            }
        }
    }
}
