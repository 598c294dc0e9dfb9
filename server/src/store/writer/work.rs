//! The transaction that jobs write in, and the connection it runs on.

use std::{collections::HashMap, sync::Arc};

use sqlx::{Connection, PgConnection, pool::PoolConnection};

use super::{Deliver, Job};
use crate::store::{
    StoreError,
    db::{At, Db, Lane, Reach, run},
    journal::{self, Head, Keys},
};

enum Conn {
    Sqlite(Lane),
    Postgres(PoolConnection<sqlx::Postgres>),
}

/// The transaction that jobs write in.
pub struct Work {
    conn: Conn,
    pub(in crate::store) keys: Arc<Keys>,
    /// The journal's head of each school touched in this transaction.
    pub(in crate::store) heads: HashMap<String, Head>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

impl<'a> Reach for &'a mut Work {
    type Sqlite = &'a mut Lane;
    type Postgres = &'a mut PgConnection;
    fn reach(self) -> At<&'a mut Lane, &'a mut PgConnection> {
        match &mut self.conn {
            Conn::Sqlite(lane) => At::Sqlite(lane),
            Conn::Postgres(conn) => At::Postgres(conn),
        }
    }
}

impl Work {
    /// Begins a transaction for this school, on the connection at hand, or on a new one if there
    /// is none or it has died (the database was started again).
    pub(super) async fn begin(
        at_hand: Option<Self>,
        db: &Db,
        keys: &Arc<Keys>,
        school: &str,
    ) -> Result<Self, StoreError> {
        if let Some(mut work) = at_hand {
            match work.start(school).await {
                Ok(()) => return Ok(work),
                Err(error) => {
                    tracing::warn!(%error, "a transaction did not begin; trying on a new connection");
                    work.abandon().await;
                }
            }
        }
        let conn = match db {
            Db::Sqlite(file) => Conn::Sqlite(file.lane()?),
            Db::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        };
        let mut work = Self { conn, keys: Arc::clone(keys), heads: HashMap::new() };
        match work.start(school).await {
            Ok(()) => Ok(work),
            Err(error) => {
                work.abandon().await;
                Err(error)
            }
        }
    }

    /// On either engine one transaction at a time writes in a school, whichever node it is on:
    /// what a job has read stays true until it commits, and no two wait for each other.
    async fn start(&mut self, school: &str) -> Result<(), StoreError> {
        self.heads.clear();
        if self.is_postgres() {
            self.say("BEGIN").await?;
            journal::lock(self, school).await
        } else {
            self.say("BEGIN IMMEDIATE").await
        }
    }

    /// Whether the engine behind is PostgreSQL, for the few words only one of them knows.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres(_))
    }

    async fn say(&mut self, statement: &'static str) -> Result<(), StoreError> {
        run!(self, statement).map(|_| ())
    }

    /// Runs one job inside its savepoint. `Err` when the whole transaction is spoiled.
    pub(super) async fn take(&mut self, job: Job) -> Result<Deliver, (StoreError, Deliver)> {
        if let Err(error) = self.say("SAVEPOINT job").await {
            return Err((error, Box::new(|_| ())));
        }
        let heads = self.heads.clone();
        let done = job(self).await;
        if let Some(error) = done.spoiled {
            return Err((error, done.deliver));
        }
        let mut closed = Ok(());
        if !done.keep {
            self.heads = heads;
            closed = self.say("ROLLBACK TO SAVEPOINT job").await;
        }
        if closed.is_ok() {
            closed = self.say("RELEASE SAVEPOINT job").await;
        }
        match closed {
            Ok(()) => Ok(done.deliver),
            Err(error) => Err((error, done.deliver)),
        }
    }

    pub(super) async fn commit(&mut self) -> Result<(), StoreError> {
        journal::keep_heads(self).await?;
        self.say("COMMIT").await
    }

    /// Takes the transaction back; `None` if the connection is no longer good.
    pub(super) async fn roll_back(mut self) -> Option<Self> {
        if self.say("ROLLBACK").await.is_ok() {
            return Some(self);
        }
        self.abandon().await;
        None
    }

    /// Gives the connection up: what state it is in is not known.
    async fn abandon(self) {
        match self.conn {
            Conn::Sqlite(lane) => drop(lane),
            Conn::Postgres(conn) => drop(conn.detach().close_hard().await),
        }
    }
}
