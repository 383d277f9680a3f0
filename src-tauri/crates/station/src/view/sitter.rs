//! From what the station owns to what the sitter's screen shows.

use super::outline;
use crate::contract::{SitterCamera, SitterHead, SitterScreen, SitterView};
use crate::desk::{Desk, Page, Sighted};
use domain::Moment;
use domain::frame::CameraState;
use domain::session::State;
use quality::Instruction;

impl Desk {
    /// One full snapshot for the sitter's screen.
    pub(crate) fn sitter_view(&self) -> SitterView {
        if matches!(self.sighted, Sighted::Blind) {
            return SitterView::nobody(self.revision);
        }
        SitterView {
            revision: self.revision,
            person: self.called_to_the_camera(),
            screen: self.sitter_screen(self.now()),
        }
    }

    /// Nobody is named on a screen for all before the enrolment is confirmed: until then it may be somebody else.
    fn called_to_the_camera(&self) -> Option<SitterHead> {
        let confirmed = self.state.file().is_some() || matches!(self.state, State::Done { .. });
        let person = self.person().filter(|_| confirmed)?;
        Some(SitterHead {
            masked_name: person.masked_name,
            class_name: person.class_name,
            ticket: person.ticket,
        })
    }

    fn sitter_screen(&self, now: Moment) -> SitterScreen {
        match &self.state {
            State::Capturing { .. } => self
                .sitter_camera(now)
                .map_or(SitterScreen::Wait, SitterScreen::Camera),
            State::Reviewing { .. } => SitterScreen::Wait,
            State::Standardising { .. } | State::LastLook { .. } | State::Submitting { .. } => {
                SitterScreen::Done { stored: false }
            }
            State::Done { .. } => SitterScreen::Done { stored: true },
            State::Idle
            | State::Identifying { .. }
            | State::Matching { .. }
            | State::Paying { .. }
            | State::Preparing { .. } => SitterScreen::Welcome,
        }
    }

    fn sitter_camera(&self, now: Moment) -> Option<SitterCamera> {
        let setup = self.setup.as_ref()?;
        let specification = self.specification.as_deref()?;
        let health = self.around.feed.health();
        let live = health.state == CameraState::Live && health.fault.is_none();
        // Nothing is looked at while the operator reads a list or the camera is gone: what was seen before is old.
        let looking = live && self.page == Page::Person;
        let seen = self.shutter.seen.as_ref();
        let (frame_width, frame_height) = seen.map_or((health.width, health.height), |s| (s.width, s.height));
        let said = seen
            .filter(|_| looking)
            .and_then(|s| Instruction::from_code(s.instruction.as_deref()?));
        Some(SitterCamera {
            live,
            frame_width,
            frame_height,
            guide: domain::geometry::guide(
                specification.width_px,
                specification.height_px,
                frame_width,
                frame_height,
            ),
            outline: outline::of(specification, said.is_some_and(in_place)),
            instruction: said.filter(|i| !i.for_operator()).map(|i| i.code().to_owned()),
            good: looking && seen.is_some_and(|s| s.good),
            countdown: self
                .shutter
                .count(now, setup.policy.auto_shutter_hold_s)
                .filter(|_| looking && !self.waits_for_code()),
        })
    }
}

/// True when what is still to be done is no matter of where the head stands. The one instruction is steady, the
/// results of single frames are not: an outline that follows these would flicker.
const fn in_place(said: Instruction) -> bool {
    !matches!(
        said,
        Instruction::NoFace
            | Instruction::TwoFaces
            | Instruction::TooSmall
            | Instruction::TooLarge
            | Instruction::MoveLeft
            | Instruction::MoveRight
            | Instruction::CrownHigh
            | Instruction::CrownLow
            | Instruction::ChestCut
    )
}
