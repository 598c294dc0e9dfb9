//! The one writer. Jobs that wait together share one commit; each has a savepoint of its own,
//! so a job that fails takes no other with it. A job's caller hears the answer after the commit
//! is on the disk, never before (principle 1: the receipt is a promise).

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::BoxFuture;
use sqlx::{Connection, PgConnection, SqliteConnection, pool::PoolConnection};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{
    StoreError,
    db::{At, Db, Reach, on},
    journal::{Head, Keys},
};

/// How many jobs may wait before callers have to.
const QUEUE: usize = 1024;
/// How many jobs share a commit at most.
const BATCH: usize = 128;

type Deliver = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, Done> + Send>;

/// What a job leaves behind: whether to keep its rows, and whom to tell.
struct Done {
    keep: bool,
    deliver: Deliver,
}

enum Message {
    Job(Job),
    Stop(oneshot::Sender<()>),
}

/// A handle to the writer; clones share it.
#[derive(Debug, Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Message>,
    running: Arc<AtomicBool>,
    broken: Arc<Notify>,
}

impl Writer {
    /// Starts the writer of this database.
    pub(super) fn start(db: Db, keys: Arc<Keys>) -> Self {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let running = Arc::new(AtomicBool::new(true));
        let broken = Arc::new(Notify::new());
        tokio::spawn(write_on(db, keys, waiting, Arc::clone(&running), Arc::clone(&broken)));
        Self { jobs, running, broken }
    }

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
                let outcome = job(work).await;
                Done {
                    keep: outcome.is_ok(),
                    deliver: Box::new(move |committed| {
                        // A caller who has gone away needs no answer; the rows stand all the same.
                        let _ = answer.send(outcome.and_then(|value| committed.map(|()| value)));
                    }),
                }
            })
        });
        self.jobs.send(Message::Job(job)).await.map_err(|_| StoreError::Stopped)?;
        heard.await.map_err(|_| StoreError::Stopped)?
    }

    pub(super) fn is_running(&self) -> bool {
        self.running.load(Ordering::Acquire)
    }

    pub(super) async fn broken(&self) {
        self.broken.notified().await;
    }

    /// Finishes what is waiting and ends.
    pub(super) async fn stop(&self) {
        let (answer, heard) = oneshot::channel();
        if self.jobs.send(Message::Stop(answer)).await.is_ok() {
            let _ = heard.await;
        }
    }
}

enum Conn {
    Sqlite(PoolConnection<sqlx::Sqlite>),
    Postgres(PoolConnection<sqlx::Postgres>),
}

/// The transaction that jobs write in.
pub struct Work {
    conn: Conn,
    pub(super) keys: Arc<Keys>,
    /// The journal's head of each school touched in this transaction.
    pub(super) heads: HashMap<String, Head>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

impl<'a> Reach for &'a mut Work {
    type Sqlite = &'a mut SqliteConnection;
    type Postgres = &'a mut PgConnection;
    fn reach(self) -> At<&'a mut SqliteConnection, &'a mut PgConnection> {
        match &mut self.conn {
            Conn::Sqlite(conn) => At::Sqlite(conn),
            Conn::Postgres(conn) => At::Postgres(conn),
        }
    }
}

impl Work {
    async fn open(db: &Db, keys: &Arc<Keys>) -> Result<Self, sqlx::Error> {
        let conn = match db {
            Db::Sqlite(pool) => Conn::Sqlite(pool.acquire().await?),
            Db::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        };
        Ok(Self { conn, keys: Arc::clone(keys), heads: HashMap::new() })
    }

    /// Whether the engine behind is PostgreSQL, for the few words only one of them knows.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres(_))
    }

    async fn begin(&mut self) -> Result<(), sqlx::Error> {
        self.heads.clear();
        let begin = if self.is_postgres() { "BEGIN" } else { "BEGIN IMMEDIATE" };
        self.say(begin).await
    }

    async fn say(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        on!(self, |at| sqlx::query(statement).execute(at).await.map(|_| ()))
    }

    /// Runs one job inside its savepoint.
    async fn take(&mut self, job: Job) -> Result<Deliver, (sqlx::Error, Deliver)> {
        if let Err(error) = self.say("SAVEPOINT job").await {
            return Err((error, Box::new(|_| ())));
        }
        let heads = self.heads.clone();
        let done = job(self).await;
        let close = if done.keep {
            Ok(())
        } else {
            self.heads = heads;
            self.say("ROLLBACK TO SAVEPOINT job").await
        };
        match close {
            Ok(()) => match self.say("RELEASE SAVEPOINT job").await {
                Ok(()) => Ok(done.deliver),
                Err(error) => Err((error, done.deliver)),
            },
            Err(error) => Err((error, done.deliver)),
        }
    }

    async fn commit(&mut self) -> Result<(), StoreError> {
        super::journal::keep_heads(self).await?;
        self.say("COMMIT").await?;
        Ok(())
    }

    /// Gives the connection up: what state it is in is not known.
    async fn abandon(self) {
        match self.conn {
            Conn::Sqlite(conn) => drop(conn.detach().close().await),
            Conn::Postgres(conn) => drop(conn.detach().close().await),
        }
    }
}

async fn write_on(
    db: Db,
    keys: Arc<Keys>,
    mut waiting: mpsc::Receiver<Message>,
    running: Arc<AtomicBool>,
    broken: Arc<Notify>,
) {
    let mut work: Option<Work> = None;
    let mut stopping = None;
    while let Some(message) = waiting.recv().await {
        let first = match message {
            Message::Job(job) => job,
            Message::Stop(answer) => {
                stopping = Some(answer);
                break;
            }
        };
        let mut open = match work.take() {
            Some(open) => open,
            None => match Work::open(&db, &keys).await {
                Ok(open) => open,
                // Dropping the job tells its caller that nothing was written.
                Err(error) => {
                    tracing::error!(error = %StoreError::from(error), "no connection to write on");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let (fatal, healthy, stop) = batch(&mut open, first, &mut waiting).await;
        stopping = stop;
        if healthy {
            work = Some(open);
        } else {
            open.abandon().await;
        }
        if fatal {
            tracing::error!(
                "the disk did not take a commit; stopping, so that nothing is acknowledged that may be lost"
            );
            broken.notify_one();
            break;
        }
        if stopping.is_some() {
            break;
        }
    }
    running.store(false, Ordering::Release);
    drop(work);
    if let Some(answer) = stopping {
        let _ = answer.send(());
    }
}

/// One transaction: the first job and those that wait behind it. Answers whether the error was
/// one to stop for, whether the connection is still good, and whether somebody asked to stop.
async fn batch(
    work: &mut Work,
    first: Job,
    waiting: &mut mpsc::Receiver<Message>,
) -> (bool, bool, Option<oneshot::Sender<()>>) {
    if let Err(error) = work.begin().await {
        tracing::error!(error = %StoreError::from(error), "a transaction did not begin");
        return (false, false, None);
    }
    let mut answers: Vec<Deliver> = Vec::new();
    let mut stop = None;
    let mut next = Some(first);
    let mut failed: Option<StoreError> = None;
    while let Some(job) = next.take() {
        match work.take(job).await {
            Ok(deliver) => answers.push(deliver),
            Err((error, deliver)) => {
                answers.push(deliver);
                failed = Some(error.into());
                break;
            }
        }
        if answers.len() < BATCH {
            match waiting.try_recv() {
                Ok(Message::Job(job)) => next = Some(job),
                Ok(Message::Stop(answer)) => stop = Some(answer),
                Err(_) => {}
            }
        }
    }
    let committed = match failed {
        None => work.commit().await,
        Some(error) => Err(error),
    };
    let healthy = match &committed {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, jobs = answers.len(), "a transaction was not kept");
            work.say("ROLLBACK").await.is_ok()
        }
    };
    // SQLITE_IOERR and its kin (10, 266, 522, 778, 1034 ...): the low byte is 10.
    let fatal = matches!(&committed, Err(StoreError::Database(text))
        if !work.is_postgres() && text.strip_prefix("code ").and_then(|c| c.parse::<u32>().ok()).is_some_and(|c| c & 0xff == 10));
    for deliver in answers {
        deliver(match &committed {
            Ok(()) => Ok(()),
            Err(StoreError::Full) => Err(StoreError::Full),
            Err(error) => Err(StoreError::Database(error.to_string())),
        });
    }
    (fatal, healthy, stop)
}
