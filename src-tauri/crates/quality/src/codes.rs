//! Every code that can leave this crate.

use crate::checks;
use crate::code::{Instruction, Reason};

/// The codes, each list in its fixed order. A test of the messages proves that every language has
/// `check.<id>`, `instruction.<code>`, `reason.<code>` and `unit.<unit>` for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// Ids of the checks.
    pub checks: Vec<&'static str>,
    /// Codes of the instructions.
    pub instructions: Vec<&'static str>,
    /// Codes of the reasons why something was not assessed.
    pub reasons: Vec<&'static str>,
    /// Units of values and limits.
    pub units: Vec<&'static str>,
}

/// Every check id, instruction code, reason code and unit that can occur.
pub fn codes() -> Codes {
    let mut units: Vec<_> = checks::all().iter().map(|check| check.unit).collect();
    units.sort_unstable();
    units.dedup();
    Codes {
        checks: checks::all().iter().map(|check| check.id).collect(),
        instructions: Instruction::ALL.map(Instruction::code).to_vec(),
        reasons: Reason::ALL.map(Reason::code).to_vec(),
        units,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_lead_back() {
        let codes = codes();
        for list in [&codes.checks, &codes.instructions, &codes.reasons] {
            assert_eq!(
                list.iter().collect::<HashSet<_>>().len(),
                list.len(),
                "doubled in {list:?}"
            );
        }
        for instruction in Instruction::ALL {
            assert_eq!(Instruction::from_code(instruction.code()), Some(instruction));
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(reason));
        }
    }

    #[test]
    fn the_list_is_in_the_order_of_help() {
        assert!(Instruction::ALL.is_sorted());
    }
}
