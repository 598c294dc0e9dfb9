//! Clients that send reports until they are stopped or get no answer, and note what they heard.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::ledger::{Ledger, Sent};
use crate::error::{Failure, Outcome, While};
use crate::load::{Client, Family, Form, Running, decoded};

/// The words that a page must carry when a report was not taken.
const NOT_RECEIVED: &str = "NOT received";

/// What became of one sending.
pub(super) enum Heard {
    /// The reference of the receipt.
    Receipt(String),
    /// The page said that the school has not received it.
    NotReceived,
    /// No answer, or half of one.
    Nothing,
}

/// Sends one form. Any answer but a receipt or an honest refusal is an error.
pub(super) fn send(client: &mut Client, family: &Family, sent: &Sent, room: &mut Vec<u8>) -> Outcome<Heard> {
    let Ok(answer) = client.post("/absences/new", &family.cookie, &sent.body) else { return Ok(Heard::Nothing) };
    match answer.status {
        303 => {
            let to = answer.header("location");
            let reference = to.strip_prefix("/receipts/").map(str::to_owned);
            reference.map(Heard::Receipt).ok_or_else(|| Failure::new(format!("sending led to {to}")))
        }
        status => {
            let page = decoded(&answer, room)?;
            if page.contains(NOT_RECEIVED) {
                Ok(Heard::NotReceived)
            } else {
                Err(Failure::new(format!("sending answered {status} without saying that it was {NOT_RECEIVED}")))
            }
        }
    }
}

/// What one client brings home.
#[derive(Default)]
pub(super) struct Brought {
    pub(super) told: Vec<(Sent, String)>,
    pub(super) open: Vec<Sent>,
    /// Receipts that could be read at once after sending.
    pub(super) read: usize,
    pub(super) refused: usize,
}

/// One client: form, send, now and then the receipt, until `stop`; a client that gets no answer
/// goes home when `stays` is false.
pub(super) fn client(
    running: &Running,
    families: &[Family],
    next: &AtomicUsize,
    stop: &AtomicBool,
    stays: bool,
) -> Outcome<Brought> {
    let mut client = running.client("gzip");
    let mut room = Vec::new();
    let mut brought = Brought::default();
    while !stop.load(Ordering::Relaxed) {
        let turn = next.fetch_add(1, Ordering::Relaxed);
        let family = turn % families.len();
        let Ok(form) = Form::get(&mut client, &families[family], &mut room) else {
            if stays {
                std::thread::sleep(Duration::from_millis(5));
                continue;
            }
            break;
        };
        let body = form.filled(&families[family], turn / families.len());
        let sent = Sent { family, submission: form.submission, body };
        match send(&mut client, &families[family], &sent, &mut room)? {
            Heard::Receipt(reference) => {
                if turn.is_multiple_of(4)
                    && let Ok(page) = client.get(&format!("/receipts/{reference}"), &families[family].cookie)
                {
                    match page.status {
                        200 => brought.read += 1,
                        // The reading has to be noted, and that may fail like any writing.
                        503 => {}
                        status => return Err(Failure::new(format!("the receipt of {reference} answered {status}"))),
                    }
                }
                brought.told.push((sent, reference));
            }
            Heard::NotReceived => {
                brought.refused += 1;
                brought.open.push(sent);
            }
            Heard::Nothing => {
                brought.open.push(sent);
                if !stays {
                    break;
                }
            }
        }
    }
    Ok(brought)
}

/// Sends again, twice, whatever is open, and some of what was acknowledged; each must get one and
/// the same receipt. Waits for a program that is not ready yet.
pub(super) fn send_again(
    running: &Running,
    families: &[Family],
    ledger: &mut Ledger,
    some: &[(Sent, String)],
) -> Outcome {
    let mut client = running.client("gzip");
    let mut room = Vec::new();
    for sent in std::mem::take(&mut ledger.open) {
        for _ in 0..2 {
            let reference = until_heard(&mut client, &families[sent.family], &sent, &mut room)?;
            ledger.told(&sent, &reference)?;
        }
    }
    for (sent, before) in some {
        let reference = until_heard(&mut client, &families[sent.family], sent, &mut room)?;
        if reference != *before {
            return Err(Failure::new(format!("{before} was acknowledged; the same form again got {reference}")));
        }
        let path = format!("/receipts/{reference}");
        let status = client.get(&path, &families[sent.family].cookie).doing("the receipt")?.status;
        if status != 200 {
            return Err(Failure::new(format!("the receipt of {reference} answered {status}")));
        }
    }
    ledger.all_heard()
}

fn until_heard(client: &mut Client, family: &Family, sent: &Sent, room: &mut Vec<u8>) -> Outcome<String> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if let Heard::Receipt(reference) = send(client, family, sent, room)? {
            return Ok(reference);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(Failure::new("a form that was sent again for twenty seconds got no receipt"))
}
