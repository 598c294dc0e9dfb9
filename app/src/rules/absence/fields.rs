//! The form's fields: their names, and how they are read.

use super::{Field, ReportForm};

/// The id of the element that a problem with this field links to. Follow-up fields carry the
/// reason's key in name and id, since two reasons may ask the same thing.
#[must_use]
pub fn anchor(field: Field, reason: &str) -> String {
    let (name, of_reason) = match field {
        Field::Who => ("who", false),
        Field::Day => ("day", false),
        Field::First => ("first", false),
        Field::Until => ("until", false),
        Field::Part => ("part", false),
        Field::Arrives => ("arrives", false),
        Field::Goes => ("goes", false),
        Field::Back => ("back", false),
        Field::Reason => ("reason", false),
        Field::Last => ("last", true),
        Field::Illness => ("illness", true),
        Field::Since => ("since", true),
        Field::Leaves => ("leaves", true),
        Field::Returns => ("returns", true),
        Field::Which => ("which", true),
        Field::Other => ("other", true),
        Field::Note => ("note", false),
    };
    if of_reason { follow_up(name, reason) } else { name.to_owned() }
}

/// The name of a follow-up field of this reason.
#[must_use]
pub fn follow_up(name: &str, reason: &str) -> String {
    format!("{name}-{reason}")
}

/// Reads the form from its fields: all values of a name, in order. The same in the browser and on
/// the server.
#[must_use]
pub fn read(all: impl Fn(&str) -> Vec<String>) -> ReportForm {
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let reason = one("reason");
    let next = |name: &str| one(&follow_up(name, &reason));
    ReportForm {
        who: all("who"),
        day: one("day"),
        first: one("first"),
        until: one("until"),
        part: one("part"),
        arrives: one("arrives"),
        goes: one("goes"),
        back: one("back"),
        last: next("last"),
        illness: next("illness"),
        since: next("since"),
        sent_home: next("sent-home"),
        leaves: next("leaves"),
        returns: next("returns"),
        which: next("which"),
        other: next("other"),
        note: one("note"),
        reason,
    }
}
