//! English, as spoken in Peterborough.

mod attendance;
mod board;
mod calendar;
mod calls;
mod codes;
mod common;
mod declaration;
mod declaration_staff;
mod designates;
mod details;
mod details_staff;
mod devices;
mod enter;
mod evidence;
mod figures;
mod forms;
mod home;
mod import;
mod keying;
mod leave;
mod leave_paper;
mod leave_staff;
mod leaving;
mod leaving_staff;
mod letters;
mod mail;
mod marks;
mod messages;
mod morning;
mod posting;
mod prove;
mod receipt;
mod reconcile;
mod report;
mod retention;
mod roster;
mod sign_in;
mod staff;
mod tokens;
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
    evidence: evidence::WORDS,
    leave: leave::WORDS,
    leave_staff: leave_staff::WORDS,
    leave_paper: leave_paper::WORDS,
    leaving: leaving::WORDS,
    leaving_staff: leaving_staff::WORDS,
    declaration: declaration::WORDS,
    declaration_staff: declaration_staff::WORDS,
    forms: forms::WORDS,
    posting: posting::WORDS,
    letters: letters::WORDS,
    details: details::WORDS,
    details_staff: details_staff::WORDS,
    prove: prove::WORDS,
    devices: devices::WORDS,
    codes: codes::WORDS,
    mail: mail::WORDS,
    messages: messages::WORDS,
    trouble: trouble::WORDS,
    attendance: attendance::WORDS,
    board: board::WORDS,
    morning: morning::WORDS,
    calls: calls::WORDS,
    reconcile: reconcile::WORDS,
    enter: enter::WORDS,
    keying: keying::WORDS,
    calendar: calendar::WORDS,
    figures: figures::WORDS,
    staff: staff::WORDS,
    designates: designates::WORDS,
    import: import::WORDS,
    retention: retention::WORDS,
    roster: roster::ROSTER,
    marks: marks::WORDS,
    tokens: tokens::WORDS,
    review: roster::REVIEW,
    invitation: roster::INVITATION,
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

/// "3rd", "11th", "21st".
fn nth(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// One or many.
fn plural(count: i64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}
