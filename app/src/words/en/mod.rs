//! English, as spoken in Peterborough.

mod board;
mod codes;
mod common;
mod devices;
mod home;
mod mail;
mod messages;
mod receipt;
mod report;
mod sign_in;
mod staff;
mod trouble;

use super::{IslandWords, ReportTrouble, Words};

/// All sentences in English.
pub(super) static WORDS: Words = Words {
    tag: "en-GB",
    direction: "ltr",
    common: common::WORDS,
    sign_in: sign_in::WORDS,
    home: home::WORDS,
    report: report::WORDS,
    receipt: receipt::WORDS,
    devices: devices::WORDS,
    codes: codes::WORDS,
    mail: mail::WORDS,
    messages: messages::WORDS,
    trouble: trouble::WORDS,
    board: board::WORDS,
    staff: staff::WORDS,
};

static REPORT: ReportTrouble = report::TROUBLE;

/// What islands say in English.
pub(super) static ISLANDS: IslandWords = IslandWords {
    report: &REPORT,
    closes_in: home::closes_in,
    span: common::span,
    show_new: board::show_new,
    show_changes: board::SHOW_CHANGES,
};

/// One or many.
fn plural(count: i64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}
