//! Measure and lock: the camera finds exposure, white balance and focus on the face before it, then they are
//! held, and the exposure is corrected until the face is as bright as the rules want it.

use super::optics::LOOK_MS;
use super::{Desk, Trouble};
use crate::contract::Level;
use domain::Moment;
use domain::camera::{Control, ControlState, Equipment};
use std::collections::BTreeMap;

/// Milliseconds a camera is given to find its values: webcams settle within one to two seconds.
const SETTLE_MS: i64 = 2_000;
/// Milliseconds after a change of exposure before the picture shows it.
const SHOWS_MS: i64 = 700;
/// Milliseconds after which a step that does not come is given up.
const PATIENCE_MS: i64 = 10_000;
/// Corrections of the exposure, at most.
const CORRECTIONS: u32 = 5;

/// What is locked, each with its automatic.
const MEASURED: [Control; 3] = [Control::Exposure, Control::WhiteBalance, Control::Focus];

/// Where a locking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lock {
    /// The automatics are on; the camera has until then.
    Settling { until: Moment },
    /// The values are being read; one with a later number is wanted.
    Reading { after: u64, since: Moment },
    /// The values are held; the face is looked at then.
    Judging { at: Moment, corrections: u32 },
}

impl Desk {
    /// Begins to measure. There must be a face: the light on a wall says nothing of a sitter.
    pub(super) fn begin_locking(&mut self, now: Moment) -> Result<(), Trouble> {
        let equipment = self.equipment()?;
        let lockable = equipment
            .controls
            .iter()
            .any(|state| MEASURED.contains(&state.control));
        lockable
            .then_some(())
            .ok_or(Trouble::Fault("camera_no_controls"))?;
        let face = self.optics.light().and_then(|light| light.face);
        face.ok_or(Trouble::Fault("no_face_to_measure"))?;
        let mut setting = self.setting_of(&equipment);
        for control in MEASURED {
            setting.controls.remove(&control);
            let automatic = control.automatic().filter(|auto| has(&equipment, *auto));
            setting.controls.extend(automatic.map(|auto| (auto, 1)));
        }
        self.configure(&equipment, setting)?;
        self.optics.lock = Some(Lock::Settling {
            until: now.plus(SETTLE_MS),
        });
        Ok(())
    }

    /// The next step of a locking under way, when its time has come.
    pub(super) fn go_on_locking(&mut self, now: Moment) {
        let Some(lock) = self.optics.lock else { return };
        let outcome = self.locking_step(lock, now);
        self.touch();
        match outcome {
            Ok(next) => self.optics.lock = next,
            Err(trouble) => {
                tracing::warn!(%trouble, "locking the camera");
                self.optics.lock = None;
                self.notice = trouble.notice();
            }
        }
    }

    fn locking_step(&mut self, lock: Lock, now: Moment) -> Result<Option<Lock>, Trouble> {
        match lock {
            Lock::Settling { until } if now < until => Ok(Some(lock)),
            Lock::Settling { .. } => {
                let after = self.equipment()?.reading;
                self.around.cameras.look();
                Ok(Some(Lock::Reading { after, since: now }))
            }
            Lock::Reading { after, since } => {
                let equipment = self.equipment()?;
                if equipment.reading > after {
                    self.hold(&equipment)?;
                    return Ok(Some(Lock::Judging {
                        at: now.plus(SHOWS_MS),
                        corrections: 0,
                    }));
                }
                let waiting = now.since(since) < PATIENCE_MS + LOOK_MS;
                waiting
                    .then_some(Some(lock))
                    .ok_or(Trouble::Fault("camera_not_open"))
            }
            Lock::Judging { at, .. } if now < at => Ok(Some(lock)),
            Lock::Judging { corrections, .. } => self.judge_lock(now, corrections),
        }
    }

    /// Holds what the camera found.
    fn hold(&mut self, equipment: &Equipment) -> Result<(), Trouble> {
        let mut setting = self.setting_of(equipment);
        for state in &equipment.controls {
            if MEASURED.contains(&state.control) {
                let automatic = state.control.automatic();
                setting.controls.extend(
                    automatic
                        .filter(|auto| has(equipment, *auto))
                        .map(|auto| (auto, 0)),
                );
                setting.controls.insert(state.control, state.value);
            }
        }
        self.configure(equipment, setting)
    }

    fn judge_lock(&mut self, now: Moment, corrections: u32) -> Result<Option<Lock>, Trouble> {
        let equipment = self.equipment()?;
        let Some(face) = self.optics.light().and_then(|light| light.face) else {
            // Whoever stood there went away: what the camera found itself is held all the same.
            self.say(Level::Info, "fault.camera_locked_unseen", BTreeMap::new());
            return Ok(None);
        };
        let factor = face.correction();
        let mut setting = self.setting_of(&equipment);
        let exposure = equipment.controls.iter().find(|s| s.control == Control::Exposure);
        let held = exposure.and_then(|state| Some((state, *setting.controls.get(&Control::Exposure)?)));
        let corrected = held.and_then(|(state, held)| changed(state, held, factor));
        match corrected {
            Some(value) if corrections < CORRECTIONS => {
                setting.controls.insert(Control::Exposure, value);
                self.configure(&equipment, setting)?;
                Ok(Some(Lock::Judging {
                    at: now.plus(SHOWS_MS),
                    corrections: corrections + 1,
                }))
            }
            _ => {
                let fits = (factor - 1.0).abs() < f32::EPSILON;
                let (level, code) = if fits {
                    (Level::Info, "fault.camera_locked")
                } else {
                    (Level::Warn, "fault.camera_locked_light")
                };
                self.say(level, code, BTreeMap::new());
                self.audit("camera_locked", &equipment.camera.id, "")?;
                Ok(None)
            }
        }
    }
}

/// The exposure times the factor, at least one step away; `None` when nothing is to change or can.
fn changed(state: &ControlState, held: i32, factor: f32) -> Option<i32> {
    if (factor - 1.0).abs() < f32::EPSILON {
        return None;
    }
    let wanted = (held as f32 * factor).round() as i32;
    let step = state.step.max(1);
    let apart = if factor > 1.0 {
        wanted.max(held.saturating_add(step))
    } else {
        wanted.min(held.saturating_sub(step))
    };
    let value = apart.clamp(state.min, state.max);
    (value != held).then_some(value)
}

fn has(equipment: &Equipment, control: Control) -> bool {
    equipment.controls.iter().any(|state| state.control == control)
}
