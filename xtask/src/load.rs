//! A school under load: the demonstration school as a process, families signed in the way
//! families sign in, and the three requests of a report.

mod client;
mod demo;
mod family;
mod page;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;
use std::thread;

pub(crate) use client::{Answer, BROWSER, Client};
pub(crate) use demo::{Running, School, machine, processor};
pub(crate) use family::{Family, Form, sign_in};
pub(crate) use page::{decoded, value, values};

use crate::error::{Failure, Outcome, While};
use crate::run::root;

/// An empty folder of our own, on the disk that the checkout is on.
pub(crate) fn folder(name: &str) -> Outcome<PathBuf> {
    let folder = root().join("target").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).doing(format!("emptying target/{name}"))?;
    }
    std::fs::create_dir_all(&folder).doing(format!("making target/{name}"))?;
    Ok(folder)
}

/// A number nobody expects, below `most`.
pub(crate) fn any_below(most: u64) -> u64 {
    RandomState::new().build_hasher().finish() % most.max(1)
}

/// Does the same in many threads, each with its number, and gathers what they bring.
pub(crate) fn side_by_side<T: Send>(threads: usize, work: impl Fn(usize) -> T + Sync) -> Outcome<Vec<T>> {
    let work = &work;
    thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|number| thread::Builder::new().stack_size(512 * 1024).spawn_scoped(scope, move || work(number)))
            .collect();
        started
            .into_iter()
            .map(|thread| thread.doing("starting a thread")?.join().map_err(|_| Failure::new("a client panicked")))
            .collect()
    })
}

/// A setting of the command line: `--name N`.
pub(crate) fn number(flags: &[String], name: &str, usual: usize) -> Outcome<usize> {
    match flags.iter().position(|flag| flag == name) {
        None => Ok(usual),
        Some(at) => flags
            .get(at + 1)
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Failure::new(format!("{name} needs a number"))),
    }
}

/// A word of the command line that is there or not.
pub(crate) fn said(flags: &[String], name: &str) -> bool {
    flags.iter().any(|flag| flag == name)
}
