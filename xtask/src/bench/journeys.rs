//! Full journeys over many families: the form, sending it, the receipt; in a closed loop.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Failure, Outcome};
use crate::load::{BROWSER, Client, Family, Form, Running, School, machine, processor, side_by_side};

/// How many reports one account may send at once, and how many seconds it waits for the next:
/// the product's own limit, which no benchmark is let off.
const AT_ONCE: usize = 30;
const NEXT: u64 = 2;

/// What one run measured.
pub(super) struct Run {
    pub(super) connections: usize,
    pub(super) seconds: f64,
    /// Microseconds of each whole journey and of its form, send and receipt.
    times: [Vec<u32>; 4],
    /// Every reference that a 303 named.
    pub(super) acknowledged: Vec<String>,
    /// Whatever else was answered, and how often.
    pub(super) trouble: BTreeMap<String, usize>,
    /// Processor time of the server and of the load generator.
    processor: [Duration; 2],
    /// The share of the machine that was busy with anything else: above a few hundredths the
    /// journeys a second say little.
    pub(super) elsewhere: f64,
}

impl Run {
    pub(super) fn journeys(&self) -> usize {
        self.times[0].len()
    }

    pub(super) fn a_second(&self) -> f64 {
        self.journeys() as f64 / self.seconds
    }

    /// Milliseconds below which this share of the journeys lies.
    pub(super) fn within(&self, which: usize, share: f64) -> f64 {
        let times = &self.times[which];
        let at = (times.len() as f64 * share).ceil() as usize;
        times.get(at.saturating_sub(1)).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }

    /// Milliseconds of processor time a journey: the server's and the generator's.
    pub(super) fn processor(&self) -> [f64; 2] {
        self.processor.map(|time| time.as_secs_f64() * 1000.0 / self.journeys().max(1) as f64)
    }
}

/// What one connection brings home.
#[derive(Default)]
struct Tally {
    times: [Vec<u32>; 4],
    acknowledged: Vec<String>,
    trouble: BTreeMap<String, usize>,
}

/// Sends as fast as it is answered, on so many connections, until the time is over or until no
/// family may send any more.
pub(super) fn run(running: &Running, families: &[Family], connections: usize, longest: Duration) -> Outcome<Run> {
    let next = AtomicUsize::new(0);
    let before = [running.processor(), processor("self"), machine()[0], machine()[1]];
    let start = Instant::now();
    let tallies = side_by_side(connections, |_| client(running, families, &next, start + longest))?;
    let seconds = start.elapsed().as_secs_f64();
    let after = [running.processor(), processor("self"), machine()[0], machine()[1]];
    let [server, generator, busy, all] = std::array::from_fn(|at| after[at].saturating_sub(before[at]));
    let elsewhere = busy.saturating_sub(server + generator).as_secs_f64() / all.as_secs_f64().max(0.01);
    let mut run = Run {
        connections,
        seconds,
        times: Default::default(),
        acknowledged: Vec::new(),
        trouble: BTreeMap::new(),
        processor: [server, generator],
        elsewhere,
    };
    for tally in tallies {
        for (all, some) in run.times.iter_mut().zip(tally.times) {
            all.extend(some);
        }
        run.acknowledged.extend(tally.acknowledged);
        for (what, often) in tally.trouble {
            *run.trouble.entry(what).or_default() += often;
        }
    }
    run.times.iter_mut().for_each(|times| times.sort_unstable());
    Ok(run)
}

/// One connection: a journey after the other, each for the next family in turn.
fn client(running: &Running, families: &[Family], next: &AtomicUsize, end: Instant) -> Tally {
    let mut client = running.client(BROWSER);
    let mut room = Vec::new();
    let mut tally = Tally::default();
    let start = Instant::now();
    loop {
        let elapsed = start.elapsed();
        let turn = next.fetch_add(1, Ordering::Relaxed);
        let may = AT_ONCE + usize::try_from(elapsed.as_secs() / NEXT).unwrap_or(0);
        if Instant::now() >= end || turn / families.len() >= may {
            return tally;
        }
        let family = &families[turn % families.len()];
        if let Err(why) = journey(&mut client, family, turn / families.len(), &mut room, &mut tally) {
            *tally.trouble.entry(why.to_string()).or_default() += 1;
        }
    }
}

fn journey(client: &mut Client, family: &Family, turn: usize, room: &mut Vec<u8>, tally: &mut Tally) -> Outcome {
    let trouble = |step: &str, status: u16| Failure::new(format!("{step} answered {status}"));
    let failed = |step: &str, why: std::io::Error| Failure::new(format!("{step}: {why}"));
    let start = Instant::now();
    let form = Form::get(client, family, room).map_err(|why| failed("the form", why))?;
    let body = form.filled(family, turn);
    let ready = Instant::now();
    let sent = client.post("/absences/new", &family.cookie, &body).map_err(|why| failed("sending", why))?;
    if sent.status != 303 {
        return Err(trouble("sending", sent.status));
    }
    let receipt = sent.header("location");
    tally.acknowledged.push(receipt.trim_start_matches("/receipts/").to_owned());
    let answered = Instant::now();
    let page = client.get(&receipt, &family.cookie).map_err(|why| failed("the receipt", why))?;
    if page.status != 200 {
        return Err(trouble("the receipt", page.status));
    }
    let end = Instant::now();
    let spans = [end - start, ready - start, answered - ready, end - answered];
    for (times, span) in tally.times.iter_mut().zip(spans) {
        times.push(u32::try_from(span.as_micros()).unwrap_or(u32::MAX));
    }
    Ok(())
}

/// Whether the store holds exactly what was acknowledged; the sentence that says so.
pub(super) fn stored(school: &School, acknowledged: &[String]) -> Outcome<String> {
    let told: BTreeSet<&str> = acknowledged.iter().map(String::as_str).collect();
    let kept = school.references()?;
    let lost = told.iter().filter(|reference| !kept.contains(**reference)).count();
    let untold = kept.iter().filter(|reference| !told.contains(reference.as_str())).count();
    let twice = acknowledged.len() - told.len();
    let check = school.check()?;
    if lost + untold + twice > 0 {
        return Err(Failure::new(format!(
            "of {} acknowledged reports {lost} are LOST, {twice} references were given twice, {untold} are stored and nobody was told",
            acknowledged.len()
        )));
    }
    let journal = check.lines().find(|line| line.contains("journal")).unwrap_or_default();
    Ok(format!("{} acknowledged, {} stored, each once; {journal}", acknowledged.len(), kept.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninety_ninth_of_a_hundred_is_p99() {
        let run = Run {
            connections: 1,
            seconds: 2.0,
            times: std::array::from_fn(|_| (1..=100).map(|n| n * 1000).collect()),
            acknowledged: Vec::new(),
            trouble: BTreeMap::new(),
            processor: [Duration::ZERO; 2],
            elsewhere: 0.0,
        };
        assert_eq!((run.within(0, 0.5), run.within(3, 0.99)), (50.0, 99.0));
        assert_eq!(run.a_second(), 50.0);
    }
}
