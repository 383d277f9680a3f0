//! The whole way of one packet: upload what is missing, commit, verify the acknowledgement.

use crate::fault::Fault;
use crate::http::Http;
use crate::message::Commit;
use crate::tus::Tus;
use bytes::Bytes;
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
    let bytes = Bytes::copy_from_slice(sealed);
    let mut kept = entry.upload_url.as_deref().and_then(|kept| tus.known(kept));
    for _ in 0..ROUNDS {
        let (url, upload) = match kept.take() {
            Some(url) => {
                let found = tus.find(&url, length).await?;
                // What was confirmed once and is missing now was lost: who knows what else.
                let whole = found.filter(|upload| upload.offset() >= entry.confirmed_bytes);
                (url, whole)
            }
            None => {
                let upload = tus.begin(&bytes, &entry.packet).await?;
                progress(Some(upload.url().as_str()), 0).map_err(Fault::Progress)?;
                (upload.url().clone(), Some(upload))
            }
        };
        if let Some(mut upload) = upload {
            let mut report = |confirmed| progress(Some(url.as_str()), confirmed);
            tus.send(&mut upload, &bytes, &mut report).await?;
        }
        // Also for an upload that is gone: the server may have made it a packet already, and only the
        // answer was lost.
        match commit(http, key, &expected, &url).await {
            Ok(Committed::Yes(acknowledgement)) => return Ok(*acknowledgement),
            // Also when it confirmed every byte and has not all of them: it contradicts itself.
            Ok(Committed::Altered | Committed::Incomplete) => drop_upload(tus, &url).await,
            Ok(Committed::NoUpload) => {}
            Err(fault) => {
                if fault.is_refusal("withdrawn") {
                    drop_upload(tus, &url).await;
                }
                return Err(fault);
            }
        }
        tracing::warn!(packet = entry.packet, "the upload is begun anew");
        progress(None, 0).map_err(Fault::Progress)?;
    }
    Err(Fault::Unsteady("uploads get lost or altered"))
}

/// Tells the server that nobody will go on with an upload. It would drop it by itself some day, so that no fault of
/// this may stop anything.
pub(crate) async fn drop_upload(tus: &Tus, url: &Url) {
    if let Err(fault) = tus.terminate(url).await {
        tracing::debug!(%fault, "an upload could not be terminated");
    }
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
