//! The quality rules: those of the session, and what the known exceptions of the person at the desk ease.

use super::Desk;
use domain::exception::ExceptionKind;
use domain::quality::Assessment;
use domain::session::Refusal;
use domain::setup::QualityPolicy;
use quality::{Rules, RulesFault};
use std::sync::Arc;

/// The rules of the session on screen.
#[derive(Debug)]
pub(crate) struct SessionRules {
    /// As the policy has them.
    policy: Arc<Rules>,
    /// The same, levelled by the sitters of this session.
    whole: Arc<Rules>,
    /// How the heads of accepted stills were read, degrees.
    levels: Vec<f32>,
    /// Those of the last person with exceptions; kept, so that nobody has to compare rules to know that they are
    /// the same.
    eased: (Vec<ExceptionKind>, Arc<Rules>),
}

impl SessionRules {
    /// Resolves a session's policy, once.
    pub(crate) fn under(policy: &QualityPolicy) -> Result<Self, RulesFault> {
        let policy = Arc::new(Rules::under(policy)?);
        Ok(Self {
            whole: Arc::clone(&policy),
            eased: (vec![], Arc::clone(&policy)),
            policy,
            levels: vec![],
        })
    }

    /// Levels the camera by one more accepted still, which was judged by the rules as they are now.
    pub(super) fn learn(&mut self, accepted: &Assessment) {
        if let Some(reading) = self.whole.level_reading(accepted) {
            self.levels.push(reading);
            self.whole = Arc::new(self.policy.as_ref().clone().levelled(&self.levels));
            self.eased = (vec![], Arc::clone(&self.whole));
        }
    }

    /// The rules for a person with these exceptions; the same ones as last time for the same exceptions.
    fn easing(&mut self, kinds: Vec<ExceptionKind>) -> Arc<Rules> {
        if self.eased.0 != kinds {
            let rules = if kinds.is_empty() {
                Arc::clone(&self.whole)
            } else {
                Arc::new(self.whole.as_ref().clone().easing(&kinds))
            };
            self.eased = (kinds, rules);
        }
        Arc::clone(&self.eased.1)
    }

    /// The rules as the session has them.
    pub(crate) fn whole(&self) -> &Rules {
        &self.whole
    }
}

impl Desk {
    /// The rules for the person at the desk.
    pub(super) fn rules_now(&mut self) -> Result<Arc<Rules>, Refusal> {
        let kinds = self.exception_kinds();
        let rules = self.rules.as_mut().ok_or(Refusal::NotNow)?;
        Ok(rules.easing(kinds))
    }

    /// What kinds of exceptions the person at the desk has, in the order of the offer.
    pub(crate) fn exception_kinds(&self) -> Vec<ExceptionKind> {
        let known = self.state.file().map(|file| file.exceptions());
        let mut kinds: Vec<_> = known.unwrap_or_default().iter().map(|e| e.kind).collect();
        kinds.sort_unstable();
        kinds
    }
}
