//! Connections: accepted, held to their limits, and let go in good order.

use std::{net::SocketAddr, time::Duration};

use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::Semaphore,
};
use tower::ServiceExt;

use crate::{folder, post, routes, start::StartError, web::Portal};

/// How long a client may take over the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How long requests under way may take once the program is asked to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How many connections are open at once.
const CONNECTIONS: usize = 8192;

/// Listens, and answers with the address.
///
/// # Errors
/// When the address is taken or not ours.
pub async fn listen(address: &str) -> Result<(TcpListener, SocketAddr), StartError> {
    let said = |error| StartError::Io(format!("cannot listen on {address}"), error);
    let listener = TcpListener::bind(address).await.map_err(said)?;
    let local = listener.local_addr().map_err(said)?;
    Ok((listener, local))
}

/// Serves until told to stop (SIGTERM, SIGINT), or until the store is broken: then the error.
///
/// # Errors
/// When the store may have lost a commit and the process has to begin again.
pub async fn run(portal: Portal, listener: TcpListener, carrier: post::Carrier) -> Result<(), StartError> {
    let said = |error| StartError::Io("signals".into(), error);
    let mut terminate = signal(SignalKind::terminate()).map_err(said)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(said)?;
    let worker = tokio::spawn(post::work(portal.clone(), carrier));
    let watcher = tokio::spawn(watch(portal.clone()));
    let folder = portal.limits.folder.path().is_some().then(|| tokio::spawn(folder::watch(portal.clone())));
    let app = routes::router(portal.clone());
    let graceful = GracefulShutdown::new();
    let places = std::sync::Arc::new(Semaphore::new(CONNECTIONS));
    let broken = loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = terminate.recv() => break false,
            _ = interrupt.recv() => break false,
            () = portal.store.broken() => break true,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // Out of file handles, or a client that has gone: neither is a reason to stop.
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        // Nobody waits for a place: whoever finds none is turned away.
        let Ok(place) = std::sync::Arc::clone(&places).try_acquire_owned() else { continue };
        let _ = stream.set_nodelay(true);
        let service = app.clone().map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _ = connection.await;
            drop(place);
        });
    };
    drop(listener);
    portal.stopping.send_replace(true);
    worker.abort();
    watcher.abort();
    if let Some(folder) = folder {
        folder.abort();
    }
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
    crate::anchors::write(&portal).await;
    portal.store.close().await;
    if broken {
        Err(StartError::Other(
            "the disk did not take a commit: stopped, so that nothing is acknowledged that may be lost".into(),
        ))
    } else {
        Ok(())
    }
}

/// For how long the address and the browser that something was signed from are kept: "short", says domain 8.6.
const KEPT_ADDRESSES: chrono::Duration = chrono::Duration::days(90);

/// What has to be looked at from time to time: changes made by other nodes, anchors, old counts.
async fn watch(portal: Portal) {
    let mut seen = None;
    let mut beats: u64 = 0;
    let mut rounds = crate::retention::Rounds::default();
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        beats += 1;
        // Ticks live in the database: a change made by another node shows here too.
        if portal.changes.receiver_count() > 0
            && let Ok(head) = portal.school.journal_head().await
            && seen.replace(head.seq) != Some(head.seq)
        {
            portal.changed();
        }
        if let Err(error) = crate::reminders::round(&portal).await {
            tracing::warn!(%error, "reminders rest until the store answers");
        }
        if let Err(error) = rounds.step(&portal).await {
            tracing::warn!(%error, "nothing old is erased until the store answers");
        }
        if beats.is_multiple_of(60) {
            crate::anchors::write(&portal).await;
            portal.limits.forget();
        }
        if beats.is_multiple_of(3600) {
            let kept = [
                portal.school.forget_old_counts(portal.now()).await,
                portal.school.forget_old_imports(portal.now()).await,
                portal.school.sweep_drafts(portal.now()).await,
                portal.school.forget_old_addresses(portal.now() - KEPT_ADDRESSES).await,
                crate::anchors::mail(&portal).await,
            ];
            for error in kept.into_iter().filter_map(Result::err) {
                tracing::warn!(%error, "the hourly round was not finished");
            }
        }
    }
}
