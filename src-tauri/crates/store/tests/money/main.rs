//! Money in random walks: the rules of the desk against a provider that loses, delays, doubles and contradicts its
//! answers. A ledger that saw the coins and the phones, and shares no code with the rules, judges what the books say.
//!
//! Not played: a provider that says "paid" where nothing was paid. Its word is the truth of a payment; what it says
//! wrongly in that direction is its own loss.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod book;
mod chance;
mod judge;
mod ledger;
mod network;
mod provider;
mod seen;
mod session;
mod world;

use book::{Book, Pages};
use chance::Chance;
use domain::port::Store;
use seen::Seen;
use store::StationStore;
use world::World;

/// Steps of one walk.
const STEPS: u32 = 40;

fn walk(seed: u64, enrolment: &str, book: &dyn Book, seen: &mut Seen) {
    let mut world = World::new(enrolment, book, Chance::new(seed));
    for _ in 0..STEPS {
        world.step();
    }
    world.come_to_rest();
    world.judge(seed);
    seen.add(&world.seen);
}

#[test]
fn in_100_000_walks_money_is_never_counted_twice_and_never_lost() {
    let mut seen = Seen::default();
    for seed in 0..100_000 {
        walk(seed, "e1", &Pages::default(), &mut seen);
    }
    println!("{seen:?}");
    seen.everything_happened(1_000);
}

#[test]
fn the_real_store_keeps_the_same_books() {
    let folder = tempfile::tempdir().unwrap();
    let store = StationStore::open(folder.path()).unwrap();
    let people: Vec<_> = (0..150).map(|i| session::person(&format!("e{i}"))).collect();
    store.merge_roster("s1", &people).unwrap();
    let mut seen = Seen::default();
    for (seed, person) in (1_000_000..).zip(&people) {
        walk(seed, &person.id, &store, &mut seen);
    }
    println!("{seen:?}");
    seen.everything_happened(1);
}
