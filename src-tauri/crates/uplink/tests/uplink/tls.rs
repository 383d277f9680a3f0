//! Certificates: who is believed, and what a wrong clock looks like.

use crate::mouth::{health, serve};
use domain::moment::Moment;
use domain::port::Central as _;
use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, PublicKeyData, date_time_ymd,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::net::TcpListener;
use std::sync::Arc;
use uplink::{Server, ServerFault, Uplink};

struct Authority(CertifiedIssuer<'static, KeyPair>);

/// The certificate of some authority, PEM.
pub(crate) fn root_pem() -> Vec<u8> {
    Authority::new().pem()
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn pem(&self) -> Vec<u8> {
        self.0.pem().into_bytes()
    }

    /// A server that proves its health, with a certificate for `name` that is valid in these years, counted from the
    /// present one.
    fn server(&self, name: &str, years: std::ops::Range<i32>) -> TlsServer {
        let this_year = jiff::tz::TimeZone::UTC.to_datetime(Timestamp::now()).year();
        let day = |years: i32| date_time_ymd(i32::from(this_year) + years, 1, 1);
        let own = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (params.not_before, params.not_after) = (day(years.start), day(years.end));
        let leaf = params.signed_by(&own, &self.0).unwrap();
        let pins = [leaf.der().as_ref(), own.subject_public_key_info().as_slice()].map(packet::sha256_hex);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![leaf.der().clone()],
                PrivateKeyDer::try_from(own.serialize_der()).unwrap(),
            )
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let config = Arc::new(config);
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                std::thread::spawn(move || {
                    let tls = ServerConnection::new(config).unwrap();
                    serve(StreamOwned::new(tls, line), |asked| {
                        health(asked, Timestamp::UNIX_EPOCH).unwrap()
                    });
                });
            }
        });
        TlsServer { url, pins }
    }
}

struct TlsServer {
    url: String,
    /// SHA-256 of the certificate and of its key.
    pins: [String; 2],
}

impl TlsServer {
    fn known_by(&self, root: &Authority) -> Server {
        let recipient = packet::OpeningKey::generate().recipient().to_string();
        let key = crate::mouth::key().verifying_key().to_string();
        let server = Server::new(&self.url, "t", &recipient, &key).unwrap();
        server.with_root(root.pem())
    }
}

fn refused(server: Server, why: &str) {
    let fault = Uplink::new(server).unwrap().answers().unwrap_err();
    assert_eq!(
        (fault.code(), fault.temporary()),
        ("server_certificate", true),
        "{fault}"
    );
    assert!(fault.to_string().ends_with(why), "{fault}");
}

#[test]
fn the_schools_own_authority_is_believed_and_nobody_elses() {
    let authority = Authority::new();
    let server = authority.server("localhost", 0..1);
    let mut uplink = Uplink::new(server.known_by(&authority)).unwrap();
    assert_eq!(uplink.answers(), Ok(Moment(0)));
    refused(
        server.known_by(&Authority::new()),
        "nobody that is trusted here issued it",
    );
    refused(
        authority.server("central.example", 0..1).known_by(&authority),
        "it is for another name",
    );
}

#[test]
fn a_clock_that_is_a_year_off_is_told_from_a_line_that_is_down() {
    let authority = Authority::new();
    // What a clock that is fast sees of a certificate of today, and what a slow one sees.
    refused(
        authority.server("localhost", -2..-1).known_by(&authority),
        "it expired",
    );
    refused(
        authority.server("localhost", 1..2).known_by(&authority),
        "it is not valid yet",
    );
    let ticket = "K7QF2M9D-0123456789abcdef".parse().unwrap();
    let station = packet::StationSigningKey::from_seed(&[1; 32]).verifying_key();
    let late = authority.server("localhost", -2..-1);
    let fault = uplink::join(&late.url, Some(authority.pem()), &ticket, &station, "x").unwrap_err();
    assert_eq!(fault.code(), "server_certificate");
}

#[test]
fn pins_go_behind_validity_and_never_before_it() {
    let authority = Authority::new();
    let server = authority.server("localhost", 0..1);
    let other = "0".repeat(64);
    for pin in &server.pins {
        let colons: Vec<_> = pin
            .as_bytes()
            .chunks(2)
            .map(|two| std::str::from_utf8(two).unwrap())
            .collect();
        let pinned = server
            .known_by(&authority)
            .with_pin(&colons.join(":").to_uppercase())
            .unwrap();
        Uplink::new(pinned).unwrap().answers().unwrap();
        let several = server
            .known_by(&authority)
            .with_pin(&other)
            .unwrap()
            .with_pin(pin)
            .unwrap();
        Uplink::new(several).unwrap().answers().unwrap();
        let stranger = server.known_by(&Authority::new()).with_pin(pin).unwrap();
        refused(stranger, "nobody that is trusted here issued it");
    }
    let unknown = server.known_by(&authority).with_pin(&other).unwrap();
    refused(unknown, "it is not one of those that were agreed on");
    let bad = server.known_by(&authority).with_pin("abc");
    assert!(matches!(bad, Err(ServerFault::Pin)));
    let no_root = server.known_by(&authority).with_root(b"no certificate".to_vec());
    assert!(matches!(Uplink::new(no_root), Err(ServerFault::Root)));
}
