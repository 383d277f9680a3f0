//! The central server: set, joined, there, and the one it should be.

use super::finding::Finding;
use super::patient::{Link, Patient};
use domain::port::CentralFault;

pub(super) fn check(patient: &Patient<'_>) -> Vec<Finding> {
    let mut findings = vec![match &patient.link {
        Link::Unset => Finding::notice(
            "server_none",
            "no central server is set; everything waits in the queue",
            "station join ADDRESS TICKET, with a ticket of the server's administrator",
        ),
        Link::Answers(_) => Finding::well(
            "server_answers",
            "the central server answers and has proved itself",
        ),
        Link::Fault(fault) => Finding::trouble(fault.code(), fault.to_string(), remedy(fault)),
    }];
    if patient.link != Link::Unset && patient.settings.central.token.is_empty() {
        findings.push(Finding::trouble(
            "station_not_joined",
            "this station has no credential for its central server",
            "station join ADDRESS TICKET, with a ticket of the server's administrator",
        ));
    }
    findings
}

const fn remedy(fault: &CentralFault) -> &'static str {
    match fault {
        CentralFault::Unreachable(_) | CentralFault::Trouble(_) => {
            "see that the network is there; nothing is lost meanwhile, and packets can travel on a stick"
        }
        CentralFault::Nonsense(_) => {
            "something else answers in its place, such as the page of a guest network: sign in there, or use another network"
        }
        CentralFault::Certificate(_) => "see that this machine's clock is right, else tell the administrator",
        CentralFault::Unaccepted(_) => "station join ADDRESS TICKET, with a new ticket",
        CentralFault::Versions(_) => "bring station and server to versions that fit",
        CentralFault::Refused(_) | CentralFault::Mismatch | CentralFault::Acknowledgement(_) => {
            "tell the server's administrator"
        }
    }
}
