//! A bad line in miniature: a proxy between station and server that delays, throttles, cuts and counts. It shares no
//! code with the client whose word it checks.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Bytes that travel together, as in a TCP segment.
const SEGMENT: usize = 1460;

/// What every segment suffers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Weather {
    /// Time on the way, in each direction.
    pub(crate) latency: Duration,
    /// Bytes a second in each direction; 0 for as many as there are.
    pub(crate) bytes_per_s: u64,
    /// Of a hundred segments so many come late, as if they had been lost and sent again.
    pub(crate) lost_percent: u64,
    /// Where the dice begin.
    pub(crate) seed: u64,
}

/// Where a request is struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// After so many bytes of its head.
    Head(usize),
    /// After so many bytes of its body.
    Body(u64),
    /// One byte before the end of its body.
    LastByte,
    /// It arrives whole; the answer does not.
    Answer,
    /// From so many bytes of its body on nothing arrives, and nobody says so.
    Silence(u64),
}

/// What the proxy saw.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Bytes of bodies of `PATCH` that the station sent.
    pub(crate) sent: u64,
    /// Largest body of a `PATCH`.
    pub(crate) chunk: u64,
    /// Requests by method.
    pub(crate) requests: Vec<String>,
    /// Strikes that happened.
    pub(crate) struck: usize,
}

#[derive(Default)]
struct State {
    seen: Seen,
    /// The method struck next, how many of it pass before, and how.
    strike: Option<(&'static str, usize, Cut)>,
}

#[derive(Clone)]
pub(crate) struct BadLine {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl BadLine {
    /// A line to the server at `http://host:port`.
    pub(crate) fn to(server: &str, weather: Weather) -> Self {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let line = Self {
            port: listener.local_addr().unwrap().port(),
            state: Arc::default(),
        };
        let state = Arc::clone(&line.state);
        std::thread::spawn(move || {
            for (number, client) in listener.incoming().flatten().enumerate() {
                // A server that is gone refuses, and so does the line to it.
                let Ok(server) = TcpStream::connect(&server) else {
                    continue;
                };
                let weather = Weather {
                    seed: weather.seed + 2 * number as u64 + 1,
                    ..weather
                };
                pass(&client, &server, weather, Arc::clone(&state));
            }
        });
        line
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Strikes the request of this method that comes after `pass` others of it.
    pub(crate) fn strike(&self, method: &'static str, pass: usize, cut: Cut) {
        self.state.lock().unwrap().strike = Some((method, pass, cut));
    }

    pub(crate) fn seen(&self) -> Seen {
        self.state.lock().unwrap().seen.clone()
    }
}

fn pass(client: &TcpStream, server: &TcpStream, weather: Weather, state: Arc<Mutex<State>>) {
    let ends = || (client.try_clone().unwrap(), server.try_clone().unwrap());
    let mute = Arc::new(AtomicBool::new(false));
    let (up, arrives) = sync_channel(64);
    let (mut from, to) = ends();
    std::thread::spawn(move || deliver(&arrives, to));
    let muted = Arc::clone(&mute);
    std::thread::spawn(move || carry_requests(&mut from, &mut Road::new(weather, up), &state, &mute));

    let (down, arrives) = sync_channel(64);
    let (to, mut from) = ends();
    std::thread::spawn(move || deliver(&arrives, to));
    let backwards = Weather {
        seed: weather.seed + 1,
        ..weather
    };
    std::thread::spawn(move || {
        let mut road = Road::new(backwards, down);
        let mut buffer = [0; SEGMENT];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            if muted.load(Ordering::SeqCst) || road.send(&buffer[..read]).is_err() {
                return road.cut();
            }
        }
    });
}

/// Reads requests one after the other and lets the strike happen. Whatever ends here ends the line.
fn carry_requests(from: &mut TcpStream, road: &mut Road, state: &Mutex<State>, mute: &AtomicBool) {
    let mut buffer = [0; SEGMENT];
    let mut pending: Vec<u8> = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = pending.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            match from.read(&mut buffer) {
                Ok(read @ 1..) => pending.extend_from_slice(&buffer[..read]),
                _ => return,
            }
        };
        let head = String::from_utf8(pending[..end].to_vec()).unwrap();
        let mut body: Vec<u8> = pending.split_off(end);
        let method = head.split_whitespace().next().unwrap().to_owned();
        let length = length_of(&head);
        let cut = begin(state, &method, length);
        mute.store(cut == Some(Cut::Answer), Ordering::SeqCst);
        let head_end = match cut {
            Some(Cut::Head(at)) => at.min(end - 1),
            _ => end,
        };
        if road.send(&pending[..head_end]).is_err() || head_end < end {
            note(state, &method, body.len() as u64);
            return road.cut();
        }
        let mut passed = 0_u64;
        loop {
            let mine = body.len().min(usize::try_from(length - passed).unwrap());
            note(state, &method, mine as u64);
            let stop = match cut {
                Some(Cut::Body(at) | Cut::Silence(at)) => at,
                Some(Cut::LastByte) => length - 1,
                _ => u64::MAX,
            };
            let through = mine.min(usize::try_from(stop.saturating_sub(passed)).unwrap_or(usize::MAX));
            if road.send(&body[..through]).is_err() {
                return;
            }
            passed += mine as u64;
            if through < mine || (passed == stop && stop < length) {
                if matches!(cut, Some(Cut::Silence(_))) {
                    swallow(from, state, &method);
                }
                return road.cut();
            }
            pending = body.split_off(mine);
            if passed == length {
                break;
            }
            match from.read(&mut buffer) {
                Ok(read @ 1..) => body = buffer[..read].to_vec(),
                _ => return,
            }
        }
    }
}

/// Takes what comes without a sign of life until the station gives up.
fn swallow(from: &mut TcpStream, state: &Mutex<State>, method: &str) {
    let mut buffer = [0; SEGMENT];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        note(state, method, read as u64);
    }
}

fn length_of(head: &str) -> u64 {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap())
}

fn begin(state: &Mutex<State>, method: &str, length: u64) -> Option<Cut> {
    let mut state = state.lock().unwrap();
    state.seen.requests.push(method.to_owned());
    if method == "PATCH" {
        state.seen.chunk = state.seen.chunk.max(length);
    }
    let (wanted, pass, cut) = state.strike?;
    if wanted != method {
        return None;
    }
    state.strike = pass.checked_sub(1).map(|left| (wanted, left, cut));
    (pass == 0).then(|| {
        state.seen.struck += 1;
        cut
    })
}

fn note(state: &Mutex<State>, method: &str, bytes: u64) {
    if method == "PATCH" {
        state.lock().unwrap().seen.sent += bytes;
    }
}

/// One direction.
struct Road {
    weather: Weather,
    dice: u64,
    free_at: Instant,
    last: Instant,
    far_end: SyncSender<(Instant, Option<Vec<u8>>)>,
}

impl Road {
    fn new(weather: Weather, far_end: SyncSender<(Instant, Option<Vec<u8>>)>) -> Self {
        let now = Instant::now();
        Self {
            dice: weather.seed | 1,
            weather,
            free_at: now,
            last: now,
            far_end,
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), ()> {
        for segment in bytes.chunks(SEGMENT) {
            let mut begins = self.free_at.max(Instant::now());
            if self.weather.bytes_per_s > 0 {
                begins += Duration::from_secs(1) * segment.len() as u32 / self.weather.bytes_per_s as u32;
            }
            self.free_at = begins;
            let mut arrives = begins + self.weather.latency;
            if self.roll(100) < self.weather.lost_percent {
                arrives += Duration::from_millis(200 + self.roll(300));
            }
            // What comes behind a lost segment waits for it.
            self.last = self.last.max(arrives);
            let sent = self.far_end.send((self.last, Some(segment.to_vec())));
            sent.map_err(|_| ())?;
        }
        Ok(())
    }

    /// Cuts both directions once everything sent before has arrived.
    fn cut(&self) {
        let _ = self.far_end.send((self.last, None));
    }

    /// The xorshift of Marsaglia: the same weather for the same seed.
    fn roll(&mut self, below: u64) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % below
    }
}

fn deliver(arrives: &Receiver<(Instant, Option<Vec<u8>>)>, mut to: TcpStream) {
    while let Ok((at, segment)) = arrives.recv() {
        std::thread::sleep(at.saturating_duration_since(Instant::now()));
        let Some(segment) = segment else { break };
        if to.write_all(&segment).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
