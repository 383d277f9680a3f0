//! The camera as the operator sets it up: which one, in which mode, what is locked on it.

use super::{Desk, Page, Trouble};
use crate::contract::{CameraRow, CameraScreen, FaceLight, Light, Locking};
use crate::desk::locking::Lock;
use domain::camera::{CameraChoice, CameraSetting, Control, Equipment, Mode};
use domain::session::{Refusal, State};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Spelling of a source that plays a recording.
const REPLAY: &str = "replay:";
/// Spelling of a source that is one certain camera.
const DEVICE: &str = "device:";
/// Whichever camera is found first.
const AUTO: &str = "auto";
/// Milliseconds between two looks at cameras and controls while the page is up.
pub(super) const LOOK_MS: i64 = 1_000;

/// What the desk knows of its cameras beyond what the capture thread does.
#[derive(Default)]
pub(crate) struct Optics {
    choice: CameraChoice,
    settings: BTreeMap<String, CameraSetting>,
    pub(super) lock: Option<Lock>,
    light: Option<quality::LightReading>,
    next_look: Option<domain::Moment>,
    rules: Option<Arc<quality::Rules>>,
}

impl Optics {
    pub(crate) const fn burst(&self) -> u32 {
        self.choice.burst
    }

    pub(super) fn light(&self) -> Option<&quality::LightReading> {
        self.light.as_ref()
    }
}

impl Desk {
    /// The live checks run while the camera page is up, and at no other time.
    pub(super) fn watch_what_matters(&mut self) {
        let live = matches!(self.state, State::Capturing { .. }) && self.page == Page::Person;
        match (self.specification.clone(), live.then(|| self.rules_now())) {
            (Some(specification), Some(Ok(rules))) => {
                let codes = self.waits_for_code();
                self.around
                    .watch
                    .look_live(self.epoch, specification, rules, codes);
            }
            _ if self.camera_reads_code() => self.around.watch.look_for_codes(self.epoch),
            _ if self.page == Page::Camera => match self.meter_rules() {
                Some(rules) => self.around.watch.meter(rules),
                None => self.around.watch.look_away(),
            },
            _ => self.around.watch.look_away(),
        }
    }

    /// Reads what was chosen; the capture thread has it already.
    pub(super) fn read_optics(&mut self) {
        let store = &self.around.store;
        match (store.camera_choice(), store.camera_settings()) {
            (Ok(choice), Ok(settings)) => {
                self.optics.choice = choice;
                self.optics.settings = settings;
            }
            (Err(fault), _) | (_, Err(fault)) => {
                tracing::error!(%fault, "the camera's settings cannot be read");
            }
        }
    }

    /// The camera in use plays a recording.
    pub(crate) fn training(&self) -> bool {
        self.around
            .training
            .as_ref()
            .is_some_and(|source| *source == self.around.cameras.chosen())
    }

    pub(super) fn choose_camera(&mut self, source: String) -> Result<(), Trouble> {
        self.may_change_camera()?;
        let known = self.camera_rows().iter().any(|row| row.source == source);
        known.then_some(()).ok_or(Refusal::NotNow)?;
        // Training ends with the program: the next morning begins with a camera.
        if Some(&source) != self.around.training.as_ref() {
            self.keep_choice(CameraChoice {
                source: source.clone(),
                ..self.optics.choice.clone()
            })?;
        }
        self.optics.lock = None;
        self.optics.light = None;
        self.around.cameras.choose(&source);
        self.audit("camera_chosen", &source, "")
    }

    pub(super) fn choose_burst(&mut self, frames: u32) -> Result<(), Trouble> {
        let known = (1..=CameraChoice::MOST).contains(&frames);
        known.then_some(()).ok_or(Refusal::NotNow)?;
        self.keep_choice(CameraChoice {
            burst: frames,
            ..self.optics.choice.clone()
        })
    }

    pub(super) fn choose_mode(&mut self, mode: Option<Mode>) -> Result<(), Trouble> {
        self.may_change_camera()?;
        let equipment = self.equipment()?;
        let offered = mode.is_none_or(|mode| equipment.modes.contains(&mode));
        offered.then_some(()).ok_or(Refusal::NotNow)?;
        let setting = CameraSetting {
            mode,
            ..self.setting_of(&equipment)
        };
        self.configure(&equipment, setting)
    }

    /// Locks a control at a value, and its automatic off; without a value it is given back to the camera.
    pub(super) fn set_control(&mut self, control: Control, value: Option<i32>) -> Result<(), Trouble> {
        let equipment = self.equipment()?;
        let state = |control: Control| equipment.controls.iter().find(|state| state.control == control);
        let known = state(control).ok_or(Refusal::NotNow)?;
        let mut setting = self.setting_of(&equipment);
        match value {
            Some(value) => {
                let automatic = control.automatic().and_then(state);
                setting.controls.extend(automatic.map(|auto| (auto.control, 0)));
                setting
                    .controls
                    .insert(control, value.clamp(known.min, known.max));
            }
            None => release(&mut setting, control, known.default),
        }
        self.optics.lock = None;
        self.configure(&equipment, setting)
    }

    /// Everything back to the camera's own choice.
    pub(super) fn unlock_camera(&mut self) -> Result<(), Trouble> {
        let equipment = self.equipment()?;
        let mut setting = self.setting_of(&equipment);
        for state in &equipment.controls {
            release(&mut setting, state.control, state.default);
        }
        self.optics.lock = None;
        self.configure(&equipment, setting)
    }

    /// Sets the open camera up and keeps the setting.
    pub(super) fn configure(&mut self, equipment: &Equipment, setting: CameraSetting) -> Result<(), Trouble> {
        let id = &equipment.camera.id;
        self.around.store.keep_camera_setting(id, &setting)?;
        self.around.cameras.configure(id, setting.clone());
        self.optics.settings.insert(id.clone(), setting);
        Ok(())
    }

    pub(super) fn setting_of(&self, equipment: &Equipment) -> CameraSetting {
        let known = self.optics.settings.get(&equipment.camera.id);
        known.cloned().unwrap_or_default()
    }

    pub(super) fn equipment(&self) -> Result<Equipment, Trouble> {
        let open = self.around.cameras.equipment();
        open.ok_or(Trouble::Fault("camera_not_open"))
    }

    /// The meter read a picture.
    pub(super) fn metered(&mut self, light: quality::LightReading) {
        self.optics.light = (self.page == Page::Camera).then_some(light);
    }

    /// The rules whose numbers the light meter shows: those of the session, else the strict ones.
    pub(super) fn meter_rules(&mut self) -> Option<Arc<quality::Rules>> {
        if let Ok(rules) = self.rules_now() {
            return Some(rules);
        }
        if self.optics.rules.is_none() {
            let strict =
                quality::Rules::strict().inspect_err(|fault| tracing::error!(%fault, "the strict rules"));
            self.optics.rules = strict.ok().map(Arc::new);
        }
        self.optics.rules.clone()
    }

    /// Keeps the page and a locking going.
    pub(super) fn tend_optics(&mut self, now: domain::Moment) {
        if self.page != Page::Camera {
            self.optics.lock = None;
            self.optics.light = None;
            return;
        }
        if self
            .optics
            .next_look
            .is_none_or(|next| super::due(next, now, LOOK_MS))
        {
            self.optics.next_look = Some(now.plus(LOOK_MS));
            self.around.cameras.look();
            self.touch();
        }
        self.go_on_locking(now);
    }

    pub(crate) fn camera_screen(&self) -> CameraScreen {
        let equipment = self.around.cameras.equipment();
        let setting = equipment.as_ref().map(|e| self.setting_of(e)).unwrap_or_default();
        let locked = setting
            .controls
            .into_iter()
            .filter(|(control, value)| held(equipment.as_ref(), *control, *value))
            .map(|(control, _)| control)
            .collect();
        CameraScreen {
            cameras: self.camera_rows(),
            chosen: self.around.cameras.chosen(),
            free: self.may_change_camera().is_ok(),
            equipment,
            mode: setting.mode,
            locked,
            locking: self.optics.lock.as_ref().map(|lock| match lock {
                Lock::Settling { .. } | Lock::Reading { .. } => Locking::Settling,
                Lock::Judging { .. } => Locking::Judging,
            }),
            light: self.optics.light.as_ref().map(shown),
            burst: self.optics.choice.burst,
            most_burst: CameraChoice::MOST,
        }
    }

    fn camera_rows(&self) -> Vec<CameraRow> {
        let row = |source: String, name: &str, training| CameraRow {
            source,
            name: name.to_string(),
            training,
        };
        let chosen = self.around.cameras.chosen();
        let mut rows = vec![row(AUTO.to_string(), "", false)];
        if !chosen.starts_with(REPLAY) {
            let present = self.around.cameras.present();
            rows.extend(
                present
                    .iter()
                    .map(|camera| row(format!("{DEVICE}{}", camera.id), &camera.name, false)),
            );
        }
        let training = self.around.training.clone();
        rows.extend(training.map(|source| row(source, "", true)));
        // The one in use is listed even when it is away.
        if !rows.iter().any(|known| known.source == chosen) {
            let name = chosen.split_once(':').map_or("", |(_, name)| name).to_string();
            rows.push(row(chosen, &name, false));
        }
        rows
    }

    fn may_change_camera(&self) -> Result<(), Refusal> {
        let before = matches!(
            self.state,
            State::Idle
                | State::Identifying { .. }
                | State::Matching { .. }
                | State::Paying { .. }
                | State::Preparing { .. }
                | State::Capturing { .. }
        );
        before.then_some(()).ok_or(Refusal::NotNow)
    }

    fn keep_choice(&mut self, choice: CameraChoice) -> Result<(), Trouble> {
        self.around.store.keep_camera_choice(&choice)?;
        self.optics.choice = choice;
        Ok(())
    }
}

/// True when a chosen value holds a control: an automatic that is off, or a value the camera would not have by
/// itself.
fn held(equipment: Option<&Equipment>, control: Control, value: i32) -> bool {
    let states = equipment.into_iter().flat_map(|e| &e.controls);
    let default = states
        .filter(|state| state.control == control)
        .map(|state| state.default)
        .next();
    match (control.is_switch(), control.automatic()) {
        (true, _) => value == 0,
        (false, Some(_)) => true,
        (false, None) => default != Some(value),
    }
}

/// Gives a control back: its automatic goes on again where it has one; what has none returns to where the
/// camera starts.
fn release(setting: &mut CameraSetting, control: Control, default: i32) {
    match control.automatic() {
        Some(automatic) => {
            setting.controls.remove(&control);
            setting.controls.insert(automatic, 1);
        }
        None => {
            setting.controls.insert(control, default);
        }
    }
}

fn shown(light: &quality::LightReading) -> Light {
    Light {
        histogram: light.histogram.clone(),
        black: light.black,
        clipped: light.clipped,
        face: light.face.map(|face| FaceLight {
            level: face.level,
            least: face.least,
            clipped: face.clipped,
            most_clipped: face.most_clipped,
        }),
    }
}
