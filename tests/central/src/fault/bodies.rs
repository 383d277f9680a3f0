//! Bodies as a bad line or a bad server carries them.

use axum::body::Body;
use bytes::Bytes;
use http_body::Frame;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::Sleep;

type Piece = Poll<Option<Result<Frame<Bytes>, axum::BoxError>>>;

/// A body that breaks off after so many bytes.
pub(super) struct Cut {
    pub(super) body: Body,
    pub(super) left: u64,
}

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Piece {
        if self.left == 0 {
            return Poll::Ready(Some(Err("the line broke".into())));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        Poll::Ready(frame.map(|frame| {
            let frame = frame?.map_data(|bytes| {
                let kept = bytes.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
                self.left -= kept as u64;
                bytes.slice(..kept)
            });
            Ok(frame)
        }))
    }
}

/// An answer's body that breaks off after so many bytes. They leave first: a connection that ends at once takes
/// with it what was not yet written.
pub(super) struct Short {
    rest: Cut,
    leaving: Option<Pin<Box<Sleep>>>,
}

impl Short {
    pub(super) fn new(body: Body, left: u64) -> Self {
        Self {
            rest: Cut { body, left },
            leaving: None,
        }
    }
}

impl http_body::Body for Short {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Piece {
        if self.rest.left == 0 {
            let sleep = || Box::pin(tokio::time::sleep(Duration::from_millis(20)));
            ready!(self.leaving.get_or_insert_with(sleep).as_mut().poll(cx));
        }
        Pin::new(&mut self.rest).poll_frame(cx)
    }
}

/// A body that trickles, some ten times a second.
pub(super) struct Slow {
    body: Body,
    waiting: Bytes,
    piece: usize,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Slow {
    pub(super) fn new(body: Body, bytes_per_s: u64) -> Self {
        let piece = (bytes_per_s / 10).max(1);
        let pause = Duration::from_secs_f64(piece as f64 / bytes_per_s.max(1) as f64);
        Self {
            body,
            waiting: Bytes::new(),
            piece: usize::try_from(piece).unwrap_or(usize::MAX),
            pause,
            sleep: Box::pin(tokio::time::sleep(pause)),
        }
    }
}

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Piece {
        while self.waiting.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(frame) => self.waiting = frame?.into_data().unwrap_or_default(),
                None => return Poll::Ready(None),
            }
        }
        ready!(self.sleep.as_mut().poll(cx));
        let next = tokio::time::Instant::now() + self.pause;
        self.sleep.as_mut().reset(next);
        let piece = self.piece.min(self.waiting.len());
        Poll::Ready(Some(Ok(Frame::data(self.waiting.split_to(piece)))))
    }
}

/// So many blanks.
pub(super) struct Blanks {
    pub(super) left: u64,
}

impl http_body::Body for Blanks {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Piece {
        static PIECE: [u8; 64 << 10] = [b' '; 64 << 10];
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(PIECE.len());
        self.left -= length as u64;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&PIECE).slice(..length)))))
    }
}
