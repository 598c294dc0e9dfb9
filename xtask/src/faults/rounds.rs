//! Rounds: load, a blow at a random moment, a look at what is left, a new start, sending again.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::clients::{Brought, client, send_again};
use super::ledger::{Ledger, Sent, audit};
use crate::error::{Failure, Outcome, While};
use crate::load::{Family, Running, School, any_below, folder, side_by_side, sign_in};
use crate::postgres::{Durable, Provided};
use crate::run::kill;
use crate::test::Count;

/// How many clients send at once, and for how many families.
const CLIENTS: usize = 12;
pub(super) const FAMILIES: usize = 36;

/// What strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// SIGKILL while reports come in.
    Kill,
    /// SIGKILL while it starts, then again under load.
    KillAtStart,
    /// Every connection to PostgreSQL is cut.
    CutConnections,
    /// SIGKILL for a process of PostgreSQL: it throws everybody out and recovers.
    KillBackend,
}

impl Blow {
    /// Whether the school's own program dies of it.
    fn kills(self) -> bool {
        matches!(self, Self::Kill | Self::KillAtStart)
    }
}

pub(super) fn sqlite(binary: &Path, rounds: usize) -> Outcome<Count> {
    let folder = folder("faults/sqlite")?;
    let school = School::new(binary.to_path_buf(), folder.join("school"));
    let blow = |round: usize| if round % 8 == 7 { Blow::KillAtStart } else { Blow::Kill };
    let count = all("SQLite", &school, None, rounds, blow)?;
    if count.failed == 0 {
        std::fs::remove_dir_all(&folder).doing("tidying up")?;
    }
    Ok(count)
}

pub(super) fn postgres(binary: &Path, rounds: usize) -> Outcome<Count> {
    let folder = folder("faults/postgres")?;
    let database = Provided::new("nine_fifteen_faults", Durable::Yes)?;
    let mut school = School::new(binary.to_path_buf(), folder.join("school"));
    school.config = Some(database.configuration(&folder)?);
    // A server that is somebody else's is not ours to kill.
    let blows: &[Blow] = if database.is_ours() {
        &[Blow::Kill, Blow::CutConnections, Blow::KillBackend]
    } else {
        &[Blow::Kill, Blow::CutConnections]
    };
    let count = all("PostgreSQL", &school, Some(&database), rounds, |round| blows[round % blows.len()])?;
    if count.failed == 0 {
        std::fs::remove_dir_all(&folder).doing("tidying up")?;
    }
    Ok(count)
}

fn all(
    engine: &str,
    school: &School,
    database: Option<&Provided>,
    rounds: usize,
    blow: impl Fn(usize) -> Blow,
) -> Outcome<Count> {
    let running = school.start()?;
    let families = sign_in(school, &running, FAMILIES)?;
    running.stop()?;
    let mut count = Count::default();
    let mut ledger = Ledger::default();
    let (mut read, mut refused) = (0, 0);
    for round in 0..rounds {
        let blow = blow(round);
        let done = one(school, database, &families, &mut ledger, blow);
        let name = format!("{engine}, round {}: {blow:?}", round + 1);
        match done {
            Ok(brought) => {
                read += brought.iter().map(|one| one.read).sum::<usize>();
                refused += brought.iter().map(|one| one.refused).sum::<usize>();
                count.note(&name, None);
            }
            Err(why) => {
                count.note(&name, Some(why.to_string()));
                break;
            }
        }
    }
    if count.failed == 0 {
        println!(
            "{engine}: {} reports acknowledged in {rounds} rounds, all stored; {} were stored and not answered, and got their \
         receipt when they were sent again; {read} receipts read; {refused} told that they were not received",
            ledger.acknowledged(),
            ledger.stored_unheard
        );
    }
    Ok(count)
}

/// One round; what the clients brought home.
fn one(
    school: &School,
    database: Option<&Provided>,
    families: &[Family],
    ledger: &mut Ledger,
    blow: Blow,
) -> Outcome<Vec<Brought>> {
    if blow == Blow::KillAtStart {
        let mut child = school.begin()?;
        std::thread::sleep(Duration::from_millis(any_below(40)));
        child.kill().doing("kill -9")?;
        child.wait().doing("kill -9")?;
        audit(school, ledger)?;
    }
    let mut running = school.start()?;
    let process = running.process();
    let brought = load(&mut running, families, blow.kills(), &|| match (blow, database) {
        (Blow::CutConnections, Some(database)) => database.cut_connections(),
        (Blow::KillBackend, Some(database)) => database.kill_a_backend(),
        _ => kill(process),
    })?;
    let some = note(ledger, &brought)?;
    if blow.kills() {
        drop(running);
        audit(school, ledger)?;
        running = school.start()?;
    }
    send_again(&running, families, ledger, &some)?;
    running.stop()?;
    audit(school, ledger)?;
    Ok(brought)
}

/// Writes down what the clients brought home; the last receipt that each was given.
pub(super) fn note(ledger: &mut Ledger, brought: &[Brought]) -> Outcome<Vec<(Sent, String)>> {
    for one in brought {
        ledger.open.extend(one.open.iter().cloned());
        for (sent, reference) in &one.told {
            ledger.told(sent, reference)?;
        }
    }
    Ok(brought.iter().filter_map(|one| one.told.last().cloned()).collect())
}

/// Load, and the blow somewhere between the first 20 and the first 400 milliseconds of it. After
/// a blow that kills, the program must be dead; after any other, alive.
pub(super) fn load(
    running: &mut Running,
    families: &[Family],
    kills: bool,
    strike: &(dyn Fn() -> Outcome + Sync),
) -> Outcome<Vec<Brought>> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let wait = Duration::from_millis(20 + any_below(380));
    let here = &*running;
    let brought = side_by_side(CLIENTS + 1, |number| {
        if number < CLIENTS {
            return client(here, families, &next, &stop, !kills);
        }
        std::thread::sleep(wait);
        let struck = strike();
        if !kills {
            std::thread::sleep(Duration::from_millis(500));
        }
        stop.store(true, Ordering::Relaxed);
        struck.map(|()| Brought::default())
    })?;
    let start = Instant::now();
    while kills && !running.ended() {
        if start.elapsed() > Duration::from_secs(5) {
            return Err(Failure::new("the program outlived SIGKILL"));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    if !kills && running.ended() {
        return Err(Failure::new("the program ended by itself"));
    }
    brought.into_iter().collect()
}
