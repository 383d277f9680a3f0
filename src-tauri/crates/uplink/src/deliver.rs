//! The whole way of one packet: upload what is missing, commit, verify the acknowledgement.

use crate::fault::Fault;
use crate::http::Http;
use crate::message::Commit;
use crate::tus::{Tus, UploadState};
use domain::port::Delivery;
use packet::{Acknowledgement, Expected, ServerVerifyingKey};
use reqwest::Url;
use uuid::Uuid;

/// Times that an upload is begun anew within one attempt when the server has lost or altered it.
const ROUNDS: u32 = 3;

/// Largest acknowledgement that is read, in bytes.
const MAX_ACKNOWLEDGEMENT: usize = 16 << 10;

/// What the server says to a commit.
enum Committed {
    /// It holds the packet, and proved it.
    Yes(Box<Acknowledgement>),
    /// It does not know the upload (any more).
    NoUpload,
    /// It has not all bytes of the upload.
    Incomplete,
    /// It has other bytes: they were altered on the way and nobody noticed.
    Altered,
}

/// Delivers one packet; every step may be repeated after a cut without doing anything twice.
pub(crate) async fn deliver(
    http: &Http,
    tus: &mut Tus,
    key: &ServerVerifyingKey,
    delivery: Delivery<'_>,
) -> Result<Acknowledgement, Fault> {
    let Delivery {
        entry,
        sealed,
        progress,
    } = delivery;
    let packet_id: Uuid = entry
        .packet
        .parse()
        .map_err(|_| Fault::Unsendable("the packet's id is not a UUID"))?;
    let length = sealed.len() as u64;
    if length != entry.size {
        return Err(Fault::Unsendable(
            "the sealed bytes are not as many as the queue says",
        ));
    }
    let expected = Expected {
        packet_id,
        sha256: &entry.sha256,
        size: length,
    };
    let mut upload = entry.upload_url.as_deref().and_then(|kept| tus.known(kept));
    for _ in 0..ROUNDS {
        let state = match &upload {
            Some(url) => tus.state(url, length).await?,
            None => {
                let url = tus.create(length, &entry.packet).await?;
                progress(Some(url.as_str()), 0).map_err(Fault::Progress)?;
                upload = Some(url);
                UploadState::At(0)
            }
        };
        let Some(url) = &upload else { continue };
        let state = match state {
            UploadState::At(offset) => {
                let mut report = |confirmed| progress(Some(url.as_str()), confirmed);
                tus.send(url, sealed, offset, &mut report).await?
            }
            UploadState::Gone => UploadState::Gone,
        };
        // Also for an upload that is gone: the server may have made it a packet already, and only the
        // answer was lost.
        let committed = commit(http, key, &expected, url).await?;
        match (committed, state) {
            (Committed::Yes(acknowledgement), _) => return Ok(*acknowledgement),
            (Committed::Incomplete, UploadState::At(_)) => continue,
            (Committed::Altered, _) => tus.terminate(url).await?,
            (Committed::NoUpload | Committed::Incomplete, _) => {}
        }
        tracing::warn!(packet = entry.packet, "the upload is begun anew");
        progress(None, 0).map_err(Fault::Progress)?;
        upload = None;
    }
    Err(Fault::Unsteady("uploads get lost or altered"))
}

async fn commit(
    http: &Http,
    key: &ServerVerifyingKey,
    expected: &Expected<'_>,
    upload: &Url,
) -> Result<Committed, Fault> {
    let url = http.url(&["v1", "packets", &expected.packet_id.to_string(), "commit"]);
    let message = Commit {
        upload: upload.as_str(),
        sha256: expected.sha256,
        size: expected.size,
    };
    match http
        .post::<Acknowledgement>(url, &message, MAX_ACKNOWLEDGEMENT)
        .await
    {
        Ok(acknowledgement) => {
            acknowledgement.verify(key, expected)?;
            Ok(Committed::Yes(Box::new(acknowledgement)))
        }
        Err(fault) if fault.is_refusal("upload_unknown") || fault.is_refusal("upload_gone") => {
            Ok(Committed::NoUpload)
        }
        Err(fault) if fault.is_refusal("upload_incomplete") => Ok(Committed::Incomplete),
        Err(fault) if fault.is_refusal("hash_differs") => Ok(Committed::Altered),
        Err(fault) if fault.is_refusal("packet_differs") => Err(Fault::Mismatch),
        Err(fault) => Err(fault),
    }
}
