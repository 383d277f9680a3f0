//! Every code that can leave this crate.

use crate::checks;
use crate::code::{Instruction, Reason};
use crate::finished;
use crate::rules::{Rules, RulesFault};
use domain::exception::ExceptionKind;

/// The codes, each list in its fixed order. A test of the messages proves that every language has
/// `check.<id>`, `instruction.<code>`, `reason.<code>`, `unit.<unit>`, `tick.<id>` and `exception.<code>` for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// Ids of the rules.
    pub checks: Vec<String>,
    /// Codes of the instructions.
    pub instructions: Vec<&'static str>,
    /// Codes of the reasons why something was not assessed.
    pub reasons: Vec<&'static str>,
    /// Units of values and limits.
    pub units: Vec<&'static str>,
    /// Ids of the operator's ticks.
    pub ticks: Vec<String>,
    /// Codes of the known exceptions.
    pub exceptions: Vec<&'static str>,
}

/// Every code that can occur.
///
/// # Errors
/// Never in a program whose tests passed: the rules are those it was built with.
pub fn codes() -> Result<Codes, RulesFault> {
    let rules = Rules::strict()?;
    let mut units: Vec<_> = checks::all().iter().map(|check| check.unit).collect();
    units.extend(finished::UNITS);
    units.sort_unstable();
    units.dedup();
    Ok(Codes {
        checks: rules.rows().iter().map(|row| row.id.clone()).collect(),
        instructions: Instruction::ALL.iter().map(|code| code.code()).collect(),
        reasons: Reason::ALL.iter().map(|code| code.code()).collect(),
        units,
        ticks: rules.ticks().iter().map(|tick| tick.id.clone()).collect(),
        exceptions: ExceptionKind::ALL.iter().map(|kind| kind.code()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_lead_back() {
        let codes = codes().unwrap();
        for list in [&codes.instructions, &codes.reasons] {
            assert_eq!(
                list.iter().collect::<HashSet<_>>().len(),
                list.len(),
                "doubled in {list:?}"
            );
        }
        for instruction in Instruction::ALL {
            assert_eq!(Instruction::from_code(instruction.code()), Some(*instruction));
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
        }
    }

    #[test]
    fn the_list_is_in_the_order_of_help() {
        assert!(Instruction::ALL.is_sorted());
    }
}
