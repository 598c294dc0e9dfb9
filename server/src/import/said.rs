//! A plan's lines in words, for the pages and the command line alike, and what a file is known by.

use app::{
    rules::{access::Access, calendar::SessionDay, import::Field},
    words::{ImportWords, MarksWords, RosterWords},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use sha2::{Digest, Sha256};

use super::{
    marks::plan::{Listed, Step, StoredMark},
    plan::Change,
};

/// The hash that bytes are known by.
pub(crate) fn hash(bytes: &[u8]) -> String {
    BASE64.encode(Sha256::digest(bytes))
}

/// "Class: 3 Oak → 4 Lime".
pub(crate) fn roster_change((w, shared): (&RosterWords, &ImportWords), (field, was, is): &Change) -> String {
    let value = |value: &Option<String>| match (field, value.as_deref()) {
        (_, None) => shared.blank.to_owned(),
        (
            Field::Responsibility | Field::LivesWith | Field::CourtOrder | Field::AddressSecret | Field::Interpreter,
            Some(flag),
        ) => w.yes_no[usize::from(flag == "1")].to_owned(),
        (Field::Access, Some("wait")) => w.waits.to_owned(),
        (Field::Access, Some(word)) => (w.access)(Access::parse(word)).to_owned(),
        (_, Some(text)) => text.to_owned(),
    };
    format!("{}: {}", (w.field)(*field), (shared.from_to)(&value(was), &value(is)))
}

/// Whose and which marks something is said of: "Ada Okafor", "23 November 2026, morning: /".
pub(crate) fn mark_listed<S>(w: &MarksWords, one: &Listed<S>) -> (String, String) {
    let of_one = |at: SessionDay| match one.mark.as_str() {
        "" => (w.session)(at),
        mark => format!("{}: {mark}", (w.session)(at)),
    };
    let about = match (one.count, one.at) {
        (1, Some(at)) => of_one(at),
        (1, None) => one.mark.clone(),
        (count, Some(at)) if one.who.is_empty() => return ((w.several)(count), (w.session)(at)),
        (count, _) => (w.several)(count),
    };
    if one.who.is_empty() { (about, String::new()) } else { (one.who.clone(), about) }
}

/// "/", or "N → I".
pub(crate) fn mark_change((w, shared): (&MarksWords, &ImportWords), step: &Step) -> String {
    let text = |mark: &StoredMark| {
        let letters = mark.withdrawn.as_deref().unwrap_or(mark.code.letters());
        mark.minutes.map_or_else(|| letters.to_owned(), |minutes| format!("{letters}, {}", (w.minutes)(minutes)))
    };
    match &step.was {
        None => text(&step.becomes),
        Some(was) if text(was) == text(&step.becomes) => format!("{}: {}", text(was), w.details),
        Some(was) => (shared.from_to)(&text(was), &text(&step.becomes)),
    }
}
