//! From files and a session's changes to one set of rules.

use super::Rules;
use super::row::{Assessed, ExceptionRow, RuleRow, TickRow};
use crate::checks;
use crate::code::Instruction;
use crate::limits::{Limits, LimitsFault};
use domain::quality::{Force, Stage};
use domain::setup::QualityPolicy;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

const RULES: &str = include_str!("../../../../../assets/rules.toml");
/// A new policy is a file and a line here.
const POLICIES: [(&str, &str); 2] = [
    (
        "strict",
        include_str!("../../../../../assets/policies/strict.toml"),
    ),
    (
        "relaxed",
        include_str!("../../../../../assets/policies/relaxed.toml"),
    ),
];
/// Most ticks on one screen; their keys are 1 to 4.
const MOST_TICKS: usize = 4;

/// Why rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesFault {
    /// A file is not TOML, misses a key, or has an unknown one.
    #[error("the rules cannot be read: {0}")]
    Unreadable(String),
    /// The rows and the measures do not fit together.
    #[error("the rules contradict themselves: {0}")]
    Contradiction(String),
    /// There is no policy of this name.
    #[error("there is no quality policy {0}")]
    UnknownPolicy(String),
    /// A policy names a rule that does not exist.
    #[error("the quality policy names the unknown rule {0}")]
    UnknownRule(String),
    /// A policy names a number that does not exist.
    #[error("the quality policy names the unknown number {0}")]
    UnknownNumber(String),
    /// A policy wants a force the rule cannot have.
    #[error("the quality policy cannot make {0} {1:?}")]
    Force(String, Force),
    /// The numbers contradict themselves.
    #[error(transparent)]
    Limits(#[from] LimitsFault),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    version: u32,
    rule: Vec<RuleRow>,
    tick: Vec<TickRow>,
    exception: Vec<ExceptionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    /// Attempts after which a supervisor may override.
    attempts_before_override: u32,
    #[serde(default)]
    force: BTreeMap<String, Force>,
    #[serde(default)]
    limits: BTreeMap<String, BTreeMap<String, f64>>,
}

fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, RulesFault> {
    toml::from_str(text).map_err(|e| RulesFault::Unreadable(e.to_string()))
}

pub(super) fn resolved(policy: &QualityPolicy) -> Result<Rules, RulesFault> {
    let base = POLICIES.iter().find(|(name, _)| *name == policy.base);
    let (name, text) = base.ok_or_else(|| RulesFault::UnknownPolicy(policy.base.clone()))?;
    let base: PolicyFile = read(text)?;
    let mut file: RulesFile = read(RULES)?;
    consistent(&file)?;
    for (rule, force) in base.force.iter().chain(&policy.force) {
        let row = file.rule.iter_mut().find(|row| row.id == *rule);
        let row = row.ok_or_else(|| RulesFault::UnknownRule(rule.clone()))?;
        if !allowed(row, *force) {
            return Err(RulesFault::Force(rule.clone(), *force));
        }
        row.force = *force;
    }
    let mut numbers: toml::Table = read(Limits::BUILTIN)?;
    for (table, changes) in base.limits.iter().chain(&policy.limits) {
        for (path, value) in changes {
            change(&mut numbers, table, path, *value)
                .ok_or_else(|| RulesFault::UnknownNumber(format!("{table}.{path}")))?;
        }
    }
    let changed = !policy.force.is_empty() || !policy.limits.is_empty();
    Ok(Rules {
        version: file.version,
        policy: format!("{name}{}", if changed { "+" } else { "" }),
        attempts_before_override: base.attempts_before_override,
        limits: Limits::from_table(numbers)?,
        rows: file.rule,
        ticks: file.tick,
        exceptions: file.exception,
        eased: Vec::new(),
    })
}

/// Sets `table.path`, a number that stands there already.
fn change(numbers: &mut toml::Table, table: &str, path: &str, value: f64) -> Option<()> {
    let mut at = numbers.get_mut(table)?;
    for key in path.split('.') {
        at = at.as_table_mut()?.get_mut(key)?;
    }
    *at = match at {
        toml::Value::Float(_) => toml::Value::Float(value),
        toml::Value::Integer(_) if value.fract() == 0.0 => toml::Value::Integer(value as i64),
        _ => return None,
    };
    Some(())
}

/// Geometry stays as it is; only a measure may gate; only a rule with a tick may ask.
fn allowed(row: &RuleRow, force: Force) -> bool {
    match force {
        Force::Absolute => row.force == Force::Absolute,
        _ if row.force == Force::Absolute => false,
        Force::Gate => row.assessed == Assessed::Measured,
        Force::Ask => row.tick.is_some(),
        Force::Advice => row.assessed != Assessed::Operator,
        Force::Off => true,
    }
}

fn consistent(file: &RulesFile) -> Result<(), RulesFault> {
    let fault = |text: String| Err(RulesFault::Contradiction(text));
    let mut seen = HashSet::new();
    if file.tick.len() > MOST_TICKS {
        return fault(format!("{} ticks, at most {MOST_TICKS}", file.tick.len()));
    }
    for row in &file.rule {
        if !seen.insert(&row.id) {
            return fault(format!("{} stands twice", row.id));
        }
        let measured = row.when.iter().any(|stage| *stage != Stage::Finished);
        let check = checks::all().iter().any(|check| check.id == row.id);
        if measured && check != (row.assessed != Assessed::Operator) {
            return fault(format!("{} and its measure", row.id));
        }
        if !allowed(row, row.force) {
            return fault(format!("{} cannot be {:?}", row.id, row.force));
        }
        if let Some(tick) = &row.tick
            && !file.tick.iter().any(|known| known.id == *tick)
        {
            return fault(format!("{} names the unknown tick {tick}", row.id));
        }
        if let Some(help) = &row.help
            && Instruction::from_code(help).is_none()
        {
            return fault(format!("{} names the unknown instruction {help}", row.id));
        }
    }
    if let Some(check) = checks::all()
        .iter()
        .find(|check| !seen.contains(&check.id.to_owned()))
    {
        return fault(format!("{} has no row", check.id));
    }
    let eased = file.exception.iter().flat_map(|row| &row.eases);
    match eased.into_iter().find(|id| !seen.contains(id)) {
        Some(id) => Err(RulesFault::UnknownRule(id.clone())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_policy_resolves() {
        for (name, _) in POLICIES {
            let policy = QualityPolicy {
                base: name.to_owned(),
                ..QualityPolicy::default()
            };
            let rules = Rules::under(&policy).unwrap();
            assert_eq!(rules.policy, name);
        }
    }

    fn changed(rule: &str, force: Force) -> Result<Rules, RulesFault> {
        Rules::under(&QualityPolicy {
            force: BTreeMap::from([(rule.to_owned(), force)]),
            ..QualityPolicy::default()
        })
    }

    #[test]
    fn a_session_may_change_forces_but_not_geometry() {
        let rules = changed("mouth", Force::Off).unwrap();
        assert_eq!(rules.row("mouth").map(|row| row.force), Some(Force::Off));
        assert_eq!(rules.policy, "strict+");
        assert!(matches!(changed("crown", Force::Off), Err(RulesFault::Force(..))));
        assert!(matches!(
            changed("make_up", Force::Gate),
            Err(RulesFault::Force(..))
        ));
        assert!(matches!(
            changed("nose_length", Force::Off),
            Err(RulesFault::UnknownRule(_))
        ));
    }

    #[test]
    fn a_session_may_change_numbers_that_exist() {
        let change = |table: &str, path: &str, value: f64| {
            Rules::under(&QualityPolicy {
                limits: BTreeMap::from([(table.to_owned(), BTreeMap::from([(path.to_owned(), value)]))]),
                ..QualityPolicy::default()
            })
        };
        let rules = change("yaw", "limit.fail", 20.0).unwrap();
        assert!((rules.limits().yaw.limit.fail - 20.0).abs() < 1e-6);
        for (table, path) in [
            ("yaw", "limit.fial"),
            ("jaw", "limit.fail"),
            ("yaw", "limit"),
            ("yaw", "source"),
        ] {
            let fault = change(table, path, 20.0).unwrap_err();
            assert!(
                matches!(fault, RulesFault::UnknownNumber(_)),
                "{table}.{path}: {fault}"
            );
        }
        let fault = change("yaw", "limit.fail", 1.0).unwrap_err();
        assert!(matches!(fault, RulesFault::Limits(_)), "{fault}");
    }
}
