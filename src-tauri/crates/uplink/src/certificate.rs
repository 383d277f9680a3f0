//! Telling a certificate that does not hold from a line that is down.

use rustls::{CertificateError, Error};
use std::error::Error as _;

/// What is wrong with the server's certificate, when that is why the request failed. It never says more than the
/// kind: the operator looks at the clock first, and asks whoever keeps the network second.
pub(crate) fn fault_of(error: &reqwest::Error) -> Option<String> {
    let mut cause = error.source();
    while let Some(found) = cause {
        // An IO error names not itself but what lies behind it as its source.
        let inner = found
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        let tls = found
            .downcast_ref::<Error>()
            .or_else(|| inner.and_then(|inner| inner.downcast_ref::<Error>()));
        if let Some(tls) = tls {
            return name(tls).map(str::to_owned);
        }
        cause = match inner {
            Some(inner) => Some(inner),
            None => found.source(),
        };
    }
    None
}

fn name(error: &Error) -> Option<&'static str> {
    let Error::InvalidCertificate(what) = error else {
        return matches!(error, Error::NoCertificatesPresented).then_some("there is none");
    };
    Some(match what {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "it is not valid yet",
        // A bad signature is an issuer of the same name with another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "nobody that is trusted here issued it"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another name"
        }
        CertificateError::Revoked => "it was revoked",
        CertificateError::ApplicationVerificationFailure => "it is not one of those that were agreed on",
        _ => "it is not a valid one",
    })
}
