//! The one writer. Jobs that wait together share one commit; each has a savepoint of its own,
//! so a job that fails takes no other with it. A job's caller hears the answer after the commit
//! is on the disk, never before (principle 1: the receipt is a promise).

#[cfg(test)]
mod tests;
mod work;

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use tokio::{
    runtime::Handle,
    sync::{Notify, mpsc, oneshot},
};

pub use self::work::Work;
use super::{StoreError, db::Db, journal::Keys};

/// How many jobs may wait before callers have to.
const QUEUE: usize = 1024;
/// How many jobs share a commit at most.
const BATCH: usize = 128;

type Deliver = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, Done> + Send>;

/// What a job leaves behind.
struct Done {
    /// Whether to keep its rows.
    keep: bool,
    /// The disk's own error: SQLite may have taken the whole transaction back with it.
    spoiled: Option<StoreError>,
    /// Whom to tell.
    deliver: Deliver,
}

/// A job and the school it writes in.
struct Errand {
    school: Arc<str>,
    job: Job,
}

enum Message {
    Errand(Errand),
    Stop(oneshot::Sender<()>),
}

/// A handle to the writer; clones share it.
#[derive(Debug, Clone)]
pub struct Writer {
    errands: mpsc::Sender<Message>,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    running: AtomicBool,
    broken: Notify,
}

/// The writer, for one school.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    pub(super) writer: &'a Writer,
    pub(super) school: &'a Arc<str>,
}

impl Desk<'_> {
    /// Runs a job in a transaction and answers when it is durable.
    ///
    /// # Errors
    /// The job's own error (then nothing of it is kept), or why the commit failed. After
    /// `Err` the caller must not say that anything was received.
    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, Result<T, StoreError>> + Send + 'static,
    {
        let (answer, heard) = oneshot::channel();
        let job: Job = Box::new(move |work| {
            Box::pin(async move {
                // A fault in one job must not end the writer: its savepoint is taken back like any other's.
                let outcome = AssertUnwindSafe(async { job(work).await })
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(StoreError::Database("a job panicked".into())));
                Done {
                    keep: outcome.is_ok(),
                    spoiled: outcome.as_ref().err().filter(|error| error.is_the_disks()).cloned(),
                    deliver: Box::new(move |committed| {
                        // A caller who has gone away needs no answer; the rows stand all the same.
                        let _ = answer.send(outcome.and_then(|value| committed.map(|()| value)));
                    }),
                }
            })
        });
        let errand = Errand { school: Arc::clone(self.school), job };
        self.writer.errands.send(Message::Errand(errand)).await.map_err(|_| StoreError::Stopped)?;
        heard.await.map_err(|_| StoreError::Stopped)?
    }
}

impl Writer {
    /// Starts the writer of this database: a task where it waits for PostgreSQL, a thread of its
    /// own where it runs SQLite and waits for the disk itself.
    pub(super) fn start(db: Db, keys: Arc<Keys>) -> Result<Self, StoreError> {
        let (errands, waiting) = mpsc::channel(QUEUE);
        let state = Arc::new(State { running: AtomicBool::new(true), broken: Notify::new() });
        let own_thread = matches!(db, Db::Sqlite(_));
        let writing = write_on(db, keys, waiting, Ending(Arc::clone(&state)));
        if own_thread {
            let runtime = Handle::current();
            let thread = thread::Builder::new().name("writer".to_owned()).spawn(move || runtime.block_on(writing));
            thread.map_err(|error| StoreError::Database(error.to_string()))?;
        } else {
            tokio::spawn(writing);
        }
        Ok(Self { errands, state })
    }

    pub(super) fn is_running(&self) -> bool {
        self.state.running.load(Ordering::Acquire)
    }

    pub(super) async fn broken(&self) {
        self.state.broken.notified().await;
    }

    /// Finishes what is waiting and ends.
    pub(super) async fn stop(&self) {
        let (answer, heard) = oneshot::channel();
        if self.errands.send(Message::Stop(answer)).await.is_ok() {
            let _ = heard.await;
        }
    }
}

/// Says that the writer has ended, however it ended.
struct Ending(Arc<State>);

impl Drop for Ending {
    fn drop(&mut self) {
        if self.0.running.swap(false, Ordering::AcqRel) {
            self.0.broken.notify_one();
        }
    }
}

async fn write_on(db: Db, keys: Arc<Keys>, mut waiting: mpsc::Receiver<Message>, ending: Ending) {
    let mut at_hand: Option<Work> = None;
    let mut next: Option<Message> = None;
    loop {
        let message = match next.take() {
            Some(message) => Some(message),
            None => waiting.recv().await,
        };
        let first = match message {
            Some(Message::Errand(errand)) => errand,
            Some(Message::Stop(answer)) => {
                ending.0.running.store(false, Ordering::Release);
                drop(at_hand);
                let _ = answer.send(());
                return;
            }
            None => {
                ending.0.running.store(false, Ordering::Release);
                return;
            }
        };
        let work = match Work::begin(at_hand.take(), &db, &keys, &first.school).await {
            Ok(work) => work,
            Err(error) => {
                tracing::error!(%error, "no transaction to write in");
                next = refuse_all(&mut waiting);
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let batch = batch(work, first, &mut waiting).await;
        if batch.must_stop {
            tracing::error!(
                "the disk did not take a commit; stopping, so that nothing is acknowledged that may be lost"
            );
            return;
        }
        at_hand = batch.work;
        next = batch.next;
    }
}

/// Lets go of what waits: dropping a job tells its caller that nothing was written. Better soon
/// than after everybody in front has waited in vain. Somebody who asked to stop is still heard.
fn refuse_all(waiting: &mut mpsc::Receiver<Message>) -> Option<Message> {
    while let Ok(message) = waiting.try_recv() {
        if matches!(message, Message::Stop(_)) {
            return Some(message);
        }
    }
    None
}

/// What one transaction leaves behind.
struct Batch {
    /// The connection, if it is still good.
    work: Option<Work>,
    /// What was taken from the queue and has to wait for the next transaction.
    next: Option<Message>,
    /// Whether the error was one after which nothing may be acknowledged any more.
    must_stop: bool,
}

/// One transaction: the first job and those that wait behind it.
async fn batch(mut work: Work, first: Errand, waiting: &mut mpsc::Receiver<Message>) -> Batch {
    let school = first.school;
    let mut answers: Vec<Deliver> = Vec::new();
    let mut here = Some(first.job);
    let mut next = None;
    let mut spoiled = None;
    while let Some(job) = here.take() {
        match work.take(job).await {
            Ok(deliver) => answers.push(deliver),
            Err((error, deliver)) => {
                answers.push(deliver);
                spoiled = Some(error);
            }
        }
        if spoiled.is_none() && answers.len() < BATCH {
            match waiting.try_recv() {
                // Two schools in one transaction would be two locks, and two nodes could wait for each other.
                Ok(Message::Errand(errand)) if errand.school == school || !work.is_postgres() => {
                    here = Some(errand.job)
                }
                Ok(other) => next = Some(other),
                Err(_) => {}
            }
        }
    }
    let committed = match spoiled {
        None => work.commit().await,
        Some(error) => Err(error),
    };
    let work = match &committed {
        Ok(()) => Some(work),
        Err(error) => {
            tracing::error!(%error, jobs = answers.len(), "a transaction was not kept");
            work.roll_back().await
        }
    };
    let must_stop = matches!(committed, Err(StoreError::Disk(_)));
    for deliver in answers {
        deliver(committed.clone());
    }
    Batch { work, next, must_stop }
}
